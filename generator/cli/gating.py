"""What the gates need besides the library: the clinic's sign-offs, its silenced places, and known reading grades."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from generator.checks.review import Reviews, SignOff
from generator.checks.scores import Scores
from generator.checks.sign_off import RECORD, read_record, reviews_of
from generator.checks.silence import SILENCES, Silence, read_silences
from generator.errors import ContentError
from generator.models.selection import Finding
from generator.source import Source, read_source

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
