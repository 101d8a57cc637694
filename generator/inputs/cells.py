"""One cell of a roster → the value that a plan file would give, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.inputs import excel
from generator.inputs.columns import SEPARATORS, Column
from generator.inputs.notation import NotationError, exercises_in, read_exercise
from generator.models.library import Library
from generator.source import CONTROL, Value
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class CellProblem:
    """message: a whole sentence. entry: which of the cell's entries is meant, counted from 0."""

    message: str
    hint: str
    entry: int | None = None


def read_cell(
    column: Column, cell: str, library: Library, zeros_lost: frozenset[str] = frozenset()
) -> tuple[Value, list[CellProblem]]:
    """The value of a cell that is not empty. zeros_lost: record numbers that have lost their zeros for sure."""
    problems = [CellProblem(f'"{column.name}" {words}.', hint) for words, hint in _damage(column, cell, zeros_lost)]
    match column.kind:
        case "word":
            return cell.lower(), problems
        case "ids" | "texts" | "files":
            parts = [part for part in map(str.strip, cell.split(SEPARATORS[column.kind])) if part]
            return [{"file": part} for part in parts] if column.kind == "files" else [*parts], problems
        case "exercises":
            exercises: list[Value] = []
            for number, (start, end) in enumerate(exercises_in(cell)):
                try:
                    exercises.append({**read_exercise(cell, start, end, library.exercises)})
                except NotationError as wrong:
                    message = f"{wrong.message} Look at character {wrong.at} of the cell."
                    problems.append(CellProblem(message, wrong.hint, number))
            return exercises, problems
        case _:
            return cell, problems


def is_spoiled(cells: list[str]) -> bool:
    """Whether one of a row's cells holds what no cell may hold, whatever its column."""
    return any(CONTROL.search(cell) or excel.error_word(cell) for cell in cells)


def _damage(column: Column, cell: str, zeros_lost: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What a spreadsheet or a stray key did to a cell, and what to do."""
    found = CONTROL.search(cell)
    if found is not None:
        what = "a tab" if found[0] == "\t" else f"an invisible control character (U+{ord(found[0]):04X})"
        yield f"holds {what}", "Delete it."
    if words := excel.error_word(cell):
        yield words, "Type the words again, with a quote before a leading =, + or -."
    if column.kind == "day" and (words := excel.date_damage(cell)):
        yield words, f"Write it such as 2026-11-23. {excel.AS_TEXT}"
    if column.kind == "time" and (words := excel.time_damage(cell)):
        yield words, f"Write it such as 9:30 or 2:15 pm. {excel.AS_TEXT}"
    if column.kind == "id" and (words := excel.number_damage(cell)):
        yield words, f"Take the number from your records again. {excel.AS_TEXT}"
    if column.kind == "id" and cell in zeros_lost:
        yield "has lost the zeros before it: others of this roster have theirs", excel.AS_TEXT
