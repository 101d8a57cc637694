"""A batch killed at any moment, with its workers or without them, and run again: the same folder, every byte."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.batch.run import Settings, run_batch
from generator.batch.verifying import Patients, verify
from generator.deliver.disk import TEMP_NAME
from generator.deliver.ledger import Ledger
from tests.generator.batch.patients import KEY, kept_shop, quick_roster
from tests.generator.deliver.test_delivery import contents, stamps
from tests.packs import CONTENT

COUNT = 8

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills need POSIX")


def killed_run(folder: Path, wanted: int, *, workers_too: bool) -> None:
    """Starts a batch of two workers and kills it when the folder has so many packs."""
    command = [sys.executable, "-m", "tests.generator.batch.runs", str(folder), str(COUNT), "2"]
    with subprocess.Popen(command, cwd=CONTENT, start_new_session=True) as run:
        until = time.monotonic() + 120
        while run.poll() is None and time.monotonic() < until:
            if len(list(folder.glob("????-??????.pdf"))) >= wanted and list(folder.glob(".handouts-*.tmp")):
                break
        if run.poll() is None:
            (os.killpg if workers_too else os.kill)(run.pid, signal.SIGKILL)


def finish(folder: Path) -> dict[str, bytes]:
    """Runs the batch again, in this process."""
    report = run_batch(kept_shop(), quick_roster(COUNT), Settings(out=folder, inserts=folder, key=KEY, workers=1))
    assert set(report.counts) <= {"done", "unchanged"}
    return contents(folder)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return finish(tmp_path_factory.mktemp("whole"))


def check_midst(folder: Path, whole: dict[str, bytes]) -> int:
    """What must hold after a kill. Returns how many packs the ledger knows as done."""
    for name, data in contents(folder).items():
        if name.endswith(".pdf"):
            assert data == whole[name], "torn or mixed"
    ledger = Ledger.load(folder)
    assert all(ledger.is_intact(entry) or ledger.is_unfinished(entry.id) for entry in ledger.entries())
    return len(ledger.entries())


def check_end(folder: Path, whole: dict[str, bytes]) -> None:
    """What must hold after a run to the end."""
    assert finish(folder) == whole
    time.sleep(0.1)
    assert not [file for file in folder.iterdir() if TEMP_NAME.fullmatch(file.name)]
    found = verify(folder, Patients(kept_shop(), quick_roster(COUNT), KEY))
    assert (found.packs, found.errors, found.notes) == (COUNT, (), ())


@pytest.mark.parametrize("workers_too", [False, True], ids=["parent alone", "all of them"])
def test_killed_and_run_again(tmp_path: Path, whole: dict[str, bytes], workers_too: bool) -> None:
    killed_run(tmp_path, random.Random(workers_too).randrange(1, COUNT - 2), workers_too=workers_too)
    assert 0 < check_midst(tmp_path, whole) < COUNT, "the run was to be killed in its midst"
    check_end(tmp_path, whole)


def test_the_next_run_is_killed_as_well(tmp_path: Path, whole: dict[str, bytes]) -> None:
    """What the first run had done is neither lost nor written again while the second one recovers, and is killed."""
    killed_run(tmp_path, 2, workers_too=False)
    first = check_midst(tmp_path, whole)
    done = {f"{entry.id}.pdf" for entry in Ledger.load(tmp_path).entries()}
    before = {name: stamp for name, stamp in stamps(tmp_path).items() if name in done}
    killed_run(tmp_path, COUNT - 2, workers_too=True)
    assert 0 < first < check_midst(tmp_path, whole) < COUNT
    assert before.items() <= stamps(tmp_path).items()
    check_end(tmp_path, whole)
    assert before.items() <= stamps(tmp_path).items()
