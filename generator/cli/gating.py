"""What the gates need besides the library (sign-offs, silenced places, known reading grades), and all gates at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from generator.checks.kept import KeptFindings
from generator.checks.library import check_library
from generator.checks.plan import select
from generator.checks.review import Reviews, SignOff
from generator.checks.scores import Scores
from generator.checks.sign_off import RECORD, read_record, reviews_of
from generator.checks.silence import SILENCES, Silence, read_silences
from generator.errors import ContentError
from generator.load.kept_findings import kept_findings
from generator.models.selection import Finding
from generator.source import Source, read_source
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.checks.codes import ReadCode
    from generator.checks.glyphs import Glyphs
    from generator.models.library import Library
    from generator.models.plan import Plan

SCORES = Path("handouts") / "scores.json"


@dataclass(frozen=True, slots=True)
class Records:
    """entries: sign-offs, oldest first. findings: what is wrong with the records themselves."""

    entries: tuple[SignOff, ...]
    reviews: Reviews
    silences: tuple[Silence, ...]
    scores: Scores
    findings: tuple[Finding, ...]


def records(content: Path) -> Records:
    """All records of a content folder; what is missing counts as empty."""
    entries, findings = read_record(_source(content, RECORD))
    silences, more = read_silences(_source(content, SILENCES))
    writable = os.access(content / "handouts", os.W_OK)
    scores = Scores.read([content / SCORES], content / SCORES if writable else None)
    return Records(entries, reviews_of(entries), silences, scores, (*findings, *more))


def _source(content: Path, name: str) -> Source:
    path = content / name
    return read_source(path, name, ContentError) if path.is_file() else Source(name, None, 1, readable=False)


@dataclass(frozen=True, slots=True)
class Gates:
    """All gates over a library and its plans, which may still be drafts. glyphs: what the fonts of each brand hold."""

    library: Library
    known: Records
    as_of: date
    glyphs: Mapping[str, Glyphs]
    read_code: ReadCode

    @classmethod
    def of(cls, library: Library, known: Records, as_of: date) -> Gates:
        """With the fonts of all brands loaded."""
        from generator.pipeline import Options, Workshop

        shops = {brand: Workshop(library, Options(as_of, brand=brand), "") for brand in library.brands}
        glyphs = {brand: shop.characters() for brand, shop in shops.items()}
        return cls(library, known, as_of, glyphs, next(iter(shops.values())).read_code)

    def on_library(self) -> tuple[Finding, ...]:
        """What there is to say about shared content."""
        return check_library(
            self.library,
            self.as_of,
            reviews=self.known.reviews,
            scores=self.known.scores,
            glyphs=self.glyphs,
            read_code=self.read_code,
            kept=KeptFindings(kept_findings(), self.library.digest) if self.library.digest else None,
        )

    def on_plan(self, plan: Plan) -> tuple[Finding, ...]:
        """What there is to say about a plan."""
        return select(
            plan,
            self.library,
            as_of=self.as_of,
            draft=True,
            reviews=self.known.reviews,
            scores=self.known.scores,
            glyphs=self.glyphs.get(plan.brand or next(iter(self.glyphs))),
            read_code=self.read_code,
        )[1]
