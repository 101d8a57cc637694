"""Batches in a process of their own, to be killed, traced or starved.

Ways to call `python -m tests.generator.batch.runs`:

- FOLDER COUNT WORKERS: make so many packs; the order of the roster is the folder's own
- starve FOLDER: a folder on a small disk: fill it, then mount it for reading only; prints what it saw as JSON
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

from generator.batch.outcomes import Report
from generator.batch.run import Settings, run_batch
from generator.deliver.disk import StorageError
from generator.models.roster import Roster
from tests.generator.batch.patients import KEY, kept_shop, quick_roster


def ran(folder: Path, plans: Roster, workers: int = 1) -> Report:
    settings = Settings(out=folder, inserts=folder, key=KEY, workers=workers, read_back=False)
    return run_batch(kept_shop(), plans, settings)


def make(folder: Path, count: int, workers: int) -> None:
    plans = list(quick_roster(count).plans)
    random.Random(folder.name).shuffle(plans)
    report = ran(folder, Roster(tuple(plans)), workers)
    assert set(report.counts) <= {"done", "unchanged"}, report.counts


def starve(folder: Path) -> None:
    """Three packs, then so many that the disk is full, then a disk for reading only."""
    seen: dict[str, object] = {}
    ran(folder, quick_roster(3))
    old = {file.name: file.read_bytes() for file in folder.glob("*.pdf")}
    full = ran(folder, quick_roster(60))
    seen["full"] = str(full.stopped)
    seen["full counts"] = full.counts
    seen["intact after full"] = all((folder / name).read_bytes() == data for name, data in old.items())
    seen["temp files"] = [file.name for file in folder.glob(".handouts-*.tmp")]
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    try:
        ran(folder, quick_roster(60))
    except StorageError as error:
        seen["read only"] = str(error)
    seen["intact after read only"] = all((folder / name).read_bytes() == data for name, data in old.items())
    subprocess.run(["mount", "-o", "remount,rw,size=40m", str(folder)], check=True)
    seen["after"] = ran(folder, quick_roster(60)).counts
    sys.stdout.write(json.dumps(seen))


if __name__ == "__main__":
    if sys.argv[1] == "starve":
        starve(Path(sys.argv[2]))
    else:
        make(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
