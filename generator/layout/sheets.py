"""How each sheet of a pack fills its pages: cover, help, exercises and log. Handouts have a module of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from generator.blocks import (
    ActionBox,
    Block,
    Contact,
    CoverTitle,
    ExerciseCard,
    Exercises,
    FactsRow,
    HandBack,
    HelpBlock,
    HelpStrip,
    Log,
    LogWeek,
    PlanNotes,
    PlanTable,
    Sheet,
    SignOff,
    Text,
    WhyAndGoals,
)
from generator.blocks import (
    Flow as StepFlow,
)
from generator.layout import compact, cover, exercises, handout, help, log
from generator.layout.flow import SECT, Containers, DraftPage, Flow, TooTall
from generator.layout.studio import Studio
from generator.layout.tokens import LIVE_WIDTH, TITLE_HEADER_BOTTOM
from generator.marks import DrawnBlock

PageOf = Mapping[int, int]  # number of an exercise → page of the pack
COVER_GAP = 16.0  # above a block of the cover that has no gap of its own, points
COVER_FITS = ((27.0, 1.0), (25.0, 1.0), (22.0, 0.8), (18.0, 0.8), (18.0, 0.55))
"""Height of a row of the plan at a glance, and a factor on the gaps between the cover's blocks: roomy to tight."""
FOOT_GAP = 6.0
FIRST_HELP_PAGE = 2
LOWEST = 104.0  # picture of a large-print card, points: as high as the code beside it
LOWEST_ALONE = 72.0  # the same without a code, when it is wider
TIGHTEST = -3.0  # what each gap of a card may give up so that two cards share a page, points
HIGHEST_ALONE = 216.0  # picture of a standard card that has a page to itself
TIGHT_ROWS = (1.0, 0.94, 0.88)  # of a log row, for two weeks on a page
TALL_ROWS = (1.4, 1.3, 1.2, 1.1, 1.0)  # for a week that has a page to itself
COMPACT_ROWS = 3  # on a page
PICTURE_STEP = 3  # points between the heights that a picture's frame may have on a standard card
SHRINKS = (0.97, 0.94, 0.91, 0.88, 0.85, 0.81)  # of 18 points: nothing in large print is set below 14.5


# --------------------------------------------------------------------------------------------------------------- cover


def cover_pages(
    studio: Studio, sheet: Sheet, containers: Containers, page_of: PageOf, help_page: int
) -> list[DraftPage]:
    """Page one, and where it does not hold everything, pages that follow the help page. Raises TooTall."""
    opened = len(containers.all)
    # A cover on more than one page has room for roomy rows again.
    tries = (*COVER_FITS, COVER_FITS[0]) if not studio.tokens.large else ((studio.tokens.sizes.table_row, 1.0),)
    for fit in tries:
        del containers.all[opened:]
        flow = _cover_flow(studio, sheet, containers, page_of, help_page, fit)
        if len(flow.pages) == 1:
            break
    flow.pages[0].bookmarks.insert(0, (1, sheet.title, 0.0))
    return flow.pages


def _cover_flow(
    studio: Studio,
    sheet: Sheet,
    containers: Containers,
    page_of: PageOf,
    help_page: int,
    fit: tuple[float, float],
) -> Flow:
    """One try with one of `COVER_FITS`."""
    tokens = studio.tokens
    row_height, squeeze = fit
    tight = squeeze < 1.0
    flow = Flow(tokens, "masthead")
    first = 111.0 if tokens.brand.masthead == "ridge" else 103.0
    flow.y = first if not tokens.large else first - 4
    gaps: dict[type, float] = {FactsRow: 13.5, WhyAndGoals: 16.0, HelpStrip: 12.0, PlanTable: 19.0, Contact: 18.0}
    if any(isinstance(block, ActionBox) for block in sheet.blocks):
        gaps |= {ActionBox: 19.0, HelpStrip: 16.0, StepFlow: 22.0, HandBack: 20.0}
    longer = 0.0 if tight else (tokens.paper.height - 792) / 8  # a longer paper gives some of what it has to the gaps
    gaps = {kind: gap * squeeze + longer for kind, gap in gaps.items()}
    sign = next((block for block in sheet.blocks if isinstance(block, SignOff)), None)
    signed = studio.drawn(cover.sign_off, sign) if sign else None
    flow.bottom = tokens.footer_rule - (11 + signed.height + (14 if not tight else 8) if signed else 8)
    for block in _strip_on_page_one(studio, sheet, flow, help_page, gaps):
        gap = gaps.get(type(block), COVER_GAP)
        if isinstance(block, PlanTable):
            _plan_table(studio, block, flow, containers, page_of, row_height, gap)
        else:
            _cover_block(studio, block, flow, help_page, gap)
        if len(flow.pages) > 1:
            flow.bottom = tokens.bottom
    if signed:
        flow.fix(signed, flow.pages[0], tokens.footer_rule - signed.height - 11)
    return flow


