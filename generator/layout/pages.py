"""A document becomes drawn pages: every sheet fills its pages, the pages are put in order, then their edges are drawn.

The help page follows the pack's first page, whatever the first sheet is; inserts follow the sheet that the plan
names, and count in "Page n of N". Sheets without a patient's words are laid out once a run.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import groupby

from generator.blocks import Document, Sheet
from generator.layout import furniture
from generator.layout.alike import Alike, in_common, kept_alive, own_words
from generator.layout.cover_pages import cover_pages
from generator.layout.exercise_pages import exercise_pages, same_arrangement, without_notes
from generator.layout.flow import Containers, DraftPage, LaidSheet, bookmarks
from generator.layout.handout_pages import handout_pages
from generator.layout.help_pages import help_pages
from generator.layout.log_pages import log_pages
from generator.layout.screening import screening_pages
from generator.layout.studio import Studio
from generator.layout.tokens import TOP
from generator.marks import Body, Container, DrawnDocument, DrawnPage, GlyphSet, Placement

MOST_COVER_PAGES = 4
HELP_PAGE = 2
_BODIES_KEPT = 500  # shared parts of pages: ten or so a prescription, whose patients follow one another in a batch
_ARRANGEMENTS_KEPT = 40  # prescriptions, whose patients follow one another in a batch
_SETTINGS_KEPT = 40  # things that packs have in common, each with the settings that were needed so far
_SHEETS_KEPT = 500  # shared sheets of a studio: every handout, and the warning signs of every mix of body regions

Pages = list[tuple[LaidSheet, int]]  # in the pack's order: a sheet, and which of its pages


def lay_out(document: Document, studio: Studio) -> DrawnDocument:
    """All pages of a pack. Raises TooTall, MissingGlyph."""
    studio.new_pack(own_words(document))
    common = in_common(document)
    alike = studio.settings.get(common)
    if alike is None:
        if len(studio.settings) >= _SETTINGS_KEPT:
            studio.settings.clear()
        alike = studio.settings[common] = Alike(kept_alive(document))
    setting = alike.fitting(studio)
    if setting is None:
        setting = alike.keep(_set(document, studio), studio.asked())
    return _filled(setting, studio)


def _set(document: Document, studio: Studio) -> DrawnDocument:
    """The pages with blanks for the patient's own words. The cover comes last, since it names the pages of the others.

    Raises TooTall, MissingGlyph.
    """
    laid = [_laid(studio, sheet, document) for sheet in document.sheets]
    covers = [number for number, sheet in enumerate(document.sheets) if sheet.kind == "cover"]
    for number in covers:
        laid[number] = _laid_cover(studio, document, laid, number)
    order = _in_order(laid)
    numbers = _numbers(document, order)
    total = len(order) + sum(len(insert.pages) for insert in document.inserts)
    containers, first_of = _containers(laid)
    edges = furniture.Edges(studio, document.furniture, total)
    pages = tuple(
        _page(studio, edges, one, index, number, first_of[id(one)])
        for (one, index), number in zip(order, numbers, strict=True)
    )
    return DrawnDocument(
        title=document.title,
        language=document.language,
        author=document.author,
        pages=pages,
        containers=containers,
        bookmarks=bookmarks([one.pages[index] for one, index in order]),
        sheets=tuple(one.sheet.id for one, _ in order),
        glyph_sets=_glyph_sets(studio, pages),
        insert_after=_insert_places(document, order),
    )


# ---- a patient's own words


def _filled(setting: DrawnDocument, studio: Studio) -> DrawnDocument:
    """A setting with this patient's own words in its blanks."""
    pages = tuple(
        [
            DrawnPage(
                page.width,
                page.height,
                tuple([_filled_body(body, studio) if body.share == "pack" else body for body in page.bodies]),
                studio.in_place(page.edges),
                page.first_container,
            )
            for page in setting.pages
        ]
    )
    more = _glyph_sets(studio, pages, known=setting.glyph_sets)
    return replace(setting, pages=pages, glyph_sets=setting.glyph_sets | more, setting=setting)


