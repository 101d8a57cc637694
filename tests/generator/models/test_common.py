"""Text becomes ranges, dates, times and answers; what is none of them is refused without quoting it."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from generator.models.common import Range, read_date, read_range, read_time, read_yes_no, slots_in


@pytest.mark.parametrize(
    ("given", "range_"),
    [
        ("8", Range(8, 8)),
        (8, Range(8, 8)),
        ("8-12", Range(8, 12)),
        ("8 to 12", Range(8, 12)),
        ("8–12", Range(8, 12)),
        (["8", "12"], Range(8, 12)),
        ([8, 12], Range(8, 12)),
        ({"low": 1, "high": 2}, Range(1, 2)),
    ],
)
def test_a_range_may_be_written_in_many_ways(given: Any, range_: Range) -> None:
    assert read_range(given) == range_


@pytest.mark.parametrize(
    "given", ["", "a few", "-3", "8-", "1.5", [8], [8, 12, 14], ["8", "x"], None, "12345", {"low": 1}]
)
def test_what_is_no_range_is_refused(given: Any) -> None:
    with pytest.raises(ValueError, match="must be a whole number such as 8"):
        read_range(given)


@pytest.mark.parametrize("given", ["15 to 10", ["12", "8"]])
def test_a_low_end_above_the_high_end_is_refused(given: Any) -> None:
    with pytest.raises(ValueError, match="low end above its high end"):
        read_range(given)


def test_a_range_knows_what_it_holds() -> None:
    assert Range(2, 4).holds(Range(3, 4))
    assert not Range(2, 4).holds(Range(1, 3))
    assert not Range(2, 4).holds(Range(4, 5))


def test_dates_are_iso_only_and_days_of_the_calendar() -> None:
    assert read_date("2026-11-23") == date(2026, 11, 23)
    for given in ("11/23/2026", "20261123", "2026-W48-1", "1700000000", "2026-1-2", 5):
        with pytest.raises(ValueError, match="must be a date such as"):
            read_date(given)
    with pytest.raises(ValueError, match="not a day of the calendar"):
        read_date("2024-02-30")


@pytest.mark.parametrize(
    ("given", "clock"),
    [
        ("9:30", time(9, 30)),
        ("14:15", time(14, 15)),
        ("2:15 pm", time(14, 15)),
        ("12:00 AM", time(0)),
        ("12:05pm", time(12, 5)),
    ],
)
def test_times_have_12_or_24_hours(given: str, clock: time) -> None:
    assert read_time(given) == clock


@pytest.mark.parametrize("given", ["24:00", "9:75", "13:00 pm", "0:10 am"])
def test_times_that_do_not_exist_are_refused(given: str) -> None:
    with pytest.raises(ValueError, match="not a time of day"):
        read_time(given)


def test_answers_are_yes_or_no() -> None:
    assert [read_yes_no(text) for text in ("yes", "No", "true", "FALSE", True)] == [True, False, True, False, True]
    for given in ("on", "1", "y", "maybe", None):
        with pytest.raises(ValueError, match="must be yes or no"):
            read_yes_no(given)


def test_slots_are_single_braces() -> None:
    assert slots_in("Hold {hold}, {side} side. Call {{EMERGENCY}}.") == {"hold", "side"}