def _strip_on_page_one(
    studio: Studio, sheet: Sheet, flow: Flow, help_page: int, gaps: dict[type, float]
) -> list[Block]:
    """The cover's blocks in their order, but where the strip would not fit on page one it comes before the reason."""
    blocks: list[Block] = [block for block in sheet.blocks if not isinstance(block, SignOff)]
    if studio.tokens.large:
        # Large print has no room for columns: the goals stand below the reason, on a page of their own if need be.
        blocks = [part for block in blocks for part in _why_then_goals(block)]
    strip = next((block for block in blocks if isinstance(block, HelpStrip)), None)
    if strip is None:
        return blocks
    until = blocks[: blocks.index(strip) + 1]
    height = sum(
        _drawn_cover_block(studio, block, help_page).height + (gaps.get(type(block), COVER_GAP) if number else 0.0)
        for number, block in enumerate(until)
    )
    if flow.fits(height):
        return blocks
    first = next((n for n, block in enumerate(blocks) if isinstance(block, WhyAndGoals)), len(until) - 1)
    blocks.remove(strip)
    blocks.insert(first, strip)
    return blocks


def _why_then_goals(block: Block) -> tuple[Block, ...]:
    if isinstance(block, WhyAndGoals) and block.why and block.goals:
        return replace(block, goals=()), replace(block, why=Text(()))
    return (block,)


def _cover_block(studio: Studio, block: Block, flow: Flow, help_page: int, gap: float) -> None:
    parts = cover.contact(studio, block) if isinstance(block, Contact) else ()
    tallest = max(parts, key=lambda part: part.height) if parts else _drawn_cover_block(studio, block, help_page)
    if parts and len(flow.pages) == 1 and flow.fits(tallest.height, gap):
        gap = flow.bottom - tallest.height - flow.y  # it closes the page, wherever the rest ends
    if not parts:
        flow.add(tallest, gap, what="The cover")
        return
    if not flow.is_fresh and not flow.fits(tallest.height, gap):
        flow.start("running")
        gap = 0.0
    top = flow.y + gap
    for part in parts:
        flow.at(part, top)


def _drawn_cover_block(studio: Studio, block: Block, help_page: int) -> DrawnBlock:
    match block:
        case CoverTitle():
            return studio.drawn_once(cover.cover_title, block)
        case FactsRow():
            return studio.drawn_once(cover.facts_row, block)
        case WhyAndGoals():
            return studio.drawn_once(cover.why_and_goals, block)
        case PlanNotes():
            return studio.drawn_once(cover.plan_notes, block)
        case HelpStrip():
            return studio.drawn(cover.help_strip, block, help_page)
        case ActionBox():
            return studio.drawn(cover.action_box, block)
        case HandBack():
            return studio.drawn_once(cover.hand_back, block)
        case StepFlow():
            return studio.drawn(handout.flow, block)
        case _:
            raise TypeError(f"{type(block).__name__} has no place on a cover")


def _plan_table(
    studio: Studio, block: PlanTable, flow: Flow, containers: Containers, page_of: PageOf, row_height: float, gap: float
) -> None:
    """Heading and rows; a table that does not fit moves to the next page as a whole, or splits between rows."""
    heading = studio.drawn(cover.plan_heading, block.heading)
    head = studio.drawn(cover.plan_head, block.dose_label, block.often_label, block.page_label)
    last = len(block.rows) - 1
    rows = [
        studio.drawn(cover.plan_row, row, page_of.get(row.number, 0), row_height, number == last)
        for number, row in enumerate(block.rows)
    ]
    if not flow.fits(head.height + sum(row.height for row in rows), gap):
        flow.start("running")
        gap = 0.0
    flow.at(heading, flow.y + gap)
    table = containers.open("Table")
    flow.at(head, flow.y - heading.height, container=table)
    for row in rows:
        flow.add(row, container=table, what="A row of the plan")


# ---------------------------------------------------------------------------------------------------------------- help


