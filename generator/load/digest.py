"""One hash of all shared content, so that a pack knows when what it was made from has changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from generator.errors import ContentError, Place
from generator.load.content import PARTS

LEFT_OUT = (
    *("handouts/plans/", "handouts/reviews.yaml", "handouts/silenced.yaml", "handouts/scores.json"),
    *("handouts/codes.yaml", "handouts/language/mail."),
)
"""What prints on no page."""
NOT_LOADED = LEFT_OUT[:-1]
"""What no library holds: patients' plans, and the clinic's records. Mail words are part of a language."""
ONLY_NAMED = ("layouts/fonts/", "handouts/exercises/solved/")
"""What is read only when it is needed."""


def content_hash(content: Path) -> str:
    """SHA-256 of every file of the content folder, with its path; what prints nowhere apart."""
    whole = hashlib.sha256()
    for name, entry in _entries(content):
        if not name.startswith(LEFT_OUT) and entry.is_file():
            whole.update(name.encode("utf-8") + b"\0" + _hash(entry))
    return whole.hexdigest()


def library_hash(content: Path) -> str | None:
    """SHA-256 of all that a library is loaded from, and of where it is; other files count by their names.

    None where a file or folder is a link: what that leads to may change unseen.
    """
    whole = hashlib.sha256(f"{content}\0{content.resolve()}".encode())
    if any((content / part).is_symlink() for part in PARTS):
        return None
    for name, entry in _entries(content):
        if name.startswith(NOT_LOADED):
            continue
        if entry.is_symlink():
            return None
        whole.update(b"\0" + name.encode("utf-8"))
        if not name.startswith(ONLY_NAMED) and entry.is_file():
            whole.update(b"\0" + _hash(entry))
    return whole.hexdigest()


def _entries(content: Path) -> list[tuple[str, os.DirEntry[str]]]:
    """All files and folders of the content by their paths in it, each folder before what it holds; links are not
    followed.
    """
    found, waiting = [], [(part, str(content / part)) for part in PARTS]
    while waiting:
        above, folder = waiting.pop()
        with suppress(FileNotFoundError, PermissionError), os.scandir(folder) as entries:
            for entry in entries:
                name = f"{above}/{entry.name}"
                found.append((name, entry))
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((name, entry.path))
    return sorted(found, key=lambda one: one[0].split("/"))


def _hash(entry: os.DirEntry[str]) -> bytes:
    with open(entry, "rb") as file:
        return hashlib.sha256(file.read()).digest()


class ContentWatch:
    """Tells when content changes after this was made. Make it before anything is loaded."""

    def __init__(self, content: Path) -> None:
        self._content = content.resolve()
        self._stamps = dict(_stamps(self._content))

    def check(self) -> None:
        """Raises ContentError, with the name of the file, if any file of the content is not as it was."""
        now = dict(_stamps(self._content))
        if now != self._stamps:
            changed = sorted(name for name in {*now, *self._stamps} if now.get(name) != self._stamps.get(name))
            raise ContentError(
                "The content changed during the run. Packs that were released before are whole, of the old content.",
                hint="Run again: it makes what is missing, and packs of the old content anew.",
                place=Place(changed[0]),
            )


def _stamps(content: Path) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """Size, time of the last change, and inode of every file that can change what prints."""
    waiting = [str(content / part) for part in PARTS]
    skipped = len(str(content)) + 1
    while waiting:
        with suppress(FileNotFoundError), os.scandir(waiting.pop()) as found:
            for entry in found:
                if entry.is_dir():
                    waiting.append(entry.path)
                elif not (name := entry.path[skipped:].replace(os.sep, "/")).startswith(LEFT_OUT):
                    stat = entry.stat()
                    yield name, (stat.st_size, stat.st_mtime_ns, stat.st_ino)
