"""Questions to ask, tags that bar exercises, stop texts and limits: the rules of the clinic, as data."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from generator.models.common import EvidenceId, Frozen, Id, Line, Passage, Range, Review, Sentence, Span, Urgency
from generator.models.exercise import Basis, Mode

Told = Annotated[str, StringConstraints(min_length=1, max_length=120)]


class AvoidTag(Frozen):
    """A question to the patient. A yes, or no answer, sets the tag."""

    hard_stop: bool = Field(description="true: no exercises at all, only the help pages.")
    urgency: Urgency | None = Field(None, description="Hard stop only: group of the action box on the help page.")
    told: Told | None = Field(None, description="Hard stop only: prints under 'You told us'.")
    do: Sentence | None = Field(None, description="Hard stop only: prints under 'What to do'; may hold {{EMERGENCY}}.")
    red_flags: tuple[EvidenceId, ...] = Field((), description="Warning signs that join the pack's list.")
    ask: Line = Field(description="The question, at most 15 words.")
    note: Sentence = Field(description="For the clinician.")

    @model_validator(mode="after")
    def _hard_stop_says_what_to_do(self) -> Self:
        given = [self.urgency is not None, self.told is not None, self.do is not None]
        if self.hard_stop and not all(given):
            raise ValueError("is a hard stop, so it needs urgency, told and do")
        if not self.hard_stop and any(given):
            raise ValueError("is no hard stop, so it has no urgency, told or do")
        return self


class ExerciseCount(Frozen):
    """How many exercises a sheet may hold."""

    warn_above: int = Field(ge=1, le=20, description="More than this warns.")
    refuse_above: int = Field(ge=1, le=20, description="More than this is refused.")


class Limits(Frozen):
    """What is refused outside of, whatever a plan says. Ranges hold both ends."""

    by_mode: dict[Mode, dict[str, Span]] = Field(description="Limits of sets, reps and time_s (seconds) by mode.")
    hold_s: dict[Basis, Span] = Field(description="Seconds held, by what the exercise trains.")
    per_week: Span = Field(description="Days a week.")
    rest_s: Span = Field(description="Seconds of rest.")
    effort_rpe: Span = Field(description="Effort, 0 to 10.")
    exercises: ExerciseCount = Field(description="Exercises on a sheet.")

    def of(self, field: str, mode: Mode, basis: Basis) -> Range | None:
        """The limit of a dose field in a mode and basis; None where there is none."""
        if field == "hold_s":
            return self.hold_s.get(basis)
        if field in ("per_week", "rest_s", "effort_rpe"):
            found: Range = getattr(self, field)
            return found
        return self.by_mode[mode].get(field)


class PainZones(Frozen):
    """Zones of the pain scale, 0 to 10 without a gap."""

    go: Span = Field(description="Fine.")
    care: Span = Field(description="Go easy.")
    stop: Span = Field(description="Stop that exercise.")

    @model_validator(mode="after")
    def _without_a_gap(self) -> Self:
        ends = (self.go.low, self.care.low - self.go.high, self.stop.low - self.care.high, self.stop.high)
        if ends != (0, 1, 1, 10):
            raise ValueError("must run from 0 to 10 without a gap")
        return self


class Safety(Frozen):
    """The safety rules that hold for all exercises. Texts may hold {pain_limit} and {{EMERGENCY}}."""

    id: Id = Field("safety", description="Always safety.")
    schema_version: int = Field(1, ge=1, le=99, description="Version of the fields.")
    version: int = Field(1, ge=1, le=9999, description="Goes up with any change.")
    reviewed: Review | None = Field(None, description="null: nobody has signed it off; it is a draft.")
    basis: Passage = Field(description="What the doses rest on.")
    reading_target: Passage = Field(description="How plain the words for patients are.")
    pain_limit: int = Field(ge=0, le=10, description="Most pain allowed, 0 to 10; an exercise's own limit wins.")
    pain_zones: PainZones = Field(description="Zones of the pain scale.")
    limits: Limits = Field(description="What is refused outside of.")
    conventions: dict[str, Passage] = Field(description="What the fields of an exercise mean.")
    vocab: dict[str, tuple[Line, ...]] = Field(description="Words that the fields of an exercise may hold.")
    avoid_tags: dict[Id, AvoidTag] = Field(description="Questions of the screening, hard stops first.")
    stop_always: tuple[Id, ...] = Field(description="Stop texts that hold for every exercise.")
    stop_tags: dict[Id, Sentence] = Field(description="Stop texts.")
    stop_line: tuple[Sentence, ...] = Field(description="stop_always in short, at the foot of every exercise page.")
    stop_line_strong: tuple[Line, ...] = Field((), description="Key words: parts of stop_line that are set bold.")
    stop_when: dict[Id, tuple[Id, ...]] = Field(
        default_factory=dict, description="Stop text: prints only if one of these tags is yes or unanswered."
    )

    @property
    def hard_stops(self) -> tuple[str, ...]:
        """Ids of the tags that stop everything."""
        return tuple(tag for tag, rule in self.avoid_tags.items() if rule.hard_stop)
