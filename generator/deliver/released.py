"""The one question before a pack leaves the folder on paper: is this still the file that was made?

A file whose size or SHA-256 is not the ledger's was changed, swapped or cut after it was made; nobody may get it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from generator.deliver.ledger import LedgerEntry
from generator.errors import HandoutsError, Place, PlanError

_LOCKED: Final = b"/Encrypt"
"""Stands in the open in the trailer of every file that needs a passphrase (ISO 32000-1, 7.6.1), and in no other."""


def file_of(folder: Path, entry: LedgerEntry) -> Path:
    """Where a finished pack or sheet is."""
    return folder / f"{entry.id}.pdf"


def file_bytes(folder: Path, entry: LedgerEntry) -> bytes:
    """A file's bytes, proven to be those that were made. Raises PlanError where they are not, or are locked."""
    path = file_of(folder, entry)
    place = Place(path.as_posix())
    try:
        data = path.read_bytes()
    except OSError as problem:
        hint = "Build this patient's plan again."
        raise PlanError("The pack's file is gone or cannot be read.", hint=hint, place=place) from problem
    if len(data) != entry.size or hashlib.sha256(data).hexdigest() != entry.sha256:
        hint = "Do not print it. Move it away and build this patient's plan again."
        words = "The file was changed after it was made: its checksum is not the ledger's."
        raise PlanError(words, hint=hint, place=place)
    if _LOCKED in data:
        hint = "Open it with its passphrase and print it from there."
        raise PlanError("This pack is locked with a passphrase.", hint=hint, place=place)
    return data


def released(folder: Path, entries: Iterable[LedgerEntry]) -> tuple[list[LedgerEntry], list[HandoutsError]]:
    """The entries whose files may be printed, and why the others may not."""
    good: list[LedgerEntry] = []
    refused: list[HandoutsError] = []
    for entry in entries:
        try:
            file_bytes(folder, entry)
        except PlanError as problem:
            refused.append(problem)
        else:
            good.append(entry)
    return good, refused
