"""The gates of shared content: everything that any pack could print, and the looks it could wear."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.checks.claims import check_evidence, check_handout_sources, check_overstated, check_sentences
from generator.checks.contrast import check_looks
from generator.checks.plain import check_sheets
from generator.checks.review import Item, Reviews
from generator.checks.scores import Scores
from generator.checks.sign_off import check_record
from generator.checks.silence import Silence, silenced
from generator.checks.texts import all_sheets
from generator.errors import Place
from generator.models.library import Library
from generator.models.selection import Finding

SILENCES = "handouts/silenced.yaml"


def check_library(
    library: Library,
    as_of: date,
    *,
    reviews: Reviews | None = None,
    scores: Scores | None = None,
    silences: tuple[Silence, ...] = (),
) -> tuple[Finding, ...]:
    """All findings about shared content, grouped by file, the gravest first.

    as_of: the day that reviews are judged by. reviews: the clinic's sign-offs; None for none. scores: known reading
    grades; None leaves grades out. silences: places where a reviewer let a rule be broken.
    """
    findings = silenced(_findings(library, as_of, reviews or Reviews(), scores), silences, Place(SILENCES))
    return tuple(sorted(findings, key=_by_file))


def _findings(library: Library, as_of: date, reviews: Reviews, scores: Scores | None) -> Iterator[Finding]:
    sheets = tuple(all_sheets(library))
    yield from check_sheets(sheets, scores)
    yield from check_sentences((text for sheet in sheets for text in sheet.texts), library.evidence)
    yield from check_evidence(library)
    yield from check_overstated(sheets, library.evidence)
    for handout in library.handouts.values():
        yield from check_handout_sources(library, handout)
    yield from check_looks(library)
    yield from check_record(tuple(items_of(library)), library, reviews, as_of)


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
