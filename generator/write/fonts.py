"""Font resources: a simple TrueType font for each glyph set, with a map back to Unicode."""

from __future__ import annotations

from functools import lru_cache

from generator.marks import GlyphSet
from generator.write.objects import stream

OBJECTS_PER_FONT = 4
_PROGRAM_LEVEL = 9  # compressed once a run


def _to_unicode(glyphs: GlyphSet) -> bytes:
    """The CMap that takes codes back to characters (ISO 32000-1, 9.10.3)."""
    pairs = [
        b"<%02X> <%b>" % (code, c.encode("utf-16-be").hex().upper().encode())
        for code, c in enumerate(glyphs.unicode)
        if c
    ]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    body = b"\n".join(b"%d beginbfchar\n%b\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks)
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        b"/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n"
        b"%b\nendcmap CMapName currentdict /CMap defineresource pop end end" % body
    )


@lru_cache(maxsize=64)
def _bodies(glyphs: GlyphSet) -> tuple[bytes, bytes, bytes]:
    descriptor = (
        b"<</Type/FontDescriptor/FontName/%b/Flags %d/FontBBox[%b]/ItalicAngle %g/Ascent %g/Descent %g"
        b"/CapHeight %g/StemV %g/FontFile2 "
        % (
            glyphs.base_font.encode("latin-1"),
            glyphs.flags,
            b" ".join(b"%g" % value for value in glyphs.box),
            glyphs.italic_angle,
            glyphs.ascent,
            glyphs.descent,
            glyphs.cap_height,
            glyphs.stem_v,
        )
    )
    program = stream(b"/Length1 %d" % len(glyphs.program), glyphs.program, level=_PROGRAM_LEVEL)
    return descriptor, program, stream(b"", _to_unicode(glyphs), level=_PROGRAM_LEVEL)


def font_objects(glyphs: GlyphSet, first: int) -> list[tuple[int, bytes, bool]]:
    """(number, body, whether it is a stream) of a font and what belongs to it, numbered from first."""
    descriptor, program, unicode_map = _bodies(glyphs)
    font = (
        b"<</Type/Font/Subtype/TrueType/BaseFont/%b/FirstChar 0/LastChar 255/Widths[%b]"
        b"/FontDescriptor %d 0 R/ToUnicode %d 0 R>>"
        % (
            glyphs.base_font.encode("latin-1"),
            b" ".join(b"%d" % width for width in glyphs.widths),
            first + 1,
            first + 3,
        )
    )
    return [
        (first, font, False),
        (first + 1, descriptor + b"%d 0 R>>" % (first + 2), False),
        (first + 2, program, True),
        (first + 3, unicode_map, True),
    ]
