"""How the cover fills its page: rows and gaps from roomy to tight, the strip of emergency signs always on page one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.blocks import (
    ActionBox,
    Block,
    Contact,
    CoverTitle,
    FactsRow,
    HandBack,
    HelpStrip,
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
from generator.layout import cover, handout
from generator.layout.flow import Containers, DraftPage, Flow
from generator.layout.studio import Studio
from generator.marks import DrawnBlock

PageOf = Mapping[int, int]  # number of an exercise → page of the pack
COVER_GAP = 16.0  # above a block of the cover that has no gap of its own, points
COVER_FITS = ((27.0, 1.0), (25.0, 1.0), (22.0, 0.8), (18.0, 0.8), (18.0, 0.55))
"""Height of a row of the plan at a glance, and a factor on the gaps between the cover's blocks: roomy to tight."""


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
    """A block of the cover; where it holds a patient's own words, their blank, whose place is the kind of block."""
    match block:
        case CoverTitle():
            return studio.blank(CoverTitle, cover.cover_title)
        case FactsRow():
            return studio.blank(FactsRow, cover.facts_row)
        case WhyAndGoals():
            painter = cover.why_and_goals if not studio.tokens.large else cover.why if block.why else cover.goals
            return studio.blank(WhyAndGoals, painter)
        case PlanNotes():
            return studio.blank(PlanNotes, cover.plan_notes)
        case HelpStrip():
            return studio.drawn(cover.help_strip, block, help_page)
        case ActionBox():
            return studio.drawn(cover.action_box, block)
        case HandBack():
            return studio.blank(HandBack, cover.hand_back)
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
