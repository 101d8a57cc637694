"""Whole plans through the gates: doses, number of exercises and sides, one test for each clinical case."""

from __future__ import annotations

import pytest

from generator.checks.plan import select
from generator.errors import ErrorList
from tests.generator.checks.bench import (
    TODAY,
    all_signed,
    dose,
    exercise,
    gates,
    ids,
    kept,
    library,
    passed,
    plan_of,
    refused,
    said,
)
from tests.generator.checks.content import paragraph, with_handout


def test_case_17_rolling_time() -> None:
    assert refused(plan_of(exercise("foam-roll-lateral-thigh", sets=3, time_s=60))) == (
        "Sets times time of foam-roll-lateral-thigh: above 120 seconds a side.",
    )
    selection, findings = passed(plan_of(exercise("foam-roll-lateral-thigh", sets=2, time_s=60)))
    roll = kept(selection, "foam-roll-lateral-thigh")
    assert dose(roll).startswith("2, time 60,")
    assert roll.exercise.pain_limit == 4
    assert said(findings) == []


def test_case_17_three_sets_warn() -> None:
    _, findings = passed(plan_of(exercise("foam-roll-lateral-thigh", sets=3, time_s=30)))
    assert said(findings) == ["Sets of foam-roll-lateral-thigh: outside the usual 1 to 2. Keep it only if you mean it."]


def test_case_18_reps_outside_the_usual_range_warn_and_print() -> None:
    selection, findings = passed(plan_of(exercise("glute-bridge", sets=2, reps=25)))
    assert dose(kept(selection, "glute-bridge")).startswith("2 x 25,")
    assert said(findings) == ["Reps of glute-bridge: outside the usual 10 to 15. Keep it only if you mean it."]


def test_case_18_reps_outside_the_limit_are_refused() -> None:
    assert refused(plan_of(exercise("glute-bridge", sets=2, reps=40))) == (
        "Reps of glute-bridge: outside the limit of 1 to 30.",
    )


def test_case_18_low_above_high_is_refused() -> None:
    with pytest.raises(ErrorList, match="low end above its high end"):
        plan_of(exercise("glute-bridge", reps="15 to 10"))


def test_case_18_a_held_exercise_without_seconds_is_refused() -> None:
    assert refused(plan_of(exercise("side-plank-knees", hold_s=None))) == ("Hold of side-plank-knees: missing.",)


def test_case_19_number_of_exercises() -> None:
    many = [id for id, one in library().exercises.items() if not one.needs_band][:9]
    selection, findings = passed(plan_of(*many[:5]))
    assert (len(selection.kept), said(findings)) == (5, [])
    selection, findings = passed(plan_of(*many[:6]))
    assert len(selection.kept) == 6
    assert said(findings) == ["6 exercises: more than 5 are seldom done. Keep those that matter most."]
    assert refused(plan_of(*many)) == ("9 exercises: a sheet holds 8 at most.",)


def test_case_22_sides() -> None:
    left = plan_of(exercise("band-external-rotation", side="left"), exercise("single-leg-bridge", side="both"))
    selection, findings = passed(left)
    assert kept(selection, "band-external-rotation").prescribed.side == "left"
    assert kept(selection, "single-leg-bridge").prescribed.side == "both"
    assert said(findings) == []
    assert refused(plan_of({"id": "clamshell"})) == ("clamshell needs a side.",)
    assert refused(plan_of(exercise("glute-bridge", side="right"))) == ("glute-bridge takes no side: it works both.",)


def test_a_plan_reports_all_its_refusals_in_one_run() -> None:
    plan = plan_of({"id": "clamshell"}, exercise("glute-bridge", reps=40), screened=None, age=15)
    assert refused(plan) == (
        "Screen first: the plan has no screening.",
        "The patient is or may be under 18, and no clinician has confirmed an age-specific review.",
        "clamshell needs a side.",
        "Reps of glute-bridge: outside the limit of 1 to 30.",
    )


def test_no_message_holds_a_name_or_a_number_of_the_plan() -> None:
    plan = plan_of(exercise("glute-bridge", reps=4321, note="Zebra Quagga says hi"), name="Zebra Quagga", age=15)
    assert not any("Zebra" in message or "4321" in message or "15" in message for message in refused(plan))


def test_a_place_names_file_line_and_key() -> None:
    plan = plan_of("clamshell", exercise("glute-bridge", reps=40))
    lines = [f"{finding.place}" for finding in gates(plan)[1] if finding.severity == "error"]
    assert lines == ["plan.yaml:23 (exercises.1.reps)"]


@pytest.mark.parametrize(
    ("prescribed", "message"),
    [
        ({"time_s": 30}, "Time of glute-bridge: an exercise of mode reps does not use it."),
        ({"reps": None}, "Reps of glute-bridge: missing."),
        ({"per_week": None}, "Days a week of glute-bridge: missing."),
        ({"effort_rpe": None}, "Effort of glute-bridge: missing."),
        ({"weeks": None}, "Weeks of glute-bridge: missing."),
        ({"effort_rpe": 9}, "Effort of glute-bridge: outside the limit of 0 to 8."),
        ({"hold_s": 61}, "Hold of glute-bridge: outside the limit of 1 to 60 seconds."),
    ],
)
def test_incomplete_and_impossible_doses_are_refused(prescribed: dict[str, object], message: str) -> None:
    assert refused(plan_of(exercise("glute-bridge", **prescribed))) == (message,)


def test_strength_on_days_in_a_row_warns() -> None:
    _, findings = passed(plan_of(exercise("glute-bridge", per_week=4)))
    assert "Days a week of glute-bridge: strength work on days in a row. Leave a rest day between." in said(findings)
    _, findings = passed(plan_of(exercise("side-plank-knees", per_week=4)))
    assert said(findings) == []


def test_a_plan_for_nothing_is_refused() -> None:
    assert refused(plan_of()) == ("The plan has no exercise and no handout.",)


def test_a_pack_without_warning_signs_is_refused() -> None:
    shelf = with_handout(paragraph("Walk."), regions=[])
    plan = plan_of(handouts=["it-band-myths"]).model_copy(update={"handouts": ("trial",)})
    selection, findings = select(plan, shelf, as_of=TODAY, draft=True, reviews=all_signed())
    assert selection is None
    assert [f"{one.code} {one.severity}: {one.message}" for one in findings if one.severity == "error"] == [
        "F01 error: No warning signs belong to this plan."
    ]
    assert passed(plan_of(handouts=["it-band-myths"]))[0].red_flags


def test_the_warm_up_comes_first_then_the_body_positions() -> None:
    selection, _ = passed(plan_of("prone-press-up", "glute-bridge", "wall-sit", "foam-roll-lateral-thigh"))
    order = ["foam-roll-lateral-thigh", "wall-sit", "glute-bridge", "prone-press-up"]
    assert [one.exercise.id for one in selection.kept] == order
    placed = plan_of(exercise("prone-press-up", order=1), "glute-bridge", exercise("wall-sit", order=3))
    assert [one.exercise.id for one in passed(placed)[0].kept] == ["prone-press-up", "glute-bridge", "wall-sit"]


def test_a_dose_below_the_lowest_stays_where_care_is_asked_for() -> None:
    plan = plan_of(exercise("single-leg-balance", hold_s=10, rest_s=60), yes=["balance-impaired"])
    selection, _ = passed(plan)
    assert ids(selection) == {"single-leg-balance"}
    assert dose(kept(selection, "single-leg-balance")) == "2 x 1, hold 10, days 3, effort 2, rest 60"
