"""Step 20: the output's bytes, PDF 1.7 with object streams and a cross-reference stream (ISO 32000-1, 7.5.7 and 7.5.8).

pypdf writes no object streams, which makes a tagged file three to four times as large, and writes in very small pieces.
Here a file is made in memory in one go. Only what the catalogue reaches is written, numbered in the order in which it
is reached, so the same objects give the same bytes.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections import deque

import deflate

from generator.merge.table import Placed, Table
from generator.merge.values import Name, Out, Ref, Stream, Symbol, Value

_OBJECTS_IN_A_STREAM = 200
_LEVEL = 6
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_ESCAPED = re.compile(rb"[\\()\r\n]")
_ESCAPES = {b"\\": b"\\\\", b"(": b"\\(", b")": b"\\)", b"\r": b"\\r", b"\n": b"\\n"}
_PLAIN_NAME = re.compile(r"/[A-Za-z0-9_.+*:,;@!$&'=?^`|~-]*")


def write_pdf(table: Table, root: Out, info: Out, same: dict[int, int]) -> bytes:
    """The file. root: catalogue. info: information dictionary. same: objects to be written as another one (see
    `dedup`).
    """
    return _Writer(table, same).file(root, info)


class _Writer:
    def __init__(self, table: Table, same: dict[int, int]) -> None:
        self._table = table
        self._same = same
        self._numbers: dict[int, int] = {}
        self._waiting: deque[int] = deque()
        self._names: dict[str, bytes] = {}
        self._body: list[bytes] = [_HEADER]
        self._length = len(_HEADER)
        self._places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}

    def file(self, root: Out, info: Out) -> bytes:
        trailer = {"/Root": self._number(root), "/Info": self._number(info)}
        packed: list[tuple[int, bytes]] = []
        while self._waiting:
            number = self._waiting.popleft()
            value, placed = self._table.values[number], self._table.placements[number]
            if isinstance(value, Stream):
                self._stream(self._numbers[number], value, placed)
            else:
                packed.append((self._numbers[number], self._text(value, placed)))
        count = len(self._numbers) + 1
        for start in range(0, len(packed), _OBJECTS_IN_A_STREAM):
            self._object_stream(count, packed[start : start + _OBJECTS_IN_A_STREAM])
            count += 1
        return self._finished(count, trailer)

    def _number(self, target: int) -> int:
        target = self._same.get(target, target)
        number = self._numbers.get(target)
        if number is None:
            number = self._numbers[target] = len(self._numbers) + 1
            self._waiting.append(target)
        return number

    def _text(self, value: Value, placed: Placed) -> bytes:
        pieces: list[bytes] = []
        self._write(value, placed, pieces)
        return b" ".join(pieces)

    def _write(self, value: Value, placed: Placed, pieces: list[bytes]) -> None:
        kind = type(value)
        if kind is Ref:
            pieces.append(b"%d 0 R" % self._number(placed.offset + value))
        elif kind is Name:
            pieces.append(self._name(value))
        elif kind is int:
            pieces.append(b"%d" % value)
        elif kind is dict:
            pieces.append(b"<<")
            for key, one in value.items():
                pieces.append(self._name(key))
                self._write(one, placed, pieces)
            pieces.append(b">>")
        elif kind is list:
            pieces.append(b"[")
            for one in value:
                self._write(one, placed, pieces)
            pieces.append(b"]")
        elif kind is Out:
            pieces.append(b"%d 0 R" % self._number(value))
        elif kind is Symbol:
            self._write(placed.names[value], placed, pieces)
        else:
            pieces.append(_simple(value))

    def _name(self, name: str) -> bytes:
        written = self._names.get(name)
        if written is None:
            written = self._names[name] = _written_name(name)
        return written

    def _stream(self, number: int, stream: Stream, placed: Placed) -> None:
        entries = stream.entries | {"/Length": len(stream.data)}
        self._object(number, self._text(entries, placed), stream.data)

    def _object(self, number: int, text: bytes, data: bytes) -> None:
        self._places[number] = (1, self._length, 0)
        whole = b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, text, data)
        self._body.append(whole)
        self._length += len(whole)

    def _object_stream(self, number: int, objects: list[tuple[int, bytes]]) -> None:
        index, position = [], 0
        for order, (one, text) in enumerate(objects):
            index.append(b"%d %d" % (one, position))
            position += len(text) + 1
            self._places[one] = (2, number, order)
        head = b" ".join(index) + b"\n"
        data = _compressed(head + b"\n".join(text for _, text in objects))
        entries = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>" % (len(objects), len(head), len(data))
        self._object(number, entries, data)

    def _finished(self, count: int, trailer: dict[str, int]) -> bytes:
        """The cross-reference stream, and the file's end. The file's id comes from its contents, never from a clock."""
        digest = hashlib.sha256()
        for piece in self._body:
            digest.update(piece)
        identity = digest.hexdigest()[:32].encode().upper()
        start = self._length
        self._places[count] = (1, start, 0)
        rows = b"".join(struct.pack(">BIH", *self._places[number]) for number in range(count + 1))
        data = _compressed(rows)
        entries = (
            b"<</Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]/Filter/FlateDecode/Length %d>>"
            % (
                count + 1,
                trailer["/Root"],
                trailer["/Info"],
                identity,
                identity,
                len(data),
            )
        )
        self._body.append(b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (count, entries, data))
        self._body.append(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._body)


def _compressed(data: bytes) -> bytes:
    return bytes(deflate.zlib_compress(data, _LEVEL))


def _written_name(name: str) -> bytes:
    if _PLAIN_NAME.fullmatch(name):
        return name.encode("ascii")
    plain = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.+*:,;@!$&'=?^`|~-")
    return b"/" + b"".join(bytes([byte]) if byte in plain else b"#%02X" % byte for byte in name[1:].encode())


def _simple(value: Value) -> bytes:
    if value is None:
        return b"null"
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, bytes):
        return b"(" + _ESCAPED.sub(lambda match: _ESCAPES[match[0]], value) + b")"
    if isinstance(value, float):
        text = repr(value)
        return (f"{value:.12f}".rstrip("0") if "e" in text or "n" in text else text).encode()
    return str(int(value)).encode()
