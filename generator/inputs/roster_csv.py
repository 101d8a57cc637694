"""A CSV roster: one patient a row.

Rows repeat a lot: the same clinician, the same answers, the same exercises. What has been validated once is used again,
so that a row costs little more than its own words. A row with anything odd takes the long way instead, through the same
validation as a plan file, and is refused with the same words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from generator.errors import HandoutsError, Place, PlanError
from generator.inputs import excel
from generator.inputs.cells import is_spoiled, read_cell
from generator.inputs.columns import COLUMNS, GROUPS, REQUIRED, Column
from generator.inputs.csv_text import Row, read_table
from generator.inputs.entries import Entry, entry_from
from generator.inputs.notation import NotationError, exercises_in, read_exercise
from generator.models.common import Range, read_range
from generator.models.library import Library
from generator.models.places import RowPlaces
from generator.models.plan import Plan
from generator.models.program import DOSE_FIELDS, PrescribedExercise
from generator.models.selection import Finding
from generator.source import CONTROL, KeyPath, Lines, Source, Value
from generator.validation.references import Known

Part = TypeVar("Part")

MOST_KEPT = 20_000  # parts kept for the next row; a roster of unique notes must not fill the memory
REFERS = {
    "handouts": "handout",
    "without": "exercise",
    "program": "program",
    "layout": "layout",
    "brand": "brand",
    "language": "language",
    "yes": "safety tag",
    "unknown": "safety tag",
}
"""Keys that name things of the library, and what they name."""
SPANS = frozenset((*DOSE_FIELDS, "times_a_day")) - {"tempo"}


def plans_of_csv(text: str, shown: str, library: Library, known: Known) -> tuple[list[Entry], tuple[Finding, ...]]:
    """The plans of a CSV text, and what looks odd. Raises ErrorList if the file as a whole is wrong."""
    table = read_table(text, shown, tuple(COLUMNS), REQUIRED)
    ids = table.column("id")
    reader = RowReader(table.header, shown, library, known, excel.without_zeros(ids))
    spoiled = CONTROL.search(text) is not None or excel.ERROR_MARK.search(text) is not None
    entries = [reader.slowly(row) if spoiled and is_spoiled(row.cells) else reader.entry(row) for row in table.rows]
    return entries, tuple(_doubtful_ids(ids, shown))


def _doubtful_ids(ids: list[str], shown: str) -> Iterator[Finding]:
    count = excel.perhaps_without_zeros(ids)
    if count:
        are = "1 record number is" if count == 1 else f"{count} record numbers are"
        message = f"{are} shorter than the others: a spreadsheet may have dropped zeros."
        yield Finding(
            "X02", "warning", message, f"Compare them with your records. {excel.AS_TEXT}", Place(shown, 1, "id")
        )


class _LongWay(Exception):
    """The row holds something that the quick way does not read."""


@dataclass(slots=True)
class RowReader:
    """Reads the rows under one header. zeros_lost: record numbers that have lost their zeros for sure."""

    header: tuple[str, ...]
    shown: str
    library: Library
    known: Known
    zeros_lost: frozenset[str] = frozenset()
    _single: list[tuple[int, Column]] = field(default_factory=list)
    _groups: list[tuple[str, list[tuple[int, Column]]]] = field(default_factory=list)
    _kept: dict[tuple[str, ...], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        columns = [(number, COLUMNS[name]) for number, name in enumerate(self.header)]
        self._single = [(number, column) for number, column in columns if len(column.path) == 1]
        for top in GROUPS:
            below = [(number, column) for number, column in columns if len(column.path) > 1 and column.path[0] == top]
            if below:
                self._groups.append((top, below))

    def entry(self, row: Row) -> Entry:
        """The plan of a row, or why there is none."""
        try:
            plan = Plan.read(self._values(row.cells), self._places(row.line))
        except (_LongWay, ValidationError):
            return self.slowly(row)
        return Entry(Place(self.shown, row.line), plan.id, plan)

    def slowly(self, row: Row) -> Entry:
        """The same by way of a plan's text, with everything that is wrong with it."""
        source = self.source(row)
        entry = entry_from(source, Place(self.shown, row.line), self.known)
        if entry.plan is None:
            return entry
        return Entry(entry.place, entry.id, entry.plan.placed(self._places(row.line)))

    def source(self, row: Row) -> Source:
        """The row as a plan file would say it."""
        value: dict[str, Value] = {}
        lines: dict[str, Lines] = {}
        errors: list[HandoutsError] = []
        unsure: set[KeyPath] = set()
        for name, cell in zip(self.header, row.cells, strict=True):
            if not cell:
                continue
            column = COLUMNS[name]
            read, problems = read_cell(column, cell, self.library, self.zeros_lost)
            for problem in problems:
                key = name if problem.entry is None else f"{name}.{problem.entry}"
                errors.append(PlanError(problem.message, hint=problem.hint, place=Place(self.shown, row.line, key)))
                unsure.add(column.path)
            _put(value, lines, column.path, read, row.line)
        return Source(self.shown, value, (row.line, lines), tuple(errors), frozenset(unsure))

    def _places(self, line: int) -> RowPlaces:
        return RowPlaces(self.shown, line, self.header)

    # ---- the quick way: what was validated in a row before is used again

    def _values(self, cells: list[str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for number, column in self._single:
            if cells[number]:
                values[column.name] = self._single_value(column, cells[number])
        for top, below in self._groups:
            key = (top, *[cells[number] for number, _ in below])
            part = self._kept.get(key)
            if part is None and any(key[1:]):
                part = self._keep(key, self._group(top, below, cells))
            if part is not None:
                values[top] = part
        return values

    def _single_value(self, column: Column, cell: str) -> Any:
        if column.kind in ("text", "day"):
            if column.name in REFERS:
                self._must_know(column.name, (cell,))
            return cell
        if column.kind == "id":
            if cell in self.zeros_lost or excel.number_damage(cell):
                raise _LongWay
            return cell
        key = (column.name, cell)
        part = self._kept.get(key)
        return part if part is not None else self._keep(key, self._value(column, cell))

    def _group(self, top: str, below: list[tuple[int, Column]], cells: list[str]) -> BaseModel:
        values = {column.path[1]: self._value(column, cells[number]) for number, column in below if cells[number]}
        return GROUPS[top].model_validate(values)

    def _value(self, column: Column, cell: str) -> Any:
        """A cell's value, its parts validated and looked up."""
        if column.kind == "text":
            return cell
        if column.kind == "exercises":
            return tuple(self._exercise(cell, start, end) for start, end in exercises_in(cell))
        value, problems = read_cell(column, cell, self.library)
        if problems:
            raise _LongWay
        if column.path[-1] in REFERS and isinstance(value, list):
            self._must_know(column.path[-1], [str(id) for id in value])
        return value

    def _exercise(self, cell: str, start: int, end: int) -> PrescribedExercise:
        """An exercise of a cell, as validated before, also in another company."""
        key = ("exercise", cell[start:end])
        part = self._kept.get(key)
        if part is None:
            try:
                fields = read_exercise(cell, start, end, self.library.exercises)
            except NotationError:
                raise _LongWay from None
            spans = {name: _span(value) if name in SPANS else value for name, value in fields.items()}
            part = self._keep(key, PrescribedExercise.model_validate(spans))
        return part

    def _must_know(self, name: str, ids: Collection[str]) -> None:
        known = self.known.ids[REFERS[name]]
        if known is not None and not known.issuperset(ids):
            raise _LongWay

    def _keep(self, key: tuple[str, ...], part: Part) -> Part:
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[key] = part
        return part


@lru_cache(maxsize=4096)
def _span(text: str) -> Range:
    """A range, read once; a wrong one is left to the long way."""
    try:
        return read_range(text)
    except ValueError:
        raise _LongWay from None


def _put(value: dict[str, Value], lines: dict[str, Lines], path: tuple[str, ...], read: Value, line: int) -> None:
    """Sets a value and its line at a path of one or two keys."""
    if len(path) == 1:
        value[path[0]], lines[path[0]] = read, _lines_of(read, line)
        return
    inner = value.setdefault(path[0], {})
    below = lines.setdefault(path[0], (line, {}))
    if isinstance(inner, dict) and isinstance(below, tuple) and isinstance(below[1], dict):
        inner[path[1]], below[1][path[1]] = read, _lines_of(read, line)


def _lines_of(read: Value, line: int) -> Lines:
    """Lines of a cell's value: entries of a list are told apart, their own keys are not."""
    if isinstance(read, list):
        entries: list[Lines] = [line for _ in read]
        return line, entries
    return line
