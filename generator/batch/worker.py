"""What a worker does: one order → one pack, read back and stored, or the reason why not.

A worker gets the library once, when it starts, and then chunks of orders: plain values that pickle. It hands back plain
values too. It never touches the folder's record and gives no file its name: only the process that holds the folder
does.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import field
from pathlib import Path
from typing import Literal

from generator.batch.packing import read_inserts, with_inserts
from generator.batch.seal import Seal
from generator.checks.files import INSERTED
from generator.deliver.disk import StorageError
from generator.deliver.storing import Store, StoredFile
from generator.errors import ErrorList, HandoutsError, PlanError
from generator.merge.looking import Shelf
from generator.models.plan import Plan
from generator.models.selection import Finding
from generator.pipeline import Pack, Prepared, Refused, Workshop
from generator.values import dataclass

_OBJECTS_TO_SEARCH = 200_000  # new objects after which Python looks for garbage; packs leave next to none in circles
MadeState = Literal["done", "unchanged", "ready", "refused", "failed"]


@dataclass(frozen=True, slots=True)
class Equipment:
    """What a worker is given when it starts.

    shop: library and options, with nothing drawn yet. inserts: folder that plans name their inserts from. folder: where
    packs are stored under temp names; None: their bytes are handed back. dry_run: only the gates are asked. known: what
    packs are read back against; None: they are not read back. seal: what locks packs after that, None for open ones.
    """

    shop: Workshop
    inserts: Path
    folder: Path | None
    dry_run: bool = False
    known: Known | None = None
    seal: Seal | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Words of the library, and the phrases by which this run's patients are known (`deliver.proof`)."""

    shared: frozenset[str]
    phrases: frozenset[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Order:
    """One patient's pack to be made. known: input hash of the pack that the folder has, None if it has none."""

    number: int
    plan: Plan
    pack_id: str
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What a worker made of an order. content: the stored file or the bytes, None unless the state is done."""

    number: int
    state: MadeState
    input_hash: str = ""
    content: StoredFile | bytes | None = None
    pages: int = 0
    errors: tuple[HandoutsError, ...] = ()
    findings: tuple[Finding, ...] = ()


Check = Callable[[Order, Prepared, Pack, Path | bytes], None]
"""Raises LeakError or UnreadablePack for a pack that must not be released."""


def _unread(_order: Order, _prepared: Prepared, _pack: Pack, _file: Path | bytes) -> None:
    """Releases every pack: what a run with --no-read-back does."""


class Bench:
    """A worker's place: its library, and the foreign files it has read."""

    def __init__(self, equipment: Equipment) -> None:
        self._equipment = equipment
        self._shop = equipment.shop
        self._shelf = Shelf()
        self._lock = threading.Lock()
        self._check: Check = _unread
        if equipment.known is not None:
            # Two readers of PDFs take a fifth of a worker's start to load; only who reads back waits for them.
            from generator.batch.read_back import ReadBack  # noqa: PLC0415

            self._check = ReadBack(equipment.shop, equipment.inserts, equipment.known).check

    @property
    def root(self) -> Path:
        """The content folder."""
        return Path(self._shop.library.root)

    def work(self, orders: Sequence[Order]) -> list[Made]:
        """One `Made` for each order. Raises StorageError where the folder takes nothing more; nothing is stored then.

        One thread at a time makes packs: ReportLab is not safe in several.
        """
        folder = self._equipment.folder
        with self._lock, Store(folder) if folder is not None else nullcontext() as store:
            return [self._made(order, store) for order in orders]

    def _made(self, order: Order, store: Store | None) -> Made:
        try:
            return self._one(order, store)
        except StorageError:
            raise
        except PlanError as error:
            return Made(order.number, "refused", errors=(error,))
        except ErrorList as error:
            refused = all(isinstance(one, PlanError) for one in error.errors)
            noticed = error.findings if isinstance(error, Refused) else ()
            return Made(order.number, "refused" if refused else "failed", errors=error.errors, findings=noticed)
        except HandoutsError as error:
            error.place = error.place or order.plan.places.at()
            return Made(order.number, "failed", errors=(error,))
        except Exception as error:
            return Made(order.number, "failed", errors=(_fault(order, error),))

    def _one(self, order: Order, store: Store | None) -> Made:
        shop, plan = self._shop, order.plan
        prepared = shop.prepare(plan)
        inserts = read_inserts(shop, plan, self._equipment.inserts, self._shelf)
        input_hash = with_inserts(prepared.input_hash, inserts)
        if self._equipment.seal is not None:
            input_hash = self._equipment.seal.marked(input_hash)
        if input_hash == order.known:
            return Made(order.number, "unchanged", input_hash, findings=prepared.findings)
        if self._equipment.dry_run:
            return Made(order.number, "ready", input_hash, findings=prepared.findings)
        pack = shop.make(prepared, order.pack_id, inserts)
        content = self._stored(order, prepared, pack, store)
        notes = tuple(INSERTED.found(note) for note in pack.notes)
        return Made(order.number, "done", input_hash, content, pack.pages, findings=(*prepared.findings, *notes))

    def _stored(self, order: Order, prepared: Prepared, pack: Pack, store: Store | None) -> StoredFile | bytes:
        """The pack, read back, in its temp file or as bytes. What is read is the file itself, unless it is locked."""
        seal = self._equipment.seal
        if seal is not None or store is None:
            self._check(order, prepared, pack, pack.pdf)
            content = pack.pdf if seal is None else seal.on(pack.pdf)
            return content if store is None else store.write(content)
        stored = store.write(pack.pdf, pack.sha256)
        try:
            self._check(order, prepared, pack, stored.temp)
        except HandoutsError:
            store.take_back(stored)
            raise
        return stored


def _fault(order: Order, error: Exception) -> HandoutsError:
    """A fault of the program. Its own words stay out of reports: they may quote the patient."""
    return HandoutsError(
        f"The pack could not be made ({type(error).__name__}). This is a fault of the program, not of the plan.",
        hint="Run again; if it stays, report it with this line.",
        place=order.plan.places.at(),
    )


_benches: dict[str, Bench] = {}


def start(key: str, equipment: bytes) -> None:
    """Sets up this process for the run of that key. equipment: a pickled `Equipment`."""
    if key not in _benches:
        _benches[key] = Bench(pickle.loads(equipment))


def stop(key: str) -> None:
    """Forgets what `start` has set up."""
    _benches.pop(key, None)


def bench_of(key: str) -> Bench:
    """What `start` has set up in this process. Raises KeyError."""
    return _benches[key]


def start_process(key: str, equipment: bytes) -> None:
    """As `start`, for a process that is nothing but a worker: Ctrl-C is for the parent, which ends it in good order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="watching the parent", daemon=True).start()
    start(key, equipment)
    # The library lives as long as the process: searching it for garbage over and over costs a fifth of the time.
    gc.freeze()
    gc.set_threshold(_OBJECTS_TO_SEARCH, 20, 100)


def _end_with_parent() -> None:
    """Ends this process as soon as its parent has died, so that nothing is written into a folder that nobody holds."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def work(key: str, orders: Sequence[Order]) -> list[Made]:
    """What became of the orders, by the bench that `start` has set up."""
    return bench_of(key).work(orders)
