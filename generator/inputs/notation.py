"""The compact notation of exercises in one cell of a roster, as people write doses.

    side-lying-hip-abduction 3x10 R 3/week; clamshell-band 2x8-12 L hold 2s; wall-sit 3x20s

The parts after an exercise's id come in any order. `docs/rosters.md` holds the grammar. What cannot be read is refused
and its place named; nothing is guessed, and no error repeats what stands in the cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from generator.inputs.parts import KEYWORDS, OPENED, PART, dose_numbers, meaning
from generator.models.exercise import Exercise, Mode
from generator.validation.findings import suggestion

Fields = dict[str, str]

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?=[\s,;]|$)")
_BETWEEN = re.compile(r"[\s,]*")
_WORD = re.compile(r"[^\s,;]+")
_QUOTE_MARKS = re.compile("[\"'“]")

LIST_IDS = "handouts list exercises shows the ids."
EXAMPLES = 'Write doses such as 3x10, 2x8-12, 3x20s, R, 3/week, hold 2s, rest 60s, effort 5, 4 weeks, note "Go slow."'
DOSES: dict[Mode, str] = {
    "reps": "3x10 (sets x reps), or 3x10x2s with a hold in each rep",
    "hold": "3x20s (three holds of 20 seconds), or 2x3x20s (sets x holds x seconds)",
    "time": "2x45s (sets x seconds)",
}


class NotationError(Exception):
    """An exercise cannot be read. at: the character of the cell, counted from 1."""

    def __init__(self, message: str, hint: str, at: int) -> None:
        super().__init__(message)
        self.message, self.hint, self.at = message, hint, at + 1


def exercises_in(text: str) -> Iterator[tuple[int, int]]:
    """Where each exercise of a cell starts and ends. A semicolon inside quoted words parts nothing."""
    start, position = 0, 0
    quoted = _QUOTE_MARKS.search(text) is not None
    while position < len(text):
        end = text.find(";", position)
        end = end if end >= 0 else len(text)
        opened = OPENED.search(text, position, end) if quoted else None
        if opened is not None:
            closed = text.find("”" if opened["quote"] == "“" else opened["quote"], opened.end())
            position = (closed if closed >= 0 else opened.end() - 1) + 1
            continue
        if text[start:end].strip():
            yield start, end
        start = position = end + 1
    if start < len(text) and text[start:].strip():
        yield start, len(text)


def read_exercise(text: str, start: int, end: int, library: Mapping[str, Exercise]) -> Fields:
    """The fields of the exercise that stands in a cell from start to end, as a plan file would give them.

    library: exercises by id; whether a dose counts or times is theirs to say. Raises NotationError.
    """
    position = _after_space(text, start)
    id = _id_at(text, position, end, library)
    fields: Fields = {"id": id}
    dose: tuple[str, int] | None = None
    position = _after_space(text, position + len(id))
    while position < end:
        part = PART.match(text, position, end)
        if part is None:
            raise _not_known(text, position, end, id, library)
        key, value = meaning(part[1])
        if key in fields or (key == "dose" and dose is not None):
            raise _twice(id, key, position)
        if key == "dose":
            dose = (value, position)
        else:
            fields[key] = value
        position = part.end()
    if dose is not None:
        for key, value in _dose(dose[0], library[id], dose[1]):
            if key in fields:
                raise _twice(id, key, dose[1])
            fields[key] = value
    return fields


def _id_at(text: str, at: int, end: int, library: Mapping[str, Exercise]) -> str:
    found = _ID.match(text, at, end)
    if found is None:
        raise NotationError("An exercise starts with its id.", LIST_IDS, at)
    if found[0] not in library:
        raise NotationError("Unknown exercise.", suggestion(found[0], library) or LIST_IDS, at)
    return found[0]


def _dose(dose: str, exercise: Exercise, at: int) -> Iterator[tuple[str, str]]:
    """Sets and reps, or sets and seconds, by how the exercise is counted."""
    numbers, timed = dose_numbers(dose)
    mode = exercise.dosage.mode
    names: tuple[str, ...]
    if len(numbers) == 3 and timed and mode != "time":
        names = ("sets", "reps", "hold_s")
    elif len(numbers) == 2 and timed and mode == "hold":
        one = exercise.dosage.reps is None or exercise.dosage.reps.low == 1  # a set is one hold: 3x20s is three sets
        names = ("sets" if one else "reps", "hold_s")
        yield "reps" if one else "sets", "1"
    elif len(numbers) == 2 and timed == (mode == "time"):
        names = ("sets", "time_s" if timed else "reps")
    else:
        raise NotationError(f'"{exercise.id}" is not dosed this way.', f"Write it such as {DOSES[mode]}.", at)
    yield from zip(names, numbers, strict=True)


def _twice(id: str, key: str, at: int) -> NotationError:
    what = key.removesuffix("_s").removesuffix("_rpe").replace("_", " ")
    return NotationError(f'"{id}" says its {what} twice.', "Keep one of the two.", at)


def _not_known(text: str, at: int, end: int, id: str, library: Mapping[str, Exercise]) -> NotationError:
    """What stands here is no part of the notation."""
    if OPENED.match(text, at, end):
        return NotationError(f'After "{id}" a quote opens and is not closed.', "Close it.", at)
    word = _WORD.match(text, at, end)
    near = get_close_matches(word[0].lower(), KEYWORDS, 1, 0.6) if word else []
    hint = f'Did you mean "{near[0]}"?' if near else EXAMPLES
    if word and word[0] in library:
        hint = "Put a semicolon between two exercises."
    return NotationError(f'After "{id}" stands something that is no part of a dose.', hint, at)


def _after_space(text: str, position: int) -> int:
    found = _BETWEEN.match(text, position)
    return found.end() if found else position
