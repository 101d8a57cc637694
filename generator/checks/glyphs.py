"""Print gate of characters: each has a glyph in the fonts of the role that it is set in, or it is refused by name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from generator.checks.rule import Rule
from generator.checks.texts import Printed, Sheet
from generator.errors import Place
from generator.models.brand import Brand
from generator.models.library import Library
from generator.models.plan import Plan
from generator.models.selection import Finding
from generator.values import dataclass

Glyphs = Mapping[str, tuple[frozenset[str], ...]]
"""By role of the brand's fonts: the characters of each font of its stack, first choice first."""

ASCII = "".join(map(chr, range(32, 127)))
TEXT = ("body", "semi", "bold")
HEADINGS = ("head", "head_bold", *TEXT)
NOTES = ("note",)
JOURNALS = ("italic",)

MISSING_GLYPH = Rule(
    "P05",
    "error",
    "Every character has a glyph in the fonts of the role that it is set in.",
    "A character without one would print as nothing, and change a name or a dose unseen.",
    "Print design: font stacks of each role.",
)
RULES = (MISSING_GLYPH,)

Named = tuple[str | None, tuple[str | int, ...], tuple[str, ...]]
"""Words of a plan, their path in it, and the roles that they may be set in."""


@dataclass(frozen=True, slots=True)
class Set:
    """Words, where they stand, and the roles that they may be set in."""

    words: str
    place: Place
    roles: tuple[str, ...]


def check_glyphs(library: Library, sheets: Iterable[Sheet], glyphs: Mapping[str, Glyphs]) -> Iterator[Finding]:
    """Findings about shared content in each brand's fonts. glyphs: of each brand, by its id."""
    shared = [_set(text) for sheet in sheets for text in sheet.texts]
    shared += list(_references(library))
    for id, brand in library.brands.items():
        if id in glyphs:
            fonts = (Set(ASCII, library.place_of("brand", id, "fonts", role), (role,)) for role in glyphs[id])
            yield from _missing((*fonts, *shared, *_of_brand(library, brand)), glyphs[id], f" of brand {id}")


def check_name_glyphs(plan: Plan, glyphs: Glyphs) -> Iterator[Finding]:
    """Findings about the names of a plan, which print even where an answer stops everything else."""
    clinician = plan.clinician
    named: list[Named] = [
        (plan.name, ("name",), HEADINGS),
        (plan.preferred_name, ("preferred_name",), HEADINGS),
        (plan.second_id, ("second_id",), TEXT),
        (clinician.name, ("clinician", "name"), TEXT),
        (clinician.credentials, ("clinician", "credentials"), TEXT),
        (clinician.short, ("clinician", "short"), TEXT),
    ]
    yield from _missing(_beyond_ascii(plan, named), glyphs, "")


def check_word_glyphs(plan: Plan, texts: Iterable[Printed], glyphs: Glyphs) -> Iterator[Finding]:
    """Findings about all else that a plan prints. texts: what the clinician wrote."""
    named: list[Named] = []
    if plan.next_visit is not None:
        named.append((plan.next_visit.with_whom, ("next_visit", "with_whom"), TEXT))
    for number, one in enumerate(plan.exercises):
        named += [
            (one.load, ("exercises", number, "load"), TEXT),
            (one.when, ("exercises", number, "when"), TEXT),
            (one.tempo, ("exercises", number, "tempo"), TEXT),
        ]
    yield from _missing(_beyond_ascii(plan, named), glyphs, "")
    own = (Set(one.text, one.place, NOTES if one.note else TEXT) for one in texts if not one.text.isascii())
    yield from _missing(own, glyphs, "")


def _beyond_ascii(plan: Plan, named: Iterable[Named]) -> Iterator[Set]:
    """What needs a look: every font of a brand holds ASCII, as the check of shared content sees to."""
    for words, path, roles in named:
        if words is not None and not words.isascii():
            yield Set(words, plan.places.at(*path), roles)


def _missing(sets: Iterable[Set], glyphs: Glyphs, whose: str) -> Iterator[Finding]:
    for one in sets:
        for role in one.roles:
            character = first_missing(one.words, glyphs[role])
            if character is not None:
                message = f"No font of {role}{whose} can print {name_of(character)}."
                hint = f"Use another character, or add a font that has it to fonts.{role}."
                yield MISSING_GLYPH.found(message, hint=hint, place=one.place)
                break


def first_missing(words: str, stack: tuple[frozenset[str], ...]) -> str | None:
    """The first character that no font of a stack can print; a mark must stand in the font of its base character."""
    if stack[0].issuperset(words):
        return None
    if _in_any(stack).issuperset(words) and not any(map(unicodedata.combining, words)):
        return None
    cluster = ""
    for character in (*words, ""):
        if character and cluster and unicodedata.combining(character):
            cluster += character
            continue
        if cluster and not any(font.issuperset(cluster) for font in stack):
            alone = (one for one in cluster if not any(one in font for font in stack))
            return next(alone, cluster[-1])
        cluster = character if character >= " " else ""
    return None


@lru_cache(maxsize=64)
def _in_any(stack: tuple[frozenset[str], ...]) -> frozenset[str]:
    """The characters that any font of a stack has."""
    return frozenset().union(*stack)


def name_of(character: str) -> str:
    """A character as a person can look it up."""
    return f"U+{ord(character):04X} ({unicodedata.name(character, 'unnamed character').lower()})"


def _set(text: Printed) -> Set:
    return Set(text.text, text.place, HEADINGS if text.heading else TEXT)


def _references(library: Library) -> Iterator[Set]:
    for id, file in library.evidence.files.items():
        for number, reference in enumerate(file.references):
            for name in ("authors", "title", "volume_pages"):
                words = getattr(reference, name) or ""
                yield Set(words, library.place_of("evidence", id, "references", number, name), ("body",))
            journal = reference.journal_short or reference.journal
            yield Set(journal, library.place_of("evidence", id, "references", number, "journal"), JOURNALS)


def _of_brand(library: Library, brand: Brand) -> Iterator[Set]:
    words = {
        "name": brand.name,
        "short_lines": " ".join(brand.short_lines),
        "phone": brand.phone,
        "site": brand.site,
        "masthead_label": brand.masthead_label,
        "tagline": brand.tagline,
        "logo": " ".join(brand.logo.words),
    }
    for name, value in words.items():
        roles = ("head_bold", *TEXT) if name in ("name", "short_lines", "logo", "tagline") else TEXT
        yield Set(value, library.place_of("brand", brand.id, name), roles)
