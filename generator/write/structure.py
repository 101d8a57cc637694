"""The structure tree of a pack, built once after everything is drawn (ISO 32000-1, 14.7; PDF/UA-1).

Each block has a stencil: its elements as text with holes for the numbers that depend on where it stands. A body has its
elements from the stencils of its blocks; the elements of a body that packs share are kept, compressed, for every set
of numbers that they come with. Containers stand in the order of the pages. Every mark has a place in the
parent tree, and every place has its mark: a difference is an error of ours and stops the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from generator.marks import Body, Container, DrawnBlock, DrawnDocument, DrawnPage, Element
from generator.write.objects import Objects, Packed, packed, text_string

# What a hole stands for: the first number of its kind that the block was given, to which the hole's own is added.
ELEMENT, CONTAINER, PAGE, MARK, FIGURE, LINK = range(6)
_KIND = {"element": ELEMENT, "mark": MARK, "link": LINK}
Top = tuple[int, int]


class Stencil:
    """A block's elements with holes: of which kind each is, and the number to add."""

    __slots__ = ("count", "figures", "holes", "link_owners", "marks", "notes", "owners", "template", "tops")

    def __init__(self, block: DrawnBlock) -> None:
        elements = block.elements
        _check_places(block)
        self.count = len(elements)
        self.marks = len(block.owners)
        self.owners = block.owners
        self.tops = tuple([number for number, element in enumerate(elements) if element.parent < 0])
        self.notes = tuple([number for number, element in enumerate(elements) if element.role == "Note"])
        self.figures = tuple([element.box for element in elements if element.box is not None])
        self.link_owners = _link_owners(elements) if block.links else ()
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
        if not self.count:
            return []
        return (self.template % tuple([numbers[kind] + offset for kind, offset in self.holes])).split(b"\n")


def _check_places(block: DrawnBlock) -> None:
    """Every mark and every link has one place, in the element that owns it; anything else is an error of ours."""
    marks: dict[int, int] = {}
    links: set[int] = set()
    listed = 0
    for index, element in enumerate(block.elements):
        for kind, number in element.kids:
            if kind == "mark":
                marks[number] = index
            elif kind == "link":
                links.add(number)
            listed += kind != "element"
    places = [marks.get(number) for number in range(len(block.operators) - 1)]
    assert places == list(block.owners), "a mark is not in the element that owns it"
    assert (len(links), listed) == (len(block.links), len(places) + len(links)), "a mark or a link has not one place"


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
def stencil_of(block: DrawnBlock) -> Stencil:
    """The stencil of a shared block, made once a run."""
    return Stencil(block)


@dataclass(frozen=True, slots=True)
class Outline:
    """How many numbers a body takes, and what it hangs where. All counts start at the body's own first number.

    owners: element of each mark in the page's order. link_owners: element of each link. notes: elements with an id.
    tops: (container, element) of each element that hangs on a container, in reading order.
    """

    elements: int
    figures: int
    links: int
    owners: tuple[int, ...]
    link_owners: tuple[int, ...]
    notes: tuple[int, ...]
    tops: tuple[Top, ...]


def _stencils(body: Body) -> list[Stencil]:
    return [stencil_of(one.block) if one.block.shared else Stencil(one.block) for one in body.placements]


def _outline(body: Body, stencils: list[Stencil]) -> Outline:
    elements = figures = links = 0
    owners: list[int] = []
    link_owners: list[int] = []
    notes: list[int] = []
    tops: list[Top] = []
    for placement, stencil in zip(body.placements, stencils, strict=True):
        owners += [elements + owner for owner in stencil.owners]
        link_owners += [elements + owner for owner in stencil.link_owners]
        notes += [elements + note for note in stencil.notes]
        tops += [(placement.container, elements + top) for top in stencil.tops]
        elements += stencil.count
        figures += len(stencil.figures)
        links += len(stencil.link_owners)
    return Outline(elements, figures, links, tuple(owners), tuple(link_owners), tuple(notes), tuple(tops))


@lru_cache(maxsize=2_000)
def _kept_outline(body: Body) -> Outline:
    """The outline of a body that packs share."""
    return _outline(body, _stencils(body))


def _objects_of(
    body: Body,
    stencils: list[Stencil],
    height: float,
    mark: int,
    first: int,
    figure: int,
    container: int,
    page: int,
    link: int,
) -> list[bytes]:
    """Element objects of a body, then the attributes of its figures. height: of the page, points. mark: its first."""
    elements: list[bytes] = []
    boxes: list[bytes] = []
    for placement, stencil in zip(body.placements, stencils, strict=True):
        if not stencil.count:
            continue
        numbers = (first + len(elements), container + placement.container, page, mark, figure + len(boxes), link)
        elements += stencil.elements(numbers)
        bottom = height - placement.top
        for x0, y0, x1, y1 in stencil.figures:
            box = (placement.x + x0, bottom + y0, placement.x + x1, bottom + y1)
            boxes.append(b"<</O/Layout/Placement/Block/BBox[%.2f %.2f %.2f %.2f]>>" % box)
        mark += stencil.marks
        link += len(stencil.link_owners)
    return elements + boxes


