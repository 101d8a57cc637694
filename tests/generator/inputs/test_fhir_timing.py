"""FHIR timings as doses: said exactly, or refused."""

from __future__ import annotations

from typing import Any

import pytest

from generator.inputs.fhir_resources import Period, Timing
from generator.inputs.fhir_timing import TimingError, dose_of, weeks_of

TIMES = {"MORN": "In the morning", "HS": "Before bed"}


def dose(mode: str | None = "reps", **repeat: Any) -> dict[str, str]:
    return dose_of(Timing.model_validate({"repeat": repeat}), mode, TIMES)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("repeat", "fields"),
    [
        ({"frequency": 3, "period": 1, "periodUnit": "wk"}, {"per_week": "3"}),
        ({"frequency": "3", "period": "1.0", "periodUnit": "wk"}, {"per_week": "3"}),
        ({"frequency": 2, "frequencyMax": 3, "period": 1, "periodUnit": "wk"}, {"per_week": "2-3"}),
        ({"period": 1, "periodUnit": "d"}, {"per_week": "7"}),
        ({"frequency": 2, "period": 1, "periodUnit": "d"}, {"per_week": "7", "times_a_day": "2"}),
        ({"frequency": 1, "frequencyMax": 2, "period": 1, "periodUnit": "d"}, {"per_week": "7", "times_a_day": "1-2"}),
        ({"frequency": 1, "period": 2, "periodUnit": "d"}, {"per_week": "3-4"}),
        ({"frequency": 1, "period": 7, "periodUnit": "d"}, {"per_week": "1"}),
        ({"dayOfWeek": ["mon", "wed", "fri"]}, {"per_week": "3"}),
        ({"dayOfWeek": ["mon", "thu"], "frequency": 2, "period": 1, "periodUnit": "d"},
         {"per_week": "2", "times_a_day": "2"}),
        ({"timeOfDay": ["08:00:00", "20:00:00"], "period": 1, "periodUnit": "d"},
         {"per_week": "7", "times_a_day": "2"}),
        ({"frequency": 3, "period": 1, "periodUnit": "wk", "boundsDuration": {"value": 6, "code": "wk"}},
         {"per_week": "3", "weeks": "6"}),
        ({"frequency": 3, "period": 1, "periodUnit": "wk", "boundsDuration": {"value": 10, "unit": "d"}},
         {"per_week": "3", "weeks": "2"}),
        ({"period": 1, "periodUnit": "d", "boundsRange": {"low": {"value": 2, "code": "wk"},
          "high": {"value": 4, "code": "wk"}}}, {"per_week": "7", "weeks": "2-4"}),
        ({"period": 1, "periodUnit": "d", "boundsPeriod": {"start": "2026-11-23", "end": "2026-12-21"}},
         {"per_week": "7", "weeks": "4"}),
        ({"period": 1, "periodUnit": "d", "when": ["MORN", "HS"]},
         {"per_week": "7", "when": "In the morning, Before bed"}),
    ],
)  # fmt: skip
def test_how_often_and_how_long(repeat: dict[str, Any], fields: dict[str, str]) -> None:
    assert dose(**repeat) == fields


def test_a_duration_is_work_or_a_hold() -> None:
    daily = {"period": 1, "periodUnit": "d"}
    assert dose("time", duration=45, durationUnit="s", **daily) == {"per_week": "7", "time_s": "45"}
    assert dose("hold", duration=0.5, durationUnit="min", **daily) == {"per_week": "7", "hold_s": "30"}
    assert dose("time", duration=1, durationMax=2, durationUnit="min") == {"time_s": "60-120"}
    for mode in ("reps", None):
        with pytest.raises(TimingError, match="counted in repetitions"):
            dose(mode, duration=20, durationUnit="min", **daily)


def test_codes_of_timings() -> None:
    def coded(code: str) -> dict[str, str]:
        return dose_of(Timing.model_validate({"code": {"coding": [{"code": code}]}}), "reps", TIMES)

    assert coded("BID") == {"per_week": "7", "times_a_day": "2"}
    assert coded("QOD") == {"per_week": "3-4"}
    with pytest.raises(TimingError, match="how often"):
        coded("Q4H")


@pytest.mark.parametrize(
    ("repeat", "says"),
    [
        ({"frequency": 1, "period": 2, "periodUnit": "wk"}, "less than once a week"),
        ({"frequency": 3, "period": 1, "periodUnit": "mo"}, "neither days nor weeks"),
        ({"frequency": 1, "period": 4, "periodUnit": "h"}, "neither days nor weeks"),
        ({"frequency": 1, "period": 1, "periodMax": 2, "periodUnit": "d"}, "neither days nor weeks"),
        ({"frequency": 2, "period": 3, "periodUnit": "d"}, "several times in several days"),
        ({"frequency": 3}, "how often"),
        ({"boundsDuration": {"value": 6, "code": "wk"}}, "how often"),
        ({"dayOfWeek": ["mon", "wed"], "frequency": 3, "period": 1, "periodUnit": "wk"}, "another number of times"),
        ({"count": 10, "period": 1, "periodUnit": "d"}, "a count or an offset"),
        ({"period": 1, "periodUnit": "d", "when": ["PCV"]}, "no words for"),
        ({"period": 1, "periodUnit": "d", "boundsDuration": {"value": 1, "code": "mo"}}, "bounded by something other"),
        ({"period": 1, "periodUnit": "d", "boundsPeriod": {"start": "2026-12-21", "end": "2026-11-23"}}, "ends before"),
        ({"duration": 1, "durationUnit": "d"}, "without a unit of time"),
        ({"duration": 0.33, "durationUnit": "s"}, "no whole number of seconds"),
    ],
)
def test_what_a_plan_cannot_say_is_refused(repeat: dict[str, Any], says: str) -> None:
    with pytest.raises(TimingError, match=says):
        dose("time", **repeat)


def test_single_moments_are_no_timing() -> None:
    with pytest.raises(TimingError, match="single moments"):
        dose_of(Timing(event=("2026-11-23",)), "reps", TIMES)


def test_weeks_of_a_period() -> None:
    assert weeks_of(Period(start="2026-11-23T10:00:00Z", end="2026-12-07")) == "2"
    assert weeks_of(Period(start="2026-11-23", end="2026-11-23")) == "1"
    assert weeks_of(Period(start="2026-11-23")) is None
    assert weeks_of(Period(start="2026", end="2027")) is None
    assert weeks_of(None) is None
