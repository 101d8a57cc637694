"""A PDF that is written from front to back while its objects come in, so that its size never stands in memory.

`merge.writing` makes one pack in memory, numbers what the catalogue reaches, and so needs all objects at once. A print
run of 1,000 packs is the other case: only the numbers, the places and a digest of each object are kept here. Objects
are named by their contents: one that was stored before gets the first one's number, which is how the packs of a run
share fonts and pictures. Objects with equal contents are equal down to their leaves, as references are part of them.
"""

from __future__ import annotations

import hashlib
from typing import BinaryIO, Final

import deflate

from generator.values import dataclass

_HEADER: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_LEVEL: Final = 6
_OBJECTS_IN_A_STREAM: Final = 200
_PAGES_IN_A_NODE: Final = 64
_ROW: Final = 9  # bytes of a row of the cross-reference table: kind 1, place 6, order 2


@dataclass(frozen=True, slots=True)
class Label:
    """What viewers call the pages from page `first` on (counted from 0): a prefix, and numbers from 1 if numbered."""

    first: int
    prefix: str
    numbered: bool


class RunFile:
    """Objects go in as bytes, with references to numbers of this file; `finish` adds tree, bookmarks and catalogue."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._length = 0
        self._digest = hashlib.sha256()
        self._rows = bytearray(b"\0" * (_ROW - 2) + b"\xff\xff")
        self._known: dict[bytes, int] = {}
        self._packed: list[tuple[int, bytes]] = []
        self._nodes: list[tuple[int, list[int]]] = []
        self._bookmarks: list[tuple[str, int]] = []
        self._labels: list[Label] = []
        self.layers: list[int] = []
        self.layer_lists: dict[bytes, list[bytes]] = {}
        self.pages = 0
        self._tree = self.reserve()
        self._write(_HEADER)

    @property
    def sha256(self) -> str:
        """Of all that was written, in hex."""
        return self._digest.hexdigest()

    @property
    def size(self) -> int:
        """Bytes written."""
        return self._length

    # ---- objects

    def reserve(self) -> int:
        """The number of an object that comes later."""
        self._rows += bytes(_ROW)
        return len(self._rows) // _ROW - 1

    def store(self, body: bytes, data: bytes | None = None) -> int:
        """The number of an object with these contents, which is written unless it was before.

        body: the object, or the dictionary of a stream without its length; data: the stream's bytes, encoded.
        """
        digest = hashlib.blake2b(body, digest_size=20)
        if data is not None:
            digest.update(b"stream")
            digest.update(data)
        key = digest.digest()
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = self.reserve()
            self.put(number, body, data)
        return number

    def put(self, number: int, body: bytes, data: bytes | None = None) -> None:
        """Writes an object under a number of its own."""
        if data is not None:
            self._stream(number, body, data)
            return
        self._packed.append((number, body))
        if len(self._packed) == _OBJECTS_IN_A_STREAM:
            self._flush()

    # ---- pages

    def add_page(self, entries: bytes) -> int:
        """A page with these entries ("/MediaBox[0 0 612 792]/Contents 7 0 R"); returns the number of its object."""
        if not self.pages % _PAGES_IN_A_NODE:
            self._nodes.append((self.reserve(), []))
        node, kids = self._nodes[-1]
        number = self.reserve()
        self.put(number, b"<</Type/Page/Parent %d 0 R%b>>" % (node, entries))
        kids.append(number)
        self.pages += 1
        return number

    def bookmark(self, title: str, page: int) -> None:
        """page: number of its object."""
        self._bookmarks.append((title, page))

    def label(self, prefix: str, *, numbered: bool) -> None:
        """What viewers call the pages that come now."""
        self._labels.append(Label(self.pages, prefix, numbered))

    # ---- the end

    def finish(self, title: str, subject: str) -> None:
        """Everything that could not be known before. title, subject: metadata."""
        for node, kids in self._nodes:
            self.put(node, b"<</Type/Pages/Parent %d 0 R/Count %d%b>>" % (self._tree, len(kids), _kids(kids)))
        nodes = [node for node, _ in self._nodes]
        self.put(self._tree, b"<</Type/Pages/Count %d%b>>" % (self.pages, _kids(nodes)))
        catalog = (
            b"<</Type/Catalog/Pages %d 0 R%b/PageMode/UseOutlines/PageLabels<</Nums[%b]>>%b/ViewerPreferences"
            b"<</DisplayDocTitle true/PrintScaling/None/Duplex/DuplexFlipLongEdge/PickTrayByPDFSize true>>>>"
            % (self._tree, self._outline(), b"".join(map(_label, self._labels)), self._layer_entries())
        )
        root = self.store(catalog)
        info = self.store(b"<</Title%b/Subject%b>>" % (_text(title), _text(subject)))
        self._flush()
        self._cross_references(root, info)

    def _outline(self) -> bytes:
        if not self._bookmarks:
            return b""
        outline = self.reserve()
        numbers = [self.reserve() for _ in self._bookmarks]
        for index, (title, page) in enumerate(self._bookmarks):
            before = b"/Prev %d 0 R" % numbers[index - 1] if index else b""
            after = b"/Next %d 0 R" % numbers[index + 1] if index + 1 < len(numbers) else b""
            body = b"<</Title%b/Parent %d 0 R/Dest[%d 0 R/Fit]%b%b>>" % (_text(title), outline, page, before, after)
            self.put(numbers[index], body)
        ends = (numbers[0], numbers[-1], len(numbers))
        self.put(outline, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % ends)
        return b"/Outlines %d 0 R" % outline

    def _layer_entries(self) -> bytes:
        """Layers of the clinic's own files: what was hidden in a pack stays hidden on paper."""
        if not self.layers:
            return b""
        lists = b"".join(b"%b[%b]" % (key, b" ".join(items)) for key, items in sorted(self.layer_lists.items()))
        groups = b" ".join(b"%d 0 R" % number for number in self.layers)
        return b"/OCProperties<</OCGs[%b]/D<<%b>>>>" % (groups, lists)

    def _cross_references(self, root: int, info: int) -> None:
        number = self.reserve()
        start = self._length
        self._row(number, 1, start, 0)
        identity = self.sha256[:32].encode().upper()
        data = _compressed(bytes(self._rows))
        self._write(
            b"%d 0 obj\n<</Type/XRef/W[1 6 2]/Size %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]/Filter/FlateDecode"
            b"/Length %d>>\nstream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
            % (number, number + 1, root, info, identity, identity, len(data), data, start)
        )

    # ---- bytes

    def _flush(self) -> None:
        """Writes the waiting objects as one object stream (ISO 32000-1, 7.5.7)."""
        if not self._packed:
            return
        number = self.reserve()
        index, position = [], 0
        for order, (one, body) in enumerate(self._packed):
            index.append(b"%d %d" % (one, position))
            position += len(body) + 1
            self._row(one, 2, number, order)
        head = b" ".join(index) + b"\n"
        data = _compressed(head + b"\n".join(body for _, body in self._packed))
        entries = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode>>" % (len(index), len(head))
        self._packed = []
        self._stream(number, entries, data)

    def _stream(self, number: int, entries: bytes, data: bytes) -> None:
        self._row(number, 1, self._length, 0)
        start = b"%d 0 obj\n%b/Length %d>>\nstream\n" % (number, entries.rstrip().removesuffix(b">>"), len(data))
        self._write(b"".join((start, data, b"\nendstream\nendobj\n")))

    def _row(self, number: int, kind: int, place: int, order: int) -> None:
        row = bytes([kind]) + place.to_bytes(6, "big") + order.to_bytes(2, "big")
        self._rows[number * _ROW : (number + 1) * _ROW] = row

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._digest.update(data)
        self._length += len(data)


def _kids(numbers: list[int]) -> bytes:
    return b"/Kids[%b]" % b" ".join(b"%d 0 R" % number for number in numbers)


def _label(label: Label) -> bytes:
    style = b"/S/D" if label.numbered else b""
    return b"%d<<%b/P%b>>" % (label.first, style, _text(label.prefix))


def _text(words: str) -> bytes:
    """A text string in hex, which needs no escapes (ISO 32000-1, 7.9.2.2)."""
    data = words.encode("ascii") if words.isascii() else b"\xfe\xff" + words.encode("utf-16-be")
    return b"<%b>" % data.hex().encode()


def _compressed(data: bytes) -> bytes:
    """Deflated by libdeflate, whose output is the same on every processor."""
    return bytes(deflate.zlib_compress(data, _LEVEL))