def help_pages(studio: Studio, sheet: Sheet) -> list[DraftPage]:
    """ "When to get help": one page where it fits, roomy or tight; boxes move to the next page as a whole."""
    block = next(block for block in sheet.blocks if isinstance(block, HelpBlock))
    painter = help.stacked_group if studio.tokens.layout.help == "stacked" else help.help_group
    end = studio.drawn(help.closing_line, block.end, block.end_link)
    flow = Flow(studio.tokens, "running")
    flow.bookmark(1, sheet.title, 0.0)
    flow.add(studio.drawn(help.help_heading, block.title))
    if block.lead:
        flow.add(studio.drawn(handout.lead, block.lead), 3.0)
    room = flow.bottom - flow.y - 18 - end.height
    for spacing in (*help.AIRY, help.ROOMY, help.SNUG, help.TIGHT):
        groups = [studio.drawn(painter, group, spacing) for group in block.groups]
        if sum(group.height + spacing.between for group in groups) <= room - spacing.spare:
            break
    else:
        spacing = help.ROOMY
        groups = [studio.drawn(painter, group, spacing) for group in block.groups]
    for number, group in enumerate(groups):
        gap = max(18.0, spacing.between) if number == 0 and spacing.gap >= help.ROOMY.gap else spacing.between
        more = studio.drawn(handout.paragraph_words, block.continued.format(page=FIRST_HELP_PAGE + len(flow.pages)))
        reserve = more.height + 10 if number < len(groups) - 1 else 0.0
        following = group.height + gap + reserve
        if number and not flow.fits(following):
            if flow.fits(more.height, 10):
                flow.add(more, 10)
            flow.start("running")
        flow.add(group, gap, what="A group of warning signs")
    flow.add(end, 18 if flow.fits(end.height, 18) else 10)
    return flow.pages


# ----------------------------------------------------------------------------------------------------------- exercises


def exercise_pages(studio: Studio, sheet: Sheet, containers: Containers) -> tuple[list[DraftPage], dict[int, int]]:
    """Cards on pages, and on which of these pages (from 0) each exercise stands. Raises TooTall."""
    block = next(block for block in sheet.blocks if isinstance(block, Exercises))
    foot = studio.drawn(exercises.exercise_foot, block.foot)
    limit = studio.tokens.bottom - foot.height - FOOT_GAP
    arrange = {"pairs": _pairs, "singles": _singles, "compact": _compact}[studio.tokens.layout.cards]
    pages: list[DraftPage] = []
    where: dict[int, int] = {}
    for title, placed in arrange(studio, block, limit):
        flow = Flow(studio.tokens, "title", title)
        for card, arranged, x, top in placed:
            one = containers.open("Sect", SECT, card.name)
            flow.bookmark(2, f"{card.number}. {card.name}", top)
            for part, dx, dy in arranged.parts:
                flow.at(part, top + dy, x + dx, container=one)
            where[card.number] = len(pages)
        for rule_at in _separators(placed) if studio.tokens.layout.cards == "pairs" else ():
            flow.at(studio.drawn(exercises.separator), rule_at)
        flow.at(foot, studio.tokens.bottom - foot.height)
        pages += flow.pages
    pages[0].bookmarks.insert(0, (1, sheet.title, 0.0))
    return pages, where


Placed = list[tuple[ExerciseCard, exercises.Arranged, float, float]]


def _separators(placed: Placed) -> list[float]:
    return [
        (first_top + first.height + second_top) / 2
        for (_, first, _, first_top), (_, _, _, second_top) in pairwise(placed)
    ]


def _page_title(block: Exercises, cards: list[ExerciseCard]) -> str:
    first, last = cards[0].number, cards[-1].number
    template = block.titles.one if len(cards) == 1 else block.titles.two if len(cards) == 2 else block.titles.many
    return template.format(first=first, last=last)


def _pairs(studio: Studio, block: Exercises, limit: float) -> list[tuple[str, Placed]]:
    """Two cards to a page where they fit; one that stands alone takes the page."""
    room = limit - TITLE_HEADER_BOTTOM
    pages: list[tuple[str, Placed]] = []
    queue = [exercises.card_parts(studio, card) for card in block.cards]
    while queue:
        taken = queue[:2]
        placed = _stretched(studio, taken, room) if len(taken) == 2 else None
        if placed is None:
            taken = queue[:1]
            alone = _alone(studio, taken[0], room)
            placed = [(taken[0].card, alone, 0.0, TITLE_HEADER_BOTTOM)] if alone else _stretched(studio, taken, room)
        if placed is None:
            raise TooTall(f'The card of exercise {taken[0].card.number}, "{taken[0].card.name}",')
        pages.append((_page_title(block, [parts.card for parts in taken]), placed))
        queue = queue[len(taken) :]
    return pages


