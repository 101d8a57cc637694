"""Compact cards: up to six to a page, with the end picture, the dose in a stack and brief steps.

Fewer than six leave room, which goes to the pictures: they show the start, too. A clinician's note makes its card
longer, and what no longer fits moves to the next page.
"""

from __future__ import annotations

from generator.blocks import ExerciseCard, LadderLine, Picture, Span, Text
from generator.layout.cards import Arranged, Part
from generator.layout.exercises import card_steps, lead_in, picture_room
from generator.layout.parts import number_disc
from generator.layout.picture import draw_picture
from generator.layout.studio import Studio
from generator.marks import DrawnBlock
from generator.values import dataclass

CARD_WIDTH = 255.0
SECOND_COLUMN = 267.0
PICTURE_WIDTH = 126.0
DOSE_AT, DOSE_WIDTH = 136.0, 119.0
NUMBER = 21.0
HEAD_MIDDLE = 17.0


def compact_head(studio: Studio, number: int, name: str) -> float:
    """The strong rule, number and name."""
    press, style = studio.press, studio.style("compact_name")
    with press.artifact():
        press.rule(0, 0, CARD_WIDTH, 0, studio.tokens.strokes.strong, studio.color("primary"))
    with press.element("H2"), press.mark():
        number_disc(studio, NUMBER / 2, HEAD_MIDDLE, number, NUMBER)
        height = press.passage(29, HEAD_MIDDLE - style.leading / 2 - 0.5, CARD_WIDTH - 29, name, style)
    return max(31.0, HEAD_MIDDLE - style.leading / 2 + height + 4)


def compact_picture(
    studio: Studio, picture: Picture | None, sketch: str, width: float, height: float, both: bool
) -> float:
    """The end position with its arrow; both: the start above or beside it."""
    press, tokens = studio.press, studio.tokens
    dash = () if picture else (3.0, 2.0)
    stroke = tokens.color("rule" if picture else "box")
    with press.artifact():
        press.box(0, 0, width, height, stroke=stroke, dash=dash, radius=tokens.radius)
    if picture is None:
        return max(height, press.paragraph(9, 5, width - 18, sketch, studio.style("label")))
    return draw_picture(studio, picture, 0, 0, width, height, end_only=not both)


def dose_stack(studio: Studio, headline: str, lines: tuple[str, ...], tighten: float) -> float:
    """Sets and reps large, the rest of the dose below, a line each."""
    press, body = studio.press, studio.style("compact_body").tightened(tighten)
    style = studio.style("compact_dose")
    if style.width(headline) > DOSE_WIDTH:
        style = studio.style("compact_range")
    y = 0.0
    with press.element("L"):
        with press.element("LI"), press.tagged("LBody"):
            y += press.passage(0, y - 2, DOSE_WIDTH, headline, style) - 1
        for line in lines:
            with press.element("LI"), press.tagged("LBody"):
                y += press.passage(0, y, DOSE_WIDTH, line, body)
    return y


def compact_stop(studio: Studio, lines: tuple[LadderLine, ...], tighten: float) -> float:
    """The card's own stop signs in one passage."""
    if not lines:
        return 0.0
    press, style = studio.press, studio.style("compact_body").tightened(tighten)
    spans: list[Span] = []
    for line in lines:
        spans += [Span(" ")] if spans else []
        spans += lead_in(line).spans
    with press.artifact():
        studio.icon("stop", -0.5, 1.6, 12)
    with press.tagged("P"):
        return press.passage(14, 0, CARD_WIDTH - 14, Text(tuple(spans)), style)


@dataclass(frozen=True, slots=True)
class Fit:
    """How closely the cards of a page are set.

    low, high: of the picture, points. wide: whether it takes the card's whole width, with the dose below it. both:
    whether it shows the start, too. gap: between the parts, points. text,
    dose: factors on the leading of the text and of the dose.
    """

    low: float
    high: float
    wide: bool
    both: bool
    gap: float
    text: float
    dose: float


FITS = (
    Fit(130.0, 190.0, True, True, 10.0, 1.0, 1.0),
    Fit(118.0, 150.0, False, True, 7.0, 1.0, 1.0),
    Fit(84.0, 112.0, False, False, 4.0, 1.0, 0.94),
    Fit(79.0, 94.0, False, False, 4.0, 1.0, 0.88),
    Fit(62.0, 94.0, False, False, 1.0, 0.93, 0.82),
)
"""From roomy to tight: a page takes the first one with which all its cards fit."""


def arranged_compact(
    studio: Studio, card: ExerciseCard, note: DrawnBlock | None, fit: Fit, height: float, *, blank: bool = False
) -> Arranged:
    """A compact card whose picture is so high, in points. blank: with room for the picture only."""
    head = studio.drawn(compact_head, card.number, card.name)
    dose = studio.drawn(dose_stack, card.headline, card.brief_dose, fit.dose)
    steps = studio.drawn(card_steps, card.brief_steps, CARD_WIDTH, "compact_body", tighten=fit.text)
    stop = studio.drawn(compact_stop, tuple(line for line in card.ladder if line.kind == "stop"), fit.text)
    width = CARD_WIDTH if fit.wide else PICTURE_WIDTH
    if blank:
        picture = studio.drawn(picture_room, card.picture, width, height)
    else:
        picture = studio.drawn(compact_picture, card.picture, card.sketch, width, height, fit.both)
    y = head.height
    parts: list[Part] = [(head, 0, 0), (picture, 0, y)]
    if fit.wide:
        parts.append((dose, 0, y + picture.height + fit.gap))
        y += picture.height + fit.gap + dose.height + fit.gap
    else:
        parts.append((dose, DOSE_AT, y))
        y += max(picture.height, dose.height) + fit.gap
    parts.append((steps, 0, y))
    y += steps.height + 1
    if note:
        parts.append((note, 0, y + 1))
        y += note.height + 3
    parts.append((stop, 0, y))
    return Arranged(tuple(parts), y + stop.height + 2)
