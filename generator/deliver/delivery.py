"""Finished packs go into their folder, each under its own pack id, and are entered in the record.

The order that makes it safe, for each group of packs: say in the ledger what is about to be written; write, sync and
rename the files; say in the private index whose they are; enter them in the ledger as done. A run that is killed
anywhere in this leaves whole files and a ledger that tells which of them are done; the next run does the rest and ends
with the same folder, byte for byte.
"""

from __future__ import annotations

import hashlib
import os
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Literal

from generator.deliver.disk import remove
from generator.deliver.folder import GROUP, PackFolder
from generator.deliver.index import IndexEntry
from generator.deliver.ledger import EntryKind, LedgerEntry
from generator.deliver.storing import StoredFile
from generator.errors import HandoutsError, Place, PlanError
from generator.values import dataclass

State = Literal["written", "unchanged", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackLabel:
    """Whose file it is and what it is made from: all that is known before it is drawn.

    pack_id, plan_digest, printed_digest: see `keys`. input_hash: of all that prints. sheet: id of the one sheet that
    was asked for ("log"), None for the whole pack. plan_id, name and second_id are private: they go into the index and
    stay out of reprs.
    """

    pack_id: str
    plan_digest: str
    printed_digest: str = ""
    input_hash: str
    plan_id: str = field(repr=False)
    name: str = field(repr=False)
    second_id: str = field(repr=False)
    sheet: str | None = None

    @property
    def id(self) -> str:
        """The file's name without its ending: the pack id, and the sheet's id after it."""
        return self.pack_id if self.sheet is None else f"{self.pack_id}-{self.sheet}"

    @property
    def file_name(self) -> str:
        """The file's name, such as "K7Q2-M9TX4R.pdf" or "K7Q2-M9TX4R-log.pdf"."""
        return f"{self.id}.pdf"

    @property
    def kind(self) -> EntryKind:
        """What the ledger calls it."""
        return "pack" if self.sheet is None else "sheet"

    def index_entry(self) -> IndexEntry:
        """What the private index says of it."""
        return IndexEntry(
            file=self.file_name,
            pack_id=self.pack_id,
            plan_id=self.plan_id,
            name=self.name,
            second_id=self.second_id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyPack(PackLabel, ABC):
    """A pack or a sheet that was made. versions: what made it, by name ("product", "content", "plan")."""

    pages: int
    versions: Mapping[str, str]

    @property
    @abstractmethod
    def content(self) -> bytes | Path:
        """Its bytes, or the temp file in its folder that holds them."""

    @abstractmethod
    def size_and_sha256(self) -> tuple[int, str]:
        """Bytes, and SHA-256 in hex."""

    def ledger_entry(self) -> LedgerEntry:
        """What the ledger says of it once it is done."""
        size, sha256 = self.size_and_sha256()
        return LedgerEntry(
            kind=self.kind,
            id=self.id,
            pack_id=self.pack_id,
            plan_digest=self.plan_digest,
            input_hash=self.input_hash,
            versions=self.versions,
            pages=self.pages,
            size=size,
            sha256=sha256,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedPack(ReadyPack):
    """A pack or a sheet in memory, ready to be put into a folder."""

    pdf: bytes = field(repr=False)

    @property
    def content(self) -> bytes:
        return self.pdf

    def size_and_sha256(self) -> tuple[int, str]:
        return len(self.pdf), hashlib.sha256(self.pdf).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPack(ReadyPack):
    """A pack or a sheet that a worker wrote into its folder under a temp name, ready to be given its own."""

    file: StoredFile

    @property
    def content(self) -> Path:
        return self.file.temp

    def size_and_sha256(self) -> tuple[int, str]:
        return self.file.size, self.file.sha256


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one pack. error: why it was refused, else None; what had its name before is then as it was."""

    pack_id: str
    file_name: str
    state: State
    error: HandoutsError | None = None


def unchanged(folder: PackFolder, labels: Sequence[PackLabel]) -> list[bool]:
    """For each label, whether its file is there already, made from the same inputs, and whole: it need not be drawn
    again.

    A person who is missing in the index, or has another name there, is entered. Raises StorageError.
    """
    found = [_is_current(folder, label) for label in labels]
    folder.index.record(label.index_entry() for label, current in zip(labels, found, strict=True) if current)
    return found


def deliver(folder: PackFolder, packs: Sequence[ReadyPack]) -> list[Outcome]:
    """Puts packs into the folder; one outcome for each, in the order of `packs`.

    A pack that is there already stays untouched. One is refused, and the others go on, where its name belongs to
    another plan or to a file that no run has made, where two different packs of one run have the same id, and where the
    old file cannot be replaced. Temp files of stored packs are gone afterwards. Raises StorageError where the folder
    takes nothing more: groups before that are done, the rest is as it was.
    """
    outcomes: list[Outcome] = []
    try:
        for start in range(0, len(packs), GROUP):
            outcomes += _deliver_group(folder, packs[start : start + GROUP])
    finally:
        for number, pack in enumerate(packs):
            named = number < len(outcomes) and outcomes[number].state == "written"
            if isinstance(pack, StoredPack) and not named:
                remove(pack.file.temp)
    return outcomes


def _deliver_group(folder: PackFolder, packs: Sequence[ReadyPack]) -> list[Outcome]:
    refusals: dict[int, HandoutsError] = {}
    fresh: dict[str, ReadyPack] = {}
    standing: list[ReadyPack] = []
    for position, pack in enumerate(packs):
        refusal = _refusal(folder, pack)
        if refusal is not None:
            refusals[position] = refusal
        elif _is_current(folder, pack):
            standing.append(pack)
        else:
            fresh.setdefault(pack.file_name, pack)
    errors = _write(folder, fresh, standing)
    outcomes = []
    for position, pack in enumerate(packs):
        error = refusals.get(position) or errors.get(pack.file_name)
        written = fresh.get(pack.file_name) is pack
        state: State = "refused" if error else "written" if written else "unchanged"
        outcomes.append(Outcome(pack.pack_id, pack.file_name, state, error))
    return outcomes


def _write(
    folder: PackFolder, fresh: Mapping[str, ReadyPack], standing: Sequence[ReadyPack]
) -> dict[str, HandoutsError]:
    """Announces, writes, indexes and enters a group. Returns, by file name, what could not replace an old file."""
    entries = {name: pack.ledger_entry() for name, pack in fresh.items()}
    folder.ledger.announce(entries.values())
    errors = folder.put_many([(name, pack.content) for name, pack in fresh.items()])
    placed = [name for name in fresh if name not in errors]
    for name in errors:
        folder.ledger.settle(fresh[name].id)
    folder.index.record(pack.index_entry() for pack in (*standing, *(fresh[name] for name in placed)))
    folder.ledger.record(entries[name] for name in placed)
    if folder.ledger.seen is not None:
        for name in placed:
            folder.ledger.seen.remember(entries[name].id, entries[name].sha256)
    return errors


def _is_current(folder: PackFolder, label: PackLabel) -> bool:
    """Whether the label's file is done and whole, and is this plan's; if so, it is claimed for the run."""
    ledger = folder.ledger
    current = ledger.owner(label.pack_id) == label.plan_digest and ledger.is_current(
        label.id, label.input_hash, label.kind
    )
    if current and ledger.claim_file(label.id, label.input_hash):
        ledger.settle(label.id)
        return True
    return False


def _refusal(folder: PackFolder, pack: ReadyPack) -> HandoutsError | None:
    """Why the pack must not have its name, None if it may. From then on the name is claimed for the run."""
    if not folder.ledger.claim_pack_id(pack.pack_id, pack.plan_digest):
        return PlanError(
            "This plan's pack id is already that of another plan. This is rare chance.",
            hint="Change the plan's id (add a letter to it), then run again.",
            place=Place(pack.file_name),
        )
    if os.path.lexists(os.path.join(folder.path, pack.file_name)) and not folder.ledger.knows(pack.id):
        return PlanError(
            "A file of this name is in the folder, but no run has put it there. It was not touched.",
            hint="Move it away, or name another folder with --out, then run again.",
            place=Place(pack.file_name),
        )
    if not folder.ledger.claim_file(pack.id, pack.input_hash):
        return PlanError(
            "Two different plans of this run have the same id. The first one's pack was kept.",
            hint="Give each plan an id of its own, then run again.",
            place=Place(pack.file_name),
        )
    return None
