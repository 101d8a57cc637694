"""Texts that are kept on this computer from run to run, so that what was worked out once is only read.

Nothing of a patient is in them. They stand in the user's own cache folder, where the system's tools may clear them at
any time; whatever cannot be read or written is worked out again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from contextlib import suppress
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Self

from platformdirs import user_cache_path

from generator.values import dataclass

VERSIONS = 4  # of the code whose texts are kept; those of the oldest go
_CHECKSUM = 64  # characters of SHA-256 before the text, which tell a file that was not written to its end


@dataclass(frozen=True, slots=True)
class KeptTexts:
    """A folder of texts by key, for one version of the code that makes them. most: texts that it may hold, None for any
    number; the oldest go.
    """

    folder: Path
    most: int | None = None

    @classmethod
    def of_user(cls, what: str, *packages: str, most: int | None = None) -> Self:
        """In the user's cache folder. packages: the code that makes these texts; other code has folders of its own."""
        return cls(user_cache_path("handouts", appauthor=False) / what / code_version(packages), most)

    def get(self, key: str) -> str | None:
        """What was put under a key, None if it is not there or not whole."""
        try:
            kept = (self.folder / key).read_text("utf-8")
        except (OSError, ValueError):
            return None
        text = kept[_CHECKSUM:]
        return text if kept[:_CHECKSUM] == _checksum(text) else None

    def put(self, key: str, text: str) -> None:
        """Keeps a text, whole or not at all."""
        with suppress(OSError):
            if not self.folder.is_dir():
                self.folder.mkdir(parents=True, exist_ok=True)
                _clear(self.folder.parent, VERSIONS)
            with tempfile.NamedTemporaryFile("w", dir=self.folder, delete=False, encoding="utf-8", newline="") as file:
                file.write(_checksum(text) + text)
            os.replace(file.name, self.folder / key)
            if self.most is not None:
                _clear(self.folder, self.most)


def _clear(folder: Path, most: int) -> None:
    """Removes what a folder holds above so many files or folders, the oldest first. Raises OSError."""
    by_age = sorted(folder.iterdir(), key=lambda one: one.stat().st_mtime_ns)
    for old in by_age[:-most]:
        shutil.rmtree(old) if old.is_dir() else old.unlink()


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def code_version(packages: tuple[str, ...]) -> str:
    """Short hash of the modules of some packages, which tells whether they still make the same of the same."""
    return hashlib.sha256(b"".join(map(_package_hash, packages))).hexdigest()[:16]


@lru_cache(maxsize=32)
def _package_hash(package: str) -> bytes:
    """Of all modules of a package, found without loading it."""
    whole = hashlib.sha256()
    found = find_spec(package)
    if found is None or found.submodule_search_locations is None:
        raise ModuleNotFoundError(f"There is no package {package}.")
    for folder in found.submodule_search_locations:
        for name in sorted(os.listdir(folder)):
            if name.endswith(".py"):
                with open(os.path.join(folder, name), "rb") as file:
                    whole.update(file.read())
    return whole.digest()
