"""Easier and harder forms that an answer bars."""

from __future__ import annotations

from generator.checks.suggestions import allowed
from generator.models.exercise import Suggestion
from tests.generator.checks.bench import kept, library, passed, plan_of, said


def test_a_careful_exercise_has_no_harder_form_even_if_that_one_passes() -> None:
    selection, findings = passed(plan_of("clamshell", yes=["irritable-side-hip"]))
    clamshell = kept(selection, "clamshell")
    assert clamshell.easier == clamshell.exercise.easier
    assert clamshell.harder is None
    assert said(findings, "note") == ["The harder form of clamshell is not printed."]


def test_a_form_is_barred_by_its_exercise_or_by_its_own_tags() -> None:
    by_exercise = Suggestion(id="clamshell-band")
    assert not allowed(by_exercise, library(), frozenset({"latex-allergy"}))
    assert allowed(by_exercise, library(), frozenset({"pregnant"}))
    by_tag = Suggestion(text="Use a longer step.", avoid_if=("balance-impaired",))
    assert not allowed(by_tag, library(), frozenset({"balance-impaired"}))
    assert allowed(by_tag, library(), frozenset({"pregnant"}))


def test_no_answer_bars_the_reason_why_there_is_none() -> None:
    why = Suggestion(why="More is not better.", avoid_if=("pregnant",))
    assert allowed(why, library(), frozenset({"pregnant"}))


def test_an_exercise_that_is_fine_itself_loses_a_harder_form_that_is_not() -> None:
    selection, findings = passed(plan_of("clamshell", yes=["latex-allergy"]))
    assert kept(selection, "clamshell").harder is None
    assert said(findings) == []
