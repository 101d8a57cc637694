"""Kills batches at random moments, runs them again, and holds each folder against one that was never killed.

    python -m benchmarks.kills [--times 200] [--packs 48] [--seed 1]

The folder that was never killed is made by the command itself. The others come from forks of this process, which has
loaded the library: until a batch holds its folder nothing can be torn, and loading takes longer than all of the rest.
Half of the kills are spread evenly over a run's life, from the moment it holds its folder to its end. That life is
mostly the start of the workers, so the other half is spread evenly over the packs. Every other kill takes the workers
too, and every third run after a kill is killed as well. Exit code 1 on any fault.
"""

from __future__ import annotations

import argparse
import multiprocessing
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
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

from benchmarks.kill_faults import FAULTS, Faults, contents, done_in, packs_in
from generator.batch.run import Settings, run_batch
from generator.batch.verifying import Patients
from generator.cli.making import gated_workshop
from generator.deliver.disk import TEMP_NAME
from generator.deliver.ledger import Ledger
from generator.errors import HandoutsError
from generator.load.digest import ContentWatch
from generator.models.roster import Roster
from generator.pipeline import Options, Workshop
from tests.generator.batch.patients import AS_OF, KEY, quick_roster

ROOT: Final = Path(__file__).resolve().parents[1]
PATIENCE: Final = 300.0  # seconds for a run that takes one or two
MOMENTS: Final = (
    "before the folder was there",
    "before the first pack",
    "between the first and the last pack",
    "after the last pack",
    "ended before its kill",
)


@dataclass(frozen=True, slots=True)
class Life:
    """Seconds of a run: until it held its folder, from then to its end, and from its first pack to its last."""

    start: float
    work: float
    packs: float


