"""Loads one patient's plan from its file."""

from __future__ import annotations

from pathlib import Path

from generator.errors import PlanError
from generator.models.library import Library
from generator.models.plan import Plan
from generator.source import read_source
from generator.validation.plans import known_to_plans, plan_from


def load_plan(path: Path, library: Library | None, *, shown: str | None = None) -> Plan:
    """The plan in a YAML or JSON file. shown: its name in errors. Raises one ErrorList of PlanErrors.

    library: what its ids are looked up in; None if the library itself has errors, then only its form is checked.
    """
    source = read_source(path, shown or path.as_posix(), PlanError)
    return plan_from(source, known_to_plans(library) if library is not None else None)
