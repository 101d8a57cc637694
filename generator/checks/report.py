"""Findings for other programs: JSON for scripts, SARIF for editors and build servers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from generator.checks.catalog import all_rules
from generator.errors import Place
from generator.models.selection import Finding

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "note": "note"}


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """One finding as plain JSON values; file, line and key are null or "" where it has no place."""
    place = finding.place or Place("")
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "hint": finding.hint,
        "file": place.file or None,
        "line": place.line,
        "key": place.key,
    }


def as_json(findings: Iterable[Finding]) -> dict[str, Any]:
    """All findings with their number by severity."""
    listed = [finding_as_json(finding) for finding in findings]
    counts = {severity: sum(one["severity"] == severity for one in listed) for severity in LEVELS}
    return {"counts": counts, "findings": listed}


def as_sarif(findings: Iterable[Finding], version: str) -> dict[str, Any]:
    """A SARIF 2.1.0 log (OASIS standard). version: of this program."""
    rules = all_rules()
    index = {rule.code: number for number, rule in enumerate(rules)}
    driver = {
        "name": "handouts",
        "version": version,
        "rules": [
            {
                "id": rule.code,
                "shortDescription": {"text": rule.title},
                "fullDescription": {"text": rule.reason},
                "help": {"text": f"Source: {rule.source}"},
                "defaultConfiguration": {"level": LEVELS[rule.severity]},
            }
            for rule in rules
        ],
    }
    results = [_result(finding, index) for finding in findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(finding: Finding, index: dict[str, int]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": LEVELS[finding.severity],
        "message": {"text": f"{finding.message} {finding.hint}".strip()},
    }
    if finding.code in index:
        result["ruleIndex"] = index[finding.code]
    place = finding.place
    if place is not None:
        location: dict[str, Any] = {"artifactLocation": {"uri": quote(place.file)}}
        if place.line is not None:
            location["region"] = {"startLine": place.line}
        found: dict[str, Any] = {"physicalLocation": location}
        if place.key:
            found["logicalLocations"] = [{"fullyQualifiedName": place.key}]
        result["locations"] = [found]
    return result
