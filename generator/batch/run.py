"""Many plans → many packs in one folder, one outcome for each patient.

Workers draw, read back and store packs under temp names; this process alone holds the folder and its record, and gives
the files their names, a group at a time (`deliver.delivery` tells in what order). What happens to one patient touches
no other: a plan that is refused, a pack that fails, a worker that dies. Only what touches everybody ends a run: a full
disk, content that changed meanwhile, or the user.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import field, replace
from pathlib import Path

from generator.batch.crew import Chunk, Crew
from generator.batch.hiring import crew, dask_crew, expect, workers_for
from generator.batch.last_run import LastRun
from generator.batch.outcomes import Interrupted, Outcome, Report, State
from generator.batch.packing import label_of, labeled
from generator.batch.seal import Seal
from generator.batch.verdicts import Verdicts
from generator.batch.worker import Equipment, Known, Made, Order
from generator.deliver.delivery import Outcome as Delivered
from generator.deliver.delivery import PackLabel, ReadyPack, deliver, unchanged
from generator.deliver.folder import GROUP, PackFolder
from generator.deliver.keys import folder_key, pack_id_of, plan_digest, printed_digest
from generator.errors import HandoutsError, Place, PlanError
from generator.load.digest import ContentWatch
from generator.models.plan import Plan
from generator.models.roster import Roster
from generator.pipeline import Workshop
from generator.values import dataclass

Progress = Callable[[int, int], None]
"""Is told after each group: patients that have an outcome, and of how many."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a batch runs.

    inserts: folder that plans name their inserts from. key: of the pack ids, None for the folder's own. workers: None
    for as many as there are cores. passphrase: to encrypt packs with. dask: address of a Dask scheduler whose workers
    make the packs. watch: tells when the content changes, None if nothing can change it. roster: `roster_digest` of
    what the roster was read from, "" if that is not known.
    """

    out: Path
    inserts: Path
    key: bytes | None = None
    workers: int | None = None
    dask: str | None = None
    read_back: bool = True
    passphrase: str | None = field(default=None, repr=False)
    watch: ContentWatch | None = None
    roster: str = ""


def run_batch(
    shop: Workshop, roster: Roster | Callable[[], Roster], settings: Settings, progress: Progress | None = None
) -> Report:
    """Packs for all plans of a roster, which is only read if this is not the last run over again.

    Raises what keeps the run from starting: FolderBusy, KeyFault, StorageError, DamagedRecord, or an unreadable roster.
    """
    started = time.monotonic()
    with PackFolder(settings.out) as folder:
        key = folder_key(folder, settings.key)
        seal = Seal.of(settings.passphrase, key) if settings.passphrase is not None else None
        last = LastRun(shop, folder, key, seal.mark if seal is not None else b"", settings.roster)
        report = last.report()
        if report is None:
            read = roster if isinstance(roster, Roster) else roster()
            if settings.dask is None:
                expect(settings.workers, len(read.plans))
            batch = _Batch(shop, read, settings, folder, _ids(read, key), seal, progress or _untold)
            batch.run()
            report = Report(batch.outcomes(), 0.0, batch.stopped, read.notes)
            if not any(plan.inserts for plan in read.plans):
                last.keep(report)
    return replace(report, seconds=time.monotonic() - started)


def _ids(roster: Roster, key: bytes) -> list[tuple[str, str, str]]:
    """Pack id and digests of each plan."""
    digests = [plan_digest(key, plan.id) for plan in roster.plans]
    return [
        (pack_id_of(digest), digest, printed_digest(key, plan))
        for digest, plan in zip(digests, roster.plans, strict=True)
    ]


def _untold(_done: int, _total: int) -> None:
    """Nobody watches."""


class _Batch:
    """One run over one folder. ids: pack id and digests of each plan, see `keys`."""

    def __init__(
        self,
        shop: Workshop,
        roster: Roster,
        settings: Settings,
        folder: PackFolder,
        ids: Sequence[tuple[str, str, str]],
        seal: Seal | None,
        progress: Progress,
    ) -> None:
        self._shop = shop
        self._roster = roster
        self._settings = settings
        self._folder = folder
        self._root = (folder.path / "_").as_posix().removesuffix("_")
        self._ids = ids
        self._progress = progress
        self._seal = seal
        self._verdicts = Verdicts(shop, folder.ledger, seal.mark if seal is not None else b"")
        self._outcomes: dict[int, Outcome] = {}
        self.stopped: HandoutsError | None = None

    def run(self) -> None:
        """Gives every patient an outcome, or stops and says why."""
        try:
            self._make(self._recall())
        except HandoutsError as error:
            self.stopped = error
        except KeyboardInterrupt:
            self.stopped = Interrupted("The run was stopped.", hint="Run it again: it goes on where it stopped.")

    def outcomes(self) -> tuple[Outcome, ...]:
        """Of all patients: those that the roster refused, then the others in its order."""
        refused = [Outcome(row.place, "refused", errors=row.errors) for row in self._roster.refused]
        made = [
            self._outcomes.get(number) or Outcome(plan.places.at(), "not tried", self._ids[number][0])
            for number, plan in enumerate(self._roster.plans)
        ]
        return (*refused, *made)

    def _recall(self) -> list[int]:
        """Gives an outcome to the plans of which all is known. Returns the numbers of the others."""
        known: list[Made] = []
        left: list[int] = []
        for number, plan in enumerate(self._roster.plans):
            made = self._verdicts.recalled(number, plan, self._label(number))
            if made is None:
                left.append(number)
            else:
                known.append(made)
        self._release(known)
        return left

    def _make(self, numbers: Sequence[int]) -> None:
        """Hands plans to workers, in chunks that are a group of the folder's, and releases what they make.

        Plans with the same prescription follow one another: a worker draws once what they share, and need not keep it
        long.
        """
        if not numbers:
            return
        plans = self._roster.plans
        numbers = sorted(numbers, key=lambda number: prescription_of(plans[number]))
        hired = self._crew(len(numbers))
        size = max(1, min(GROUP, len(numbers) // (4 * hired.workers)))
        with closing(hired.results(map(self._orders, chunks_of(numbers, plans, size)))) as results:
            for _, made in results:
                self._release(made)
                self._progress(len(self._outcomes), len(self._roster.plans))

    def _crew(self, orders: int) -> Crew:
        settings, library = self._settings, self._shop.library
        known = None
        if settings.read_back:
            from generator.batch.expecting import phrases, shared_words  # noqa: PLC0415  # see `worker.Bench`

            known = Known(shared_words(library), phrases(self._roster.plans, library))
        equipment = Equipment(self._shop, settings.inserts, self._folder.path, known=known, seal=self._seal)
        if settings.dask is not None:
            return dask_crew(equipment, settings.dask)
        return crew(equipment, workers_for(settings.workers, orders))

    def _orders(self, numbers: Sequence[int]) -> Chunk:
        return [self._order(number) for number in numbers]

    def _order(self, number: int) -> Order:
        """What a worker is told. The pack that stands in the folder is known to it if it is whole and this plan's."""
        label = self._label(number)
        entry = self._folder.ledger.entry(label.id, label.kind)
        known = None
        if entry is not None and entry.plan_digest == label.plan_digest and self._folder.ledger.is_intact(entry):
            known = entry.input_hash
        return Order(number, self._roster.plans[number], label.pack_id, known)

    def _label(self, number: int, input_hash: str = "") -> PackLabel:
        return label_of(self._roster.plans[number], *self._ids[number], input_hash, self._shop.options.only)

    def _release(self, group: Sequence[Made]) -> None:
        """Puts what was made into the folder and keeps the outcomes. Raises ContentError if the content has changed."""
        if self._settings.watch is not None:
            self._settings.watch.check()
        packs: dict[int, ReadyPack] = {}
        standing: dict[int, PackLabel] = {}
        labels = [self._label(made.number, made.input_hash) for made in group]
        for made, label in zip(group, labels, strict=True):
            if made.content is not None:
                packs[made.number] = labeled(label, made.content, made.pages, self._shop.content_hash)
            elif made.state == "unchanged":
                standing[made.number] = label
        delivered = dict(zip(packs, deliver(self._folder, list(packs.values())), strict=True))
        still = dict(zip(standing, unchanged(self._folder, list(standing.values())), strict=True))
        for made, label in zip(group, labels, strict=True):
            self._keep(made, label, delivered.get(made.number), still.get(made.number, True))

    def _keep(self, made: Made, label: PackLabel, delivered: Delivered | None, still: bool) -> None:
        """The outcome of one plan. still: whether a pack that was found unchanged is so now."""
        plan = self._roster.plans[made.number]
        place = plan.places.at()
        entry = self._folder.ledger.entry(label.id, label.kind)
        state: State = made.state
        errors = made.errors
        if delivered is not None and delivered.error is not None:
            state = "refused" if isinstance(delivered.error, PlanError) else "failed"
            errors = (delivered.error,)
        elif delivered is not None and delivered.state == "unchanged":
            state = "unchanged"
        elif not still:
            state, errors = "failed", (_changed_meanwhile(self._folder.path / label.file_name),)
        file, pages = "", 0
        if state in ("done", "unchanged") and entry is not None:
            file, pages = f"{self._root}{label.file_name}", entry.pages
            self._verdicts.keep(plan, place, label, made)
        self._outcomes[made.number] = Outcome(place, state, label.pack_id, file, pages, errors, made.findings)


def prescription_of(plan: Plan) -> tuple[str, ...]:
    """What plans are alike by: their look, their program, and their exercises without the notes."""
    look = (plan.brand, plan.language, plan.layout, plan.paper, plan.program)
    exercises = [f"{one.id} {one.side} {one.sets} {one.reps} {one.hold_s} {one.time_s}" for one in plan.exercises]
    return (*[str(one) for one in look], *exercises)


def chunks_of(numbers: Sequence[int], plans: Sequence[Plan], size: int) -> Iterator[Sequence[int]]:
    """Runs of numbers, of the size at most; one prescription stays together if half of a chunk is full without it.

    A prescription that two workers share is drawn by both.
    """
    start = 0
    while start < len(numbers):
        end = start + size
        if end < len(numbers):
            parted = prescription_of(plans[numbers[end]])
            while end > start + size // 2 and prescription_of(plans[numbers[end - 1]]) == parted:
                end -= 1
            if end == start + size // 2:
                end = start + size
        yield numbers[start:end]
        start = end


def _changed_meanwhile(path: Path) -> HandoutsError:
    message = "This pack was changed by someone else during the run."
    return HandoutsError(message, hint="Run again.", place=Place(str(path)))
