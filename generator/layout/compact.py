"""Compact cards: up to six to a page, with the end picture, the dose in a stack and brief steps."""

from __future__ import annotations

from dataclasses import dataclass

from generator.blocks import ExerciseCard, LadderLine, Picture, Span, Text
from generator.layout.exercises import Arranged, card_steps, lead_in
from generator.layout.parts import number_disc
from generator.layout.picture import draw_picture
from generator.layout.studio import Studio
from generator.marks import DrawnBlock

CARD_WIDTH = 255.0
SECOND_COLUMN = 267.0
PICTURE_WIDTH, PICTURE_HEIGHT = 126.0, 94.0
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


def compact_picture(studio: Studio, picture: Picture | None, sketch: str, height: float) -> float:
    """The end position only, with its arrow."""
    press, tokens = studio.press, studio.tokens
    dash = () if picture else (3.0, 2.0)
    stroke = tokens.color("rule" if picture else "box")
    with press.artifact():
        press.box(0, 0, PICTURE_WIDTH, height, stroke=stroke, dash=dash, radius=tokens.radius)
    if picture is None:
        return max(height, press.paragraph(9, 5, PICTURE_WIDTH - 18, sketch, studio.style("label")))
    return draw_picture(studio, picture, 0, 0, PICTURE_WIDTH, height, end_only=True)


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
class _Fit:
    """How closely a card is set: lowest picture and gap (points), leading of text and of the dose (factors)."""

    picture: float
    gap: float
    text: float
    dose: float


_FITS = (_Fit(79.0, 4.0, 1.0, 0.94), _Fit(79.0, 4.0, 1.0, 0.88), _Fit(62.0, 1.0, 0.93, 0.82))


def arranged_compact(studio: Studio, card: ExerciseCard, room: float) -> Arranged:
    """A compact card. To fit into the room its picture gives up height first, then its lines stand closer."""
    arranged = [_arranged(studio, card, room, fit) for fit in _FITS]
    return next((one for one in arranged if one.height <= room), arranged[-1])


def _arranged(studio: Studio, card: ExerciseCard, room: float, fit: _Fit) -> Arranged:
    head = studio.drawn(compact_head, card.number, card.name)
    dose = studio.drawn(dose_stack, card.headline, card.brief_dose, fit.dose)
    steps = studio.drawn(card_steps, card.brief_steps, CARD_WIDTH, "compact_body", tighten=fit.text)
    stop = studio.drawn(compact_stop, tuple(line for line in card.ladder if line.kind == "stop"), fit.text)
    below = fit.gap + steps.height + 1 + stop.height + 2
    height = min(PICTURE_HEIGHT, max(fit.picture, room - head.height - below))
    picture = studio.drawn(compact_picture, card.picture, card.sketch, height)
    y = head.height
    parts: list[tuple[DrawnBlock, float, float]] = [(head, 0, 0), (picture, 0, y), (dose, DOSE_AT, y)]
    y += max(picture.height, dose.height) + fit.gap
    parts += [(steps, 0, y), (stop, 0, y + steps.height + 1)]
    return Arranged(tuple(parts), y + steps.height + 1 + stop.height + 2)
