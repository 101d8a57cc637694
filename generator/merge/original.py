"""What one input holds, copied out of its file, cleaned and ready to be placed in any number of packs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.merge.findings import Finding
from generator.values import dataclass

# Only named here: their modules load pypdf, and a run that merges nothing asks for this one too.
if TYPE_CHECKING:
    from generator.merge.forms import Form
    from generator.merge.furnishings import Bookmark, Layers
    from generator.merge.structure import Structure
    from generator.merge.values import Dictionary, Symbol, Value


@dataclass(frozen=True, slots=True)
class InsertFacts:
    """What a plan needs to know before layout. sizes: width and height of each page as it is displayed, points.

    language: "" where the file names none or no valid one. claims_pdf_ua: says that it is PDF/UA-1, which is not proof.
    """

    pages: int
    sizes: tuple[tuple[float, float], ...]
    tagged: bool
    claims_pdf_ua: bool
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class Margins:
    """Where a page is blank near its upper and lower edge, as it is displayed.

    cell: side of a cell, points. columns: cells in a row. top, bottom: rows of cells from the edge inward, one byte a
    cell, 0 for blank.
    """

    cell: float
    columns: int
    top: tuple[bytes, ...]
    bottom: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class OriginalPage:
    """number: its object. box: visible area (x0, y0, x1, y1) in its own units. unit: points in a unit."""

    number: int
    box: tuple[float, float, float, float]
    rotation: int
    unit: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as displayed, points."""
        width, height = (self.box[2] - self.box[0]) * self.unit, (self.box[3] - self.box[1]) * self.unit
        return (height, width) if self.rotation in (90, 270) else (width, height)


@dataclass(frozen=True, slots=True)
class Original:
    """objects: the table that `Ref`s count in; object 0 is the entries of the input's Document. document: role and
    title do not count there. destinations: named destinations. margins: of each page, () where nobody measured. digest:
    of the file.
    """

    digest: bytes
    objects: tuple[Value, ...]
    pages: tuple[OriginalPage, ...]
    document: Dictionary
    structure: Structure
    destinations: dict[Symbol, int]
    form: Form
    bookmarks: tuple[Bookmark, ...]
    labels: tuple[tuple[int, int], ...]
    layers: Layers
    title: str
    language: str
    tagged: bool
    claims_pdf_ua: bool
    findings: tuple[Finding, ...]
    margins: tuple[Margins, ...] = ()

    @property
    def facts(self) -> InsertFacts:
        sizes = tuple(page.size for page in self.pages)
        return InsertFacts(len(self.pages), sizes, self.tagged, self.claims_pdf_ua, self.title, self.language)
