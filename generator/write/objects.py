"""The parts of a PDF file:
strings, streams, objects, object streams and the cross-reference stream (ISO 32000-1, 7.3 to 7.5).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import deflate

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
OBJECTS_IN_STREAM = 250  # more of them a stream cost readers time, fewer cost bytes (measured in a trial)
FAST = 1  # deflate level for what changes from pack to pack: half the time of level 6 for a tenth more bytes
THOROUGH = 9  # for what is compressed once a run
ROW = 6  # bytes of a row of the cross-reference stream: kind, place, place in an object stream
_INDEXES = tuple(index.to_bytes(1, "big") for index in range(OBJECTS_IN_STREAM))


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


@dataclass(frozen=True, slots=True)
class Packed:
    """An object stream, finished: its body, and the numbers of the objects in it."""

    body: bytes
    members: Sequence[int]


def packed(bodies: Sequence[bytes], first: int, *, thorough: bool = False) -> tuple[Packed, ...]:
    """Objects with consecutive numbers as object streams. thorough: smaller, for what is kept and used again."""
    return _packed(bodies, range(first, first + len(bodies)), THOROUGH if thorough else FAST)


def _packed(bodies: Sequence[bytes], numbers: Sequence[int], level: int) -> tuple[Packed, ...]:
    starts = range(0, len(bodies), OBJECTS_IN_STREAM)
    pieces = [(bodies[at : at + OBJECTS_IN_STREAM], numbers[at : at + OBJECTS_IN_STREAM]) for at in starts]
    return tuple(Packed(_object_stream(some, members, level), members) for some, members in pieces)


def _object_stream(bodies: Sequence[bytes], members: Sequence[int], level: int) -> bytes:
    offsets = accumulate([len(body) + 1 for body in bodies], initial=0)
    places = [value for pair in zip(members, offsets, strict=False) for value in pair]
    head = b"%d %d " * len(bodies) % tuple(places)
    entries = b"/Type/ObjStm/N %d/First %d" % (len(bodies), len(head))
    return stream(entries, head + b"\n".join(bodies), level=level)


class Objects:
    """Collects the objects of one file. Numbers are given out in order, bodies may come later."""

    def __init__(self) -> None:
        self._count = 0
        self._spare: list[int] = []
        self._streams: list[tuple[int, bytes]] = []
        self._packed: list[Packed] = []
        self._numbers: list[int] = []
        self._bodies: list[bytes] = []
        self._element_numbers: list[int] = []
        self._elements: list[bytes] = []

    def reserve(self, count: int = 1) -> int:
        """The first of so many new object numbers."""
        first = self._count + 1
        self._count += count
        return first

    def single(self) -> int:
        """A number for one object, from those that were given back if there are any."""
        return self._spare.pop() if self._spare else self.reserve()

    def give_back(self, numbers: Sequence[int]) -> None:
        """Numbers that were reserved and not needed."""
        self._spare += reversed(numbers)

    def add_stream(self, number: int, body: bytes) -> None:
        """A stream (stands by itself in the file)."""
        self._streams.append((number, body))

    def add(self, number: int, body: bytes) -> None:
        """Any other object (goes into an object stream)."""
        self._numbers.append(number)
        self._bodies.append(body)

    def add_many(self, first: int, bodies: Sequence[bytes]) -> None:
        """Objects of the structure tree, with consecutive numbers.

        They share no object stream with pages, so that who only reads text need not parse them: a quarter of the time.
        """
        self._element_numbers += range(first, first + len(bodies))
        self._elements += bodies

    def add_packed(self, finished: Sequence[Packed]) -> None:
        """Objects that are kept as finished object streams."""
        self._packed += finished

    def file(self, root: int, info: int) -> bytes:
        """The whole file. Its identifier is a hash of its content, so equal content gives equal bytes."""
        parts = [HEADER]
        position = len(HEADER)
        finished = [*self._packed, *_packed(self._bodies, self._numbers, FAST)]
        finished += _packed(self._elements, self._element_numbers, FAST)
        first_container = self.reserve(len(finished))
        table_number = self.reserve()
        rows = bytearray(ROW * (table_number + 1))
        for number, body in (*self._streams, *enumerate((one.body for one in finished), first_container)):
            rows[ROW * number : ROW * number + ROW] = b"\1" + position.to_bytes(4, "big") + b"\0"
            start = b"%d 0 obj\n" % number
            parts += (start, body, b"\nendobj\n")
            position += len(start) + len(body) + 8
        for number, one in enumerate(finished, first_container):
            holder, members = b"\2" + number.to_bytes(4, "big"), one.members
            if isinstance(members, range):  # one after another: all rows at once
                own = holder.join((b"", *_INDEXES[: len(members)]))
                rows[ROW * members.start : ROW * members.stop] = own
                continue
            for index, member in zip(_INDEXES, members, strict=False):
                rows[ROW * member : ROW * member + ROW] = holder + index
        rows[ROW * table_number :] = b"\1" + position.to_bytes(4, "big") + b"\0"
        content = b"".join(parts)
        identifier = hashlib.sha256(content).hexdigest()[:32].encode("ascii")
        entries = b"/Type/XRef/W[1 4 1]/Size %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]" % (
            table_number + 1,
            root,
            info,
            identifier,
            identifier,
        )
        table = b"%d 0 obj\n%b\nendobj\n" % (table_number, stream(entries, bytes(rows)))
        return b"".join((content, table, b"startxref\n%d\n%%%%EOF\n" % position))
