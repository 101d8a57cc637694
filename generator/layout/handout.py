"""Painters of a handout's blocks: titles, myths and facts, columns, steps, boxes, figures, tables, sources."""

from __future__ import annotations

from contextlib import nullcontext

from generator.blocks import (
    Callout,
    Columns,
    Display,
    Figure,
    Flow,
    ListBlock,
    MythRow,
    PageTitle,
    Sources,
    Step,
    Text,
)
from generator.layout.parts import bullet, section_heading
from generator.layout.studio import Studio
from generator.layout.tokens import LIVE_WIDTH, column, span

MYTH_WIDTH, FACT_AT = 166.0, 178.0
SIGN_INDENT = 22.0
CELL_TOP, CELL_BOTTOM = 7.0, 7.5
COLUMN_WIDTH, COLUMN_GAP = 249.0, 24.0
STEP_WIDTH, STEP_GAP = 154.0, 30.0
STEP_RING = 22.0
BOX_PADDING = 14.0
BESIDE_WIDTH = span(8)


def kicker(studio: Studio, words: str) -> float:
    """The handout's name above a title."""
    return studio.press.paragraph(0, 0, LIVE_WIDTH, words, studio.style("kicker")) + 4


def display(studio: Studio, block: Display, width: float) -> float:
    """The big title of a handout's first page. lines: set by hand, unless a line is too wide for its place."""
    press, style = studio.press, studio.style("display")
    by_hand = all(style.width(line) <= width for line in block.lines)
    words = ("\n" if by_hand else " ").join(block.lines)
    with press.tagged("H1"):
        return press.passage(0, 0, width, words, style)


def page_title(studio: Studio, block: PageTitle) -> float:
    """The title of a handout's further page."""
    with studio.press.tagged("H1"):
        return studio.press.passage(0, 0, LIVE_WIDTH, block.title, studio.style("page_title"))


def heading(studio: Studio, words: str) -> float:
    return section_heading(studio, 0, 0, words)


def lead(studio: Studio, text: Text) -> float:
    """The line below a title."""
    return studio.press.paragraph(0, 0, LIVE_WIDTH, text, studio.style("lead"))


def paragraph_words(studio: Studio, words: str) -> float:
    """A plain paragraph."""
    return studio.press.paragraph(0, 0, LIVE_WIDTH, words, studio.style("body"))


def paragraph(studio: Studio, text: Text) -> float:
    return studio.press.paragraph(0, 0, LIVE_WIDTH, text, studio.style("body"))


def _list(studio: Studio, block: ListBlock, x: float, top: float, width: float) -> float:
    """Items under a heading; returns the y below them."""
    press, body = studio.press, studio.style("body")
    scale = body.size / 12.5
    y = top
    if block.heading:
        y += section_heading(studio, x, y, block.heading, width=width)
    indent = (17.0 if block.mark != "bullet" else 11.0) * scale
    with press.element("L"):
        for item in block.items:
            with press.element("LI"):
                _sign(studio, block, x, y, scale)
                with press.tagged("LBody"):
                    y += press.passage(x + indent, y, width - indent, item, body) + 4
    return y - 4


def _sign(studio: Studio, block: ListBlock, x: float, top: float, scale: float) -> None:
    press, body = studio.press, studio.style("body")
    if block.mark == "bullet":
        with press.artifact():
            bullet(studio, x + 2, top + body.leading * 0.5125, body.size, "primary")
        return
    edge = 14 * scale
    with press.element("Lbl"), press.figure(block.mark_word, x - 3, top + 1.2, edge, edge):
        studio.icon(block.mark, x - 3, top + 1.2, edge)


def list_block(studio: Studio, block: ListBlock) -> float:
    return _list(studio, block, 0, 0, LIVE_WIDTH)


