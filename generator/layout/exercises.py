"""The parts of exercise cards: head, picture, steps, note, dose, code, ladder. Each part is a block of its own, so that
all but the note are shared between packs; `cards` arranges them.
"""

from __future__ import annotations

from generator.blocks import DoseCell, Emphasis, ExerciseFoot, LadderLine, Picture, Text, plain
from generator.layout.codes import draw_code
from generator.layout.parts import number_disc, tick_box
from generator.layout.picture import below_picture, draw_picture
from generator.layout.studio import Studio
from generator.layout.tokens import GUTTER, LIVE_WIDTH, column, span

HEAD_INDENT = 34.0
TICK_COLUMN = 70.0  # beside its picture
DOSE_CELL = 133.5  # a third of the grid and a gutter: cells of a two-row strip start on it
SESSION = ("sets", "reps", "time_s", "hold_s", "rest_s")


def card_head(studio: Studio, number: int, name: str, purpose: str) -> float:
    """Number, name and purpose; the purpose stands on the name's line if it fits."""
    press, title, text = studio.press, studio.style("card_name"), studio.style("card_purpose")
    diameter = studio.tokens.sizes.number
    indent = diameter + (10 if not studio.tokens.large else 12)
    width = LIVE_WIDTH - indent
    lines = press.lines(name, title, width)
    same = not studio.tokens.large and len(lines) == 1 and lines[0].width + 10 + text.width(purpose) <= width
    top = (diameter - title.leading) / 2 - (0.5 if not studio.tokens.large else 0)
    with press.element("H2"), press.mark():
        number_disc(studio, diameter / 2, diameter / 2, number, diameter)
        press.passage(indent, top, width, name, title)
    bottom = max(diameter, top + len(lines) * title.leading)
    if not purpose:
        return bottom
    if same:
        with press.tagged("P"):
            press.words(indent + lines[0].width + 10, top + title.first_baseline, purpose, text)
        return bottom
    x = indent if not studio.tokens.large else 0.0
    y = bottom - (1 if not studio.tokens.large else -4)
    return y + press.paragraph(x, y, LIVE_WIDTH - x, purpose, text)


def card_picture(studio: Studio, picture: Picture | None, sketch: str, width: float, height: float) -> float:
    """The picture in its frame; a card without one shows a dashed frame to sketch in."""
    press, tokens = studio.press, studio.tokens
    if picture is None:
        with press.artifact():
            press.box(0, 0, width, height, stroke=tokens.color("box"), dash=(3, 2), radius=tokens.radius)
        press.paragraph(9, 5, width - 18, sketch, studio.style("label"))
        return height
    with press.artifact():
        press.box(0, 0, width, height, stroke=tokens.color("rule"), radius=tokens.radius)
    return draw_picture(studio, picture, 0, 0, width, height)


def picture_room(studio: Studio, picture: Picture | None, width: float, height: float) -> float:
    """The room that a picture takes, with nothing drawn in it: to find the height that fits before drawing."""
    return height + below_picture(studio, picture, width)


def card_steps(
    studio: Studio,
    steps: tuple[str, ...],
    width: float,
    role: str = "card_step",
    shrink: float = 1.0,
    tighten: float = 1.0,
) -> float:
    """Numbered steps.

    For a card that would not fit: shrink is a factor on type and leading, tighten on leading alone.
    """
    press, style = studio.press, studio.style(role).shrunk(shrink).tightened(tighten)
    scale = style.size / 12.5
    indent = (15.0 if not studio.tokens.large else 16.0) * scale
    gap = 0.0 if role == "compact_body" and not studio.tokens.large else 2.5 * scale
    numeral = studio.style("value").sized(style.size, style.leading).colored(studio.color("primary"))
    y = 0.0
    with press.element("L", numbering="Decimal"):
        for number, step in enumerate(steps):
            with press.element("LI"):
                with press.tagged("Lbl"):
                    press.words(0, y + style.first_baseline, str(number + 1), numeral, more=True)
                with press.tagged("LBody"):
                    y += press.passage(indent, y, width - indent, step, style) + gap
    return max(0.0, y - gap)


