"""Runs that are killed, traced or starved: started by the tests as processes of their own.

Ways to call `python -m tests.generator.deliver.runs`:

- once FOLDER VERSION: deliver the packs, in calls of 3
- sweep FOLDER... VERSION: the same in each folder, killed at the first system call, at the second, ...
- hold FOLDER: hold the folder until killed
- fill FOLDER: deliver big packs until the disk is full
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from generator.deliver.delivery import deliver
from generator.deliver.disk import StorageError
from generator.deliver.folder import PackFolder
from generator.deliver.keys import folder_key
from tests.generator.deliver.packs import finished, group

COUNT = 7
"""Packs of a run; with 3 in a call, a whole group, another and a part of one."""

CALLS = ("open", "write", "fsync", "ftruncate", "replace", "unlink", "close")
"""The calls between which a kill can make a difference."""


def once(path: Path, version: str) -> None:
    """One run over all packs."""
    packs = group(COUNT, version)
    with PackFolder(path) as folder:
        folder_key(folder)
        for start in range(0, COUNT, 3):
            deliver(folder, packs[start : start + 3])


def killed_at(call: int, work: Callable[[], None]) -> bool:
    """Does `work` in a child that kills itself in its `call`-th system call, halfway through if that writes.

    Returns whether it got there, False if it ended before that.
    """
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        assert status in (0, signal.SIGKILL), "the run failed instead of ending"
        return status == signal.SIGKILL
    left = call

    def counted(name: str) -> Callable[..., Any]:
        real = getattr(os, name)

        def counting(*arguments: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                if name == "write":
                    real(arguments[0], arguments[1][: len(arguments[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **named)

        return counting

    try:
        for name in CALLS:
            setattr(os, name, counted(name))
        work()
    except BaseException:
        os._exit(1)
    os._exit(0)


def hold(path: Path) -> None:
    """Holds the folder for longer than any test takes."""
    with PackFolder(path):
        sys.stdout.write("held\n")
        sys.stdout.flush()
        time.sleep(120)


def fill(path: Path) -> None:
    """Delivers packs until nothing more goes in, makes room, and goes on. Prints what it saw as JSON."""
    big = [finished(f"big-{number}", size=40_000) for number in range(20)]
    seen: dict[str, object] = {}
    filler = path / "filler"
    with PackFolder(path) as folder:
        deliver(folder, group(3))
        filler.write_bytes(b"x" * 100_000)
        try:
            deliver(folder, [*group(3, "2"), *big])
        except StorageError as error:
            seen["error"] = error.message
    seen["old packs intact"] = [(path / pack.file_name).read_bytes() == pack.pdf for pack in group(3)]
    seen["files"] = sorted(file.name for file in path.iterdir())
    with PackFolder(path) as folder:
        seen["unchanged"] = [outcome.state for outcome in deliver(folder, group(3))]
    filler.unlink()
    with PackFolder(path) as folder:
        seen["after"] = sorted({outcome.state for outcome in deliver(folder, group(3, "2"))})
    sys.stdout.write(json.dumps(seen))


def main(arguments: list[str]) -> None:
    """See the module's docstring."""
    match arguments:
        case ["once", folder, version]:
            once(Path(folder), version)
        case ["sweep", *folders, version]:
            runs = [partial(once, Path(folder), version) for folder in folders]
            reached = [killed_at(call, run) for call, run in enumerate(runs, start=1)]
            sys.stdout.write(json.dumps(reached))
        case ["hold", folder]:
            hold(Path(folder))
        case ["fill", folder]:
            fill(Path(folder))
        case _:
            sys.exit(2)


if __name__ == "__main__":
    main(sys.argv[1:])