def columns(studio: Studio, block: Columns) -> float:
    """Two lists side by side under strong rules; below one another in large print."""
    press, tokens = studio.press, studio.tokens
    if tokens.large:
        y = _list(studio, block.left, 0, 0, LIVE_WIDTH) + 16
        return _list(studio, block.right, 0, y, LIVE_WIDTH)
    right = COLUMN_WIDTH + COLUMN_GAP
    with press.artifact():
        for x in (0.0, right):
            press.rule(x, 0, x + COLUMN_WIDTH, 0, tokens.strokes.strong, tokens.color("primary"))
    left_end = _list(studio, block.left, 0, 9, COLUMN_WIDTH)
    return max(left_end, _list(studio, block.right, right, 9, COLUMN_WIDTH))


def _myth_columns(studio: Studio) -> tuple[float, float, float, float]:
    """Sign indent, width of the myth's words, left edge of the fact, width of the fact's words."""
    indent = SIGN_INDENT * studio.style("body").size / 12.5
    return indent, MYTH_WIDTH - indent, FACT_AT, LIVE_WIDTH - FACT_AT - indent


def myth_head(studio: Studio, myth_heading: str, fact_heading: str, *, repeated: bool = False) -> float:
    """Column heads over a strong rule; repeated: on a further page, as decoration."""
    press, style = studio.press, studio.style("section")
    indent, _, fact_at, _ = _myth_columns(studio)
    heads = ((indent, myth_heading, style.colored(studio.color("slate"))), (fact_at + indent, fact_heading, style))
    with press.artifact() if repeated else press.element("TR"):
        for x, words, one in heads:
            with nullcontext() if repeated else press.tagged("TH", scope="Column"):
                press.words(x, style.size * 0.93, words, one)
    height = style.leading + 6
    with press.artifact():
        press.rule(0, height, LIVE_WIDTH, height, studio.tokens.strokes.strong, studio.color("primary"))
    return height


def myth_row(studio: Studio, row: MythRow, myth_icon: str, fact_icon: str, last: bool) -> float:
    """One myth with its fact; the fact is the louder one. Never split."""
    press, tokens, body = studio.press, studio.tokens, studio.style("body")
    indent, myth_width, fact_at, fact_width = _myth_columns(studio)
    edge = 15 * body.size / 12.5
    top = CELL_TOP
    with press.element("TR"):
        with press.element("TD"):
            with press.figure(myth_icon, 0, top + 0.8, edge, edge):
                studio.icon("myth", 0, top + 0.8, edge)
            with press.element("P"), press.mark():
                left = press.passage(indent, top, myth_width, row.myth, body.colored(tokens.color("slate")))
        with press.element("TD"):
            with press.figure(fact_icon, fact_at, top + 0.8, edge, edge):
                studio.icon("fact", fact_at, top + 0.8, edge)
            with press.element("P"), press.mark():
                right = press.passage(fact_at + indent, top, fact_width, row.fact, body)
    height = max(left, right) + CELL_TOP + CELL_BOTTOM
    with press.artifact():
        line, color = (tokens.strokes.strong, "primary") if last else (tokens.strokes.hair, "rule")
        press.rule(0, height, LIVE_WIDTH, height, line, tokens.color(color))
    return height


def flow(studio: Studio, block: Flow) -> float:
    """Numbered steps side by side with arrows; below one another when there are more than three, or in large print."""
    y = section_heading(studio, 0, 0, block.heading) + 5 if block.heading else 0.0
    if studio.tokens.large or len(block.steps) > 3:
        return _steps_down(studio, block.steps, y)
    return _steps_across(studio, block.steps, y)


def _step_ring(studio: Studio, x: float, top: float, number: int, diameter: float) -> None:
    radius, size = diameter / 2, diameter * 12.5 / 22
    style = studio.style("value").sized(size, size).colored(studio.color("primary"))
    studio.press.disc(x + radius, top + radius, radius - 0.7, stroke=studio.color("primary"), line=1.4)
    studio.press.words(x + radius, top + radius + size * 0.35, str(number), style, align="center", more=True)


