"""Sample plans load, differ, and stay inside what the clinical rules allow; programs hold exercises that ship."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.load.content import plan_files
from generator.load.plans import load_plan
from generator.models.library import Library
from generator.models.plan import Plan
from generator.models.program import DOSE_FIELDS, dosage_of
from tests.content.conftest import CONTENT
from tests.content.reading import sentences

FILES = plan_files(CONTENT)
PROGRAMS = (
    *("it-band-start", "it-band-build", "lateral-hip-strength", "knee-basics", "ankle-basics", "low-back-basics"),
    "shoulder-basics",
)


@pytest.fixture(scope="module")
def plans(library: Library) -> tuple[Plan, ...]:
    return tuple(load_plan(file, library) for file in FILES)


def test_the_programs_of_the_first_release_ship(library: Library) -> None:
    assert set(PROGRAMS) <= set(library.programs)


def test_each_sample_says_that_its_people_are_invented() -> None:
    assert len(FILES) >= 13
    for file in FILES:
        assert "invented" in file.read_text(encoding="utf-8").splitlines()[0], file.name


def test_file_names_tell_nothing_of_the_patient(plans: tuple[Plan, ...]) -> None:
    for file, plan in zip(FILES, plans, strict=True):
        assert plan.id == Path(file).stem
        assert not any(part.lower() in file.stem for part in plan.name.split())


def test_samples_are_varied(library: Library, plans: tuple[Plan, ...]) -> None:
    lists = [plan.prescribed(library.programs[plan.program] if plan.program else None) for plan in plans]
    assert {plan.layout for plan in plans} == {"standard", "compact", "large-print", "ink-saver"}
    assert {plan.brand for plan in plans} == {"ascent", "harbor-street"}
    assert {len(exercises) for exercises in lists} >= {1, 3, 4, 5, 6, 8}
    assert {one.side for exercises in lists for one in exercises} == {"left", "right", "both", None}
    regions = {library.exercises[one.id].region for exercises in lists for one in exercises}
    assert regions == {"hip", "trunk", "knee", "ankle", "low-back", "shoulder"}


@pytest.mark.parametrize("number", range(len(FILES)))
def test_a_sample_could_be_handed_out(library: Library, plans: tuple[Plan, ...], number: int) -> None:
    plan = plans[number]
    assert plan.screened is not None
    assert plan.screened.all_others == "no"
    assert (plan.age or 2026 - (plan.birth_year or 2026)) >= 18
    exercises = plan.prescribed(library.programs[plan.program] if plan.program else None)
    assert 1 <= len(exercises) <= library.safety.limits.exercises.refuse_above
    for one in exercises:
        exercise = library.exercises[one.id]
        assert (one.side is not None) == (exercise.laterality == "each-side"), one.id
        tags = set(plan.screened.yes) - ({"latex-allergy"} if plan.flags.bands_latex_free else set())
        assert not tags & {*exercise.avoid_if, *exercise.caution_if}, one.id
        dose = dosage_of(one, exercise)
        for field in DOSE_FIELDS:
            value, usual = getattr(dose, field), exercise.usual_range(field)
            if field not in ("tempo", "weeks") and value is not None:
                assert usual is not None, (one.id, field)
                assert usual.holds(value), (one.id, field)


def test_notes_are_short_sentences(plans: tuple[Plan, ...]) -> None:
    for plan in plans:
        notes = [*plan.notes, *(one.note for one in plan.exercises if one.note), plan.why or "", *plan.goals]
        for sentence in (part for note in notes for part in sentences(note)):
            assert len(sentence.split()) <= 15, (plan.id, sentence)


def test_programs_leave_the_side_to_the_plan(library: Library) -> None:
    for program in library.programs.values():
        assert all(one.side is None for one in program.exercises)
        assert 1 <= len(program.exercises) <= 5
