"""Foreign files are read in a process of their own, with a limit on time and memory.

A hostile or broken PDF can keep a parser busy for ever or make it fill the memory. The child gets the file's bytes,
reads them into an `Original` and hands that back; the parent never parses a foreign file itself and accepts nothing but
the plain values of this library. Where the system cannot limit memory (Windows), the limit on time still holds.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.errors import Place
from generator.merge.findings import PdfError
from generator.merge.original import InsertFacts, Original

SECONDS = 20.0
MEMORY_MB = 1024
MAX_BYTES = 200_000_000
_MODULE = "generator.merge.guarded"
_ALLOWED = frozenset(
    {
        ("generator.merge.original", "Original"),
        ("generator.merge.original", "OriginalPage"),
        ("generator.merge.original", "Margins"),
        ("generator.merge.structure", "Structure"),
        ("generator.merge.forms", "Form"),
        ("generator.merge.furnishings", "Bookmark"),
        ("generator.merge.furnishings", "Layers"),
        ("generator.merge.findings", "Finding"),
        ("generator.merge.findings", "PdfError"),
        ("generator.merge.values", "Name"),
        ("generator.merge.values", "Ref"),
        ("generator.merge.values", "Stream"),
        ("generator.merge.values", "Symbol"),
        ("generator.errors", "Place"),
        ("generator.errors", "_rebuild"),
    }
)


class _PlainUnpickler(pickle.Unpickler):
    """Builds values of this library and nothing else, whatever the child sends."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError("the reading process sent something unexpected")
        return super().find_class(module, name)


class Shelf:
    """The foreign files of one run, each read once however often and under whatever name it is asked for."""

    def __init__(self, *, seconds: float = SECONDS, memory_mb: int = MEMORY_MB) -> None:
        self._seconds = seconds
        self._memory_mb = memory_mb
        self._read: dict[bytes, Original | PdfError] = {}

    def take(self, path: Path | str) -> Original:
        """What a file holds. Raises PdfError, which names the file as it was given, for all that cannot be merged."""
        place = Place(str(path))
        data = _file_bytes(Path(path), place)
        digest = hashlib.sha256(data).digest()
        if digest not in self._read:
            try:
                self._read[digest] = self._guarded(data, place)
            except PdfError as error:
                self._read[digest] = error
        found = self._read[digest]
        if isinstance(found, PdfError):
            raise PdfError(found.message, hint=found.hint, place=place)
        return found

    def look(self, path: Path | str) -> InsertFacts:
        """The facts that layout needs. Raises as `take` does."""
        return self.take(path).facts

    def _guarded(self, data: bytes, place: Place) -> Original:
        command = [sys.executable, "-m", _MODULE, str(self._memory_mb), str(int(self._seconds) + 1)]
        root = str(Path(__file__).resolve().parents[2])
        paths = [root, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
        try:
            done = subprocess.run(
                command, input=data, capture_output=True, timeout=self._seconds, env=environment, check=False
            )
            answer = done.stdout
        except subprocess.TimeoutExpired as error:
            answer = error.stdout or b""
            if not answer:
                raise _too_slow(self._seconds, place) from None
        return _understood(answer, place)


def look(path: Path | str, *, seconds: float = SECONDS, memory_mb: int = MEMORY_MB) -> InsertFacts:
    """The facts about one file, read in a process of its own; a run that needs more than one uses a `Shelf`.

    seconds, memory_mb: what the reading process may use. Raises PdfError, which names the file.
    """
    return Shelf(seconds=seconds, memory_mb=memory_mb).look(path)


def _file_bytes(path: Path, place: Place) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            hint = "Save it with smaller pictures, or merge only the pages that the patient needs."
            raise PdfError(f"The file is larger than {MAX_BYTES // 1_000_000} MB.", hint=hint, place=place)
        return path.read_bytes()
    except FileNotFoundError:
        raise PdfError("There is no such file.", hint="Check the name and the folder.", place=place) from None
    except OSError:
        hint = "Check that it is a file and that you may open it."
        raise PdfError("The file cannot be opened.", hint=hint, place=place) from None


def _too_slow(seconds: float, place: Place) -> PdfError:
    hint = "Open it and print or export it as a new PDF, then use that."
    return PdfError(f"Reading the file took longer than {seconds:g} seconds.", hint=hint, place=place)


def _understood(answer: bytes, place: Place) -> Original:
    """The child's messages: the original or an error, then the margins, which a crash while rendering may leave out."""
    stream = io.BytesIO(answer)
    try:
        original = _PlainUnpickler(stream).load()
    except (EOFError, pickle.UnpicklingError, AttributeError, TypeError, ValueError):
        hint = "Open it and print or export it as a new PDF, then use that."
        raise PdfError("Reading the file needs too much memory.", hint=hint, place=place) from None
    if isinstance(original, PdfError):
        raise PdfError(original.message, hint=original.hint, place=place)
    if not isinstance(original, Original):
        raise PdfError("The file is damaged and cannot be read.", place=place)
    try:
        margins = _PlainUnpickler(stream).load()
    except (EOFError, pickle.UnpicklingError):
        return original
    return replace(original, margins=margins)
