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
from generator.deliver.disk import TEMP_NAME
from generator.deliver.ledger import Ledger
from tests.generator.batch.patients import KEY, kept_shop, quick_roster
from tests.generator.deliver.test_delivery import contents
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


@pytest.mark.parametrize("workers_too", [False, True], ids=["parent alone", "all of them"])
def test_killed_and_run_again(tmp_path: Path, whole: dict[str, bytes], workers_too: bool) -> None:
    killed_run(tmp_path, random.Random(workers_too).randrange(1, COUNT - 2), workers_too=workers_too)
    for name, data in contents(tmp_path).items():
        if name.endswith(".pdf"):
            assert data == whole[name], "torn or mixed"
    ledger = Ledger.load(tmp_path)
    assert all(ledger.is_intact(entry) or ledger.is_unfinished(entry.id) for entry in ledger.entries())
    assert 0 < len(ledger.entries()) < COUNT, "the run was to be killed in its midst"
    assert finish(tmp_path) == whole
    time.sleep(0.1)
    assert not [file for file in tmp_path.iterdir() if TEMP_NAME.fullmatch(file.name)]
