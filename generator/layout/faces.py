"""Fonts with codes that never change, so that the same words are the same bytes in every pack.

ReportLab reads the font file and cuts the subset; the numbering is ours. Each face is cut into glyph sets of up to
255 characters: set 0 holds ASCII, Latin-1 and typographic punctuation, the further sets hold the rest of the font in
the order of Unicode. A pack embeds the sets that it uses. A role has a stack of faces: a character that the first one
lacks is set in the next one that has it (the display faces lack Cyrillic, Greek and the marks of Alaska Native
names).
"""

from __future__ import annotations

import unicodedata
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from reportlab.pdfbase.ttfonts import FF_NONSYMBOLIC, FF_SYMBOLIC, SUBSETN

from generator.errors import HandoutsError
from generator.figures.picture import Keeper
from generator.layout.font_files import FontFile
from generator.marks import GlyphSet

NO_BREAK_SPACE = "\u00a0"
# Characters of set 0 beyond ASCII and Latin-1, each at a code that those two leave free (1 to 31 and 127 to 159).
PUNCTUATION = "–—‘’“”„‚…•‹›′″−×→←↑↓≤≥≈½¼¾™€Œœ"
_FREE_CODES = (*range(128, 160), *range(1, 9), *range(14, 32))
_SHOWN_AS = {NO_BREAK_SPACE: " ", "\u202f": " ", "\u2011": "-"}


@lru_cache(maxsize=1_000)
def first_sets(names: frozenset[str]) -> frozenset[str]:
    """Of these glyph sets, those that are the first of their face."""
    return frozenset([name for name in names if name.endswith("+0")])


class MissingGlyph(HandoutsError):
    """No font of a role has a character. The message names the character, not the text it stands in."""

    def __init__(self, character: str) -> None:
        self.character = character
        name = unicodedata.name(character, "unnamed character")
        super().__init__(
            f"No font can print the character U+{ord(character):04X} ({name.lower()}).",
            hint="Use another character, or add a font that has it to the brand's fonts.",
        )


def _escaped(code: int) -> str:
    """A code as it stands in a string of a content stream; each character of what this returns is a byte."""
    if chr(code) in "()\\":
        return "\\" + chr(code)
    return f"\\{code:03o}" if code in (10, 13) else chr(code)


def _first_set(known: frozenset[str]) -> list[str]:
    """Character of each code of set 0; "" where the font lacks it."""
    table = [""] * 256
    for code in (*range(32, 127), *range(161, 256)):
        table[code] = chr(code) if chr(code) in known else ""
    for code, character in zip(_FREE_CODES, PUNCTUATION, strict=False):
        if ord(character) > 255 and character in known:
            table[code] = character
    return table


class Face:
    """One font file: widths in 1/1000 of the size, and a fixed code in a fixed glyph set for each of its characters."""

    def __init__(self, resource: str, path: Path, kept: Keeper | None = None) -> None:
        """resource: name in the file's resources, such as F1. kept: what was read of font files in earlier runs.

        Raises ContentError if the file is no TrueType font.
        """
        self.resource = resource
        self._file = FontFile(path, kept)
        self.name = self._file.facts.name
        self._widths = self._file.facts.widths
        characters = self._widths.keys()
        self._first = _first_set(frozenset(characters))
        self.common: dict[str, str] = {c: _escaped(code) for code, c in enumerate(self._first) if c}
        """Codes of the characters of set 0."""
        self.common.update((shown, self.common[one]) for shown, one in _SHOWN_AS.items() if one in self.common)
        self.characters = frozenset((characters - _SHOWN_AS.keys()) | self.common.keys())
        """All that it can show."""

    @cached_property
    def _sets(self) -> list[list[str]]:
        """Character of each code of each set, "" where there is none."""
        rest = sorted(self.characters - self.common.keys())
        return [self._first, *(["", *rest[i : i + 255]] for i in range(0, len(rest), 255))]

    @cached_property
    def codes(self) -> dict[str, tuple[int, str]]:
        """Set and code of each character. Few packs ask for more than `common`."""
        further = enumerate(self._sets[1:], start=1)
        codes = {c: (number, _escaped(code)) for number, table in further for code, c in enumerate(table) if c}
        return {**{character: (0, code) for character, code in self.common.items()}, **codes}

    def width(self, character: str) -> float:
        """Advance width in 1/1000 of the size."""
        shown = _SHOWN_AS.get(character, character)
        return float(self._widths.get(shown, self._file.facts.default_width))

    def set_name(self, number: int) -> str:
        return f"{self.resource}+{number}"

    def extent(self, character: str) -> tuple[float, float]:
        """Left and right edge of the character's outline in 1/1000 of the size."""
        return self._file.extent(character)

    def glyph_set(self, number: int) -> GlyphSet:
        """The font resource for one set, its subset cut by ReportLab."""
        facts, table = self._file.facts, self._first if number == 0 else self._sets[number]
        padded = [*table, *[""] * (256 - len(table))]
        return GlyphSet(
            name=self.set_name(number),
            base_font=f"{SUBSETN(number).decode('ascii')}+{self.name}",
            program=self._file.subset(table),
            widths=tuple(round(self._widths.get(c, facts.default_width)) if c else 0 for c in padded),
            unicode=tuple(padded),
            flags=(facts.flags & ~FF_NONSYMBOLIC) | FF_SYMBOLIC,
            box=facts.box,
            italic_angle=facts.italic_angle,
            ascent=facts.ascent,
            descent=facts.descent,
            cap_height=facts.cap_height,
            stem_v=facts.stem_v,
        )


