"""Sign-off: only content that a clinician of this clinic has signed off, and that is in date, is more than a draft.

The clinic's own record is the only thing that counts as a review; what content files say of themselves does not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date
from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, Field, model_validator

from generator.checks.rule import HOUSE_RULE, Rule
from generator.checks.same import Same
from generator.models.common import Frozen, Id, IsoDate, Name, Range
from generator.models.evidence import EvidenceFile
from generator.models.exercise import Exercise
from generator.models.handout import Handout
from generator.models.library import Library
from generator.models.plan import Plan
from generator.models.program import Program
from generator.models.safety import Safety
from generator.models.selection import Finding, ReviewState, Severity, Signed
from generator.values import dataclass

Kind = Literal["exercise", "handout", "program", "evidence", "safety"]
Content = Exercise | Handout | Program | EvidenceFile | Safety

# Who reviewed a thing, and when, is not part of what was reviewed.
NOT_REVIEWED = frozenset({"reviewed", "last_reviewed", "next_review"})

UNSIGNED = Rule(
    "V01",
    "error",
    "Content is signed off by a clinician of the clinic, or the pack is a draft.",
    "Shipped content is a proposal. A licensed clinician answers for what a patient takes home.",
    "pifonline.org.uk (PIF TICK criteria).",
)
CHANGED = Rule(
    "V02",
    "error",
    "Signed content is the content that was signed: same version, same words.",
    "A change after the sign-off was seen by nobody.",
    HOUSE_RULE,
)
OVERDUE = Rule(
    "V03",
    "error",
    "Content whose review is past due does not print, unless asked for; then each page says so.",
    "Evidence and practice move on; a date without an effect is no date.",
    "service-manual.nhs.uk (know that a page is up to date); piftick.org.uk.",
)
RULES = (UNSIGNED, CHANGED, OVERDUE)


class SignOff(Frozen):
    """A clinician's word for one version of one piece of content."""

    id: Id = Field(description="Handout, exercise, program, evidence file, or safety.")
    version: int = Field(ge=1, description="Version that was signed off.")
    hash: str = Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the content, see content_hash.")
    by: Name = Field(description="Name of the clinician.")
    role: Name = Field(description="Role, such as physical therapist.")
    date: IsoDate = Field(description="Day of the sign-off, YYYY-MM-DD.")
    next_review: IsoDate = Field(description="Day after which it is past due, YYYY-MM-DD.")

    @model_validator(mode="after")
    def _review_comes_later(self) -> SignOff:
        if self.next_review <= self.date:
            raise ValueError("has a next review that is not after the sign-off")
        return self


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of content that can be signed off."""

    kind: Kind
    id: str
    content: Content

    @property
    def version(self) -> int:
        return self.content.meta.version if isinstance(self.content, EvidenceFile) else self.content.version


def content_hash(content: Content) -> str:
    """SHA-256 of what a file says, apart from who reviewed it and when; comments and layout do not count."""
    return hashlib.sha256(json.dumps(_said(content), sort_keys=True, ensure_ascii=False).encode("utf-8")).hexdigest()


def _said(value: object) -> object:
    """What a file says, as plain JSON values. Fields that it leaves out stay out, so that a new one changes no hash."""
    if isinstance(value, BaseModel):
        return {name: _said(getattr(value, name)) for name in value.model_fields_set - NOT_REVIEWED}
    if isinstance(value, dict):
        return {str(key): _said(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [_said(member) for member in value]
    if isinstance(value, Range):
        return [value.low, value.high]
    return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True, slots=True)
class Judged:
    """What one piece of content counts as. record: its sign-off, if it has one of that day or earlier."""

    item: Item
    record: SignOff | None
    state: ReviewState


@dataclass(slots=True)
class Reviews:
    """The sign-offs that hold for one library. sign_offs: the latest by content id; shipped content has none."""

    sign_offs: Mapping[str, SignOff] = field(default_factory=dict)
    _hashes: dict[tuple[str, str], str] = field(default_factory=dict)

    def sign_off_of(self, item: Item, as_of: date) -> SignOff | None:
        """The record of an item, if it is of that day or earlier; its version and words may have changed since."""
        record = self.sign_offs.get(item.id)
        return record if record is not None and record.date <= as_of else None

    def holds(self, item: Item, record: SignOff) -> bool:
        """True if the item is still what was signed."""
        key = (item.kind, item.id)
        if key not in self._hashes:
            self._hashes[key] = content_hash(item.content)
        return (record.version, record.hash) == (item.version, self._hashes[key])

    def state(self, item: Item, as_of: date) -> ReviewState:
        """What an item counts as on a day."""
        return self.judged(item, as_of).state

    def judged(self, item: Item, as_of: date) -> Judged:
        """An item with its record and what it counts as on a day."""
        record = self.sign_off_of(item, as_of)
        if record is None or not self.holds(item, record):
            return Judged(item, record, "draft")
        return Judged(item, record, "overdue" if self.due(item, record) < as_of else "signed")

    def due(self, item: Item, record: SignOff) -> date:
        """Last day before it is past due: the earlier of the record's and the handout's own."""
        own = item.content.next_review if isinstance(item.content, Handout) else None
        return min(record.next_review, own) if own is not None else record.next_review


def judged(items: Iterable[Item], reviews: Reviews, as_of: date) -> tuple[Judged, ...]:
    """What each item counts as on a day."""
    return tuple([reviews.judged(item, as_of) for item in items])


def state_of(items: tuple[Judged, ...]) -> ReviewState:
    """The state of the least reviewed item: draft, else overdue, else signed."""
    states = {one.state for one in items}
    return "draft" if "draft" in states else "overdue" if "overdue" in states else "signed"


def first_due(items: tuple[Judged, ...], reviews: Reviews) -> Signed | None:
    """The sign-off that is due first, if every item has one that holds."""
    found: list[Signed] = []
    for one in items:
        if one.record is None or one.state == "draft":
            return None
        found.append(Signed(one.record.by, one.record.role, one.record.date, reviews.due(one.item, one.record)))
    return min(found, key=lambda one: (one.next_review, one.on, one.by), default=None)


class Contents:
    """All content of a library that a pack can print, each piece ready to be judged."""

    def __init__(self, library: Library) -> None:
        self.exercises = {id: Item("exercise", id, one) for id, one in library.exercises.items()}
        self.handouts = {id: Item("handout", id, one) for id, one in library.handouts.items()}
        self.programs = {id: Item("program", id, one) for id, one in library.programs.items()}
        self.safety = Item("safety", library.safety.id, library.safety)
        self._claims = {id: frozenset(one.claims()) for id, one in library.handouts.items()}
        self._evidence = tuple(
            (
                Item("evidence", id, file),
                frozenset([*(one.id for one in file.claims), *(one.id for one in file.red_flags)]),
            )
            for id, file in library.evidence.files.items()
        )

    def of_pack(
        self, exercises: Iterable[str], handouts: Iterable[str], red_flags: Iterable[str], program: str | None = None
    ) -> tuple[Item, ...]:
        """What a pack prints: exercises, handouts, the program's doses, the evidence behind them, safety."""
        handouts = tuple(handouts)
        used = frozenset(red_flags).union(*(self._claims[id] for id in handouts))
        return (
            *(self.exercises[id] for id in exercises),
            *(self.handouts[id] for id in handouts),
            *((self.programs[program],) if program is not None else ()),
            *(item for item, ids in self._evidence if not used.isdisjoint(ids)),
            self.safety,
        )