def _filled_body(body: Body, studio: Studio) -> Body:
    placements = studio.in_place(body.placements)
    shared = all(one.block.shared for one in placements)
    return _common_body(studio, placements) if shared else Body(placements)


def _glyph_sets(studio: Studio, pages: tuple[DrawnPage, ...], known: Collection[str] = ()) -> dict[str, GlyphSet]:
    """The glyph sets that pages use, but for those that are known; of bodies, if some are known, only a patient's."""
    used: set[str] = set()
    for page in pages:
        for body in page.bodies:
            if not known or body.share != "run":
                used.update(*[one.block.glyph_sets for one in body.placements])
        used.update(*[one.block.glyph_sets for one in page.edges])
    return {name: studio.glyph_set(name) for name in sorted(used.difference(known))}


# ---- sheets


def _laid(studio: Studio, sheet: Sheet, document: Document) -> LaidSheet:
    """A sheet's pages; those without a patient's words are kept with the studio. The cover's are empty so far."""
    if not sheet.shared:
        return _exercises(studio, sheet, document) if sheet.kind == "exercises" else _fill(studio, sheet, document)
    kept = studio.sheets.get(id(sheet))
    if kept is None or kept.sheet is not sheet:
        if len(studio.sheets) >= _SHEETS_KEPT:
            studio.sheets.clear()
        kept = studio.sheets[id(sheet)] = _fill(studio, sheet, document)
    return kept


def _fill(studio: Studio, sheet: Sheet, document: Document) -> LaidSheet:
    containers = Containers(sheet.title)
    pages: list[DraftPage] = []
    match sheet.kind:
        case "help":
            pages = help_pages(studio, sheet)
        case "handout":
            pages = handout_pages(studio, sheet, containers, help_page=HELP_PAGE)
        case "log":
            pages = log_pages(studio, sheet, containers)
        case "screening":
            pages = screening_pages(studio, sheet)
    return _whole(studio, sheet, pages, containers, document)


def _exercises(studio: Studio, sheet: Sheet, document: Document) -> LaidSheet:
    """The exercises, arranged as for all patients with the same cards and notes of the same height."""
    key = same_arrangement(studio, sheet)
    found = studio.arrangements.get(key) if key is not None else None
    if found is None:
        containers = Containers(sheet.title)
        pages, where = exercise_pages(studio, sheet, containers)
        found = _whole(studio, without_notes(sheet), pages, containers, document, where)
        if key is not None:
            if len(studio.arrangements) >= _ARRANGEMENTS_KEPT:
                studio.arrangements.clear()
            studio.arrangements[key] = found  # it keeps its cards alive, so that no other card has their ids
    return found


def _whole(
    studio: Studio,
    sheet: Sheet,
    pages: list[DraftPage],
    containers: Containers,
    document: Document,
    where: dict[int, int] | None = None,
) -> LaidSheet:
    bodies = [_bodies(studio, page, document, shared=sheet.shared) for page in pages]
    return LaidSheet(sheet, pages, tuple(containers.all), bodies, where or {})


def _bodies(studio: Studio, page: DraftPage, document: Document, *, shared: bool) -> tuple[Body, ...]:
    """A page's blocks, and before them what its header says aloud: the clinic's mark, or the page's title.

    Where a patient's words stand between, each run of shared blocks is a body that packs of one prescription share.
    """
    left = studio.tokens.live_left
    head: tuple[Placement, ...] = ()
    if page.header == "masthead" and not document.furniture.letterhead:
        head = (Placement(studio.drawn(furniture.masthead), left, TOP, 0),)
    elif page.header == "title":
        head = (Placement(studio.drawn(furniture.title_header, page.title), left, TOP, 0),)
    placements = (*head, *page.placements)
    if shared:
        return (Body(placements, "run"),)
    runs = [(common, tuple(run)) for common, run in groupby(placements, key=lambda one: one.block.shared)]
    return tuple([_common_body(studio, run) if common else Body(run) for common, run in runs])


