"""Starting files load as they are, wherever they are put."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from generator.errors import UsageError
from generator.inputs.rosters import read_roster
from generator.load.library import load_library
from generator.load.plans import load_plan
from generator.load.starting_files import StartingKind, starting_file, starting_id, starting_path

TODAY = date(2026, 11, 23)
NAME = 'Wall slide: "easy" & low'


@pytest.mark.parametrize("kind", get_args(StartingKind))
def test_a_starting_file_loads_as_it_is(content: Path, kind: StartingKind) -> None:
    path = content / starting_path(kind, NAME)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(starting_file(kind, NAME, today=TODAY), encoding="utf-8")
    library = load_library(content)
    if kind == "roster":
        roster = read_roster(path, library)
        assert ([plan.id for plan in roster.plans], roster.refused) == (
            ["wall-slide-easy-low-1", "wall-slide-easy-low-2"],
            (),
        )
    elif kind == "plan":
        plan = load_plan(path, library)
        assert (plan.id, plan.date) == ("wall-slide-easy-low", TODAY)
    else:
        models = {"handout": library.handouts, "exercise": library.exercises, "program": library.programs}
        assert "wall-slide-easy-low" in {**models, "brand": library.brands}[kind]


def test_a_starting_file_explains_itself() -> None:
    for kind in get_args(StartingKind):
        text = starting_file(kind, "X", today=TODAY)
        assert sum(line.lstrip().startswith("#") for line in text.splitlines()) >= 2
        assert all(len(line) <= 120 for line in text.splitlines() if kind != "roster" or line.startswith("#"))


def test_ids_are_made_of_letters_and_digits() -> None:
    assert starting_id("Épaule, étirement n° 2") == "epaule-etirement-n-2"
    assert len(starting_id("x" * 300)) == 60
    for name in ("", "../..", "李"):
        with pytest.raises(UsageError, match="no letter"):
            starting_id(name)


def test_names_are_one_short_line() -> None:
    for name in ("x" * 61, "a\x00b"):
        with pytest.raises(UsageError, match="one line"):
            starting_file("exercise", name, today=TODAY)
