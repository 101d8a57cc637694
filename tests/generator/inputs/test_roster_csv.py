"""CSV rosters: what a row says is what a plan file would say, and a bad row is refused alone."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from random import Random
from typing import Any

import pytest

from generator.errors import ErrorList
from generator.inputs.columns import COLUMNS, GROUPS
from generator.inputs.csv_text import Row
from generator.inputs.roster_csv import RowReader
from generator.inputs.rosters import read_roster
from generator.models.library import Library
from generator.models.plan import Plan
from generator.validation.plans import known_to_plans
from tests.generator.inputs.conftest import Read, faults, refusals

EVERYTHING = {
    "id": "0012345",
    "second_id": "Born May 14, 1987",
    "name": "Zoë <b>Łukasz</b> & Sons",
    "preferred_name": "Zoë",
    "age": "39",
    "language": "en",
    "clinician.name": "Sam Keller",
    "clinician.credentials": "DC",
    "clinician.short": "Dr. Keller",
    "date": "2026-11-23",
    "start_date": "2026-11-24",
    "summary": "=HYPERLINK(1), as typed",
    "why": "You have pain.\nWe train.",
    "goals": "Hike; with my dog | Ski",
    "handouts": "it-band-myths; when-and-how-to-roll",
    "program": "it-band-start",
    "without": "step-up",
    "exercises": 'clamshell 2x10 R 3/week note "Slow; steady"; wall-sit 3x20s',
    "notes": "Rest if it hurts.|Call me.",
    "next_visit.date": "2026-12-07",
    "next_visit.time": "9:30",
    "next_visit.with_whom": "Ana Ruiz",
    "next_visit.bring": "Your band",
    "layout": "large-print",
    "brand": "ascent",
    "paper": "A4",
    "videos": "https://example.org/a",
    "inserts": "consent.pdf; map.pdf",
    "screened.by": "Sam Keller",
    "screened.date": "2026-11-23",
    "screened.yes": "pregnant",
    "screened.unknown": "latex-allergy; recent-spine-surgery",
    "screened.all_others": "No",
    "flags.bands_latex_free": "TRUE",
    "email.address": "zoe@example.com",
    "email.consent": "yes",
    "email.date": "2026-11-20",
    "email.how": "Signed form",
    "email.unencrypted_warning_noted": "no",
    "email.encrypted": "yes",
    "age_review.by": "Ana Ruiz",
    "age_review.date": "2026-11-22",
}
LEAST = {"id": "1", "name": "SECRET Name", "clinician.name": "Sam Keller", "date": "2026-11-23"}


def roster(*rows: dict[str, str]) -> str:
    """A CSV text with all columns that a row uses."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def test_a_row_can_say_all_that_its_columns_promise(read: Read) -> None:
    (plan,) = read("r.csv", "\ufeff" + roster(EVERYTHING)).plans
    dumped = plan.model_dump(mode="json", exclude_unset=True, warnings=False)
    assert dumped.pop("exercises") == [
        {"id": "clamshell", "sets": {"low": 2, "high": 2}, "reps": {"low": 10, "high": 10}, "side": "right",
         "per_week": {"low": 3, "high": 3}, "note": "Slow; steady"},
        {"id": "wall-sit", "sets": {"low": 3, "high": 3}, "reps": {"low": 1, "high": 1},
         "hold_s": {"low": 20, "high": 20}},
    ]  # fmt: skip
    assert dumped == {
        "id": "0012345",
        "second_id": "Born May 14, 1987",
        "name": "Zoë <b>Łukasz</b> & Sons",
        "preferred_name": "Zoë",
        "age": 39,
        "language": "en",
        "clinician": {"name": "Sam Keller", "credentials": "DC", "short": "Dr. Keller"},
        "date": "2026-11-23",
        "start_date": "2026-11-24",
        "summary": "=HYPERLINK(1), as typed",
        "why": "You have pain.\nWe train.",
        "goals": ["Hike; with my dog", "Ski"],
        "handouts": ["it-band-myths", "when-and-how-to-roll"],
        "program": "it-band-start",
        "without": ["step-up"],
        "notes": ["Rest if it hurts.", "Call me."],
        "next_visit": {"date": "2026-12-07", "time": "09:30:00", "with_whom": "Ana Ruiz", "bring": "Your band"},
        "layout": "large-print",
        "brand": "ascent",
        "paper": "a4",
        "videos": "https://example.org/a",
        "inserts": [{"file": "consent.pdf"}, {"file": "map.pdf"}],
        "screened": {
            "by": "Sam Keller",
            "date": "2026-11-23",
            "yes": ["pregnant"],
            "unknown": ["latex-allergy", "recent-spine-surgery"],
            "all_others": "no",
        },
        "flags": {"bands_latex_free": True},
        "email": {
            "address": "zoe@example.com",
            "consent": True,
            "date": "2026-11-20",
            "how": "Signed form",
            "unencrypted_warning_noted": False,
            "encrypted": True,
        },
        "age_review": {"by": "Ana Ruiz", "date": "2026-11-22"},
    }


