"""Shared content with one thing changed, for the tests of its gates."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from generator.checks.library import check_library
from generator.checks.review import Reviews
from generator.checks.scores import Scores
from generator.checks.silence import Silence, silenced
from generator.errors import Place
from generator.models.handout import Handout
from generator.models.library import Library
from generator.models.selection import Finding
from tests.generator.checks.bench import TODAY, all_signed, library


def paragraph(text: str, claims: Any = "none") -> dict[str, Any]:
    return {"type": "paragraph", "text": text, "claims": claims}


def with_handout(*blocks: dict[str, Any], **fields: Any) -> Library:
    """The library with one handout more, signed off by nobody."""
    handout = Handout.model_validate(
        {
            "id": "trial",
            "title": "Trial",
            "short_title": "Trial",
            "version": 1,
            "author_role": "health writer",
            "regions": ["hip"],
            "blocks": list(blocks),
            **fields,
        }
    )
    return replace(library(), handouts={**library().handouts, "trial": handout})


def with_exercise(id: str, **changes: Any) -> Library:
    changed = library().exercises[id].model_copy(update=changes)
    return replace(library(), exercises={**library().exercises, id: changed})


def with_colors(brand: str, **colors: str) -> Library:
    found = library().brands[brand]
    changed = found.model_copy(update={"colors": found.colors.model_copy(update=colors)})
    return replace(library(), brands={**library().brands, brand: changed})


def findings_of(
    shelf: Library,
    *,
    scores: Scores | None = None,
    silences: tuple[Silence, ...] = (),
    reviews: Reviews | None = None,
) -> list[Finding]:
    """Findings about a library, but for its sign-offs."""
    found = check_library(shelf, TODAY, reviews=reviews or all_signed(), scores=scores)
    files = {places.file for places in shelf.places.values()}
    left = silenced(found, silences, Place("handouts/silenced.yaml"), files)
    return [finding for finding in left if not finding.code.startswith("V")]


def messages(shelf: Library, **options: Any) -> list[str]:
    """Code, severity and message of each finding."""
    return [f"{one.code} {one.severity}: {one.message}" for one in findings_of(shelf, **options)]
