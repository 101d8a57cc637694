"""What runs along the edges of every page: masthead, running headers, footers. All of it is decoration to a screen
reader, but for the title that a page carries in its header and the clinic's mark on the cover.
"""

from __future__ import annotations

from math import ceil

from generator.blocks import Furniture, Text
from generator.layout.flow import Header
from generator.layout.studio import Size, Studio
from generator.layout.tokens import LIVE_WIDTH, TOP
from generator.marks import Placement

LOGO_WIDTH, LOGO_HEIGHT = 180.0, 30.0
SMALL_LOGO = 0.42
HEADER_WIDTH = 300.0  # room of the header's right part before it takes two lines
EDGES = "edges"  # the place of a patient's name, date and pack id
ID_ROOM = 7.0  # that nearly all pack ids need at most, in sizes of their type
SPARE = 6.0  # points that the footer's left part may take of the gap before the id, which seldom fills its room
HEADER_LINES = 28.0  # from the first baseline to the last that stays clear of the ridge line


def masthead(studio: Studio) -> float:
    """The cover's top: ridge line or rule, logo, label. Its upper edge is y 34."""
    press, tokens = studio.press, studio.tokens
    brand = tokens.brand
    with press.artifact():
        if brand.masthead == "ridge":
            studio.art.draw(press, "ridge-cover", 0, 0)
        elif brand.masthead == "rule":
            press.rule(0, 52, LIVE_WIDTH, 52, 2.25, tokens.color("primary"))
    if brand.masthead_label:
        label = studio.style("kicker").colored(tokens.color("primary"))
        right = brand.logo.side == "left"
        with press.tagged("P"):
            press.words(LIVE_WIDTH if right else 0, 24, brand.masthead_label, label, align="right" if right else "left")
    _clinic_mark(studio)
    return 66.0


def _clinic_mark(studio: Studio) -> None:
    press, brand = studio.press, studio.tokens.brand
    right = brand.logo.side == "right"
    file = studio.logo_file
    lines = brand.logo.words if file else brand.short_lines or (brand.name,)
    name, second = studio.style("compact_name"), studio.style("label")
    if not file:
        name = second = studio.style("compact_name").sized(17, 18)
    elif right:
        name, second = (
            name.sized(15.5, 18),
            studio.style("body").sized(max(12.0, studio.tokens.layout.minimum_size), 14).colored(studio.color("slate")),
        )
    else:
        name = name.sized(17, 18)
    name = name.colored(studio.color("primary"))
    if not file:
        second = name
    words_at = LIVE_WIDTH if right else 0.0
    if file:
        drawing = studio.art.drawing(file)
        scale = min(LOGO_HEIGHT / drawing.height, LOGO_WIDTH / drawing.width)
        x = LIVE_WIDTH - drawing.width * scale if right else 0.0
        top = 5.0 if right else 11.0
        with press.figure("" if lines else brand.name, x, top, drawing.width * scale, drawing.height * scale):
            studio.art.draw(press, file, x, top, scale)
        words_at = x - 11 if right else drawing.width * scale + 9
    baselines = (19.5, 34.5) if right else (25.5, 39.0)
    if lines:
        with press.tagged("P"):
            for number, (line, style, baseline) in enumerate(zip(lines, (name, second), baselines, strict=False)):
                press.words(
                    words_at, baseline, line, style, align="right" if right else "left", more=number < len(lines) - 1
                )


def _mini_ridge(studio: Studio) -> None:
    if studio.tokens.brand.masthead == "ridge":
        studio.art.draw(studio.press, "ridge-mini", 0, 20)
    else:
        studio.press.rule(0, 34, LIVE_WIDTH, 34, 1.2, studio.color("primary"))


def _right_part(studio: Studio, furniture: Furniture, text: Text) -> None:
    """Name and date at the right; a long name takes two lines and drops the date."""
    style = studio.style("header_text")
    if style.width(text.words) <= HEADER_WIDTH:
        studio.press.words(LIVE_WIDTH, 10 if not studio.tokens.large else 15, text.words, style, align="right")
        return
    width = HEADER_WIDTH - (45 if not studio.tokens.large else 0)
    top = -3.0 if not studio.tokens.large else -5.0
    lines = studio.press.lines(furniture.header_name, style, width, at_hyphens=True)
    leading = min(style.leading, HEADER_LINES / max(2, len(lines) - 1))
    for number, line in enumerate(lines):
        baseline = top + number * leading + style.first_baseline
        studio.press.line_of(line, LIVE_WIDTH - line.width, baseline, style)


def running_header(studio: Studio, furniture: Furniture) -> float:
    """Clinic at the left, patient at the right, ridge line below. Its upper edge is y 34."""
    press, brand = studio.press, studio.tokens.brand
    name = studio.style("header_name")
    with press.artifact():
        x, file = 0.0, studio.logo_file
        if file and not studio.tokens.large:
            drawing = studio.art.drawing(file)
            scale = SMALL_LOGO * 30 / drawing.height
            studio.art.draw(press, file, 0, 0.5, scale)
            x = drawing.width * scale + 6.7
        room = LIVE_WIDTH - x - min(HEADER_WIDTH, studio.style("header_text").width(furniture.header.words)) - 12
        clinic = (
            brand.name if name.width(brand.name) <= room else brand.short_lines[0] if brand.short_lines else brand.name
        )
        press.words(x, 10.2 if not studio.tokens.large else 15, clinic, name)
        _right_part(studio, furniture, furniture.header)
        _mini_ridge(studio)
    return 36.0


