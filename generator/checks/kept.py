"""Findings that are kept from run to run: the same gates over the same content find the same.

Only what depends on shared content and on nothing else may be kept: no day, no sign-off, no plan.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import astuple
from typing import Protocol

from generator.errors import Place
from generator.models.selection import Finding
from generator.values import dataclass


class Keeper(Protocol):
    """Where texts are kept from run to run. It may forget, but never returns what it was not given."""

    def get(self, key: str) -> str | None:
        """What was put under a key, None if it is not there."""

    def put(self, key: str, text: str) -> None:
        """Keeps a text, if it can."""


@dataclass(frozen=True, slots=True)
class KeptFindings:
    """Findings about one state of the content. content: hash of all that gates look at, other than what they are asked
    with.
    """

    keeper: Keeper
    content: str

    def of(self, gates: str, look: Callable[[], Iterable[Finding]]) -> tuple[Finding, ...]:
        """What these gates find, looked for only if it is not kept. gates: which, and what they are asked with."""
        key = hashlib.sha256(f"{self.content}\0{gates}".encode()).hexdigest()
        kept = self.keeper.get(key)
        if kept is not None and (known := _read(kept)) is not None:
            return known
        found = tuple(look())
        self.keeper.put(key, json.dumps([astuple(one) for one in found], ensure_ascii=False))
        return found


def _read(text: str) -> tuple[Finding, ...] | None:
    """Findings as they were written, None for anything else."""
    try:
        return tuple(
            Finding(code, severity, message, hint, Place(*place) if place is not None else None)
            for code, severity, message, hint, place in json.loads(text)
        )
    except (ValueError, TypeError):
        return None


def looked(kept: KeptFindings | None, gates: str, look: Callable[[], Iterable[Finding]]) -> tuple[Finding, ...]:
    """As `KeptFindings.of`, also where nothing is kept."""
    return tuple(look()) if kept is None else kept.of(gates, look)
