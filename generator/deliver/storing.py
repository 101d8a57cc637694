"""Files on their way into a pack folder: written under temp names, and synced by a thread of their own.

A sync takes the disk longer than a pack takes to draw, so nobody waits for it: while packs are drawn, the thread syncs
what was written before, all that is waiting in one go. Any process may write here; only the holder of the folder's lock
gives the files their names (`delivery`).
"""

from __future__ import annotations

import hashlib
import os
import queue
import threading
from pathlib import Path
from types import TracebackType

from generator.deliver import disk
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A whole file under a temp name in its folder, on the disk. size: bytes. sha256: of the file, in hex."""

    temp: Path
    size: int
    sha256: str


class Store:
    """Writes the files of one group. They are on the disk when the `with` block has ended well.

    If it ends in any other way, their temp files are gone. Raises StorageError, at the latest at the end of the block.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written: list[Path] = []
        self._waiting: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._failed: OSError | None = None
        self._thread = threading.Thread(target=self._sync_all, name="syncing packs", daemon=True)

    def __enter__(self) -> Store:
        self._thread.start()
        return self

    def write(self, data: bytes) -> StoredFile:
        """A temp file with these bytes; it is on the disk only when the block has ended."""
        with disk.storage_errors(self._folder):
            descriptor, temp = disk.create_temp(self._folder)
            self._written.append(temp)
            try:
                disk.write_all(descriptor, data)
            except BaseException:
                os.close(descriptor)
                raise
        self._waiting.put(descriptor)
        return StoredFile(temp, len(data), hashlib.sha256(data).hexdigest())

    def take_back(self, file: StoredFile) -> None:
        """Removes a file that must not be released after all."""
        disk.remove(file.temp)

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._waiting.put(None)
        self._thread.join()
        if kind is not None or self._failed is not None:
            for temp in self._written:
                disk.remove(temp)
        if kind is None and self._failed is not None:
            raise disk.storage_error(self._failed, self._folder) from self._failed

    def _sync_all(self) -> None:
        """Syncs and closes what was written until there is no more. After a failure it only closes."""
        while (descriptor := self._waiting.get()) is not None:
            try:
                if self._failed is None:
                    disk.sync_file(descriptor)
            except OSError as problem:
                self._failed = problem
            finally:
                os.close(descriptor)
