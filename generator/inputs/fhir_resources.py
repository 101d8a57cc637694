"""The part of FHIR R4 (4.0.1) that a plan is made from, as types: https://hl7.org/fhir/R4/.

Servers add much that no plan needs, so other elements are let pass. What is read here must be what FHIR says it is.
Whole libraries of FHIR types check every element of a resource and take longer to import than a pack to make.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from generator.models.common import read_yes_no

_DAY = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?$")

Unit = Literal["s", "min", "h", "d", "wk", "mo", "a"]
YesNo = Annotated[bool, BeforeValidator(read_yes_no)]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Part(BaseModel):
    """Base of all elements: what no plan needs is let pass."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True, str_strip_whitespace=True)


class Coding(Part):
    system: str | None = None
    code: str | None = None
    display: str | None = None


class Concept(Part):
    """CodeableConcept."""

    coding: tuple[Coding, ...] = ()
    text: str | None = None

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """System and code of each coding that has both."""
        return tuple((one.system, one.code) for one in self.coding if one.system and one.code)

    @property
    def words(self) -> tuple[str, ...]:
        """All texts that say what is meant."""
        return tuple(filter(None, (self.text, *(one.display for one in self.coding))))


class Period(Part):
    start: str | None = None
    end: str | None = None


class Quantity(Part):
    value: float
    unit: str | None = None
    code: str | None = None


class Range(Part):
    low: Quantity
    high: Quantity


class Reference(Part):
    reference: str | None = None
    display: str | None = None


class Identifier(Part):
    system: str | None = None
    value: str | None = None
    use: str | None = None
    type: Concept | None = None
    period: Period | None = None


class HumanName(Part):
    use: str | None = None
    text: str | None = None
    family: str | None = None
    given: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()
    suffix: tuple[str, ...] = ()
    period: Period | None = None

    @property
    def whole(self) -> str:
        """Given names and family name."""
        return " ".join((*self.given, self.family or "")).strip() or (self.text or "")


class Repeat(Part):
    """Timing.repeat."""

    boundsDuration: Quantity | None = None
    boundsRange: Range | None = None
    boundsPeriod: Period | None = None
    count: int | None = None
    duration: float | None = None
    durationMax: float | None = None
    durationUnit: Unit | None = None
    frequency: int | None = Field(None, ge=1)
    frequencyMax: int | None = Field(None, ge=1)
    period: float | None = Field(None, gt=0)
    periodMax: float | None = None
    periodUnit: Unit | None = None
    dayOfWeek: tuple[Weekday, ...] = ()
    timeOfDay: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    offset: int | None = None


class Timing(Part):
    event: tuple[str, ...] = ()
    repeat: Repeat | None = None
    code: Concept | None = None


class Resource(Part):
    resourceType: str
    id: str | None = None


class Communication(Part):
    language: Concept
    preferred: YesNo = False


class Patient(Resource):
    active: YesNo = True
    deceasedBoolean: YesNo = False
    deceasedDateTime: str | None = None
    identifier: tuple[Identifier, ...] = ()
    name: tuple[HumanName, ...] = ()
    birthDate: str | None = None
    communication: tuple[Communication, ...] = ()


class Qualification(Part):
    code: Concept


class Practitioner(Resource):
    name: tuple[HumanName, ...] = ()
    qualification: tuple[Qualification, ...] = ()


class PractitionerRole(Resource):
    practitioner: Reference | None = None


class Goal(Resource):
    lifecycleStatus: str | None = None
    subject: Reference | None = None
    description: Concept | None = None


class ActivityDetail(Part):
    """CarePlan.activity.detail: an activity that has no resource of its own."""

    code: Concept | None = None
    status: str | None = None
    doNotPerform: YesNo = False
    scheduledTiming: Timing | None = None
    scheduledPeriod: Period | None = None
    scheduledString: str | None = None


class PlannedActivity(Part):
    """CarePlan.activity."""

    detail: ActivityDetail | None = None
    reference: Reference | None = None


class CarePlan(Resource):
    status: str | None = None
    intent: str | None = None
    category: tuple[Concept, ...] = ()
    subject: Reference | None = None
    period: Period | None = None
    created: str | None = None
    author: Reference | None = None
    goal: tuple[Reference, ...] = ()
    activity: tuple[PlannedActivity, ...] = ()


class ServiceRequest(Resource):
    status: str | None = None
    intent: str | None = None
    category: tuple[Concept, ...] = ()
    doNotPerform: YesNo = False
    code: Concept | None = None
    orderDetail: tuple[Concept, ...] = ()
    subject: Reference | None = None
    occurrenceDateTime: str | None = None
    occurrencePeriod: Period | None = None
    occurrenceTiming: Timing | None = None
    asNeededBoolean: YesNo = False
    authoredOn: str | None = None
    requester: Reference | None = None
    bodySite: tuple[Concept, ...] = ()
    patientInstruction: str | None = None


TYPES: dict[str, type[Resource]] = {
    one.__name__: one for one in (Patient, Practitioner, PractitionerRole, Goal, CarePlan, ServiceRequest)
}
"""Resources that are read; all others are let pass."""


def day_of(moment: str | None) -> date | None:
    """The day of a FHIR date or dateTime that names one; None for a year or month alone, or no date at all."""
    found = _DAY.match(moment or "")
    if found is None or found[3] is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def year_of(moment: str | None) -> int | None:
    """The year of a FHIR date."""
    found = _DAY.match(moment or "")
    return int(found[1]) if found else None
