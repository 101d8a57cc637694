"""Reading page contents operator by operator without rewriting them (ISO 32000-1, 7.8.2).

pypdf can parse contents, but writes its own spelling of every number back; here an operator is a span of the original
bytes, so that what is not cut out stays exactly as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import deflate
from pypdf.generic import ArrayObject, DictionaryObject, EncodedStreamObject, NameObject, NumberObject, PdfObject

from generator.merge.values import Dictionary, Name, Stream, Value

_TOKEN = re.compile(
    rb"[\0\t\n\f\r ]+|%[^\r\n]*"
    rb"|(?P<token>\((?:[^()\\]|\\.)*\)|<<|>>|<[^<>]*>|[\[\]{}]"
    rb"|/[^\0\t\n\f\r ()<>\[\]{}/%]*|[^\0\t\n\f\r ()<>\[\]{}/%]+)"
    rb"|(?P<odd>.)",
    re.DOTALL,
)
_IMAGE_END = re.compile(rb"[\0\t\n\f\r ]EI(?=[\0\t\n\f\r ]|$)")
_STRING_PART = re.compile(rb"\\.|[()]", re.DOTALL)
_OPERAND_START = frozenset(b"(<[]>/+-.0123456789")
_WORD_OPERANDS = frozenset({b"true", b"false", b"null"})
_LEVEL = 6


class Operation(NamedTuple):
    """operands: tokens before the operator; arrays and dictionaries stay tokens in a row. start, end: span in the
    contents. An inline image is one operation, b"BI", with everything up to its EI in the span.
    """

    operator: bytes
    operands: list[bytes]
    start: int
    end: int


def operations(data: bytes) -> Iterator[Operation]:
    """The operators of a content stream, in order; damaged bytes are skipped as viewers skip them."""
    position, start, operands = 0, -1, list[bytes]()
    while match := _TOKEN.match(data, position):
        position = match.end()
        token = match["token"]
        if match["odd"] == b"(":
            position = _string_end(data, match.start())
            token = data[match.start() : position]
        if token is None:
            continue
        if start < 0:
            start = match.start()
        if token[0] in _OPERAND_START or token in _WORD_OPERANDS:
            operands.append(token)
            continue
        if token == b"BI":
            position = _image_end(data, position)
        yield Operation(token, operands, start, position)
        start, operands = -1, []


def _string_end(data: bytes, start: int) -> int:
    """End of a string with parentheses inside."""
    depth = 0
    for part in _STRING_PART.finditer(data, start):
        depth += {b"(": 1, b")": -1}.get(part[0], 0)
        if depth == 0:
            return part.end()
    return len(data)


def _image_end(data: bytes, start: int) -> int:
    """End of an inline image: the first EI after which the bytes read like operators again."""
    position = data.find(b"ID", start)
    while position >= 0 and (found := _IMAGE_END.search(data, position)):
        after = data[found.end() : found.end() + 24]
        if all(9 <= byte <= 126 for byte in after):
            return found.end()
        position = found.end()
    return len(data)


def mended(data: bytes, *, strip_marks: bool) -> bytes:
    """Contents that leave the graphics state as they found it; the same object if they already do.

    strip_marks: also takes out marked content, which may not nest in a Figure; layers and replacement texts stay.
    """
    cuts: list[tuple[int, int, bytes]] = []
    depth, in_text = 0, False
    kept_marks: list[bool] = []
    for operator, operands, start, end in operations(data):
        if operator == b"q":
            depth += 1
        elif operator == b"Q":
            depth -= 1
            if depth < 0:
                depth = 0
                cuts.append((start, end, b""))
        elif operator in (b"BT", b"ET"):
            in_text = operator == b"BT"
        elif strip_marks and operator in (b"BMC", b"BDC", b"EMC", b"MP", b"DP"):
            cuts.extend(_mark_cut(operator, operands, data[start:end], start, kept_marks))
    tail = b" ET" * in_text + b" EMC" * sum(kept_marks) + b" Q" * depth
    if not cuts and not tail:
        return data
    return _without(data, cuts) + tail


def _mark_cut(
    operator: bytes, operands: list[bytes], span: bytes, start: int, kept_marks: list[bool]
) -> Iterator[tuple[int, int, bytes]]:
    if operator == b"EMC":
        keep = kept_marks.pop() if kept_marks else False
    elif operator in (b"BMC", b"BDC"):
        layer = operator == b"BDC" and operands[:1] == [b"/OC"]
        worded = operator == b"BDC" and any(key in operands for key in (b"/ActualText", b"/Lang", b"/Alt", b"/E"))
        keep = layer or worded
        kept_marks.append(keep)
        if worded and b"/MCID" in operands:
            number = re.search(rb"/MCID\s+\d+", span)
            if number:
                yield start + number.start(), start + number.end(), b""
    else:
        keep = False
    if not keep:
        yield start, start + len(span), b" "


def _without(data: bytes, cuts: Iterable[tuple[int, int, bytes]]) -> bytes:
    pieces, position = [], 0
    for start, end, instead in cuts:
        pieces += [data[position:start], instead]
        position = end
    return b"".join([*pieces, data[position:]])


def packed(data: bytes, entries: Dictionary | None = None) -> Stream:
    """A new stream, compressed; libdeflate gives the same bytes on every processor."""
    return Stream((entries or {}) | {"/Filter": Name("/FlateDecode")}, bytes(deflate.zlib_compress(data, _LEVEL)))


def unpacked(stream: Stream) -> bytes:
    """A stream's decoded data. Raises pypdf's errors for what cannot be decoded."""
    if "/Filter" not in stream.entries:
        return stream.data
    source = EncodedStreamObject()
    source._data = stream.data
    for key in ("/Filter", "/DecodeParms"):
        if key in stream.entries:
            source[NameObject(key)] = _as_pypdf(stream.entries[key])
    return source.get_data()


def _as_pypdf(value: Value) -> PdfObject:
    if isinstance(value, list):
        return ArrayObject(_as_pypdf(one) for one in value)
    if isinstance(value, dict):
        return DictionaryObject({NameObject(key): _as_pypdf(one) for key, one in value.items()})
    return NameObject(value) if isinstance(value, Name) else NumberObject(value or 0)