def _common_body(studio: Studio, placements: tuple[Placement, ...]) -> Body:
    """Blocks that packs share, one after another: the same body where the same ones stand in the same places."""
    key = tuple([value for one in placements for value in (id(one.block), one.x, one.top, one.container)])
    found = studio.bodies.get(key)  # it keeps its blocks alive, so that no other block has their ids
    if found is None:
        if len(studio.bodies) >= _BODIES_KEPT:
            studio.bodies.clear()
        found = studio.bodies[key] = Body(placements, "plans")
    return found


def _laid_cover(studio: Studio, document: Document, laid: list[LaidSheet], number: int) -> LaidSheet:
    """Lays out the cover with the page numbers that follow from its own length, which is tried from one page on."""
    sheet = document.sheets[number]
    for length in range(1, MOST_COVER_PAGES + 1):
        laid[number] = LaidSheet(sheet, [DraftPage("masthead")] * length, (), [], {})
        order = _in_order(laid)
        numbers = _numbers(document, order)
        first_of = {one.sheet.kind: page for (one, _), page in reversed(list(zip(order, numbers, strict=True)))}
        where = next((one.where for one in laid if one.sheet.kind == "exercises"), {})
        first_exercises = first_of.get("exercises", 0)
        page_of = {exercise: first_exercises + page for exercise, page in where.items()}
        containers = Containers(sheet.title)
        pages = cover_pages(studio, sheet, containers, page_of, first_of.get("help", HELP_PAGE))
        if len(pages) == length:
            break
    return _whole(studio, sheet, pages, containers, document)


def _containers(laid: list[LaidSheet]) -> tuple[tuple[Container, ...], dict[int, int]]:
    """The containers of all sheets below one Document, and the number of each sheet's first one."""
    everything = [Container("Document", -1)]
    first_of: dict[int, int] = {}
    for one in laid:
        first = first_of[id(one)] = len(everything)
        for own in one.containers:
            parent = 0 if own.parent < 0 else first + own.parent
            everything.append(Container(own.role, parent, own.title, own.language))
    return tuple(everything), first_of


# ---- order and numbers


def _in_order(laid: list[LaidSheet]) -> Pages:
    """Pages in the pack's order: the help page is the back of page one."""
    pages = [(one, index) for one in laid for index in range(len(one.pages))]
    helps = [pair for pair in pages if pair[0].sheet.kind == "help"]
    others = [pair for pair in pages if pair[0].sheet.kind != "help"]
    return [*others[:1], *helps, *others[1:]]


def _insert_places(document: Document, order: Pages) -> tuple[tuple[int, int], ...]:
    """(index of the page that it follows, index of the insert); an insert whose sheet is missing goes to the end."""
    places = []
    for number, insert in enumerate(document.inserts):
        last = [index for index, (one, _) in enumerate(order) if one.sheet.id == insert.after]
        places.append((last[-1] if last else len(order) - 1, number))
    return tuple(sorted(places))


def _numbers(document: Document, order: Pages) -> list[int]:
    """Page number of each own page, inserts counted."""
    if not document.inserts:
        return list(range(1, len(order) + 1))
    before = [0] * (len(order) + 1)
    for after, number in _insert_places(document, order):
        before[after + 1] += len(document.inserts[number].pages)
    numbers, shift = [], 0
    for index in range(len(order)):
        shift += before[index]
        numbers.append(index + 1 + shift)
    return numbers


def _page(
    studio: Studio, edges: furniture.Edges, one: LaidSheet, index: int, number: int, first_container: int
) -> DrawnPage:
    """A page with its header and footer."""
    paper = studio.tokens.paper
    cover = number == 1 and one.sheet.kind == "cover"
    around = edges.of(one.pages[index].header, number, cover=cover)
    return DrawnPage(paper.width, paper.height, one.bodies[index], around, first_container)
