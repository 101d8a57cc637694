"""The exercise sheet as a whole: how many exercises it holds, and in which order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.checks.rule import HOUSE_RULE, Rule
from generator.models.exercise import Position
from generator.models.plan import Plan
from generator.models.safety import ExerciseCount
from generator.models.selection import Finding, Kept

# From standing down to the floor, so that a patient changes position as seldom as can be.
POSITIONS: tuple[Position, ...] = ("standing", "seated", "quadruped", "supine", "side-lying", "prone")

MANY = Rule(
    "K01",
    "warning",
    "A sheet holds few exercises.",
    "Patients do less of a long plan than of a short one.",
    HOUSE_RULE,
)
TOO_MANY = Rule(
    "K02",
    "error",
    "A sheet holds no more exercises than the safety file allows.",
    "Nobody keeps up a plan of that length.",
    HOUSE_RULE,
)
NOTHING_ASKED = Rule(
    "K03",
    "error",
    "A plan asks for an exercise or a handout.",
    "Without either there is nothing to print, and no part of the body to choose warning signs for.",
    HOUSE_RULE,
)
RULES = (MANY, TOO_MANY, NOTHING_ASKED)


def check_count(count: int, limits: ExerciseCount, plan: Plan) -> Iterator[Finding]:
    """Findings about the number of exercises that print."""
    place = plan.places.at("exercises")
    if count > limits.refuse_above:
        message = f"{count} exercises: a sheet holds {limits.refuse_above} at most."
        yield TOO_MANY.found(message, hint="Take some out, or make a second plan.", place=place)
    elif count > limits.warn_above:
        message = f"{count} exercises: more than {limits.warn_above} are seldom done."
        yield MANY.found(message, hint="Keep those that matter most.", place=place)


def in_order(kept: Sequence[Kept]) -> tuple[Kept, ...]:
    """The order of the sheet: warm-up first, then by body position; an exercise with an order of its own goes there.

    Equal orders, and an order beyond the end of the sheet, keep the plan's sequence.
    """
    free = [one for one in kept if one.prescribed.order is None]
    free.sort(key=lambda one: (one.dose.basis != "warm-up", POSITIONS.index(one.exercise.position)))
    placed = sorted(
        (one for one in kept if one.prescribed.order is not None), key=lambda one: one.prescribed.order or 0
    )
    for one in placed:
        free.insert((one.prescribed.order or 1) - 1, one)
    return tuple(free)