def _steps_across(studio: Studio, steps: tuple[Step, ...], top: float) -> float:
    press, title, body = studio.press, studio.style("step_title"), studio.style("body")
    bottom = top
    heads = max(press.height(step.title, title, STEP_WIDTH) for step in steps)
    with press.element("L", numbering="Decimal"):
        for number, step in enumerate(steps):
            x = number * (STEP_WIDTH + STEP_GAP)
            with press.element("LI"):
                with press.tagged("Lbl"):
                    _step_ring(studio, x, top, number + 1, STEP_RING)
                with press.element("LBody"):
                    with press.tagged("P"):
                        press.passage(x, top + 26, STEP_WIDTH, step.title, title)
                    y = top + 26 + heads + 4
                    y += press.paragraph(x, y, STEP_WIDTH, step.text, body)
            bottom = max(bottom, y)
    with press.artifact():
        for number in range(len(steps) - 1):
            _arrow(studio, number * (STEP_WIDTH + STEP_GAP), top + STEP_RING / 2)
    return bottom


def _arrow(studio: Studio, x: float, y: float) -> None:
    """From one ring to the next."""
    press, color = studio.press, studio.color("box")
    end = x + STEP_WIDTH + STEP_GAP - 7
    press.rule(x + 30, y, end - 7, y, 1.2, color)
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    paint = " ".join(f"{part:.4g}" for part in parts)
    press.operators(f"{paint} rg 0 0 m -7 3 l -7 -3 l h f".encode("ascii"), end, y)


def _steps_down(studio: Studio, steps: tuple[Step, ...], top: float) -> float:
    press, title, body = studio.press, studio.style("step_title"), studio.style("body")
    diameter = STEP_RING * body.size / 12.5
    indent, y = diameter + 10, top
    with press.element("L", numbering="Decimal"):
        for number, step in enumerate(steps):
            with press.element("LI"):
                with press.tagged("Lbl"):
                    _step_ring(studio, 0, y, number + 1, diameter)
                with press.element("LBody"):
                    if step.title:
                        with press.tagged("P"):
                            y += press.passage(indent, y + 2, LIVE_WIDTH - indent, step.title, title) + 4
                    y += press.paragraph(indent, y, LIVE_WIDTH - indent, step.text, body) + 10
    return y - 10


def callout(studio: Studio, block: Callout, width: float) -> float:
    """A box with an optional heading; its kind gives stroke and shape."""
    press, tokens, body = studio.press, studio.tokens, studio.style("body")
    line = (
        tokens.strokes.strong
        if block.kind == "summary"
        else 1.5
        if block.kind in ("stop", "care")
        else tokens.strokes.box
    )
    color = {"summary": "primary", "stop": "stop", "care": "care"}.get(block.kind, "box")
    indent = BOX_PADDING + (28.0 * body.size / 12.5 if block.kind in ("stop", "care") else 0.0)
    y = 10.0
    if block.kind in ("stop", "care"):
        edge = 18.0 * body.size / 12.5
        with press.figure(block.icon, BOX_PADDING - 1, y, edge, edge):
            studio.icon(block.kind, BOX_PADDING - 1, y, edge)
    if block.heading:
        y += section_heading(studio, indent, y, block.heading, width=width - indent - BOX_PADDING)
        y += 1 if len(block.items) > 1 else 0
    gap = 5.0 if block.kind == "summary" else 4.0
    for item in block.items:
        y += press.paragraph(indent, y, width - indent - BOX_PADDING, item, body) + gap
    height = y - gap + 11
    with press.artifact():
        press.framed(0, 0, width, height, stroke=tokens.color(color), line=line)
    return height


def figure(studio: Studio, block: Figure) -> float:
    """A drawing under its heading and text, with its caption."""
    y = section_heading(studio, 0, 0, block.heading) if block.heading else 0.0
    if block.text:
        y += studio.press.paragraph(0, y, LIVE_WIDTH, block.text, studio.style("body")) + 10
    return y + _art(studio, block, 0, y, LIVE_WIDTH)


