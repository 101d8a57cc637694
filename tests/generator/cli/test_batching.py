"""Rosters on the command line: from a starting file or a record to packs, checked before and told after."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.generator.cli.test_commands import handouts
from tests.generator.inputs.synthea import RIGHT, bundle, patient, practitioner, request, side
from tests.packs import CONTENT

HEAD = "id,screened.by,screened.date,screened.yes,screened.all_others\n"
ANSWERS = HEAD + "0000007,Sam Keller,2026-11-23,,no\n"


def test_a_new_roster_is_batched_as_it_is(tmp_path: Path) -> None:
    handouts("new", "roster", "January", cwd=tmp_path)
    done = json.loads(handouts("batch", "january.csv", "--draft", "--workers", "1", "--json", cwd=tmp_path).stdout)
    assert (done["counts"], done["notes"]) == ({"done": 2}, [])


def test_check_names_the_rows_of_a_roster_and_of_the_table_of_codes(tmp_path: Path) -> None:
    for part in ("handouts", "layouts"):
        shutil.copytree(CONTENT / part, tmp_path / part)
    handouts("new", "roster", "January", cwd=tmp_path)
    for name, old, new in (
        ("january.csv", "wall-sit 3x20s", "wall-sit 3xx"),
        ("handouts/codes.yaml", "exercise: wall-sit", "exercise: walsit"),
    ):
        words = (tmp_path / name).read_text("utf-8")
        (tmp_path / name).write_text(words.replace(old, new, 1), "utf-8")
    checked = json.loads(handouts("check", "january.csv", "--json", cwd=tmp_path).stdout)
    errors = [(one["file"], one["key"]) for one in checked["findings"] if one["severity"] == "error"]
    assert [file for file, _ in errors] == ["handouts/codes.yaml", "january.csv"]
    assert errors[1][1] == "exercises.2"


def test_a_record_with_its_side_file(tmp_path: Path) -> None:
    people = (patient(7), patient(8), practitioner())
    record = bundle(*people, request(1, 7, **side(RIGHT)), request(2, 8, "Swim"))
    (tmp_path / "record.json").write_text(record, "utf-8")
    answers = tmp_path / "answers.csv"
    answers.write_text(ANSWERS, "utf-8")
    command = ("batch", "record.json", "--side-file", "answers.csv", "--draft", "--workers", "1", "--json")
    done = handouts(*command, cwd=tmp_path)
    assert done.returncode == 1
    assert "SECRET" not in done.stdout + done.stderr
    assert json.loads(done.stdout)["counts"] == {"done": 1, "refused": 1}
    answers.write_text(ANSWERS.replace("2026-11-23,,no", "2026-11-23,suspected-dvt,no"), "utf-8")
    again = json.loads(handouts(*command, cwd=tmp_path).stdout)
    assert again["counts"] == {"done": 1, "refused": 1}, "an answer that has changed makes another pack"
    assert "S03" in [one["code"] for row in again["patients"] for one in row["findings"]]