def test_every_key_of_a_plan_has_a_column_but_those_that_need_a_file() -> None:
    tops = {name.split(".")[0] for name in COLUMNS}
    assert set(Plan.model_fields) - tops == {"restored", "dose_reasons"}
    for top, model in GROUPS.items():
        assert {f"{top}.{key}" for key in model.model_fields} <= set(COLUMNS)


def test_columns_come_in_any_order(read: Read) -> None:
    names = list(EVERYTHING)
    Random(3).shuffle(names)
    (shuffled,) = read("r.csv", roster({name: EVERYTHING[name] for name in names})).plans
    (plan,) = read("r.csv", roster(EVERYTHING)).plans
    assert shuffled.model_dump(warnings=False) == plan.model_dump(warnings=False)


def test_the_quick_way_reads_what_the_long_way_reads(library: Library) -> None:
    """A row that the quick way takes must give the very plan that a plan file would give."""
    reader = RowReader(tuple(EVERYTHING), "r.csv", library, known_to_plans(library))
    rng = Random(11)
    made = 0
    for number in range(80):
        cells = [value if rng.random() < 0.85 or name in LEAST else "" for name, value in EVERYTHING.items()]
        row = Row(number + 2, cells)
        quick, slow = reader.entry(row), reader.slowly(row)
        assert (quick.plan, quick.id) == (slow.plan, slow.id)
        assert [str(error) for error in quick.errors] == [str(error) for error in slow.errors]
        if quick.plan is not None and slow.plan is not None:
            made += 1
            assert quick.plan.model_dump_json(warnings=False) == slow.plan.model_dump_json(warnings=False)
            assert quick.plan.model_fields_set == slow.plan.model_fields_set
            assert quick.plan.places == slow.plan.places
    assert made > 20


def test_a_refused_row_leaves_its_neighbors(read: Read) -> None:
    rows = [{**LEAST, "id": str(number), "layout": "standard"} for number in range(1, 6)]
    rows[2]["layout"] = "secret"
    found = read("r.csv", roster(*rows))
    assert [plan.id for plan in found.plans] == ["1", "2", "4", "5"]
    assert [str(row.place) for row in found.refused] == ["r.csv:4"]
    assert refusals(found) == ["r.csv:4 (layout): Unknown layout."]


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        (
            "date",
            "11/23/2026",
            'r.csv:2 (date): "date" is a date in a spreadsheet\'s own form: its day and month could',
        ),
        ("date", "46349", 'r.csv:2 (date): "date" is a day number of Excel instead of a date.'),
        ("date", "2024-02-30", 'r.csv:2 (date): "date" is not a day of the calendar.'),
        ("date", "", 'r.csv:2: "date" is missing.'),
        ("next_visit.time", "0.395833", '"next_visit.time" is a part of a day as Excel counts it'),
        ("id", "1.23457E+15", 'r.csv:2 (id): "id" is a number that Excel has rounded or rewritten.'),
        ("id", "", 'r.csv:2: "id" is missing.'),
        ("name", "#NAME?", 'r.csv:2 (name): "name" holds an error word of Excel'),
        ("name", "SECRET\tName", 'r.csv:2 (name): "name" holds a tab. Delete it.'),
        ("name", "SECRET \u202ename", 'r.csv:2 (name): "name" holds an invisible control character (U+202E).'),
        ("name", "SECRET" * 20_000, 'r.csv:2 (name): "name" is longer than 60 characters.'),
        ("age", "SECRET", 'r.csv:2 (age): "age" must be a whole number.'),
        ("email.address", "SECRET@a.com, x@y.com", '(email.address): "address" does not have the right form.'),
        ("email.consent", "maybe", '(email.consent): "consent" must be yes or no.'),
        ("email.consent", "yes", '(email): "email" has a consent but no date of it.'),
        ("screened.yes", "pregnant, latex-allergy", 'Entry 1 of "yes" may hold only lower-case letters'),
        ("screened.yes", "pregnent", "r.csv:2 (screened.yes.0): Unknown safety tag. Did you mean"),
        ("screened.all_others", "yes", "must be 'no'."),
        ("handouts", "it-band", "r.csv:2 (handouts.0): Unknown handout. Did you mean"),
        ("program", "it-band", "r.csv:2 (program): Unknown program. Did you mean"),
        ("language", "xx", "r.csv:2 (language): Unknown language."),
        ("without", "clamshell", "leaves exercises out but starts from no program."),
        ("exercises", "clamshell 3x10; clamshell 2x8", "lists an exercise twice."),
        ("exercises", "wall-sit 3x20s; clamshel 3x10", "r.csv:2 (exercises.1): Unknown exercise. Look at character 17"),
        ("exercises", "clamshell order 99", 'r.csv:2 (exercises.0): "order" must be 20 or less.'),
        ("exercises", "clamshell 12-8/week", "has a low end above its high end."),
        ("inserts", "../SECRET.pdf", '"file" does not have the right form.'),
        ("goals", "a|b|c|SECRET", '"goals" has more than 3 entries.'),
    ],
)
def test_each_mistake_is_one_finding_that_quotes_nothing(read: Read, column: str, cell: str, says: str) -> None:
    row = {**LEAST, column: cell}
    if column.startswith("email") and column != "email.address":
        row["email.address"] = "a@example.com"
    if column.startswith("screened"):
        row = {**row, "screened.by": "SECRET", "screened.date": "2026-11-23"}
    if column.startswith("next_visit"):
        row["next_visit.date"] = "2026-12-01"
    found = read("r.csv", roster(row))
    assert not found.plans
    (said,) = refusals(found)
    assert says in said
    assert "secret" not in said.lower()


