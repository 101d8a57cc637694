"""The 14-day log with real dates."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from generator.blocks import Log, LogDay, LogRow, LogWeek, PainScale, PainZone, Text, WritingLines, marked_lead
from generator.compose.say import Say, marked
from generator.models.common import Span
from generator.models.plan import Plan
from generator.models.program import Dose
from generator.models.safety import PainZones
from generator.models.selection import Kept

DAYS_IN_WEEK, WEEKS = 7, 2


def log(
    say: Say, plan: Plan, kept: tuple[Kept, ...], rows: tuple[LogRow, ...], first_day: date, zones: PainZones
) -> Log:
    """Two weeks from first_day. rows: of the exercises, see `log_rows`. zones: of the pain scale."""
    words = say.words.log
    intro = words.intro
    if any(one.dose.basis == "strength" for one in kept):
        intro = f"{intro} {words.rest_days}"
    weeks = tuple(
        _week(say, number, first_day + timedelta(days=DAYS_IN_WEEK * number), rows) for number in range(WEEKS)
    )
    return Log(
        title=words.title,
        intro=Text(marked(intro, ()).spans),
        weeks=weeks,
        scale=pain_scale(say, zones),
        writing=WritingLines((words.easier, words.hard)),
        bring=_bring(say, plan),
    )


def log_rows(say: Say, kept: tuple[Kept, ...]) -> tuple[LogRow, ...]:
    """A row an exercise."""
    return tuple(LogRow(number, one.exercise.name, _goal(say, one.dose)) for number, one in enumerate(kept, 1))


def _goal(say: Say, dose: Dose) -> str:
    """Days a week, without saying week again."""
    if dose.optional:
        return say.words.log.optional
    if dose.per_week is None:
        return dose.when or ""
    if dose.per_week.single and dose.per_week.low == DAYS_IN_WEEK:
        return say.words.units.every_day
    return say.count(dose.per_week, say.words.units.day)


def _week(say: Say, number: int, first: date, rows: tuple[LogRow, ...]) -> LogWeek:
    words = say.words.log
    return LogWeek(
        heading=words.week.format(number=number + 1),
        goal_label=words.goal,
        days=_days(say, first),
        rows=rows,
        pain_rows=(words.pain_during, words.pain_next),
        pain_range=words.pain_range,
    )


@lru_cache(maxsize=1_000)
def _days(say: Say, first: date) -> tuple[LogDay, ...]:
    return tuple(_day(say, first + timedelta(days=offset), first=offset == 0) for offset in range(DAYS_IN_WEEK))


def _day(say: Say, day: date, *, first: bool) -> LogDay:
    pattern = say.patterns.log_first if first or day.day == 1 else say.patterns.log_day
    return LogDay(day, say.day(day, say.patterns.log_weekday), say.day(day, pattern))


@lru_cache(maxsize=32)
def pain_scale(say: Say, limits: PainZones) -> PainScale:
    """Three zones with their limits from the safety rules."""
    words, alt = say.words.log, say.words.alt
    units = say.words.units

    def sign(zone: Span, word: str) -> str:
        """The zone's numbers and its sign, for readers who do not see where on the scale it stands."""
        return units.both.format(first=units.range.format(low=zone.low, high=zone.high), second=word)

    go, care, stop = words.zones.go, words.zones.care, words.zones.stop
    zones = (
        PainZone("go", limits.go.low, limits.go.high, marked_lead(go.lead, go.rest, "go"), sign(limits.go, alt.go)),
        PainZone(
            "care",
            limits.care.low,
            limits.care.high,
            marked_lead(care.lead, care.rest, "care"),
            sign(limits.care, alt.care),
        ),
        PainZone(
            "stop",
            limits.stop.low,
            limits.stop.high,
            marked_lead(stop.lead, stop.rest, "stop"),
            sign(limits.stop, alt.stop),
        ),
    )
    legend = f"{words.no_pain}    {words.worst_pain}"
    return PainScale(words.scale, legend, zones, alt.pain_scale)


def _bring(say: Say, plan: Plan) -> Text | None:
    """Where the page goes back to."""
    visit = plan.next_visit
    if visit is None:
        return None
    words = say.words.log
    day = say.visit_day(visit)
    when = words.bring_when.format(date=day, time=say.clock(visit.time)) if visit.time else day
    return Text(marked_lead(words.bring, when).spans, personal=True)
