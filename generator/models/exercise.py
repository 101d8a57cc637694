"""An exercise: words, usual dose, who must not do it, and what its picture shows."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from generator.figures.pose import Pose
from generator.models.common import (
    FileName,
    FromWords,
    Frozen,
    Https,
    Id,
    Line,
    Name,
    Range,
    Region,
    Review,
    Sentence,
    Side,
    Span,
    slots_in,
)

Position = Literal["standing", "supine", "side-lying", "prone", "quadruped", "seated"]
Equipment = Literal[
    "none",
    "mat",
    "pillow",
    "towel",
    "chair",
    "bench",
    "step",
    "wall",
    "stick",
    "mini-band",
    "long-band",
    "door-anchor",
    "foam-roller",
    "dumbbell",
    "ball",
]
Laterality = Literal["bilateral", "each-side", "alternate"]
Basis = Literal["strength", "isometric", "control", "balance", "mobility", "stretch", "warm-up"]
Mode = Literal["reps", "hold", "time"]
WeightBearing = Literal["none", "partial", "full"]
DoseField = Literal["hold", "reps", "time"]

SLOTS = frozenset({"side", "other_side", "hold", "time", "reps", "pain_limit"})
SIDE_SLOTS = frozenset({"side", "other_side"})
BRIEF_LENGTH = 42
BANDS = frozenset({"mini-band", "long-band"})

Role = Annotated[str, StringConstraints(min_length=1, max_length=18)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=80)]


class Dosage(Frozen):
    """An exercise's usual dose. A plan outside of these ranges warns; outside of the safety limits it is refused."""

    basis: Basis = Field(description="What the exercise trains. Strength work should skip a day between sessions.")
    mode: Mode = Field(description="reps: counted. hold: held positions. time: done for a time.")
    sets: Span = Field(description="Sets in a session.")
    reps: Span | None = Field(
        None,
        description="Reps in a set: per side when each-side or alternate, else in total. Not in mode time.",
    )
    hold_s: Span | None = Field(None, description="Seconds held in each rep (mode reps or hold).")
    time_s: Span | None = Field(None, description="Seconds of work in each set (mode time only).")
    limit_s: int | None = Field(None, ge=1, le=3600, description="Most seconds per side in a session: sets x time_s.")
    aim_s: int | None = Field(None, ge=1, le=3600, description="Usual seconds per side in a session of a stretch.")
    per_week: Span = Field(description="Days a week.")
    rest_s: Span | None = Field(None, description="Seconds of rest between sets.")
    effort_rpe: Span | None = Field(None, description="Effort from 0 (rest) to 10 (all-out).")
    tempo: Line | None = Field(None, description="Pace in words, for the clinician.")

    @model_validator(mode="after")
    def _fits_its_mode(self) -> Self:
        needed = {"reps": {"reps"}, "hold": {"reps", "hold_s"}, "time": {"time_s"}}[self.mode]
        allowed = {"reps": {"reps", "hold_s"}, "hold": {"reps", "hold_s"}, "time": {"time_s"}}[self.mode]
        given = {name for name in ("reps", "hold_s", "time_s") if getattr(self, name) is not None}
        if needed - given:
            raise ValueError(f"has mode {self.mode} but no {' or '.join(sorted(needed - given))}")
        if given - allowed:
            raise ValueError(f"has mode {self.mode}, which does not use {' or '.join(sorted(given - allowed))}")
        return self


class Step(FromWords):
    """One instruction. A step that makes sense only with a dose field names it in needs and drops without it."""

    text: Sentence = Field(description="At most 15 words. Slots: {side}, {other_side}, {hold}, {time}, {reps}.")
    needs: DoseField | None = Field(None, description="Dose field without which the step is left out.")

    @model_validator(mode="after")
    def _needs_what_it_names(self) -> Self:
        slots = slots_in(self.text)
        if slots - SLOTS:
            raise ValueError("names a slot that does not exist")
        if slots & {"hold", "time", "reps"} and self.needs is None:
            raise ValueError("names {hold}, {time} or {reps} but has no needs")
        return self


class Suggestion(Frozen):
    """An easier or harder form: another exercise, a change to this one, or the reason why there is none."""

    id: Id | None = Field(None, description="Exercise of the library.")
    text: Line | None = Field(None, description="A change to this exercise, as one sentence.")
    why: Line | None = Field(None, description="Why there is none; printed in its place.")
    avoid_if: tuple[Id, ...] = Field((), description="Tags that bar a text, besides those of the exercise.")

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        if sum(part is not None for part in (self.id, self.text, self.why)) != 1:
            raise ValueError("needs exactly one of id, text and why")
        return self


class PoseNotes(Frozen):
    """What the two panels of the picture must show, for the drawn side; angles in degrees. Not for patients."""

    view: Sentence = Field(description="Where the camera stands.")
    start: Sentence = Field(description="First panel.")
    end: Sentence = Field(description="Second panel.")
    worked: Sentence = Field(description="The muscle to shade: always a muscle.")
    contact: Sentence = Field(description="What touches floor, wall or furniture.")
    props: Sentence = Field(description="Objects, and where the arrow stands.")


