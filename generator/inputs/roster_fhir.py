"""FHIR R4 rosters: patients with their care plans and service requests → plans.

Follows HL7's Physical Activity guide (https://hl7.org/fhir/us/physical-activity/): an exercise request is a
ServiceRequest of the code 229065009 (SNOMED CT, exercise therapy) or of the guide's category, its timing is
occurrenceTiming and its words for the patient are patientInstruction. Which exercise is meant, `handouts/codes.yaml`
says. A patient of whom one order is not understood gets no pack: one without it would look complete and not be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from generator.errors import HandoutsError, Place, PlanError
from generator.inputs.codes import Codes
from generator.inputs.entries import Entry, entry_from, id_in
from generator.inputs.fhir_activities import ActivityError, Asked, asked_by
from generator.inputs.fhir_files import Found, Record
from generator.inputs.fhir_patient import PatientError, clinician, identity, record_number
from generator.inputs.fhir_requests import Orders, Request, orders_in
from generator.inputs.fhir_resources import Goal, Patient, day_of
from generator.inputs.side_file import SideFile, SideRow
from generator.models.library import Library
from generator.models.places import TracedPlaces
from generator.models.selection import Finding
from generator.source import KeyPath, Source, Value
from generator.validation.references import Known

MOST_GOALS = 3
LONGEST_GOAL = 120  # characters; see `models.plan.Goal`
IDENTITY = ("id", "name", "second_id", "age", "birth_year")
"""Keys in which the side file must agree with the record: a row of another patient must not slip in."""


@dataclass(slots=True)
class Gathered:
    """A plan in the making. traces: where each value came from. unsure: what its errors are about, for `Source`."""

    value: dict[str, Value] = field(default_factory=dict)
    traces: dict[str, Place] = field(default_factory=dict)
    unsure: set[KeyPath] = field(default_factory=set)
    errors: list[HandoutsError] = field(default_factory=list)

    def put(self, key: str, value: Value, place: Place) -> None:
        self.value[key] = value
        self.traces[key] = place

    def wrong(self, message: str, hint: str, place: Place) -> None:
        self.errors.append(PlanError(message, hint=hint, place=place))


class FhirRoster:
    """Makes the plans of one record. side: what the record does not hold."""

    def __init__(self, record: Record, codes: Codes, library: Library, known: Known, side: SideFile) -> None:
        self.record = record
        self.codes = codes
        self.library = library
        self.known = known
        self.side = side
        self.without_requests = 0
        self.goals_left = 0
        self.orders: Orders = orders_in(record, codes)

    def entries(self) -> Iterator[Entry]:
        """One entry for each patient with an order, in the order of the files; then what belongs to no patient."""
        asked: dict[int, list[Request]] = {}
        broken: dict[int, list[Found]] = {}
        strays: list[Place] = []
        for request in self.orders.requests:
            patient = self.record.named(request.subject)
            if patient is None:
                strays.append(request.place)
            else:  # of a patient who cannot be read, the patient's own entry tells
                asked.setdefault(id(patient), []).append(request)
        for found in self.record.found:
            if found.resource is None:
                patient = self.record.named(found.subject)
                broken.setdefault(id(patient), []).append(found)
        for found, patient_of in self.record.all(Patient):
            if id(found) in asked or id(found) in broken:
                yield self._entry(found, patient_of, asked.get(id(found), []), broken.get(id(found), []))
            else:
                self.without_requests += 1
        for found in broken.get(id(None), []):
            yield Entry(found.place, None, None, found.errors)
        for place in strays:
            error = PlanError("The patient of this request is not in the files.", place=place)
            yield Entry(place, None, None, (error,))

    def _entry(self, found: Found, patient: Patient, requests: list[Request], broken: list[Found]) -> Entry:
        plan = Gathered()
        plan.errors += [error for one in broken for error in one.errors]
        plan.unsure |= {("date",), ("clinician",)} if broken else set()
        on = max(filter(None, (day_of(request.authored) for request in requests)), default=None)
        self._identity(plan, found, patient, on)
        language = str(plan.value.get("language", "en"))
        self._ordered(plan, requests, language)
        self._from_requests(plan, requests, on)
        self._beside(plan)
        source = Source(found.place.file, plan.value, found.place.line or 1, tuple(plan.errors), frozenset(plan.unsure))
        entry = entry_from(source, found.place, self.known)
        places = TracedPlaces(found.place.file, found.place.line or 1, tuple({"": found.place, **plan.traces}.items()))
        if entry.plan is not None:
            return Entry(found.place, entry.id, entry.plan.placed(places))
        own = set(map(id, plan.errors))
        errors = tuple(error if id(error) in own else _retraced(error, places) for error in entry.errors)
        return Entry(found.place, entry.id, None, errors)

    def _identity(self, plan: Gathered, found: Found, patient: Patient, on: date | None) -> None:
        try:
            plan.put("id", record_number(patient, self.codes.table), found.place)
            for key, value in identity(patient, self.codes.table, self.library.languages, on).items():
                plan.put(key, value, found.place)
        except PatientError as problem:
            plan.unsure |= {("id",), ("name",)}
            plan.wrong(problem.message, problem.hint, found.place)

    # ---- what was ordered

    def _ordered(self, plan: Gathered, requests: list[Request], language: str) -> None:
        exercises: list[tuple[dict[str, Value], Place]] = []
        programs: list[tuple[Asked, Place]] = []
        handouts: dict[str, Place] = {}
        notes: list[tuple[str, Place]] = []
        for request in requests:
            try:
                asked = asked_by(request, self.codes, self.library, language)
            except ActivityError as problem:
                plan.wrong(problem.message, problem.hint, request.place)
                continue
            if asked is None:
                continue
            if asked.kind == "exercise":
                exercises.append(({"id": asked.id, **asked.fields}, request.place))
                continue
            if note := asked.fields.pop("note", None):
                notes.append((note, request.place))
            if asked.kind == "program":
                programs.append((asked, request.place))
            else:
                handouts.setdefault(asked.id, request.place)
        self._program(plan, programs, exercises)
        _put_list(plan, "exercises", _both_sides(exercises))
        _put_list(plan, "handouts", list(handouts.items()))
        _put_list(plan, "notes", notes)

    def _program(
        self, plan: Gathered, programs: list[tuple[Asked, Place]], exercises: list[tuple[dict[str, Value], Place]]
    ) -> None:
        """The program, and its timing as that of each of its exercises."""
        for asked, place in programs[1:]:
            if asked.id != programs[0][0].id:
                plan.wrong("Two programs are ordered.", "Order one, and other exercises by themselves.", place)
        if not programs:
            return
        asked, place = programs[0]
        plan.put("program", asked.id, place)
        own = {exercise["id"] for exercise, _ in exercises}
        if asked.fields:
            for prescribed in self.library.programs[asked.id].exercises:
                if prescribed.id not in own:
                    exercises.append(({"id": prescribed.id, **asked.fields}, place))

    # ---- what else the record and the side file hold

    def _from_requests(self, plan: Gathered, requests: list[Request], on: date | None) -> None:
        latest = sorted(requests, key=lambda request: request.authored or "", reverse=True)
        if on is not None:
            plan.put("date", on.isoformat(), next(one.place for one in latest if day_of(one.authored) == on))
        starts = sorted(filter(None, (day_of(request.starts) for request in requests)))
        if starts and on is not None and starts[0] > on:
            plan.put("start_date", starts[0].isoformat(), latest[0].place)
        treated = clinician(self.record, [one for request in latest for one in request.requesters])
        if treated is not None:
            plan.put("clinician", treated[0], treated[1].place if treated[1] else latest[0].place)
        goals: dict[str, Place] = {}
        for reference in (goal for request in requests for goal in request.goals):
            found = self.record.at(reference)
            if found is not None and isinstance(found.resource, Goal):
                words = (found.resource.description.text or "") if found.resource.description else ""
                if 0 < len(words) <= LONGEST_GOAL and "\n" not in words and len(goals) < MOST_GOALS:
                    goals.setdefault(words, found.place)
                elif words not in goals:
                    self.goals_left += 1
        _put_list(plan, "goals", list(goals.items()))

    def _beside(self, plan: Gathered) -> None:
        """Adds the patient's row of the side file. It may not be of someone else."""
        number = id_in(plan.value)
        try:
            row = self.side.take(number) if number is not None else None
        except PlanError as problem:
            plan.errors.append(problem)
            return
        if row is None or not isinstance(row.source.value, dict):
            return
        place = Place(self.side.shown, row.line)
        plan.errors += row.source.errors
        plan.unsure |= row.source.unsure
        for key, value in row.source.value.items():
            if key in IDENTITY and key in plan.value and plan.value[key] != value:
                message = f'The side file gives another "{key}" for this patient.'
                plan.wrong(message, "Check that the row is this patient's.", Place(place.file, place.line, key))
            elif key not in IDENTITY or key not in plan.value:
                self._merge(plan, key, value, row)

    def _merge(self, plan: Gathered, key: str, value: Value, row: SideRow) -> None:
        held = plan.value.get(key)
        both = isinstance(held, dict) and isinstance(value, dict)
        plan.put(key, {**held, **value} if both else value, Place(self.side.shown, row.line, key))  # type: ignore[dict-item]
        for part in value if isinstance(value, dict) else ():
            plan.traces[f"{key}.{part}"] = Place(self.side.shown, row.line, f"{key}.{part}")

    # ---- what was left out

    def notes(self, shown: str) -> Iterator[Finding]:
        """What of the record became part of no plan. Ask after `entries`."""
        said = {
            "patients without a request for exercises": self.without_requests,
            "requests that no longer hold": self.orders.closed,
            "goals that are too long or too many for a plan": self.goals_left,
        }
        for what, count in said.items():
            if count:
                yield Finding("X03", "note", f"Left out: {what} ({count}).", place=Place(shown))
        others = self.orders.left_out
        if others:
            codes = [f"{code} ({count})" for code, count in others.most_common(10) if code]
            hint = f"The most frequent codes: {', '.join(codes)}." if codes else "They have words and no code."
            message = f"Left out: requests that are about no exercise by handouts/codes.yaml ({others.total()})."
            yield Finding("X03", "note", message, hint, Place(shown))
        for line in self.side.unused:
            message = "No patient with a request has the record number of this row."
            yield Finding("X03", "warning", message, "Compare it with the record.", Place(self.side.shown, line, "id"))


