"""Kills batches at random moments, runs them again, and compares the folders byte for byte.

    python -m benchmarks.kills [--times 200] [--packs 24]

Every other kill takes the workers too. A run that ended before its kill counts as well, and is told.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

LEFT_OUT = {".handouts-lock", ".handouts-seen.json"}


def _command(folder: Path, packs: int) -> list[str]:
    return [sys.executable, "-m", "tests.generator.batch.runs", str(folder), str(packs), "2"]


def _contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name not in LEFT_OUT}


def _killed(folder: Path, packs: int, after: float, *, workers_too: bool) -> str:
    """Kills a run so many seconds after its folder is there. Returns when that was."""
    with subprocess.Popen(_command(folder, packs), start_new_session=True, stderr=subprocess.DEVNULL) as run:
        while not folder.exists() and run.poll() is None:
            time.sleep(0.001)
        time.sleep(after)
        if run.poll() is not None:
            return "ended before its kill"
        made = len(list(folder.glob("????-??????.pdf")))
        (os.killpg if workers_too else os.kill)(run.pid, signal.SIGKILL)
    return "before the first pack" if not made else "with all packs" if made == packs else "in its midst"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--packs", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    chance = random.Random(chosen.seed)
    moments: Counter[str] = Counter()
    torn = different = left = 0
    with tempfile.TemporaryDirectory() as place:
        whole = Path(place) / "whole"
        start = time.perf_counter()
        subprocess.run(_command(whole, chosen.packs), check=True)
        span = time.perf_counter() - start
        wanted = _contents(whole)
        for number in range(chosen.times):
            folder = Path(place) / f"killed-{number}"
            moments[_killed(folder, chosen.packs, chance.uniform(0, span), workers_too=bool(number % 2))] += 1
            if folder.exists():
                packs = {name: data for name, data in _contents(folder).items() if name.endswith(".pdf")}
                torn += sum(data != wanted.get(name) for name, data in packs.items())
            subprocess.run(_command(folder, chosen.packs), check=True)
            again = _contents(folder)
            left += sum(name.endswith(".tmp") for name in again)
            different += again != wanted
            shutil.rmtree(folder)
    print(f"{chosen.times} kills of batches of {chosen.packs} packs by 2 workers, every other with its workers:")
    for moment, count in moments.most_common():
        print(f"  {count:4} {moment}")
    print(f"  torn or mixed packs after the kill: {torn}")
    print(f"  folders that differ after the next run: {different}; temp files left: {left}")
    sys.exit(bool(torn or different or left))


if __name__ == "__main__":
    main()
