"""Reads a finished pack as a stranger would: through pikepdf and the file's own maps, sharing no code with its writer.

Only what a reader of the file can know is used here: its page tree, its content streams, its fonts' ToUnicode maps.
What packs share is read once: content with the same bytes, whose font names stand for the same maps, says the same in
every pack, so its text is kept. That makes it cheap enough to read every pack before it is released.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Hashable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pikepdf

from generator.deliver.recent import Recent
from generator.errors import HandoutsError
from generator.values import dataclass

_REMEMBERED: Final = 2_000
"""Pieces, and half as many content streams: those of some fifty packs, which follow others of their kind."""

_MARK: Final = re.compile(rb"/(\w+)\s*<<\s*/MCID\s+\d+\s*>>\s*BDC\b")
_TOKEN: Final = re.compile(  # numbers are passed over: none of them says anything
    rb"[-+.\d\s]*(\((?:[^()\\]|\\.)*\)|<<|>>|<[0-9A-Fa-f\s]*>|\[|\]|/[^\s/<>()\[\]{}%]*|[^-+.\d\s/<>()\[\]{}%][^\s/<>()\[\]{}%]*)",
    re.DOTALL,
)
_STRING: Final = re.compile(rb"\(([^()\\]*)\)")
_ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED: Final = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\n": b"",
    b"\r": b"",
    b"\r\n": b"",
}
_SECTION: Final = re.compile(rb"begin(codespacerange|bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_SHOWS: Final = frozenset({b"Tj", b"TJ", b"'", b'"'})
_PAINTS: Final = frozenset({b"Do", b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh", b"EI"})
_SCATTERED: Final = frozenset({b"Figure"})
"""Structure types whose texts stand apart: labels of a drawing. In all others they follow one another as one text."""


class UnreadablePack(HandoutsError):
    """A finished pack that a reader could not read."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between the start of one mark and the start of the next.

    text: what the mark shows. after: text behind its end (artifacts). paints: whether the mark draws anything else.
    fonts: names of those in which it shows text.
    """

    text: str
    after: str
    paints: bool
    fonts: frozenset[bytes]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One content stream of a page; packs have many of them in common, and then it is the same object.

    before: what stands before the first mark. marks: structure type and piece of each, in order. fonts: names of those
    in which it shows text.
    """

    before: Piece
    marks: tuple[tuple[str, Piece], ...]
    text: str
    fonts: tuple[bytes, ...]

    def pieces(self) -> Iterator[Piece]:
        """All pieces in their order."""
        yield self.before
        yield from (piece for _, piece in self.marks)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """parts: the page's content streams in their order."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """All text, artifacts included, a line for each piece."""
        return "\n".join(part.text for part in self.parts if part.text)


@dataclass(frozen=True, eq=False)
class _Font:
    """How a font's codes read. width: bytes of a code. Equal only to itself: a run has one for each map."""

    width: int
    characters: dict[bytes, str]

    @cached_property
    def _single(self) -> list[str]:
        return [self.characters.get(bytes((code,)), "\ufffd") for code in range(256)]

    def text(self, codes: bytes) -> str:
        """The characters of a string; a code without one is U+FFFD."""
        if self.width == 1:
            return "".join(map(self._single.__getitem__, codes))
        step, found = self.width, self.characters
        return "".join(found.get(codes[at : at + step], "\ufffd") for at in range(0, len(codes), step))


def is_locked(path: Path) -> bool:
    """Whether a file needs a passphrase."""
    try:
        pikepdf.open(path, suppress_warnings=True).close()
    except pikepdf.PasswordError:
        return True
    except pikepdf.PdfError:
        return False
    return False


