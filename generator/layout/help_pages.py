"""How "When to get help" fills its pages: one where it fits, roomy or tight; boxes move on as a whole."""

from __future__ import annotations

from generator.blocks import (
    HelpBlock,
    Sheet,
)
from generator.layout import handout, help
from generator.layout.flow import DraftPage, Flow
from generator.layout.studio import Studio

FIRST_HELP_PAGE = 2


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
