"""All shared content of a clinic, loaded and checked: what plans are made of."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from generator.errors import Place
from generator.models.brand import Brand
from generator.models.evidence import Evidence
from generator.models.exercise import Exercise
from generator.models.handout import Handout
from generator.models.language import Language
from generator.models.layout import Layout
from generator.models.places import Places
from generator.models.program import Program
from generator.models.safety import Safety
from generator.values import dataclass

Kind = Literal["handout", "exercise", "program", "brand", "layout", "language", "evidence", "safety"]


@dataclass(frozen=True, slots=True)
class Library:
    """Everything but plans. All mappings go from id to model, in the order of the ids.

    root: the content folder as text. places: where each thing's values stand, by (kind, id). files: absolute paths of
    files that content names (logos, pictures), by (kind, id, name in the content). declared: ids that exist although
    their file has errors, by kind, so that what refers to them is not reported too. digest: hash of all that it was
    loaded from, "" where that is not known; equal digests mean equal libraries.
    """

    root: str
    exercises: dict[str, Exercise]
    handouts: dict[str, Handout]
    programs: dict[str, Program]
    brands: dict[str, Brand]
    layouts: dict[str, Layout]
    languages: dict[str, Language]
    evidence: Evidence
    safety: Safety
    places: dict[tuple[str, str], Places] = field(default_factory=dict)
    files: dict[tuple[str, str, str], str] = field(default_factory=dict)
    declared: dict[str, frozenset[str]] = field(default_factory=dict)
    digest: str = ""

    def place_of(self, kind: Kind, id: str, *path: str | int) -> Place:
        """File, line and key of a value, such as place_of("exercise", "clamshell", "dosage", "sets")."""
        places = self.places.get((kind, id))
        return places.at(*path) if places is not None else Place(f"{kind} {id}")
