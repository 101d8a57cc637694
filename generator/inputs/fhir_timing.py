"""FHIR timings → days a week, times a day, seconds and weeks: https://hl7.org/fhir/R4/datatypes.html#Timing.

A timing that cannot be said in these is refused. Part of it would be another dose than the one that was ordered.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

from generator.inputs.fhir_resources import Period, Quantity, Repeat, Timing, day_of
from generator.models.exercise import Mode

Fields = dict[str, str]

SECONDS = {"s": 1, "min": 60, "h": 3600}
DAYS = {"d": 1, "wk": 7}
ABBREVIATIONS: dict[str, Fields] = {
    "QD": {"per_week": "7"},
    "BID": {"per_week": "7", "times_a_day": "2"},
    "TID": {"per_week": "7", "times_a_day": "3"},
    "QID": {"per_week": "7", "times_a_day": "4"},
    "QOD": {"per_week": "3-4"},
    "WK": {"per_week": "1"},
}
"""Timing codes of HL7 (GTSAbbreviation) that need no repeat."""


class TimingError(Exception):
    """A timing says what a plan cannot."""


def dose_of(timing: Timing, mode: Mode | None, times: Mapping[str, str]) -> Fields:
    """The fields of a dose as a plan file would give them. Raises TimingError.

    mode: how the exercise is counted, None for a program. times: words for FHIR's times of day.
    """
    if timing.event:
        raise TimingError("lists single moments: say how often in each week or day")
    repeat = timing.repeat
    if repeat is None:
        return _abbreviated(timing)
    if repeat.offset or repeat.count is not None:
        raise TimingError("has a count or an offset, which a plan cannot say")
    fields = _often(repeat)
    if repeat.duration is not None:
        fields |= _long(repeat, mode)
    if repeat.when:
        unknown = [code for code in repeat.when if code not in times]
        if unknown:
            raise TimingError("names a time of day that handouts/codes.yaml has no words for")
        fields["when"] = ", ".join(dict.fromkeys(times[code] for code in repeat.when))
    weeks = _bounds(repeat)
    return fields | ({"weeks": weeks} if weeks else {})


def weeks_of(period: Period | None) -> str | None:
    """The weeks from the first to the last day of a period, None if one of them is open."""
    start, end = (day_of(period.start), day_of(period.end)) if period is not None else (None, None)
    return _weeks(start, end)


def _abbreviated(timing: Timing) -> Fields:
    codes = [one.code for one in timing.code.coding] if timing.code is not None else []
    found = [ABBREVIATIONS[code] for code in codes if code in ABBREVIATIONS]
    if not found:
        raise TimingError("does not say how often")
    return dict(found[0])


def _often(repeat: Repeat) -> Fields:
    """Days a week and times a day."""
    low = repeat.frequency or len(repeat.timeOfDay) or 1
    high = max(low, repeat.frequencyMax or low)
    if repeat.dayOfWeek:
        if repeat.periodUnit == "wk" and (repeat.period != 1 or low not in (1, len(repeat.dayOfWeek))):
            raise TimingError("names days of the week and another number of times a week")
        daily = _range(low, high) if repeat.periodUnit == "d" else str(len(repeat.timeOfDay) or 1)
        return {"per_week": str(len(set(repeat.dayOfWeek)))} | ({"times_a_day": daily} if daily != "1" else {})
    if repeat.period is None or repeat.periodUnit is None:
        if repeat.frequency is not None or repeat.duration is None:
            raise TimingError("does not say how often in each week or day")
        return {}
    if repeat.periodMax is not None or repeat.periodUnit not in DAYS:
        raise TimingError("repeats by neither days nor weeks")
    days = repeat.period * DAYS[repeat.periodUnit]
    if repeat.periodUnit == "d" and days == 1:
        return {"per_week": "7"} | ({"times_a_day": _range(low, high)} if high > 1 else {})
    if repeat.periodUnit == "d" and high > 1:
        raise TimingError("repeats several times in several days: say how often in each week")
    if low * 7 < days:
        raise TimingError("asks for less than once a week")
    return {"per_week": _range(math.floor(low * 7 / days), math.ceil(high * 7 / days))}


def _long(repeat: Repeat, mode: Mode | None) -> Fields:
    """Seconds of work or of a hold."""
    unit = SECONDS.get(repeat.durationUnit or "")
    if unit is None:
        raise TimingError("has a duration without a unit of time that an exercise is counted in")
    if mode not in ("time", "hold"):
        raise TimingError("has a duration, but what it asks for is counted in repetitions")
    low = (repeat.duration or 0) * unit
    high = max(low, (repeat.durationMax or 0) * unit)
    if low != int(low) or high != int(high):
        raise TimingError("has a duration that is no whole number of seconds")
    return {"time_s" if mode == "time" else "hold_s": _range(int(low), int(high))}


def _bounds(repeat: Repeat) -> str | None:
    """Weeks in all."""
    if repeat.boundsDuration is not None:
        return str(_in_weeks(repeat.boundsDuration))
    if repeat.boundsRange is not None:
        return _range(_in_weeks(repeat.boundsRange.low), _in_weeks(repeat.boundsRange.high))
    return weeks_of(repeat.boundsPeriod)


def _in_weeks(quantity: Quantity) -> int:
    unit = DAYS.get(quantity.code or quantity.unit or "")
    if unit is None:
        raise TimingError("is bounded by something other than days or weeks")
    return math.ceil(quantity.value * unit / 7)


def _weeks(start: date | None, end: date | None) -> str | None:
    if start is None or end is None:
        return None
    if end < start:
        raise TimingError("ends before it starts")
    return str(max(1, math.ceil((end - start).days / 7)))


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}-{high}"
