"""Painters of the cover's blocks, and of the cover of a help-only pack."""

from __future__ import annotations

from generator.blocks import (
    ActionBox,
    Contact,
    ContactColumn,
    CoverTitle,
    Fact,
    FactsRow,
    HandBack,
    HelpStrip,
    PlanNotes,
    PlanRow,
    SignOff,
    Text,
    WhyAndGoals,
)
from generator.layout.codes import QUIET_MODULES, draw_code
from generator.layout.parts import bullet, link_line, linked_passage, octagon, ring, section_heading, tick_box
from generator.layout.studio import Studio
from generator.layout.tokens import GUTTER, LIVE_WIDTH, Style, column, span
from generator.marks import DrawnBlock

GOAL_INDENT = 19.0
TABLE_COLUMNS = (0.0, 28.0, 222.5, 356.0)
LARGE_TABLE_COLUMNS = (0.0, 40.0, 222.0, 352.0)
PAGE_COLUMN = 38.0
ROW_GAP = 16.5


def cover_title(studio: Studio, block: CoverTitle) -> float:
    """The title on one or two lines, and the line below it."""
    press, style = studio.press, studio.style("cover_title")
    with press.tagged("H1"):
        height = press.passage(0, 0, LIVE_WIDTH, block.title, style, at_hyphens=True)
    height += 4.5
    return height + press.paragraph(0, height, LIVE_WIDTH, block.lead, studio.style("lead"))


def facts_row(studio: Studio, block: FactsRow) -> float:
    """Who, from whom and when, under hair rules on three columns."""
    tallest = 0.0
    for number, fact in enumerate(block.facts):
        tallest = max(tallest, _fact(studio, column(1 + 4 * number), fact))
    return tallest


def _fact(studio: Studio, x: float, fact: Fact) -> float:
    press = studio.press
    label, value, small = studio.style("label"), studio.style("value"), studio.style("small")
    with press.artifact():
        press.rule(x, 0, x + 166, 0, studio.tokens.strokes.hair, studio.color("rule"))
    y = 6.0
    with press.tagged("P"):
        press.passage(x, y, 166, fact.label, label, more=True)
        y += label.leading + 1
        words = fact.brief if fact.brief and _only_it_fits(fact.brief, fact.value, value, 166) else fact.value
        y += press.passage(x, y, 166, words, value, at_hyphens=True, more=bool(fact.small))
        if fact.small:
            y += press.passage(x, y, 166, fact.small, small, at_hyphens=True) + 1
    return y


def _only_it_fits(brief: Text, full: Text, style: Style, width: float) -> bool:
    """Whether the brief words fit on a line, and the full ones do not."""
    return style.width(brief.words) <= width < style.width(full.words)


def why_and_goals(studio: Studio, block: WhyAndGoals) -> float:
    """The reason at the left and the goals at the right; a part that is alone takes the whole width."""
    if not (block.why and block.goals):
        return why(studio, block) if block.why else goals(studio, block)
    return max(why(studio, block, 332), goals(studio, block, column(9), 166))


def why(studio: Studio, block: WhyAndGoals, width: float = LIVE_WIDTH) -> float:
    """The reason by itself."""
    y = section_heading(studio, 0, 0, block.why_heading)
    return y + studio.press.paragraph(0, y, width, block.why, studio.style("body"))


def goals(studio: Studio, block: WhyAndGoals, x: float = 0.0, width: float = LIVE_WIDTH) -> float:
    """The goals by themselves."""
    press, body = studio.press, studio.style("body")
    y = section_heading(studio, x, 0, block.goals_heading, width=width)
    scale = body.size / 12.5
    with press.element("L"):
        for goal in block.goals:
            with press.element("LI"):
                with press.element("Lbl"), press.figure(block.goal_icon, x - 2.6, y + 1, 14 * scale, 14 * scale):
                    studio.icon("flag", x - 2.6, y + 1, 14 * scale)
                with press.tagged("LBody"):
                    y += press.passage(x + GOAL_INDENT * scale, y, width - GOAL_INDENT * scale, goal, body) + 5
    return y - 5


