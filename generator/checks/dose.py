"""Doses: complete, sane, and the lowest where an answer takes care.

The usual range is the exercise's own: outside of it warns. The limits are the safety file's: outside of them is
refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from generator.checks.asked import LABELS, Asked
from generator.checks.rule import HOUSE_RULE, Rule
from generator.checks.same import Same
from generator.models.common import Range
from generator.models.exercise import Exercise
from generator.models.plan import Plan
from generator.models.program import Dose
from generator.models.safety import Limits
from generator.models.selection import Finding

SECONDS = frozenset({"hold_s", "time_s", "rest_s"})
LOWERED = ("sets", "reps", "hold_s", "time_s", "effort_rpe", "per_week", "rest_s")
NEEDED = {"reps": ("reps",), "hold": ("reps", "hold_s"), "time": ("time_s",)}
ALWAYS_NEEDED = ("sets", "per_week", "effort_rpe", "weeks")  # where the exercise has them
UNUSED = {"reps": ("time_s",), "hold": ("time_s",), "time": ("reps", "hold_s")}
STRENGTH_DAYS = 3  # the most days of a week that leave a rest day between any two

OUTSIDE_LIMIT = Rule(
    "D01",
    "error",
    "No dose lies outside the limits of the safety file.",
    "Beyond them a slip of the keyboard is likelier than a prescription.",
    HOUSE_RULE,
)
OUTSIDE_USUAL = Rule(
    "D02",
    "warning",
    "A dose usually lies within the exercise's own range.",
    "The range is what the exercise was written for; outside of it the clinician should mean it.",
    "garber-2011; else a house rule that a clinician must confirm.",
)
MISSING = Rule(
    "D03",
    "error",
    "A dose says how many, how long, how often, how hard and for how many weeks.",
    "A patient cannot follow a dose with a gap.",
    HOUSE_RULE,
)
NOT_USED = Rule(
    "D04",
    "error",
    "A dose gives no field that its kind of exercise does not use.",
    "Reps of a timed exercise, or a time for counted reps, contradict each other on the sheet.",
    HOUSE_RULE,
)
OVER_TIME = Rule(
    "D05",
    "error",
    "Sets times work time stays within the exercise's limit for one side.",
    "More rolling is not better, and may bruise.",
    "behm-2020; bartsch-2021.",
)
NEEDS_SIDE = Rule(
    "D06",
    "error",
    "An exercise for one side at a time names its side.",
    "The steps and the picture follow the side.",
    HOUSE_RULE,
)
TAKES_NO_SIDE = Rule(
    "D07",
    "error",
    "An exercise for both sides names no side.",
    "A side that the steps do not mention confuses.",
    HOUSE_RULE,
)
DAYS_IN_A_ROW = Rule(
    "D08",
    "warning",
    "Strength work skips a day between sessions.",
    "Muscles need a day of rest between strength sessions.",
    "garber-2011.",
)
LOWERED_DOSE = Rule(
    "S12",
    "warning",
    "A dose above the lowest stays only with a written reason where an answer takes care.",
    "The lowest dose is the safe start; who wants more says why.",
    HOUSE_RULE,
)
REASONED_DOSE = Rule(
    "S13",
    "note",
    "A dose that stays above the lowest is reported with its reason.",
    "The record shows who decided it, and why.",
    HOUSE_RULE,
)
RULES = (
    OUTSIDE_LIMIT,
    OUTSIDE_USUAL,
    MISSING,
    NOT_USED,
    OVER_TIME,
    NEEDS_SIDE,
    TAKES_NO_SIDE,
    DAYS_IN_A_ROW,
    LOWERED_DOSE,
    REASONED_DOSE,
)


def lowest_dose(asked: Asked, *, reasoned: bool = False) -> Dose:
    """The lowest dose of the exercise's own ranges: low ends, and the high end of rest.

    What the plan gives stays where it is no more than that. reasoned: all that the plan gives stays.
    """
    dose = asked.dose
    values: dict[str, Range | None] = {}
    for field in LOWERED:
        usual, given = asked.exercise.usual_range(field), getattr(dose, field)
        in_plan = field in asked.prescribed.model_fields_set
        if in_plan and (reasoned or given is None or (usual is not None and _no_more(field, given, usual))):
            continue
        values[field] = None if usual is None else _lowest(field, usual)
    if dose.times_a_day is not None and dose.times_a_day.high > 1 and not reasoned:
        values["times_a_day"] = None
    return replace(dose, **values)  # type: ignore[arg-type]


def _lowest(field: str, usual: Range) -> Range:
    end = usual.high if field == "rest_s" else usual.low
    return Range(end, end)


def _no_more(field: str, given: Range, usual: Range) -> bool:
    return given.low >= usual.high if field == "rest_s" else given.high <= usual.low


def check_lowered(asked: Asked, dose: Dose, plan: Plan) -> Iterator[Finding]:
    """Findings about a plan's dose where an answer takes care. dose: what prints."""
    lowest = lowest_dose(asked)
    for number, reason in enumerate(plan.dose_reasons):
        if reason.exercise == asked.id and dose != lowest:
            message = f"The dose of {asked.id} stays above the lowest."
            hint = f"By {reason.by or plan.clinician.full}: {reason.reason}"
            yield REASONED_DOSE.found(message, hint=hint, place=plan.places.at("dose_reasons", number))
            return
    wanted = asked.dose
    for field in (*LOWERED, "times_a_day"):
        if field in asked.prescribed.model_fields_set and getattr(wanted, field) != getattr(dose, field):
            label = LABELS.get(field, "Times a day")
            message = f"{label} of {asked.id}: the lowest dose prints instead of the plan's."
            hint = "To keep it, write down why under dose_reasons."
            yield LOWERED_DOSE.found(message, hint=hint, place=asked.place(field))


