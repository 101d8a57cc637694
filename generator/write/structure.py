"""The structure tree of a pack, built once after everything is drawn (ISO 32000-1, 14.7; PDF/UA-1).

Each block has a stencil: its elements as text with holes for the numbers that depend on where it stands. A body's part
of the tree is a branch. Which numbers a pack's elements get follows from how many stand where, so packs that are alike
have them in common: the numbering, and the elements of each branch, are kept, compressed, for the next pack of their
kind. Every mark has a place in the parent tree, and every place has its mark: a difference is an error of ours and
stops the file.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from typing import Final, NamedTuple

from generator.marks import Body, Container, DrawnDocument, DrawnPage, Share
from generator.values import dataclass
from generator.write.objects import Objects, Packed, packed, text_string
from generator.write.stencils import Form, Stencil, stencil_of

SHARES: Final[tuple[Share, ...]] = ("run", "plans", "pack")
"""The order in which bodies are numbered: what many packs share comes first and has the same numbers in all of them."""
Spot = tuple[Stencil, int, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """The forms of a body's blocks as one. tops: (container, element). Equal only to itself: one for each form."""

    elements: int
    figures: int
    links: int
    marks: int
    owners: tuple[int, ...]
    link_owners: tuple[int, ...]
    notes: tuple[int, ...]
    tops: tuple[tuple[int, int], ...]


@lru_cache(maxsize=2_000)
def _outline(forms: tuple[tuple[Form, int], ...]) -> Outline:
    """forms: of each block, with the container that it hangs on."""
    elements = figures = 0
    owners: list[int] = []
    link_owners: list[int] = []
    notes: list[int] = []
    tops: list[tuple[int, int]] = []
    for form, container in forms:
        owners += [elements + owner for owner in form.owners]
        link_owners += [elements + owner for owner in form.link_owners]
        notes += [elements + note for note in form.notes]
        tops += [(container, elements + top) for top in form.tops]
        elements += form.elements
        figures += form.figures
    arrays = tuple(owners), tuple(link_owners), tuple(notes), tuple(tops)
    return Outline(elements, figures, len(link_owners), len(owners), *arrays)


class Branch:
    """A body's part of the tree. spots: stencil, container, x and top of each block; the last two matter to figures."""

    __slots__ = ("outline", "spots")

    def __init__(self, spots: tuple[Spot, ...]) -> None:
        self.spots = spots
        self.outline = _outline(tuple([(stencil.form, container) for stencil, container, _, _ in spots]))

    def objects(self, height: float, numbers: Numbers, container: int, page: int) -> list[bytes]:
        """Element objects, then the attributes of figures.

        height: of the page, points. container: number of the object that container 0 is. page: of its object.
        """
        mark, first, figure, link, _ = numbers
        elements: list[bytes] = []
        boxes: list[bytes] = []
        for stencil, below, x, top in self.spots:
            own = (first + len(elements), container + below, page, mark, figure + len(boxes), link)
            elements += stencil.elements(own)
            for x0, y0, x1, y1 in stencil.figures:
                box = (x + x0, height - top + y0, x + x1, height - top + y1)
                boxes.append(b"<</O/Layout/Placement/Block/BBox[%.2f %.2f %.2f %.2f]>>" % box)
            mark += len(stencil.form.owners)
            link += len(stencil.form.link_owners)
        return elements + boxes


def _spots(body: Body) -> tuple[Spot, ...]:
    found = [(stencil_of(block), container, x, top) for block, x, top, container in body.placements]
    return tuple([spot if spot[0].figures else (*spot[:2], 0.0, 0.0) for spot in found])


@lru_cache(maxsize=1_000)
def _shared_branch(body: Body) -> Branch:
    return Branch(_spots(body))


@lru_cache(maxsize=1_000)
def _branch(spots: tuple[Spot, ...]) -> Branch:
    return Branch(spots)


def branch_of(body: Body) -> Branch:
    """The branch of a body: the same value for bodies with the same elements in the same places."""
    return _branch(_spots(body)) if body.share == "pack" else _shared_branch(body)


