"""Silencing: one rule, at one place, with a written reason. Nothing can be silenced everywhere."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from generator.checks.rule import HOUSE_RULE, Rule
from generator.errors import Place
from generator.models.common import Frozen, Line, Name, Reason
from generator.models.selection import Finding

IDLE_SILENCE = Rule(
    "Q01",
    "warning",
    "A silenced place still has something to silence.",
    "A silence that is left over hides the next mistake at its place.",
    HOUSE_RULE,
)
RULES = (IDLE_SILENCE,)


class Silence(Frozen):
    """A reviewer's word that one rule may be broken at one place."""

    code: str = Field(pattern=r"^[A-Z][0-9]{2}$", description="Code of the rule.")
    file: Line = Field(description="File as findings name it.")
    key: Line = Field(description="Key as findings name it, such as blocks.3.text.")
    reason: Reason = Field(description="Why it may stand.")
    by: Name = Field(description="Name of the reviewer.")


def silenced(findings: Iterable[Finding], silences: tuple[Silence, ...], place: Place) -> tuple[Finding, ...]:
    """The findings without those that a silence names. place: of the silences, for those that silence nothing."""
    used: set[Silence] = set()
    left = []
    for finding in findings:
        match = next((one for one in silences if _names(one, finding)), None)
        if match is None:
            left.append(finding)
        else:
            used.add(match)
    for one in silences:
        if one not in used:
            message = f"{one.code} is silenced at {one.file} ({one.key}), where it finds nothing."
            left.append(IDLE_SILENCE.found(message, hint="Take the silence out.", place=place))
    return tuple(left)


def _names(silence: Silence, finding: Finding) -> bool:
    place = finding.place
    return place is not None and (silence.code, silence.file, silence.key) == (finding.code, place.file, place.key)
