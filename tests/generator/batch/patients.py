"""Rosters of invented patients, each field of each patient unlike anybody else's."""

from __future__ import annotations

import itertools
from datetime import date
from functools import lru_cache
from typing import Any

from generator.load.digest import content_hash
from generator.load.poses import Poses
from generator.models.places import Places
from generator.models.plan import Plan
from generator.models.roster import Roster
from generator.pipeline import Options, Workshop
from tests.packs import CONTENT, library

AS_OF = date(2026, 11, 24)
KEY = b"a key for tests, long enough to be one"
GIVEN = ("Maya", "Łukasz", "Zoë", "Nguyễn", "Жанна", "Omar", "Siobhán", "Kaʻiulani")


def token(number: int, field: str) -> str:
    """A word that only one field of one patient has."""
    return f"Qx{number:04}{field}Zj"


def patient(number: int, **fields: Any) -> Plan:
    """A plan with a token in each of its words, that passes the gates."""
    ids = itertools.cycle(sorted(library().exercises))
    exercises = []
    for id in itertools.islice(ids, number * 2 % 45, number * 2 % 45 + 2):
        sided = library().exercises[id].laterality == "each-side"
        side = {"side": ("left", "right", "both")[number % 3]} if sided else {}
        exercises.append({"id": id, "note": f"Slowly {token(number, id[:2])}.", **side})
    values: dict[str, Any] = {
        "id": f"MRN-{number:05}",
        "name": f"{GIVEN[number % len(GIVEN)]} {token(number, 'name')}",
        "second_id": f"Chart {token(number, 'second')}",
        "age": 40,
        "clinician": {"name": f"Sam {token(number, 'clinician')}", "credentials": "DC"},
        "date": "2026-11-23",
        "summary": f"Sore knee {token(number, 'summary')}.",
        "why": f"You told us about {token(number, 'why')}. We train your legs, step by step.",
        "goals": [f"Walk {token(number, 'goalone')}", f"Climb {token(number, 'goaltwo')}"],
        "exercises": exercises,
        "screened": {"by": "Sam Keller", "date": "2026-11-23", "all_others": "no"},
    }
    plan = Plan.model_validate({**values, **fields})
    return plan.placed(Places("roster.jsonl", (number + 1, {})))


def tokens_of(plan: Plan) -> tuple[str, ...]:
    """The tokens of a patient's printed fields."""
    words = [plan.name, plan.second_id or "", plan.clinician.name, plan.summary or "", plan.why or "", *plan.goals]
    words += [exercise.note or "" for exercise in plan.exercises]
    return tuple(word.strip(".") for text in words for word in text.split() if word.startswith("Qx"))


def roster(count: int) -> Roster:
    """So many patients, over all exercises."""
    return Roster(tuple(patient(number) for number in range(count)))


def quick_roster(count: int) -> Roster:
    """So many patients with one exercise, which a worker of its own process has soon drawn."""
    return Roster(tuple(patient(number, exercises=[{"id": "cat-cow"}]) for number in range(count)))


@lru_cache
def shared_hash() -> str:
    """Hash of the content that ships."""
    return content_hash(CONTENT)


def shop(**options: Any) -> Workshop:
    """A workshop with nothing drawn yet."""
    return Workshop(library(), Options(AS_OF, draft=True, **options), shared_hash(), Poses(library()))


@lru_cache
def kept_shop() -> Workshop:
    """One workshop for many runs, so that what packs share is drawn once."""
    return shop()
