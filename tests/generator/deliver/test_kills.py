"""Runs that are killed at every call, or meet a full disk; and the order of system calls, which kills cannot show."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from generator.deliver.delivery import deliver
from generator.deliver.disk import TEMP_NAME
from generator.deliver.folder import PackFolder
from generator.deliver.index import INDEX_FILE
from generator.deliver.keys import KEY_FILE, read_key
from generator.deliver.ledger import LEDGER_FILE, Ledger
from tests.generator.deliver.packs import group
from tests.generator.deliver.runs import COUNT, once
from tests.generator.deliver.test_delivery import contents

RUNS = [sys.executable, "-m", "tests.generator.deliver.runs"]
POINTS = 260
"""More calls than a run makes, so that the sweep covers all of them and a run that is not killed at all."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills and traces need POSIX")


def without_key(path: Path) -> dict[str, bytes]:
    """A folder's contents without the key, which is another one in each folder."""
    return {name: data for name, data in contents(path).items() if name != KEY_FILE}


def check_and_finish(path: Path, versions: tuple[str, ...], whole: dict[str, bytes]) -> None:
    """What must hold in a folder after a kill, and after the next run over the same packs."""
    own = {(pack.file_name, pack.pdf) for version in versions for pack in group(COUNT, version)}
    for file in path.glob("*.pdf"):
        assert (file.name, file.read_bytes()) in own, "torn or mixed"
    if (path / KEY_FILE).exists():
        read_key(path / KEY_FILE)
    ledger = Ledger.load(path)
    for entry in ledger.entries():
        assert ledger.is_intact(entry) or ledger.is_unfinished(entry.id), "said to be done, and is not"
    for file in path.glob("*.pdf"):
        assert ledger.knows(file.stem), "a file of ours that the next run would take for a stranger's"
    once(path, versions[-1])
    assert without_key(path) == whole
    assert not [file for file in path.iterdir() if TEMP_NAME.fullmatch(file.name)]


@pytest.mark.parametrize("versions", [("1",), ("1", "2")], ids=["empty folder", "folder with older packs"])
def test_killed_at_each_call(tmp_path: Path, versions: tuple[str, ...]) -> None:
    start = tmp_path / "start"
    start.mkdir()
    for version in versions[:-1]:
        once(start, version)
    never_killed = tmp_path / "never killed"
    shutil.copytree(start, never_killed)
    once(never_killed, versions[-1])
    folders = [tmp_path / f"{number:03}" for number in range(POINTS)]
    for folder in folders:
        shutil.copytree(start, folder)
    ran = subprocess.run([*RUNS, "sweep", *map(str, folders), versions[-1]], check=True, capture_output=True)
    reached = json.loads(ran.stdout)
    assert reached[0]
    assert not reached[-1], "raise POINTS: the last runs have more calls"
    for folder in folders[: reached.index(False) + 1]:
        check_and_finish(folder, versions, without_key(never_killed))


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_a_random_moment(tmp_path: Path, seed: int) -> None:
    once(tmp_path / "whole", "1")
    path = tmp_path / "killed"
    with subprocess.Popen([*RUNS, "once", str(path), "1"]) as run:
        wanted = random.Random(seed).randrange(COUNT)
        while run.poll() is None and len(list(path.glob("*.pdf"))) < wanted:
            pass
        run.send_signal(signal.SIGKILL)
    path.mkdir(exist_ok=True)
    check_and_finish(path, ("1",), without_key(tmp_path / "whole"))


