"""The compact notation of exercises: parts in any order, nothing guessed, errors that show where."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.inputs.notation import NotationError, exercises_in, read_exercise
from generator.models.program import PrescribedExercise
from tests.packs import library


def read(cell: str) -> list[dict[str, str]]:
    return [read_exercise(cell, start, end, library().exercises) for start, end in exercises_in(cell)]


def wrong(cell: str) -> NotationError:
    with pytest.raises(NotationError) as caught:
        read(cell)
    return caught.value


def test_the_example_of_the_documentation() -> None:
    cell = "side-lying-hip-abduction 3x10 R 3/week; clamshell-band 2x8-12 L hold 2s; wall-sit 3x20s"
    assert read(cell) == [
        {"id": "side-lying-hip-abduction", "side": "right", "per_week": "3", "sets": "3", "reps": "10"},
        {"id": "clamshell-band", "side": "left", "hold_s": "2", "sets": "2", "reps": "8-12"},
        {"id": "wall-sit", "reps": "1", "sets": "3", "hold_s": "20"},
    ]


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("3x10", {"sets": "3", "reps": "10"}),
        ("2-3 × 8–12", {"sets": "2-3", "reps": "8-12"}),
        ("2x10x5s", {"sets": "2", "reps": "10", "hold_s": "5"}),
        ("left", {"side": "left"}),
        ("BOTH", {"side": "both"}),
        ("r", {"side": "right"}),
        ("3-5/week", {"per_week": "3-5"}),
        ("3 days a week", {"per_week": "3"}),
        ("3x/week", {"per_week": "3"}),
        ("daily", {"per_week": "7"}),
        ("2/day", {"times_a_day": "2"}),
        ("2 times a day", {"times_a_day": "2"}),
        ("2-3 weeks", {"weeks": "2-3"}),
        ("hold 2-3 s", {"hold_s": "2-3"}),
        ("rest 1 min", {"rest_s": "60"}),
        ("rest 1-2min", {"rest_s": "60-120"}),
        ("effort 5-6", {"effort_rpe": "5-6"}),
        ("RPE 5", {"effort_rpe": "5"}),
        ("sets 2, reps 8", {"sets": "2", "reps": "8"}),
        ("order 3", {"order": "3"}),
        ('load "green band"', {"load": "green band"}),
        ("note 'Slow; then, stop.'", {"note": "Slow; then, stop."}),
        ("when “Before a run”", {"when": "Before a run"}),
        ("video https://example.org/a,b", {"video": "https://example.org/a,b"}),
        ("optional", {"optional": "true"}),
        ("", {}),
    ],
)
def test_each_part(part: str, fields: dict[str, str]) -> None:
    (found,) = read(f"clamshell {part}")
    assert found == {"id": "clamshell", **fields}
    PrescribedExercise.model_validate(found)


@pytest.mark.parametrize(
    ("cell", "fields"),
    [
        ("wall-sit 3x20s", {"sets": "3", "reps": "1", "hold_s": "20"}),  # usually one hold in a set
        ("calf-stretch-wall 3x30s", {"sets": "1", "reps": "3", "hold_s": "30"}),  # usually several holds in a set
        ("calf-stretch-wall 2x3x30s", {"sets": "2", "reps": "3", "hold_s": "30"}),
        ("wall-sit 3x1 hold 20s", {"sets": "3", "reps": "1", "hold_s": "20"}),
        ("foam-roll-lateral-thigh 2x1min", {"sets": "2", "time_s": "60"}),
    ],
)
def test_what_a_time_means_is_the_exercises_to_say(cell: str, fields: dict[str, str]) -> None:
    (found,) = read(cell)
    assert found == {"id": cell.split()[0], **fields}


PARTS = ("3x10", "R", "3/week", "hold 2s", "rest 60 s", "effort 5", "4 weeks", 'note "a; b"', "optional", "2/day")


@given(st.permutations(PARTS), st.integers(0, len(PARTS)), st.sampled_from([" ", ", ", "  ", ",", "\n"]))
def test_parts_come_in_any_order(parts: list[str], count: int, between: str) -> None:
    shuffled = between.join(("clamshell", *parts[:count]))
    ordered = " ".join(("clamshell", *(part for part in PARTS if part in parts[:count])))
    assert read(shuffled) == read(ordered)


@pytest.mark.parametrize(
    ("cell", "says", "at"),
    [
        ("clamshel 3x10", 'Unknown exercise. Did you mean "clamshell"?', 1),
        ("3x10 clamshell", "Unknown exercise.", 1),
        ("CLAMSHELL", "An exercise starts with its id.", 1),
        ("clamshell 3x10 glute-bridge", "Put a semicolon between two exercises.", 16),
        ("clamshell hod 2s", 'After "clamshell" stands something that is no part of a dose. Did you mean "hold"?', 11),
        ("clamshell; wall-sit 3xx10", 'After "wall-sit" stands something that is no part of a dose.', 21),
        ("clamshell 12345x3", "no part of a dose", 11),
        ("clamshell hold", "no part of a dose", 11),
        ('clamshell note "Slow; wall-sit 3x10s', 'After "clamshell" a quote opens and is not closed.', 11),
        ("clamshell L 3x10 R", '"clamshell" says its side twice.', 18),
        ("clamshell 3x10 2x8", '"clamshell" says its dose twice.', 16),
        ("clamshell reps 8 3x10", '"clamshell" says its reps twice.', 18),
        ("clamshell 2x10x2s hold 3s", '"clamshell" says its hold twice.', 11),
        ("clamshell daily 3/week", '"clamshell" says its per week twice.', 17),
        ("clamshell 3x20s", '"clamshell" is not dosed this way. Write it such as 3x10', 11),
        ("clamshell 3x10x20", '"clamshell" is not dosed this way.', 11),
        ("foam-roll-lateral-thigh 3x10", "Write it such as 2x45s (sets x seconds).", 25),
        ("wall-sit 2x3x20s reps 1", '"wall-sit" says its reps twice.', 10),
    ],
)
def test_what_cannot_be_read_is_told_where(cell: str, says: str, at: int) -> None:
    error = wrong(cell)
    assert says in f"{error.message} {error.hint}"
    assert error.at == at


def test_no_error_repeats_the_cell() -> None:
    for cell in ("SECRET", "secret-name 3x10", "clamshell Secret", "clamshell note 'Secret", "clamshell secrets 3"):
        error = wrong(cell)
        assert "secret" not in f"{error.message} {error.hint}".lower()


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for start, end in exercises_in(text):
        with pytest.raises(NotationError):
            read_exercise(text, start, end, {})


def test_a_long_cell_is_read_in_time() -> None:
    rng = Random(7)
    ids = list(library().exercises)
    cell = "; ".join(f"{rng.choice(ids)} order {number % 20 + 1}" for number in range(4000))
    assert len(read(cell)) == 4000
    assert len(wrong("clamshell " + "3 " * 50_000).message) < 200
