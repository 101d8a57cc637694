"""Printing as a user types it; in this process, as what comes before printing is tested with the other commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from generator.cli.app import app
from generator.deliver.keys import pack_id
from tests.generator.cli.test_commands import PLAN
from tests.generator.deliver import cups
from tests.generator.deliver.runs_of_paper import fill, finished, read_run


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def handouts(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    return fill(tmp_path / "packs", finished(1), finished(3))


def test_a_print_run_is_written_and_told(packs: Path, tmp_path: Path) -> None:
    done = handouts("print", "packs", "--print-run", "run.pdf", "--separators", "--json")
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)["print_run"]
    read = read_run((tmp_path / "run.pdf").read_bytes())
    assert len(read.texts) == told["pages"] == 2 * told["sheets"]
    starts = dict(read.bookmarks)
    assert {pack["id"]: (pack["first_sheet"] - 1) * 2 for pack in told["packs"]} == {
        id_: starts[id_] for id_ in (finished(1).pack_id, finished(3).pack_id)
    }
    history = json.loads(handouts("print", "packs", "--history", "--json").stdout)
    assert {(one["way"], one["run"]) for one in history} == {("print-run", told["sha256"])}
    assert len(history) == 2
    again = handouts("print", "packs", "--unprinted", "--print-run", "again.pdf")
    assert again.exit_code == 2
    assert "no pack to print" in again.stderr


def test_a_dry_run_writes_nothing(packs: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in packs.iterdir()}
    done = handouts("print", "packs", "--print-run", "run.pdf", "--dry-run")
    assert done.exit_code == 0, done.stderr
    assert "2 packs" in done.stdout
    assert "would be written" in done.stdout
    assert not (tmp_path / "run.pdf").exists()
    assert {path: path.read_bytes() for path in packs.iterdir()} == before


def test_a_changed_pack_is_left_out_and_the_exit_code_tells(packs: Path, tmp_path: Path) -> None:
    (packs / finished(3).file_name).write_bytes(finished(1).pdf)
    done = handouts("print", "packs", "--print-run", "run.pdf")
    assert done.exit_code == 1
    assert finished(3).file_name in done.stderr
    assert "checksum" in done.stderr
    assert [title for title, _ in read_run((tmp_path / "run.pdf").read_bytes()).bookmarks[1:]] == [finished(1).pack_id]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing-here.pdf"], "no such pack"),
        (["K7Q2-M9TX4R"], "no such pack"),
        (["stranger.pdf"], "no pack that handouts made"),
        (["."], "no packs in this folder"),
        (["packs", "--separators"], "go with --print-run"),
        (["packs", "--print-run", "run.txt"], "ends in .pdf"),
        (["packs", "--print-run", "run.pdf", "--copies", "2"], "need a printer"),
    ],
)
def test_wrong_usage_says_what_to_do(packs: Path, tmp_path: Path, arguments: list[str], words: str) -> None:
    (tmp_path / "stranger.pdf").write_bytes(finished(1).pdf)
    done = handouts("print", *arguments)
    assert done.exit_code == 2, done.stdout
    assert words in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_packs_are_printed_by_id_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if reason := cups.missing():
        pytest.skip(reason)
    key = tmp_path / "key"
    key.write_text(str(tmp_path).ljust(64, "x"), "utf-8")
    handouts("build", PLAN, "--draft", "--out", "packs", "--key", key)
    id_ = pack_id(key.read_bytes(), "sample-02")
    with cups.print_service() as service:
        service.add_printer("Front")
        there = {"CUPS_SERVER": service.server, "CUPS_USER": cups.NOBODY, "HOME": str(tmp_path)}
        for name, value in there.items():
            monkeypatch.setenv(name, value)
        named = ("print", id_.lower(), "--out", "packs", "--printer", "Front")
        dry = handouts(*named, "--dry-run")
        assert "would print  Front" in dry.stdout, dry.stderr
        assert service.log() == []
        done = handouts(*named)
        assert done.exit_code == 0, done.stderr
        assert f"{id_}  " in done.stdout
        assert "job Front-1" in done.stdout
        assert service.printed(id_).startswith(b"%PDF")
        again = handouts("print", "packs", "--unprinted", "--printer", "Front")
        assert "Nothing to print" in again.stdout
        assert len(service.log()) == 1
        sent = handouts("print", "packs", "--print-run", "run.pdf", "--printer", "Front")
        assert "1 pack  " in sent.stdout, sent.output
        assert "job Front-2" in sent.stdout
        last = json.loads(handouts("print", "packs", "--history", "--json").stdout)[-1]
        assert (last["way"], last["job"], last["duplex"]) == ("cups", "Front-2", True)
        assert service.printed(f"print-run-{last['run'][:12]}").startswith(b"%PDF")
        wrong = handouts("print", "packs", "--printer", "Basement")
        assert wrong.exit_code == 2
        assert "Front" in wrong.stderr


def test_a_batch_makes_its_print_run(tmp_path: Path) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    for number in ("02", "03"):
        source = PLAN.parent / f"sample-{number}.yaml"
        (plans / source.name).write_bytes(source.read_bytes())
    done = handouts("batch", "plans", "--draft", "--out", "o", "--print-run", "o/run.pdf", "--json")
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    read = read_run((tmp_path / "o" / "run.pdf").read_bytes())
    roster = [patient["pack_id"] for patient in told["patients"]]
    assert [title for title, _ in read.bookmarks[1:]] == roster == [pack["id"] for pack in told["print_run"]["packs"]]
    wrong = handouts("batch", "plans", "--draft", "--out", "p", "--print-run", "run.txt")
    assert wrong.exit_code == 2
    assert not (tmp_path / "p").exists(), "a wrong name is told before any work is done"