@lru_cache(maxsize=1_000)
def _kept_objects(
    branch: Branch, height: float, numbers: Numbers, container: int, page: int, thorough: bool
) -> tuple[Packed, ...]:
    """A branch's objects, compressed once for each set of numbers."""
    objects = branch.objects(height, numbers, container, page)
    return packed(objects, range(numbers.first, numbers.first + len(objects)), thorough=thorough)


# ---- the whole tree


class Numbers(NamedTuple):
    """What a branch is given: its first mark on the page, first element, first figure's attributes and first link, and
    that link's key in the parent tree."""

    mark: int
    first: int
    figure: int
    link: int
    key: int


class _PageForm(NamedTuple):
    """first_container: as in `DrawnPage`. outlines, shares: of its bodies."""

    first_container: int
    outlines: tuple[Outline, ...]
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class _Numbering:
    """All numbers of a tree. bodies: of each page. trunk: root, parent tree and containers. end: the next number."""

    bodies: tuple[tuple[Numbers, ...], ...]
    trunk: tuple[Packed, ...]
    end: int


@lru_cache(maxsize=100)
def _numbering(first: int, containers: tuple[Container, ...], pages: tuple[_PageForm, ...]) -> _Numbering:
    """first: number of the root; the parent tree and the containers follow it."""
    at, key = first + 2 + len(containers), len(pages)
    found: list[list[Numbers]] = [[Numbers(0, 0, 0, 0, 0)] * len(page.outlines) for page in pages]
    for share in SHARES:
        for numbers, page in zip(found, pages, strict=True):
            marks = accumulate([outline.marks for outline in page.outlines], initial=0)
            for position, (mark, outline) in enumerate(zip(marks, page.outlines, strict=False)):
                if page.shares[position] == share:
                    link = at + outline.elements + outline.figures
                    numbers[position] = Numbers(mark, at, at + outline.elements, link, key)
                    at, key = link + outline.links, key + outline.links
    bodies = tuple([tuple(numbers) for numbers in found])
    return _Numbering(bodies, _packed_trunk(first, containers, pages, bodies), at)


def _packed_trunk(
    first: int,
    containers: tuple[Container, ...],
    pages: tuple[_PageForm, ...],
    bodies: tuple[tuple[Numbers, ...], ...],
) -> tuple[Packed, ...]:
    objects = _trunk(first, containers, pages, bodies)
    return packed(objects, range(first, first + len(objects)))


def _trunk(
    first: int,
    containers: tuple[Container, ...],
    pages: tuple[_PageForm, ...],
    bodies: tuple[tuple[Numbers, ...], ...],
) -> list[bytes]:
    """Root, parent tree and containers; one that is empty is a null object."""
    branches = [
        (numbers, outline)
        for page, own in zip(pages, bodies, strict=True)
        for numbers, outline in zip(own, page.outlines, strict=True)
    ]
    links = sorted((numbers.key, numbers.first, outline.link_owners) for numbers, outline in branches)
    link_rows = [number + owner for _, number, owners in links for owner in owners]
    rows = [b"%d[%b]" % (key, _row(own, page)) for key, (own, page) in enumerate(zip(bodies, pages, strict=True))]
    rows += [b"%d %d 0 R" % (key, number) for key, number in enumerate(link_rows, len(pages))]
    notes = [numbers.first + note for numbers, outline in branches for note in outline.notes]
    root = b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d%b>>" % (
        first + 2,
        first + 1,
        len(rows),
        _ids(notes),
    )
    kids = _children(first + 2, containers, pages, bodies)
    hung = [_container(one, first, below) if below else b"null" for one, below in zip(containers, kids, strict=True)]
    return [root, b"<</Nums[%b]>>" % b" ".join(rows), *hung]


def _row(bodies: tuple[Numbers, ...], page: _PageForm) -> bytes:
    """The element of each mark of a page."""
    return b" ".join(
        [
            b"%d 0 R" % (numbers.first + owner)
            for numbers, outline in zip(bodies, page.outlines, strict=True)
            for owner in outline.owners
        ]
    )


