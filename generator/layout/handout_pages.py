"""How a handout fills its pages:
a figure beside the title, sections that tighten before they spill, sources at the foot.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.blocks import (
    Block,
    Callout,
    Columns,
    Display,
    Figure,
    Heading,
    HelpStrip,
    ListBlock,
    MythTable,
    PageTitle,
    Paragraph,
    Sheet,
    SignOff,
    Sources,
    StockHead,
    TableBlock,
)
from generator.blocks import (
    Flow as StepFlow,
)
from generator.layout import cover, handout
from generator.layout.flow import SECT, Containers, DraftPage, Flow, Header
from generator.layout.studio import Studio
from generator.layout.tokens import HEADER_BOTTOM, LIVE_WIDTH
from generator.marks import DrawnBlock

GAPS = (17.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0)  # between blocks: tighter to keep a section on its page
LARGEST_SLACK = 60.0  # a box beside a figure moves down by this at most, to end where the figure does
AFTER_HEADING = 0.0


def handout_pages(studio: Studio, sheet: Sheet, containers: Containers, help_page: int) -> list[DraftPage]:
    """All pages of a handout. Raises TooTall."""
    pages: list[DraftPage] = []
    sign = next((block for block in sheet.blocks if isinstance(block, SignOff)), None)
    signed = studio.drawn(cover.sign_off, sign) if sign else None
    for section in _sections(tuple(block for block in sheet.blocks if block is not sign)):
        foot = signed if not pages else None
        for gap in GAPS:
            opened = len(containers.all)
            flow = _section(studio, section, containers, help_page, gap, foot)
            if len(flow.pages) == 1 or gap == GAPS[-1]:
                break
            del containers.all[opened:]
        if len(flow.pages) > 1:
            del containers.all[opened:]
            flow = _section(studio, section, containers, help_page, GAPS[0], foot)
        pages += flow.pages
    pages[0].bookmarks.insert(0, (1, sheet.title, 0.0))
    return pages


def _sections(blocks: tuple[Block, ...]) -> Iterator[list[Block]]:
    """The blocks of each page that the author starts."""
    section: list[Block] = []
    for block in blocks:
        if isinstance(block, PageTitle) and section:
            yield section
            section = []
        section.append(block)
    if section:
        yield section


class _Section(Flow):
    """A flow that leaves room for a figure at its right while one stands there."""

    def __init__(self, studio: Studio, gap: float) -> None:
        super().__init__(studio.tokens, "running")
        self.studio, self.gap = studio, gap
        self.figure_bottom = 0.0

    @property
    def width(self) -> float:
        return handout.BESIDE_WIDTH if self.y < self.figure_bottom else LIVE_WIDTH

    def start(self, header: Header, title: str = "") -> None:
        super().start(header, title)
        if len(self.pages) > 1:
            self.bottom = self.tokens.bottom

    def clear(self) -> None:
        """Moves below the figure."""
        self.y = max(self.y, self.figure_bottom)
        self.figure_bottom = 0.0

    def below(self, block: DrawnBlock, gap: float | None = None, container: int = SECT, what: str = "A block") -> None:
        self.add(block, self.gap if gap is None else gap, container, what=what)


def _section(
    studio: Studio,
    blocks: list[Block],
    containers: Containers,
    help_page: int,
    gap: float,
    foot: DrawnBlock | None,
) -> Flow:
    """One try at a section with this gap between its blocks. foot: stands at the foot of its first page."""
    flow = _Section(studio, gap)
    if foot is not None:
        flow.bottom = studio.tokens.footer_rule - foot.height - 17
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        match block:
            case StockHead():
                flow.at(studio.drawn(cover.stock_head, block.labels), flow.y)
                flow.y += 12
            case Display():
                _display(studio, flow, block, following, gap)
            case PageTitle():
                if block.kicker:
                    flow.at(studio.drawn(handout.kicker, block.kicker), flow.y)
                flow.at(studio.drawn(handout.page_title, block), flow.y)
            case Figure(beside=True):
                continue  # stands already, beside the title before it
            case Figure():
                flow.clear()
                flow.below(studio.drawn(handout.figure, block), what="A figure")
            case Callout():
                if flow.y >= flow.figure_bottom:
                    flow.clear()
                box = studio.drawn(handout.callout, block, flow.width)
                slack = flow.figure_bottom - (flow.y + gap + box.height)
                last = isinstance(following, MythTable | TableBlock)
                flow.below(box, gap + (slack if last and 0 < slack < LARGEST_SLACK else 0.0), what="A box")
                if isinstance(following, MythTable | TableBlock) or flow.y > flow.figure_bottom - 10:
                    flow.clear()
            case MythTable():
                flow.clear()
                _myths(studio, flow, block, containers)
            case TableBlock():
                flow.clear()
                _table(studio, flow, block, containers)
            case Sources():
                flow.clear()
                _sources(studio, flow, block)
            case _:
                flow.clear()
                _plain(studio, flow, block, help_page)
    if foot is not None:
        flow.fix(foot, flow.pages[0], studio.tokens.footer_rule - foot.height - 11)
    return flow


def _display(studio: Studio, flow: _Section, block: Display, following: Block | None, gap: float) -> None:
    """Title, with the figure that follows it at its right."""
    large = studio.tokens.large
    beside = following if isinstance(following, Figure) and following.beside else None
    width = handout.BESIDE_WIDTH - 4
    if large and beside:  # large type leaves room for a figure at its right only where its lines are short
        large = not all(studio.style("display").width(line) <= width for line in block.lines)
    if block.kicker:
        flow.at(studio.drawn(handout.kicker, block.kicker), flow.y)
    if beside and not large:
        figure = studio.drawn(handout.figure_beside, beside)
        top = max(HEADER_BOTTOM + 8, flow.y - (12 if not studio.tokens.large else 0))
        flow.at(studio.drawn(handout.display, block, handout.BESIDE_WIDTH - 4), flow.y)
        flow.fix(figure, flow.page, top)  # after the title, which is read first
        flow.figure_bottom = top + figure.height
    else:
        flow.at(studio.drawn(handout.display, block, LIVE_WIDTH), flow.y)
    if beside and large:
        flow.below(studio.drawn(handout.figure, beside), gap, what="A figure")


def _plain(studio: Studio, flow: _Section, block: Block, help_page: int) -> None:
    match block:
        case HelpStrip():
            flow.below(studio.drawn(cover.help_strip, block, help_page))
        case Heading():
            drawn = studio.drawn(handout.heading, block.text)
            if not flow.fits(drawn.height + 2 * studio.style("body").leading, flow.gap):
                flow.start("running")
            flow.below(drawn)
        case Paragraph():
            gap = AFTER_HEADING if _after_heading(flow) else flow.gap
            painter = handout.lead if block.lead else handout.paragraph
            flow.below(studio.drawn(painter, block.text), gap, what="A paragraph")
        case ListBlock():
            gap = AFTER_HEADING if _after_heading(flow) else flow.gap
            flow.below(studio.drawn(handout.list_block, block), gap, what="A list")
        case Columns():
            flow.below(studio.drawn(handout.columns, block), what="Two columns")
        case StepFlow():
            flow.below(studio.drawn(handout.flow, block), what="A list of steps")
        case _:
            raise TypeError(f"{type(block).__name__} has no place in a handout")


def _after_heading(flow: _Section) -> bool:
    """Whether the last block placed was nothing but a heading."""
    elements = flow.page.placements[-1].block.elements if flow.page.placements else ()
    return len(elements) == 1 and elements[0].role == "H2"


def _myths(studio: Studio, flow: _Section, block: MythTable, containers: Containers) -> None:
    """Rows move to the next page as a whole; the column heads are repeated there, as decoration."""
    head = studio.drawn(handout.myth_head, block.myth_heading, block.fact_heading)
    again = studio.drawn(handout.myth_head, block.myth_heading, block.fact_heading, repeated=True)
    last = len(block.rows) - 1
    rows = [
        studio.drawn(handout.myth_row, row, block.myth_icon, block.fact_icon, number == last)
        for number, row in enumerate(block.rows)
    ]
    table = containers.open("Table")
    if not flow.fits(head.height + rows[0].height, flow.gap):
        flow.start("running")
    flow.below(head, container=table)
    for row in rows:
        if not flow.fits(row.height):
            flow.start("running")
            flow.at(again, flow.y)
        flow.below(row, 0.0, table, what="A row of myth and fact")


def _table(studio: Studio, flow: _Section, block: TableBlock, containers: Containers) -> None:
    if block.heading:
        flow.below(studio.drawn(handout.heading, block.heading))
    table = containers.open("Table")
    head = studio.drawn(handout.table_head, block.columns)
    again = studio.drawn(handout.table_head, block.columns, repeated=True)
    flow.below(head, 2.0 if block.heading else flow.gap, table)
    for number, cells in enumerate(block.rows):
        row = studio.drawn(handout.table_row, cells, number == len(block.rows) - 1)
        if not flow.fits(row.height):
            flow.start("running")
            flow.at(again, flow.y)
        flow.below(row, 0.0, table, what="A row of a table")


def _sources(studio: Studio, flow: _Section, block: Sources) -> None:
    """At the foot of the page, from the bottom up."""
    drawn = studio.drawn(handout.sources, block)
    if not flow.fits(drawn.height, 8):
        flow.start("running")
    flow.at(drawn, max(flow.y + (8 if not flow.is_fresh else 0), flow.bottom - drawn.height))
