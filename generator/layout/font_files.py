"""Font files as ReportLab reads them: which characters they hold, measures, outlines, and programs cut from them.

To read a font takes longer than to set a pack in it, so what was read is kept from run to run, by the file's own bytes
and the version of ReportLab that read them.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import struct
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from reportlab import Version
from reportlab.pdfbase.ttfonts import TTFError, TTFontFace

from generator.errors import ContentError, Place
from generator.figures.picture import Keeper


class FontFacts(NamedTuple):
    """Measures of a font in 1/1000 of the size, as a font descriptor wants them. widths: of all its characters."""

    name: str
    widths: dict[str, float]
    default_width: float
    flags: int
    box: tuple[float, float, float, float]
    italic_angle: float
    ascent: float
    descent: float
    cap_height: float
    stem_v: float


class FontFile:
    """One font file. ReportLab reads it if what is asked for was not kept."""

    def __init__(self, path: Path, kept: Keeper | None = None) -> None:
        """kept: what was read of font files before. Raises ContentError if the file is no TrueType font."""
        self._path, self._kept = path, kept
        try:
            self._data = path.read_bytes()
        except OSError as problem:
            raise self._unreadable() from problem
        self._key = hashlib.sha256(f"ReportLab {Version}\0".encode() + self._data).hexdigest()
        self.facts = self._known_facts() or self._read_facts()

    def _unreadable(self) -> ContentError:
        hint = "Use a TrueType file (.ttf)."
        return ContentError("This font file cannot be read.", hint=hint, place=Place(self._path.name))

    @cached_property
    def _font(self) -> TTFontFace:
        try:
            return TTFontFace(io.BytesIO(self._data))
        except (TTFError, struct.error, ValueError) as problem:
            raise self._unreadable() from problem

    def _known_facts(self) -> FontFacts | None:
        text = self._kept.get(self._key) if self._kept else None
        if text is None:
            return None
        known = json.loads(text)
        return FontFacts(**{**known, "box": tuple(known["box"])})

    def _read_facts(self) -> FontFacts:
        font = self._font
        facts = FontFacts(
            name=font.name.decode("latin-1") if isinstance(font.name, bytes) else font.name,
            widths={chr(code): font.getCharWidth(code) for code in font.charToGlyph if code >= 32},
            default_width=font.defaultWidth,
            flags=font.flags,
            box=tuple(font.bbox),
            italic_angle=font.italicAngle,
            ascent=font.ascent,
            descent=font.descent,
            cap_height=font.capHeight,
            stem_v=font.stemV,
        )
        if self._kept:
            self._kept.put(self._key, json.dumps(facts._asdict()))
        return facts

    def subset(self, table: Sequence[str]) -> bytes:
        """A font program that shows the character of each code; "" where there is none."""
        codes = [ord(character) if character else 0 for character in table]
        key = hashlib.sha256(f"{self._key} {codes}".encode()).hexdigest()
        text = self._kept.get(key) if self._kept else None
        if text is not None:
            return base64.b64decode(text)
        program: bytes = self._font.makeSubset(codes)
        if self._kept:
            self._kept.put(key, base64.b64encode(program).decode("ascii"))
        return program

    # ---- outlines

    @cached_property
    def _outlines(self) -> tuple[bytes, bytes, bool]:
        long_offsets = struct.unpack(">h", self._font.get_table("head")[50:52])[0] == 1
        return self._font.get_table("loca"), self._font.get_table("glyf"), long_offsets

    def extent(self, character: str) -> tuple[float, float]:
        """Left and right edge of the character's outline in 1/1000 of the size, from the glyf table's header."""
        glyph = self._font.charToGlyph[ord(character)]
        loca, glyf, long_offsets = self._outlines
        start = (
            struct.unpack_from(">I", loca, 4 * glyph)[0]
            if long_offsets
            else 2 * struct.unpack_from(">H", loca, 2 * glyph)[0]
        )
        if start >= len(glyf):
            return 0.0, 0.0
        left, _, right, _ = struct.unpack_from(">4h", glyf, start + 2)
        scale = 1000 / float(self._font.unitsPerEm)
        return left * scale, right * scale
