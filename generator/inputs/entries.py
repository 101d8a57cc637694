"""One patient of a roster, read or refused, before it is known whether another row has the same id."""

from __future__ import annotations

from dataclasses import field

from generator.errors import ErrorList, HandoutsError, Place
from generator.models.plan import Plan
from generator.source import Source, Value
from generator.validation.plans import plan_from
from generator.validation.references import Known
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """id: the plan's, as far as it could be read. plan: None if it was refused, then errors say why."""

    place: Place
    id: str | None = field(repr=False)
    plan: Plan | None = field(repr=False)
    errors: tuple[HandoutsError, ...] = ()


def entry_from(source: Source, place: Place, known: Known) -> Entry:
    """The plan that a source holds as a roster's entry."""
    id = id_in(source.value)
    try:
        return Entry(place, id, plan_from(source, known))
    except ErrorList as problem:
        return Entry(place, id, None, problem.errors)


def id_in(value: Value) -> str | None:
    """The id of a plan's value, also of one that has errors."""
    id = value.get("id") if isinstance(value, dict) else None
    return id.strip() if isinstance(id, str) and id.strip() else None
