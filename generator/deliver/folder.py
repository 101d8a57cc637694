"""A folder that packs are put into: one run at a time, each file whole or not there at all.

Groups make this quick: all files of a group are written and synced, then renamed, then the folder is synced once.
Nothing in here knows what a pack is; `delivery` does.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Final

from filelock import FileLock, Timeout

from generator.deliver import disk
from generator.deliver.index import Index
from generator.deliver.ledger import Ledger
from generator.errors import HandoutsError, Place, UsageError

LOCK_FILE: Final = ".handouts-lock"

GROUP: Final = 32
"""Files that are written together: past this the folder's sync weighs next to nothing (1.51 to 1.04 ms a pack in the
trial).
"""

AT_A_TIME: Final = 8
"""Files that are synced side by side."""

_SAFE_NAME: Final = re.compile(r"[0-9A-Z][0-9A-Za-z-]{0,90}\.(pdf|json|txt|csv)")
_RESERVED: Final = re.compile(r"(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])\.", re.IGNORECASE)


class FolderBusy(UsageError):
    """Another run holds the folder."""


class PackFolder:
    """An output folder, held by this run alone as long as the `with` block lasts.

    Made if it is not there. On entry the temp files of killed runs are removed, and on leaving those of killed workers;
    when the block ends well, ledger and index are put in order. One thread at a time may use it; it need not be the one
    that opened it.
    """

    ledger: Ledger
    index: Index

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = FileLock(path / LOCK_FILE, thread_local=False)
        self._syncing: Executor | None = None

    def __enter__(self) -> PackFolder:
        """Raises FolderBusy, UsageError (not a folder), StorageError, DamagedRecord."""
        with disk.storage_errors(self.path):
            if self.path.exists() and not self.path.is_dir():
                hint = "Name a folder with --out; it is made if it does not exist."
                raise UsageError("This is a file, not a folder.", hint=hint, place=Place(str(self.path)))
            _make_folder(self.path)
            self._acquire()
            try:
                disk.remove_leftovers(self.path)
                self.ledger = Ledger(self.path, writer=True)
                self.index = Index(self.path, writer=True)
            except BaseException:
                self._lock.release()
                raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        try:
            if self._syncing is not None:
                self._syncing.shutdown()
            with contextlib.suppress(OSError):
                disk.remove_leftovers(self.path)
            self.index.close(put_in_order=kind is None)
            self.ledger.close(put_in_order=kind is None)
        finally:
            self._lock.release()

    def put(self, name: str, data: bytes) -> None:
        """Writes one file, whole and durable. Raises StorageError; then what had the name before is as it was."""
        for error in self.put_many([(name, data)]).values():
            raise error

    def put_many(self, files: Sequence[tuple[str, bytes | Path]]) -> dict[str, HandoutsError]:
        """Writes files in groups: all of a group synced, then all renamed, then the folder synced.

        A file is given as its bytes, or as a whole temp file in this folder (`storing`), which is synced first.

        Names are opaque: letters, digits and hyphens (`delivery` makes them from the pack id). Returns, by name, the
        files that could not take their place because the old one cannot be replaced (on Windows: is open in a viewer);
        the others are in place. Raises StorageError where the disk is full or the folder cannot be written: then no
        file of that group has changed, and those of earlier groups are done.
        """
        for name, _ in files:
            if not _SAFE_NAME.fullmatch(name) or _RESERVED.match(name):
                raise ValueError("names of files in a pack folder are opaque: letters, digits, hyphens and an ending")
        errors: dict[str, HandoutsError] = {}
        for start in range(0, len(files), GROUP):
            errors |= self._put_group(files[start : start + GROUP])
        return errors

    def _put_group(self, files: Sequence[tuple[str, bytes | Path]]) -> dict[str, HandoutsError]:
        errors: dict[str, HandoutsError] = {}
        with disk.storage_errors(self.path):
            written = iter(self._write_temps([data for _, data in files if isinstance(data, bytes)]))
            self._sync([data for _, data in files if isinstance(data, Path)])
            temps = [next(written) if isinstance(data, bytes) else data for _, data in files]
            for (name, _), temp in zip(files, temps, strict=True):
                try:
                    disk.rename(temp, self.path / name)
                except OSError as problem:
                    disk.remove(temp)
                    errors[name] = _cannot_replace(self.path / name, problem)
            disk.sync_folder(self.path)
        return errors

    def _write_temps(self, contents: Sequence[bytes]) -> list[Path]:
        """A synced temp file for each of `contents`. All are written before the first is synced, which lets the disk
        batch them.
        """
        temps: list[Path] = []
        opened: list[int] = []
        try:
            with contextlib.ExitStack() as descriptors:
                for data in contents:
                    descriptor, temp = disk.create_temp(self.path)
                    descriptors.callback(os.close, descriptor)
                    temps.append(temp)
                    disk.write_all(descriptor, data)
                    opened.append(descriptor)
                for descriptor in opened:
                    disk.sync_file(descriptor)
        except BaseException:
            for temp in temps:
                disk.remove(temp)
            raise
        return temps

    def _sync(self, temps: Sequence[Path]) -> None:
        """Syncs files side by side, so that the disk can take many of them in one go. Raises OSError."""
        if not temps:
            return
        if self._syncing is None:
            self._syncing = ThreadPoolExecutor(AT_A_TIME, "syncing packs")
        for _ in self._syncing.map(_sync_all, [temps[start::AT_A_TIME] for start in range(min(AT_A_TIME, len(temps)))]):
            pass

    def _acquire(self) -> None:
        try:
            self._lock.acquire(timeout=0)
        except Timeout as problem:
            raise FolderBusy(
                "Another run is writing into this folder.",
                hint="Wait until it has finished, or name another folder with --out.",
                place=Place(str(self.path)),
            ) from problem


def _sync_all(temps: Sequence[Path]) -> None:
    for temp in temps:
        disk.sync_whole(temp)


def _cannot_replace(path: Path, problem: OSError) -> HandoutsError:
    error = disk.StorageError(
        "The old file of this name cannot be replaced. It is as it was.",
        hint="Close it if it is open in another program, then run the same command again.",
        place=Place(str(path)),
    )
    error.__cause__ = problem
    return error


def _make_folder(path: Path) -> None:
    """Makes the folder and what is missing above it, each name synced. Raises OSError."""
    missing = [path, *path.parents]
    missing = missing[: next((count for count, parent in enumerate(missing) if parent.exists()), len(missing))]
    for parent in reversed(missing):
        parent.mkdir(exist_ok=True)
        disk.sync_folder(parent.parent)
