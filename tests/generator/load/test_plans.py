"""Plans: what is wrong is named by line and key, and no error quotes what a plan says."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import ErrorList, PlanError
from generator.load.library import load_library
from generator.load.plans import load_plan
from generator.models.library import Library
from generator.source import parse_json
from generator.validation.plans import known_to_plans, plan_from
from tests.generator.load.conftest import SHIPPED

PLAN = """\
id: SECRET-1
name: SECRET Name
age: 40
clinician: {name: SECRET Clinician}
date: 2026-11-23
exercises:
  - {id: clamshell, side: right}
"""


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(SHIPPED)


def errors(tmp_path: Path, text: str, library: Library | None) -> list[str]:
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ErrorList) as caught:
        load_plan(path, library, shown="plan.yaml")
    assert all(isinstance(error, PlanError) for error in caught.value.errors)
    return [str(error) for error in caught.value.errors]


def test_a_plan_knows_its_places(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    plan = load_plan(path, library, shown="plan.yaml")
    assert str(plan.places.at("exercises", 0, "side")) == "plan.yaml:7 (exercises.0.side)"


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("exercises:", "excercises:", 'plan.yaml:6 (excercises): The key "excercises" is not known here. Did you mean'),
        ("age: 40", "age: SECRET", 'plan.yaml:3 (age): "age" must be a whole number.'),
        ("age: 40", "SECRET key: 1", "plan.yaml:3: A key is not known here."),
        ("date: 2026-11-23", "date: 2024-02-30", 'plan.yaml:5 (date): "date" is not a day of the calendar.'),
        ("id: clamshell", "id: clamshel", 'Unknown exercise. Did you mean "clamshell"?'),
        ("side: right", "side: SECRET", "must be 'left', 'right' or 'both'."),
        ("age: 40", "layout: SECRET", 'plan.yaml:3 (layout): "layout" may hold only lower-case letters'),
        ("age: 40", "layout: secret", "plan.yaml:3 (layout): Unknown layout."),
        ("age: 40", "handouts: [it-band]", "Unknown handout. Did you mean"),
        ("age: 40", "program: it-band", "Unknown program. Did you mean"),
        ("age: 40", "language: xx", "Unknown language."),
        ("age: 40", "brand: ascend", 'Unknown brand. Did you mean "ascent"?'),
        ("age: 40", "screened: {by: SECRET, date: 2026-11-23, yes: [preg]}", "Unknown safety tag."),
        ("age: 40", "restored: [{exercise: secret}]", "Unknown exercise."),
        ("age: 40", "email: {address: 'SECRET, x@y.com'}", '"address" does not have the right form.'),
        ("name: SECRET Name", "name: ''", '"name" is empty or too short.'),
        ("name: SECRET Name", f"name: {'SECRET' * 20_000}", '"name" is longer than 60 characters.'),
        ("age: 40", "age: 40\nage: 41", "plan.yaml:4 (age): The same key stands on line 3 and on line 4."),
        ("name: SECRET Name", "name: 'SECRET", "This is not valid YAML."),
    ],
)
def test_each_mistake_is_one_finding_that_quotes_nothing(
    tmp_path: Path, library: Library, old: str, new: str, finding: str
) -> None:
    found = errors(tmp_path, PLAN.replace(old, new), library)
    assert len(found) == 1, found
    assert finding in found[0]
    assert "secret" not in found[0].lower()


def test_without_a_library_only_the_form_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN.replace("clamshell", "none-such"), encoding="utf-8")
    assert load_plan(path, None).exercises[0].id == "none-such"


@pytest.mark.parametrize(
    "name", ["محمد علي", "דוד כהן", "Nguyễn Thị Ánh", "Łukasz Żółć", "王小明", "<b>Jane & <jane@x.com>"]
)
def test_names_are_kept_as_typed(tmp_path: Path, library: Library, name: str) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN.replace("SECRET Name", f"'{name}'"), encoding="utf-8")
    assert load_plan(path, library).name == name


def test_a_line_of_json_is_a_plan_too(library: Library) -> None:
    line = (
        b'{"id": 7, "name": "P", "clinician": {"name": "A"}, "date": "2026-11-23", "flags": {"bands_latex_free": true}}'
    )
    plan = plan_from(parse_json(line, "roster.jsonl", PlanError, line=3), known_to_plans(library))
    assert (plan.id, plan.flags.bands_latex_free) == ("7", True)
    assert plan.places.at("name").line == 3


def test_a_missing_plan_is_an_error_of_that_plan(tmp_path: Path, library: Library) -> None:
    with pytest.raises(ErrorList, match="no such file"):
        load_plan(tmp_path / "none.yaml", library, shown="none.yaml")
