"""Patients under 18 need a clinician's look at the plan, since the library is made for adults."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.checks.rule import HOUSE_RULE, Rule
from generator.models.plan import Plan
from generator.models.selection import Finding

ADULT = 18

UNDER_AGE = Rule(
    "A01",
    "error",
    "A plan for a patient under 18 names the clinician who looked at it.",
    "Doses and warning signs of the library are made for adults.",
    HOUSE_RULE,
)
AGE_UNKNOWN = Rule(
    "A02",
    "warning",
    "A plan gives the age or the year of birth.",
    "With an unknown age, the warning signs of children print too, and nobody checks whether the doses fit.",
    HOUSE_RULE,
)
RULES = (UNDER_AGE, AGE_UNKNOWN)


def age_of(plan: Plan, as_of: date) -> int | None:
    """Age in years on a day, None if unknown. From a year of birth alone: the youngest that it can be."""
    if plan.age is not None:
        return plan.age
    return None if plan.birth_year is None else as_of.year - plan.birth_year - 1


def check_age(plan: Plan, as_of: date) -> Iterator[Finding]:
    """Findings about the patient's age."""
    age = age_of(plan, as_of)
    if age is None:
        hint = "Add age or birth_year; neither is printed."
        yield AGE_UNKNOWN.found("The plan has no age.", hint=hint, place=plan.places.at())
    elif age < ADULT and plan.age_review is None:
        message = "The patient is or may be under 18, and no clinician has confirmed an age-specific review."
        hint = "Add who looked at it, and when, under age_review."
        key = "age" if plan.age is not None else "birth_year"
        yield UNDER_AGE.found(message, hint=hint, place=plan.places.at(key))
