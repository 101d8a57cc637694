"""A document becomes drawn pages: every sheet fills its pages, the pages are put in order, then their edges are drawn.

The help page follows the pack's first page, whatever the first sheet is; inserts follow the sheet that the plan
names, and count in "Page n of N".
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.blocks import Document, Sheet
from generator.layout import furniture as edges
from generator.layout.flow import Containers, DraftPage, bookmarks
from generator.layout.handout_pages import handout_pages
from generator.layout.screening import screening_pages
from generator.layout.sheets import cover_pages, exercise_pages, help_pages, log_pages
from generator.layout.studio import Studio
from generator.layout.tokens import TOP
from generator.marks import DrawnDocument, DrawnPage, Placement


@dataclass(slots=True)
class _SheetPages:
    sheet: Sheet
    pages: list[DraftPage]


def lay_out(document: Document, studio: Studio) -> DrawnDocument:
    """All pages of a pack.

    The cover comes last, since it names the pages of the others. Raises TooTall, MissingGlyph.
    """
    containers = Containers()
    sections = {id(sheet): containers.open("Sect", 0, sheet.title) for sheet in document.sheets}
    drafts: list[_SheetPages] = []
    where: dict[int, int] = {}
    for sheet in document.sheets:
        drafts.append(_SheetPages(sheet, _pages_of(studio, sheet, containers, sections[id(sheet)], where)))
    for extra in (0, 1, 2, 3):
        for draft in drafts:
            if draft.sheet.kind == "cover":
                draft.pages = [DraftPage("masthead")] * (1 + extra)
        order = _in_order(drafts)
        numbers = _numbers(document, order)
        opened = len(containers.all)
        covers = _cover(studio, document, drafts, containers, sections, order, numbers, where)
        if covers is None or len(covers.pages) == 1 + extra:
            break
        del containers.all[opened:]
    order = _in_order(drafts)
    numbers = _numbers(document, order)
    total = len(order) + sum(len(insert.pages) for insert in document.inserts)
    drawn = tuple(
        _page(
            studio,
            document,
            page,
            number,
            total,
            sections[id(sheet)],
            cover=page is order[0][1] and sheet.kind == "cover",
        )
        for (sheet, page), number in zip(order, numbers, strict=True)
    )
    used = frozenset(name for page in drawn for placement in page.placements for name in placement.block.glyph_sets)
    return DrawnDocument(
        title=document.title,
        language=document.language,
        author=document.author,
        pages=drawn,
        containers=tuple(containers.all),
        bookmarks=bookmarks([page for _, page in order]),
        sheets=tuple(sheet.id for sheet, _ in order),
        glyph_sets={name: studio.glyph_set(name) for name in sorted(used)},
        insert_after=_insert_places(document, order),
    )


def _pages_of(
    studio: Studio, sheet: Sheet, containers: Containers, sect: int, where: dict[int, int]
) -> list[DraftPage]:
    """A sheet's pages, but for the cover's; where: page within its sheet of each exercise, filled in."""
    match sheet.kind:
        case "cover":
            return []
        case "help":
            return help_pages(studio, sheet, sect)
        case "handout":
            return handout_pages(studio, sheet, containers, sect, help_page=2)
        case "exercises":
            pages, found = exercise_pages(studio, sheet, containers, sect)
            where.update(found)
            return pages
        case "log":
            return log_pages(studio, sheet, sect)
        case "screening":
            return screening_pages(studio, sheet, sect)


def _cover(
    studio: Studio,
    document: Document,
    drafts: list[_SheetPages],
    containers: Containers,
    sections: dict[int, int],
    order: list[tuple[Sheet, DraftPage]],
    numbers: list[int],
    where: dict[int, int],
) -> _SheetPages | None:
    """Lays out the cover with the page numbers that `order` gives."""
    draft = next((draft for draft in drafts if draft.sheet.kind == "cover"), None)
    if draft is None:
        return None
    first_of = {sheet.kind: numbers[index] for index, (sheet, _) in reversed(list(enumerate(order)))}

    def page_of(exercise: int) -> int:
        return first_of.get("exercises", 0) + where.get(exercise, 0)

    sect = sections[id(draft.sheet)]
    draft.pages = cover_pages(studio, draft.sheet, containers, sect, page_of, first_of.get("help", 2))
    return draft


def _in_order(drafts: list[_SheetPages]) -> list[tuple[Sheet, DraftPage]]:
    """Pages in the pack's order: the help page is the back of page one."""
    pages = [(draft.sheet, page) for draft in drafts for page in draft.pages]
    helps = [pair for pair in pages if pair[0].kind == "help"]
    others = [pair for pair in pages if pair[0].kind != "help"]
    return [*others[:1], *helps, *others[1:]]


def _insert_places(document: Document, order: list[tuple[Sheet, DraftPage]]) -> tuple[tuple[int, int], ...]:
    """(index of the page that it follows, index of the insert); an insert whose sheet is missing goes to the end."""
    places = []
    for number, insert in enumerate(document.inserts):
        last = [index for index, (sheet, _) in enumerate(order) if sheet.id == insert.after]
        places.append((last[-1] if last else len(order) - 1, number))
    return tuple(sorted(places))


def _numbers(document: Document, order: list[tuple[Sheet, DraftPage]]) -> list[int]:
    """Page number of each own page, inserts counted."""
    before = [0] * (len(order) + 1)
    for after, number in _insert_places(document, order):
        before[after + 1] += len(document.inserts[number].pages)
    numbers, shift = [], 0
    for index in range(len(order)):
        shift += before[index]
        numbers.append(index + 1 + shift)
    return numbers


def _page(
    studio: Studio, document: Document, draft: DraftPage, number: int, total: int, sect: int, *, cover: bool
) -> DrawnPage:
    """A page with its header and footer. sect: container of its sheet, to which the title in the header belongs."""
    tokens, furniture = studio.tokens, document.furniture
    left = tokens.live_left
    around: list[Placement] = []
    if draft.header == "masthead" and not furniture.letterhead:
        around.append(Placement(studio.drawn(edges.masthead), left, TOP, sect))
    elif draft.header == "running":
        around.append(Placement(studio.drawn_once(edges.running_header, furniture), left, TOP, sect))
    elif draft.header == "title":
        around.append(Placement(studio.drawn_once(edges.title_header_edge, furniture), left, TOP, sect))
        around.append(Placement(studio.drawn(edges.title_header, draft.title), left, TOP, sect))
    foot = studio.drawn_once(edges.footer, furniture, number, total, cover=cover)
    end = Placement(foot, left, tokens.footer_rule, sect)
    return DrawnPage(tokens.paper.width, tokens.paper.height, (*around, *draft.placements, end))
