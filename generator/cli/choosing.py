"""Which packs a command means: files, ids, or whole folders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from generator.deliver.ledger import LEDGER_FILE, Ledger, LedgerEntry
from generator.deliver.printings import last_printed
from generator.errors import ErrorList, HandoutsError, Place, UsageError
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """Packs and sheets of one folder, in the order in which they were asked for."""

    folder: Path
    entries: tuple[LedgerEntry, ...]


def chosen(names: Sequence[str], out: Path) -> list[Choice]:
    """What the names mean: a folder is all its packs, a file or an id (looked up in `out`) is that pack or sheet.

    Raises ErrorList of UsageErrors, one for each name that means nothing.
    """
    found: dict[Path, dict[str, LedgerEntry]] = {}
    errors: list[HandoutsError] = []
    for name in names:
        try:
            folder, entries = _meant(name, out)
        except UsageError as problem:
            errors.append(problem)
            continue
        found.setdefault(folder, {}).update({entry.id: entry for entry in entries})
    if errors:
        raise ErrorList(errors)
    return [Choice(folder, tuple(entries.values())) for folder, entries in found.items()]


def _meant(name: str, out: Path) -> tuple[Path, Iterable[LedgerEntry]]:
    path = Path(name)
    if path.is_dir():
        if not (path / LEDGER_FILE).is_file():
            hint = "Name the folder that handouts build or handouts batch wrote into."
            raise UsageError("There are no packs in this folder.", hint=hint, place=Place(path.as_posix()))
        return path, Ledger.load(path).entries("pack")
    is_file = path.suffix.lower() == ".pdf"
    folder, id_ = (path.parent, path.stem) if is_file else (out, name.upper())
    ledger = Ledger.load(folder)
    entry = ledger.entry(id_) or ledger.entry(path.stem, "sheet")
    if entry is None:
        hint = "Name a pack's file, its id or its folder; handouts find NAME tells which pack is whose."
        words = "This file is no pack that handouts made." if path.is_file() else "There is no such pack."
        raise UsageError(words, hint=hint, place=Place(path.as_posix()))
    return folder, [entry]


def unprinted_of(choice: Choice) -> Choice:
    """Without the files that were printed as they are now."""
    printed = last_printed(Ledger.load(choice.folder))
    return replace(choice, entries=tuple(one for one in choice.entries if (one.id, one.sha256) not in printed))
