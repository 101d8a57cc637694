"""The door of rosters: any file or folder that names patients → their plans, each patient once.

What is wrong with a file as a whole (its encoding, its header) raises, since no row of it can be trusted. What is wrong
with one row refuses that row only.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import ErrorList, HandoutsError, Place, PlanError
from generator.inputs.codes import read_codes
from generator.inputs.entries import Entry
from generator.inputs.fhir_files import Found, Record, is_fhir, read_bundle, read_lines
from generator.inputs.plan_lists import plans_of, plans_of_lines
from generator.inputs.roster_csv import plans_of_csv
from generator.inputs.roster_fhir import FhirRoster
from generator.inputs.side_file import SideFile, read_side_file
from generator.models.library import Library
from generator.models.plan import Plan
from generator.models.roster import RefusedRow, Roster
from generator.models.selection import Finding
from generator.source import decoded, parse_json, read_bytes, read_source
from generator.validation.plans import known_to_plans
from generator.validation.references import Known

MAX_ROSTER = 50_000_000
SPREADSHEETS = (".xlsx", ".xls", ".ods", ".numbers", ".tsv", ".txt")
SAVE_AS_CSV = 'Save it as "CSV UTF-8 (comma delimited)".'
IN_FOLDERS = (".yaml", ".yml", ".json", ".ndjson")
KINDS = ".csv, .yaml, .jsonl, .ndjson, .json, or a folder of them"


def read_roster(
    path: Path, library: Library, *, shown: str | None = None, side: Path | None = None, side_shown: str | None = None
) -> Roster:
    """The plans that a roster gives. Raises ErrorList if a file as a whole is wrong.

    shown: its name in errors. side: with FHIR, a CSV file of what records do not hold; side_shown: its name in errors.
    """
    reader = _Reader(library, known_to_plans(library))
    name = shown or path.as_posix()
    with _collector_paused():
        try:
            entries = list(reader.folder(path, name) if path.is_dir() else reader.file(path, name))
            entries += reader.fhir(name, side, side_shown or (side.as_posix() if side is not None else ""))
        except HandoutsError as problem:
            raise (problem if isinstance(problem, ErrorList) else ErrorList((problem,))) from None
        if not entries:
            hint = " ".join(note.message for note in reader.notes)
            raise ErrorList((PlanError("The roster holds no plan.", hint=hint, place=Place(name)),))
        return _roster(_each_once(entries), reader.notes)


@dataclass(slots=True)
class _Reader:
    """Reads files of all kinds. notes: what looks odd but stops nothing. record: all that is FHIR, read together."""

    library: Library
    known: Known
    notes: list[Finding] = field(default_factory=list)
    record: Record = field(default_factory=Record)

    def file(self, path: Path, shown: str) -> Iterable[Entry]:
        """The entries of a file, by its kind. Raises HandoutsError if the file as a whole is wrong."""
        match path.suffix.lower():
            case ".csv":
                entries, notes = plans_of_csv(_text(path, shown), shown, self.library, self.known)
                self.notes += notes
                return entries
            case ".yaml" | ".yml":
                return plans_of(read_source(path, shown, PlanError, limit=MAX_ROSTER), self.known)
            case ".json":
                text = _text(path, shown)
                if is_fhir(text):
                    return self._keep(read_bundle(text, shown))
                source = parse_json(text.encode("utf-8"), shown, PlanError, limit=MAX_ROSTER)
                return plans_of(source, self.known)
            case ".jsonl" | ".ndjson":
                text = _text(path, shown)
                if is_fhir(text):
                    return self._keep(read_lines(text, shown))
                return plans_of_lines(text, shown, self.known)
            case suffix:
                hint = SAVE_AS_CSV if suffix in SPREADSHEETS else f"Known: {KINDS}."
                raise PlanError("A roster of this kind is not known.", hint=hint, place=Place(shown))

    def folder(self, path: Path, shown: str) -> Iterator[Entry]:
        """The entries of all files of a folder in the order of their names; one that cannot be read is refused."""
        for file in sorted(path.iterdir()):
            if file.suffix.lower() not in IN_FOLDERS or file.name.startswith("."):
                continue
            name = f"{shown.rstrip('/')}/{file.name}"
            try:
                yield from self.file(file, name)
            except HandoutsError as problem:
                errors = problem.errors if isinstance(problem, ErrorList) else (problem,)
                yield Entry(Place(name), None, None, errors)

    def _keep(self, resources: Iterable[Found]) -> tuple[Entry, ...]:
        """Remembers resources until all files are read, since they refer to one another."""
        for found in resources:
            self.record.add(found)
        return ()

    def fhir(self, shown: str, side: Path | None, side_shown: str) -> list[Entry]:
        """The entries of all FHIR that was read."""
        if not self.record.found:
            if side is not None:
                message = "A side file goes with FHIR: other rosters have columns or keys of their own."
                raise PlanError(message, place=Place(side_shown))
            return []
        beside = read_side_file(side, side_shown, self.library, self.known, MAX_ROSTER) if side else SideFile()
        roster = FhirRoster(self.record, read_codes(self.library), self.library, self.known, beside)
        entries = list(roster.entries())
        self.notes += roster.notes(shown)
        return entries


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keeps the garbage collector from walking the whole library again and again while thousands of plans are made,
    none of which is garbage: a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _text(path: Path, shown: str) -> str:
    """A file's text. Raises PlanError: it cannot be read, is too large, or in another encoding."""
    return decoded(read_bytes(path, shown, PlanError, limit=MAX_ROSTER), shown, PlanError, limit=MAX_ROSTER)


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


def _roster(entries: list[Entry], notes: list[Finding]) -> Roster:
    plans: list[Plan] = [entry.plan for entry in entries if entry.plan is not None]
    refused = [RefusedRow(entry.place, entry.errors) for entry in entries if entry.plan is None]
    return Roster(tuple(plans), tuple(refused), tuple(notes))
