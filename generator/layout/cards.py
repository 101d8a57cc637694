"""Whole exercise cards: how their parts stand beside and below one another, for a pair, a page alone, large print."""

from __future__ import annotations

from generator.blocks import ExerciseCard, Picture
from generator.layout.exercises import (
    card_head,
    card_picture,
    card_steps,
    code_and_tick,
    dose_strip,
    ladder,
    large_code_and_tick,
    large_picture_width,
    picture_room,
)
from generator.layout.picture import below_picture, filled_height
from generator.layout.studio import Studio
from generator.layout.tokens import LIVE_WIDTH, column, span
from generator.marks import DrawnBlock
from generator.values import dataclass

RIGHT = column(5)
SEPARATOR = 9.5
WIDE_GAP, ROOMY_GAP, TIGHT_GAP = 15.0, 9.0, 5.0  # between the parts of a large-print card


Part = tuple[DrawnBlock, float, float]


@dataclass(frozen=True, slots=True)
class Arranged:
    """A card's parts with their places inside it: (block, x, top)."""

    parts: tuple[Part, ...]
    height: float


def separator(studio: Studio) -> float:
    """The strong rule between two cards."""
    with studio.press.artifact():
        studio.press.rule(0, 0, LIVE_WIDTH, 0, studio.tokens.strokes.strong, studio.color("primary"))
    return 0.0


def _picture(studio: Studio, card: ExerciseCard, width: float, height: float, blank: bool) -> DrawnBlock:
    if blank:
        return studio.drawn(picture_room, card.picture, width, height)
    return studio.drawn(card_picture, card.picture, card.sketch, width, height)


@dataclass(frozen=True, slots=True)
class CardParts:
    """A standard card's parts, drawn, but for the note and for the picture, whose height depends on the page's rest.

    caption: height of the line below a clinic's own picture.
    """

    card: ExerciseCard
    head: DrawnBlock
    steps: DrawnBlock
    note: DrawnBlock | None
    dose: DrawnBlock
    code: DrawnBlock
    ladder: DrawnBlock
    caption: float

    @property
    def beside_picture(self) -> float:
        """Height of steps and note."""
        return self.steps.height + (5 + self.note.height if self.note else 0.0)

    def height(self, picture_height: float) -> float:
        """Height of the whole card with a picture so high and no extra in its gaps, see `arranged`."""
        middle = max(picture_height + self.caption, self.beside_picture)
        low = max(self.ladder.height, self.code.height)
        return self.head.height + 7 + middle + 9 + self.dose.height + 9 + low


def card_parts(studio: Studio, card: ExerciseCard, note: DrawnBlock | None) -> CardParts:
    """The parts of a standard card."""
    return CardParts(
        card=card,
        head=studio.drawn(card_head, card.number, card.name, card.purpose),
        steps=studio.drawn(card_steps, card.steps, span(8)),
        note=note,
        dose=studio.drawn(dose_strip, card.dose),
        code=studio.drawn(
            code_and_tick, card.video, card.video_label, card.video_alt, card.practiced_label, card.box_word
        ),
        ladder=studio.drawn(ladder, card.ladder, span(8)),
        caption=below_picture(studio, card.picture, span(4)),
    )


def arranged(studio: Studio, parts: CardParts, picture_height: float, extra: float) -> Arranged:
    """A full card. picture_height: points. extra: points added to each of its three inner gaps (-3 to 4)."""
    y = parts.head.height + 7 + extra
    picture = _picture(studio, parts.card, span(4), picture_height, blank=False)
    placed: list[Part] = [(parts.head, 0.0, 0.0), (picture, 0.0, y), (parts.steps, RIGHT, y)]
    if parts.note:
        placed.append((parts.note, RIGHT, y + parts.steps.height + 5))
    y += max(picture.height, parts.beside_picture) + 9 + extra
    placed.append((parts.dose, 0.0, y))
    y += parts.dose.height + 9 + extra
    placed += [(parts.ladder, RIGHT, y), (parts.code, 0.0, y)]
    return Arranged(tuple(placed), parts.height(picture_height) + 3 * extra)


def arranged_alone(
    studio: Studio, parts: CardParts, picture_height: float, extra: float, *, blank: bool = False
) -> Arranged:
    """A standard card that has a page to itself: a picture across the page, steps and code below it, dose, ladder.

    extra: as in `arranged`, for its five gaps. blank: with room for the picture only.
    """
    head, steps, note, dose, code = parts.head, parts.steps, parts.note, parts.dose, parts.code
    picture = _picture(studio, parts.card, LIVE_WIDTH, picture_height, blank)
    rungs = studio.drawn(ladder, parts.card.ladder, LIVE_WIDTH)
    y = head.height + 8 + extra
    placed: list[Part] = [(head, 0.0, 0.0), (picture, 0.0, y)]
    y += picture.height + 11 + extra
    placed.append((steps, 0.0, y))
    left = steps.height
    if note:
        placed.append((note, 0.0, y + left + 6 + extra))
        left += 6 + extra + note.height
    code_at = y
    y += max(left, code.height) + 11 + extra
    placed += [(dose, 0.0, y), (rungs, 0.0, y + dose.height + 11 + extra), (code, column(9), code_at)]
    return Arranged(tuple(placed), y + dose.height + 11 + extra + rungs.height)


def useful_height(studio: Studio, picture: Picture | None, width: float, height: float) -> float:
    """The height that a picture fills in a frame of this width, the given height at most: lying people need less."""
    return studio.drawn(snug_room, picture, width, height).height if picture else height


def snug_room(studio: Studio, picture: Picture, width: float, height: float) -> float:
    """Takes the room of `useful_height` and draws nothing, so that the measure is kept like a block."""
    return min(height, filled_height(studio, picture, width, height))


def arranged_large(
    studio: Studio,
    card: ExerciseCard,
    note: DrawnBlock | None,
    picture_height: float,
    *,
    gap: float = ROOMY_GAP,
    shrink: float = 1.0,
    blank: bool = False,
) -> Arranged:
    """A card that has a page to itself: picture and code above the steps, then note, dose and ladder.

    gap: between the parts. shrink: factor on the type of steps and ladder, below 1 only where the card would not fit.
    blank: as in `arranged`.
    """
    head = studio.drawn(card_head, card.number, card.name, card.purpose)
    picture = _picture(studio, card, large_picture_width(card.video), picture_height, blank)
    code = studio.drawn(
        large_code_and_tick, card.video, card.video_label, card.video_alt, card.practiced_label, card.box_word
    )
    steps = studio.drawn(card_steps, card.steps, LIVE_WIDTH, shrink=shrink)
    y = head.height + gap
    parts: list[Part] = [(head, 0, 0), (picture, 0, y)]
    code_at = y
    y += max(picture.height, code.height) + gap
    parts.append((steps, 0, y))
    y += steps.height + gap
    if note:
        parts.append((note, 0, y - 2))
        y += note.height + gap - (2 if gap >= ROOMY_GAP else 4)
    dose = studio.drawn(dose_strip, card.dose)
    rungs = studio.drawn(ladder, card.ladder, LIVE_WIDTH, shrink=shrink)
    parts += [(dose, 0, y), (rungs, 0, y + dose.height + gap), (code, 0, code_at)]
    return Arranged(tuple(parts), y + dose.height + gap + rungs.height)
