"""Who a FHIR patient is, as the keys of a plan, and who treats the patient."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from babel import Locale
from babel.dates import format_date

from generator.inputs.fhir_files import Found, Record
from generator.inputs.fhir_resources import (
    HumanName,
    Identifier,
    Patient,
    Practitioner,
    PractitionerRole,
    Reference,
    day_of,
    year_of,
)
from generator.models.codes import CodeTable
from generator.source import Value

RECORD_NUMBER = "MR"
"""Medical record number: http://terminology.hl7.org/CodeSystem/v2-0203."""


class PatientError(Exception):
    """A patient's record lacks what a plan needs. hint: what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def record_number(patient: Patient, table: CodeTable) -> str:
    """The patient's record number. Raises PatientError if none or several could be it."""
    held = [one for one in patient.identifier if one.value and one.use != "old"]
    if table.record_number is not None:
        held = [one for one in held if one.system == table.record_number]
    elif len(held) > 1:
        held = [one for one in held if _is_record_number(one)]
    values = list(dict.fromkeys(one.value for one in held if one.value))
    if len(values) != 1:
        count = "no record number" if not values else "several record numbers"
        hint = "Name the system of yours under record_number in handouts/codes.yaml."
        raise PatientError(f"This patient has {count}.", hint)
    return values[0]


def _is_record_number(identifier: Identifier) -> bool:
    return identifier.type is not None and any(one.code == RECORD_NUMBER for one in identifier.type.coding)


def identity(patient: Patient, table: CodeTable, languages: Iterable[str], on: date | None) -> dict[str, Value]:
    """Names, language, second identifier and age. on: day of the plan. Raises PatientError."""
    if not patient.active or patient.deceasedBoolean or patient.deceasedDateTime:
        raise PatientError("This patient's record is closed.", "Take the patient out if that is right.")
    name = _current(patient.name, ("official", "usual", None))
    if name is None or not name.whole:
        raise PatientError("This patient has no name.")
    language = _language(patient, tuple(languages))
    found: dict[str, Value] = {"name": name.whole, "language": language}
    called = _current(patient.name, ("nickname",))
    if called is not None and called.whole:
        found["preferred_name"] = " ".join(called.given) or called.whole
    born, year = day_of(patient.birthDate), year_of(patient.birthDate)
    if born is not None and language in table.second_id:
        day = format_date(born, "long", locale=Locale.parse(language, sep="-"))
        found["second_id"] = table.second_id[language].replace("{birth_date}", day)
    if born is not None and on is not None and born <= on:
        found["age"] = str(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))
    elif year is not None:
        found["birth_year"] = str(year)
    return found


def clinician(record: Record, references: Iterable[Reference | None]) -> tuple[dict[str, Value], Found | None] | None:
    """The first of several references that names a person, and where that person stands."""
    for reference in references:
        found = record.at(reference)
        if found is not None and isinstance(found.resource, PractitionerRole):
            reference = found.resource.practitioner or reference
            found = record.at(reference) or found
        if found is not None and isinstance(found.resource, Practitioner):
            name = _current(found.resource.name, ("official", "usual", None))
            if name is not None and name.whole:
                return _as_clinician(name), found
        if reference is not None and reference.display:
            return {"name": reference.display}, None
    return None


def _as_clinician(name: HumanName) -> dict[str, Value]:
    known: dict[str, Value] = {"name": name.whole}
    if name.suffix:
        known["credentials"] = ", ".join(name.suffix)
    if name.prefix and name.family:
        known["short"] = f"{' '.join(name.prefix)} {name.family}"
    return known


def _current(names: Iterable[HumanName], uses: tuple[str | None, ...]) -> HumanName | None:
    """The first name of the first use that there is; names that have ended are not used any more."""
    held = [one for one in names if one.period is None or one.period.end is None]
    return next((one for use in uses for one in held if one.use == use), None)


def _language(patient: Patient, known: tuple[str, ...]) -> str:
    """The language that the patient prefers, as the library has it. Without one, English. Raises PatientError."""
    spoken = sorted(patient.communication, key=lambda one: not one.preferred)
    codes = [one.code for one in spoken[0].language.coding if one.code] if spoken else ["en"]
    for code in codes:
        if code in known:
            return code
        if code.split("-")[0] in known:
            return code.split("-")[0]
    hint = "Add it as a file of handouts/language, or give this patient a plan of another language."
    raise PatientError("The content folder lacks the language that this patient prefers.", hint)
