"""What a run saw of a folder's files, so that the next one need not read thousands of packs to know they are whole.

A pack that has the size, times and inode with which it was last found whole is taken to be whole. `handouts verify`
never is that trusting: it reads every byte. This file is no part of the record: it may be deleted at any time, it
differs from machine to machine, and a run without it reads the packs. A file that changed within moments of being seen
is not trusted, since its times could not tell (as git treats its index).
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from generator.deliver import disk

SEEN_FILE: Final = ".handouts-seen.json"

_FORMAT: Final = 1
_MOMENT: Final = 2_000_000_000
"""Nanoseconds within which a change may leave a file's times as they were; coarse file systems count in 2 s."""


@dataclass(slots=True)
class Seen:
    """files: by file id, the SHA-256 it had and its signature. notes: whatever a run wants to know of a file again.

    Only the holder of the folder's lock uses it.
    """

    folder: Path
    files: dict[str, list[Any]] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)
    _saved: int = 0
    _fresh: set[str] = field(default_factory=set)
    _changed: bool = False

    @classmethod
    def load(cls, folder: Path) -> Seen:
        """What the last run saw; a file that is missing or broken counts as empty."""
        seen = cls(folder)
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            data = json.loads((folder / SEEN_FILE).read_bytes())
            if data["format"] == _FORMAT:
                seen.files, seen.notes, seen._saved = dict(data["files"]), dict(data["notes"]), int(data["saved"])
        return seen

    def is_same(self, id_: str, sha256: str) -> bool:
        """Whether the file was found to have this SHA-256 and has not been touched since."""
        signature = _signature(self.folder / f"{id_}.pdf")
        if signature is None or self.files.get(id_) != [sha256, *signature]:
            return False
        return id_ in self._fresh or max(signature[1:3]) < self._saved - _MOMENT

    def remember(self, id_: str, sha256: str) -> None:
        """The file has this SHA-256, as the caller has just found or made it."""
        signature = _signature(self.folder / f"{id_}.pdf")
        if signature is not None:
            self.files[id_] = [sha256, *signature]
            self._fresh.add(id_)
            self._changed = True

    def note(self, id_: str, note: Any) -> None:
        """Keeps plain JSON values about a file."""
        if self.notes.get(id_) != note:
            self.notes[id_] = note
            self._changed = True

    def save(self) -> None:
        """Writes it if there is anything new. What cannot be written costs the next run some time, and no more."""
        if not self._changed:
            return
        data = {"format": _FORMAT, "saved": time.time_ns(), "files": self.files, "notes": self.notes}
        with contextlib.suppress(disk.StorageError):
            disk.write_whole(self.folder / SEEN_FILE, json.dumps(data).encode(), private=True)


def _signature(path: Path) -> list[int] | None:
    """Size, times of the last change of content and of anything, and inode; None if there is no such file."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]
