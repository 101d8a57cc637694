"""One patient's plan: all that a pack is made from, besides the library."""

import datetime
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PrivateAttr, StringConstraints, model_validator

from generator.models.common import (
    FileName,
    Frozen,
    Https,
    Id,
    IsoDate,
    LanguageCode,
    Line,
    Name,
    Note,
    Passage,
    Reason,
    TimeOfDay,
    YesNo,
)
from generator.models.places import Places
from generator.models.program import PrescribedExercise, Program

PlanId = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^\s](.*[^\s])?$")]
Email = Annotated[str, StringConstraints(min_length=3, max_length=254, pattern=r"^[^\s@,;<>\"()]+@[^\s@,;<>\"()]+$")]
Goal = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\n\r]*$")]


class Clinician(Frozen):
    """Who made the plan."""

    name: Name = Field(description="Full name.")
    credentials: Name | None = Field(None, description="Letters after the name, such as DC or PT.")
    short: Name | None = Field(None, description="As the patient says it, such as Dr. Keller.")

    @property
    def full(self) -> str:
        """Name with credentials."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name

    @property
    def called(self) -> str:
        """As the patient says it; the full name if nothing shorter is given."""
        return self.short or self.name


class NextVisit(Frozen):
    """The next appointment."""

    date: IsoDate = Field(description="Day, YYYY-MM-DD.")
    time: TimeOfDay | None = Field(None, description="Time, such as 9:30 or 2:15 pm.")
    with_whom: Name | None = Field(None, description="Who sees the patient; the plan's clinician if not given.")
    bring: Line | None = Field(None, description="What to bring; the language's own line if not given.")


class InsertFile(Frozen):
    """Pages of the clinic's own, merged into the pack."""

    file: FileName = Field(description="PDF file, relative to the plan file or the content folder.")
    place: Literal["front", "end", "after"] = Field("end", description="Where its pages go.")
    sheet: Id | None = Field(None, description="place: after only. The sheet that it follows, such as exercises.")
    describes: Line | None = Field(None, description="What it is, for the bookmark and for readers who cannot see it.")

    @model_validator(mode="after")
    def _after_names_a_sheet(self) -> Self:
        if (self.place == "after") != (self.sheet is not None):
            raise ValueError("names a sheet if its place is after, and only then")
        return self


class EmailConsent(Frozen):
    """Where the pack may be mailed, and what the patient agreed to. Without consent nothing is mailed."""

    address: Email = Field(description="One address.")
    consent: YesNo = Field(False, description="yes: the patient agreed to get it by email.")
    date: IsoDate | None = Field(None, description="Day of the consent, YYYY-MM-DD.")
    how: Line | None = Field(None, description="How it was given, such as signed form.")
    unencrypted_warning_noted: YesNo = Field(False, description="yes: told that plain email can be read by others.")
    encrypted: YesNo = Field(False, description="yes: the file is locked with a passphrase that is told by phone.")

    @model_validator(mode="after")
    def _consent_has_a_date(self) -> Self:
        if self.consent and self.date is None:
            raise ValueError("has a consent but no date of it")
        return self


class Screening(Frozen):
    """Who asked the safety questions, when, and what the patient said. What is not listed is unanswered."""

    by: Name = Field(description="Who asked.")
    date: IsoDate = Field(description="When, YYYY-MM-DD.")
    yes: tuple[Id, ...] = Field((), max_length=60, description="Safety tags answered yes.")
    unknown: tuple[Id, ...] = Field((), max_length=60, description="Safety tags that stay unknown; they count as yes.")
    all_others: Literal["no"] | None = Field(None, description="no: all other questions were asked and denied.")


class Flags(Frozen):
    """Facts of the plan that change what the safety rules do."""

    bands_latex_free: YesNo = Field(False, description="yes: the bands given out hold no latex.")


class Restored(Frozen):
    """An exercise that a named clinician puts back although a safety tag drops it."""

    exercise: Id = Field(description="Exercise of the plan.")
    by: Name | None = Field(None, description="Name of the clinician; without it the exercise stays out.")
    reason: Reason | None = Field(None, description="Why; without it the exercise stays out.")
    date: IsoDate | None = Field(None, description="When, YYYY-MM-DD.")


class DoseReason(Frozen):
    """Why a dose stays above the lowest although a safety tag asks for caution."""

    exercise: Id = Field(description="Exercise of the plan.")
    reason: Reason = Field(description="Why.")
    by: Name | None = Field(None, description="Name of the clinician, if not the plan's.")


class AgeReview(Frozen):
    """A named clinician looked at the plan of a patient under 18."""

    by: Name = Field(description="Name of the clinician.")
    date: IsoDate = Field(description="When, YYYY-MM-DD.")


