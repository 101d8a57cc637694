"""Font resources: a simple TrueType font for each glyph set, with a map back to Unicode."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from generator.marks import GlyphSet
from generator.write.objects import THOROUGH, Objects, Packed, packed, stream


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


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    """What a font is made of, but for the numbers of its objects."""

    font: bytes
    descriptor: bytes
    program: bytes
    unicode_map: bytes


@lru_cache(maxsize=64)
def _parts(glyphs: GlyphSet) -> _Parts:
    name = glyphs.base_font.encode("latin-1")
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/%b/FirstChar 0/LastChar 255/Widths[%b]" % (
        name,
        b" ".join(b"%d" % width for width in glyphs.widths),
    )
    descriptor = (
        b"<</Type/FontDescriptor/FontName/%b/Flags %d/FontBBox[%b]/ItalicAngle %g/Ascent %g/Descent %g"
        b"/CapHeight %g/StemV %g"
        % (
            name,
            glyphs.flags,
            b" ".join(b"%g" % value for value in glyphs.box),
            glyphs.italic_angle,
            glyphs.ascent,
            glyphs.descent,
            glyphs.cap_height,
            glyphs.stem_v,
        )
    )
    program = stream(b"/Length1 %d" % len(glyphs.program), glyphs.program, level=THOROUGH)
    return _Parts(font, descriptor, program, stream(b"", _to_unicode(glyphs), level=THOROUGH))


@lru_cache(maxsize=4_000)
def _dictionaries(names: tuple[str, ...], parts: tuple[_Parts, ...], first: int) -> tuple[Packed, ...]:
    """Fonts and descriptors, numbered from first, two a font; each font's two streams are numbered after them all."""
    streams = first + 2 * len(names)
    bodies: list[bytes] = []
    for number, one in enumerate(parts):
        font, program = first + 2 * number, streams + 2 * number
        bodies.append(one.font + b"/FontDescriptor %d 0 R/ToUnicode %d 0 R>>" % (font + 1, program + 1))
        bodies.append(one.descriptor + b"/FontFile2 %d 0 R>>" % program)
    return packed(bodies, first, thorough=True)


def font_objects(glyph_sets: tuple[GlyphSet, ...], objects: Objects) -> bytes:
    """Adds the fonts to a file. Returns the entries of its font resources."""
    names = tuple(glyphs.name for glyphs in glyph_sets)
    parts = tuple(_parts(glyphs) for glyphs in glyph_sets)
    first = objects.reserve(2 * len(names))
    objects.add_packed(_dictionaries(names, parts, first))
    for one in parts:
        objects.add_stream(objects.reserve(), one.program)
        objects.add_stream(objects.reserve(), one.unicode_map)
    return b"".join([b"/%b %d 0 R" % (name.encode("ascii"), first + 2 * at) for at, name in enumerate(names)])