def check_limits(asked: Asked, limits: Limits) -> Iterator[Finding]:
    """Refusals of the dose that the plan asks for: gaps, contradictions, limits and the side."""
    dose = asked.dose
    given = asked.given
    if given:
        yield from _check_complete(asked, dose)
    for field in given if _usual_holds(Same(asked.exercise), Same(limits)) else LABELS:
        value: Range | None = getattr(dose, field)
        if value is None or field in UNUSED[dose.mode]:
            continue
        limit = limits.of(field, dose.mode, dose.basis)
        if limit is not None and not limit.holds(value):
            message = f"{LABELS[field]} of {asked.id}: outside the limit of {_in_words(limit, field)}."
            yield OUTSIDE_LIMIT.found(message, hint="Check the number.", place=asked.place(field))
    most = asked.exercise.dosage.limit_s
    if most is not None and dose.sets and dose.time_s and dose.sets.high * dose.time_s.high > most:
        message = f"Sets times time of {asked.id}: above {most} seconds a side."
        place = asked.place("time_s" if "time_s" in asked.prescribed.model_fields_set else "sets")
        yield OVER_TIME.found(message, hint="Use fewer sets or less time.", place=place)
    yield from _check_side(asked)


@lru_cache(maxsize=1024)
def _usual_holds(exercise: Same[Exercise], limits: Same[Limits]) -> bool:
    """True if an exercise's own ranges lie within the limits, so that only what a plan gives need be looked at."""
    dosage = exercise.one.dosage
    pairs = [(exercise.one.usual_range(field), limits.one.of(field, dosage.mode, dosage.basis)) for field in LABELS]
    return all(limit.holds(usual) for usual, limit in pairs if usual is not None and limit is not None)


def _check_complete(asked: Asked, dose: Dose) -> Iterator[Finding]:
    for field in (*NEEDED[dose.mode], *ALWAYS_NEEDED):
        missing = getattr(dose, field) is None
        if missing and (field in NEEDED[dose.mode] or asked.exercise.usual_range(field) is not None):
            message = f"{LABELS[field]} of {asked.id}: missing."
            hint = "Give a number, or leave the field out to use the usual dose."
            yield MISSING.found(message, hint=hint, place=asked.place(field))
    for field in UNUSED[dose.mode]:
        if getattr(dose, field) is not None:
            message = f"{LABELS[field]} of {asked.id}: an exercise of mode {dose.mode} does not use it."
            yield NOT_USED.found(message, hint="Take the field out.", place=asked.place(field))


def _check_side(asked: Asked) -> Iterator[Finding]:
    sided = asked.exercise.laterality == "each-side"
    if sided and asked.prescribed.side is None:
        hint = "Add side: left, right or both."
        yield NEEDS_SIDE.found(f"{asked.id} needs a side.", hint=hint, place=asked.place("side"))
    if not sided and asked.prescribed.side is not None:
        message = f"{asked.id} takes no side: it works both."
        yield TAKES_NO_SIDE.found(message, hint="Take side out.", place=asked.place("side"))


def check_usual(asked: Asked, dose: Dose) -> Iterator[Finding]:
    """Warnings about the dose that prints: about what the plan gives, since the rest comes from the usual ranges."""
    for field in asked.given:
        value: Range | None = getattr(dose, field)
        usual = asked.exercise.usual_range(field) if value is not None else None
        if value is None or usual is None or usual.holds(value):
            continue
        if field == "weeks" and value.high <= usual.high:
            continue  # to look at it sooner is no risk
        message = f"{LABELS[field]} of {asked.id}: outside the usual {_in_words(usual, field)}."
        yield OUTSIDE_USUAL.found(message, hint="Keep it only if you mean it.", place=asked.place(field))
    if dose.basis == "strength" and dose.per_week is not None and dose.per_week.high > STRENGTH_DAYS:
        message = f"Days a week of {asked.id}: strength work on days in a row."
        yield DAYS_IN_A_ROW.found(message, hint="Leave a rest day between.", place=asked.place("per_week"))


def _in_words(span: Range, field: str) -> str:
    unit = " seconds" if field in SECONDS else ""
    return f"{span.low}{unit}" if span.single else f"{span.low} to {span.high}{unit}"
