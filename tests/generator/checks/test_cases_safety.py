"""Whole plans through the gates: screening, safety answers, age and warning signs, one test for each clinical case."""

from __future__ import annotations

from generator.models.selection import HardStop, Selection
from tests.generator.checks.bench import dose, exercise, gates, ids, kept, library, passed, plan_of, refused, said


def emergency_and_others(selection: Selection) -> tuple[list[str], list[str]]:
    """The warning signs of the strip, and the others."""
    urgent = [id for id in selection.red_flags if library().evidence.red_flags[id].urgency == "emergency"]
    return urgent, [id for id in selection.red_flags if id not in urgent]


def group(selection: Selection, urgency: str) -> list[str]:
    return [id for id in selection.red_flags if library().evidence.red_flags[id].urgency == urgency]


def numbered(*numbers: int) -> set[str]:
    return {f"RF{number:02}" for number in numbers}


def easier_text(selection: Selection, id: str) -> str | None:
    suggestion = kept(selection, id).easier
    return suggestion.text if suggestion is not None else None


def test_case_1_no_flags_prints_everything() -> None:
    selection, findings = passed(plan_of("clamshell-band", "glute-bridge", "side-plank-knees"))
    assert ids(selection) == {"clamshell-band", "glute-bridge", "side-plank-knees"}
    for one in selection.kept:
        usual = one.exercise.dosage
        assert (one.dose.sets, one.dose.reps, one.dose.hold_s) == (usual.sets, usual.reps, usual.hold_s)
        assert (one.easier, one.harder) == (one.exercise.easier, one.exercise.harder)
        assert "pregnancy-warning" not in one.stop_texts
    strip, others = emergency_and_others(selection)
    assert strip == ["RF02", "RF03", "RF06", "RF09"]
    assert {*strip, *others} == numbered(*range(1, 10))
    assert said(findings) == []


def test_case_2_without_screening_nothing_prints() -> None:
    assert refused(plan_of("clamshell", screened=None)) == ("Screen first: the plan has no screening.",)


def test_case_3_an_unanswered_hard_stop_leaves_only_the_help_pages() -> None:
    selection, findings = passed(plan_of("clamshell", unknown=["suspected-dvt"]))
    assert selection.kept == ()
    assert selection.hard_stops == (HardStop("suspected-dvt", answered=False),)
    assert group(selection, "emergency")[0] == "RF02"
    assert group(selection, "same-day")[0] == "RF01"
    assert said(findings) == [
        "suspected-dvt has no answer: only the two help pages print. The patient needs to be seen first."
    ]


def test_case_4_a_hard_stop_cannot_be_overridden() -> None:
    restored = [{"exercise": "quad-set", "by": "Sam Keller", "reason": "seen today", "date": "2026-11-23"}]
    selection, findings = passed(plan_of("quad-set", yes=["locked-or-unstable-knee"], restored=restored))
    assert selection.kept == ()
    assert selection.hard_stops == (HardStop("locked-or-unstable-knee", answered=True),)
    assert group(selection, "same-day")[0] == "RF08"
    assert (
        "quad-set cannot be put back: only the help pages print. Build again once the patient has been seen."
        in said(findings)
    )


def test_case_5_unanswered_bone_stress() -> None:
    plan = plan_of("step-up", "straight-leg-raise", "pelvic-tilt", unknown=["suspected-bone-stress-injury"])
    selection, findings = passed(plan)
    assert ids(selection) == {"straight-leg-raise", "pelvic-tilt"}
    raised = kept(selection, "straight-leg-raise")
    assert dose(raised).startswith("2 x 8, hold 1,")
    assert raised.easier is not None
    assert raised.easier.id == "quad-set"
    assert raised.harder is None
    tilt = kept(selection, "pelvic-tilt")
    assert dose(tilt) == "1-2 x 8-12, hold 2-5, days 5-7, effort 1-3, rest 15-30"
    assert said(findings) == [
        "step-up is left out: suspected-bone-stress-injury. Consider seated-knee-extension instead.",
        "straight-leg-raise takes care: suspected-bone-stress-injury. It stays at its lowest dose. "
        "Consider the easier quad-set.",
    ]


def test_case_6_balance() -> None:
    selection, findings = passed(plan_of("lateral-band-walk", "single-leg-balance", yes=["balance-impaired"]))
    assert ids(selection) == {"single-leg-balance"}
    balance = kept(selection, "single-leg-balance")
    assert dose(balance) == "2 x 1, hold 15, days 3, effort 2, rest 30"
    assert easier_text(selection, "single-leg-balance") == "Keep two fingers on the chair."
    assert balance.harder is None
    assert said(findings) == [
        "lateral-band-walk is left out: balance-impaired. Consider side-lying-hip-abduction instead.",
        "single-leg-balance takes care: balance-impaired. It stays at its lowest dose. "
        "Consider its easier form (Keep two fingers on the chair).",
    ]