def plan_notes(studio: Studio, block: PlanNotes) -> float:
    """The clinician's words for the whole plan, beside an accent bar."""
    press, style = studio.press, studio.style("note")
    y = section_heading(studio, 0, 0, block.heading)
    top = y
    for note in block.notes:
        y += press.paragraph(11, y, LIVE_WIDTH - 11, note, style)
    with press.artifact():
        press.rule(1, top + 1, 1, y - 1, studio.tokens.strokes.note, studio.color("accent"))
    return y


def help_strip(studio: Studio, block: HelpStrip, page: int) -> float:
    """The emergency signs on page one; every pair of signs adds a row, a sign that is too wide stacks them all."""
    press, tokens = studio.press, studio.tokens
    heading, sign = studio.style("strip_heading"), studio.style("body")
    left, right, edge = (73.0, 299.0, 46.0) if not tokens.large else (86.0, 299.0, 56.0)
    indent, row = sign.size * 0.8, sign.size * 1.32
    stacked = tokens.large or any(sign.width(words) > 210 for words in block.signs)
    page_line = block.page_line.format(page=page)
    link = studio.style("label").sized(sign.size, sign.leading).colored(tokens.color("ink"))
    heading_wide = heading.width(block.heading) + link.width(page_line) + left + 40 > LIVE_WIDTH
    first = 43.5 if not heading_wide else 43.5 + row
    if tokens.large:
        first = 34.0 + heading.leading + (row if heading_wide else 0)
    rows = len(block.signs) if stacked else (len(block.signs) + 1) // 2
    height = max(72.0, first + row * (rows - 1) + 12.0)
    with press.artifact():
        press.framed(
            0, 0, LIVE_WIDTH, height, stroke=tokens.color("stop"), line=tokens.strokes.alert, fill=tokens.color("white")
        )
    octagon(studio, 13, (72 - edge) / 2 if not tokens.large else 13, edge, block.number, block.icon)
    baseline = 24.0 if not tokens.large else 31.0
    with press.tagged("H2"):
        press.words(left, baseline, block.heading, heading)
    with press.tagged("P"):
        if heading_wide:
            press.words(left, baseline + row + 2, page_line, link)
        else:
            press.words(LIVE_WIDTH - 14, baseline - 0.5, page_line, link, align="right")
    with press.element("L"):
        for number, words in enumerate(block.signs):
            x = left if stacked or number % 2 == 0 else right
            y = first + row * (number if stacked else number // 2)
            with press.element("LI"):
                with press.artifact():
                    bullet(studio, x + 2, y - sign.size * 0.328, sign.size, "stop")
                with press.tagged("LBody"):
                    press.words(x + indent, y, words, sign)
    return height


def plan_heading(studio: Studio, words: str) -> float:
    """The section heading of the plan; the column heads stand on its line, see `plan_head`."""
    section_heading(studio, 0, 0, words)
    return 24.0 if not studio.tokens.large else 32.0


def _table_columns(studio: Studio) -> tuple[float, ...]:
    return LARGE_TABLE_COLUMNS if studio.tokens.large else TABLE_COLUMNS


def plan_head(studio: Studio, dose_label: str, often_label: str, page_label: str) -> float:
    """Column heads, on the line of the section heading, and the strong rule below them.

    Each row has its own row head.
    """
    press, label = studio.press, studio.style("label")
    _, _, dose, often = _table_columns(studio)
    baseline = 14.0 if not studio.tokens.large else 21.0
    height = 24.0 if not studio.tokens.large else 32.0
    with press.element("TR"):
        with press.element("TD"):
            pass  # the names below it are heads of their rows and need none
        for x, words in ((dose, dose_label), (often, often_label)):
            with press.tagged("TH", scope="Column"):
                press.words(x, baseline, words, label)
        with press.tagged("TH", scope="Column"):
            press.words(LIVE_WIDTH, baseline, page_label, label, align="right")
    with press.artifact():
        press.rule(0, height, LIVE_WIDTH, height, studio.tokens.strokes.strong, studio.color("primary"))
    return height


def plan_row(studio: Studio, row: PlanRow, page: int, height: float, last: bool) -> float:
    """One exercise of the plan at a glance: number and name, role where it fits, dose, days and page."""
    press, tokens = studio.press, studio.tokens
    name, body = studio.style("value"), studio.style("body")
    _, at_name, at_dose, at_often = _table_columns(studio)
    widths = (at_dose - at_name - 6, at_often - at_dose - 6, LIVE_WIDTH - PAGE_COLUMN - at_often)
    lines = max(
        len(press.lines(words, style, width))
        for words, style, width in zip((row.name, row.dose, row.often), (name, name, body), widths, strict=True)
    )
    height = max(height, lines * body.leading + (4 if height >= 22 else 2))
    top = (height - lines * body.leading) / 2
    baseline = top + body.first_baseline
    diameter = tokens.sizes.ring if height >= 22 else 15.0
    with press.element("TR"):
        with press.tagged("TH", scope="Row"):
            ring(studio, 0, top + body.leading / 2 - diameter / 2, row.number, diameter)
            press.passage(at_name, top, widths[0], row.name, name, more=True)
            width = name.width(row.name)
            if lines == 1 and at_name + width + 4 + body.width(row.role) < at_dose - 9:
                press.words(at_name + width + 4, baseline, row.role, body.colored(tokens.color("slate")))
        with press.tagged("TD"):
            press.passage(at_dose, top, widths[1], row.dose, name)
        with press.tagged("TD"):
            press.passage(at_often, top, widths[2], row.often, body)
        with press.tagged("TD"):
            press.words(LIVE_WIDTH, baseline, str(page), body, align="right")
    with press.artifact():
        line, color = (tokens.strokes.strong, "primary") if last else (tokens.strokes.hair, "rule")
        press.rule(0, height, LIVE_WIDTH, height, line, tokens.color(color))
    return height


def contact(studio: Studio, block: Contact) -> tuple[DrawnBlock, ...]:
    """Next visit, questions and videos on three columns under a strong rule: parts that all start at one height."""
    large = studio.tokens.large
    edge = studio.tokens.sizes.cover_code
    parts = [studio.drawn(contact_rule, edge)]
    for number, one in enumerate(block.columns):
        beside_code = bool(block.code) and number == 2 and not large
        x, width = column(1 + 4 * number), 166 - (edge + 6 if beside_code else 0)
        if one.personal:
            parts.append(studio.blank(("contact", number), contact_column, x, width))
        else:
            parts.append(studio.drawn(contact_column, one, x, width))
    if block.code:
        top = 15.0 if not large else parts[-1].height + 6
        x = LIVE_WIDTH - edge if not large else column(9)
        parts.append(studio.blank("code", contact_code, x, top, edge))
    return tuple(parts)


def contact_rule(studio: Studio, edge: float) -> float:
    """The rule above the columns; takes at least the height of a code with this edge."""
    with studio.press.artifact():
        studio.press.rule(0, 0, LIVE_WIDTH, 0, studio.tokens.strokes.strong, studio.color("primary"))
    return 14.0 + edge + 1


def contact_code(studio: Studio, block: Contact, x: float, top: float, edge: float) -> float:
    """The code, with its quiet zone below it where something may follow."""
    draw_code(studio, block.code, block.code_alt, x, top, edge)
    return top + edge + (0 if not studio.tokens.large else QUIET_MODULES)


def contact_column(studio: Studio, block: ContactColumn, x: float, width: float) -> float:
    """A heading and its lines."""
    press, body = studio.press, studio.style("body")
    y = 14.0 + section_heading(studio, x, 14, block.heading, width=166) - 2
    targets = dict(block.links)
    for number, words in enumerate(block.lines):
        height = press.height(words, body, width)
        if number in targets:
            linked_passage(studio, x, y, width, words, body, targets[number])
        else:
            press.paragraph(x, y, width, words, body)
        y += height
    return y


def sign_off(studio: Studio, block: SignOff) -> float:
    """Draft or overdue: a dashed box. Signed: a tick and a plain line."""
    press, style = studio.press, studio.style("sign_off")
    scale = style.size / 10.5
    height, icon = 20.0 * scale, 12.0 * scale
    baseline = height / 2 + style.size * 0.343
    if block.state == "signed":
        with press.tagged("P"):
            studio.icon("signed", 0, 4 * scale, icon)
            line = press.lines(block.text, style.colored(studio.color("slate")), LIVE_WIDTH - 19 * scale)
            press.line_of(line[0], 19 * scale, baseline, style.colored(studio.color("slate")))
        return height
    with press.artifact():
        width = style.width(block.text.words) + 37 * scale
        press.box(0, 0, width, height, stroke=studio.color("box"), dash=(3, 2), radius=studio.tokens.radius)
        studio.icon("draft", 8 * scale, 4 * scale, icon)
    with press.tagged("P"):
        press.words(27 * scale, baseline, block.text.words, style)
    return height


def action_box(studio: Studio, block: ActionBox) -> float:
    """What a help-only pack says first: how urgent, what the patient said, what to do."""
    press, tokens = studio.press, studio.tokens
    label, strong, word = studio.style("label"), studio.style("value"), studio.style("same_day")
    x = column(5) + 20
    width = LIVE_WIDTH - 14 - x
    stroke = tokens.color("stop" if block.urgency == "emergency" else "care")
    scale = strong.size / 12.5
    left = 14.0 + 41 * scale
    word_height = press.height(block.word, word, column(5) - 22)
    with press.figure(block.icon, 14.4, 15, 34 * scale, 34 * scale):
        studio.icon("stop" if block.urgency == "emergency" else "care", 14.4, 15, 34 * scale)
    with press.tagged("H2"):
        press.passage(16, left, column(5) - 22, block.word, word)
    if block.phone:
        link_line(studio, 16, left + word_height + 4, block.phone, block.phone_link)
    y = 12.0
    for heading, words in (*block.told, (block.do_label, block.do)):
        if not words:
            continue
        with press.tagged("H3"):
            press.passage(x, y, width, heading, label)
        y += label.leading + 1
        for passage in words:
            y += press.paragraph(x, y, width, passage, strong)
        y += 6
    height = max(108.0, y + 6, left + word_height + (studio.style("phone").leading if block.phone else 0) + 16)
    with press.artifact():
        press.framed(0, 0, LIVE_WIDTH, height, stroke=stroke, line=1.5 * scale)
        press.rule(x - 16, 15, x - 16, height - 15, tokens.strokes.hair, tokens.color("rule"))
    return height


def hand_back(studio: Studio, block: HandBack) -> float:
    """The form that comes back: tick boxes beside the heading, writing lines below it."""
    press, tokens, body, small = studio.press, studio.tokens, studio.style("body"), studio.style("label")
    with press.artifact():
        press.rule(0, 0, LIVE_WIDTH, 0, tokens.strokes.strong, tokens.color("primary"))
    tick = tokens.sizes.tick
    wide = [tick + 7 + body.width(words) for words in block.boxes]
    room = LIVE_WIDTH - sum(wide) - 24 * len(wide)
    one_line = studio.style("section").width(block.heading.words) <= room
    with press.tagged("H2"):
        y = 14 + press.passage(0, 14, LIVE_WIDTH if not one_line else room, block.heading, studio.style("section"))
    boxes_at = 15.0 if one_line else y + 6
    x = LIVE_WIDTH - sum(wide) - 24 * (len(wide) - 1) if one_line else 0.0
    with press.element("L"):
        for words, width in zip(block.boxes, wide, strict=True):
            with press.element("LI"):
                with press.element("Lbl"):
                    tick_box(studio, x, boxes_at, block.box_word)
                with press.tagged("LBody"):
                    press.words(x + tick + 7, boxes_at + tick / 2 + body.size * 0.34, words, body)
            x += width + 24
    y = max(y, boxes_at + tick) + 36
    edges = ((0.0, span(8)), (column(9), 166.0))
    for (left, width), words in zip(edges, block.lines, strict=False):
        with press.artifact():
            press.rule(left, y, left + width, y, tokens.strokes.hair, tokens.color("box"))
        press.paragraph(left, y + 3, width, words, small)
    return y + 3 + small.leading


def stock_head(studio: Studio, labels: tuple[str, ...]) -> float:
    """Writing lines for name and date on a stock copy."""
    press, label = studio.press, studio.style("label")
    for (left, width), words in zip(((0.0, span(8)), (column(9), 166.0)), labels, strict=False):
        with press.tagged("P"):
            wide = press.words(left, 14, words, label)
        with press.artifact():
            press.rule(left + wide + GUTTER, 15, left + width, 15, studio.tokens.strokes.hair, studio.color("box"))
    return 20.0