@dataclass(slots=True)
class Trial:
    """One roster, and what was seen when runs over it were killed. lives: of runs by so many workers."""

    place: Path
    shop: Workshop
    roster: Roster
    chance: random.Random
    faults: Faults
    lives: dict[int, Life] = field(default_factory=dict)
    moments: Counter[tuple[str, bool]] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, place: Path, packs: int, seed: int) -> Trial:
        """Makes the packs by the command, then by one worker and by two."""
        roster = quick_roster(packs)
        whole = _made_by_the_command(place, roster)
        shop = gated_workshop(ROOT, Options(AS_OF, draft=True))
        trial = cls(place, shop, roster, random.Random(seed), Faults(contents(whole), Patients(shop, roster, KEY)))
        trial.faults.check_end(whole, "the command")
        for workers in (1, 2):
            trial.lives[workers] = trial._watched(place / f"whole-{workers}", workers)
            trial.faults.check_end(place / f"whole-{workers}", f"{workers} workers")
        return trial

    def cycle(self, number: int, share: float, second_share: float) -> None:
        """A run that is killed, every third time another one, and one to the end. Shares: of their lives or packs."""
        folder, name = self.place / f"killed-{number}", f"kill {number}"
        how = {"workers_too": bool(number % 2), "by_packs": bool(number // 2 % 2)}
        groups = [self._kill(folder, 2, share, name, **how)]
        if number % 3 == 2:
            groups.append(self._kill(folder, 1 + number % 2, second_share, f"second {name}", **how))
        before = done_in(folder)
        run, group = self._started(folder, 1)
        self._join(run, name)
        self.faults.check_kept(folder, before, name)
        self.faults.check_end(folder, name)
        for one in (*groups, group):
            if not _is_gone(one):
                self.faults.note("processes left in the end", name)
        shutil.rmtree(folder)

    # ---- runs

    def _started(self, folder: Path, workers: int) -> tuple[BaseProcess, int]:
        """A batch in a process and a process group of its own, and the number of both."""
        run = multiprocessing.get_context("fork").Process(target=self._batch, args=(folder, workers))
        run.start()
        assert run.pid is not None
        while run.is_alive() and os.getpgid(run.pid) != run.pid:
            time.sleep(0.0005)
        return run, run.pid

    def _batch(self, folder: Path, workers: int) -> None:
        """What that process does, and its workers after it. What they say is told only if the run fails."""
        os.setsid()
        os.dup2(os.open(self._said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), sys.stderr.fileno())
        watch = ContentWatch(ROOT)
        settings = Settings(folder, self.place, KEY, workers, watch=watch, roster="the same each time")
        report = run_batch(self.shop, self.roster, settings)
        errors = [error for outcome in report.outcomes for error in outcome.errors]
        for error in (report.stopped, *errors):
            if error is not None:
                print(error, file=sys.stderr)
        sys.exit(report.exit_code)

    def _join(self, run: BaseProcess, name: str, *, killed: bool = False) -> None:
        """Waits for the end of a run. One that hangs is ended, and has failed.

        killed: it was, or ended just before.
        """
        run.join(PATIENCE)
        run.kill()
        run.join()
        if run.exitcode not in ((0, -signal.SIGKILL) if killed else (0,)):
            self.faults.note("runs that failed", name, self._said.read_text("utf-8"))

    @property
    def _said(self) -> Path:
        return self.place / "said"

    def _watched(self, folder: Path, workers: int) -> Life:
        """Makes all packs, and tells how long what took."""
        start = time.perf_counter()
        seen: dict[int, float] = {}
        run, _ = self._started(folder, workers)
        while run.is_alive():
            seen.setdefault(len(packs_in(folder)) if folder.exists() else -1, time.perf_counter() - start)
            time.sleep(0.0005)
        self._join(run, f"{workers} workers")
        held = min(when for packs, when in seen.items() if packs >= 0)
        with_packs = [when for packs, when in seen.items() if packs > 0]
        return Life(held, time.perf_counter() - start - held, max(with_packs) - min(with_packs))

    # ---- kills

    def _kill(self, folder: Path, workers: int, share: float, name: str, *, workers_too: bool, by_packs: bool) -> int:
        """Kills a run when it is that share of the way, and looks at what it left. Returns its process group."""
        again, before, there = folder.exists(), done_in(folder), len(packs_in(folder))
        run, group = self._started(folder, workers)
        if by_packs and there < len(self.roster.plans):
            self._wait_for_packs(run, folder, there + 1 + int(share * (len(self.roster.plans) - there)), workers)
        else:
            self._wait(run, folder, share, workers, again=again)
        ended = not run.is_alive()
        if not ended:
            (os.killpg if workers_too else os.kill)(group, signal.SIGKILL)
        self._join(run, name, killed=not ended)
        self._look(folder, again=again, ended=ended)
        self.faults.check_midst(folder, name)
        self.faults.check_kept(folder, before, name)
        return group

    def _wait(self, run: BaseProcess, folder: Path, share: float, workers: int, *, again: bool) -> None:
        """Waits for a share of a run's life. again: the folder is there already, so nothing tells when it is held."""
        life = self.lives[workers]
        if again:
            time.sleep(life.start)
        while not folder.exists() and run.is_alive():
            time.sleep(0.0005)
        time.sleep(share * life.work)

    def _wait_for_packs(self, run: BaseProcess, folder: Path, packs: int, workers: int) -> None:
        """Waits until the folder has so many packs, and up to the time of a group more (a run has some eight), so that
        the kill lands at any step of a group.
        """
        while run.is_alive() and len(packs_in(folder)) < packs:
            time.sleep(0.0005)
        time.sleep(self.chance.uniform(0, self.lives[workers].packs / 8))

    def _look(self, folder: Path, *, again: bool, ended: bool) -> None:
        """Counts when a run was killed, as its folder tells, and what there was that can go wrong."""
        made = len(packs_in(folder))
        reached = (folder.exists(), made > 0, made == len(self.roster.plans))
        self.moments[MOMENTS[4 if ended else sum(reached)], again] += 1
        if not folder.exists() or ended:
            return
        self.left["temp files"] += any(TEMP_NAME.fullmatch(name) for name in os.listdir(folder))
        with suppress(HandoutsError):  # told by the checks
            there = {(folder / f"{one.id}.pdf").exists() for one in Ledger.load(folder).records("writing")}
            self.left["packs announced and not there"] += False in there
            self.left["packs there and not entered"] += True in there


def _made_by_the_command(place: Path, roster: Roster) -> Path:
    """A folder with the packs of the roster."""
    key, file, whole = place / "key", place / "roster.jsonl", place / "whole"
    key.write_bytes(KEY)
    lines = [plan.model_dump_json(exclude_defaults=True, warnings=False) for plan in roster.plans]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    command = [sys.executable, "-m", "generator.cli.app", "batch", str(file), "--out", str(whole), "--key", str(key)]
    command += ["--draft", "--as-of", AS_OF.isoformat()]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return whole


def _is_gone(group: int) -> bool:
    """Whether a process group has ended, within a few seconds."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def _shares(times: int, chance: random.Random) -> list[float]:
    """So many numbers from 0 to 1, evenly spread and in any order."""
    shares = [(number + chance.random()) / times for number in range(times)]
    chance.shuffle(shares)
    return shares


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--packs", type=int, default=48)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        trial = Trial.of(Path(place), chosen.packs, chosen.seed)
        first, second = _shares(chosen.times, trial.chance), _shares(chosen.times, trial.chance)
        start = time.perf_counter()
        for number in range(chosen.times):
            trial.cycle(number, first[number], second[number])
        seconds = (time.perf_counter() - start) / max(1, chosen.times)
    print(f"{chosen.times} batches of {chosen.packs} packs, killed and run again (seed {chosen.seed})")
    print(f"{seconds:.1f} s each")
    print(f"\n{'killed':40} {'first run':>9} {'next run':>9}")
    for moment in MOMENTS:
        print(f"{moment:40} {trial.moments[moment, False]:9} {trial.moments[moment, True]:9}")
    for what, count in sorted(trial.left.items()):
        print(f"{'leaving ' + what:40} {count:9}")
    print(f"\n{'faults':40} {'found':>9}")
    for fault in FAULTS:
        print(f"{fault:40} {trial.faults.found[fault]:9}")
    sys.exit(bool(trial.faults.found.total()))


if __name__ == "__main__":
    main()
