"""Painters of the 14-day log: week grids with real dates, the pain scale, writing lines."""

from __future__ import annotations

from generator.blocks import LogDay, LogRow, LogWeek, PainScale, PainZone, Text, WritingLines
from generator.layout.parts import ring, section_heading, tick_box
from generator.layout.studio import Studio
from generator.layout.tokens import GUTTER, LIVE_WIDTH, Style, span
from generator.marks import DrawnBlock
from generator.values import dataclass

NAME_WIDTH, DAY_WIDTH, GOAL_WIDTH = 160.0, 42.0, 68.0
LARGE_NAME_WIDTH, LARGE_DAY_WIDTH = 150.0, 40.0
WRITING_GAP = 24.0


def _widths(studio: Studio) -> tuple[float, float]:
    return (LARGE_NAME_WIDTH, LARGE_DAY_WIDTH) if studio.tokens.large else (NAME_WIDTH, DAY_WIDTH)


def week_head(studio: Studio, days: tuple[LogDay, ...], heading: str, goal_label: str) -> float:
    """The week's name, its days and the goal's label, with the strong rule below them."""
    press, tokens = studio.press, studio.tokens
    name_width, day_width = _widths(studio)
    section, small, label = studio.style("section"), studio.style("small"), studio.style("label")
    day = studio.style("value")
    if tokens.large:
        day = day.sized(min(day.size, 16.0), day.leading)
    height = 32.0 if not tokens.large else 46.0
    with press.element("TR"):
        with press.tagged("TH", scope="Column"):
            press.words(0, height - 8, heading, section)
        for number, one in enumerate(days):
            x = name_width + number * day_width + day_width / 2
            with press.tagged("TH", scope="Column"):
                press.words(
                    x, height - 20 if not tokens.large else height - 26, one.weekday, day, align="center", more=True
                )
                words = one.day if small.width(one.day) <= day_width - 1 else one.day.split()[-1]
                press.words(x, height - 7, words, small, align="center")
        with press.tagged("TH", scope="Column"):
            press.words(name_width + 7 * day_width + 8, height - 7, goal_label, label)
    with press.artifact():
        press.rule(0, height, LIVE_WIDTH, height, tokens.strokes.strong, tokens.color("primary"))
    return height


def exercise_row(studio: Studio, row: LogRow, row_height: float, last: bool) -> float:
    """An exercise with a box to tick each day."""
    press, tokens, body = studio.press, studio.tokens, studio.style("body")
    name_width, day_width = _widths(studio)
    indent = tokens.sizes.ring + 8
    goal_at = name_width + 7 * day_width + 8
    goal = body if not tokens.large else studio.style("small").colored(tokens.color("ink"))
    lines = max(
        len(press.lines(row.name, body, name_width - indent - 4)),
        len(press.lines(row.goal, goal, LIVE_WIDTH - goal_at)),
    )
    height = max(row_height, lines * body.leading + (4 if row_height >= tokens.sizes.log_row else 1))
    middle = height / 2
    with press.element("TR"):
        with press.tagged("TH", scope="Row"):
            ring(studio, 0, middle - tokens.sizes.ring / 2, row.number, tokens.sizes.ring)
            _centered(studio, indent, middle, name_width - indent - 4, row.name, body)
        for day in range(7):
            edge = tokens.sizes.tick
            x = name_width + day * day_width + (day_width - edge) / 2
            with press.element("TD"):
                pass
            tick_box(studio, x, middle - edge / 2)
        with press.tagged("TD"):
            _centered(studio, goal_at, middle, LIVE_WIDTH - goal_at, row.goal, goal)
    with press.artifact():
        line, color = (tokens.strokes.strong, "primary") if last else (tokens.strokes.hair, "rule")
        press.rule(0, height, LIVE_WIDTH, height, line, tokens.color(color))
    return height


def _centered(studio: Studio, x: float, middle: float, width: float, words: str, style: Style) -> None:
    studio.press.passage(x, middle - studio.press.height(words, style, width) / 2, width, words, style)


def pain_rows(studio: Studio, names: tuple[str, ...], pain_range: str, row_height: float) -> float:
    """Rows to write a number from the pain scale for each day."""
    press, tokens = studio.press, studio.tokens
    value, label = studio.style("value"), studio.style("label")
    name_width, day_width = _widths(studio)
    y = 0.0
    range_width = label.width(pain_range) if not tokens.large else 0.0
    width = name_width - range_width - 16
    for number, words in enumerate(names):
        height = press.height(words, value, width)
        row_height = max(row_height, height + 4)
        with press.element("TR"):
            with press.tagged("TH", scope="Row"):
                press.passage(0, y + (row_height - height) / 2, width, words, value, more=True)
                if range_width:
                    press.words(name_width - 8, y + row_height / 2 + 4, pain_range, label, align="right")
            for _ in range(8):
                with press.element("TD"):
                    pass
        y += row_height
        with press.artifact():
            last = number == len(names) - 1
            line, color = (tokens.strokes.strong, "primary") if last else (tokens.strokes.hair, "box")
            press.rule(0, y, LIVE_WIDTH, y, line, tokens.color(color))
    with press.artifact():
        for number in range(8):
            x = name_width + number * day_width
            press.rule(x, 0, x, y, tokens.strokes.hair, tokens.color("box"))
    return y