def test_gates_name_the_row_and_its_column(read: Read) -> None:
    text = roster(EVERYTHING).replace("We train.", "We\ntrain.") + roster({**EVERYTHING, "id": "2"}).split("\n", 1)[1]
    (_, plan) = read("r.csv", text.replace("0012345", "3")).plans
    at = plan.places.at
    assert [
        str(at(*path)) for path in ((), ("name",), ("exercises", 1, "sets"), ("screened", "yes"), ("restored", 0))
    ] == [
        "r.csv:5",
        "r.csv:5 (name)",
        "r.csv:5 (exercises.1)",
        "r.csv:5 (screened.yes)",
        "r.csv:5",
    ]
    assert str(at("screened")) == "r.csv:5 (screened)"
    (plan,) = read("r.csv", roster(LEAST)).plans
    assert str(plan.places.at("screened", "by")) == "r.csv:2"


def test_an_id_that_stands_twice_refuses_both_rows(read: Read) -> None:
    found = read("r.csv", roster(LEAST, {**LEAST, "id": "2"}, {**LEAST, "age": "SECRET"}))
    assert [plan.id for plan in found.plans] == ["2"]
    assert [row.place.line for row in found.refused] == [2, 4]
    assert refusals(found)[0].startswith("r.csv:2 (id): The same id stands at r.csv:2 and r.csv:4.")


def test_two_patients_of_one_name_are_two_patients(read: Read) -> None:
    assert [plan.id for plan in read("r.csv", roster(LEAST, {**LEAST, "id": "2"})).plans] == ["1", "2"]


def test_zeros_that_excel_dropped(read: Read) -> None:
    sure = read("r.csv", roster(*({**LEAST, "id": id} for id in ("0012345", "23456", "3456789"))))
    assert [plan.id for plan in sure.plans] == ["0012345", "3456789"]
    assert refusals(sure)[0].startswith('r.csv:3 (id): "id" has lost the zeros before it')
    doubt = read(
        "r.csv", roster(*({**LEAST, "id": id} for id in ("7654321", "6543210", "5432109", "9876543", "12345")))
    )
    assert len(doubt.plans) == 5
    (note,) = doubt.notes
    assert (note.severity, note.message) == (
        "warning",
        "1 record number is shorter than the others: a spreadsheet may have dropped zeros.",
    )


def test_encodings(read: Read) -> None:
    text = roster({**LEAST, "name": "Zoë"})
    assert read("r.csv", b"\xef\xbb\xbf" + text.encode()).plans[0].name == "Zoë"
    (old,) = faults(read, "r.csv", text.encode("cp1252"))
    assert old.startswith("r.csv:2: The file is not UTF-8 text: it looks like Windows-1252 or another old encoding.")
    assert "UTF-16" in faults(read, "r.csv", text.encode("utf-16"))[0]


def test_names_in_any_script_are_kept_composed(read: Read) -> None:
    names = ["Nguyễn Thị Ánh", "Łukasz Żółć", "王小明", "محمد علي", "Zoe\u0308"]
    found = read("r.csv", roster(*({**LEAST, "id": str(n), "name": name} for n, name in enumerate(names))))
    assert [plan.name for plan in found.plans] == [*names[:4], "Zoë"]


def test_a_missing_roster_is_told(tmp_path: Path, library: Library) -> None:
    with pytest.raises(ErrorList, match=r"r\.csv: There is no such file"):
        read_roster(tmp_path / "none.csv", library, shown="r.csv")


def test_nothing_of_a_patient_is_in_what_python_shows(read: Read) -> None:
    found = read("r.csv", roster({**LEAST, "layout": "secret"}))
    shown: Any = (found.refused, found.refused[0].errors[0].args, found.refused[0].errors[0].__cause__)
    assert "SECRET" not in repr(shown)
