"""Drawn pictures that are kept on this computer from run to run: what was drawn once is only read and colored.

Nothing of a patient is in them: a picture is an exercise's pose in a frame, before it gets the colors of a brand or a
person. They stand in the user's own cache folder, where the system's tools may clear them at any time.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

from platformdirs import user_cache_path

_CHECKSUM = 64  # characters of SHA-256 before the text, which tell a file that was not written to its end


@dataclass(frozen=True, slots=True)
class KeptDrawings:
    """A folder of texts by key, for one version of the code that draws. Whatever cannot be read or written is drawn."""

    folder: Path

    @classmethod
    def of_user(cls) -> KeptDrawings:
        """In the user's cache folder; drawings of other versions of the code stand in folders of their own."""
        return cls(user_cache_path("handouts", appauthor=False) / "drawings" / _code_version())

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
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=self.folder, delete=False, encoding="utf-8", newline="") as file:
                file.write(_checksum(text) + text)
            os.replace(file.name, self.folder / key)


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@lru_cache(maxsize=1)
def _code_version() -> str:
    """Short hash of the code that draws: a picture that is drawn otherwise is another picture."""
    whole = hashlib.sha256()
    for file in sorted(resources.files("generator.figures").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".py"):
            whole.update(file.read_bytes())
    return whole.hexdigest()[:16]
