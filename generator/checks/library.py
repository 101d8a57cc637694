"""The gates of shared content: everything that any pack could print, and the looks it could wear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from generator.checks.claims import check_evidence, check_handout_sources, check_overstated, check_sentences
from generator.checks.codes import ReadCode, check_addresses
from generator.checks.contrast import check_looks
from generator.checks.glyphs import Glyphs, check_glyphs
from generator.checks.kept import KeptFindings, looked
from generator.checks.pictures import check_pictures
from generator.checks.plain import check_sheets
from generator.checks.review import Item, Reviews
from generator.checks.scores import Scores
from generator.checks.sign_off import check_record
from generator.checks.texts import all_sheets
from generator.errors import ContentError, ErrorList, Place
from generator.models.library import Library
from generator.models.selection import Finding

REVIEWS = "V"
"""Family of the rules about reviews and sign-offs."""


def check_library(
    library: Library,
    as_of: date,
    *,
    reviews: Reviews | None = None,
    scores: Scores | None = None,
    glyphs: Mapping[str, Glyphs] | None = None,
    read_code: ReadCode | None = None,
    kept: KeptFindings | None = None,
) -> tuple[Finding, ...]:
    """All findings about shared content, grouped by file, the gravest first.

    as_of: the day that reviews are judged by. reviews: the clinic's sign-offs; None for none. scores: known reading
    grades; None leaves grades out. glyphs: what the fonts of
    each brand hold, by its id; read_code: draws a code as it prints and reads it back. None leaves either out.
    kept: what is known of this content from earlier runs.
    """
    asked = "content" if scores is None else "content with grades"
    found = [*looked(kept, asked, lambda: _findings(library, scores)), *check_addresses(library, read_code)]
    found += check_record(tuple(items_of(library)), library, reviews or Reviews(), as_of)
    found += check_glyphs(library, all_sheets(library), glyphs) if glyphs is not None else ()
    return tuple(sorted(found, key=_by_file))


def stop_for_errors(findings: Iterable[Finding]) -> None:
    """Raises ErrorList of ContentErrors if there are errors in shared content; reviews are each pack's own matter."""
    grave = [one for one in findings if one.severity == "error" and one.code[0] != REVIEWS]
    if grave:
        raise ErrorList(ContentError(one.message, hint=one.hint, place=one.place, code=one.code) for one in grave)


def check_brand(
    library: Library, brand: str, glyphs: Glyphs, read_code: ReadCode, kept: KeptFindings | None = None
) -> tuple[Finding, ...]:
    """Findings about all shared content as one brand prints it. kept: what is known of that from earlier runs."""
    return looked(kept, f"brand {brand}", lambda: sorted(_of_brand(library, brand, glyphs, read_code), key=_by_file))


def _of_brand(library: Library, brand: str, glyphs: Glyphs, read_code: ReadCode) -> Iterator[Finding]:
    yield from check_glyphs(library, all_sheets(library), {brand: glyphs})
    yield from check_addresses(library, read_code)


def _findings(library: Library, scores: Scores | None) -> Iterator[Finding]:
    """What depends on the content alone."""
    sheets = tuple(all_sheets(library))
    yield from check_sheets(sheets, scores)
    yield from check_sentences((text for sheet in sheets for text in sheet.texts), library.evidence)
    yield from check_evidence(library)
    yield from check_overstated(sheets, library.evidence)
    for handout in library.handouts.values():
        yield from check_handout_sources(library, handout)
    yield from check_looks(library)
    yield from check_pictures(library)


def items_of(library: Library) -> Iterator[Item]:
    """Everything of a library that can be signed off."""
    yield from (Item("exercise", id, one) for id, one in library.exercises.items())
    yield from (Item("handout", id, one) for id, one in library.handouts.items())
    yield from (Item("program", id, one) for id, one in library.programs.items())
    yield from (Item("evidence", id, one) for id, one in library.evidence.files.items())
    yield Item("safety", library.safety.id, library.safety)


def _by_file(finding: Finding) -> tuple[str, int, int, str]:
    place = finding.place or Place("")
    return place.file, ("error", "warning", "note").index(finding.severity), place.line or 0, finding.code
