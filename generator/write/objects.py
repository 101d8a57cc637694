"""The parts of a PDF file:
strings, streams, objects, object streams and the cross-reference stream (ISO 32000-1, 7.3 to 7.5).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import deflate

from generator.values import dataclass

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
OBJECTS_IN_STREAM = 250  # more of them a stream cost readers time, fewer cost bytes (measured in a trial)
SMALL = 450  # bytes: deflating less takes longer than it is worth
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
    """A stream object's body; level None, or few bytes in a hurry: the data is stored as it is."""
    if level is None or (level == FAST and len(data) < SMALL):
        return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(data), data)
    packed = compress(data, level)
    return b"<<%b/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (entries, len(packed), packed)


@dataclass(frozen=True, slots=True)
class Packed:
    """An object stream, finished: its body, and the numbers of the objects in it."""

    body: bytes
    members: Sequence[int]


def packed(bodies: Sequence[bytes], numbers: Sequence[int], *, thorough: bool = False) -> tuple[Packed, ...]:
    """Objects with these numbers as object streams. thorough: smaller, for what is kept and used again."""
    level = THOROUGH if thorough else FAST
    starts = range(0, len(bodies), OBJECTS_IN_STREAM)
    pieces = [(bodies[at : at + OBJECTS_IN_STREAM], numbers[at : at + OBJECTS_IN_STREAM]) for at in starts]
    return tuple(Packed(_object_stream(some, members, level), members) for some, members in pieces)


def _object_stream(bodies: Sequence[bytes], members: Sequence[int], level: int) -> bytes:
    offsets = accumulate([len(body) + 1 for body in bodies], initial=0)
    places = [value for pair in zip(members, offsets, strict=False) for value in pair]
    head = b"%d %d " * len(bodies) % tuple(places)
    entries = b"/Type/ObjStm/N %d/First %d" % (len(bodies), len(head))
    return stream(entries, head + b"\n".join(bodies), level=level)


@dataclass(frozen=True, slots=True)
class Part:
    """Objects as they stand in the file one after another.

    rows: of the cross-reference stream, for these objects and those of the parts before; numbers that no object has
    are rows of zeros, free. end: the next number.
    """

    content: bytes
    rows: bytearray
    end: int


class Objects:
    """Collects the objects of a part of a file. Numbers are given out in order, bodies may come later."""

    def __init__(self, first: int = 1) -> None:
        """first: the number of the first object that the part adds itself."""
        self._end = first
        self._streams: list[tuple[int, bytes]] = []
        self._packed: list[Packed] = []
        self._numbers: list[int] = []
        self._bodies: list[bytes] = []

    def reserve(self, count: int = 1) -> int:
        """The first of so many new object numbers."""
        first = self._end
        self._end += count
        return first

    def add_stream(self, number: int, body: bytes) -> None:
        """A stream (stands by itself in the file)."""
        self._streams.append((number, body))

    def add(self, number: int, body: bytes) -> None:
        """Any other object (goes into an object stream)."""
        self._numbers.append(number)
        self._bodies.append(body)

    def add_packed(self, finished: Sequence[Packed]) -> None:
        """Objects that are kept as finished object streams.

        Those of the structure tree share no object stream with pages, so that who only reads text need not parse them:
        a quarter of the time.
        """
        self._packed += finished

    def part(self, position: int, rows: bytes | bytearray = b"") -> Part:
        """All that was collected. position: bytes of the file before it. rows: of the parts before it."""
        finished = [*self._packed, *packed(self._bodies, self._numbers)]
        first_container = self.reserve(len(finished))
        table = bytearray(rows).ljust(ROW * self._end, b"\0")
        parts: list[bytes] = []
        for number, body in (*self._streams, *enumerate((one.body for one in finished), first_container)):
            table[ROW * number : ROW * number + ROW] = b"\1" + position.to_bytes(4, "big") + b"\0"
            start = b"%d 0 obj\n" % number
            parts += (start, body, b"\nendobj\n")
            position += len(start) + len(body) + 8
        for number, one in enumerate(finished, first_container):
            holder, members = b"\2" + number.to_bytes(4, "big"), one.members
            if isinstance(members, range):  # one after another: all rows at once
                own = holder.join((b"", *_INDEXES[: len(members)]))
                table[ROW * members.start : ROW * members.stop] = own
                continue
            for index, member in zip(_INDEXES, members, strict=False):
                table[ROW * member : ROW * member + ROW] = holder + index
        return Part(b"".join(parts), table, self._end)


def ending(rows: bytearray, position: int, identifier: str, root: int, info: int) -> bytes:
    """What follows the objects: the cross-reference stream, which is the last of them. position: bytes before it."""
    number = len(rows) // ROW
    rows += b"\1" + position.to_bytes(4, "big") + b"\0"
    entries = b"/Type/XRef/W[1 4 1]/Size %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]" % (
        number + 1,
        root,
        info,
        identifier.encode("ascii"),
        identifier.encode("ascii"),
    )
    return b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, stream(entries, bytes(rows)), position)
