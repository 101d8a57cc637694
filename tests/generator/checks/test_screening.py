"""The safety questions: which are asked, and what an answer that is missing means."""

from __future__ import annotations

from generator.checks.safety import barring_tags
from generator.checks.screening import answers_of, hard_stops, questions_for
from generator.models.plan import Screening
from tests.generator.checks.bench import library, passed, plan_of, said

SAFETY = library().safety


def test_without_all_others_every_question_counts_as_yes() -> None:
    screened = Screening(by="Sam Keller", date="2026-11-23", yes=("pregnant",))  # type: ignore[arg-type]
    answers = answers_of(screened, SAFETY)
    assert answers.yes == {"pregnant"}
    assert answers.flags == set(SAFETY.avoid_tags)
    plan = plan_of("clamshell", screened={"by": "Sam Keller", "date": "2026-11-23"})
    selection, findings = passed(plan)
    assert selection.kept == ()
    assert len(selection.hard_stops) == len(SAFETY.hard_stops)
    assert said(findings, "note") == [
        f"{len(SAFETY.avoid_tags)} safety questions have no answer and count as yes. "
        "Ask, and list each yes. If all others were denied, say all_others: no."
    ]


def test_the_most_urgent_stop_comes_first() -> None:
    plan = plan_of("clamshell", yes=["suspected-dvt", "cauda-equina-signs"])
    assert plan.screened is not None
    stops = hard_stops(answers_of(plan.screened, SAFETY), SAFETY)
    assert [stop.tag for stop in stops] == ["cauda-equina-signs", "suspected-dvt"]


def test_a_screening_of_the_future_warns() -> None:
    plan = plan_of("clamshell", screened={"by": "Sam Keller", "date": "2026-11-25", "all_others": "no"})
    assert said(passed(plan)[1]) == ["The screening is dated in the future. Check the date."]


def test_the_questions_of_a_plan_are_hard_stops_and_what_touches_its_exercises() -> None:
    asked = questions_for([library().exercises["pelvic-tilt"]], library())
    assert set(SAFETY.hard_stops) < set(asked)
    assert {"pregnancy-late", "pregnant", "leg-nerve-pain"} <= set(asked)
    assert "latex-allergy" not in asked
    assert list(asked) == [tag for tag in SAFETY.avoid_tags if tag in asked]
    assert "latex-allergy" in questions_for([library().exercises["band-row"]], library())
    assert library().exercises["clamshell"].harder.id == "clamshell-band"
    assert "latex-allergy" in questions_for([library().exercises["clamshell"]], library())
    assert set(questions_for(library().exercises.values(), library())) <= set(SAFETY.avoid_tags)


def test_an_exception_that_nothing_needs_is_noted() -> None:
    restored = [{"exercise": "clamshell", "by": "Dana Reyes", "reason": "left over"}]
    _, findings = passed(plan_of("clamshell", restored=restored))
    assert said(findings, "note") == ["clamshell is put back, but no answer bars it. Take the exception out."]


def test_band_and_load_bar_an_exercise_even_if_it_forgot_the_tag() -> None:
    row = library().exercises["band-row"].model_copy(update={"avoid_if": ()})
    assert barring_tags(row, {"latex-allergy"}) == ("latex-allergy",)
    assert barring_tags(row, {"non-weight-bearing-order"}) == ("non-weight-bearing-order",)
    assert barring_tags(row, {"pregnant"}) == ()
