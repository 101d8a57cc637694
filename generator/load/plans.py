"""Loads one patient's plan and checks that what it names exists. Errors are the plan's own and quote nothing of it."""

from __future__ import annotations

from pathlib import Path

from generator.errors import ErrorList, HandoutsError, PlanError
from generator.load.findings import validated
from generator.load.references import Known
from generator.models.library import Library
from generator.models.places import Places
from generator.models.plan import Plan
from generator.source import Source, read_source


def load_plan(path: Path, library: Library | None, *, shown: str | None = None) -> Plan:
    """The plan in a YAML or JSON file. shown: its name in errors. Raises one ErrorList of PlanErrors.

    library: what its ids are looked up in; None if the library itself has errors, then only its form is checked.
    """
    return plan_from(read_source(path, shown or path.as_posix(), PlanError), library)


def plan_from(source: Source, library: Library | None) -> Plan:
    """The plan that a source holds, also one line of a roster. Raises one ErrorList of PlanErrors."""
    errors: list[HandoutsError] = list(source.errors)
    plan, findings = validated(Plan, source, PlanError)
    errors += findings
    if library is not None:
        errors += _known(library).unknown("plan", source, PlanError, tuple(errors))
    if errors or plan is None:
        raise ErrorList(errors)
    return plan.placed(Places(source.file, source.lines))


def _known(library: Library) -> Known:
    """Ids that a plan may name."""
    kinds = ("exercise", "handout", "program", "layout", "brand", "language")
    ids: dict[str, frozenset[str] | None] = {kind: library.declared.get(kind, frozenset()) for kind in kinds}
    ids["safety tag"] = frozenset(library.safety.avoid_tags)
    return Known(ids)
