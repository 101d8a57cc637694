"""The safety questions as a form: one page for the clipboard, in rows as high as the page allows.

A pen needs room and an eye needs a line to follow, so rows grow to fill the page; a full list of questions takes the
lowest rows and type a size smaller, and never less than 12 points.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from generator.blocks import QuestionForm, QuestionTable, Sheet
from generator.layout.flow import DraftPage, Flow, TooTall
from generator.layout.log import intro
from generator.layout.parts import tick_box
from generator.layout.studio import Studio
from generator.layout.tokens import LIVE_WIDTH, Style
from generator.marks import DrawnBlock

ROWS = tuple(half / 2 for half in range(56, 30, -1))
"""Heights of a row in points, roomy to tight: 28 to 15.5."""
SMALLEST = 12.0
AIR = 2.0
"""Least room between a line of body type and the hairlines of its row."""
THIN = 0.45
"""Hairline of a row: many of them stand close together, so they must not outweigh the words."""
LINES_AT = (0.0, 214.0, 302.0, 440.0)
"""Left edges of the writing lines: name, date of birth, who asked, date."""
BETWEEN_LINES = 12.0
ROOM_TO_WRITE = 24.0
LEAD_AT = 79.0
BELOW_HEAD = 4.0


def screening_pages(studio: Studio, sheet: Sheet) -> list[DraftPage]:
    """The form on one page where it fits; in large type, tables go on on the next. Raises TooTall."""
    form = next(block for block in sheet.blocks if isinstance(block, QuestionForm))
    flow = Flow(studio.tokens, "title", form.title)
    flow.bookmark(1, sheet.title, 0.0)
    flow.at(studio.drawn(intro, form.lead), LEAD_AT)
    flow.at(studio.drawn(writing_lines, form.lines), flow.y + 2)
    room = flow.bottom - flow.y
    for row in ROWS if not studio.tokens.large else ROWS[:1]:
        gap = 14.0 if row >= 20 else 8.0
        tables = [studio.drawn(question_table, table, row) for table in form.tables]
        if sum(table.height + gap for table in tables) <= room:
            break
    for table in form.tables:
        _place(studio, form, table, row, gap, flow)
    return flow.pages


def _place(studio: Studio, form: QuestionForm, table: QuestionTable, row: float, gap: float, flow: Flow) -> None:
    """Places a table, cut between rows where a page holds no more of it."""
    left = table
    while left.questions:
        part, drawn = _that_fits(studio, left, row, flow.bottom - flow.y - gap)
        if drawn is None:
            if flow.is_fresh:
                raise TooTall("A safety question")
            flow.start("title", form.title)
            gap = 0.0
            continue
        flow.at(drawn, flow.y + gap)
        left = replace(left, questions=left.questions[len(part.questions) :])


def _that_fits(
    studio: Studio, table: QuestionTable, row: float, room: float
) -> tuple[QuestionTable, DrawnBlock | None]:
    """As many rows of a table as fit, drawn; None where not even one does."""
    for count in range(len(table.questions), 0, -1):
        part = replace(table, questions=table.questions[:count])
        drawn = studio.drawn(question_table, part, row)
        if drawn.height <= room + 0.01:
            return part, drawn
    return table, None


def writing_lines(studio: Studio, captions: tuple[str, ...]) -> float:
    """Lines to write on, side by side, their captions below."""
    press, label = studio.press, studio.style("label")
    edges = (*LINES_AT[: len(captions)], LIVE_WIDTH + BETWEEN_LINES)
    bottom = 0.0
    for (left, following), words in zip(pairwise(edges), captions, strict=True):
        width = following - BETWEEN_LINES - left
        with press.artifact():
            press.rule(
                left, ROOM_TO_WRITE, left + width, ROOM_TO_WRITE, studio.tokens.strokes.hair, studio.color("box")
            )
        bottom = max(bottom, press.paragraph(left, ROOM_TO_WRITE + 2, width, words, label))
    return ROOM_TO_WRITE + 2 + bottom


def question_table(studio: Studio, table: QuestionTable, row: float) -> float:
    """Questions at the left, a box for each answer at the right, a hairline below each row."""
    column = 42.0 if not studio.tokens.large else 62.0
    with studio.press.element("Table"):
        y = _head(studio, table, column)
        for number in range(len(table.questions)):
            y += _row(studio, table, number, y, row, column)
    return y


def _head(studio: Studio, table: QuestionTable, column: float) -> float:
    press, tokens = studio.press, studio.tokens
    section, label = studio.style("section"), studio.style("label")
    color = "stop" if table.alarming else "primary"
    height = section.leading + BELOW_HEAD
    baseline = section.first_baseline
    with press.element("TR"):
        with press.element("TH", scope="Column"):
            x = 0.0
            if table.alarming:
                edge = section.size
                with press.figure(table.icon, 0, baseline - edge * 0.86, edge, edge):
                    studio.icon("stop", 0, baseline - edge * 0.86, edge)
                x = edge + 6
            with press.mark():
                press.words(x, baseline, table.heading, section.colored(tokens.color(color)))
        for number, words in enumerate(table.answers):
            with press.tagged("TH", scope="Column"):
                lines = _answer_lines(words, label, column)
                for at, line in enumerate(reversed(lines)):
                    center = _center(table, number, column)
                    press.words(
                        center, baseline - at * label.leading, line, label, align="center", more=at < len(lines) - 1
                    )
    with press.artifact():
        press.rule(0, height, LIVE_WIDTH, height, tokens.strokes.strong, tokens.color(color))
    return height


def _answer_lines(words: str, style: Style, column: float) -> tuple[str, ...]:
    """A column's head, on a line of its own for each word where it is wide."""
    return (words,) if style.width(words) <= column else tuple(words.split())


def _center(table: QuestionTable, number: int, column: float) -> float:
    """The middle of an answer's column."""
    return LIVE_WIDTH - (len(table.answers) - number - 0.5) * column


def _row(studio: Studio, table: QuestionTable, number: int, top: float, row: float, column: float) -> float:
    press, tokens, style = studio.press, studio.tokens, _question_style(studio, row)
    width = LIVE_WIDTH - len(table.answers) * column - 4
    words = table.questions[number]
    taken = press.height(words, style, width)
    height = max(row, taken + (4 if taken > style.leading else 0))
    middle = top + height / 2
    with press.element("TR"):
        with press.tagged("TH", scope="Row"):
            press.passage(0, middle - taken / 2, width, words, style)
        for answer in range(len(table.answers)):
            with press.element("TD"):
                pass
            edge = min(tokens.sizes.tick, height - 4.4)
            tick_box(studio, _center(table, answer, column) - edge / 2, middle - edge / 2, edge=edge)
    last = number == len(table.questions) - 1
    with press.artifact():
        line, color = (tokens.strokes.strong, "primary") if last else (THIN, "rule")
        if last and table.alarming:
            color = "stop"
        press.rule(0, top + height, LIVE_WIDTH, top + height, line, tokens.color(color))
    return height


def _question_style(studio: Studio, row: float) -> Style:
    """Body type; in rows that leave it no air, the smallest that a form may be set in."""
    body = studio.style("body")
    return body if row >= body.leading + AIR else body.sized(SMALLEST, row - 0.4)
