"""Puts all evidence files together, so that a clinic can add topics without touching ours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from generator.errors import ContentError
from generator.models.evidence import Evidence, EvidenceFile
from generator.models.places import Places
from generator.source import Value

PARTS = {"claims": "claim", "references": "reference", "red_flags": "red flag"}
"""Parts of an evidence file, and what one of their entries is called."""


class _Entry(Protocol):
    @property
    def id(self) -> str: ...


Entry = TypeVar("Entry", bound=_Entry)


def declared_ids(value: Value) -> dict[str, set[str]]:
    """Ids in a file that may have errors, by what they are called."""
    found: dict[str, set[str]] = {}
    for part, called in PARTS.items():
        entries = value.get(part) if isinstance(value, dict) else None
        for entry in entries if isinstance(entries, list) else []:
            id = entry.get("id") if isinstance(entry, dict) else None
            if isinstance(id, str):
                found.setdefault(called, set()).add(id)
    return found


def merged(files: dict[str, EvidenceFile], places: dict[str, Places]) -> tuple[Evidence, list[ContentError]]:
    """All files as one. An id that stands twice, or a second file with groups or regions, is a finding."""
    whole = Evidence(files=files)
    end = ""
    findings: list[ContentError] = []
    for name, file in files.items():
        at = places[name]
        findings += _add(file.claims, whole.claims, at, "claims")
        findings += _add(file.references, whole.references, at, "references")
        findings += _add(file.red_flags, whole.red_flags, at, "red_flags")
        for part in ("red_flag_groups", "regions"):
            if getattr(file, part) and getattr(whole, part):
                findings.append(ContentError(f"{part} stands in two files.", hint="Keep one.", place=at.at(part)))
        whole.red_flag_groups.update(file.red_flag_groups)
        whole.regions.update(file.regions)
        end = file.red_flag_end or end
    evidence = Evidence(
        whole.files, whole.claims, whole.references, whole.red_flags, whole.red_flag_groups, end, whole.regions
    )
    return evidence, findings


def _add(entries: Iterable[Entry], known: dict[str, Entry], places: Places, part: str) -> list[ContentError]:
    """Adds entries to those known; the findings are about ids that were known already."""
    findings = []
    for number, entry in enumerate(entries):
        if entry.id in known:
            message = f'The id "{entry.id}" stands twice.'
            findings.append(ContentError(message, hint="Rename one.", place=places.at(part, number, "id")))
        known.setdefault(entry.id, entry)
    return findings