def figure_beside(studio: Studio, block: Figure) -> float:
    """A drawing for the right-hand columns, beside title and short version."""
    return _art(studio, block, column(9), 0, span(4))


def _art(studio: Studio, block: Figure, x: float, top: float, width: float) -> float:
    press = studio.press
    drawing = studio.art.drawing(block.art.name)
    scale = min(1.0, width / drawing.width)
    label = studio.style("label").colored(studio.color("ink"))
    if drawing.width > 400:
        size = max(12.5, studio.tokens.layout.minimum_size)
        label = studio.style("body").sized(size, size * 1.28)
    words = dict(block.art.labels)
    reach = max((one.x * scale + label.width(words.get(one.anchor, "")) for one in drawing.labels), default=0.0)
    x -= max(0.0, reach - width)  # large labels stay inside the page
    with press.figure(block.art.alt, x, top, drawing.width * scale, drawing.height * scale):
        studio.art.draw(press, block.art.name, x, top, scale)
        studio.art.labels(press, drawing, words, x, top, scale, label)
    height = drawing.height * scale
    if block.caption:
        height += 2 + press.paragraph(x, top + height + 2, width, block.caption, studio.style("small"))
    return height


def table_head(studio: Studio, columns: tuple[str, ...], *, repeated: bool = False) -> float:
    """Column heads over a strong rule; repeated: on a further page, as decoration."""
    press, label = studio.press, studio.style("label")
    width = LIVE_WIDTH / len(columns)
    height = max(press.height(words, label, width - 8) for words in columns) + 5
    with press.artifact() if repeated else press.element("TR"):
        for number, words in enumerate(columns):
            with nullcontext() if repeated else press.tagged("TH", scope="Column"):
                press.passage(number * width, 0, width - 8, words, label)
    with press.artifact():
        press.rule(0, height, LIVE_WIDTH, height, studio.tokens.strokes.strong, studio.color("primary"))
    return height


def table_row(studio: Studio, cells: tuple[Text, ...], last: bool) -> float:
    """One row; its first cell is the row's head. Never split."""
    press, tokens = studio.press, studio.tokens
    width, tallest = LIVE_WIDTH / len(cells), 0.0
    with press.element("TR"):
        for number, words in enumerate(cells):
            style = studio.style("value" if number == 0 else "body")
            attributes = {"scope": "Row"} if number == 0 else {}
            with press.tagged("TH" if number == 0 else "TD", **attributes):
                tallest = max(tallest, press.passage(number * width, 5, width - 8, words, style))
    height = tallest + 10.5
    with press.artifact():
        line, color = (tokens.strokes.strong, "primary") if last else (tokens.strokes.hair, "rule")
        press.rule(0, height, LIVE_WIDTH, height, line, tokens.color(color))
    return height


def sources(studio: Studio, block: Sources) -> float:
    """References in small type on two columns, with version and review dates; one column in large print."""
    press, style = studio.press, studio.style("sources")
    across = 1 if studio.tokens.large else 2
    width = COLUMN_WIDTH if across == 2 else LIVE_WIDTH
    heading_style = studio.style("label").sized(style.size, style.leading)
    y = 0.0
    if block.heading:
        with press.tagged("H2"):
            press.passage(0, 0, 120, block.heading, heading_style)
    if block.note:
        room = LIVE_WIDTH - 130
        with press.tagged("P"):
            y = press.passage(130, 0, room, block.note, style, align="right")
    y = max(y, style.leading) + 3
    rows = (len(block.items) + across - 1) // across
    bottom, at = y, y
    with press.element("L"):
        for number, item in enumerate(block.items):
            if number == rows:
                at = y
            x = 0.0 if number < rows else COLUMN_WIDTH + COLUMN_GAP
            with press.element("LI"), press.element("LBody"), press.element("Note"), press.tagged("Reference"):
                at += press.passage(x, at, width, item, style)
            bottom = max(bottom, at)
    return bottom
