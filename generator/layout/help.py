"""Painters of "When to get help": one box an urgency, its weight falling with it. A box never splits."""

from __future__ import annotations

from generator.blocks import HelpGroup, Text
from generator.layout.parts import bullet, link_line, linked_passage, octagon
from generator.layout.studio import Studio
from generator.layout.tokens import LIVE_WIDTH
from generator.values import dataclass

STROKE = {"emergency": "stop", "same-day": "care", "same-week": "box"}
ICON_EDGE = {"emergency": 48.0, "same-day": 34.0, "same-week": 30.0}
DIVIDER = 166.0
SIGNS_AT = 182.0  # left edge of the signs' bullets, from the box's left edge
TEXT_INDENT = 11.0
PADDING = 16.0
LEFT = 16.0


@dataclass(frozen=True, slots=True)
class Spacing:
    """gap: between signs. padding: inside a box. between: between boxes. A crowded page tightens all three, a page
    with few signs loosens them. spare: what then stays empty below.
    """

    gap: float = 7.0
    padding: float = PADDING
    between: float = 16.0
    spare: float = 0.0


AIRY = tuple(Spacing(7.0 + step, PADDING + step, 16.0 + step, 36.0) for step in (6.0, 4.5, 3.0, 1.5))
ROOMY = Spacing()
SNUG = Spacing(gap=5.0, padding=13.0, between=12.0)
TIGHT = Spacing(gap=4.0, padding=11.0, between=10.0)


def _line_width(studio: Studio, group: HelpGroup) -> float:
    strokes = studio.tokens.strokes
    return {"emergency": strokes.alert, "same-day": strokes.strong if not studio.tokens.mono else 1.0}.get(
        group.urgency, 0.75
    )


def _signs(studio: Studio, group: HelpGroup, x: float, top: float, width: float, gap: float) -> float:
    """The list of signs; returns the y below it."""
    press, body = studio.press, studio.style("body")
    y = top
    indent = TEXT_INDENT * body.size / 12.5
    with press.element("L"):
        for sign in group.signs:
            with press.element("LI"):
                with press.artifact():
                    bullet(studio, x + 2, y + body.leading * 0.5125, body.size, STROKE[group.urgency])
                with press.tagged("LBody"):
                    y += press.passage(x + indent, y, width, sign, body) + gap
    return y - gap


def _sign_heights(studio: Studio, group: HelpGroup, width: float, gap: float) -> float:
    body = studio.style("body")
    return sum(studio.press.height(sign, body, width) + gap for sign in group.signs) - gap


def _word_style(group: HelpGroup) -> str:
    return {"emergency": "emergency", "same-day": "same_day"}.get(group.urgency, "same_week")


def help_group(studio: Studio, group: HelpGroup, spacing: Spacing) -> float:
    """Shape and word at the left, signs at the right of a divider."""
    press, tokens = studio.press, studio.tokens
    word = studio.style(_word_style(group))
    line = _line_width(studio, group)
    width = LIVE_WIDTH - 14 - SIGNS_AT - 9
    edge = ICON_EDGE[group.urgency]
    room = DIVIDER - LEFT - 20
    word_height = press.height(group.word, word, room)
    phone = studio.style("phone").leading + 3 if group.phone else 0.0
    left_height = edge + 8 + word_height + phone
    signs_height = _sign_heights(studio, group, width, spacing.gap)
    height = max(left_height, signs_height) + 2 * spacing.padding
    with press.artifact():
        press.framed(
            0, 0, LIVE_WIDTH, height, stroke=tokens.color(STROKE[group.urgency]), line=line, fill=tokens.color("white")
        )
    _shape(studio, group, LEFT, spacing.padding, edge)
    y = spacing.padding + edge + 8
    with press.tagged("H2"):
        press.passage(LEFT, y, room, group.word, word)
    if group.phone:
        link_line(studio, LEFT, y + word_height + 2, group.phone, group.phone_link)
    with press.artifact():
        press.rule(
            DIVIDER, spacing.padding, DIVIDER, height - spacing.padding, tokens.strokes.hair, tokens.color("rule")
        )
    centered = signs_height <= left_height - 12
    _signs(studio, group, SIGNS_AT, (height - signs_height) / 2 if centered else spacing.padding, width, spacing.gap)
    return height


def _shape(studio: Studio, group: HelpGroup, x: float, top: float, edge: float) -> None:
    if group.urgency == "emergency":
        octagon(studio, x - 2.4, top, edge, group.number, group.icon)
        return
    with studio.press.figure(group.icon, x - 1.6, top, edge, edge):
        studio.icon("care" if group.urgency == "same-day" else "week", x - 1.6, top, edge)


def stacked_group(studio: Studio, group: HelpGroup, spacing: Spacing) -> float:
    """For large print: shape, word and phone on one line above full-width signs."""
    press, tokens = studio.press, studio.tokens
    word, phone = studio.style(_word_style(group)), studio.style("phone")
    line = _line_width(studio, group)
    padding, edge = min(14.0, spacing.padding), 46.0
    width = LIVE_WIDTH - 2 * LEFT - 14
    phone_room = phone.width(group.phone) + 20 if group.phone else 0.0
    word_room = LIVE_WIDTH - 68 - LEFT - phone_room
    head = max(edge, press.height(group.word, word, word_room))
    signs_top = padding + head + 8
    height = signs_top + _sign_heights(studio, group, width, spacing.gap) + padding
    with press.artifact():
        press.framed(
            0, 0, LIVE_WIDTH, height, stroke=tokens.color(STROKE[group.urgency]), line=line, fill=tokens.color("white")
        )
    _shape(studio, group, LEFT, padding, edge if group.urgency == "emergency" else 40.0)
    word_height = press.height(group.word, word, word_room)
    with press.tagged("H2"):
        press.passage(68, padding + (edge - word_height) / 2, word_room, group.word, word)
    if group.phone:
        link_line(
            studio,
            LIVE_WIDTH - 17 - phone.width(group.phone),
            padding + (edge - phone.leading) / 2,
            group.phone,
            group.phone_link,
        )
    _signs(studio, group, 17, signs_top, width, spacing.gap)
    return height


def help_heading(studio: Studio, title: str) -> float:
    """The page's title."""
    with studio.press.tagged("H1"):
        return studio.press.passage(0, 0, LIVE_WIDTH, title, studio.style("page_title"))


def closing_line(studio: Studio, text: Text, target: str) -> float:
    """The last line of the list, with a phone number that can be clicked."""
    return linked_passage(studio, 0, 0, LIVE_WIDTH, text, studio.style("body"), target)
