"""Stencils: the elements of a block as text, with holes for the numbers that depend on where the block stands."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from generator.marks import DrawnBlock, Element
from generator.write.objects import text_string

# What a hole stands for: the first number of its kind that the block was given, to which the hole's own is added.
ELEMENT, CONTAINER, PAGE, MARK, FIGURE, LINK = range(6)
_KIND = {"element": ELEMENT, "mark": MARK, "link": LINK}


class Form(NamedTuple):
    """How many elements a block has and how they hang together, whatever they say. Elements are counted from 0.

    owners: element of each mark. link_owners: element of each link. notes: elements with an id. tops: those that hang
    on the container that the block is placed in.
    """

    elements: int
    figures: int
    owners: tuple[int, ...]
    link_owners: tuple[int, ...]
    notes: tuple[int, ...]
    tops: tuple[int, ...]


class Stencil:
    """A block's elements with holes: of which kind each is, and the number to add."""

    __slots__ = ("figures", "form", "holes", "template")

    def __init__(self, elements: tuple[Element, ...], owners: tuple[int, ...], links: int) -> None:
        """links: how many live areas the block has."""
        _check_places(elements, owners, links)
        self.figures = tuple([element.box for element in elements if element.box is not None])
        self.form = Form(
            elements=len(elements),
            figures=len(self.figures),
            owners=owners,
            link_owners=_link_owners(elements) if links else (),
            notes=tuple([number for number, element in enumerate(elements) if element.role == "Note"]),
            tops=tuple([number for number, element in enumerate(elements) if element.parent < 0]),
        )
        texts: list[bytes] = []
        holes: list[tuple[int, int]] = []
        figures = 0
        for index, element in enumerate(elements):
            text, own = _element(element)
            texts.append(text)
            holes += own
            if element.role == "Note":
                holes.append((ELEMENT, index))
            if element.box is not None:
                holes.append((FIGURE, figures))
                figures += 1
        self.template = b"\n".join(texts)
        self.holes = tuple(holes)

    def elements(self, numbers: tuple[int, int, int, int, int, int]) -> list[bytes]:
        """Element objects. numbers: the block's first of each kind of hole, in the order of the kinds."""
        if not self.form.elements:
            return []
        return (self.template % tuple([numbers[kind] + offset for kind, offset in self.holes])).split(b"\n")


def _check_places(elements: tuple[Element, ...], owners: tuple[int, ...], link_count: int) -> None:
    """Every mark and every link has one place, in the element that owns it; anything else is an error of ours."""
    marks: dict[int, int] = {}
    links: set[int] = set()
    listed = 0
    for index, element in enumerate(elements):
        for kind, number in element.kids:
            if kind == "mark":
                marks[number] = index
            elif kind == "link":
                links.add(number)
            listed += kind != "element"
    places = [marks.get(number) for number in range(len(owners))]
    assert places == list(owners), "a mark is not in the element that owns it"
    assert (len(links), listed) == (link_count, len(places) + len(links)), "a mark or a link has not one place"


def _link_owners(elements: tuple[Element, ...]) -> tuple[int, ...]:
    """Element of each link."""
    owner_of = {
        number: index for index, element in enumerate(elements) for kind, number in element.kids if kind == "link"
    }
    return tuple(owner_of[number] for number in range(len(owner_of)))


@lru_cache(maxsize=20_000)
def _element(element: Element) -> tuple[bytes, tuple[tuple[int, int], ...]]:
    """One element as a template with its holes in order.

    A hole for its id comes last where it is a Note, then one for its attributes where it has a box: these two depend
    on its neighbors. The blocks of one painter have the same elements in pack after pack.
    """
    assert element.alt or element.role != "Figure", "a picture without words"
    holes = [(CONTAINER, 0) if element.parent < 0 else (ELEMENT, element.parent)]
    text = b"<</S/%b/P %%d 0 R" % element.role.encode("ascii")
    if any(kind == "mark" for kind, _ in element.kids):
        text += b"/Pg %d 0 R"
        holes.append((PAGE, 0))
    kids = []
    for kind, number in element.kids:
        if kind == "link":
            kids.append(b"<</Type/OBJR/Pg %d 0 R/Obj %d 0 R>>")
            holes += [(PAGE, 0), (LINK, number)]
        else:
            kids.append(b"%d" if kind == "mark" else b"%d 0 R")
            holes.append((_KIND[kind], number))
    if kids:
        text += b"/K[%b]" % b" ".join(kids)
    extras = b""
    if element.alt:
        extras += b"/Alt" + text_string(element.alt)
    if element.language:
        extras += b"/Lang" + text_string(element.language)
    attributes = _attributes(element)
    text += (extras + attributes).replace(b"%", b"%%").replace(b"\n", b" ")
    if element.role == "Note":
        text += b"/ID(note-%d)"  # PDF/UA-1, 7.9: every Note has one; its object number makes it unique
    if element.box is not None:
        text += b"/A %d 0 R"
    return text + b">>", tuple(holes)


def _attributes(element: Element) -> bytes:
    if element.scope or element.column_span > 1:
        scope = b"/Scope/%b" % element.scope.encode("ascii") if element.scope else b""
        across = b"/ColSpan %d" % element.column_span if element.column_span > 1 else b""
        return b"/A<</O/Table%b%b>>" % (scope, across)
    if element.numbering:
        return b"/A<</O/List/ListNumbering/%b>>" % element.numbering.encode("ascii")
    return b""


@lru_cache(maxsize=20_000)
def _shared_stencil(block: DrawnBlock) -> Stencil:
    return Stencil(block.elements, block.owners, len(block.links))


@lru_cache(maxsize=2_000)
def _stencil(elements: tuple[Element, ...], owners: tuple[int, ...], links: int) -> Stencil:
    return Stencil(elements, owners, links)


def stencil_of(block: DrawnBlock) -> Stencil:
    """The stencil of a block. The words of two patients most often hang in the same elements."""
    assert len(block.operators) - 1 == len(block.owners), "a mark has no owner"
    return _shared_stencil(block) if block.shared else _stencil(block.elements, block.owners, len(block.links))
