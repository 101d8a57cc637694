"""Findings and their places as plain values, as JSON keeps them, and back."""

from __future__ import annotations

from typing import Any

from generator.errors import Place
from generator.models.selection import Finding


def of_place(place: Place) -> dict[str, Any]:
    """A place as plain values."""
    return {"file": place.file, "line": place.line, "key": place.key}


def of_finding(finding: Finding) -> dict[str, Any]:
    """A finding as plain values."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "hint": finding.hint,
        "place": of_place(finding.place) if finding.place is not None else None,
    }


def finding_of(values: dict[str, Any]) -> Finding:
    """The finding that `of_finding` made these values of."""
    place = values["place"]
    return Finding(**{**values, "place": Place(**place) if place is not None else None})