def pain_scale(studio: Studio, block: PainScale) -> float:
    """0 to 10 in three zones that differ in fill, shape and word."""
    press, tokens = studio.press, studio.tokens
    label, numeral = studio.style("label"), studio.style("scale_numeral")
    y = section_heading(studio, 0, 0, block.heading) + 2
    legend_fits = studio.style("section").width(block.heading) + label.width(block.legend) + 20 < LIVE_WIDTH
    if not legend_fits:
        y += press.paragraph(0, y, LIVE_WIDTH, block.legend, label) + 2
    else:
        with press.tagged("P"):
            press.words(LIVE_WIDTH, 14 * label.size / 10.5, block.legend, label, align="right")
    cell, height = LIVE_WIDTH / 11, numeral.leading + 8
    with press.figure(block.alt, 0, y, LIVE_WIDTH, height):
        for zone in block.zones:
            _zone_fill(studio, zone, y, cell, height)
        for number in range(1, 11):
            dark = not tokens.mono and number > next(zone.low for zone in block.zones if zone.kind == "stop")
            press.rule(number * cell, y, number * cell, y + height, 1, tokens.color("white" if dark else "ink"))
        press.box(0, y, LIVE_WIDTH, height, stroke=tokens.color("ink"), line=1)
        for zone in block.zones:
            _zone_numerals(studio, zone, y, cell, height)
    return _captions(studio, block, y + height + 8, cell)


def _zone_fill(studio: Studio, zone: PainZone, top: float, cell: float, height: float) -> None:
    press, tokens = studio.press, studio.tokens
    x, width = zone.low * cell, (zone.high - zone.low + 1) * cell
    if tokens.mono:
        if zone.kind == "care":
            _hatch(studio, x, top, width, height)
        elif zone.kind == "stop":
            press.box(x, top, width, height, stroke=tokens.color("ink"), line=2.25)
        return
    fill = {"go": "white", "care": "care_tint", "stop": "stop"}[zone.kind]
    press.box(x, top, width, height, fill=tokens.color(fill))


def _hatch(studio: Studio, x: float, top: float, width: float, height: float) -> None:
    """Lines at 45 degrees, cut to the zone."""
    lines = " ".join(
        f"{start:.1f} 0 m {start + height:.1f} {height:.1f} l" for start in range(-int(height), int(width), 5)
    )
    code = f"0 0 {width:.2f} {height:.2f} re W n .6 G .5 w {lines} S"
    studio.press.operators(code.encode("ascii"), x, top + height)


def _zone_numerals(studio: Studio, zone: PainZone, top: float, cell: float, height: float) -> None:
    press, tokens, style = studio.press, studio.tokens, studio.style("scale_numeral")
    color = {"go": "go", "care": "ink", "stop": "ink" if tokens.mono else "white"}[zone.kind]
    for number in range(zone.low, zone.high + 1):
        x = (number + 0.5) * cell
        if tokens.mono and zone.kind == "care":
            press.disc(x, top + height / 2, style.size * 0.57, fill=tokens.color("white"))
        press.words(
            x,
            top + height / 2 + style.size * 0.353,
            str(number),
            style.colored(tokens.color(color)),
            align="center",
            more=True,
        )


def _captions(studio: Studio, block: PainScale, top: float, cell: float) -> float:
    press, body = studio.press, studio.style("body")
    edge, bottom = 17 * body.size / 12.5, top
    indent = edge + 7
    with press.element("L"):
        for zone in block.zones:
            x, width = zone.low * cell, (zone.high - zone.low + 1) * cell - indent - (6 if zone.kind != "stop" else 0)
            at = top
            if studio.tokens.large:
                x, width, at = 0.0, LIVE_WIDTH - indent, bottom
            with press.element("LI"):
                with press.element("Lbl"), press.figure(zone.icon, x, at - 0.5, edge, edge):
                    studio.icon(zone.kind, x, at - 0.5, edge)
                with press.tagged("LBody"):
                    height = press.passage(x + indent, at, width, zone.text, body)
            bottom = max(bottom, at + height + (4 if studio.tokens.large else 0))
    return bottom


def writing_lines(studio: Studio, block: WritingLines, count: int) -> float:
    """Headings above empty lines to write on, two columns."""
    press, tokens = studio.press, studio.tokens
    across = min(2, len(block.headings))
    width = span(6) if across == 2 else LIVE_WIDTH
    bottom = 0.0
    for number, words in enumerate(block.headings):
        x = (number % 2) * (span(6) + GUTTER)
        y = section_heading(studio, x, 0, words, width=width) + 18
        with press.artifact():
            for line in range(count):
                at = y + line * WRITING_GAP
                press.rule(x, at, x + width, at, tokens.strokes.hair, tokens.color("box"))
        bottom = max(bottom, y + (count - 1) * WRITING_GAP)
    return bottom


def intro(studio: Studio, text: Text) -> float:
    return studio.press.paragraph(0, 0, LIVE_WIDTH, text, studio.style("body"))


@dataclass(frozen=True, slots=True)
class WeekGrid:
    """A week's table as rows one below the other: packs share each row, since few have all of them in common."""

    rows: tuple[DrawnBlock, ...]

    @property
    def height(self) -> float:
        return sum(row.height for row in self.rows)


def week_grid(studio: Studio, number: int, week: LogWeek, row_height: float) -> WeekGrid:
    """A row an exercise with a box to tick each day, then rows for pain. number: of the week, from 0."""
    last = len(week.rows) - 1
    head = studio.blank(("week", number), week_head, week.heading, week.goal_label, common=True)
    rows = [studio.drawn(exercise_row, row, row_height, number == last) for number, row in enumerate(week.rows)]
    if week.pain_rows:
        rows.append(studio.drawn(pain_rows, week.pain_rows, week.pain_range, row_height))
    return WeekGrid((head, *rows))
