"""What a PDF object is after it left pypdf: plain Python values that can be pickled, compared and written.

The merge copies every object out of pypdf once and never goes back. That makes what one input holds a value of its own,
which can cross from the guarded reading process, be kept for a whole run and be placed in many packs.

A value is None, bool, int, float, `Name`, bytes (a string, byte for byte as in the file), list, dict (keys with their
slash), `Stream`, `Ref`, `Out` or `Symbol`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

from pypdf.generic import decode_pdfdocencoding

Value: TypeAlias = Any
Dictionary: TypeAlias = dict[str, Any]
SymbolKind = Literal["id", "destination", "role", "class", "field", "appearance", "resource", "describes"]

PART = 0
"""Number of the object in every input that stands for the input itself: its lone Document, or the Part made for it."""


class Name(str):
    """A PDF name, with its slash: Name("/Figure")."""

    __slots__ = ()


class Ref(int):
    """A reference to an object of the same input, by its number in that input's table."""

    __slots__ = ()


class Out(int):
    """A reference to an object of the output, by its number in the output's table."""

    __slots__ = ()


class Symbol(NamedTuple):
    """A name that may clash with another input's and is therefore decided only when the inputs stand side by side.

    kind: its name space. key: the bytes in the input; for "describes" the page number that goes into the text.
    """

    kind: SymbolKind
    key: bytes


@dataclass(slots=True)
class Stream:
    """entries: the stream's dictionary without /Length. data: as in the file, so encoded by the entry /Filter."""

    entries: Dictionary
    data: bytes


def text_string(text: str) -> bytes:
    """A text string of ISO 32000-1, 7.9.2.2: ASCII as it is, everything else UTF-16 with its mark."""
    return text.encode("ascii") if text.isascii() else b"\xfe\xff" + text.encode("utf-16-be")


def plain_text(string: Value) -> str:
    """The text of a text string; "" for anything that is not one."""
    if not isinstance(string, bytes):
        return ""
    if string[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return string.decode("utf-16", "replace")
    if string[:3] == b"\xef\xbb\xbf":
        return string[3:].decode("utf-8", "replace")
    try:
        return decode_pdfdocencoding(string)
    except UnicodeDecodeError:
        return string.decode("latin-1")


def in_list(value: Value) -> list[Value]:
    """An entry that may be one value, an array or absent, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def numbered(name: bytes, number: int) -> bytes:
    """A name that steps aside for an equal one: "note" becomes "note-2", also in UTF-16."""
    suffix = f"-{number}"
    coding = {b"\xfe\xff": "utf-16-be", b"\xff\xfe": "utf-16-le"}.get(name[:2], "ascii")
    return name + suffix.encode(coding)