class Plan(Frozen):
    """One patient's plan."""

    id: PlanId = Field(description="Record number or other key of this plan; never printed and never in a file name.")
    second_id: Name | None = Field(None, description='Second identifier as printed, such as "Born May 14, 1987".')
    name: Name = Field(description="Full name of the patient.")
    preferred_name: Name | None = Field(None, description="As the pack addresses the patient; else the first word.")
    age: int | None = Field(None, ge=0, le=125, description="Age in years; not printed.")
    birth_year: int | None = Field(None, ge=1880, le=2200, description="Year of birth, instead of the age.")
    language: LanguageCode = Field("en", description="Language of the pack's fixed words.")
    clinician: Clinician = Field(description="Who made the plan.")
    date: IsoDate = Field(description="Day of the plan, YYYY-MM-DD.")
    start_date: IsoDate | None = Field(None, description="First day of the log, YYYY-MM-DD; else the day of the plan.")
    summary: Line | None = Field(None, description='Line below the title, such as "Sore right knee. Your first weeks."')
    why: Passage | None = Field(None, description="Why the patient does this; at most 60 words fit well.")
    goals: tuple[Goal, ...] = Field((), max_length=3, description="The patient's own goals, three at most.")
    handouts: tuple[Id, ...] = Field((), max_length=6, description="Handouts of the library.")
    program: Id | None = Field(None, description="Ready-made selection that the plan starts from.")
    without: tuple[Id, ...] = Field((), description="Exercises of the program to leave out.")
    exercises: tuple[PrescribedExercise, ...] = Field(
        (), max_length=40, description="Exercises; those of the program with the same id are changed, others added."
    )
    notes: tuple[Note, ...] = Field((), max_length=6, description="The clinician's own words for the whole plan.")
    next_visit: NextVisit | None = Field(None, description="The next appointment.")
    layout: Id | None = Field(None, description="Layout of the pages; standard if not given.")
    brand: Id | None = Field(None, description="Brand; the content folder's only one, or that of the command line.")
    paper: Literal["letter", "a4"] | None = Field(None, description="Paper; that of the command line if not given.")
    videos: Https | None = Field(None, description="Address behind the code on the first page, instead of the brand's.")
    inserts: tuple[InsertFile, ...] = Field((), max_length=10, description="Pages of the clinic's own.")
    email: EmailConsent | None = Field(None, description="Where the pack may be mailed.")
    screened: Screening | None = Field(None, description="The safety questions; no pack is made without them.")
    flags: Flags = Field(default_factory=Flags, description="Facts that change what the safety rules do.")
    restored: tuple[Restored, ...] = Field((), description="Exercises put back by a named clinician.")
    dose_reasons: tuple[DoseReason, ...] = Field((), description="Why a dose stays above the lowest.")
    age_review: AgeReview | None = Field(None, description="Under 18 only: who looked at it.")

    _places: Places = PrivateAttr(default_factory=lambda: Places(""))

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.age is not None and self.birth_year is not None:
            raise ValueError("has both an age and a birth year: give one")
        ids = [prescribed.id for prescribed in self.exercises]
        if len(set(ids)) < len(ids):
            raise ValueError("lists an exercise twice")
        if self.without and self.program is None:
            raise ValueError("leaves exercises out but starts from no program")
        return self

    @property
    def places(self) -> Places:
        """Where the plan's values stand."""
        return self._places

    @property
    def first_name(self) -> str:
        """As the pack addresses the patient."""
        return self.preferred_name or self.name.split()[0]

    @property
    def first_day(self) -> datetime.date:
        """First day of the log."""
        return self.start_date or self.date

    @classmethod
    def read(cls, value: Mapping[str, Any], places: Places) -> Self:
        """The plan that a value holds, knowing where its values stand. Raises pydantic's ValidationError."""
        plan = cls.model_validate(value)
        plan._places = places
        return plan

    def placed(self, places: Places) -> Self:
        """The same plan, knowing where its values stand."""
        copy = self.model_copy()
        copy._places = places
        return copy

    def prescribed(self, program: Program | None) -> tuple[PrescribedExercise, ...]:
        """The plan's exercises: the program's, changed and left out as the plan says, then the plan's own."""
        own = {prescribed.id: prescribed for prescribed in self.exercises}
        start = program.exercises if program is not None else ()
        merged = [
            _changed(prescribed, own.pop(prescribed.id, None))
            for prescribed in start
            if prescribed.id not in self.without
        ]
        return (*merged, *own.values())

    def all_handouts(self, program: Program | None) -> tuple[str, ...]:
        """Ids of the program's handouts and the plan's own, each once."""
        return tuple(dict.fromkeys((*(program.handouts if program is not None else ()), *self.handouts)))


def _changed(prescribed: PrescribedExercise, change: PrescribedExercise | None) -> PrescribedExercise:
    """A program's exercise with what the plan gives for it."""
    if change is None:
        return prescribed
    given = {field: getattr(change, field) for field in change.model_fields_set}
    return prescribed.model_copy(update=given)