def contents_of(library: Library) -> Contents:
    """The contents of a library, gathered once."""
    return _contents(Same(library))


@lru_cache(maxsize=4)
def _contents(library: Same[Library]) -> Contents:
    return Contents(library.one)


def check_reviews(items: tuple[Judged, ...], plan: Plan, *, draft: bool, allow_overdue: bool) -> Iterator[Finding]:
    """Findings about content of a pack that is not signed off, has changed since, or is past due."""
    unsigned = [one.item.id for one in items if one.state == "draft" and one.record is None]
    changed = [one.item.id for one in items if one.state == "draft" and one.record is not None]
    overdue = [one.item.id for one in items if one.state == "overdue"]
    place = plan.places.at()
    softly: Severity | None = "note" if draft else None
    if unsigned:
        message = f"Not signed off: {', '.join(unsigned)}."
        hint = "The pack is a draft." if draft else "Sign it off, or build a draft."
        yield UNSIGNED.found(message, hint=hint, place=place, as_=softly)
    if changed:
        message = f"Changed since the sign-off: {', '.join(changed)}."
        hint = "Raise the version and sign it off again."
        yield CHANGED.found(message, hint=hint, place=place, as_="warning" if draft else None)
    if overdue:
        message = f"Review past due: {', '.join(overdue)}."
        hint = 'Each page says "Under review".' if allow_overdue else "Review it, or allow overdue content."
        yield OVERDUE.found(message, hint=hint, place=place, as_="warning" if allow_overdue else None)