def test_full_disk(tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    inside = 'mount -t tmpfs -o size=220k none "$0" && exec "$@"'
    command = [unshare or "", "--map-root-user", "--mount", "sh", "-c", inside, str(tmp_path)]
    if unshare is None or subprocess.run([*command, "true"], check=False, capture_output=True).returncode:
        pytest.skip("no small disk to fill: needs Linux and the right to mount one")
    ran = subprocess.run([*command, *RUNS, "fill", str(tmp_path)], check=True, capture_output=True)
    seen = json.loads(ran.stdout)
    assert "disk is full" in seen["error"]
    assert seen["old packs intact"] == [True] * 3
    assert not [name for name in seen["files"] if TEMP_NAME.fullmatch(name)]
    assert seen["unchanged"] == ["unchanged"] * 3
    assert seen["after"] == ["written"]


CALL = re.compile(r"(\w+)\((.*)\) += (-?\d+)")
SAID = re.compile(r'kind\\":\\"(\w+)\\",\\"id\\":\\"([\w-]+)')


def finished_calls(trace: str) -> Iterator[str]:
    """The calls of a trace in the order in which they ended. Those of other processes may stand in between."""
    open_: dict[str, str] = {}
    for line in trace.splitlines():
        # Short process numbers are padded, so a call may start with spaces.
        process, _, call = line.partition(" ")
        call = call.lstrip()
        if call.endswith("<unfinished ...>"):
            open_[process] = call.removesuffix("<unfinished ...>").rstrip()
        elif resumed := re.match(r"<\.\.\. \w+ resumed>(.*)", call):
            yield open_.pop(process, "") + resumed[1]
        else:
            yield call.rstrip()


def test_calls_are_read_with_padded_process_numbers_and_calls_between() -> None:
    trace = '991   write(5</a>, "x", 1 <unfinished ...>\n12345 fsync(3</b>) = 0\n991   <... write resumed>) = 1\n'
    assert list(finished_calls(trace)) == ["fsync(3</b>) = 0", 'write(5</a>, "x", 1) = 1']


def traced(path: Path, *run: str) -> list[tuple[str, str]]:
    """The run's calls in order, as (what, which): write, sync, rename (temp name), named (new name), say KIND (id)."""
    out = path.parent / "trace"
    calls = "trace=write,fsync,fdatasync,rename,renameat,renameat2"
    command = ["strace", "-f", "-y", "-s", "4000", "-e", calls, "-o", str(out), sys.executable, "-m", *run]
    subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parents[3])
    steps: list[tuple[str, str]] = []
    for line in finished_calls(out.read_text("latin-1")):
        match = CALL.match(line)
        if match is None or int(match[3]) < 0:
            continue
        call, arguments = match[1], match[2]
        if call.startswith("rename"):
            source, target = re.findall(r'"([^"]*)"', arguments)
            steps += [("rename", source), ("named", target)]
        elif file := re.match(r"\d+<([^>]*)>", arguments):
            steps.append(("write" if call == "write" else "sync", file[1]))
            if file[1].endswith(LEDGER_FILE) and call == "write":
                steps += [(f"say {kind}", id_) for kind, id_ in SAID.findall(arguments)]
    return steps


def test_order_of_system_calls(tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    path = tmp_path / "packs"
    steps = traced(path, *RUNS[2:], "once", str(path), "1")
    check_order(path, steps, [pack.id for pack in group(COUNT)])


def check_order(path: Path, steps: list[tuple[str, str]], ids: list[str]) -> None:
    """What must come before what, for each file and each pack."""
    ledger, index, folder = str(path / LEDGER_FILE), str(path / INDEX_FILE), str(path)
    position = {step: place for place, step in enumerate(steps)}
    # Renames elsewhere are caches (compiled modules, grades), which may be lost.
    renames = [
        source for (what, source), (_, name) in pairwise(steps) if what == "rename" and Path(name).parent == path
    ]
    assert len(renames) >= len(ids) + 2, "packs, ledger, index"
    for source in renames:
        written, synced, renamed = (position.get((what, source), -1) for what in ("write", "sync", "rename"))
        assert -1 < written < synced < renamed, "renamed before its bytes were on the disk"
    for id_ in ids:
        announced = position[("say writing", id_)]
        named = position[("named", str(path / f"{id_}.pdf"))]
        done = position[("say pack", id_)]
        assert ("sync", ledger) in steps[announced:named], "not announced before it took its name"
        assert ("sync", folder) in steps[named:done], "entered before its name was on the disk"
        assert ("sync", index) in steps[named:done], "entered before the index says whose it is"
        assert ("sync", ledger) in steps[done:], "its entry was not synced"


def test_a_run_of_fewer_packs_after_a_kill_leaves_the_others_known(tmp_path: Path) -> None:
    packs = group(2)
    with PackFolder(tmp_path) as folder:
        folder.ledger.announce([pack.ledger_entry() for pack in packs])
        folder.put_many([(pack.file_name, pack.pdf) for pack in packs])
    with PackFolder(tmp_path) as folder:
        deliver(folder, packs[:1])
    ledger = Ledger.load(tmp_path)
    assert ledger.is_unfinished(packs[1].id)
    assert ledger.entry(packs[1].pack_id) is None
    with PackFolder(tmp_path) as folder:
        assert [outcome.state for outcome in deliver(folder, packs)] == ["unchanged", "written"]
