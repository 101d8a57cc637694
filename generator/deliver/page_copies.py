"""The pages of one pack, copied into a print run: what is seen on paper and nothing else.

qpdf (pikepdf) parses, and spells an object as bytes in one call; the references in these bytes are exchanged for the
run's own numbers. Tags, links, scripts and bookmarks stay behind, as paper has none of them; filled form fields become
part of their page, and layers that a pack hides stay hidden.
"""

from __future__ import annotations

import io
import re
from copy import copy
from typing import Final

import pikepdf

from generator.deliver.run_file import RunFile
from generator.values import dataclass

_STRING_OR_REFERENCE: Final = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f]*>|(\d+) (\d+) R\b", re.DOTALL)
"""In the spelling of qpdf, which escapes every bracket inside of strings."""

_PAGE_ENTRIES: Final = (
    "/MediaBox",
    "/CropBox",
    "/BleedBox",
    "/TrimBox",
    "/ArtBox",
    "/Rotate",
    "/UserUnit",
    "/Resources",
    "/Group",
    "/Contents",
)
_NOT_ON_PAPER: Final = frozenset({"/Page", "/Pages", "/Catalog", "/StructTreeRoot", "/StructElem"})
_NOT_COPIED: Final = ("/Length", "/StructParent", "/StructParents", "/Metadata", "/PieceInfo")
_LAYER: Final = "/OCG"

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CopiedPage:
    """number: of its object in the run. box: its media box as bytes, for a blank page of the same size."""

    number: int
    box: bytes


def copy_pages(pdf: bytes, file: RunFile) -> list[CopiedPage]:
    """Puts all pages of a pack into the run. Raises pikepdf.PdfError for what is no PDF, or is locked by a password."""
    with pikepdf.open(io.BytesIO(pdf)) as source:
        if any(annotation.get("/Subtype") != "/Link" for page in source.pages for annotation in _annotations(page)):
            source.generate_appearance_streams()
            source.flatten_annotations("print")
        copier = _Copier(source, file)
        pages = [copier.page(page) for page in source.pages]
        copier.layers()
    return pages


def _annotations(page: pikepdf.Page) -> list[pikepdf.Object]:
    listed = page.obj.get("/Annots")
    return [] if listed is None else [one for one in listed.as_list() if isinstance(one, pikepdf.Dictionary)]


@dataclass(slots=True)
class _Visit:
    """An object on the way into the run: it is written after all that it refers to.

    own: not to be shared with another pack. waiting: references that were not followed yet, the next one last.
    """

    key: Key
    body: bytes
    data: bytes | None
    own: bool
    waiting: list[Key]


class _Copier:
    def __init__(self, source: pikepdf.Pdf, file: RunFile) -> None:
        self._source = source
        self._file = file
        self._numbers: dict[Key, int] = {}
        self._pinned: dict[Key, int] = {}

    def page(self, page: pikepdf.Page) -> CopiedPage:
        box = pikepdf.Array(page.mediabox).unparse()
        entries = [b"/MediaBox" + box]
        for key in _PAGE_ENTRIES[1:]:
            if (value := page.obj.get(key)) is not None:
                entries.append(key.encode() + b" " + self._renumbered(_spelled(value)))
        return CopiedPage(self._file.add_page(b"".join(entries)), box)

    def layers(self) -> None:
        """What the pack's default configuration hides or lists."""
        properties = self._source.Root.get("/OCProperties")
        if properties is None:
            return
        self._file.layers += [self._number(group.objgen) for group in properties.OCGs.as_list()]
        for key, value in properties.get("/D", pikepdf.Dictionary()).items():
            if not isinstance(value, pikepdf.Array) or key == "/Order":
                continue
            items = [self._renumbered(_spelled(item)) for item in value.as_list()]
            self._file.layer_lists.setdefault(key.encode(), []).extend(items)

    def _renumbered(self, body: bytes) -> bytes:
        for key in _references(body):
            self._number(key)
        return _STRING_OR_REFERENCE.sub(self._reference, body)

    def _reference(self, match: re.Match[bytes]) -> bytes:
        if match[1] is None:
            return match[0]
        key = (int(match[1]), int(match[2]))
        return b"%d 0 R" % (self._numbers.get(key) or self._pinned[key])

    def _number(self, first: Key) -> int:
        """The run's number of an object. Goes to the leaves first, without recursion; a circle gets its numbers ahead.

        An object that stands in a circle, or is a layer, is written for this pack alone.
        """
        if first in self._numbers:
            return self._numbers[first]
        path = [self._visit(first)]
        above = {first}
        while path:
            visit = path[-1]
            if visit.waiting:
                below = visit.waiting.pop()
                if self._is_new(below, above):
                    path.append(self._visit(below))
                    above.add(below)
                continue
            path.pop()
            above.discard(visit.key)
            self._numbers[visit.key] = self._written(visit)
        return self._numbers[first]

    def _is_new(self, key: Key, above: set[Key]) -> bool:
        if key in above and key not in self._pinned:
            self._pinned[key] = self._file.reserve()
        return key not in self._numbers and key not in above

    def _written(self, visit: _Visit) -> int:
        body = _STRING_OR_REFERENCE.sub(self._reference, visit.body)
        number = self._pinned.get(visit.key) or (self._file.reserve() if visit.own else None)
        if number is None:
            return self._file.store(body, visit.data)
        self._file.put(number, body, visit.data)
        return number

    def _visit(self, key: Key) -> _Visit:
        value, data, own = self._source.get_object(key), None, False
        if isinstance(value, pikepdf.Stream):
            entries = copy(value.stream_dict)
            for name in _NOT_COPIED:
                if name in entries:
                    del entries[name]
            body, data = entries.unparse(), value.read_raw_bytes()
        elif isinstance(value, pikepdf.Dictionary):
            kind = str(value.get("/Type", ""))
            body = b"null" if kind in _NOT_ON_PAPER else value.unparse(resolved=True)
            own = kind == _LAYER
        else:
            body = _spelled(value, resolved=True)
        return _Visit(key, body, data, own, _references(body)[::-1])


def _references(body: bytes) -> list[Key]:
    found = _STRING_OR_REFERENCE.finditer(body)
    return [(int(match[1]), int(match[2])) for match in found if match[1] is not None]


def _spelled(value: object, *, resolved: bool = False) -> bytes:
    """An object as qpdf spells it; plain Python values are what pikepdf makes of numbers and booleans."""
    if isinstance(value, pikepdf.Object):
        return value.unparse(resolved=resolved)
    return bytes(pikepdf.Array([value]).unparse()).strip(b"[] ")
