"""Silencing: one rule, at one place, with a written reason. Nothing can be silenced everywhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pydantic import Field, ValidationError

from generator.checks.rule import HOUSE_RULE, Rule
from generator.errors import Place
from generator.models.common import Frozen, Line, Name, Reason
from generator.models.places import Places
from generator.models.selection import Finding
from generator.source import Source

IDLE_SILENCE = Rule(
    "Q01",
    "warning",
    "A silenced place still has something to silence.",
    "A silence that is left over hides the next mistake at its place.",
    HOUSE_RULE,
)
BAD_SILENCE = Rule(
    "Q02",
    "error",
    "A silence names one rule, one place, a reason and a person.",
    "Without them nobody can tell later whether it still holds.",
    HOUSE_RULE,
)
RULES = (IDLE_SILENCE, BAD_SILENCE)

SILENCES = "handouts/silenced.yaml"
FIRM = {
    "S01": "Ask the questions, and write the answers into the plan.",
    "S11": "Put an exercise back in the plan, with a name and a reason.",
    "A01": "Name who looked at the plan, under age_review.",
    "V01": "Sign the content off, or build a draft.",
    "V02": "Sign the content off again.",
    "V03": "Review the content, or allow overdue content.",
    "K03": "Add an exercise or a handout.",
    "F01": "Give the handouts their regions of the body.",
}
"""Rules that a plan opens in a way of its own, which prints or records who did it; a silence does not open them."""


class Silence(Frozen):
    """A reviewer's word that one rule may be broken at one place."""

    code: str = Field(pattern=r"^[A-Z][0-9]{2}$", description="Code of the rule.")
    file: Line = Field(description="File as findings name it.")
    key: Line = Field(description="Key as findings name it, such as blocks.3.text.")
    reason: Reason = Field(description="Why it may stand.")
    by: Name = Field(description="Name of the reviewer.")


class Silences(Frozen):
    """The whole file."""

    silenced: tuple[Silence, ...] = Field((), description="Silenced places.")


def read_silences(source: Source) -> tuple[tuple[Silence, ...], tuple[Finding, ...]]:
    """The silences of a file and what is wrong with it. A file with a mistake silences nothing."""
    findings = [BAD_SILENCE.found(one.message, hint=one.hint, place=one.place) for one in source.errors]
    if source.value is None or findings:
        return (), tuple(findings)
    try:
        return Silences.model_validate(source.value).silenced, ()
    except ValidationError as problem:
        places = Places(source.file, source.lines)
        hint = "Give code, file, key, reason and by."
        for error in problem.errors(include_input=False, include_url=False):
            message = "A silence names one rule, one place, a reason and a person."
            findings.append(BAD_SILENCE.found(message, hint=hint, place=places.at(*error["loc"])))
        return (), tuple(findings)


def without_silenced(findings: Iterable[Finding], silences: tuple[Silence, ...]) -> tuple[Finding, ...]:
    """The findings without those that a silence names."""
    return tuple(one for one in findings if not any(_names(silence, one) for silence in silences))


def silenced(
    findings: Iterable[Finding], silences: tuple[Silence, ...], place: Place, looked_at: Collection[str]
) -> tuple[Finding, ...]:
    """The findings without those that a silence names, and what is wrong with the silences.

    place: of the silences. looked_at: files; a silence for any other one may well have something to do.
    """
    found = tuple(findings)
    left = [*without_silenced(found, silences)]
    for one in silences:
        if one.code in FIRM:
            message = f"{one.code} cannot be silenced."
            left.append(BAD_SILENCE.found(message, hint=FIRM[one.code], place=place))
        elif one.file in looked_at and not any(_names(one, finding) for finding in found):
            message = f"{one.code} is silenced at {one.file} ({one.key}), where it finds nothing."
            left.append(IDLE_SILENCE.found(message, hint="Take the silence out.", place=place))
    return tuple(left)


def _names(silence: Silence, finding: Finding) -> bool:
    place = finding.place
    if place is None or silence.code in FIRM:
        return False
    return (silence.code, silence.file, silence.key) == (finding.code, place.file, place.key)
