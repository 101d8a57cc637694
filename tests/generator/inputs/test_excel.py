"""What spreadsheets do to a roster is recognized, and what only looks like it is let through."""

from __future__ import annotations

import pytest

from generator.inputs import excel


@pytest.mark.parametrize(
    "cell",
    ["11/23/2026", "23.11.2026", "3/4/26", "2026/11/23", "23-Nov-26", "23 November 2026", "Nov 23, 2026",
     "2026-11-23 00:00:00", "2026-11-23T00:00:00Z", "11/23/2026 0:00"],
)  # fmt: skip
def test_dates_in_a_spreadsheets_form(cell: str) -> None:
    assert "spreadsheet's own form" in (excel.date_damage(cell) or "")


def test_other_damage() -> None:
    assert "day number" in (excel.date_damage("46349") or "")
    assert "part of a day" in (excel.time_damage("0.395833333") or "")
    assert "with seconds" in (excel.time_damage("9:30:00 AM") or "")
    assert excel.number_damage("1.23457E+15")
    assert excel.number_damage("1,2E+10")
    assert excel.number_damage("4711.0")
    assert excel.error_word("#NAME?")
    assert excel.error_word("########")
    assert excel.ERROR_MARK.search('id,name\n1,"#REF!"')


def test_what_is_right_is_no_damage() -> None:
    assert excel.date_damage("2026-11-23") is None
    assert excel.time_damage("9:30") is None
    assert [excel.number_damage(id) for id in ("0012345", "E10", "12E", "A-1.0", "MRN 4.711")] == [None] * 5
    assert [excel.error_word(cell) for cell in ("#1 goal", "# 5", "#NAME? or not")] == [None] * 3
    assert not excel.ERROR_MARK.search("id,name\n1,Skip #NAME? now")


def test_lost_zeros_are_sure_where_others_keep_theirs() -> None:
    assert excel.without_zeros(["0012345", "12346", "1234567"]) == {"12346"}
    assert excel.without_zeros(["12345", "12346", "1234567"]) == set()
    assert excel.without_zeros(["01", "0001", "7"]) == set()  # no common length: a clinic's own way
    assert excel.without_zeros(["007", "MRN", "12"]) == {"12"}


def test_lost_zeros_are_a_doubt_where_few_of_many_are_short() -> None:
    assert excel.perhaps_without_zeros(["7654321", "7654322", "5647382", "9182736", "12345"]) == 1
    assert excel.perhaps_without_zeros([str(number) for number in range(1, 1200)]) == 0  # counted up
    assert excel.perhaps_without_zeros(["12", "123", "1234", "12345"]) == 0  # of all lengths
    assert excel.perhaps_without_zeros(["A1234", "A123"]) == 0
    assert excel.perhaps_without_zeros([]) == 0
