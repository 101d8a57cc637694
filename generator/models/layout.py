"""A layout: the tokens of one way to set the pages (standard, compact, large print, ink saver).

Geometry that all layouts share (12 columns, live width 522) stands in `layout.tokens`; here stands what may differ.
Figures are those of the print design system; all lengths are points.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

FontName = Literal["head", "head_bold", "body", "semi", "bold", "italic", "note"]
ColorName = Literal["ink", "primary", "accent", "slate", "box", "rule", "go", "care", "stop", "white"]
HexColor = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)


class TypeRole(_Frozen):
    font: FontName
    size: float = Field(ge=6, le=60, description="Points.")
    leading: float = Field(ge=6, le=70, description="Distance of baselines, points.")
    color: ColorName = "ink"
    tracking: float = Field(0, ge=-1, le=2, description="Extra space after each character, points.")


class TypeRoles(_Frozen):
    """Every text on a page is set in one of these roles."""

    cover_title: TypeRole
    display: TypeRole
    page_title: TypeRole
    header_title: TypeRole
    header_name: TypeRole = Field(description="Clinic name in the running header.")
    header_text: TypeRole = Field(description="Patient and date in the running header.")
    emergency: TypeRole = Field(description="Word of the emergency group.")
    same_day: TypeRole = Field(description="Word of the same-day group.")
    same_week: TypeRole = Field(description="Word of the same-week group.")
    strip_heading: TypeRole
    section: TypeRole
    card_name: TypeRole
    compact_name: TypeRole
    step_title: TypeRole
    lead: TypeRole
    body: TypeRole
    value: TypeRole = Field(description="Values in facts rows and tables.")
    card_step: TypeRole
    card_purpose: TypeRole
    ladder: TypeRole
    compact_body: TypeRole
    compact_dose: TypeRole
    compact_range: TypeRole
    kicker: TypeRole
    label: TypeRole
    small: TypeRole = Field(description="Second identifier, captions, dates of the log.")
    sign_off: TypeRole
    dose_value: TypeRole
    phone: TypeRole
    scale_numeral: TypeRole
    note: TypeRole
    footer: TypeRole
    footer_page: TypeRole
    tagline: TypeRole
    sources: TypeRole


class Strokes(_Frozen):
    """Line widths in points."""

    hair: float = 0.75
    box: float = 1.0
    strong: float = 1.5
    alert: float = 2.25
    note: float = 2.0


class Sizes(_Frozen):
    """Sizes of components in points."""

    ring: float = Field(18, description="Diameter of a number ring in tables.")
    number: float = Field(24, description="Diameter of a card's number.")
    tick: float = Field(16, description="Edge of a tick box.")
    code: float = Field(60, ge=46, description="Edge of a card's QR code.")
    cover_code: float = Field(66, ge=46, description="Edge of the cover's QR code.")
    picture_min: float = Field(108, description="Lowest picture on a card.")
    picture_max: float = Field(126, description="Highest picture on a card.")
    dose_row: float = Field(31, description="Height of a row of the dose strip.")
    table_row: float = Field(27, description="Height of a row of the plan at a glance.")
    log_row: float = Field(25.5, description="Height of a row of the log.")
    footer_rule: float = Field(44, description="Distance of the footer rule from the lower edge of the page.")


class Layout(_Frozen):
    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")] = Field(description="Name of its file.")
    name: str = Field(max_length=40, description="As `handouts list layouts` shows it.")
    description: str = Field("", max_length=200)
    cards: Literal["pairs", "singles", "compact"] = Field("pairs", description="How exercise cards are set.")
    help: Literal["side", "stacked"] = Field("side", description="Word beside the warning signs or above them.")
    weeks_on_page: Literal[1, 2] = Field(2, description="Weeks of the log on one page, where they fit.")
    mono: bool = Field(False, description="True: no fills, shapes outlined, hatching instead of tints.")
    minimum_size: float = Field(8.5, description="No text is set smaller than this, points.")
    type: TypeRoles
    strokes: Strokes = Field(default_factory=Strokes)
    sizes: Sizes = Field(default_factory=Sizes)
    colors: dict[str, HexColor] = Field(default_factory=dict, description="Colors that win over the brand's.")
