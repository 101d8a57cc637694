"""What was drawn where: drawn blocks, the marks in them, and the pages they stand on.

Between `layout`, which draws, and `write`, which makes the file. A drawn block is a value: its origin is its own
upper left corner (x to the right, y upward, so that what is drawn has negative y), marked content is numbered from 0,
structure elements are numbered from 0, and nothing in it depends on where it will stand. The same block gives the
same bytes in every pack. What a pack has hundreds of is a named tuple, which is made and hashed faster.
"""

from __future__ import annotations

from dataclasses import field, replace
from typing import Literal, NamedTuple

from generator.values import dataclass

KidKind = Literal["mark", "element", "link"]
Share = Literal["run", "plans", "pack"]


class Element(NamedTuple):
    """A structure element of a block (ISO 32000-1, 14.7.2).

    role: standard structure type. parent: index in the block, -1 for the container that the block is placed in. kids:
    what it holds in reading order. alt: alternative text or "". scope: "Row" or "Column" of a TH. box: (x0, y0, x1,
    y1) of a Figure in the block's own coordinates, points. language: where it differs from the document's. numbering:
    of an L.
    """

    role: str
    parent: int
    kids: tuple[tuple[KidKind, int], ...]
    alt: str = ""
    language: str = ""
    scope: str = ""
    box: tuple[float, float, float, float] | None = None
    numbering: str = ""
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Link:
    """A live area of a block:
    box as in `Element.box`, target (tel:, mailto: or https:), words that tell where it leads.
    """

    box: tuple[float, float, float, float]
    target: str
    contents: str


@dataclass(frozen=True, slots=True)
class Form:
    """A picture kept once a file as a form XObject. name: resource name, from the content's hash. No marks inside.

    data: its content stream, deflated.
    """

    name: str
    box: tuple[float, float, float, float]
    data: bytes


@dataclass(frozen=True, slots=True)
class Image:
    """A bitmap kept once a file. data: JPEG as it is, or deflated samples; mask: deflated 8-bit alpha or b""."""

    name: str
    width: int
    height: int
    color_space: Literal["DeviceRGB", "DeviceGray"]
    encoding: Literal["DCTDecode", "FlateDecode"]
    data: bytes
    mask: bytes = b""


@dataclass(frozen=True, slots=True, eq=False)
class DrawnBlock:
    """operators: content stream, cut where the number of a mark goes, so one piece more than marks.

    owners: element of each mark. glyph_sets: names of the font resources that it uses. Equal only to itself.
    """

    width: float
    height: float
    operators: tuple[bytes, ...]
    elements: tuple[Element, ...]
    owners: tuple[int, ...]
    links: tuple[Link, ...] = ()
    forms: tuple[Form, ...] = ()
    images: tuple[Image, ...] = ()
    glyph_sets: frozenset[str] = frozenset()
    shared: bool = True


class Container(NamedTuple):
    """A structure element that holds blocks: Document, a Sect per sheet, a Table or a list over several blocks.

    parent: index among the document's containers, -1 for the root.
    """

    role: str
    parent: int
    title: str = ""
    language: str = ""


class Placement(NamedTuple):
    """A block on a page: x from the left edge and top from the upper edge, points.

    container: where its elements hang.
    """

    block: DrawnBlock
    x: float
    top: float
    container: int


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """Blocks of a page between its edges. Its placements count containers from its own sheet's first one.

    share: what has it in common: all packs of a run, packs with the same prescription, or this pack alone. Only the
    last may hold a word of a patient. Equal only to itself.
    """

    placements: tuple[Placement, ...]
    share: Share = "pack"


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page: its bodies in reading order, and along its edges what no screen reader reads.

    first_container: number among the document's containers that the bodies' container 0 has.
    """

    width: float
    height: float
    bodies: tuple[Body, ...]
    edges: tuple[Placement, ...]
    first_container: int = 0

    @property
    def placements(self) -> tuple[Placement, ...]:
        """All blocks of the page."""
        return (*(one for body in self.bodies for one in body.placements), *self.edges)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """page: index of the drawn page. top: points from its upper edge. level: 1 for a sheet, 2 inside it."""

    level: int
    title: str
    page: int
    top: float


@dataclass(frozen=True, slots=True, eq=False)
class GlyphSet:
    """One simple TrueType font of the file: up to 256 characters of a face with codes that never change.

    Made once a run, equal only to itself.

    widths: of codes 0 to 255 in 1/1000 of the size. unicode: character of each code, "" where unused. Metrics are in
    1/1000.
    """

    name: str
    base_font: str
    program: bytes
    widths: tuple[int, ...]
    unicode: tuple[str, ...]
    flags: int
    box: tuple[float, float, float, float]
    italic_angle: float
    ascent: float
    descent: float
    cap_height: float
    stem_v: float


@dataclass(frozen=True, slots=True, eq=False)
class DrawnDocument:
    """A pack ready to be written. Equal only to itself.

    sheets: id of the sheet that each page belongs to. insert_after: (index of the page that an insert follows, index of
    the insert). setting: the same pages with blanks where a patient's own words stand, which all documents have in
    common that are set alike; None for a document of its own kind. Blocks of bodies that are this pack's alone, and of
    edges that are not shared, differ from the setting's in what they say, never in their elements, marks or links.
    """

    title: str
    language: str
    author: str
    pages: tuple[DrawnPage, ...]
    containers: tuple[Container, ...]
    bookmarks: tuple[Bookmark, ...]
    sheets: tuple[str, ...]
    glyph_sets: dict[str, GlyphSet] = field(hash=False)
    insert_after: tuple[tuple[int, int], ...] = ()
    setting: DrawnDocument | None = None


def only(document: DrawnDocument, sheet: str) -> DrawnDocument:
    """The pages of one sheet, numbered as in the whole pack."""
    kept = [index for index, id in enumerate(document.sheets) if id == sheet]
    pages = tuple(document.pages[index] for index in kept)
    marks = (replace(mark, page=kept.index(mark.page)) for mark in document.bookmarks if mark.page in kept)
    used = {name for page in pages for placement in page.placements for name in placement.block.glyph_sets}
    return replace(
        document,
        pages=pages,
        sheets=(sheet,) * len(pages),
        bookmarks=tuple(marks),
        glyph_sets={name: glyphs for name, glyphs in document.glyph_sets.items() if name in used},
        insert_after=(),
        setting=None,
    )
