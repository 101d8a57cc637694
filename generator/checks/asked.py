"""What a plan asks for, before any gate: its exercises with their library entries and the places where they stand."""

from __future__ import annotations

from functools import lru_cache

from generator.checks.same import Same
from generator.errors import Place
from generator.models.exercise import Exercise
from generator.models.library import Library
from generator.models.plan import Plan
from generator.models.program import DOSE_FIELDS, Dose, PrescribedExercise, Program, dosage_of
from generator.values import dataclass

LABELS = {
    "sets": "Sets",
    "reps": "Reps",
    "hold_s": "Hold",
    "time_s": "Time",
    "rest_s": "Rest",
    "effort_rpe": "Effort",
    "per_week": "Days a week",
    "weeks": "Weeks",
}
"""Names of the dose fields that have a usual range, for messages."""
NOT_USUAL = frozenset({*DOSE_FIELDS, "load", "times_a_day", "when", "optional"})
"""Fields of a plan that change a dose."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One exercise that the plan asks for.

    dose: as the plan wants it, before any answer lowers it. given: dose fields that the plan or its program gives, the
    others being the exercise's own. index: its number in the plan, None where only the program names it.
    """

    prescribed: PrescribedExercise
    exercise: Exercise
    dose: Dose
    given: tuple[str, ...]
    plan: Plan
    index: int | None

    @property
    def id(self) -> str:
        return self.exercise.id

    def place(self, key: str = "id") -> Place:
        """Where a field of it stands; the name of the program where the plan itself says nothing of it."""
        path = ("program",) if self.index is None else ("exercises", self.index, key)
        return self.plan.places.at(*path)


def program_of(plan: Plan, library: Library) -> Program | None:
    """The program that the plan starts from."""
    return library.programs[plan.program] if plan.program is not None else None


def asked_by(plan: Plan, library: Library) -> tuple[Asked, ...]:
    """The exercises of the plan and its program, in their order. All ids must exist, as the loader sees to."""
    index = {own.id: number for number, own in enumerate(plan.exercises)}
    prescribed = plan.prescribed(program_of(plan, library))
    return tuple(_asked(one, library.exercises[one.id], plan, index.get(one.id)) for one in prescribed)


def _asked(prescribed: PrescribedExercise, exercise: Exercise, plan: Plan, index: int | None) -> Asked:
    given = prescribed.model_fields_set
    if NOT_USUAL.isdisjoint(given):
        return Asked(prescribed, exercise, _usual_dose(Same(exercise)), (), plan, index)
    fields = tuple([field for field in LABELS if field in given])
    return Asked(prescribed, exercise, dosage_of(prescribed, exercise), fields, plan, index)


@lru_cache(maxsize=1024)
def _usual_dose(exercise: Same[Exercise]) -> Dose:
    """The dose of an exercise of which a plan says nothing; many plans share it."""
    return dosage_of(PrescribedExercise(id=exercise.one.id), exercise.one)