class _Places(NamedTuple):
    """What the tree needs to know of a body once its elements have numbers.

    row: its marks' elements for the parent tree. links: element of each link. notes: elements with an id. tops: as in
    `Outline`, elements by their numbers.
    """

    row: bytes
    links: list[int]
    notes: list[int]
    tops: list[Top]


def _places(outline: Outline, first: int) -> _Places:
    return _Places(
        b" ".join([b"%d 0 R" % (first + owner) for owner in outline.owners]),
        [first + owner for owner in outline.link_owners],
        [first + note for note in outline.notes],
        [(at, first + top) for at, top in outline.tops],
    )


@lru_cache(maxsize=2_000)
def _kept_objects(
    body: Body, height: float, mark: int, first: int, figure: int, container: int, page: int, link: int
) -> tuple[tuple[Packed, ...], _Places]:
    """A shared body's elements, compressed once for each set of numbers, and where they are."""
    elements = _objects_of(body, _stencils(body), height, mark, first, figure, container, page, link)
    return packed(elements, first, thorough=body.share == "run"), _places(_kept_outline(body), first)


class Tree:
    """Grows while pages are written: `place` each body, then `finish`."""

    def __init__(self, document: DrawnDocument, objects: Objects) -> None:
        self.objects = objects
        self.containers = document.containers
        self.root = objects.reserve()
        self.parent_tree = objects.reserve()
        self.first_container = objects.reserve(len(document.containers))
        self._pages = document.pages
        self._rows = [[b""] * len(page.bodies) for page in document.pages]
        self._tops: list[list[list[Top]]] = [[[]] * len(page.bodies) for page in document.pages]  # as in `_Places`
        self._link_rows: list[int] = []
        self._notes: list[int] = []

    def place(self, page: DrawnPage, index: int, number: int, position: int, mark: int) -> tuple[int, int]:
        """The elements of one body of a page.

        index: of the page. number: of its object. position: of the body. mark: its first one's number on the page.
        Returns the number of its first link and that one's parent-tree key.
        """
        body = page.bodies[position]
        objects, shared = self.objects, body.share != "pack"
        stencils = [] if shared else _stencils(body)
        outline = _kept_outline(body) if shared else _outline(body, stencils)
        first = objects.reserve(outline.elements + outline.figures)
        first_link = objects.reserve(outline.links)
        key = len(self._pages) + len(self._link_rows)
        container = self.first_container + page.first_container
        numbers = (mark, first, first + outline.elements, container, number, first_link)
        if shared:
            finished, places = _kept_objects(body, page.height, *numbers)
            objects.add_packed(finished)
        else:
            places = _places(outline, first)
            objects.add_many(first, _objects_of(body, stencils, page.height, *numbers))
        self._rows[index][position] = places.row
        self._link_rows += places.links
        self._notes += places.notes
        self._tops[index][position] = places.tops
        return first_link, key

    def _children(self) -> tuple[list[list[int]], list[bool]]:
        """Object numbers of each container's children in the order of the pages, and whether it has any."""
        kids: list[list[int]] = [[] for _ in self.containers]
        opened = [False] * len(self.containers)
        for page, by_body in zip(self._pages, self._tops, strict=True):
            for container, element in chain.from_iterable(by_body):
                at = container = page.first_container + container
                while at >= 0 and not opened[at]:
                    opened[at] = True
                    parent = self.containers[at].parent
                    if parent >= 0:
                        kids[parent].append(self.first_container + at)
                    at = parent
                kids[container].append(element)
        return kids, opened

    def finish(self) -> None:
        """Root, containers and parent tree."""

        def add(number: int, body: bytes) -> None:
            self.objects.add_many(number, (body,))

        pages = len(self._pages)
        add(
            self.root,
            b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d%b>>"
            % (self.first_container, self.parent_tree, pages + len(self._link_rows), self._ids()),
        )
        rows = [b"%d[%b]" % (key, b" ".join(row)) for key, row in enumerate(self._rows)]
        rows += [b"%d %d 0 R" % (pages + index, number) for index, number in enumerate(self._link_rows)]
        add(self.parent_tree, b"<</Nums[%b]>>" % b" ".join(rows))
        kids, opened = self._children()
        for number, container in enumerate(self.containers):
            if opened[number]:
                add(self.first_container + number, self._container(container, kids[number]))

    def _ids(self) -> bytes:
        """The tree of element ids, where there are any, in the order of their bytes."""
        names = sorted((b"note-%d" % number, number) for number in self._notes)
        pairs = b"".join(b"(%b)%d 0 R" % name for name in names)
        return b"/IDTree<</Names[%b]>>" % pairs if names else b""

    def _container(self, container: Container, kids: list[int]) -> bytes:
        parent = self.root if container.parent < 0 else self.first_container + container.parent
        title = b"/T" + text_string(container.title) if container.title else b""
        language = b"/Lang" + text_string(container.language) if container.language else b""
        below = b" ".join([b"%d 0 R" % kid for kid in kids])
        return b"<</S/%b/P %d 0 R%b%b/K[%b]>>" % (container.role.encode("ascii"), parent, title, language, below)
