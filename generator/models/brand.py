"""A clinic's look and contact: all that a brand file may change (tokens of the print design system).

Safety components look the same in every brand: go, care and stop colors are not here.
"""

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

HexColor = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=60)]
FontFile = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_./-]+\.(ttf|otf|TTF)$")]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)


class Logo(_Frozen):
    """The clinic's mark; fits a slot of 180 × 30 points."""

    file: str | None = Field(None, description="SVG file beside the brand file; without it the words stand alone.")
    words: tuple[Line, ...] = Field((), max_length=2, description="Words beside the mark, one or two lines.")
    side: Literal["left", "right"] = Field("left", description="Side of the masthead on which the logo stands.")


class BrandColors(_Frozen):
    """Hex colors. Contrast on white that the gates ask for: primary 7, accent 4.5, ink 12, slate 7, box 4.5."""

    primary: HexColor = Field(description="Titles, table rules, badges.")
    accent: HexColor = Field(description="Kickers, goal flags, note bar.")
    ink: HexColor = Field("#16211F", description="Text.")
    slate: HexColor = Field("#465A57", description="Secondary text.")
    box: HexColor = Field("#5B6E6A", description="Form strokes: boxes, ticks, writing lines.")
    rule: HexColor = Field("#9AAAA6", description="Decorative rules only, never text.")
    top: HexColor = Field(description="Shirt of the people in exercise pictures.")
    shorts: HexColor = Field(description="Shorts of the people in exercise pictures.")
    mat: HexColor = Field("#DCE9E6", description="Mat in exercise pictures, upper side.")
    mat_side: HexColor = Field("#B4CBC6", description="Mat in exercise pictures, edge.")


class Fonts(_Frozen):
    """Font files below layouts/fonts or beside the brand file, first choice first; later ones fill missing characters.:
    Font files below layouts/fonts or beside the brand file, first choice first; later ones fill missing characters.
    """

    head: tuple[FontFile, ...] = Field(min_length=1, description="Titles.")
    head_bold: tuple[FontFile, ...] = Field(min_length=1, description="Section and card names.")
    body: tuple[FontFile, ...] = Field(min_length=1, description="Running text.")
    semi: tuple[FontFile, ...] = Field(min_length=1, description="Labels.")
    bold: tuple[FontFile, ...] = Field(min_length=1, description="Key words and values.")
    italic: tuple[FontFile, ...] = Field(min_length=1, description="Journal names.")
    note: tuple[FontFile, ...] = Field(min_length=1, description="The clinician's own notes.")


class Brand(_Frozen):
    """One clinic.

    Where a brand leaves a field out, the page leaves the part out; nothing falls back to another clinic.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")] = Field(
        description="Name of its folder."
    )
    name: Line = Field(description="Full name of the clinic, as in footers and metadata.")
    short_lines: tuple[Line, ...] = Field(
        (),
        max_length=2,
        description="The name on one or two lines, for a masthead without a logo; the full name if empty.",
    )
    phone: Annotated[str, StringConstraints(min_length=3, max_length=24)] = Field(description="As printed.")
    phone_link: Annotated[str, StringConstraints(pattern=r"^tel:\+?[0-9]{3,15}$")] = Field(description="As dialed.")
    texts: bool = Field(False, description="True if patients may also text this number.")
    site: Line = Field(description="Web site as printed, without https.")
    site_link: Annotated[str, StringConstraints(pattern=r"^https://[^\s]+$", max_length=200)] = Field(
        description="Web address of the site."
    )
    emergency_number: Annotated[str, StringConstraints(pattern=r"^[0-9]{2,5}$")] = Field(
        description="The country's emergency number, such as 911 or 112."
    )
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = Field(
        "US", description="ISO 3166 code; date order."
    )
    masthead: Literal["ridge", "rule", "none"] = Field("rule", description="Drawing at the top of the cover.")
    masthead_label: str = Field("", max_length=40, description="Words opposite the logo, or empty.")
    tagline: str = Field("", max_length=60, description="Printed in the cover's footer, or empty.")
    logo: Logo = Field(default_factory=lambda: Logo(file=None), description="The clinic's mark.")
    radius: float = Field(4, ge=0, le=6, description="Corner radius of boxes, points.")
    title_size: float = Field(36, ge=28, le=38, description="Cover title on the standard layout, points.")
    colors: BrandColors
    fonts: Fonts
    videos: str | None = Field(
        None,
        pattern=r"^https://[^\s]+$",
        max_length=120,
        description="Address behind the cover's QR code; {pack_id} becomes the pack id. None: no code.",
    )

    def videos_for(self, pack_id: str) -> str:
        """The address behind the cover's code for one pack, "" where the clinic has none."""
        return "" if self.videos is None else re.sub(r"\{pack_id\}", pack_id.replace("-", ""), self.videos)
