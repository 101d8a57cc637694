"""Pages while they fill: what stands where, what comes below it, and where the next page starts."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from generator.blocks import Sheet
from generator.errors import HandoutsError
from generator.layout.tokens import HEADER_BOTTOM, TITLE_HEADER_BOTTOM, Tokens
from generator.marks import Body, Bookmark, Container, DrawnBlock, Placement
from generator.values import dataclass

Header = Literal["masthead", "running", "title", "none"]


class TooTall(HandoutsError):
    """A block that never splits is higher than a page."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} is too long for a page.", hint="Shorten its texts, or take a layout with smaller type."
        )


@dataclass(slots=True)
class DraftPage:
    """A page of one sheet before its furniture is drawn. title: for pages that carry one in their header."""

    header: Header
    title: str = ""
    placements: list[Placement] = field(default_factory=list)
    bookmarks: list[tuple[int, str, float]] = field(default_factory=list)


SECT = 0  # a sheet's own container, which holds all its others


class Containers:
    """The structure elements of one sheet above its blocks, in the order in which they are opened."""

    def __init__(self, title: str) -> None:
        self.all: list[Container] = [Container("Sect", -1, title)]

    def open(self, role: str, parent: int = SECT, title: str = "") -> int:
        """A new container; returns its number."""
        self.all.append(Container(role, parent, title))
        return len(self.all) - 1


class Flow:
    """Fills pages from top to bottom.

    Positions are points below the upper edge of the page, x from the live area's left.
    """

    def __init__(self, tokens: Tokens, header: Header, title: str = "", bottom: float | None = None) -> None:
        self.tokens = tokens
        self.bottom = tokens.bottom if bottom is None else bottom
        self.pages: list[DraftPage] = []
        self.y = 0.0
        self.start(header, title)

    def start(self, header: Header, title: str = "") -> None:
        """A new page."""
        self.pages.append(DraftPage(header, title))
        self.y = self.top

    @property
    def top(self) -> float:
        """y at which the content of the current page starts."""
        return TITLE_HEADER_BOTTOM if self.pages[-1].header == "title" else HEADER_BOTTOM

    @property
    def page(self) -> DraftPage:
        return self.pages[-1]

    @property
    def is_fresh(self) -> bool:
        """Nothing stands on the current page yet."""
        return not self.page.placements

    def fits(self, height: float, gap: float = 0.0) -> bool:
        return self.y + gap + height <= self.bottom + 0.01

    def at(self, block: DrawnBlock, top: float, x: float = 0.0, container: int = SECT) -> None:
        """Places a block; y moves below it."""
        self.fix(block, self.page, top, x, container)
        self.y = max(self.y, top + block.height)

    def fix(self, block: DrawnBlock, page: DraftPage, top: float, x: float = 0.0, container: int = SECT) -> None:
        """Places a block on any page, out of the flow."""
        page.placements.append(Placement(block, self.tokens.live_left + x, top, container))

    def add(self, block: DrawnBlock, gap: float = 0.0, container: int = SECT, *, what: str = "A block") -> None:
        """Places a block below what stands there, on a new page if it does not fit. Raises TooTall."""
        if not self.is_fresh and not self.fits(block.height, gap):
            self.start("running")
        if self.is_fresh:
            gap = 0.0
        if not self.fits(block.height, gap):
            raise TooTall(what)
        self.at(block, self.y + gap, container=container)

    def bookmark(self, level: int, title: str, top: float | None = None) -> None:
        """A bookmark on the current page."""
        self.page.bookmarks.append((level, title, self.y if top is None else top))


@dataclass(frozen=True, slots=True)
class LaidSheet:
    """A sheet with its pages filled: the same pages as bodies, and the containers that these count from 0.

    where: on which of the pages (from 0) each exercise stands.
    """

    sheet: Sheet
    pages: list[DraftPage]
    containers: tuple[Container, ...]
    bodies: list[tuple[Body, ...]]
    where: dict[int, int]


def bookmarks(pages: list[DraftPage]) -> tuple[Bookmark, ...]:
    """All bookmarks in page order; page: index of the drawn page."""
    return tuple(
        Bookmark(level, title, number, top) for number, page in enumerate(pages) for level, title, top in page.bookmarks
    )
