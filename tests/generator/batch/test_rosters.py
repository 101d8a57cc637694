"""Rosters with faults in them, by way of the command: who is refused, who is not, and what becomes of the folder."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from pathlib import Path
from typing import Any

from generator.deliver.disk import TEMP_NAME
from generator.deliver.index import Index
from tests.generator.cli.test_commands import handouts
from tests.generator.deliver.test_delivery import contents, stamps

HEADER = (
    *("id", "name", "second_id", "clinician.name", "date", "summary", "exercises"),
    *("screened.by", "screened.date", "screened.all_others"),
)


def row(id_: str, name: str, *more: str) -> tuple[str, ...]:
    answers = ("Sam Keller", "2026-11-23", "no")
    return (id_, name, f"Chart of {id_}", "Sam Keller", "2026-11-23", "Sore knee.", "wall-sit 3x20s", *answers, *more)


def csv_of(*rows: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows((HEADER, *rows))
    return out.getvalue()


def batch(folder: Path, roster: str | bytes, *options: str) -> tuple[int, dict[str, Any], str]:
    """Exit code, report, and all that was said."""
    data = roster if isinstance(roster, bytes) else roster.encode("utf-8")
    (folder / "roster.csv").write_bytes(data)
    command = ("batch", "roster.csv", "--draft", "--as-of", "2026-11-24", "--workers", "1", "--json", *options)
    done = handouts(*command, cwd=folder)
    assert "Traceback" not in done.stderr
    return done.returncode, json.loads(done.stdout or "{}"), done.stdout + done.stderr


def test_bad_rows_are_refused_each_at_its_line_and_nobody_gets_anothers_name(tmp_path: Path) -> None:
    """A row that is shifted by a cell, ids that stand twice, names that meet in any way, names that no file may have,
    and a formula for whoever opens the report.
    """
    zoe = unicodedata.normalize("NFD", "Zoé Lee")
    rows = [
        row("A-1", "Ann Lee"),
        row("A-2", "Ann Lee"),
        ("", *row("A-5", "Moved Lee"))[:-1],
        row("TWIN-6", "First Twin"),
        row("TWIN-6", "Second Twin"),
        row("B-1", "Zoé Lee"),
        row("B-2", zoe),
        row("B-3", "ZOÉ LEE"),
        row("../../x", "../../etc/passwd"),
        row("CON", "nul"),
        row("=HYPERLINK(1)", "=HYPERLINK(1)"),
    ]
    code, report, said = batch(tmp_path, "\ufeff" + csv_of(*rows), "--report", "report.csv")
    assert code == 1
    refused = {one["line"] for one in report["patients"] if one["state"] == "refused"}
    assert refused == {4, 5, 6}
    assert report["counts"] == {"done": 8, "refused": 3}
    twins = [error["message"] for one in report["patients"] for error in one["errors"] if one["line"] in (5, 6)]
    assert len(twins) == 2
    assert "6" in twins[0]
    assert "5" in twins[1]
    for other in ("Moved", "Twin", "TWIN", "Ann", "HYPERLINK"):
        assert other not in said
        assert other not in (tmp_path / "report.csv").read_text("utf-8-sig")
    out = tmp_path / "output"
    packs = {file.name for file in out.glob("*.pdf")}
    assert len({name.casefold() for name in packs}) == 8
    names = [unicodedata.normalize("NFC", entry.name) for entry in Index.load(out).entries()]
    wanted = ["Ann Lee", "Ann Lee", "Zoé Lee", "Zoé Lee", "ZOÉ LEE", "../../etc/passwd", "nul", "=HYPERLINK(1)"]
    assert sorted(names) == sorted(wanted)
    assert {file.name for file in tmp_path.rglob("*.pdf")} == packs, "a pack outside of its folder"
    assert handouts("verify", "output", cwd=tmp_path).returncode == 0


def assert_refused(folder: Path, roster: bytes, words: tuple[str, ...]) -> None:
    code, _, said = batch(folder, roster)
    assert code == 1, said
    assert all(word in said for word in words), said
    assert "Lee" not in said


def test_a_roster_that_cannot_be_read_leaves_no_folder_and_changes_none(tmp_path: Path) -> None:
    """A quote that never closes is told where it opens, rows of another width are told each, and so is another encoding
    than UTF-8.
    """
    good = csv_of(row("A-1", "Zoé Lee"), row("A-2", "Ann Lee"))
    widths = csv_of(row("A-1", "Zoé Lee"), row("A-2", "Ann Lee", "one cell too many"), row("A-3", "Max Lee")[:-1])
    bad: list[tuple[bytes, tuple[str, ...]]] = [
        (good.replace("Chart of A-2", '"Chart of A-2').encode("utf-8"), ("line 3", "quote")),
        (widths.encode("utf-8"), ("line 3", "line 4")),
        (good.encode("cp1252"), ("UTF-8",)),
        (good.encode("utf-16"), ("UTF-16",)),
    ]
    for data, words in bad:
        assert_refused(tmp_path, data, words)
        assert not (tmp_path / "output").exists()
    assert batch(tmp_path, good)[1]["counts"] == {"done": 2}
    before, held = stamps(tmp_path / "output"), contents(tmp_path / "output")
    for data, words in bad[:2]:
        assert_refused(tmp_path, data, words)
        assert (stamps(tmp_path / "output"), contents(tmp_path / "output")) == (before, held)
    assert not [file for file in (tmp_path / "output").iterdir() if TEMP_NAME.fullmatch(file.name)]
    assert batch(tmp_path, good)[1]["counts"] == {"unchanged": 2}
