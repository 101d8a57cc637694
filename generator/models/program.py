"""What is prescribed: exercises with doses, and ready-made selections of them."""

from typing import Literal, Self

from pydantic import Field, model_validator

from generator.models.common import Frozen, Https, Id, Line, Name, Note, Range, Review, Sentence, Span
from generator.models.exercise import Basis, Exercise, Mode
from generator.values import dataclass

DOSE_FIELDS = ("sets", "reps", "hold_s", "time_s", "rest_s", "effort_rpe", "per_week", "tempo", "weeks")


class PrescribedExercise(Frozen):
    """An exercise for one patient. A dose field that is not given comes from the exercise's own usual dose."""

    id: Id = Field(description="Exercise of the library.")
    sets: Span | None = Field(None, description="Sets in a session.")
    reps: Span | None = Field(None, description="Reps in a set.")
    hold_s: Span | None = Field(None, description="Seconds held in each rep.")
    time_s: Span | None = Field(None, description="Seconds of work in each set.")
    rest_s: Span | None = Field(None, description="Seconds of rest between sets.")
    effort_rpe: Span | None = Field(None, description="Effort from 0 (rest) to 10 (all-out).")
    per_week: Span | None = Field(None, description="Days a week.")
    tempo: Line | None = Field(None, description="Pace in words.")
    weeks: Span | None = Field(None, description="Weeks before it is looked at again.")
    load: Name | None = Field(None, description='Weight or band, such as "green band".')
    side: Literal["left", "right", "both"] | None = Field(None, description="For an each-side exercise.")
    times_a_day: Span | None = Field(None, description="Times on each of its days.")
    when: Name | None = Field(None, description='Time of day or occasion, such as "Before exercise".')
    optional: bool = Field(False, description="true: the log says that it is optional.")
    note: Note | None = Field(None, description="The clinician's own words, at most 300 characters.")
    video: Https | None = Field(None, description="Address of a video for this patient, instead of the exercise's.")
    order: int | None = Field(None, ge=1, le=20, description="Place on the sheet; without it, by body position.")


@dataclass(frozen=True, slots=True)
class Dose:
    """What is prescribed of one exercise, all fields filled. Ranges in seconds (_s), days a week, weeks, 0 to 10."""

    basis: Basis
    mode: Mode
    sets: Range | None
    reps: Range | None
    hold_s: Range | None
    time_s: Range | None
    rest_s: Range | None
    effort_rpe: Range | None
    per_week: Range | None
    tempo: str | None
    weeks: Range | None
    load: str | None = None
    times_a_day: Range | None = None
    when: str | None = None
    optional: bool = False


def dosage_of(prescribed: PrescribedExercise, exercise: Exercise) -> Dose:
    """The dose: what the plan gives (also an explicit null) wins, the rest comes from the exercise's usual dose."""
    usual, given = exercise.dosage, prescribed.model_fields_set
    values = {
        field: getattr(prescribed, field) if field in given else getattr(usual, field)
        for field in DOSE_FIELDS
        if field != "weeks"
    }
    return Dose(
        basis=usual.basis,
        mode=usual.mode,
        weeks=prescribed.weeks if "weeks" in given else exercise.weeks,
        load=prescribed.load,
        times_a_day=prescribed.times_a_day,
        when=prescribed.when,
        optional=prescribed.optional,
        **values,
    )


class Program(Frozen):
    """A ready-made selection that a plan can start from and override."""

    id: Id = Field(description="Name of its file, unique over all content.")
    name: Name = Field(description="As `handouts list programs` shows it.")
    description: Sentence = Field(description="What it does.")
    for_whom: Sentence = Field(description="Whom it suits, for the clinician.")
    version: int = Field(1, ge=1, le=9999, description="Goes up with any change.")
    reviewed: Review | None = Field(None, description="null: nobody has signed it off; it is a draft.")
    exercises: tuple[PrescribedExercise, ...] = Field(min_length=1, max_length=12, description="Exercises with doses.")
    handouts: tuple[Id, ...] = Field((), max_length=6, description="Handouts that belong to it.")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        ids = [prescribed.id for prescribed in self.exercises]
        if len(set(ids)) < len(ids):
            raise ValueError("lists an exercise twice")
        return self
