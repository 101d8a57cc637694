"""On which sheet of paper each pack of a print run lies. Arithmetic only: no file is opened here.

Between `deliver`, which writes the run, and `compose`, which makes its list of packs and its separator sheets.
A pack never shares a sheet with another: 124 of 249 patients once got a stranger's letter on the back of theirs. What
fills a sheet up is a blank page that counts in no pack.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from generator.values import dataclass

PaperName = Literal["letter", "a4"]


@dataclass(frozen=True, slots=True)
class PackInRun:
    """id: the pack's file name without its ending. pages: its own. sheets: of paper, first_sheet the first of them.

    first_page: its first page's number in the run's file. Sheets and pages count from 1 and from the run's beginning.
    """

    id: str
    pages: int
    first_sheet: int
    sheets: int
    first_page: int

    @property
    def last_sheet(self) -> int:
        return self.first_sheet + self.sheets - 1


@dataclass(frozen=True, slots=True)
class RunPlan:
    """A whole print run: first its list, then the packs in order, each behind its separator if there are any.

    both_sides: two pages a sheet. paper: of the first pack. left_out: ids of packs that were refused.
    """

    packs: tuple[PackInRun, ...]
    manifest_pages: int
    both_sides: bool
    separators: bool
    paper: PaperName = "letter"
    left_out: tuple[str, ...] = ()

    def sheets_for(self, pages: int) -> int:
        """Sheets of paper that so many pages need."""
        return -(-pages // 2) if self.both_sides else pages

    def padding(self, pages: int) -> int:
        """Blank pages after so many, to the end of their last sheet."""
        return pages % 2 if self.both_sides else 0

    @property
    def manifest_sheets(self) -> int:
        return self.sheets_for(self.manifest_pages)

    @property
    def separator_sheets(self) -> int:
        return len(self.packs) if self.separators else 0

    @property
    def pack_sheets(self) -> int:
        return sum(pack.sheets for pack in self.packs)

    @property
    def pack_pages(self) -> int:
        return sum(pack.pages for pack in self.packs)

    @property
    def sheets(self) -> int:
        """Sheets of paper of the whole run."""
        return self.manifest_sheets + self.separator_sheets + self.pack_sheets

    @property
    def pages(self) -> int:
        """Pages of the whole file, blank ones too."""
        return self.sheets * (2 if self.both_sides else 1)

    @property
    def blank_pages(self) -> int:
        return self.pages - self.manifest_pages - self.separator_sheets - self.pack_pages


def plan_run(
    packs: Sequence[tuple[str, int]],
    *,
    manifest_pages: int,
    both_sides: bool = True,
    separators: bool = False,
    paper: PaperName = "letter",
    left_out: Sequence[str] = (),
) -> RunPlan:
    """Puts packs, given as (id, pages), on sheets in their order."""
    sides = 2 if both_sides else 1
    sheet = -(-manifest_pages // sides) + 1
    placed = []
    for id_, pages in packs:
        sheet += int(separators)
        sheets = -(-pages // sides)
        placed.append(PackInRun(id_, pages, sheet, sheets, (sheet - 1) * sides + 1))
        sheet += sheets
    return RunPlan(tuple(placed), manifest_pages, both_sides, separators, paper, tuple(left_out))
