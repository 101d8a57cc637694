"""What must hold in a folder of packs after a kill, and after the run that ends the work."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from generator.batch.verifying import Patients, verify
from generator.deliver.disk import TEMP_NAME
from generator.deliver.folder import LOCK_FILE
from generator.deliver.index import Index
from generator.deliver.ledger import Ledger
from generator.deliver.seen import SEEN_FILE
from generator.errors import HandoutsError

Stamps = Mapping[str, tuple[int, int]]
"""Inode and time of the last change by file name: what was written again has others."""

FAULTS: Final = (
    "torn packs",
    "packs with another patient's bytes",
    "packs lost",
    "whole packs made again",
    "mistakes of ledger or index",
    "runs that failed",
    "folders that differ in the end",
    "temp files left in the end",
    "processes left in the end",
    "errors and notes of verify",
)
_LEFT_OUT: Final = {LOCK_FILE, SEEN_FILE}  # no part of the record: an empty file, and times of files


@dataclass(slots=True)
class Faults:
    """Counts what is wrong, and tells it. wanted: the folder of a run that was not killed."""

    wanted: Mapping[str, bytes]
    patients: Patients
    found: Counter[str] = field(default_factory=Counter)

    def note(self, fault: str, run: str, detail: str = "") -> None:
        self.found[fault] += 1
        print(f"{run}: {fault} {detail}".rstrip(), file=sys.stderr, flush=True)

    def check_midst(self, folder: Path, run: str) -> None:
        """After a kill: packs are whole and their own, and the record knows each of them for what it is."""
        owners = {data: name for name, data in self.wanted.items()}
        for name in packs_in(folder):
            data = (folder / name).read_bytes()
            if owners.get(data) != name:
                self.note("packs with another patient's bytes" if data in owners else "torn packs", run, name)
        for mistake in _mistakes(folder):
            self.note("mistakes of ledger or index", run, mistake)

    def check_kept(self, folder: Path, before: Stamps, run: str) -> None:
        """What an earlier run had done is there, and was not written again. before: its `done_in`."""
        now = _stamps(folder)
        for name, stamp in before.items():
            if name not in now:
                self.note("packs lost", run, name)
            elif now[name] != stamp:
                self.note("whole packs made again", run, name)

    def check_end(self, folder: Path, run: str) -> None:
        """After a run that went to its end: every byte, and what the product itself says of the folder."""
        found = contents(folder)
        for name in found:
            if TEMP_NAME.fullmatch(name):
                self.note("temp files left in the end", run, name)
        differing = sorted(name for name in found.keys() | self.wanted if found.get(name) != self.wanted.get(name))
        if differing:
            self.note("folders that differ in the end", run, ", ".join(differing))
        try:
            verified = verify(folder, self.patients)
            said = [*map(str, verified.errors), *verified.notes]
        except HandoutsError as error:
            said = [str(error)]
        for one in said:
            self.note("errors and notes of verify", run, one)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file that is part of the record, also temp files."""
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name not in _LEFT_OUT}


def packs_in(folder: Path) -> list[str]:
    return [name for name in os.listdir(folder) if name.endswith(".pdf")] if folder.exists() else []


def done_in(folder: Path) -> Stamps:
    """The packs that the ledger calls done."""
    try:
        ledger = Ledger.load(folder)
    except HandoutsError:
        return {}
    done = {f"{entry.id}.pdf" for entry in ledger.entries() if not ledger.is_unfinished(entry.id)}
    return {name: stamp for name, stamp in _stamps(folder).items() if name in done}


def _stamps(folder: Path) -> Stamps:
    found = {name: (folder / name).stat() for name in packs_in(folder)}
    return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in found.items()}


def _mistakes(folder: Path) -> Iterator[str]:
    """What ledger and index say after a kill that is not so."""
    try:
        ledger, index = Ledger.load(folder), Index.load(folder)
    except HandoutsError as error:
        yield str(error)
        return
    for entry in ledger.entries():
        if ledger.is_unfinished(entry.id):
            continue
        if not ledger.is_intact(entry):
            yield f"{entry.id} is said to be done, and is not"
        if not index.knows(f"{entry.id}.pdf"):
            yield f"{entry.id} is said to be done, and nobody knows whose it is"
    for name in packs_in(folder):
        if not ledger.knows(name.removesuffix(".pdf")):
            yield f"{name} would be taken for a stranger's file"
