"""What was ordered: service requests and the activities of care plans, in one form, those that still hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import field

from generator.errors import Place
from generator.inputs.codes import Codes
from generator.inputs.fhir_files import Found, Record
from generator.inputs.fhir_resources import (
    ActivityDetail,
    CarePlan,
    Concept,
    Period,
    Reference,
    ServiceRequest,
    Timing,
)
from generator.models.codes import activity_key
from generator.values import dataclass

ORDERS = frozenset({"plan", "order", "original-order", "reflex-order", "filler-order", "instance-order", "directive"})
OPEN_ACTIVITIES = frozenset({"not-started", "scheduled", "in-progress"})
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Request:
    """One thing that was ordered for a patient. subject: reference of the patient. Texts are the patient's: no repr."""

    place: Place
    subject: str = field(repr=False)
    code: Concept = field(repr=False)
    categories: tuple[Concept, ...] = field(default=(), repr=False)
    details: tuple[Concept, ...] = field(default=(), repr=False)
    sites: tuple[Concept, ...] = field(default=(), repr=False)
    timing: Timing | None = field(default=None, repr=False)
    period: Period | None = field(default=None, repr=False)
    free_timing: bool = False
    instruction: str | None = field(default=None, repr=False)
    authored: str | None = None
    starts: str | None = None
    requesters: tuple[Reference | None, ...] = field(default=(), repr=False)
    goals: tuple[Reference, ...] = field(default=(), repr=False)


@dataclass(slots=True)
class Orders:
    """requests: about exercises, in the order of the files. closed: how many no longer hold. left_out: what is about
    something else, by its code or "" for words alone."""

    requests: list[Request] = field(default_factory=list)
    closed: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


def orders_in(record: Record, codes: Codes) -> Orders:
    """All that the record orders."""
    orders = Orders()
    for found, plan in record.all(CarePlan):
        _take(orders, codes, plan.status == "active" and plan.intent in ORDERS, _planned(found, plan, orders))
    for found, service in record.all(ServiceRequest):
        holds = service.status == "active" and service.intent in ORDERS and not service.doNotPerform
        _take(orders, codes, holds, [_requested(found, service)])
    return orders


def _take(orders: Orders, codes: Codes, holds: bool, requests: Iterator[Request] | list[Request]) -> None:
    for request in requests:
        if not is_about_exercise(request, codes):
            key = next(iter(request.code.keys), None)
            orders.left_out["|".join(key) if key else ""] += 1
        elif holds:
            orders.requests.append(request)
        else:
            orders.closed += 1


def is_about_exercise(request: Request, codes: Codes) -> bool:
    """Whether a request has one of the codes or categories of exercise requests, or means something in the table."""
    generic, specific = keys_of(request, codes)
    keys = {key for concept in (request.code, *request.categories) for key in concept.keys}
    return not codes.requests.isdisjoint(keys) or bool(codes.meant_by((*generic, *specific)))


def keys_of(request: Request, codes: Codes) -> tuple[list[Key], list[Key]]:
    """What a request may be found by in the table: what many requests share, and what is its own."""
    shared = [one for one in request.code.coding if (one.system, one.code) in codes.requests]
    shared_words = {" ".join((one.display or "").casefold().split()) for one in shared}
    generic = [(one.system or "", one.code or "") for one in shared]
    generic += [key for concept in request.categories for key in concept.keys]
    specific: list[Key] = []
    for concept in (*request.details, request.code):
        specific += [key for key in concept.keys if key not in codes.requests]
        for words in concept.words:
            key = activity_key(None, None, words)
            (generic if key[1] in shared_words else specific).append(key)
    return generic, specific


def _planned(found: Found, plan: CarePlan, orders: Orders) -> Iterator[Request]:
    """Activities that a care plan holds itself; those that it refers to are read where they stand."""
    for number, activity in enumerate(plan.activity):
        detail = activity.detail
        if detail is None or detail.code is None:
            continue
        if detail.doNotPerform or (detail.status or "in-progress") not in OPEN_ACTIVITIES:
            orders.closed += 1
            continue
        yield _activity(found, plan, detail, number)


def _activity(found: Found, plan: CarePlan, detail: ActivityDetail, number: int) -> Request:
    key = ".".join(filter(None, (found.place.key, f"activity.{number}")))
    return Request(
        Place(found.place.file, found.place.line, key),
        found.subject,
        detail.code or Concept(),
        plan.category,
        timing=detail.scheduledTiming,
        period=detail.scheduledPeriod or plan.period,
        free_timing=detail.scheduledString is not None,
        authored=plan.created or (plan.period.start if plan.period else None),
        starts=plan.period.start if plan.period else None,
        requesters=(plan.author,),
        goals=plan.goal,
    )


def _requested(found: Found, service: ServiceRequest) -> Request:
    period = service.occurrencePeriod
    bounds = service.occurrenceTiming.repeat if service.occurrenceTiming is not None else None
    starts = bounds.boundsPeriod if bounds is not None else None
    return Request(
        found.place,
        found.subject,
        service.code or Concept(),
        service.category,
        service.orderDetail,
        service.bodySite,
        service.occurrenceTiming,
        period,
        service.asNeededBoolean,
        service.patientInstruction,
        service.authoredOn,
        service.occurrenceDateTime or (period.start if period else None) or (starts.start if starts else None),
        (service.requester,),
    )
