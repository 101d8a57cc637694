"""The one home of a folder's record: which packs are in it, from what they were made, and that they are whole.

A pack's line is written last, after the pack itself is on the disk under its name. Before that, a line of kind
"writing" says which plan's pack is on its way to which file: after a kill it tells our own half-finished work from a
stranger's file, which is never overwritten. No line holds a patient's data, and none of a pack the time of day. Other
kinds (printed, see `printings`; mailed) are lines of their own beside these; a version that does not know a kind keeps
its lines as they are.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, Literal

from generator.deliver.journal import Journal, Key, Record
from generator.deliver.seen import Seen
from generator.values import dataclass

LEDGER_FILE: Final = "ledger.jsonl"

EntryKind = Literal["pack", "sheet"]
WRITING: Final = "writing"

_REMEDY: Final = "Restore the file from a backup; or delete this line, and move away the file that it names."


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """A finished file of a folder.

    kind: "pack", or "sheet" for one sheet of a pack printed again. id: the file's name without ".pdf". plan_digest: the
    whole keyed hash of the plan's id (`keys.plan_digest`). input_hash: of all that prints. versions: what made it, by
    name ("product", "content"). size: bytes. sha256: of the file, in hex. state: "done"; later issues may add others.
    """

    kind: EntryKind
    id: str
    pack_id: str
    plan_digest: str
    input_hash: str
    versions: Mapping[str, str]
    pages: int
    size: int
    sha256: str
    state: str = "done"

    def to_record(self) -> Record:
        """The entry as a line of the ledger."""
        values = {
            "pack_id": self.pack_id,
            "plan_digest": self.plan_digest,
            "input_hash": self.input_hash,
            "versions": dict(sorted(self.versions.items())),
            "pages": self.pages,
            "size": self.size,
            "sha256": self.sha256,
            "state": self.state,
        }
        return Record(self.kind, self.id, values)

    @classmethod
    def of_record(cls, record: Record) -> LedgerEntry:
        """The entry that a line of the ledger holds. Keys that this version does not know are passed over."""
        known = {name: record.values[name] for name in cls.__dataclass_fields__ if name in record.values}
        return cls(kind=record.kind, id=record.id, **known)  # type: ignore[arg-type]


class Ledger:
    """A folder's ledger. To look into it: `Ledger.load(folder)`. To add to it: `PackFolder(folder).ledger`."""

    def __init__(self, folder: Path, *, writer: bool = False) -> None:
        """Raises DamagedRecord or StorageError."""
        self._folder = folder
        self._journal = Journal(folder / LEDGER_FILE, name="ledger", remedy=_REMEDY, writer=writer)
        self._entries: dict[Key, LedgerEntry] = {}
        self._owners: dict[str, str] = {}
        self._claims: dict[str, str] = {}
        self.seen = Seen.load(folder) if writer else None
        for record in self._journal.records("pack", "sheet", WRITING):
            self._take_up(record)

    @classmethod
    def load(cls, folder: Path) -> Ledger:
        """The ledger as it is on the disk, for reading. A folder without one has an empty ledger."""
        return cls(folder)

    # ---- reading

    def entry(self, id_: str, kind: EntryKind = "pack") -> LedgerEntry | None:
        """The entry of a finished pack (id_: its pack id) or of a sheet (id_: its file's name without ".pdf")."""
        return self._entries.get((kind, id_))

    def entries(self, *kinds: EntryKind) -> tuple[LedgerEntry, ...]:
        """All finished files, or those of the given kinds."""
        return tuple(entry for entry in self._entries.values() if not kinds or entry.kind in kinds)

    def records(self, *kinds: str) -> tuple[Record, ...]:
        """The bare lines of any kinds, for the kinds that this module does not know (printed, mailed)."""
        return self._journal.records(*kinds)

    def owner(self, pack_id: str) -> str | None:
        """The digest of the plan whose pack, sheet or unfinished file has this pack id."""
        return self._owners.get(pack_id)

    def knows(self, id_: str) -> bool:
        """Whether a file of this name (without ".pdf") is the work of a run, finished or not."""
        return any(self._journal.get(kind, id_) for kind in ("pack", "sheet", WRITING))

    def is_unfinished(self, id_: str) -> bool:
        """Whether a run was cut short while it wrote this file (its name without ".pdf"). The next run writes it."""
        return self._journal.get(WRITING, id_) is not None

    def is_current(self, id_: str, input_hash: str, kind: EntryKind = "pack") -> bool:
        """Whether the file is done, made from these inputs, and there with the size and SHA-256 of the ledger."""
        entry = self.entry(id_, kind)
        return entry is not None and entry.input_hash == input_hash and entry.state == "done" and self.is_intact(entry)

    def is_intact(self, entry: LedgerEntry) -> bool:
        """Whether the entry's file is there with its size and SHA-256. A writer trusts what `seen` knows."""
        if self.seen is not None and self.seen.is_same(entry.id, entry.sha256):
            return True
        with contextlib.suppress(OSError):
            data = (self._folder / f"{entry.id}.pdf").read_bytes()
            if len(data) == entry.size and hashlib.sha256(data).hexdigest() == entry.sha256:
                if self.seen is not None:
                    self.seen.remember(entry.id, entry.sha256)
                return True
        return False

    # ---- writing

    def announce(self, entries: Iterable[LedgerEntry]) -> None:
        """Says that these files are about to be written. Durable when it returns. Raises StorageError."""
        records = []
        for entry in entries:
            values = {"pack_id": entry.pack_id, "plan_digest": entry.plan_digest, "sha256": entry.sha256}
            records.append(Record(WRITING, entry.id, values))
        self.record(records)

    def claim_pack_id(self, pack_id: str, plan_digest: str) -> bool:
        """Whether the pack id is this plan's. One that is nobody's becomes this plan's, in memory until it is
        announced.
        """
        return self._owners.setdefault(pack_id, plan_digest) == plan_digest

    def claim_file(self, id_: str, input_hash: str) -> bool:
        """Whether this run has not yet put or found anything made from other inputs in the file of that id.

        It has when two plans of a run have the same id: without this the last one's pack would silently replace the
        first's.
        """
        return self._claims.setdefault(id_, input_hash) == input_hash

    def record(self, entries: Iterable[LedgerEntry | Record]) -> None:
        """Adds finished files, or lines of other kinds. Durable when it returns. Raises StorageError."""
        records = [entry.to_record() if isinstance(entry, LedgerEntry) else entry for entry in entries]
        finished = [(WRITING, record.id) for record in records if record.kind in ("pack", "sheet")]
        self._journal.append(records, drop=finished)
        for record in records:
            self._take_up(record)

    def settle(self, id_: str) -> None:
        """Takes back an announcement: the file turned out to be current, or could not be put in place."""
        self._journal.drop((WRITING, id_))

    def close(self, *, put_in_order: bool) -> None:
        """Ends writing; see `Journal.close`."""
        self._journal.close(put_in_order=put_in_order)
        if self.seen is not None:
            self.seen.save()

    def _take_up(self, record: Record) -> None:
        """Keeps what a line says about a file and its owner."""
        if record.kind in ("pack", "sheet"):
            self._entries[record.key] = LedgerEntry.of_record(record)
        if record.kind in ("pack", "sheet", WRITING):
            self._owners[str(record.values["pack_id"])] = str(record.values["plan_digest"])
