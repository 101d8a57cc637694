"""The columns that a roster may have. A column's name is the key of the plan that it fills; a dot goes into it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from generator.models.plan import AgeReview, Clinician, EmailConsent, Flags, NextVisit, Screening
from generator.values import dataclass

CellKind = Literal["text", "id", "word", "day", "time", "ids", "texts", "files", "exercises"]
KeyPath = tuple[str, ...]

SEPARATORS = {"ids": ";", "texts": "|", "files": ";"}
"""What stands between the entries of one cell. Words may hold a semicolon, so theirs are parted by a bar."""

REQUIRED = ("id", "name", "clinician.name", "date")
GROUPS: dict[str, type[BaseModel]] = {
    "clinician": Clinician,
    "next_visit": NextVisit,
    "screened": Screening,
    "flags": Flags,
    "email": EmailConsent,
    "age_review": AgeReview,
}
"""Keys of a plan that hold further keys, each of which has a column."""


@dataclass(frozen=True, slots=True)
class Column:
    """name: as the header says it. kind: how its cells are read. path: where its value stands in a plan."""

    name: str
    kind: CellKind
    path: KeyPath


_KINDS: dict[CellKind, tuple[str, ...]] = {
    "id": ("id",),
    "day": ("date", "start_date", "next_visit.date", "screened.date", "email.date", "age_review.date"),
    "time": ("next_visit.time",),
    "word": ("paper", "screened.all_others"),
    "ids": ("handouts", "without", "screened.yes", "screened.unknown"),
    "texts": ("goals", "notes"),
    "files": ("inserts",),
    "exercises": ("exercises",),
}
_NAMES = (
    "id",
    "second_id",
    "name",
    "preferred_name",
    "age",
    "birth_year",
    "language",
    "clinician.name",
    "clinician.credentials",
    "clinician.short",
    "date",
    "start_date",
    "summary",
    "why",
    "goals",
    "handouts",
    "program",
    "without",
    "exercises",
    "notes",
    "next_visit.date",
    "next_visit.time",
    "next_visit.with_whom",
    "next_visit.bring",
    "layout",
    "brand",
    "paper",
    "videos",
    "inserts",
    "screened.by",
    "screened.date",
    "screened.yes",
    "screened.unknown",
    "screened.all_others",
    "flags.bands_latex_free",
    "email.address",
    "email.consent",
    "email.date",
    "email.how",
    "email.unencrypted_warning_noted",
    "email.encrypted",
    "age_review.by",
    "age_review.date",
)
_KIND_OF: dict[str, CellKind] = {name: kind for kind, names in _KINDS.items() for name in names}

COLUMNS: dict[str, Column] = {name: Column(name, _KIND_OF.get(name, "text"), tuple(name.split("."))) for name in _NAMES}
"""All columns in the order in which a starting file has them."""
