"""Files on their way into a pack folder: written under temp names by whichever process made them.

Only the holder of the folder's lock syncs them and gives them their names (`folder`): it has the time, while a process
that makes packs would wait for the disk longer than a pack takes to draw.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from types import TracebackType

from generator.deliver import disk
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A whole file under a temp name in its folder, not synced yet. size: bytes. sha256: of the file, in hex."""

    temp: Path
    size: int
    sha256: str


class Store:
    """Writes the files of one group. If the `with` block ends in any other way than well, they are gone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written: list[Path] = []

    def __enter__(self) -> Store:
        return self

    def write(self, data: bytes, sha256: str = "") -> StoredFile:
        """A temp file with these bytes. sha256: of them, in hex, where it is known. Raises StorageError."""
        with disk.storage_errors(self._folder):
            descriptor, temp = disk.create_temp(self._folder)
            self._written.append(temp)
            try:
                disk.write_all(descriptor, data)
            finally:
                os.close(descriptor)
        return StoredFile(temp, len(data), sha256 or hashlib.sha256(data).hexdigest())

    def take_back(self, file: StoredFile) -> None:
        """Removes a file that must not be released after all."""
        disk.remove(file.temp)

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        if kind is not None:
            for temp in self._written:
                disk.remove(temp)
