"""What was printed when: lines of the ledger, one for each time that a file went to a printer.

A file printed twice has two lines, so that nothing is forgotten. They hold no name and, unlike the lines of packs, a
time of day: that is what they are for. Keys that a version does not know are passed over, keys that an older one did
not write have defaults, so that old ledgers stay readable and new ones are not lost on an old version.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Final, Literal

from generator.deliver.journal import Record
from generator.deliver.ledger import Ledger, LedgerEntry
from generator.values import dataclass

PRINTED: Final = "printed"

Way = Literal["cups", "windows", "viewer", "print-run"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """file: id of the pack or sheet. sha256: of the file that was printed. at: UTC, as 2026-11-28T09:30:00Z.

    way: cups and windows handed it to a printer; viewer opened it for a person to print; print-run put it into a file
    for the printer, whose SHA-256 is `run`. printer: its name, "" for the system's own choice. job: as the printer's
    system numbers it.
    """

    file: str
    pack_id: str
    sha256: str
    at: str
    way: str
    printer: str = ""
    copies: int = 1
    duplex: bool = False
    job: str = ""
    run: str = ""

    @classmethod
    def of_record(cls, record: Record) -> Printing:
        """The printing that a line of the ledger holds."""
        known = {name: record.values[name] for name in cls.__dataclass_fields__ if name in record.values}
        return cls(**known)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedHow:
    """What the lines of one call have in common; see `Printing`."""

    at: datetime
    way: Way
    printer: str = ""
    copies: int = 1
    duplex: bool = False
    job: str = ""
    run: str = ""


def record_printed(ledger: Ledger, entries: Iterable[LedgerEntry], how: PrintedHow) -> None:
    """Enters that these files were printed. Durable when it returns. Raises StorageError."""
    counts: dict[str, int] = {}
    for printing in printings(ledger):
        counts[printing.file] = counts.get(printing.file, 0) + 1
    shared = {**asdict(how), "at": how.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
    records = []
    for entry in entries:
        number = counts[entry.id] = counts.get(entry.id, 0) + 1
        printing = Printing(file=entry.id, pack_id=entry.pack_id, sha256=entry.sha256, **shared)
        records.append(Record(PRINTED, f"{entry.id}#{number}", asdict(printing)))
    ledger.record(records)


def printings(ledger: Ledger) -> tuple[Printing, ...]:
    """All that was printed from a folder, the earliest first."""
    found = (Printing.of_record(record) for record in ledger.records(PRINTED))
    return tuple(sorted(found, key=lambda one: (one.at, one.file)))


def last_printed(ledger: Ledger) -> dict[tuple[str, str], Printing]:
    """The last printing of each file as it was then, by (file, SHA-256)."""
    return {(printing.file, printing.sha256): printing for printing in printings(ledger)}
