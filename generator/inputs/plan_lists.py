"""Rosters of whole plans: a YAML or JSON list, JSON Lines, or a folder of plan files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.errors import ErrorList, HandoutsError, Place, PlanError
from generator.inputs.entries import Entry, entry_from
from generator.source import Lines, Source, parse_json
from generator.validation.references import Known


def plans_of(source: Source, known: Known) -> Iterator[Entry]:
    """The plans of one file: a list of them, or a single one. Raises ErrorList if the file as a whole is wrong."""
    if not source.readable or source.value is None:
        empty = PlanError("The file is empty.", place=Place(source.file))
        raise ErrorList(source.errors or (empty,))
    if not isinstance(source.value, list):
        yield entry_from(source, Place(source.file, _line(source.lines)), known)
        return
    lines: list[Lines] = []
    if isinstance(source.lines, tuple) and isinstance(source.lines[1], list):
        lines = source.lines[1]
    starts = [_line(below) for below in lines]
    first = starts[0] if starts else 1
    outside = [error for error in source.errors if _line_of(error) < first]
    if outside:
        raise ErrorList(outside)
    for number, value in enumerate(source.value):
        end = starts[number + 1] if number + 1 < len(starts) else None
        one = replace(
            source,
            value=value if value is not None else {},
            lines=lines[number],
            errors=tuple(error for error in source.errors if _within(error, starts[number], end)),
            unsure=frozenset(path[1:] for path in source.unsure if path[:1] == (number,)),
        )
        yield entry_from(one, Place(source.file, starts[number]), known)


def plans_of_lines(text: str, shown: str, known: Known) -> Iterator[Entry]:
    """The plans of a JSON Lines text, one a line; empty lines are skipped."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            source = parse_json(line.encode("utf-8"), shown, PlanError, line=number)
            yield entry_from(source, Place(shown, number), known)


def _line(lines: Lines) -> int:
    return lines if isinstance(lines, int) else lines[0]


def _line_of(error: HandoutsError) -> int:
    return (error.place.line or 1) if error.place is not None else 1


def _within(error: HandoutsError, start: int, end: int | None) -> bool:
    """Whether an error stands in the entry that starts on one line and ends before another."""
    line = _line_of(error)
    return start <= line and (end is None or line < end)