def first_page_strings(pdf: bytes) -> str:
    """The strings that the first page's content shows, as they are stored, a line each; "" for what is no PDF.

    Letters and digits of ours are stored as what they are, so this finds a pack id without a look at any font; to read
    words, use `Reader`.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False, suppress_warnings=True) as file:
            contents = file.pages[0].obj.Contents
            streams = [contents] if isinstance(contents, pikepdf.Stream) else list(contents)
            code = b"\n".join(stream.read_bytes() for stream in streams)
    except (pikepdf.PdfError, zlib.error, ValueError, AttributeError, TypeError, IndexError):
        return ""
    return b"\n".join(_STRING.findall(code)).decode("latin-1")


class Reader:
    """Reads the packs of one run, remembering the pieces that they share."""

    def __init__(self) -> None:
        self._maps: dict[bytes, _Font] = {}
        self._font_sets: dict[tuple[tuple[str, bytes], ...], int] = {}
        self._fonts_of: list[dict[bytes, _Font]] = []
        self._uses: Recent[bytes, tuple[bytes, ...]] = Recent(_REMEMBERED // 2)
        self._parts: Recent[tuple[Hashable, ...], tuple[Part, bytes, bool]] = Recent(_REMEMBERED // 2)
        self._pieces: Recent[tuple[int, bytes, bytes, bytes], tuple[Piece, bytes, bool]] = Recent(_REMEMBERED)

    def read(self, file: Path | bytes) -> tuple[ReadPage, ...]:
        """Every page of a file, given by its path or its bytes. Raises UnreadablePack."""
        try:
            with pikepdf.open(
                file if isinstance(file, Path) else io.BytesIO(file),
                inherit_page_attributes=False,
                attempt_recovery=False,
                suppress_warnings=True,
                access_mode=pikepdf.AccessMode.mmap if isinstance(file, Path) else pikepdf.AccessMode.default,
            ) as pdf:
                seen: dict[tuple[int, int], int] = {}
                return tuple(self._page(page.obj, seen) for page in pdf.pages)
        except (pikepdf.PdfError, zlib.error, ValueError, KeyError, AttributeError, TypeError, OSError) as problem:
            raise UnreadablePack(f"The finished pack cannot be read ({type(problem).__name__}).") from problem

    def _page(self, page: Any, seen: dict[tuple[int, int], int]) -> ReadPage:
        fonts = self._fonts(page.Resources, seen)
        streams = [page.Contents] if isinstance(page.Contents, pikepdf.Stream) else list(page.Contents)
        parts = []
        font = b""
        for stream in streams:
            found, font, closed = self._part(fonts, font, stream)
            if not closed:  # a mark goes on in the next stream: they are read as one
                whole, _, _ = self._parsed_part(fonts, b"", b"\n".join(_decoded(one) for one in streams))
                return ReadPage((whole,))
            parts.append(found)
        return ReadPage(tuple(parts))

    def _part(self, fonts: int, font: bytes, stream: Any) -> tuple[Part, bytes, bool]:
        """A content stream, the font that is chosen at its end, and whether all its marks end in it."""
        if not _is_plain_flate(stream):
            return self._parsed_part(fonts, font, _decoded(stream))
        raw = stream.read_raw_bytes()
        maps = self._fonts_of[fonts]
        names = self._uses.get(raw)  # of the fonts in which it shows text
        if names is not None:
            found = self._parts.get((raw, font, *[maps.get(name) for name in names]))
            if found is not None:
                return found
        found = self._parsed_part(fonts, font, zlib.decompress(raw))
        names = found[0].fonts
        self._uses.put(raw, names)
        self._parts.put((raw, font, *[maps[name] for name in names]), found)
        return found

    def _parsed_part(self, fonts: int, font: bytes, content: bytes) -> tuple[Part, bytes, bool]:
        split = _MARK.split(content)
        before, font, closed = self._piece(fonts, font, split[0], b"")
        marks = []
        for role, body in zip(split[1::2], split[2::2], strict=True):
            piece, font, closed = self._piece(fonts, font, body, role)
            marks.append((role.decode("latin-1"), piece))
        pieces = (before, *(piece for _, piece in marks))
        text = "\n".join(text for piece in pieces for text in (piece.text, piece.after) if text)
        used = tuple(sorted({name for piece in pieces for name in piece.fonts}))
        return Part(before, tuple(marks), text, used), font, closed

    # ---- fonts

    def _fonts(self, resources: Any, seen: dict[tuple[int, int], int]) -> int:
        """The number of a set of fonts: two files with the same maps under the same names have the same."""
        own = resources.objgen
        if own in seen and own != (0, 0):
            return seen[own]
        found = []
        streams = {}
        for name, font in sorted(resources.get("/Font", {}).items()):
            stream = font.get("/ToUnicode")
            found.append((name, b"" if stream is None else stream.read_raw_bytes()))
            streams[name] = stream
        key = tuple(found)
        if key not in self._font_sets:
            self._font_sets[key] = len(self._fonts_of)
            self._fonts_of.append({name.encode("latin-1"): self._font(raw, streams[name]) for name, raw in key})
        seen[own] = self._font_sets[key]
        return seen[own]

    def _font(self, raw: bytes, stream: Any) -> _Font:
        """The font with this ToUnicode map, which is told by its raw bytes: they are the same in all packs."""
        if raw not in self._maps:
            self._maps[raw] = _font_of(b"" if stream is None else _decoded(stream))
        return self._maps[raw]

    # ---- content

    def _piece(self, fonts: int, font: bytes, body: bytes, role: bytes) -> tuple[Piece, bytes, bool]:
        """A piece of a page, the font that is chosen at its end, and whether all that is marked ends in it.

        font: at its start. role: "" before all marks.
        """
        key = (fonts, font, body, role)
        found = self._pieces.get(key)
        if found is None:
            found = self._parsed(self._fonts_of[fonts], font, body, role)
            self._pieces.put(key, found)
        return found

    def _parsed(self, fonts: dict[bytes, _Font], font: bytes, body: bytes, role: bytes) -> tuple[Piece, bytes, bool]:
        open_ = role != b""  # whether the mark is still open
        depth = 0  # other marked content that is open
        inside: list[str] = []
        after: list[str] = []
        paints = False
        used: set[bytes] = set()
        operands: list[bytes] = []
        for match in _TOKEN.finditer(body):
            token = match[1]
            if token[0] in b"(</[]" or token == b">>":
                operands.append(token)
                continue
            if token == b"Tf":
                font = operands[-1]
            elif token in _SHOWS:
                codes = fonts[font]
                used.add(font)
                shown = "".join(codes.text(_string(one)) for one in operands if one[0] in b"(<")
                (inside if open_ else after).append(shown)
            elif token == b"ET" and (not open_ or role in _SCATTERED):
                (inside if open_ else after).append("\n")
            elif token in (b"BDC", b"BMC"):
                depth += 1
            elif token == b"EMC":
                open_, depth = (open_, depth - 1) if depth else (False, 0)
            elif token in _PAINTS and open_:
                paints = True
            operands.clear()
        return (
            Piece("".join(inside), "".join(after).strip("\n"), paints, frozenset(used)),
            font,
            not open_ and depth == 0,
        )


def _is_plain_flate(stream: Any) -> bool:
    return bool(stream.get("/Filter") == "/FlateDecode") and "/DecodeParms" not in stream


def _decoded(stream: Any) -> bytes:
    """A stream's bytes. Plain Flate, which is nearly all there is, goes straight to zlib."""
    if _is_plain_flate(stream):
        return zlib.decompress(stream.read_raw_bytes())
    return bytes(stream.read_bytes())


