"""Finished packs go to the printer one by one, and each is entered in the ledger once the printer's system has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from generator.deliver.folder import PackFolder
from generator.deliver.ledger import LedgerEntry
from generator.deliver.printer import PrinterError, PrintingSystem, PrintOptions
from generator.deliver.printings import PrintedHow, record_printed
from generator.deliver.released import file_bytes, file_of
from generator.errors import HandoutsError, PlanError
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Printed:
    """A file that the printer's system took. job: the id that it gave, or ""."""

    entry: LedgerEntry
    job: str


@dataclass(frozen=True, slots=True)
class PrintOutcome:
    """refused: files that are not what was made. stopped: what ended the run early, None if nothing did."""

    printed: tuple[Printed, ...]
    refused: tuple[HandoutsError, ...]
    stopped: PrinterError | None


def print_packs(
    folder: PackFolder,
    entries: Sequence[LedgerEntry],
    system: PrintingSystem,
    options: PrintOptions,
    *,
    destination: str,
    now: Callable[[], datetime],
) -> PrintOutcome:
    """Sends each file as a job of its own. destination: as `system` named it; goes into the ledger.

    A file that is not what the ledger says is refused and the others go on; a printer that refuses ends the run, since
    it would refuse the next one too. Raises StorageError where the ledger cannot be written.
    """
    printed: list[Printed] = []
    refused: list[HandoutsError] = []
    for entry in entries:
        try:
            data = file_bytes(folder.path, entry)
            job = system.send(entry.id, file_of(folder.path, entry), data, options)
        except PlanError as problem:
            refused.append(problem)
            continue
        except PrinterError as problem:
            return PrintOutcome(tuple(printed), tuple(refused), problem)
        how = PrintedHow(
            at=now(),
            way=system.way,
            printer=destination,
            copies=options.copies,
            duplex=options.duplex,
            job=job,
        )
        record_printed(folder.ledger, [entry], how)
        printed.append(Printed(entry, job))
    return PrintOutcome(tuple(printed), tuple(refused), None)