def _stretched(studio: Studio, cards: list[exercises.CardParts], room: float) -> Placed | None:
    """Cards below one another: spare height goes to the pictures, then to the gaps; where it lacks, the gaps tighten.

    None where the cards do not fit.
    """
    sizes, joints = studio.tokens.sizes, 2 * (len(cards) - 1)

    def spare(picture: float) -> float:
        return room - sum(parts.height(picture) for parts in cards) - joints * exercises.SEPARATOR

    slots = 3 * len(cards) + joints
    if spare(sizes.picture_min) < TIGHTEST * slots:
        return None
    highest = sizes.picture_max + max(0.0, (studio.tokens.paper.height - 792) / 2)
    heights = range(int(highest), int(sizes.picture_min), -PICTURE_STEP)
    picture = next((height for height in heights if spare(height) >= 0), sizes.picture_min)
    extra = min(4.0, spare(picture) / slots)
    placed: Placed = []
    y = TITLE_HEADER_BOTTOM
    for parts in cards:
        arranged = exercises.arranged(studio, parts, picture, extra)
        placed.append((parts.card, arranged, 0.0, y))
        y += arranged.height + 2 * (exercises.SEPARATOR + extra)
    return placed


def _alone(studio: Studio, parts: exercises.CardParts, room: float) -> exercises.Arranged | None:
    """A card that has a standard page to itself, its picture as high as it is of use; None where it does not fit."""
    highest = exercises.useful_height(studio, parts.card.picture, LIVE_WIDTH, HIGHEST_ALONE)
    for height in range(int(highest), int(studio.tokens.sizes.picture_min), -4):
        spare = room - exercises.arranged_alone(studio, parts, height, 0, blank=True).height
        if spare >= 0:
            return exercises.arranged_alone(studio, parts, height, min(8.0, spare / 5))
    return None


def _singles(studio: Studio, block: Exercises, limit: float) -> list[tuple[str, Placed]]:
    """A page for each card, its picture as high as the rest leaves room for."""
    room = limit - TITLE_HEADER_BOTTOM
    pages: list[tuple[str, Placed]] = []
    for card in block.cards:
        fitting = _single(studio, card, room)
        if fitting is None:
            raise TooTall(f'The card of exercise {card.number}, "{card.name}",')
        pages.append((block.titles.plain, [(card, fitting, 0.0, TITLE_HEADER_BOTTOM)]))
    return pages


def _single(studio: Studio, card: ExerciseCard, room: float) -> exercises.Arranged | None:
    """A large-print card as it fits best: its picture gives up height first, then the gaps, at last the type."""
    sizes = studio.tokens.sizes
    highest = sizes.picture_max + max(0.0, studio.tokens.paper.height - 792)
    highest = exercises.useful_height(studio, card.picture, exercises.large_picture_width(card.video), highest)
    lowest = LOWEST if card.video else LOWEST_ALONE
    heights = [*range(int(highest), int(lowest), -2), lowest]
    tries = [(height, exercises.ROOMY_GAP, 1.0) for height in heights]
    tries += [(height, exercises.TIGHT_GAP, 1.0) for height in heights]
    tries += [(lowest, exercises.TIGHT_GAP, shrink) for shrink in SHRINKS]
    for height, gap, shrink in tries:
        spare = room - exercises.arranged_large(studio, card, height, gap=gap, shrink=shrink, blank=True).height
        if spare >= 0:
            gap = min(exercises.WIDE_GAP, gap + spare / 5)
            return exercises.arranged_large(studio, card, height, gap=gap, shrink=shrink)
    return None