def card_note(studio: Studio, note: Text, width: float, shrink: float = 1.0) -> float:
    """The clinician's own words, beside an accent bar. shrink: as in `card_steps`."""
    press, style = studio.press, studio.style("note").shrunk(shrink)
    with press.tagged("P"):
        height = press.passage(11, -0.5, width - 12, note, style)
    with press.artifact():
        press.rule(1, 1, 1, height - 1, studio.tokens.strokes.note, studio.color("accent"))
    return height


def _dose_rows(studio: Studio, cells: tuple[DoseCell, ...]) -> list[list[tuple[DoseCell, float]]]:
    """The cells with their widths, on one row if all fit, else session above and plan below, on more rows if need be.:
    The cells with their widths, on one row if all fit, else session above and plan below, on more rows if need be.
    """
    label, value = studio.style("label"), studio.style("dose_value")
    padding = 9.0 if not studio.tokens.large else 10.0
    need = {cell: max(label.width(cell.label), value.width(cell.value)) + 2 * padding for cell in cells}
    if sum(need.values()) <= LIVE_WIDTH and not studio.tokens.large:
        spare = (LIVE_WIDTH - sum(need.values())) / max(1, len(cells))
        return [[(cell, need[cell] + spare) for cell in cells]]
    rows: list[list[DoseCell]] = []
    groups = [cell for cell in cells if cell.key in SESSION], [cell for cell in cells if cell.key not in SESSION]
    for group in groups:
        row: list[DoseCell] = []
        for cell in group:
            if row and sum(need[one] for one in row) + need[cell] > LIVE_WIDTH:
                rows.append(row)
                row = []
            row.append(cell)
        if row:
            rows.append(row)
    return [_spread(row, need) for row in rows]


def _spread(row: list[DoseCell], need: dict[DoseCell, float]) -> list[tuple[DoseCell, float]]:
    """Cells on the grid where they fit it, the last one taking the rest; else spare width shared."""
    if len(row) <= 4 and all(need[cell] <= DOSE_CELL for cell in row[:-1]):
        last = LIVE_WIDTH - DOSE_CELL * (len(row) - 1)
        if need[row[-1]] <= last:
            return [(cell, DOSE_CELL) for cell in row[:-1]] + [(row[-1], last)]
    spare = (LIVE_WIDTH - sum(need[cell] for cell in row)) / len(row)
    return [(cell, need[cell] + spare) for cell in row]


def dose_strip(studio: Studio, cells: tuple[DoseCell, ...]) -> float:
    """The dose in a box: label above value, empty fields dropped."""
    if not cells:
        return 0.0
    press, tokens = studio.press, studio.tokens
    label, value = studio.style("label"), studio.style("dose_value")
    rows, row_height = _dose_rows(studio, cells), tokens.sizes.dose_row
    padding = 9.0 if not tokens.large else 10.0
    height = row_height * len(rows)
    with press.artifact():
        press.box(0, 0, LIVE_WIDTH, height, stroke=tokens.color("box"), line=tokens.strokes.box, radius=tokens.radius)
        for number, row in enumerate(rows):
            top, x = number * row_height, 0.0
            if number:
                press.rule(0, top, LIVE_WIDTH, top, tokens.strokes.hair, tokens.color("rule"))
            for _, width in row[:-1]:
                x += width
                press.rule(x, top, x, top + row_height, tokens.strokes.hair, tokens.color("rule"))
    with press.element("L"):
        for number, row in enumerate(rows):
            top, x = number * row_height, 0.0
            for cell, width in row:
                with press.element("LI"):
                    with press.tagged("Lbl"):
                        press.words(x + padding, top + row_height * 0.38, cell.label, label, more=True)
                    with press.tagged("LBody"):
                        press.words(x + padding, top + row_height * 0.82, cell.value, value)
                x += width
    return height


def ladder(studio: Studio, lines: tuple[LadderLine, ...], width: float, shrink: float = 1.0) -> float:
    """Easier, harder, when to move on, when to stop. shrink: as in `card_steps`."""
    press, style = studio.press, studio.style("ladder").shrunk(shrink)
    scale = style.size / 12.5
    edge, indent, gap, y = 13 * scale, (19.0 if not studio.tokens.large else 19.4) * scale, 2.5 * scale, 0.0
    with press.element("L"):
        for line in lines:
            with press.element("LI"):
                with press.artifact():
                    studio.icon(line.kind, 0, y + (style.leading - edge) / 2 + 0.3, edge)
                with press.tagged("LBody"):
                    y += press.passage(indent, y, width - indent, lead_in(line), style) + gap
    return max(0.0, y - gap)