def title_header(studio: Studio, title: str) -> float:
    """A page's title in its header, as the heading that it is."""
    with studio.press.tagged("H1"):
        studio.press.words(0, 20.5, title, studio.style("header_title"))
    return 36.0


def title_header_edge(studio: Studio, furniture: Furniture) -> float:
    """Patient and ridge line of a page that carries its title in the header."""
    with studio.press.artifact():
        _right_part(studio, furniture, furniture.title_header)
        _mini_ridge(studio)
    return 36.0


class Edges:
    """Headers and footers of one pack's pages: what a pack repeats is drawn once, what packs share once a run.

    total: pages of the pack, inserts counted.
    """

    def __init__(self, studio: Studio, furniture: Furniture, total: int) -> None:
        self._studio, self._furniture, self._total = studio, furniture, total

    def of(self, header: Header, number: int, *, cover: bool) -> tuple[Placement, ...]:
        """What stands along the edges of page `number`."""
        painter = {"running": running_header, "title": title_header_edge}.get(header)
        foot = self._footer(number, cover=cover)
        if painter is None:
            return foot
        block = self._studio.blank(EDGES, painter)
        return (Placement(block, self._studio.tokens.live_left, TOP, 0), *foot)

    def _footer(self, number: int, *, cover: bool) -> tuple[Placement, ...]:
        """Clinic at the left, state, pack id and page at the right."""
        studio, furniture = self._studio, self._furniture
        left, top = studio.tokens.live_left, studio.tokens.footer_rule
        gap = 10.0 if not studio.tokens.large else 12.0
        page = studio.drawn(footer_page, furniture.page_of.format(page=number, total=self._total))
        state = furniture.state if cover else furniture.state_in_full or furniture.state
        own = studio.blank(EDGES, footer_own, state, gap)
        x, placed = LIVE_WIDTH, []
        for block in (page, own):
            if block.width:
                placed.append(Placement(block, left + x, top, 0))
                x -= block.width + gap
        shared = (furniture.footer, furniture.cover_footer, furniture.between, furniture.phone)
        start = studio.drawn(footer_start, *shared, round(x + SPARE, 1), cover=cover)
        return (Placement(start, left, top, 0), *placed)


def _footer_baseline(studio: Studio) -> float:
    return 14.5 if not studio.tokens.large else 18.0


def footer_page(studio: Studio, words: str) -> Size:
    """The page's number; ends where it is placed."""
    with studio.press.artifact():
        width = studio.press.words(0, _footer_baseline(studio), words, studio.style("footer_page"), align="right")
    return width, studio.tokens.sizes.footer_rule


def footer_own(studio: Studio, furniture: Furniture, state: str, gap: float) -> Size:
    """Pack id, and before it the state; ends where it is placed.

    Takes the room of a wide id, so that packs are set alike whose ids are a little wider or narrower.
    """
    press, style, baseline = studio.press, studio.style("footer"), _footer_baseline(studio)
    taken = room = 0.0
    with press.artifact():
        if furniture.pack_id:
            width = press.words(0, baseline, furniture.pack_id, style, align="right")
            room = max(ID_ROOM * style.size, ceil(width / style.size) * style.size) + gap
            taken = width + gap
        if state:
            room += press.words(-taken, baseline, state, studio.style("footer_page"), align="right") + gap
    return max(0.0, room - gap), studio.tokens.sizes.footer_rule


def footer_start(
    studio: Studio, parts: tuple[str, ...], cover_part: str, between: str, phone: str, room: float, *, cover: bool
) -> float:
    """The footer's rule, and as much of clinic, phone and site as fits; on the cover the clinic and its tagline.

    Its upper edge is the footer's rule. room: points up to the footer's right part.
    """
    press, tokens, text = studio.press, studio.tokens, studio.style("footer")
    baseline = _footer_baseline(studio)
    with press.artifact():
        press.rule(0, 0, LIVE_WIDTH, 0, tokens.strokes.hair, tokens.color("rule"))
        if tokens.large:
            press.words(0, baseline, phone, text.colored(tokens.color("ink")))
            return tokens.sizes.footer_rule
        shown = [cover_part] if cover else list(parts)
        joint = f" {between} "
        while len(shown) > 1 and text.width(joint.join(shown)) > room:
            shown.pop()
        width = press.words(0, baseline, joint.join(shown), text)
        tagline, style = tokens.brand.tagline, studio.style("tagline")
        if cover and tagline and width + style.width(tagline) + 24 < room:
            press.words((width + room) / 2, baseline, tagline, style, align="center")
    return tokens.sizes.footer_rule


def page_stamp(
    studio: Studio, furniture: Furniture, page: int, total: int
) -> tuple[bytes, float, float, tuple[str, ...]]:
    """Pack id and page number for a page of the clinic's own file: operators, width, height, font resources."""
    style = studio.style("footer")
    words = f"{furniture.pack_id}   {furniture.page_of.format(page=page, total=total)}"
    shown = style.stack.show(words, style.size)
    baseline = style.size * 0.3
    operators = f"BT {0.0:.2f} {baseline:.2f} Td 0.27 0.35 0.34 rg {shown.operators} ET".encode("latin-1")
    fonts = tuple(f"/{name}" for name in sorted(shown.glyph_sets))
    return operators, style.width(words), style.size * 1.2, fonts