def _compact(studio: Studio, block: Exercises, limit: float) -> list[tuple[str, Placed]]:
    """Rows of two, up to three rows to a page, shared out evenly; what does not fit moves on."""
    rows = [block.cards[start : start + 2] for start in range(0, len(block.cards), 2)]
    pages: list[tuple[str, Placed]] = []
    while rows:
        count = -(-len(rows) // -(-len(rows) // COMPACT_ROWS))
        placed = next((found for n in range(count, 0, -1) if (found := _compact_page(studio, rows[:n], limit))), None)
        if placed is None:
            names = " or ".join(f'{card.number}, "{card.name}"' for card in rows[0])
            raise TooTall(f"The card of exercise {names},")
        pages.append((block.titles.glance, placed))
        rows = rows[-(-len(placed) // 2) :]
    return pages


def _compact_page(studio: Studio, rows: list[tuple[ExerciseCard, ...]], limit: float) -> Placed | None:
    """These rows on one page, set as roomily as they fit; None where they do not fit.

    Spare height goes to the pictures, then between the rows.
    """
    top, bottom = TITLE_HEADER_BOTTOM - 3, limit + 2

    def heights(fit: compact.Fit, picture: float) -> list[float]:
        return [
            max(compact.arranged_compact(studio, card, fit, picture, blank=True).height for card in row) for row in rows
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
        for number, card in enumerate(row):
            one = compact.arranged_compact(studio, card, fit, picture)
            placed.append((card, one, number * compact.SECOND_COLUMN, y))
        y += height + between
    return placed


# ----------------------------------------------------------------------------------------------------------------- log


def _week_parts(studio: Studio, week: LogWeek, room: float) -> list[log.WeekGrid]:
    """A week's grid; one with more rows than a page holds is cut between rows, its rows for pain coming last."""
    whole = log.week_grid(studio, week, studio.tokens.sizes.log_row)
    if whole.height <= room or len(week.rows) < 2:
        return [whole]
    middle = (len(week.rows) + 1) // 2
    first = replace(week, rows=week.rows[:middle], pain_rows=())
    return [*_week_parts(studio, first, room), *_week_parts(studio, replace(week, rows=week.rows[middle:]), room)]


def _place_week(flow: Flow, week: log.WeekGrid, containers: Containers, gap: float) -> None:
    if not flow.fits(week.height, gap):
        raise TooTall("A week of the log")
    table = containers.open("Table")
    flow.y += gap
    for row in week.rows:
        flow.at(row, flow.y, container=table)


def log_pages(studio: Studio, sheet: Sheet, containers: Containers) -> list[DraftPage]:
    """Both weeks on one page where they fit, with as many writing lines as there is room for; else a week a page."""
    block = next(block for block in sheet.blocks if isinstance(block, Log))
    tokens = studio.tokens
    scale = studio.drawn(log.pain_scale, block.scale)
    bring = studio.drawn_once(log.intro, block.bring) if block.bring else None
    flow = Flow(tokens, "title", block.title)
    flow.bookmark(1, sheet.title, 0.0)
    flow.at(studio.drawn(log.intro, block.intro), 79.0)
    bottom = tokens.bottom - (bring.height + 4 if bring else 0)
    groups = _weeks_together(studio, block, bottom - flow.y - 5 - scale.height) or _weeks_apart(
        studio, block, tokens.bottom - flow.y - 9, scale.height
    )
    for number, group in enumerate(groups):
        if number:
            flow.start("title", block.title)
        for week in group:
            _place_week(flow, week, containers, 9 if week is group[0] and not number else 0 if week is group[0] else 14)
        if len(groups) == len(block.weeks) and number < len(groups) - 1 and flow.fits(scale.height, 19):
            flow.at(scale, flow.y + 19)
    if not flow.fits(scale.height, 19) or flow.y + 19 + scale.height > bottom:
        flow.start("title", block.title)
    flow.at(scale, flow.y + 19 if not flow.is_fresh else flow.y)
    for count in (6, 5, 4, 3, 2, 1):
        lines = studio.drawn(log.writing_lines, block.writing, count)
        if flow.y + 14 + lines.height + 8 <= bottom:
            flow.at(lines, flow.y + 14)
            break
    if bring:
        flow.at(bring, max(flow.y + 4, tokens.bottom - bring.height))
    return flow.pages


def _weeks_together(studio: Studio, block: Log, room: float) -> list[list[log.WeekGrid]]:
    """All weeks as one group, on rows that are as tall as fit the room; empty where they do not fit."""
    if studio.tokens.layout.weeks_on_page == 1:
        return []
    for part in TIGHT_ROWS:
        weeks = [log.week_grid(studio, week, studio.tokens.sizes.log_row * part) for week in block.weeks]
        if sum(week.height + 14 for week in weeks) <= room:
            return [weeks]
    return []


def _weeks_apart(studio: Studio, block: Log, room: float, scale: float) -> list[list[log.WeekGrid]]:
    """A week a page: on tall rows where week, pain scale and writing lines leave room for them."""
    row = studio.tokens.sizes.log_row
    lines = studio.drawn(log.writing_lines, block.writing, 2).height
    for part in TALL_ROWS:
        weeks = [log.week_grid(studio, week, row * part) for week in block.weeks]
        if all(week.height + 19 + scale + 14 + lines + 30 <= room for week in weeks):
            return [[week] for week in weeks]
    return [[part] for week in block.weeks for part in _week_parts(studio, week, room)]
