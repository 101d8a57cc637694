"""Rosters of whole plans: a list, JSON Lines, a folder. A bad plan is refused, its neighbors are read."""

from __future__ import annotations

import json
from pathlib import Path

from generator.inputs.rosters import read_roster
from generator.models.library import Library
from tests.generator.inputs.conftest import Read, faults, refusals

ONE = """\
- id: {id}
  name: SECRET Name
  clinician: {{name: SECRET Clinician}}
  date: 2026-11-23
  exercises:
    - {{id: clamshell, side: {side}}}
"""


def listed(*plans: tuple[str, str]) -> str:
    return "".join(ONE.format(id=id, side=side) for id, side in plans)


def as_json(id: str, **fields: object) -> str:
    return json.dumps({"id": id, "name": "SECRET", "clinician": {"name": "C"}, "date": "2026-11-23", **fields})


def test_a_list_of_plans_keeps_their_lines(read: Read) -> None:
    roster = read("plans.yaml", listed(("a", "left"), ("b", "right")))
    assert [plan.id for plan in roster.plans] == ["a", "b"]
    assert str(roster.plans[1].places.at("exercises", 0, "side")) == "plans.yaml:12 (exercises.0.side)"
    assert not roster.refused


def test_a_single_plan_is_a_roster_of_one(read: Read) -> None:
    assert [plan.id for plan in read("plan.json", as_json("a")).plans] == ["a"]


def test_a_bad_plan_of_a_list_is_refused_alone(read: Read) -> None:
    roster = read("plans.yaml", listed(("a", "left"), ("b", "SECRET"), ("c", "right")))
    assert [plan.id for plan in roster.plans] == ["a", "c"]
    assert [str(row.place) for row in roster.refused] == ["plans.yaml:7"]
    assert refusals(roster) == ["plans.yaml:12 (exercises.0.side): \"side\" must be 'left', 'right' or 'both'."]


def test_what_the_yaml_itself_gets_wrong_refuses_its_own_entry(read: Read) -> None:
    text = listed(("a", "left"), ("b", "left")) + "  date: 2026-11-24\n" + listed(("c", "left"))
    roster = read("plans.yaml", text)
    assert [plan.id for plan in roster.plans] == ["a", "c"]
    assert refusals(roster) == [
        "plans.yaml:13 (1.date): The same key stands on line 10 and on line 13. Keep one of the two."
    ]


def test_an_entry_that_is_no_plan_is_refused(read: Read) -> None:
    roster = read("plans.yaml", listed(("a", "left")) + "- SECRET\n-\n")
    assert [plan.id for plan in roster.plans] == ["a"]
    assert [row.place.line for row in roster.refused] == [7, 8]
    assert "SECRET" not in "".join(refusals(roster))


def test_a_file_that_is_no_yaml_is_refused_whole(read: Read) -> None:
    found = faults(read, "plans.yaml", listed(("a", "left")) + "- id: 'b\n")
    assert len(found) == 1
    assert "This is not valid YAML." in found[0]


def test_json_lines_hold_a_plan_each(read: Read) -> None:
    lines = [as_json("a"), "", as_json("b", age="SECRET"), "{not json", as_json("c", layout="compact")]
    roster = read("plans.jsonl", "\n".join(lines) + "\n")
    assert [(plan.id, str(plan.places.at("name"))) for plan in roster.plans] == [
        ("a", "plans.jsonl:1 (name)"),
        ("c", "plans.jsonl:5 (name)"),
    ]
    assert refusals(roster) == [
        'plans.jsonl:3 (age): "age" must be a whole number. Age in years; not printed.',
        "plans.jsonl:4: This is not valid JSON.",
    ]


def test_a_folder_is_read_file_by_file(tmp_path: Path, library: Library) -> None:
    (tmp_path / "b.yaml").write_text(listed(("b", "left"))[2:].replace("\n  ", "\n"), "utf-8")
    (tmp_path / "a.json").write_text(as_json("a"), "utf-8")
    (tmp_path / "c.yaml").write_bytes(b"name: \xe9")
    (tmp_path / "readme.txt").write_text("not a plan", "utf-8")
    roster = read_roster(tmp_path, library, shown="plans")
    assert [(plan.id, plan.places.file) for plan in roster.plans] == [("a", "plans/a.json"), ("b", "plans/b.yaml")]
    assert [str(row.place) for row in roster.refused] == ["plans/c.yaml"]


def test_an_id_that_stands_twice_refuses_both_rows_and_names_both(read: Read) -> None:
    lines = [as_json("a"), as_json("SECRET-7"), as_json("b"), as_json(" SECRET-7 "), as_json("SECRET-7", age="x")]
    roster = read("plans.jsonl", "\n".join(lines))
    assert [plan.id for plan in roster.plans] == ["a", "b"]
    assert [row.place.line for row in roster.refused] == [2, 4, 5]
    for error in (row.errors[0] for row in roster.refused):
        assert error.message == "The same id stands at plans.jsonl:2, plans.jsonl:4 and plans.jsonl:5."
    assert "SECRET" not in "".join(refusals(roster))


def test_other_files_and_empty_ones_are_told(read: Read, tmp_path: Path, library: Library) -> None:
    assert "A roster of this kind is not known." in faults(read, "roster.xlsx", b"PK")[0]
    assert "The roster holds no plan." in faults(read, "plans.jsonl", "\n\n")[0]
    assert "The file is empty." in faults(read, "plans.yaml", "")[0]
    assert "The roster holds no plan." in faults(read, "plans.yaml", "[]")[0]
    assert "UTF-16" in faults(read, "plans.jsonl", as_json("a").encode("utf-16"))[0]
