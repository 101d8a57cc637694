"""What a user sees who mistypes, and what nobody may see: a traceback or a patient's data."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from generator.cli import app as command_line
from generator.cli.app import TRACEBACK, app, main

COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _broken(*arguments: object, **options: object) -> None:
    raise ValueError("Maya Torgersen, born 1987")


def test_a_fault_of_ours_tells_its_place_and_never_what_it_quotes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(TRACEBACK, raising=False)
    monkeypatch.setattr(command_line, "app", _broken)
    with pytest.raises(SystemExit) as end:
        main()
    said = capsys.readouterr()
    assert end.value.code == 1
    assert "ValueError in test_app.py, line" in said.err
    assert "Maya" not in said.err + said.out
    assert "Traceback" not in said.err + said.out


def test_who_looks_for_the_fault_gets_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TRACEBACK, "1")
    monkeypatch.setattr(command_line, "app", _broken)
    with pytest.raises(ValueError, match="Maya"):
        main()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_each_option_says_what_it_does(command: str) -> None:
    done = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "160"})
    assert done.exit_code == 0
    assert "Usage:" in done.output
    for parameter in get_command(app).commands[command].params:  # type: ignore[attr-defined]
        assert getattr(parameter, "help", ""), f"{command} {parameter.name}"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["buld"], 2, "Did you mean"),
        (["build", "nobody.yaml"], 1, "There is no such file"),
        (["build", "."], 2, "handouts batch . makes"),
        (["build", "patients.csv"], 2, "handouts batch patients.csv makes"),
        (["batch", "nobody.csv"], 1, "There is no such file"),
        (["find", "nobody"], 1, "Nobody of this name or id has a pack in output"),
        (["--content", "nowhere", "list", "brands"], 2, "nowhere"),
        (["preview", "nothing"], 2, "no handout and no exercise"),
    ],
)
def test_mistakes_are_answered_with_what_is_wrong(arguments: list[str], code: int, words: str) -> None:
    done = CliRunner().invoke(app, arguments, env={"COLUMNS": "200"})
    assert done.exit_code == code
    assert words in done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)


@pytest.mark.parametrize("name", ["jordan", "jordan.yaml"])
def test_a_new_plan_has_one_ending(name: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["new", "plan", name])
    assert done.output == "jordan.yaml\n"
    assert [path.name for path in tmp_path.iterdir()] == ["jordan.yaml"]


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end differently there")
def test_a_reader_that_has_enough_ends_the_command_quietly() -> None:
    root = str(Path(command_line.__file__).parents[2])
    command = f'"{sys.executable}" -m generator.cli.app schema plan | head -1'
    environment = {**os.environ, "PYTHONPATH": root}
    done = subprocess.run(command, shell=True, capture_output=True, text=True, env=environment, check=False)
    assert done.stdout == "{\n"
    assert "Traceback" not in done.stderr
    assert "fault" not in done.stderr