def lead_in(line: LadderLine) -> Text:
    """A ladder line with its first words bold, in the stop color where it says stop."""
    if not line.word:
        return plain(line.text)
    emphasis: Emphasis = "stop" if line.kind == "stop" else "strong"
    return Text.of((line.word, emphasis), (" " + line.text, ""))


def code_and_tick(studio: Studio, video: str, video_label: str, video_alt: str, practiced: str, box_word: str) -> float:
    """The video's QR code with the box that the clinician ticks; without a video the box moves up."""
    press, tokens, label = studio.press, studio.tokens, studio.style("label")
    edge, tick = tokens.sizes.code, tokens.sizes.tick
    x = top = 0.0
    if video:
        draw_code(studio, video, video_alt, 0, 1, edge)
        x = edge + 13
        with press.element("P"), press.element("Link"):
            with press.mark():
                width = press.words(x, 11 + 1, video_label, label)
            press.link(0, 1, max(x + width, edge), edge, video, video_label)
        top = 24.0
    lines = press.lines(practiced, label, 64.0 if video else 140.0)
    middle = top + 1 + tick / 2 - (len(lines) - 1) * label.leading / 2
    with press.element("P"):
        tick_box(studio, x, top + 1, box_word)
        with press.mark():
            for number, line in enumerate(lines):
                baseline = middle + number * label.leading + label.size * 0.34
                press.line_of(line, x + tick + 7, baseline, label, last=number == len(lines) - 1)
    return edge + 1 if video else tick + 4


def large_code_and_tick(
    studio: Studio, video: str, video_label: str, video_alt: str, practiced: str, box_word: str
) -> float:
    """For large print, at the right of the picture: label above the code, the tick box beside it; without a video the
    box stands above its words in a narrow column, see `large_picture_width`.
    """
    press, tokens, label = studio.press, studio.tokens, studio.style("label")
    x, edge, tick, y = column(9), tokens.sizes.code, tokens.sizes.tick, 0.0
    if video:
        bold = studio.style("value").sized(label.size, label.leading)
        with press.element("P"), press.element("Link"):
            with press.mark():
                width = press.words(x, 12, video_label, bold)
            press.link(x, 0, max(width, edge), edge + 20, video, video_label)
        draw_code(studio, video, video_alt, x, 20, edge)
        x, y = x + edge + 12, 20.0
    else:
        x = large_picture_width(video) + GUTTER
    words = studio.style("small").colored(tokens.color("ink"))
    top = y + tick + 2
    with press.element("P"):
        tick_box(studio, x, y, box_word)
        with press.mark():
            height = press.passage(x, top, LIVE_WIDTH - x, practiced, words)
    return max(edge + 20 if video else 0.0, top + height)


def large_picture_width(video: str) -> float:
    """Width of a large-print picture: what the code, or without a video the box to tick, leaves."""
    return span(8) if video else LIVE_WIDTH - GUTTER - TICK_COLUMN


def exercise_foot(studio: Studio, block: ExerciseFoot) -> float:
    """The stop line and the effort scale at the foot of every exercise page."""
    press, tokens, body, small = studio.press, studio.tokens, studio.style("body"), studio.style("small")
    scale = body.size / 12.5
    indent, y = 20.0 * scale, 5.0
    with press.artifact():
        press.rule(0, 0, LIVE_WIDTH, 0, tokens.strokes.hair, tokens.color("rule"))
    with press.figure(block.icon, 0, y + 0.8, 14 * scale, 14 * scale):
        studio.icon("stop", 0, y + 0.8, 14 * scale)
    y += press.paragraph(indent, y, LIVE_WIDTH - indent, block.stop_line, body)
    with press.tagged("P"):
        press.words(indent, y + small.size, block.effort, small)
    if block.videos:
        with press.tagged("P"):
            press.words(LIVE_WIDTH, y + small.size, block.videos, small, align="right")
    return y + small.leading
