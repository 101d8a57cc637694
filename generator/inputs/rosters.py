"""The door of rosters: any file or folder that names patients → their plans, each patient once.

What is wrong with a file as a whole (its encoding, its header) raises, since no row of it can be trusted. What is wrong
with one row refuses that row only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.errors import ErrorList, HandoutsError, Place, PlanError
from generator.inputs.entries import Entry
from generator.inputs.plan_lists import plans_of, plans_of_lines
from generator.models.library import Library
from generator.models.plan import Plan
from generator.models.roster import RefusedRow, Roster
from generator.source import decoded, read_bytes, read_source
from generator.validation.plans import known_to_plans
from generator.validation.references import Known

MAX_ROSTER = 50_000_000
KINDS = ".csv, .yaml, .jsonl, .ndjson, .json, or a folder of them"


def read_roster(path: Path, library: Library, *, shown: str | None = None) -> Roster:
    """The plans that a roster gives. shown: its name in errors. Raises ErrorList if the file as a whole is wrong."""
    known = known_to_plans(library)
    try:
        entries = list(_entries(path, shown or path.as_posix(), known))
    except HandoutsError as problem:
        raise (problem if isinstance(problem, ErrorList) else ErrorList((problem,))) from None
    if not entries:
        raise ErrorList((PlanError("The roster holds no plan.", place=Place(shown or path.as_posix())),))
    return _roster(_each_once(entries))


def _entries(path: Path, shown: str, known: Known) -> Iterator[Entry]:
    """The entries of a file by its kind, or of all files of a folder in the order of their names."""
    if path.is_dir():
        for file in sorted(path.iterdir()):
            if file.suffix in (".yaml", ".yml", ".json") and not file.name.startswith("."):
                yield from _one_file(file, f"{shown.rstrip('/')}/{file.name}", known)
        return
    match path.suffix.lower():
        case ".yaml" | ".yml" | ".json":
            yield from plans_of(read_source(path, shown, PlanError, limit=MAX_ROSTER), known)
        case ".jsonl" | ".ndjson":
            text = decoded(read_bytes(path, shown, PlanError, limit=MAX_ROSTER), shown, PlanError, limit=MAX_ROSTER)
            yield from plans_of_lines(text, shown, known)
        case _:
            raise PlanError("A roster of this kind is not known.", hint=f"Known: {KINDS}.", place=Place(shown))


def _one_file(path: Path, shown: str, known: Known) -> Iterator[Entry]:
    """The entries of one file of a folder; a file that cannot be read is one refused entry, its neighbors go on."""
    try:
        yield from plans_of(read_source(path, shown, PlanError, limit=MAX_ROSTER), known)
    except ErrorList as problem:
        yield Entry(Place(shown), None, None, problem.errors)


def _each_once(entries: Iterable[Entry]) -> list[Entry]:
    """The entries; those that share an id are refused, all of them, since nobody can tell which one is right."""
    places: dict[str, list[Place]] = {}
    found = list(entries)
    for entry in found:
        if entry.id is not None:
            places.setdefault(entry.id, []).append(entry.place)
    return [
        entry if entry.id is None or len(places[entry.id]) == 1 else _refused_twin(entry, places[entry.id])
        for entry in found
    ]


def _refused_twin(entry: Entry, places: list[Place]) -> Entry:
    message = f"The same id stands at {_listed([str(place) for place in places])}."
    hint = "Give each patient one row, and each row an id of its own."
    error = PlanError(message, hint=hint, place=Place(entry.place.file, entry.place.line, "id"))
    return Entry(entry.place, entry.id, None, (error, *entry.errors))


def _listed(words: list[str]) -> str:
    few = words if len(words) <= 4 else [*words[:3], f"{len(words) - 3} more places"]
    return f"{', '.join(few[:-1])} and {few[-1]}"


def _roster(entries: list[Entry]) -> Roster:
    plans: list[Plan] = [entry.plan for entry in entries if entry.plan is not None]
    refused = [RefusedRow(entry.place, entry.errors) for entry in entries if entry.plan is None]
    return Roster(tuple(plans), tuple(refused))
