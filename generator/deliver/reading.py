"""Reads a finished pack as a stranger would: through pikepdf and the file's own maps, sharing no code with its writer.

Only what a reader of the file can know is used here: its page tree, its content streams, its fonts' ToUnicode maps.
What packs share is read once: a piece of content (from one mark to the next) with the same bytes and the same fonts
says the same in every pack, so its text is kept. That makes it cheap enough to read every pack before it is released.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pikepdf

from generator.errors import HandoutsError

_REMEMBERED: Final = 20_000
"""Pieces; a run over all exercises needs a few thousand."""

_MARK: Final = re.compile(rb"/(\w+)\s*<<\s*/MCID\s+\d+\s*>>\s*BDC\b")
_TOKEN: Final = re.compile(
    rb"\((?:[^()\\]|\\.)*\)|<<|>>|<[0-9A-Fa-f\s]*>|\[|\]|/[^\s/<>()\[\]{}%]*|[^\s/<>()\[\]{}%]+", re.DOTALL
)
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
_PAINTS: Final = frozenset({b"Do", b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh"})
_SCATTERED: Final = frozenset({b"Figure"})
"""Structure types whose texts stand apart: labels of a drawing. In all others they follow one another as one text."""


class UnreadablePack(HandoutsError):
    """A finished pack that a reader could not read."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between the start of one mark and the start of the next.

    text: what the mark shows. after: text behind its end (artifacts). paints: whether the mark draws anything else.
    """

    text: str
    after: str
    paints: bool


@dataclass(frozen=True, slots=True)
class ReadPage:
    """before: what stands before the first mark. marks: structure type and piece of each, in the page's order."""

    before: Piece
    marks: tuple[tuple[str, Piece], ...]

    @property
    def text(self) -> str:
        """All text, artifacts included, a line for each piece."""
        return "\n".join(text for piece in self.pieces() for text in (piece.text, piece.after) if text)

    def pieces(self) -> Iterator[Piece]:
        """All pieces in the page's order."""
        yield self.before
        yield from (piece for _, piece in self.marks)

    def empty_marks(self) -> Iterator[str]:
        """Structure types of the marks that show no text."""
        return (role for role, piece in self.marks if not piece.text.strip())


@dataclass(frozen=True, slots=True)
class _Font:
    """How a font's codes read. width: bytes of a code."""

    width: int
    characters: dict[bytes, str]

    def text(self, codes: bytes) -> str:
        """The characters of a string; a code without one is U+FFFD."""
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


class Reader:
    """Reads the packs of one run, remembering the pieces that they share."""

    def __init__(self) -> None:
        self._maps: dict[bytes, _Font] = {}
        self._font_sets: dict[tuple[tuple[str, bytes], ...], int] = {}
        self._fonts_of: list[dict[bytes, _Font]] = []
        self._pieces: dict[tuple[int, bytes, bytes, bytes], tuple[Piece, bytes]] = {}

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
        parts = _MARK.split(b"\n".join(_decoded(part) for part in _parts(page.Contents)))
        before, font = self._piece(fonts, b"", parts[0], b"")
        marks = []
        for role, body in zip(parts[1::2], parts[2::2], strict=True):
            piece, font = self._piece(fonts, font, body, role)
            marks.append((role.decode("latin-1"), piece))
        return ReadPage(before, tuple(marks))

    # ---- fonts

    def _fonts(self, resources: Any, seen: dict[tuple[int, int], int]) -> int:
        """The number of a set of fonts: two files with the same maps under the same names have the same."""
        own = resources.objgen
        if own in seen and own != (0, 0):
            return seen[own]
        found = []
        for name, font in sorted(resources.get("/Font", {}).items()):
            stream = font.get("/ToUnicode")
            found.append((name, b"" if stream is None else _decoded(stream)))
        key = tuple(found)
        if key not in self._font_sets:
            self._font_sets[key] = len(self._fonts_of)
            self._fonts_of.append({name.encode("latin-1"): self._font(data) for name, data in key})
        seen[own] = self._font_sets[key]
        return seen[own]

    def _font(self, data: bytes) -> _Font:
        if data not in self._maps:
            self._maps[data] = _font_of(data)
        return self._maps[data]

    # ---- content

    def _piece(self, fonts: int, font: bytes, body: bytes, role: bytes) -> tuple[Piece, bytes]:
        """A piece of a page and the font that is chosen at its end. font: at its start. role: "" before all marks."""
        key = (fonts, font, body, role)
        found = self._pieces.get(key)
        if found is None:
            if len(self._pieces) >= _REMEMBERED:
                self._pieces.clear()
            found = self._pieces[key] = self._parsed(self._fonts_of[fonts], font, body, role)
        return found

    def _parsed(self, fonts: dict[bytes, _Font], font: bytes, body: bytes, role: bytes) -> tuple[Piece, bytes]:
        open_ = role != b""  # whether the mark is still open
        depth = 0  # other marked content that is open
        inside: list[str] = []
        after: list[str] = []
        paints = False
        operands: list[bytes] = []
        for match in _TOKEN.finditer(body):
            token = match[0]
            if token[0] in b"(</[]+-.0123456789" or token == b">>":
                operands.append(token)
                continue
            if token == b"Tf":
                font = operands[-2]
            elif token in _SHOWS:
                codes = fonts[font]
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
        return Piece("".join(inside), "".join(after).strip("\n"), paints), font


def _parts(contents: Any) -> Iterator[Any]:
    """The streams of a page's content."""
    if isinstance(contents, pikepdf.Array):
        yield from contents
    else:
        yield contents


def _decoded(stream: Any) -> bytes:
    """A stream's bytes. Plain Flate, which is nearly all there is, goes straight to zlib."""
    if stream.get("/Filter") == "/FlateDecode" and "/DecodeParms" not in stream:
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
