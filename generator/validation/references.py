"""Checks that what one file names exists in another: ids of exercises, tags, claims, references and drawings.

The names are taken from the files' own values, so that a file with other errors is checked too and all of its mistakes
come in one run. An id whose own file has errors counts as existing, so that one mistake gives one finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.errors import ContentError, HandoutsError, PlanError
from generator.models.exercise import Exercise
from generator.models.places import Places
from generator.source import KeyPath, Source, Value
from generator.validation.findings import suggestion
from generator.values import dataclass

Pattern = tuple[str, ...]

NAMED: dict[str, dict[str, tuple[str, ...]]] = {
    "exercise": {
        "exercise": ("easier.id", "harder.id", "instead.*"),
        "safety tag": ("avoid_if.*", "caution_if.*", "instead.@", "easier.avoid_if.*", "harder.avoid_if.*"),
        "stop text": ("stop_if.*",),
    },
    "evidence": {
        "reference": ("claims.*.supported_by.*", "claims.*.tempered_by.*"),
        "claim": ("references.*.supports.*", "references.*.tempers.*"),
        "red flag": ("regions.*.*",),
    },
    "safety": {
        "red flag": ("avoid_tags.*.red_flags.*",),
        "stop text": ("stop_always.*", "stop_when.@"),
        "safety tag": ("stop_when.*.*",),
    },
    "handout": {
        "claim": ("blocks.**.claim", "blocks.**.claims.*", "blocks.**.also.*", "blocks.**.facts.*"),
        "reference": ("blocks.*.references.*",),
        "drawing": ("blocks.*.art",),
    },
    "program": {"exercise": ("exercises.*.id",), "handout": ("handouts.*",)},
    "codes": {
        "exercise": ("activities.*.exercise",),
        "program": ("activities.*.program",),
        "handout": ("activities.*.handout",),
        "language": ("times.*.@", "second_id.@"),
    },
    "plan": {
        "program": ("program",),
        "layout": ("layout",),
        "brand": ("brand",),
        "language": ("language",),
        "exercise": ("exercises.*.id", "without.*", "restored.*.exercise", "dose_reasons.*.exercise"),
        "handout": ("handouts.*",),
        "safety tag": ("screened.yes.*", "screened.unknown.*"),
    },
}
"""Kind of file: what it names, and where. * is any member, ** any number of levels, @ the keys of a mapping."""


@dataclass(frozen=True, slots=True)
class Known:
    """Ids that exist, by what they are called in a finding ("exercise", "safety tag", ...). None: cannot be told."""

    ids: dict[str, frozenset[str] | None]

    def unknown(
        self, kind: str, source: Source, error: type[HandoutsError], reported: Iterable[HandoutsError]
    ) -> Iterator[HandoutsError]:
        """A finding for each id in a file that does not exist. reported: findings so far; none is repeated."""
        places = Places(source.file, source.lines)
        seen = {(one.place.file, one.place.key) for one in reported if one.place is not None}
        for what, patterns in NAMED[kind].items():
            ids = self.ids.get(what)
            if ids is None:
                continue
            for path, id in (found for pattern in patterns for found in members(source.value, pattern)):
                if id in ids or path in source.unsure:
                    continue
                place = places.at(*path)
                if (place.file, place.key) in seen:
                    continue
                quoted = "" if issubclass(error, PlanError) else f' "{id}"'
                yield error(f"Unknown {what}{quoted}.", hint=suggestion(id, sorted(ids)), place=place)


def members(value: Value, pattern: str) -> Iterator[tuple[KeyPath, str]]:
    """The texts of a file's value that a pattern meets, each with its path; see `NAMED` for patterns."""
    return _members(value, tuple(pattern.split(".")), ())


def _members(value: Value, pattern: Pattern, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if not pattern:
        if isinstance(value, str):
            yield path, value
        return
    first, rest = pattern[0], pattern[1:]
    if first == "**":
        yield from _members(value, rest, path)
        for key, below in _entries(value):
            yield from _members(below, pattern, (*path, key))
    elif first == "@":
        for key, _ in _entries(value):
            yield (*path, key), str(key)
    elif first == "*":
        for key, below in _entries(value):
            yield from _members(below, rest, (*path, key))
    elif isinstance(value, dict) and first in value:
        yield from _members(value[first], rest, (*path, first))


def _entries(value: Value) -> Iterator[tuple[str | int, Value]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def missing_instead(exercise: Exercise, places: Places) -> Iterator[HandoutsError]:
    """Swaps for a tag that does not touch the exercise."""
    for tag in exercise.instead:
        if tag not in exercise.avoid_if and tag not in exercise.caution_if:
            message = f'"instead" names the tag "{tag}", which is neither in avoid_if nor in caution_if.'
            yield ContentError(message, place=places.at("instead", tag))