def test_case_7_new_hip() -> None:
    selection, findings = passed(
        plan_of("sit-to-stand", "single-leg-bridge", "wall-sit", yes=["recent-hip-replacement"])
    )
    assert ids(selection) == {"wall-sit"}
    assert dose(kept(selection, "wall-sit")).startswith("3 x 1, hold 20,")
    assert said(findings) == [
        "sit-to-stand is left out: recent-hip-replacement. "
        "Consider glute-bridge instead, with care (recent-hip-replacement).",
        "single-leg-bridge is left out: recent-hip-replacement. Nothing that it names instead passes.",
        "wall-sit takes care: recent-hip-replacement. It stays at its lowest dose. "
        "Consider its easier form (Do not slide down as far) or quad-set instead.",
    ]


def test_case_8_a_named_clinician_puts_an_exercise_back() -> None:
    restored = {
        "exercise": "sit-to-stand",
        "by": "Dana Reyes",
        "reason": "raised seat, no lean",
        "date": "2026-11-20",
    }
    plan = plan_of("sit-to-stand", yes=["recent-hip-replacement"], restored=[restored])
    selection, findings = passed(plan)
    back = kept(selection, "sit-to-stand")
    assert dose(back) == "2 x 8, days 2, effort 4, rest 90"
    assert back.harder is None
    assert (
        "sit-to-stand is put back although recent-hip-replacement bars it. "
        "By Dana Reyes, 2026-11-20: raised seat, no lean" in said(findings)
    )
    assert any(message.startswith("sit-to-stand takes care: recent-hip-replacement.") for message in said(findings))
    for missing in ("by", "reason"):
        half = {key: value for key, value in restored.items() if key != missing}
        selection, findings = passed(
            plan_of("sit-to-stand", "wall-sit", yes=["recent-hip-replacement"], restored=[half])
        )
        assert ids(selection) == {"wall-sit"}
        assert "sit-to-stand stays out: to put it back takes a name and a reason. Add by and reason." in said(findings)


def test_case_9_latex_allergy_with_unknown_bands() -> None:
    selection, findings = passed(plan_of("band-row", "clamshell-band", "glute-bridge", yes=["latex-allergy"]))
    assert ids(selection) == {"glute-bridge"}
    bridge = kept(selection, "glute-bridge")
    assert bridge.dose.sets == bridge.exercise.dosage.sets
    assert said(findings) == [
        "band-row is left out: latex-allergy. Consider wall-push-up instead.",
        "clamshell-band is left out: latex-allergy. Consider clamshell instead.",
    ]


def test_case_10_latex_free_bands() -> None:
    plan = plan_of("band-row", "clamshell-band", yes=["latex-allergy"], flags={"bands_latex_free": True})
    selection, findings = passed(plan)
    assert ids(selection) == {"band-row", "clamshell-band"}
    assert all(one.dose.reps == one.exercise.dosage.reps for one in selection.kept)
    assert said(findings) == []


def test_case_11_no_weight_on_the_leg() -> None:
    selection, findings = passed(plan_of("band-row", "sit-to-stand", "clamshell", yes=["non-weight-bearing-order"]))
    assert ids(selection) == {"clamshell"}
    assert numbered(11, 12, 13) <= set(selection.red_flags)
    assert said(findings) == [
        "band-row is left out: non-weight-bearing-order. Nothing that it names instead passes.",
        "sit-to-stand is left out: non-weight-bearing-order. Consider seated-knee-extension instead.",
    ]


def test_case_12_nothing_left_is_refused() -> None:
    messages = refused(plan_of("wall-push-up", "band-external-rotation", yes=["non-weight-bearing-order"]))
    assert messages == (
        "No exercise is left: wall-push-up (non-weight-bearing-order); "
        "band-external-rotation (non-weight-bearing-order).",
    )


def test_case_13_late_pregnancy() -> None:
    plan = plan_of("glute-bridge", "heel-slide", "side-plank-feet", yes=["pregnant", "pregnancy-late"])
    selection, findings = passed(plan)
    plank = kept(selection, "side-plank-feet")
    assert ids(selection) == {"side-plank-feet"}
    assert dose(plank).startswith("2 x 1, hold 10,")
    assert plank.easier is not None
    assert plank.easier.id == "side-plank-knees"
    assert "pregnancy-warning" in plank.stop_texts
    assert said(findings) == [
        "glute-bridge is left out: pregnancy-late. Consider sit-to-stand instead.",
        "heel-slide is left out: pregnancy-late. Consider seated-knee-extension instead.",
        "side-plank-feet takes care: pregnancy-late. It stays at its lowest dose. "
        "Consider the easier side-plank-knees or side-lying-hip-abduction instead.",
    ]