def _children(
    first: int,
    containers: tuple[Container, ...],
    pages: tuple[_PageForm, ...],
    bodies: tuple[tuple[Numbers, ...], ...],
) -> list[list[int]]:
    """Object numbers of each container's children in the order of the pages. first: number of container 0's object."""
    kids: list[list[int]] = [[] for _ in containers]
    opened = [False] * len(containers)
    for page, own in zip(pages, bodies, strict=True):
        for numbers, outline in zip(own, page.outlines, strict=True):
            for container, element in outline.tops:
                at = container = page.first_container + container
                while at >= 0 and not opened[at]:
                    opened[at] = True
                    parent = containers[at].parent
                    if parent >= 0:
                        kids[parent].append(first + at)
                    at = parent
                kids[container].append(numbers.first + element)
    return kids


def _ids(notes: list[int]) -> bytes:
    """The tree of element ids, where there are any, in the order of their bytes."""
    names = sorted((b"note-%d" % number, number) for number in notes)
    pairs = b"".join(b"(%b)%d 0 R" % name for name in names)
    return b"/IDTree<</Names[%b]>>" % pairs if names else b""


def _container(container: Container, root: int, kids: list[int]) -> bytes:
    parent = root if container.parent < 0 else root + 2 + container.parent
    title = b"/T" + text_string(container.title) if container.title else b""
    language = b"/Lang" + text_string(container.language) if container.language else b""
    below = b" ".join([b"%d 0 R" % kid for kid in kids])
    return b"<</S/%b/P %d 0 R%b%b/K[%b]>>" % (container.role.encode("ascii"), parent, title, language, below)


class Tree:
    """The structure tree of one file. root: number of its object. numbers: of each page's bodies."""

    def __init__(self, document: DrawnDocument, first_page: int, objects: Objects) -> None:
        """Adds all of it but the elements of bodies that `speak`. first_page: number of the first page's object."""
        branches = [[branch_of(body) for body in page.bodies] for page in document.pages]
        forms = [
            _PageForm(
                page.first_container,
                tuple([branch.outline for branch in own]),
                tuple([body.share for body in page.bodies]),
            )
            for page, own in zip(document.pages, branches, strict=True)
        ]
        self._outlines = [form.outlines for form in forms]
        self.root = objects.reserve(0)
        self._first_page = first_page
        numbering = _numbering(self.root, document.containers, tuple(forms))
        self.numbers = numbering.bodies
        objects.reserve(numbering.end - self.root)
        objects.add_packed(numbering.trunk)
        elements: list[bytes] = []
        element_numbers: list[int] = []
        for index, page in enumerate(document.pages):
            for at, body in enumerate(page.bodies):
                if body.share == "run":
                    objects.add_packed(self.elements(page, index, at))
                elif not speaks(body):
                    found = self._objects(page, index, at)
                    first = self.numbers[index][at].first
                    element_numbers += range(first, first + len(found))
                    elements += found
        objects.add_packed(packed(elements, element_numbers))

    def marks(self, index: int, at: int) -> int:
        """How many marks a body of a page has. Arguments: as of `elements`."""
        return self._outlines[index][at].marks

    def page(self, index: int) -> int:
        """Number of a page's object."""
        return self._first_page + index

    def elements(self, page: DrawnPage, index: int, at: int) -> tuple[Packed, ...]:
        """The elements of one body of a page. index: of the page. at: of the body."""
        body, numbers = page.bodies[at], self.numbers[index][at]
        container, thorough = self._container(page), body.share == "run"
        return _kept_objects(branch_of(body), page.height, numbers, container, self.page(index), thorough)

    def _objects(self, page: DrawnPage, index: int, at: int) -> list[bytes]:
        """The same, not packed yet."""
        numbers, container = self.numbers[index][at], self._container(page)
        return branch_of(page.bodies[at]).objects(page.height, numbers, container, self.page(index))

    def _container(self, page: DrawnPage) -> int:
        """Number of the object that the page's container 0 is."""
        return self.root + 2 + page.first_container


def speaks(body: Body) -> bool:
    """Whether elements of a body that is one pack's alone say something themselves, in an alternative text."""
    return body.share == "pack" and any(element.alt for one in body.placements for element in one.block.elements)