def _string(token: bytes) -> bytes:
    """The bytes of a string as it stands in a content stream."""
    if token[:1] == b"<":
        digits = b"".join(token[1:-1].split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    body = token[1:-1]
    return _ESCAPE.sub(_unescaped, body) if b"\\" in body else body


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if code[0] in b"01234567":
        return bytes([int(code, 8) & 255])
    return _ESCAPED.get(code, code)


def _font_of(data: bytes) -> _Font:
    """The codes of a ToUnicode map (ISO 32000-1, 9.10.3). Without one a font says nothing: all codes are unknown."""
    width = 1
    characters: dict[bytes, str] = {}
    for kind, body in _SECTION.findall(data):
        tokens = [
            bytes.fromhex("".join(hex_.decode().split())) if not (a or b) else a or b
            for hex_, a, b in _HEX.findall(body)
        ]
        if kind == b"codespacerange":
            width = len(tokens[0])
        elif kind == b"bfchar":
            characters.update(
                {code: one.decode("utf-16-be") for code, one in zip(tokens[::2], tokens[1::2], strict=True)}
            )
        else:
            characters.update(_ranges(tokens))
    return _Font(width, characters)


def _ranges(tokens: list[bytes]) -> Iterator[tuple[bytes, str]]:
    """The codes of a map's ranges: first code, last code, and the first character or a list of them."""
    left = iter(tokens)
    for first in left:
        last, target = next(left), next(left)
        low, high = int.from_bytes(first, "big"), int.from_bytes(last, "big")
        if target == b"[":
            targets = [next(left) for _ in range(high - low + 1)]
            assert next(left) == b"]"
        else:
            stem, end = target[:-2], int.from_bytes(target[-2:], "big")
            targets = [stem + (end + step).to_bytes(2, "big") for step in range(high - low + 1)]
        for step, one in enumerate(targets):
            yield (low + step).to_bytes(len(first), "big"), one.decode("utf-16-be")
