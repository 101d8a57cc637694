"""Font resources: a simple TrueType font for each glyph set, with a map back to Unicode."""

from __future__ import annotations

from functools import lru_cache

from generator.marks import GlyphSet
from generator.values import dataclass
from generator.write.objects import THOROUGH, Objects, Packed, packed, stream

OBJECTS_OF_FONT = 5  # font, descriptor, widths, program, map


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
    widths: bytes
    descriptor: bytes
    program: bytes
    unicode_map: bytes


@lru_cache(maxsize=64)
def _parts(glyphs: GlyphSet) -> _Parts:
    name = glyphs.base_font.encode("latin-1")
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/%b/FirstChar 0/LastChar 255" % name
    widths = b"[%b]" % b" ".join(b"%d" % width for width in glyphs.widths)
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
    return _Parts(font, widths, descriptor, program, stream(b"", _to_unicode(glyphs), level=THOROUGH))


@lru_cache(maxsize=1_000)
def _dictionaries(parts: tuple[_Parts, ...], first: int) -> tuple[Packed, ...]:
    """Fonts, then their descriptors and widths, which who only reads text need not parse; see `font_objects`."""
    count = len(parts)
    fonts, others = range(first, first + count), range(first + count, first + 3 * count)
    streams = range(others.stop, others.stop + 2 * count)
    bodies: list[bytes] = []
    rest: list[bytes] = []
    for at, one in enumerate(parts):
        numbers = (others[2 * at], others[2 * at + 1], streams[2 * at + 1])
        bodies.append(one.font + b"/FontDescriptor %d 0 R/Widths %d 0 R/ToUnicode %d 0 R>>" % numbers)
        rest += (one.descriptor + b"/FontFile2 %d 0 R>>" % streams[2 * at], one.widths)
    return (*packed(bodies, fonts, thorough=True), *packed(rest, others, thorough=True))


def font_objects(glyph_sets: tuple[GlyphSet, ...], first: int, objects: Objects) -> bytes:
    """Adds fonts to a file, with `OBJECTS_OF_FONT` numbers each from `first` on. Returns the entries of its font
    resources."""
    parts = tuple([_parts(glyphs) for glyphs in glyph_sets])
    objects.add_packed(_dictionaries(parts, first))
    at = first + 3 * len(parts)
    for one in parts:
        objects.add_stream(at, one.program)
        objects.add_stream(at + 1, one.unicode_map)
        at += 2
    return b"".join([b"/%b %d 0 R" % (one.name.encode("ascii"), first + n) for n, one in enumerate(glyph_sets)])
