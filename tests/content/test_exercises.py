"""Shipped exercises follow the tag rules and the conventions of the safety file."""

from __future__ import annotations

from generator.models.common import slots_in
from generator.models.exercise import Exercise
from generator.models.library import Library

LONG_LEVERS = {"side-lying-hip-abduction", "straight-leg-raise", "dead-bug"}
BARRED_ON_LEGS = {"non-weight-bearing-order", "suspected-bone-stress-injury"}


def every(library: Library) -> tuple[Exercise, ...]:
    return tuple(library.exercises.values())


def test_there_are_forty_five_in_six_regions(library: Library) -> None:
    assert len(library.exercises) == 45
    assert {exercise.region for exercise in every(library)} == {"hip", "trunk", "knee", "ankle", "low-back", "shoulder"}


def test_nobody_has_signed_any_of_it_off(library: Library) -> None:
    files = [file.meta for file in library.evidence.files.values()]
    signed = (*every(library), *library.handouts.values(), *library.programs.values(), *files, library.safety)
    assert not [one for one in signed if one.reviewed is not None]


def test_a_foot_that_carries_weight_needs_leave_to_do_so(library: Library) -> None:
    for exercise in every(library):
        loaded = exercise.weight_bearing != "none" or exercise.position == "standing"
        if loaded:
            assert set(exercise.avoid_if) >= BARRED_ON_LEGS, exercise.id
        elif exercise.id in LONG_LEVERS:
            assert set(exercise.caution_if) >= BARRED_ON_LEGS, exercise.id
        if exercise.position == "standing":
            assert exercise.weight_bearing == "full", exercise.id
            assert "balance-impaired" in (*exercise.avoid_if, *exercise.caution_if), exercise.id


def test_who_lies_flat_kneels_or_needs_the_floor_is_thought_of(library: Library) -> None:
    for exercise in every(library):
        if exercise.position in ("supine", "prone"):
            assert "pregnancy-late" in exercise.avoid_if, exercise.id
        if exercise.position in ("supine", "prone", "side-lying", "quadruped"):
            assert "floor-transfer-difficulty" in (*exercise.avoid_if, *exercise.caution_if), exercise.id
        if exercise.position == "quadruped":
            assert {"recent-knee-surgery", "acute-knee-injury", "recent-hip-replacement"} <= set(exercise.avoid_if)
        if "pregnancy-late" in (*exercise.avoid_if, *exercise.caution_if):
            assert "pregnancy-warning" in exercise.stop_if, exercise.id


def test_bands_mind_latex_and_skin(library: Library) -> None:
    for exercise in every(library):
        assert exercise.needs_band == ("latex-allergy" in exercise.avoid_if), exercise.id


def test_no_tag_stands_twice_and_hard_stops_are_not_repeated(library: Library) -> None:
    for exercise in every(library):
        tags = (*exercise.avoid_if, *exercise.caution_if)
        assert len(set(tags)) == len(tags), exercise.id
        assert not set(tags) & set(library.safety.hard_stops), exercise.id
        assert not set(exercise.stop_if) & set(library.safety.stop_always), exercise.id


def test_usual_doses_stand_inside_the_limits(library: Library) -> None:
    for exercise in every(library):
        dosage = exercise.dosage
        for field in ("sets", "reps", "hold_s", "time_s", "per_week", "rest_s", "effort_rpe"):
            usual, limit = exercise.usual_range(field), library.safety.limits.of(field, dosage.mode, dosage.basis)
            assert usual is None or limit is None or limit.holds(usual), (exercise.id, field)
        if dosage.limit_s:
            assert dosage.sets.high * (dosage.time_s.high if dosage.time_s else 0) <= dosage.limit_s


def test_suggestions_lead_back_or_stay(library: Library) -> None:
    for exercise in every(library):
        for suggestion in (exercise.easier, exercise.harder):
            assert suggestion.id != exercise.id
        assert exercise.id not in exercise.instead.values()


def test_no_step_names_a_dose_that_a_plan_can_change(library: Library) -> None:
    for exercise in every(library):
        for line in (*exercise.brief_steps, exercise.progress_when):
            assert not slots_in(line) & {"hold", "time", "reps"}, exercise.id
        assert 2 <= len(exercise.steps) <= 6, exercise.id


def test_sides_are_named_where_there_is_one(library: Library) -> None:
    for exercise in every(library):
        if exercise.laterality == "each-side":
            assert exercise.drawn_side == "right", exercise.id


def test_the_pain_scale_ends_where_the_pain_limit_does(library: Library) -> None:
    assert library.safety.pain_zones.care.high == library.safety.pain_limit


def test_every_region_has_warning_signs_and_every_sign_a_use(library: Library) -> None:
    evidence, safety = library.evidence, library.safety
    assert set(evidence.regions) == {exercise.region for exercise in every(library)}
    used = {flag for flags in evidence.regions.values() for flag in flags}
    used |= {flag for rule in safety.avoid_tags.values() for flag in rule.red_flags}
    assert used == set(evidence.red_flags)
    assert list(evidence.red_flag_groups) == ["emergency", "same-day", "same-week"]
    for flags in evidence.regions.values():
        urgencies = [evidence.red_flags[flag].urgency for flag in flags]
        assert "emergency" in urgencies