class OwnPicture(Frozen):
    """A clinic's own picture instead of a drawn one."""

    file: FileName = Field(description="SVG, PNG or JPEG file beside the exercise file.")
    alt: Sentence = Field(description="The picture in words, good enough to do the exercise from.")
    attribution: Line | None = Field(None, description="Printed below the picture where its license asks for it.")


class Exercise(Frozen):
    """One exercise of the library. Text slots: {side}, {other_side}, {hold}, {time}, {reps}, {pain_limit}."""

    id: Id = Field(description="Name of its file, unique over all content.")
    name: Name = Field(description="Name in plain words.")
    aka: tuple[Name, ...] = Field((), description="Other names, for searching.")
    role: Role = Field(description="What it is for, at most 18 characters; stands beside the name in the plan table.")
    region: Region = Field(description="Part of the body; decides the warning signs of the pack.")
    targets: tuple[Name, ...] = Field((), description="Muscles, for the clinician.")
    purpose: Line = Field(description="One sentence for the patient.")
    position: Position = Field(description="Starting position; exercises are ordered by it.")
    weight_bearing: WeightBearing = Field(description="Load through the legs. Standing is full.")
    equipment: tuple[Equipment, ...] = Field(description="What it takes; [none] for nothing.")
    steps: tuple[Step, ...] = Field(min_length=1, max_length=10, description="Instructions in order.")
    brief_steps: tuple[Short, ...] = Field(
        min_length=2, max_length=3, description="For the compact card: lines of at most 42 characters."
    )
    cues: tuple[Line, ...] = Field((), max_length=6, description="Reminders that a clinician may pick from.")
    dosage: Dosage = Field(description="Usual dose.")
    pain_limit: int | None = Field(None, ge=0, le=10, description="Most pain allowed, 0 to 10, if not the usual limit.")
    weeks: Span = Field(description="Weeks before it is looked at again.")
    progress_when: Line = Field(description='When to move on, one sentence; most start with "Move on when".')
    easier: Suggestion = Field(description="An easier form.")
    harder: Suggestion = Field(description="A harder form.")
    avoid_if: tuple[Id, ...] = Field((), description="Safety tags that drop the exercise.")
    caution_if: tuple[Id, ...] = Field((), description="Safety tags that keep it at its lowest dose.")
    instead: dict[Id, Id] = Field(default_factory=dict, description="Safety tag: exercise to offer in its place.")
    stop_if: tuple[Id, ...] = Field((), description="Stop texts of its own, besides those of every exercise.")
    laterality: Laterality = Field(description="bilateral: both sides at once. alternate: both in turn.")
    side_means: Line | None = Field(None, description="each-side only: completes 'Your right side here means ...'.")
    drawn_side: Side | None = Field(None, description="each-side only: the side that the picture shows.")
    video: Https | None = Field(None, description="Address of a video, printed as a code.")
    picture: OwnPicture | None = Field(None, description="The clinic's own picture.")
    pose_notes: PoseNotes | None = Field(None, description="What the picture must show. Not for patients.")
    pose: Pose | None = Field(None, description="The picture as data, see docs/poses.md.")
    version: int = Field(1, ge=1, le=9999, description="Goes up with any change to a dose, tag, step or picture note.")
    reviewed: Review | None = Field(None, description="null: nobody has signed it off; it is a draft.")

    @model_validator(mode="after")
    def _sides_agree(self) -> Self:
        sided = self.laterality == "each-side"
        if sided and (self.side_means is None or self.drawn_side is None):
            raise ValueError("is each-side, so it needs side_means and drawn_side")
        if not sided and (self.side_means is not None or self.drawn_side is not None):
            raise ValueError(f"is {self.laterality}, so it has no side_means and no drawn_side")
        if not sided and any(slots_in(text) & SIDE_SLOTS for text in self.texts()):
            raise ValueError(f"is {self.laterality}, so its texts cannot name {{side}} or {{other_side}}")
        return self

    @model_validator(mode="after")
    def _brief_enough(self) -> Self:
        for line in self.brief_steps:
            if slots_in(line) - SIDE_SLOTS:
                raise ValueError("has brief_steps with a slot other than {side} and {other_side}")
            if len(line.replace("{other_side}", "right").replace("{side}", "right")) > BRIEF_LENGTH:
                raise ValueError(f"has a line in brief_steps of more than {BRIEF_LENGTH} characters")
        return self

    @property
    def needs_band(self) -> bool:
        """True if it takes a band, which a latex allergy bars unless the band is latex-free."""
        return not BANDS.isdisjoint(self.equipment)

    def texts(self) -> tuple[str, ...]:
        """Everything of it that a patient may read."""
        suggestions = (self.easier.text, self.easier.why, self.harder.text, self.harder.why)
        steps = tuple(step.text for step in self.steps)
        own = (self.name, self.purpose, self.progress_when)
        return (*own, *steps, *self.brief_steps, *self.cues, *(text for text in suggestions if text))

    def usual_range(self, field: str) -> Range | None:
        """The usual range of a dose field (sets, reps, hold_s, time_s, rest_s, effort_rpe, per_week, weeks)."""
        found = self.weeks if field == "weeks" else getattr(self.dosage, field)
        return found if isinstance(found, Range) else None