def test_case_14_uncontrolled_blood_pressure() -> None:
    plank = exercise("side-plank-knees", sets=4, reps=3, hold_s=30)
    selection, findings = passed(plan_of("wall-sit", plank, yes=["uncontrolled-hypertension"]))
    assert ids(selection) == {"side-plank-knees"}
    assert dose(kept(selection, "side-plank-knees")).startswith("2 x 1, hold 10,")
    messages = said(findings)
    assert messages[0] == "wall-sit is left out: uncontrolled-hypertension. Consider seated-knee-extension instead."
    assert messages[1].startswith("side-plank-knees takes care: uncontrolled-hypertension.")
    assert (
        "Hold of side-plank-knees: the lowest dose prints instead of the plan's. To keep it, write down why under "
        in (messages[4])
    )
    reasons = [{"exercise": "side-plank-knees", "reason": "holds this with ease, breathes well"}]
    reasoned = plan_of("wall-sit", plank, yes=["uncontrolled-hypertension"], dose_reasons=reasons)
    selection, findings = passed(reasoned)
    assert dose(kept(selection, "side-plank-knees")).startswith("4 x 3, hold 30,")
    assert said(findings, "note")[-1] == (
        "The dose of side-plank-knees stays above the lowest. By Sam Keller: holds this with ease, breathes well"
    )


def test_case_15_fragile_spine_and_leg_nerve_pain() -> None:
    plan = plan_of("cat-cow", "prone-press-up", yes=["osteoporosis-high-risk", "leg-nerve-pain"])
    selection, findings = passed(plan)
    assert ids(selection) == {"prone-press-up"}
    assert dose(kept(selection, "prone-press-up")).startswith("1 x 6,")
    assert set(selection.red_flags) == numbered(2, 4, 6, 7, 15, 16, 17, 18)
    messages = said(findings)
    assert messages[0] == (
        "cat-cow is left out: osteoporosis-high-risk. Consider pelvic-tilt instead, with care (leg-nerve-pain)."
    )
    assert len([one for one in messages if one.startswith("prone-press-up takes care:")]) == 2


def test_case_16_bleeding_risk_and_sore_hip() -> None:
    plan = plan_of("foam-roll-lateral-thigh", "standing-tfl-stretch", yes=["bleeding-risk", "irritable-side-hip"])
    selection, findings = passed(plan)
    roll = kept(selection, "foam-roll-lateral-thigh")
    assert ids(selection) == {"foam-roll-lateral-thigh"}
    assert dose(roll).startswith("1, time 30, days 1,")
    assert roll.exercise.pain_limit == 4
    assert easier_text(selection, "foam-roll-lateral-thigh") == "Stand and roll your thigh with a hand-held stick."
    assert roll.harder is not None
    assert roll.harder.why == "More pressure or more time is not better."
    messages = said(findings)
    assert len([one for one in messages if one.startswith("foam-roll-lateral-thigh takes care:")]) == 2
    assert messages[-1] == (
        "standing-tfl-stretch is left out: irritable-side-hip. Consider hip-press-wall-isometric instead."
    )


def test_case_20_under_age_and_unknown_age() -> None:
    assert refused(plan_of("seated-knee-extension", age=15)) == (
        "The patient is or may be under 18, and no clinician has confirmed an age-specific review.",
    )
    review = {"by": "Dana Reyes", "date": "2026-11-23"}
    selection, findings = passed(plan_of("seated-knee-extension", age=15, age_review=review))
    assert "RF10" in group(selection, "same-day")
    assert said(findings) == []
    selection, findings = passed(plan_of("seated-knee-extension", age=None))
    assert "RF10" in group(selection, "same-day")
    assert said(findings) == ["The plan has no age. Add age or birth_year; neither is printed."]


def test_case_20_a_year_of_birth_alone_counts_as_the_youngest_age() -> None:
    assert gates(plan_of("seated-knee-extension", age=None, birth_year=2008))[0] is None
    assert gates(plan_of("seated-knee-extension", age=None, birth_year=2007))[0] is not None


def test_case_21_kneeling_and_shoulder() -> None:
    """The case names what is dropped, offered and listed, and is silent on the pack itself. Both of its exercises are
    dropped, so rule 11 refuses it; with one exercise more the same drops, offers and warning signs come out in a pack.
    """
    flags = ["kneeling-intolerant", "shoulder-injury"]
    selection, findings = gates(plan_of("bird-dog", "side-plank-feet", yes=flags))
    assert selection is None
    assert said(findings) == [
        "bird-dog is left out: kneeling-intolerant. Consider dead-bug instead, with care (shoulder-injury).",
        "side-plank-feet is left out: shoulder-injury. Consider hip-press-wall-isometric instead.",
        "No exercise is left: bird-dog (kneeling-intolerant); side-plank-feet (shoulder-injury). "
        "Choose other exercises, or give only the handouts.",
    ]
    selection, more = passed(plan_of("bird-dog", "side-plank-feet", "quad-set", yes=flags))
    assert said(more)[:2] == said(findings)[:2]
    assert ids(selection) == {"quad-set"}
    assert numbered(12, 13) <= set(selection.red_flags)
