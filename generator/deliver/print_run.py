"""All packs of a folder in one file for the printer: a list of what is in it, then pack after pack, each on sheets of
its own.

Only files that are what the ledger says go in; the others are left out and named. The file is not tagged and has no
links: it is for paper, and each patient's own file stays the accessible one. It holds no name but on the packs' pages.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol

import pikepdf

from generator.deliver import disk
from generator.deliver.folder import PackFolder
from generator.deliver.ledger import Ledger, LedgerEntry
from generator.deliver.page_copies import CopiedPage, copy_pages
from generator.deliver.released import file_bytes, released
from generator.deliver.run_file import RunFile
from generator.errors import ErrorList, HandoutsError, Place, PlanError, UsageError
from generator.sheets import PackInRun, PaperName, RunPlan, plan_run
from generator.values import dataclass

SUBJECT: Final = "For the printer only: not tagged. Each patient's own file is the accessible one."


class RunPages(Protocol):
    """Draws what a print run adds to the packs, as PDFs of their own."""

    def manifest(self, plan: RunPlan) -> bytes:
        """The list of what is in the run: sheets and packs, so that the stack can be counted against it."""
        ...

    def separator(self, plan: RunPlan, pack: PackInRun) -> bytes:
        """One page that lies before a pack."""
        ...


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """What a print run will hold. packs: in order. refused: why others are left out."""

    plan: RunPlan
    packs: tuple[LedgerEntry, ...]
    refused: tuple[HandoutsError, ...]


@dataclass(frozen=True, slots=True)
class PrintRun(PlannedRun):
    """A finished print run. other_paper: ids of packs on another paper than the first. sha256, size: of the file."""

    other_paper: tuple[str, ...]
    sha256: str
    size: int


def plan_print_run(
    folder: Path,
    entries: Sequence[LedgerEntry],
    drawn: RunPages,
    *,
    both_sides: bool = True,
    separators: bool = False,
) -> PlannedRun:
    """Looks at every file and puts those that may be printed on sheets, in the order of `entries`.

    drawn: see `RunPages`. Raises UsageError where there is nothing to print, ErrorList where all are refused.
    """
    good, refused = released(folder, entries)
    if not good:
        nothing = UsageError("There is no pack to print.", hint="Build packs first.", place=Place(folder.as_posix()))
        raise ErrorList(refused) if refused else nothing
    pages, paper = 1, _paper_of(file_bytes(folder, good[0]))
    while True:  # the list is drawn until its own length, which moves every sheet, is the one that the plan says
        plan = plan_run(
            [(entry.id, entry.pages) for entry in good],
            manifest_pages=pages,
            both_sides=both_sides,
            separators=separators,
            paper=paper,
            left_out=[Path(error.place.file).stem for error in refused if error.place],
        )
        with pikepdf.open(io.BytesIO(drawn.manifest(plan))) as manifest:
            if len(manifest.pages) == pages:
                return PlannedRun(plan, tuple(good), tuple(refused))
            pages = len(manifest.pages)


def write_print_run(
    folder: PackFolder,
    planned: PlannedRun,
    target: Path,
    drawn: RunPages,
    *,
    tick: Callable[[], None] = lambda: None,
) -> PrintRun:
    """Writes a planned run to `target`, whole or not at all.

    drawn: as for the plan. tick: called after each pack. Raises UsageError where the target is a pack or no PDF,
    StorageError, and PlanError where a file is not any more what it was while planning.
    """
    check_target(folder.path, folder.ledger, target)
    plan = planned.plan
    with disk.writing_whole(target) as out:
        run = _Run(RunFile(out), plan)
        run.add_list(drawn.manifest(plan))
        for entry, pack in zip(planned.packs, plan.packs, strict=True):
            if plan.separators:
                run.add_separator(drawn.separator(plan, pack), pack)
            run.add_pack(file_bytes(folder.path, entry), pack)
            tick()
        run.finish()
    whole = (planned.plan, planned.packs, planned.refused, tuple(run.other_paper))
    return PrintRun(*whole, run.file.sha256, run.file.size)


def check_target(folder: Path, ledger: Ledger, target: Path) -> None:
    """A print run is a PDF in a folder that is there, and never takes the place of a pack. Raises UsageError."""
    place = Place(target.as_posix())
    if target.is_dir() or target.suffix.lower() != ".pdf":
        raise UsageError("The print run needs a file name that ends in .pdf.", place=place)
    beside_packs = target.resolve().parent == folder.resolve()
    if beside_packs and ledger.knows(target.stem):
        raise UsageError("The print run cannot replace a pack.", hint="Name another file.", place=place)
    if not beside_packs and not target.resolve().parent.is_dir():
        hint = "Make it, or name another file."
        raise UsageError("The folder for the print run does not exist.", hint=hint, place=place)


class _Run:
    """Puts the parts of a run behind one another and holds them against the plan."""

    def __init__(self, file: RunFile, plan: RunPlan) -> None:
        self.file = file
        self.other_paper: list[str] = []
        self._plan = plan
        self._box = b""

    def add_list(self, pdf: bytes) -> None:
        self.file.label("list ", numbered=True)
        self.file.bookmark("List of packs", self._filled_up(self._copied(pdf))[0].number)

    def add_separator(self, pdf: bytes, pack: PackInRun) -> None:
        self.file.label(f"before {pack.id}", numbered=False)
        self._filled_up(self._copied(pdf))

    def add_pack(self, pdf: bytes, pack: PackInRun) -> None:
        if self.file.pages != pack.first_page - 1:
            raise _does_not_add_up()
        self.file.label(f"{pack.id} ", numbered=True)
        pages = self._copied(pdf)
        if len(pages) != pack.pages:
            raise _does_not_add_up()
        self._box = self._box or pages[0].box
        if pages[0].box != self._box:
            self.other_paper.append(pack.id)
        self.file.bookmark(pack.id, pages[0].number)
        self._filled_up(pages)

    def finish(self) -> None:
        if self.file.pages != self._plan.pages:
            raise _does_not_add_up()
        self.file.finish(f"Print run, packs: {len(self._plan.packs)}", SUBJECT)

    def _copied(self, pdf: bytes) -> list[CopiedPage]:
        try:
            return copy_pages(pdf, self.file)
        except pikepdf.PdfError as problem:
            raise _does_not_add_up() from problem

    def _filled_up(self, pages: list[CopiedPage]) -> list[CopiedPage]:
        """Adds the blank pages that these pages need to end their sheet."""
        for _ in range(self._plan.padding(len(pages))):
            self.file.label("blank", numbered=False)
            self.file.add_page(b"/Resources<<>>/MediaBox" + pages[-1].box)
        return pages


def _does_not_add_up() -> PlanError:
    hint = "Build the packs again; if this comes again, report it as a fault."
    return PlanError("The print run does not add up, so it was not written.", hint=hint)


def _paper_of(pdf: bytes) -> PaperName:
    """The paper of a pack's first page; A4 is the narrower one."""
    with pikepdf.open(io.BytesIO(pdf)) as pack:
        left, _, right, _ = (float(edge) for edge in pack.pages[0].mediabox)
        return "a4" if right - left < 604 else "letter"