def _put_list(plan: Gathered, key: str, members: list[tuple[Value, Place]] | list[tuple[str, Place]]) -> None:
    """Sets a list, each member of which has a place of its own."""
    if members:
        plan.put(key, [value for value, _ in members], members[0][1])
        for number, (_, place) in enumerate(members):
            plan.traces[f"{key}.{number}"] = place


def _both_sides(exercises: list[tuple[dict[str, Value], Place]]) -> list[tuple[Value, Place]]:
    """The exercises; one that is ordered alike for the left and for the right is one for both sides."""
    merged: list[tuple[dict[str, Value], Place]] = []
    for fields, place in exercises:
        twin = next((one for one, _ in merged if _mirrors(one, fields)), None)
        if twin is None:
            merged.append((fields, place))
        else:
            twin["side"] = "both"
    return [(fields, place) for fields, place in merged]


def _mirrors(one: dict[str, Value], other: dict[str, Value]) -> bool:
    rest = [{key: value for key, value in fields.items() if key != "side"} for fields in (one, other)]
    return {one.get("side"), other.get("side")} == {"left", "right"} and rest[0] == rest[1]


def _retraced(error: HandoutsError, places: TracedPlaces) -> HandoutsError:
    """An error about a plan's key, at the place from which its value came."""
    key = error.place.key if error.place is not None else ""
    path = [int(part) if part.isdecimal() else part for part in key.split(".")] if key else []
    return PlanError(error.message, hint=error.hint, place=places.at(*path))
