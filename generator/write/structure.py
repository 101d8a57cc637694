"""The structure tree of a pack, built once after everything is drawn (ISO 32000-1, 14.7; PDF/UA-1).

Each block has a stencil: its elements as text with holes for the numbers that depend on where it stands. A container
joins its parent when its first block is placed, so the tree is in the order of the pages. Every mark has a place in
the parent tree, and every place has its mark: a difference is an error of ours and stops the file.
"""

from __future__ import annotations

from functools import lru_cache

from generator.marks import Container, DrawnBlock, DrawnDocument, Element, Placement
from generator.write.objects import Objects, text_string


class Stencil:
    """A block's elements with holes. kinds: what goes into each hole, and the number to add to it."""

    __slots__ = ("count", "figures", "holes", "links", "marks", "notes", "owners", "template", "tops")

    def __init__(self, block: DrawnBlock) -> None:
        self.count = len(block.elements)
        self.marks = len(block.owners)
        self.links = len(block.links)
        self.owners = block.owners
        self.tops = tuple(number for number, element in enumerate(block.elements) if element.parent < 0)
        self.notes = tuple(number for number, element in enumerate(block.elements) if element.role == "Note")
        self.figures = tuple(element.box for element in block.elements if element.box is not None)
        holes: list[tuple[str, int]] = []
        texts = [_element(number, element, holes) for number, element in enumerate(block.elements)]
        self.template = b"\n".join(texts)
        self.holes = tuple(holes)

    def elements(self, numbers: dict[str, int]) -> list[bytes]:
        """Element objects.

        numbers: first element, container, page, first mark, first figure's attributes, first link.
        """
        if not self.count:
            return []
        return (self.template % tuple(numbers[kind] + offset for kind, offset in self.holes)).split(b"\n")


def _element(index: int, element: Element, holes: list[tuple[str, int]]) -> bytes:
    """The block's element of that index as a template; its holes are appended in order."""
    text = b"<</S/%b/P %%d 0 R" % element.role.encode("ascii")
    holes.append(("container", 0) if element.parent < 0 else ("element", element.parent))
    if any(kind == "mark" for kind, _ in element.kids):
        text += b"/Pg %d 0 R"
        holes.append(("page", 0))
    kids = []
    for kind, number in element.kids:
        if kind == "link":
            kids.append(b"<</Type/OBJR/Pg %d 0 R/Obj %d 0 R>>")
            holes += [("page", 0), ("link", number)]
        else:
            kids.append(b"%d" if kind == "mark" else b"%d 0 R")
            holes.append((kind, number))
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
        holes.append(("element", index))
    if element.box is not None:
        text += b"/A %d 0 R"
        holes.append(("figure", sum(1 for kind, _ in holes if kind == "figure")))
    return text + b">>"


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


class Tree:
    """Grows while pages are written: `place` each block, then `finish`."""

    def __init__(self, document: DrawnDocument, objects: Objects) -> None:
        self.objects = objects
        self.containers = document.containers
        self.root = objects.reserve()
        self.parent_tree = objects.reserve()
        self.first_container = objects.reserve(len(document.containers))
        self._kids: list[list[int]] = [[] for _ in document.containers]
        self._opened = [False] * len(document.containers)
        self._page_rows: list[list[int]] = []
        self._link_rows: list[int] = []
        self._page_count = len(document.pages)
        self._notes: list[int] = []

    def start_page(self) -> None:
        self._page_rows.append([])

    def place(self, placement: Placement, page: int, bottom: float, first_link: int) -> int:
        """Elements of a block on the current page.

        bottom: y of the block's origin. Returns the number of its first mark.
        """
        block = placement.block
        stencil = stencil_of(block) if block.shared else Stencil(block)
        row = self._page_rows[-1]
        first_mark = len(row)
        if not stencil.count:
            return first_mark
        first = self.objects.reserve(stencil.count)
        figure = self.objects.reserve(len(stencil.figures)) if stencil.figures else 0
        numbers = {
            "element": first,
            "container": self.first_container + placement.container,
            "page": page,
            "mark": first_mark,
            "figure": figure,
            "link": first_link,
        }
        self.objects.add_many(first, stencil.elements(numbers))
        for offset, (x0, y0, x1, y1) in enumerate(stencil.figures):
            box = (placement.x + x0, bottom + y0, placement.x + x1, bottom + y1)
            self.objects.add(figure + offset, b"<</O/Layout/Placement/Block/BBox[%.2f %.2f %.2f %.2f]>>" % box)
        self._notes += [first + number for number in stencil.notes]
        row += [first + owner for owner in stencil.owners]
        owners = {
            number: index
            for index, element in enumerate(block.elements)
            for kind, number in element.kids
            if kind == "link"
        }
        self._link_rows += [first + owners[number] for number in range(stencil.links)]
        self._open(placement.container)
        self._kids[placement.container] += [first + top for top in stencil.tops]
        return first_mark

    def link_key(self) -> int:
        """Parent-tree key of the next link."""
        return self._page_count + len(self._link_rows)

    def _open(self, container: int) -> None:
        while container >= 0 and not self._opened[container]:
            self._opened[container] = True
            parent = self.containers[container].parent
            if parent >= 0:
                self._kids[parent].append(self.first_container + container)
            container = parent

    def finish(self) -> None:
        """Root, containers and parent tree."""
        add = self.objects.add
        keys = self._page_count + len(self._link_rows)
        add(
            self.root,
            b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d%b>>"
            % (self.first_container, self.parent_tree, keys, self._ids()),
        )
        rows = [b"%d[%b]" % (key, b" ".join(b"%d 0 R" % n for n in row)) for key, row in enumerate(self._page_rows)]
        rows += [b"%d %d 0 R" % (self._page_count + index, number) for index, number in enumerate(self._link_rows)]
        add(self.parent_tree, b"<</Nums[%b]>>" % b" ".join(rows))
        for number, container in enumerate(self.containers):
            if not self._opened[number]:
                continue
            add(self.first_container + number, self._container(number, container))

    def _ids(self) -> bytes:
        """The tree of element ids, where there are any, in the order of their bytes."""
        names = sorted((b"note-%d" % number, number) for number in self._notes)
        pairs = b"".join(b"(%b)%d 0 R" % name for name in names)
        return b"/IDTree<</Names[%b]>>" % pairs if names else b""

    def _container(self, number: int, container: Container) -> bytes:
        parent = self.root if container.parent < 0 else self.first_container + container.parent
        title = b"/T" + text_string(container.title) if container.title else b""
        language = b"/Lang" + text_string(container.language) if container.language else b""
        kids = b" ".join(b"%d 0 R" % kid for kid in self._kids[number])
        return b"<</S/%b/P %d 0 R%b%b/K[%b]>>" % (container.role.encode("ascii"), parent, title, language, kids)
