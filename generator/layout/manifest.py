"""The pages that a print run adds to its packs: the list at its front and the separator sheets, in the clinic's look.

They are for paper only, so no tag tree hangs on them; they are written without the claim of PDF/UA.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.blocks import Furniture, Manifest, ManifestRow, Separator
from generator.layout import cover
from generator.layout import furniture as edges
from generator.layout.studio import Studio
from generator.layout.tokens import HEADER_BOTTOM, LIVE_WIDTH, TOP, column, span
from generator.marks import Body, Container, DrawnBlock, DrawnDocument, DrawnPage, Placement

COLUMNS = 2
GAP = 30.0
ROW = 19.0
HEAD = 20.0
TICK = 10.0
FIRST_TOP = TOP + 76
_CONTAINERS = (Container("Document", -1), Container("Sect", 0))
_SECT = 1


def manifest_pages(
    studio: Studio, block: Manifest, furniture: Furniture, *, author: str, language: str
) -> DrawnDocument:
    """The list, on as many pages as its packs need."""
    tokens = studio.tokens
    page, top = [_placed(studio, studio.drawn(edges.masthead), TOP)], FIRST_TOP
    for part, gap in (
        (studio.drawn_once(_titles, block), 16.0),
        (studio.drawn_once(cover.facts_row, block.facts), 14.0),
        (studio.drawn_once(_notes, block), 30.0),
        (studio.drawn_once(_writing_lines, block.lines), 18.0),
    ):
        page.append(_placed(studio, part, top))
        top += part.height + gap
    pages = [page]
    rest = list(block.rows)
    while True:
        room = int((tokens.bottom - top - HEAD) // ROW)
        taken, rest = rest[: room * COLUMNS], rest[room * COLUMNS :]
        pages[-1] += _columns(studio, block.heads, taken, top)
        if not rest:
            break
        top = HEADER_BOTTOM
        pages.append([_placed(studio, studio.drawn_once(edges.running_header, furniture), TOP)])
    return _document(studio, block.title, furniture, pages, author, language)


def separator_page(studio: Studio, block: Separator, *, author: str, language: str) -> DrawnDocument:
    """The sheet before a pack."""
    middle = studio.drawn_once(_separator, block)
    head = studio.drawn(edges.masthead)
    page = [_placed(studio, head, TOP), _placed(studio, middle, studio.tokens.paper.height * 0.36)]
    return _document(studio, block.pack, None, [page], author, language)


def _placed(studio: Studio, block: DrawnBlock, top: float, x: float = 0.0) -> Placement:
    return Placement(block, studio.tokens.live_left + x, top, _SECT)


def _document(
    studio: Studio,
    title: str,
    furniture: Furniture | None,
    pages: Sequence[list[Placement]],
    author: str,
    language: str,
) -> DrawnDocument:
    """Pages with their footers, if they have any, as a document without bookmarks."""
    paper = studio.tokens.paper
    around = edges.Edges(studio, furniture, len(pages)) if furniture else None
    studio.new_pack({edges.EDGES: furniture})
    drawn = []
    for number, page in enumerate(pages, 1):
        foot = studio.in_place(around.of("none", number, cover=False)) if around else ()
        drawn.append(DrawnPage(paper.width, paper.height, (Body(tuple(page)),), foot))
    used = frozenset(name for page in drawn for placement in page.placements for name in placement.block.glyph_sets)
    return DrawnDocument(
        title=title,
        language=language,
        author=author,
        pages=tuple(drawn),
        containers=_CONTAINERS,
        bookmarks=(),
        sheets=("list",) * len(drawn),
        glyph_sets={name: studio.glyph_set(name) for name in sorted(used)},
    )


def _titles(studio: Studio, block: Manifest) -> float:
    y = studio.press.paragraph(0, 0, LIVE_WIDTH, block.title, studio.style("page_title"), role="H1") + 2
    return y + studio.press.paragraph(0, y, LIVE_WIDTH, block.lead, studio.style("lead"))


def _notes(studio: Studio, block: Manifest) -> float:
    """How to print, and what is not in the run."""
    y = 0.0
    for note in block.notes:
        y += studio.press.paragraph(0, y, LIVE_WIDTH, note, studio.style("body")) + 3
    if block.left_out:
        y += studio.press.paragraph(0, y + 3, LIVE_WIDTH, block.left_out, studio.style("value")) + 3
    return y


def _writing_lines(studio: Studio, captions: tuple[str, ...]) -> float:
    """Room to write down what was counted."""
    press, small = studio.press, studio.style("label")
    for number, caption in enumerate(captions):
        left = column(1 + 4 * number)
        with press.artifact():
            press.rule(left, 0, left + span(4), 0, studio.tokens.strokes.hair, studio.color("box"))
        press.paragraph(left, 3, span(4), caption, small)
    return 3 + small.leading


def _columns(studio: Studio, heads: ManifestRow, rows: Sequence[ManifestRow], top: float) -> list[Placement]:
    """Rows in columns as long as one another, read down the first column, then down the next."""
    length = -(-len(rows) // COLUMNS)
    placements = []
    for number in range(COLUMNS):
        part = tuple(rows[number * length : (number + 1) * length])
        if part:
            block = studio.drawn_once(_column, heads, part)
            placements.append(_placed(studio, block, top, number * (LIVE_WIDTH + GAP) / COLUMNS))
    return placements


def _column(studio: Studio, heads: ManifestRow, rows: tuple[ManifestRow, ...]) -> float:
    press, tokens = studio.press, studio.tokens
    width = (LIVE_WIDTH - GAP * (COLUMNS - 1)) / COLUMNS
    _cells(studio, heads, 10, "label", width)
    with press.artifact():
        press.rule(0, HEAD - 4, width, HEAD - 4, tokens.strokes.strong, tokens.color("primary"))
    for number, row in enumerate(rows):
        y = HEAD + number * ROW
        _cells(studio, row, y + 11, "small", width)
        with press.artifact():
            press.box(0, y + 2, TICK, TICK, stroke=tokens.color("box"), line=tokens.strokes.box)
            press.rule(0, y + ROW - 4, width, y + ROW - 4, tokens.strokes.hair, tokens.color("rule"))
    return HEAD + len(rows) * ROW


def _cells(studio: Studio, row: ManifestRow, baseline: float, role: str, width: float) -> None:
    """One line of a column: sheets, pack and, at the right, pages."""
    press, style = studio.press, studio.style(role)
    with press.tagged("P"):
        press.words(TICK + 8, baseline, row.sheets, style, more=True)
        press.words(TICK + 98, baseline, row.pack, style, more=True)
        press.words(width, baseline, row.pages, style, align="right")


def _separator(studio: Studio, block: Separator) -> float:
    press, tokens = studio.press, studio.tokens
    y = press.paragraph(0, 0, LIVE_WIDTH, block.place, studio.style("lead"))
    y += 6 + press.paragraph(0, y + 6, LIVE_WIDTH, block.pack, studio.style("cover_title"), role="H1")
    y += 8 + press.paragraph(0, y + 8, LIVE_WIDTH, block.extent, studio.style("body"))
    with press.artifact():
        press.rule(0, y + 12, LIVE_WIDTH, y + 12, tokens.strokes.strong, tokens.color("primary"))
    return y + 20 + press.paragraph(0, y + 20, LIVE_WIDTH, block.note, studio.style("small"))
