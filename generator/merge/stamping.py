"""Pack id and page number on inserts: as an artifact in a margin that is blank, or not at all (ISO 32000-1, 14.8.2.2).

The caller brings the operators of the text and names fonts of the host file's pages that they use, so a stamp looks
like the running foot of the pack's own pages and costs no font of its own. A stamp is a form XObject: its names cannot
clash with the page's, and the page's own contents are closed off before it is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from generator.merge.content import packed
from generator.merge.original import Margins, OriginalPage
from generator.merge.table import Table
from generator.merge.tree import Inserted
from generator.merge.values import Dictionary, Name, Out, in_list
from generator.values import dataclass

INSET = 18.0
"""Nothing is printed nearer to the edge than a quarter of an inch, which office printers cannot reach."""
CLEARANCE = 4.0
"""Blank space that a stamp needs around itself, points."""
_STEPS = (0.0, 6.0, 12.0, 18.0)
_FORM = "/PackStamp"


@dataclass(frozen=True, slots=True)
class Stamp:
    """operators: content without marks, drawn in the box from 0,0 to width,height (points, y upward).

    fonts: font resource names in the operators, such as "/F1", each a font of the host file's pages.
    """

    operators: bytes
    width: float
    height: float
    fonts: tuple[str, ...] = ()


class Stamper(Protocol):
    """Makes the stamp of a page. page: number in the merged file from 1. pages: how many it has."""

    def __call__(self, page: int, pages: int) -> Stamp: ...


def host_font(table: Table, host: Inserted, name: str) -> Out | None:
    """The font that the host's pages know by a resource name."""
    for page in host.original.pages:
        resources = table.found(host.original.objects[page.number].get("/Resources"), host.placed) or {}
        fonts = table.found(resources.get("/Font"), host.placed) or {}
        if name in fonts:
            return Out(table.target(fonts[name], host.placed))
    return None


def blank_spot(page: OriginalPage, margins: Margins, stamp: Stamp) -> tuple[float, float] | None:
    """Lower left corner for a stamp on the displayed page, points; the lower right is tried first."""
    width, height = page.size
    for at_bottom in (True, False):
        for step in _STEPS:
            y = INSET + step
            for x in _places(width, stamp.width):
                if x >= INSET and _is_blank(margins, at_bottom, x, y, stamp):
                    return x, y if at_bottom else height - y - stamp.height
    return None


def _places(width: float, needed: float) -> Iterator[float]:
    yield width - INSET - CLEARANCE - needed
    yield INSET + CLEARANCE
    yield (width - needed) / 2


def _is_blank(margins: Margins, at_bottom: bool, x: float, y: float, stamp: Stamp) -> bool:
    """y: distance from the edge in question."""
    rows = margins.bottom if at_bottom else margins.top
    first, last = int((y - CLEARANCE) / margins.cell), int((y + stamp.height + CLEARANCE) / margins.cell) + 1
    left, right = int((x - CLEARANCE) / margins.cell), int((x + stamp.width + CLEARANCE) / margins.cell) + 1
    if last > len(rows) or left < 0 or right > margins.columns:
        return False
    return not any(any(row[left:right]) for row in rows[max(0, first) : last])


def draw_stamp(
    table: Table, one: Inserted, page: OriginalPage, stamp: Stamp, spot: tuple[float, float], fonts: Dictionary
) -> None:
    """Draws a stamp behind a page's own contents. fonts: resource name to the font of each name in `stamp.fonts`."""
    number = one.out(page.number)
    entries = table.values[number]
    form = packed(
        stamp.operators,
        {
            "/Type": Name("/XObject"),
            "/Subtype": Name("/Form"),
            "/BBox": [0, 0, stamp.width, stamp.height],
            "/Resources": {"/Font": fonts} if fonts else {},
        },
    )
    resources = dict(table.found(entries.get("/Resources"), one.placed) or {})
    objects = dict(table.found(resources.get("/XObject"), one.placed) or {})
    name = _FORM
    while name in objects:
        name += "x"
    objects[name] = table.add(form)
    resources["/XObject"] = objects
    matrix = " ".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in _matrix(page, *spot))
    drawn = f"Q\n/Artifact <</Type /Pagination>> BDC q {matrix} cm {name} Do Q EMC".encode()
    own = in_list(table.found(entries.get("/Contents"), one.placed))
    if own and not isinstance(own[0], int):
        own = [entries["/Contents"]]
    contents = [table.add(packed(b"q")), *own, table.add(packed(drawn))]
    table.extend(number, {"/Resources": resources, "/Contents": contents})


def _matrix(page: OriginalPage, x: float, y: float) -> tuple[float, float, float, float, float, float]:
    """From points on the displayed page to the page's own space: /Rotate turns clockwise (ISO 32000-1, 7.7.3.3)."""
    x0, y0, x1, y1 = page.box
    scale = 1 / page.unit
    x, y = x * scale, y * scale
    if page.rotation == 90:
        return 0, scale, -scale, 0, x1 - y, y0 + x
    if page.rotation == 180:
        return -scale, 0, 0, -scale, x1 - x, y1 - y
    if page.rotation == 270:
        return 0, -scale, scale, 0, x0 + y, y1 - x
    return scale, 0, 0, scale, x0 + x, y0 + y