class Shown(NamedTuple):
    """Operators that show words from the current text position, and the glyph sets that they use.

    operators: each character is a byte of the content stream.
    """

    operators: str
    glyph_sets: frozenset[str]


class Stack:
    """The faces of a role, first choice first."""

    def __init__(self, faces: tuple[Face, ...]) -> None:
        self.faces = faces
        self._units: dict[str, float] = {}
        self._face_of: dict[str, Face] = {}
        first = faces[0]
        # str.translate looks characters up by their number, and leaves alone what it does not find.
        self._common = {ord(character): code for character, code in first.common.items()}
        self._common_characters = frozenset(first.common)
        self._common_set = first.set_name(0)
        self._common_only = frozenset((self._common_set,))
        self._single: dict[str, tuple[str, str]] = {}  # glyph set and code of characters that were shown alone

    def face_for(self, cluster: str) -> Face:
        """First face that has every character of a base character with its marks. Raises MissingGlyph."""
        found = self._face_of.get(cluster)
        if found is None:
            found = next((face for face in self.faces if face.characters.issuperset(cluster)), None)
            if found is None:
                missing = next((c for c in cluster if not any(c in one.characters for one in self.faces)), cluster[-1])
                raise MissingGlyph(missing)
            self._face_of[cluster] = found
        return found

    def width(self, words: str, size: float) -> float:
        """Width in points; combining marks add nothing."""
        units = self._units
        try:
            return sum([units[character] for character in words]) * size / 1000
        except KeyError:
            for character in dict.fromkeys(words):
                if character in units:
                    continue
                combining = bool(unicodedata.combining(character))
                units[character] = 0.0 if combining else self.face_for(character).width(character)
            return sum([units[character] for character in words]) * size / 1000

    def show(self, words: str, size: float) -> Shown:
        """The words in as few font changes as possible; starts by choosing the font."""
        if self._common_characters.issuperset(words):
            return Shown(f"/{self._common_set} {size:g} Tf ({words.translate(self._common)}) Tj", self._common_only)
        if not any(map(unicodedata.combining, words)):
            return self._show_sets(words, size)
        return self._show_marks(words, size)

    def _show_sets(self, words: str, size: float) -> Shown:
        """Words without combining marks that need more than the first glyph set of the first face."""
        known = self._single
        for character in words:
            if character not in known:
                face = self.face_for(character)
                number, code = face.codes[character]
                known[character] = face.set_name(number), code
        shown = [known[character] for character in words]
        runs = [(name, "".join([code for _, code in run])) for name, run in groupby(shown, key=_set)]
        parts = [f"/{name} {size:g} Tf ({codes}) Tj" for name, codes in runs]
        return Shown(" ".join(parts), frozenset([name for name, _ in runs]))

    def _show_marks(self, words: str, size: float) -> Shown:
        """Words with combining marks."""
        parts: list[str] = []
        used: set[str] = set()
        current = ""
        pending: list[str] = []

        def flush() -> None:
            if pending:
                parts.append(f"({''.join(pending)}) Tj")
                pending.clear()

        for cluster in _clusters(words):
            face = self.face_for(cluster)
            number, code = face.codes[cluster[0]]
            name = face.set_name(number)
            if name != current:
                flush()
                parts.append(f"/{name} {size:g} Tf")
                current = name
                used.add(name)
            pending.append(code)
            if len(cluster) > 1:
                flush()
                parts.append(self._marks(face, cluster, size))
                used.update(face.set_name(face.codes[mark][0]) for mark in cluster[1:])
                current = ""
        flush()
        return Shown(" ".join(parts), frozenset(used))

    @staticmethod
    def _marks(face: Face, cluster: str, size: float) -> str:
        """Combining marks centered on their base character: back, mark, and forth to where the base ended."""
        base, out = cluster[0], []
        advance = face.width(base)
        left, right = face.extent(base)
        for mark in cluster[1:]:
            mark_left, mark_right = face.extent(mark)
            shift = advance - (left + right) / 2 + (mark_left + mark_right) / 2
            number, code = face.codes[mark]
            forth = face.width(mark) - shift
            out.append(f"/{face.set_name(number)} {size:g} Tf [{shift:.0f} ({code}) {forth:.0f}] TJ")
        return " ".join(out)


def _set(shown: tuple[str, str]) -> str:
    """The glyph set of a character that is shown."""
    return shown[0]


def _clusters(words: str) -> list[str]:
    """Base characters, each with the combining marks that follow it."""
    if words.isascii():
        return list(words)
    clusters: list[str] = []
    for character in words:
        if clusters and unicodedata.combining(character):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters
