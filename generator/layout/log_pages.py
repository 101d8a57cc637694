"""How the 14-day log fills its pages: both weeks on one where they fit, else a week a page."""

from __future__ import annotations

from dataclasses import replace

from generator.blocks import (
    Log,
    LogWeek,
    Sheet,
)
from generator.layout import log
from generator.layout.flow import Containers, DraftPage, Flow, TooTall
from generator.layout.studio import Studio

TIGHT_ROWS = (1.0, 0.94, 0.88)  # of a log row, for two weeks on a page
TALL_ROWS = (1.4, 1.3, 1.2, 1.1, 1.0)  # for a week that has a page to itself


def _week_parts(studio: Studio, number: int, week: LogWeek, room: float) -> list[log.WeekGrid]:
    """A week's grid; one with more rows than a page holds is cut between rows, its rows for pain coming last."""
    whole = log.week_grid(studio, number, week, studio.tokens.sizes.log_row)
    if whole.height <= room or len(week.rows) < 2:
        return [whole]
    middle = (len(week.rows) + 1) // 2
    first = replace(week, rows=week.rows[:middle], pain_rows=())
    rest = replace(week, rows=week.rows[middle:])
    return [*_week_parts(studio, number, first, room), *_week_parts(studio, number, rest, room)]


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
    bring = studio.blank("bring", log.intro) if block.bring else None
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
        row = studio.tokens.sizes.log_row * part
        weeks = [log.week_grid(studio, number, week, row) for number, week in enumerate(block.weeks)]
        if sum(week.height + 14 for week in weeks) <= room:
            return [weeks]
    return []


def _weeks_apart(studio: Studio, block: Log, room: float, scale: float) -> list[list[log.WeekGrid]]:
    """A week a page: on tall rows where week, pain scale and writing lines leave room for them."""
    row = studio.tokens.sizes.log_row
    lines = studio.drawn(log.writing_lines, block.writing, 2).height
    for part in TALL_ROWS:
        weeks = [log.week_grid(studio, number, week, row * part) for number, week in enumerate(block.weeks)]
        if all(week.height + 19 + scale + 14 + lines + 30 <= room for week in weeks):
            return [[week] for week in weeks]
    return [[part] for number, week in enumerate(block.weeks) for part in _week_parts(studio, number, week, room)]
