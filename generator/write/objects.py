"""The parts of a PDF file:
strings, streams, objects, object streams and the cross-reference stream (ISO 32000-1, 7.3 to 7.5).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import accumulate

import deflate

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
OBJECTS_IN_STREAM = 250  # more of them a stream cost readers time, fewer cost bytes (measured in a trial)
FAST = 1  # deflate level for what changes from pack to pack: half the time of level 6 for a tenth more bytes


def compress(data: bytes, level: int = FAST) -> bytes:
    """Deflated by libdeflate, whose output is the same on every processor."""
    return bytes(deflate.zlib_compress(data, level))


def text_string(words: str) -> bytes:
    """A text string: ASCII as it is, everything else in UTF-16."""
    data = words.encode("ascii") if words.isascii() else b"\xfe\xff" + words.encode("utf-16-be")
    for plain, escaped in ((b"\\", b"\\\\"), (b"(", b"\\("), (b")", b"\\)"), (b"\r", b"\\r"), (b"\n", b"\\n")):
        data = data.replace(plain, escaped)
    return b"(" + data + b")"


def stream(entries: bytes, data: bytes, *, level: int | None = FAST) -> bytes:
    """A stream object's body; level None: the data is stored as it is."""
    if level is None:
        return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(data), data)
    packed = compress(data, level)
    return b"<<%b/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (entries, len(packed), packed)


class Objects:
    """Collects the objects of one file. Numbers are given out in order, bodies may come later."""

    def __init__(self) -> None:
        self._count = 0
        self._streams: list[tuple[int, bytes]] = []
        self._plain: list[tuple[int, bytes]] = []

    def reserve(self, count: int = 1) -> int:
        """The first of so many new object numbers."""
        first = self._count + 1
        self._count += count
        return first

    def add_stream(self, number: int, body: bytes) -> None:
        """A stream (stands by itself in the file)."""
        self._streams.append((number, body))

    def add(self, number: int, body: bytes) -> None:
        """Any other object (goes into an object stream)."""
        self._plain.append((number, body))

    def add_many(self, first: int, bodies: Iterable[bytes]) -> None:
        """Objects with consecutive numbers."""
        self._plain += enumerate(bodies, first)

    def file(self, root: int, info: int) -> bytes:
        """The whole file. Its identifier is a hash of its content, so equal content gives equal bytes."""
        parts = [HEADER]
        position = len(HEADER)
        rows: dict[int, bytes] = {0: b"\0" + bytes(5)}

        def put(number: int, body: bytes) -> None:
            nonlocal position
            rows[number] = b"\1" + position.to_bytes(4, "big") + b"\0"
            part = b"%d 0 obj\n%b\nendobj\n" % (number, body)
            parts.append(part)
            position += len(part)

        for number, body in self._streams:
            put(number, body)
        for start in range(0, len(self._plain), OBJECTS_IN_STREAM):
            members = self._plain[start : start + OBJECTS_IN_STREAM]
            number = self.reserve()
            put(number, _object_stream(members))
            for index, (member, _) in enumerate(members):
                rows[member] = b"\2" + number.to_bytes(4, "big") + index.to_bytes(1, "big")
        number = self.reserve()
        start_of_table = position
        rows[number] = b"\1" + position.to_bytes(4, "big") + b"\0"
        free = rows[0]
        table = b"".join(rows.get(n, free) for n in range(number + 1))
        identifier = hashlib.sha256(b"".join(parts)).hexdigest()[:32].encode("ascii")
        entries = b"/Type/XRef/W[1 4 1]/Size %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]" % (
            number + 1,
            root,
            info,
            identifier,
            identifier,
        )
        put(number, stream(entries, table))
        return b"".join(parts) + b"startxref\n%d\n%%%%EOF\n" % start_of_table


def _object_stream(members: Sequence[tuple[int, bytes]]) -> bytes:
    bodies = b"\n".join(body for _, body in members)
    offsets = [0, *accumulate(len(body) + 1 for _, body in members)][:-1]
    head = b" ".join(b"%d %d" % (number, offset) for (number, _), offset in zip(members, offsets, strict=True)) + b"\n"
    return stream(b"/Type/ObjStm/N %d/First %d" % (len(members), len(head)), head + bodies)
