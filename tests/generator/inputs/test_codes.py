"""The table of codes: what ships is in step with the library, and mistakes are told with their line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from generator.errors import ContentError, ErrorList
from generator.inputs.codes import FILE, read_codes
from generator.load.schema import json_schema
from generator.models.codes import activity_key
from generator.models.library import Library
from generator.source import parse_yaml
from tests.packs import CONTENT

TABLE = """\
id: codes
exercise_requests:
  - {system: http://snomed.info/sct, code: "229065009"}
activities:
  - {text: Clam, exercise: clamshell}
second_id: {en: "Born {birth_date}"}
"""


@pytest.fixture
def wrong(tmp_path: Path, library: Library) -> Callable[[str, str], list[str]]:
    def reader(old: str, new: str) -> list[str]:
        path = tmp_path / FILE
        path.parent.mkdir(exist_ok=True)
        assert old in TABLE
        path.write_text(TABLE.replace(old, new), "utf-8")
        with pytest.raises(ErrorList) as caught:
            read_codes(replace(library, root=str(tmp_path)))
        assert all(isinstance(error, ContentError) for error in caught.value.errors)
        return [str(error) for error in caught.value.errors]

    return reader


def test_the_table_that_ships_knows_the_names_that_ship(library: Library) -> None:
    codes = read_codes(library)
    named = {
        **{name: ("exercise", id) for id, one in library.exercises.items() for name in (one.name, *one.aka)},
        **{one.name: ("program", id) for id, one in library.programs.items()},
        **{one.title: ("handout", id) for id, one in library.handouts.items()},
    }
    for name, target in named.items():
        (entry,) = codes.meant_by([activity_key(None, None, name)])
        assert entry.target == target, name
    assert ("http://snomed.info/sct", "229065009") in codes.requests


def test_the_table_that_ships_meets_its_schema() -> None:
    schema = json_schema("codes")
    Draft202012Validator.check_schema(schema)
    source = parse_yaml((CONTENT / FILE).read_bytes(), FILE, ContentError)
    Draft202012Validator(schema).validate({**source.value, "version": 1})  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "clamshell",
            "clamshel",
            'handouts/codes.yaml:5 (activities.0.exercise): Unknown exercise "clamshel". Did you',
        ),
        ("exercise: clamshell", "program: clamshell", 'Unknown program "clamshell".'),
        ("exercise: clamshell", "side: left", "needs exactly one of exercise, program, handout and ignore"),
        ("text: Clam", "text: Clam, code: x", "needs either system and code, or text"),
        ("text: Clam", "code: x", "needs either system and code, or text"),
        ("exercise: clamshell", "program: knee-basics, side: left", "gives a side but no exercise"),
        ("activities:", "activities:\n  - {text: ' clam', exercise: wall-sit}", "lists a code or text twice"),
        ("{en: ", "{xx: ", 'Unknown language "xx".'),
        ("activities:", "activites:", "is not known here"),
    ],
)
def test_mistakes_are_told_with_their_line(
    wrong: Callable[[str, str], list[str]], old: str, new: str, says: str
) -> None:
    (said,) = wrong(old, new)
    assert says in said
    assert said.startswith("handouts/codes.yaml:")
