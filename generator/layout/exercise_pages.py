"""How exercise cards fill their pages: in pairs, alone in large print, or in rows of compact cards."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from itertools import pairwise

from generator.blocks import (
    ExerciseCard,
    Exercises,
    ExerciseTitles,
    Sheet,
)
from generator.layout import cards, compact, exercises
from generator.layout.flow import SECT, Containers, DraftPage, Flow, TooTall
from generator.layout.studio import Studio
from generator.layout.tokens import LIVE_WIDTH, TITLE_HEADER_BOTTOM, span
from generator.marks import DrawnBlock

Placed = list[tuple[ExerciseCard, cards.Arranged, float, float]]  # a card, its parts, x and top
Pages = list[tuple[str, Placed]]  # title and cards of each page
Noted = tuple[ExerciseCard, DrawnBlock | None]  # a card, and the room for its note
NOTE_WIDTHS = {"pairs": span(8), "singles": LIVE_WIDTH, "compact": compact.CARD_WIDTH}
FOOT_GAP = 6.0
LOWEST = 104.0  # picture of a large-print card, points: as high as the code beside it
LOWEST_ALONE = 72.0  # the same without a code, when it is wider
TIGHTEST = -3.0  # what each gap of a card may give up so that two cards share a page, points
HIGHEST_ALONE = 216.0  # picture of a standard card that has a page to itself
COMPACT_ROWS = 3  # on a page
PICTURE_STEP = 6  # points between the heights that a picture's frame may have on a standard card
SHRINKS = (0.97, 0.94, 0.91, 0.88, 0.85, 0.81)  # of 18 points: nothing in large print is set below 14.5


def same_arrangement(studio: Studio, sheet: Sheet) -> Hashable:
    """What sheets with the same arrangement have in common; None where notes may shrink, and each is its own."""
    if studio.tokens.layout.cards == "singles":
        return None
    block = exercises_of(sheet)
    notes = [note_room(studio, block, card) for card in block.cards]
    rooms = [(note.height, note.elements) if note else None for note in notes]
    return (sheet.title, block.titles, id(block.foot), *map(id, block.cards), *rooms)


def note_room(studio: Studio, block: Exercises, card: ExerciseCard, shrink: float = 1.0) -> DrawnBlock | None:
    """What the clinician's note on a card takes; None for a card without one. shrink: factor on the note's type."""
    if block.notes[card.number - 1] is None:
        return None
    width = NOTE_WIDTHS[studio.tokens.layout.cards]
    return studio.blank(("note", card.number), exercises.card_note, width, shrink)


def without_notes(sheet: Sheet) -> Sheet:
    """The same sheet for nobody in particular."""
    block = exercises_of(sheet)
    return replace(sheet, blocks=(replace(block, notes=(None,) * len(block.cards)),))


def exercises_of(sheet: Sheet) -> Exercises:
    """The block of a sheet of exercises."""
    return next(block for block in sheet.blocks if isinstance(block, Exercises))


def exercise_pages(studio: Studio, sheet: Sheet, containers: Containers) -> tuple[list[DraftPage], dict[int, int]]:
    """Cards on pages, and on which of these pages (from 0) each exercise stands.

    Raises TooTall.
    """
    block = exercises_of(sheet)
    foot = studio.drawn(exercises.exercise_foot, block.foot)
    pages: list[DraftPage] = []
    where: dict[int, int] = {}
    arrange = {"pairs": _pairs, "singles": _singles, "compact": _compact}[studio.tokens.layout.cards]
    for title, placed in arrange(studio, block, studio.tokens.bottom - foot.height - FOOT_GAP):
        flow = Flow(studio.tokens, "title", title)
        for card, arranged, x, top in placed:
            one = containers.open("Sect", SECT, card.name)
            flow.bookmark(2, f"{card.number}. {card.name}", top)
            for part, dx, dy in arranged.parts:
                flow.at(part, top + dy, x + dx, container=one)
            where[card.number] = len(pages)
        for rule_at in _separators(placed) if studio.tokens.layout.cards == "pairs" else ():
            flow.at(studio.drawn(cards.separator), rule_at)
        flow.at(foot, studio.tokens.bottom - foot.height)
        pages += flow.pages
    pages[0].bookmarks.insert(0, (1, sheet.title, 0.0))
    return pages, where


def _separators(placed: Placed) -> list[float]:
    return [
        (first_top + first.height + second_top) / 2
        for (_, first, _, first_top), (_, _, _, second_top) in pairwise(placed)
    ]


def _page_title(titles: ExerciseTitles, cards: list[ExerciseCard]) -> str:
    first, last = cards[0].number, cards[-1].number
    template = titles.one if len(cards) == 1 else titles.two if len(cards) == 2 else titles.many
    return template.format(first=first, last=last)


def _pairs(studio: Studio, block: Exercises, limit: float) -> Pages:
    """Two cards to a page where they fit; one that stands alone takes the page."""
    room = limit - TITLE_HEADER_BOTTOM
    pages: Pages = []
    queue = [cards.card_parts(studio, card, note_room(studio, block, card)) for card in block.cards]
    while queue:
        taken = queue[:2]
        placed = _stretched(studio, taken, room) if len(taken) == 2 else None
        if placed is None:
            taken = queue[:1]
            alone = _alone(studio, taken[0], room)
            placed = [(taken[0].card, alone, 0.0, TITLE_HEADER_BOTTOM)] if alone else _stretched(studio, taken, room)
        if placed is None:
            raise TooTall(f'The card of exercise {taken[0].card.number}, "{taken[0].card.name}",')
        pages.append((_page_title(block.titles, [parts.card for parts in taken]), placed))
        queue = queue[len(taken) :]
    return pages


def _stretched(studio: Studio, page: list[cards.CardParts], room: float) -> Placed | None:
    """Cards below one another: spare height goes to the pictures, then to the gaps; where it lacks, the gaps tighten.

    None where the cards do not fit.
    """
    sizes, joints = studio.tokens.sizes, 2 * (len(page) - 1)

    def spare(picture: float) -> float:
        return room - sum(parts.height(picture) for parts in page) - joints * cards.SEPARATOR

    slots = 3 * len(page) + joints
    if spare(sizes.picture_min) < TIGHTEST * slots:
        return None
    highest = sizes.picture_max + max(0.0, (studio.tokens.paper.height - 792) / 2)
    heights = range(int(highest // PICTURE_STEP) * PICTURE_STEP, int(sizes.picture_min), -PICTURE_STEP)
    picture = next((height for height in heights if spare(height) >= 0), sizes.picture_min)
    extra = min(4.0, spare(picture) / slots)
    placed: Placed = []
    y = TITLE_HEADER_BOTTOM
    for parts in page:
        arranged = cards.arranged(studio, parts, picture, extra)
        placed.append((parts.card, arranged, 0.0, y))
        y += arranged.height + 2 * (cards.SEPARATOR + extra)
    return placed


def _alone(studio: Studio, parts: cards.CardParts, room: float) -> cards.Arranged | None:
    """A card that has a standard page to itself, its picture as high as it is of use; None where it does not fit."""
    highest = cards.useful_height(studio, parts.card.picture, LIVE_WIDTH, HIGHEST_ALONE)
    for height in range(int(highest), int(studio.tokens.sizes.picture_min), -4):
        spare = room - cards.arranged_alone(studio, parts, height, 0, blank=True).height
        if spare >= 0:
            return cards.arranged_alone(studio, parts, height, min(8.0, spare / 5))
    return None


def _singles(studio: Studio, block: Exercises, limit: float) -> Pages:
    """A page for each card, its picture as high as the rest leaves room for."""
    room = limit - TITLE_HEADER_BOTTOM
    pages: Pages = []
    for card in block.cards:
        fitting = _single(studio, block, card, room)
        if fitting is None:
            raise TooTall(f'The card of exercise {card.number}, "{card.name}",')
        pages.append((block.titles.plain, [(card, fitting, 0.0, TITLE_HEADER_BOTTOM)]))
    return pages


def _single(studio: Studio, block: Exercises, card: ExerciseCard, room: float) -> cards.Arranged | None:
    """A large-print card as it fits best: its picture gives up height first, then the gaps, at last the type."""
    sizes = studio.tokens.sizes
    highest = sizes.picture_max + max(0.0, studio.tokens.paper.height - 792)
    highest = cards.useful_height(studio, card.picture, exercises.large_picture_width(card.video), highest)
    lowest = LOWEST if card.video else LOWEST_ALONE
    heights = [*range(int(highest), int(lowest), -2), lowest]
    tries = [(height, cards.ROOMY_GAP, 1.0) for height in heights]
    tries += [(height, cards.TIGHT_GAP, 1.0) for height in heights]
    tries += [(lowest, cards.TIGHT_GAP, shrink) for shrink in SHRINKS]
    for height, gap, shrink in tries:
        note = note_room(studio, block, card, shrink)
        spare = room - cards.arranged_large(studio, card, note, height, gap=gap, shrink=shrink, blank=True).height
        if spare >= 0:
            gap = min(cards.WIDE_GAP, gap + spare / 5)
            return cards.arranged_large(studio, card, note, height, gap=gap, shrink=shrink)
    return None


def _compact(studio: Studio, block: Exercises, limit: float) -> Pages:
    """Rows of two, up to three rows to a page, shared out evenly; what does not fit moves on."""
    noted = [(card, note_room(studio, block, card)) for card in block.cards]
    rows = [noted[start : start + 2] for start in range(0, len(noted), 2)]
    pages: Pages = []
    while rows:
        count = -(-len(rows) // -(-len(rows) // COMPACT_ROWS))
        placed = next((found for n in range(count, 0, -1) if (found := _compact_page(studio, rows[:n], limit))), None)
        if placed is None:
            names = " or ".join(f'{card.number}, "{card.name}"' for card, _ in rows[0])
            raise TooTall(f"The card of exercise {names},")
        pages.append((block.titles.glance, placed))
        rows = rows[-(-len(placed) // 2) :]
    return pages


def _compact_page(studio: Studio, rows: list[list[Noted]], limit: float) -> Placed | None:
    """These rows on one page, set as roomily as they fit; None where they do not fit.

    Spare height goes to the pictures, then between the rows.
    """
    top, bottom = TITLE_HEADER_BOTTOM - 3, limit + 2

    def heights(fit: compact.Fit, picture: float) -> list[float]:
        return [
            max(compact.arranged_compact(studio, *noted, fit, picture, blank=True).height for noted in row)
            for row in rows
        ]

    for fit in compact.FITS:
        spare = bottom - top - sum(heights(fit, fit.low))
        if spare >= -0.01:
            break
    else:
        return None
    picture = next(
        size
        for size in (*range(int(fit.high), int(fit.low), -2), fit.low)
        if sum(heights(fit, size)) <= bottom - top + 0.01
    )
    tallest = heights(fit, picture)
    between = min(14.0, (bottom - top - sum(tallest)) / len(rows))
    placed: Placed = []
    y = top + min(3.0, between)
    for row, height in zip(rows, tallest, strict=True):
        for number, (card, note) in enumerate(row):
            one = compact.arranged_compact(studio, card, note, fit, picture)
            placed.append((card, one, number * compact.SECOND_COLUMN, y))
        y += height + between
    return placed
