"""A batch in a process of its own, to be killed: `python -m tests.generator.batch.runs FOLDER COUNT WORKERS`."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from generator.batch.run import Settings, run_batch
from generator.models.roster import Roster
from tests.generator.batch.patients import KEY, quick_roster, shop


def main(folder: Path, count: int, workers: int) -> None:
    """Makes so many packs; the order of the roster is the folder's own."""
    plans = list(quick_roster(count).plans)
    random.Random(folder.name).shuffle(plans)
    report = run_batch(
        shop(), Roster(tuple(plans)), Settings(out=folder, inserts=folder, key=KEY, workers=workers, read_back=False)
    )
    assert set(report.counts) <= {"done", "unchanged"}, report.counts


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
