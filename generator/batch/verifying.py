"""The ledger against the files: is every pack in the folder whole, itself, and its own patient's?

Nothing is taken on trust here: every file is read in full, its checksum worked out, its pages read back. With a roster
the packs are held against the plans too: a missing pack, a patient's own words missing, or anybody else's, is an error.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from generator.batch.expecting import expected, phrases, printed_texts, shared_words
from generator.deliver.index import Index, IndexEntry
from generator.deliver.keys import PACK_ID, pack_id, plan_digest
from generator.deliver.ledger import Ledger, LedgerEntry
from generator.deliver.proof import Expected, LeakError, Proofreader, text_by_pdfium
from generator.deliver.reading import Reader, UnreadablePack, is_locked
from generator.errors import HandoutsError, Place, PlanError
from generator.models.plan import Plan
from generator.models.roster import Roster
from generator.pipeline import Prepared, Workshop
from generator.values import dataclass

_ANY_ID: Final = re.compile(rf"\b{PACK_ID.pattern}\b")
_REMEDY = "Run the same build or batch again: it makes this pack anew."


@dataclass(frozen=True, slots=True)
class Verified:
    """packs: files that the ledger names. errors: what is wrong. notes: what is odd, and harms nobody."""

    packs: int
    errors: tuple[HandoutsError, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Patients:
    """What the packs are held against besides the ledger. shop: with options that let any pack pass the gates."""

    shop: Workshop
    roster: Roster
    key: bytes


def verify(
    folder: Path, patients: Patients | None = None, progress: Callable[[int, int], None] | None = None
) -> Verified:
    """All that is wrong with a folder. Raises DamagedRecord where its ledger or index cannot be read."""
    ledger, index = Ledger.load(folder), {entry.file: entry for entry in Index.load(folder).entries()}
    entries = ledger.entries()
    held = _Held(patients) if patients is not None else None
    errors: list[HandoutsError] = []
    reader = Reader()
    locked = bare = 0
    for number, entry in enumerate(entries, start=1):
        path = folder / f"{entry.id}.pdf"
        try:
            _check_file(path, entry, ledger)
            if is_locked(path):
                locked += 1
                continue
            bare += _check_pages(path, entry, index.get(path.name), reader)
            if held is not None:
                held.check(path, entry)
        except HandoutsError as error:
            errors.append(_at(path, error))
        if progress is not None:
            progress(number, len(entries))
    errors += _strangers(folder, ledger)
    if held is not None:
        errors += held.without_pack()
    return Verified(len(entries), tuple(errors), tuple(_notes(ledger, held, locked, bare)))


def _check_file(path: Path, entry: LedgerEntry, ledger: Ledger) -> None:
    if not path.is_file():
        raise HandoutsError("The ledger names this pack, but it is not here.", hint=_REMEDY)
    if not ledger.is_intact(entry):
        raise HandoutsError("This is not the file that was made: its checksum differs.", hint=_REMEDY)


def _check_pages(path: Path, entry: LedgerEntry, whose: IndexEntry | None, reader: Reader) -> int:
    """Pages, ids, and the name that the private index has for it. Returns how many pages show no id at all."""
    required = (("name", whose.name),) if whose is not None else ()
    nothing = Expected(pack_id=entry.pack_id, pages=entry.pages, own=(), required=required, said=tuple)
    texts = _texts(path, entry.pack_id, reader)
    bare = _without_id(texts)
    Proofreader(()).check_pages(texts, replace(nothing, inserts=bare))
    if whose is None:
        hint = "Run the same build or batch again: the index is written anew."
        raise HandoutsError("The private index does not say whose this pack is.", hint=hint)
    return len(bare)


def _texts(path: Path, own_id: str, reader: Reader) -> list[str]:
    """The text of each page; of packs with files of others in them as pdfium reads it, which sees their ids too."""
    with suppress(UnreadablePack):
        texts = [page.text for page in reader.read(path)]
        if all(own_id in text for text in texts):
            return texts
    return text_by_pdfium(path)


def _without_id(texts: Sequence[str]) -> tuple[str, ...]:
    """Pages without any pack's id: those of a clinic's own files that had no room for it. The first is never theirs."""
    return tuple(text for text in texts[1:] if not _ANY_ID.search(text))


def _strangers(folder: Path, ledger: Ledger) -> Iterator[HandoutsError]:
    """Files that look like packs, and that no run has made."""
    for name in sorted(os.listdir(folder)):
        if name.endswith(".pdf") and PACK_ID.match(name) and not ledger.knows(name.removesuffix(".pdf")):
            hint = "Move it away: nobody knows whose it is."
            yield HandoutsError("No run has put this file here.", hint=hint, place=Place(str(folder / name)))


def _notes(ledger: Ledger, held: _Held | None, locked: int, bare: int) -> Iterator[str]:
    if locked:
        yield f"{locked} packs are encrypted: their checksums were held against the ledger, nothing in them was read."
    if bare:
        yield f"{bare} pages show no pack id: they must be those of files of your own that have no clear margin."
    unfinished = len(ledger.records("writing"))
    if unfinished:
        yield f"A run was cut short at {unfinished} files. The next run over their plans finishes them."
    if held is not None and held.others:
        yield f"{held.others} packs are of plans that this roster does not hold."


class _Held:
    """Packs held against the plans of a roster."""

    def __init__(self, patients: Patients) -> None:
        self._patients = patients
        self._plans = {plan_digest(patients.key, plan.id): plan for plan in patients.roster.plans}
        library = patients.shop.library
        self._proofreader = Proofreader(shared_words(library), phrases(patients.roster.plans, library))
        self._found: set[str] = set()
        self.others = 0

    def check(self, path: Path, entry: LedgerEntry) -> None:
        """Raises LeakError for a pack that does not say what its plan asks for, or says what it must not."""
        plan = self._plans.get(entry.plan_digest)
        if plan is None:
            self.others += 1
            return
        if entry.kind == "pack":
            self._found.add(entry.plan_digest)
        wanted = self._expected(plan, entry)
        if plan.inserts:
            texts = text_by_pdfium(path)
            self._proofreader.check_pages(texts, replace(wanted, inserts=_without_id(texts)))
        else:
            self._proofreader.check(path, wanted)

    def _expected(self, plan: Plan, entry: LedgerEntry) -> Expected:
        shop = self._patients.shop
        try:
            prepared: Prepared = shop.prepare(plan)
        except HandoutsError as error:
            hint = "The pack is of an older plan. Take it away, or put the plan right and run again."
            raise PlanError("The gates refuse the plan of this pack as it is now.", hint=hint) from error
        wanted = expected(shop, prepared, entry.pack_id, entry.pages)
        if entry.kind == "sheet":
            name = tuple((key, text) for key, text in printed_texts(plan) if key == "name")
            return Expected(pack_id=entry.pack_id, pages=entry.pages, own=wanted.own, required=name, said=wanted.said)
        return wanted

    def without_pack(self) -> Iterator[HandoutsError]:
        """Plans of the roster that have no pack."""
        for digest, plan in self._plans.items():
            if digest not in self._found:
                message = f"This plan has no pack here ({pack_id(self._patients.key, plan.id)})."
                yield HandoutsError(message, hint="Run the batch again.", place=plan.places.at())


def _at(path: Path, error: HandoutsError) -> HandoutsError:
    """The error, told of the file, and with words that fit a pack that was released long ago."""
    hint = "Take it away, then run the same build or batch again." if isinstance(error, LeakError) else error.hint
    return HandoutsError(error.message, hint=hint, place=Place(str(path)))
