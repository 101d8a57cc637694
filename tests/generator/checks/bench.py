"""What the tests of the gates share: the shipped library, sign-offs for all of it, and plans made in one line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.checks.plan import select
from generator.checks.review import Item, Reviews, SignOff, content_hash
from generator.errors import PlanError
from generator.load.library import load_library
from generator.models.library import Library
from generator.models.plan import Plan
from generator.models.selection import Finding, Kept, Selection
from generator.source import parse_yaml
from generator.validation.plans import known_to_plans, plan_from

ROOT = Path(__file__).parent.parent.parent.parent
TODAY = date(2026, 11, 24)
SCREENED: dict[str, Any] = {"by": "Sam Keller", "date": "2026-11-23", "all_others": "no"}


@lru_cache
def library() -> Library:
    return load_library(ROOT)


def items_of(shelf: Library) -> Iterable[Item]:
    """Everything of a library that can be signed off."""
    yield from (Item("exercise", id, one) for id, one in shelf.exercises.items())
    yield from (Item("handout", id, one) for id, one in shelf.handouts.items())
    yield from (Item("program", id, one) for id, one in shelf.programs.items())
    yield from (Item("evidence", id, one) for id, one in shelf.evidence.files.items())
    yield Item("safety", "safety", shelf.safety)


def signed(item: Item, *, on: str = "2025-12-10", due: str = "2028-01-10") -> SignOff:
    return SignOff(
        id=item.id,
        version=item.version,
        hash=content_hash(item.content),
        by="Dana Reyes",
        role="physical therapist",
        date=date.fromisoformat(on),
        next_review=date.fromisoformat(due),
    )


@lru_cache
def all_signed() -> Reviews:
    return Reviews({item.id: signed(item) for item in items_of(library())})


def exercise(id: str, **fields: Any) -> dict[str, Any]:
    """An exercise of a plan, on the right where it takes a side."""
    side = {"side": "right"} if library().exercises[id].laterality == "each-side" else {}
    return {"id": id, **side, **fields}


def plan_of(
    *exercises: str | dict[str, Any], yes: Iterable[str] = (), unknown: Iterable[str] = (), **fields: Any
) -> Plan:
    """A plan for an adult of 40 who answered all questions; a field of None is left out."""
    everything = {
        "id": "case",
        "name": "Robin Example",
        "age": 40,
        "clinician": {"name": "Sam Keller"},
        "date": "2026-11-23",
        "screened": {**SCREENED, "yes": list(yes), "unknown": list(unknown)},
        "exercises": [exercise(one) if isinstance(one, str) else one for one in exercises],
        **fields,
    }
    text = json.dumps({key: value for key, value in everything.items() if value is not None}, indent=1)
    return plan_from(parse_yaml(text.encode("utf-8"), "plan.yaml", PlanError), known_to_plans(library()))


def gates(plan: Plan, **options: Any) -> tuple[Selection | None, tuple[Finding, ...]]:
    """The plan through the gates, all content signed off and in date."""
    settings = {"as_of": TODAY, "draft": False, "reviews": all_signed(), **options}
    return select(plan, library(), **settings)


def passed(plan: Plan, **options: Any) -> tuple[Selection, tuple[Finding, ...]]:
    """As gates, for a plan that must not be refused."""
    selection, findings = gates(plan, **options)
    assert selection is not None, [str(finding) for finding in findings]
    return selection, findings


def refused(plan: Plan, **options: Any) -> tuple[str, ...]:
    """Messages of the refusals of a plan that must be refused."""
    selection, findings = gates(plan, **options)
    assert selection is None
    return tuple(finding.message for finding in findings if finding.severity == "error")


def ids(selection: Selection) -> set[str]:
    return {kept.exercise.id for kept in selection.kept}


def kept(selection: Selection, id: str) -> Kept:
    return next(one for one in selection.kept if one.exercise.id == id)


def said(findings: Iterable[Finding], *severities: str) -> list[str]:
    """Messages with their hints, of these severities (of all but notes if none is named)."""
    wanted = severities or ("error", "warning")
    return [f"{one.message} {one.hint}".strip() for one in findings if one.severity in wanted]


def dose(one: Kept) -> str:
    """The dose in short, such as "2 x 8, hold 1"."""
    fields = (("hold", one.dose.hold_s), ("time", one.dose.time_s), ("days", one.dose.per_week))
    fields += (("effort", one.dose.effort_rpe), ("rest", one.dose.rest_s))  # type: ignore[assignment]
    ends = [f"{name} {_ends(value)}" for name, value in fields if value is not None]
    counted = " x ".join(_ends(value) for value in (one.dose.sets, one.dose.reps) if value is not None)
    return ", ".join([counted, *ends])


def _ends(value: Any) -> str:
    return f"{value.low}" if value.single else f"{value.low}-{value.high}"
