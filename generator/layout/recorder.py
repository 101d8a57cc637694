"""A ReportLab canvas that records operators, marks and structure elements, and hands them out as one value.

ReportLab's canvas has no call for marked content and no structure tree; this class is the one place that adds them.
What is drawn stands either inside an element (`element`, then `mark`, or `tagged` for both) or inside `artifact`:
content that is neither is refused.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from generator.marks import DrawnBlock, Element, Form, Image, KidKind, Link

_HOLE = "\x00"  # stands for the number of a mark in the recorded operators


class _End:
    """What a `with` closes when it ends; a press has one of each kind, since nothing of them changes."""

    __slots__ = ("_close",)

    def __init__(self, close: Callable[[], None]) -> None:
        self._close = close

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._close()


class Recorder(Canvas):  # type: ignore[misc]
    """Records one block at a time: `begin`, draw, `finish`."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), pagesize=(612, 792), invariant=1, pageCompression=0)
        self.init_graphics_state()
        self._element_end, self._mark_end = _End(self._end_element), _End(self._end_mark)
        self._tagged_end = _End(self._end_tagged)
        self.begin()

    def begin(self) -> None:
        """Forgets everything and starts a new block."""
        self._code: list[str] = []
        self._elements: list[tuple[Any, ...]] = []  # as in Element, but for the kids
        self._kids: list[list[tuple[KidKind, int]]] = []
        self._open: list[int] = [-1]
        self._owners: list[int] = []
        self._in_mark = False
        self._links: list[Link] = []
        self._forms: dict[str, Form] = {}
        self._images: dict[str, Image] = {}
        self._glyph_sets: set[str] = set()

    def finish(self, width: float, height: float, *, shared: bool = True) -> DrawnBlock:
        """The block as a value. height: how far it reaches below its upper edge."""
        assert self._open == [-1], "an element was left open"
        assert not self._in_mark, "a mark was left open"
        code = "\n".join(self._code).encode("latin-1")
        elements = tuple(
            [
                Element(role, parent, tuple(kids), *rest)
                for (role, parent, *rest), kids in zip(self._elements, self._kids, strict=True)
            ]
        )
        return DrawnBlock(
            width=width,
            height=height,
            operators=tuple(code.split(_HOLE.encode())),
            elements=elements,
            owners=tuple(self._owners),
            links=tuple(self._links),
            forms=tuple(self._forms.values()),
            images=tuple(self._images.values()),
            glyph_sets=frozenset(self._glyph_sets),
            shared=shared,
        )

    # ---- structure

    # These open what they name when they are called, and close it at the end of the `with` that they stand in.

    def element(
        self,
        role: str,
        *,
        alt: str = "",
        language: str = "",
        scope: str = "",
        box: tuple[float, float, float, float] | None = None,
        numbering: str = "",
        column_span: int = 1,
    ) -> _End:
        """A structure element; box: (x, top, width, height) of a Figure, y downward."""
        number = len(self._elements)
        area = None if box is None else (box[0], -box[1] - box[3], box[0] + box[2], -box[1])
        parent = self._open[-1]
        self._elements.append((role, parent, alt, language, scope, area, numbering, column_span))
        self._kids.append([])
        if parent >= 0:
            self._kids[parent].append(("element", number))
        self._open.append(number)
        return self._element_end

    def _end_element(self) -> None:
        self._open.pop()

    def mark(self) -> _End:
        """Content of the element that is open."""
        assert not self._in_mark, "marks do not nest"
        owner = self._open[-1]
        assert owner >= 0, "content outside every element"
        self._kids[owner].append(("mark", len(self._owners)))
        self._owners.append(owner)
        self._in_mark = True
        self._code.append(f"/{self._elements[owner][0]} <</MCID {_HOLE}>> BDC")
        return self._mark_end

    def _end_mark(self) -> None:
        self._code.append("EMC")
        self._in_mark = False

    def tagged(self, role: str, **attributes: str) -> _End:
        """An element and, inside it, one mark."""
        self.element(role, **attributes)  # type: ignore[arg-type]
        self.mark()
        return self._tagged_end

    def _end_tagged(self) -> None:
        self._end_mark()
        self._end_element()

    def artifact(self) -> _End:
        """Decoration, or furniture of the page."""
        assert not self._in_mark, "an artifact inside a mark"
        self._in_mark = True
        self._code.append("/Artifact BMC")
        return self._mark_end

    def figure(self, alt: str, x: float, top: float, width: float, height: float) -> _End:
        """A Figure with alternative text and its box; without words it is an artifact."""
        if not alt:
            return self.artifact()
        self.element("Figure", alt=alt, box=(x, top, width, height))
        self.mark()
        return self._tagged_end

    def link(self, x: float, top: float, width: float, height: float, target: str, contents: str) -> None:
        """A live area that belongs to the element that is open (a Link)."""
        self._kids[self._open[-1]].append(("link", len(self._links)))
        self._links.append(Link((x, -top - height, x + width, -top), target, contents))

    def _need_mark(self) -> None:
        assert self._in_mark, "content that is neither tagged nor an artifact"
