"""One patient's plan from a source: its form, and that what it names exists. Errors quote nothing of it."""

from __future__ import annotations

from generator.errors import ErrorList, HandoutsError, PlanError
from generator.models.library import Library
from generator.models.places import Places
from generator.models.plan import Plan
from generator.source import Source
from generator.validation.findings import validated
from generator.validation.references import Known

KINDS = ("exercise", "handout", "program", "layout", "brand", "language")


def known_to_plans(library: Library) -> Known:
    """Ids that a plan may name."""
    ids: dict[str, frozenset[str] | None] = {kind: library.declared.get(kind, frozenset()) for kind in KINDS}
    ids["safety tag"] = frozenset(library.safety.avoid_tags)
    return Known(ids)


def plan_from(source: Source, known: Known | None) -> Plan:
    """The plan that a source holds: a file, or one entry of a roster. Raises one ErrorList of PlanErrors.

    known: ids that it may name; None if the library itself has errors, then only the plan's form is checked.
    """
    errors: list[HandoutsError] = list(source.errors)
    plan, findings = validated(Plan, source, PlanError)
    errors += findings
    if known is not None:
        errors += known.unknown("plan", source, PlanError, tuple(errors))
    if errors or plan is None:
        raise ErrorList(errors)
    return plan.placed(Places(source.file, source.lines))
