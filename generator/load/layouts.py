"""Layout files may start from another one: `extends: standard` and only what differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

from generator.errors import ContentError
from generator.models.layout import Layout
from generator.models.places import Places
from generator.source import Lines, Source, Value
from generator.validation.findings import suggestion

EXTENDS = "extends"


def extended(sources: dict[str, Source]) -> Iterator[tuple[str, Source, list[ContentError]]]:
    """Each layout's source with what it inherits filled in, and findings about `extends`. sources: by id."""
    for id, source in sources.items():
        chain, findings = _chain(id, sources)
        value: Value = None
        lines: Lines = 1
        for base in reversed(chain):
            value, lines = _merged(value, lines, sources[base].value, sources[base].lines)
        own = source.value.get(EXTENDS) if isinstance(source.value, dict) else None
        if own is not None and isinstance(value, dict):
            value = {key: member for key, member in value.items() if key != EXTENDS}
        yield id, replace(source, value=with_choices(value), lines=lines), findings


def with_choices(value: Value) -> Any:
    """A layout's value with numbers where the model offers a choice of numbers: text is not one of them."""
    if not isinstance(value, dict):
        return value
    choices = {name: get_args(info.annotation) for name, info in Layout.model_fields.items()}
    return {
        key: next(
            (choice for choice in choices.get(key, ()) if isinstance(choice, int) and str(choice) == member), member
        )
        for key, member in value.items()
    }


def inherits_from_broken(id: str, sources: dict[str, Source], broken: frozenset[str]) -> bool:
    """True if a layout that this one extends has errors of its own."""
    chain, _ = _chain(id, sources)
    return any(base in broken for base in chain[1:])


def _chain(id: str, sources: dict[str, Source]) -> tuple[list[str], list[ContentError]]:
    """The layout and all that it extends, nearest first."""
    chain = [id]
    while True:
        source = sources[chain[-1]]
        base = source.value.get(EXTENDS) if isinstance(source.value, dict) else None
        if base is None:
            return chain, []
        place = Places(source.file, source.lines).at(EXTENDS)
        if not isinstance(base, str) or base not in sources:
            hint = suggestion(base, sources) if isinstance(base, str) else "Name one layout."
            finding = ContentError("It extends an unknown layout.", hint=hint, place=place)
            return chain, [finding] if chain[-1] == id else []
        if base in chain:
            return chain, [ContentError("It extends itself.", place=place)]
        chain.append(base)


def _merged(value: Value, lines: Lines, over: Value, over_lines: Lines) -> tuple[Value, Lines]:
    """Mapping over mapping, key by key; anything else is replaced. Inherited values stand on the line of `extends`."""
    if not isinstance(value, dict) or not isinstance(over, dict):
        return over, over_lines
    members: dict[str, Value] = dict(value)
    places: dict[str, Lines] = {}
    below = over_lines[1] if isinstance(over_lines, tuple) and isinstance(over_lines[1], dict) else {}
    for key, member in over.items():
        places[key] = below.get(key, 1)
        members[key], places[key] = _merged(value.get(key), 1, member, places[key])
    return members, (over_lines[0] if isinstance(over_lines, tuple) else over_lines, places)
