"""What the gates let through: the exercises, doses, suggestions and warning signs that one pack will print.

`checks` makes it from a plan and the library, `compose` sets it. Nothing reaches a page that does not stand here.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from generator.errors import Place
from generator.models.exercise import Exercise, Suggestion
from generator.models.program import Dose, PrescribedExercise
from generator.values import dataclass

Severity = Literal["error", "warning", "note"]
ReviewState = Literal["draft", "signed", "overdue"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a rule noticed. code: stable, see the rules' page. An error refuses, the others are reported."""

    code: str
    severity: Severity
    message: str
    hint: str = ""
    place: Place | None = None

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        what_to_do = f" {self.hint}" if self.hint else ""
        return f"{where}{self.severity} {self.code}: {self.message}{what_to_do}"


@dataclass(frozen=True, slots=True)
class Kept:
    """An exercise that prints. easier, harder: None where the patient's answers bar the suggestion, or there is none.

    stop_texts: tags of its own stop texts that print on its card, without those of every exercise.
    """

    exercise: Exercise
    prescribed: PrescribedExercise
    dose: Dose
    easier: Suggestion | None
    harder: Suggestion | None
    stop_texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HardStop:
    """A tag that stops everything. answered: True for a yes, False for an answer that is missing or unknown."""

    tag: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed the content of a pack off, when, and when the first of its parts is due again."""

    by: str
    role: str
    on: date
    next_review: date


@dataclass(frozen=True, slots=True)
class Selection:
    """kept: in the order of the plan. hard_stops: most urgent first; if there is one, only the help pages print.

    red_flags: ids in the order in which they print. state: of the least reviewed content in the pack.
    signed: of signed content, what is due first.
    """

    kept: tuple[Kept, ...]
    hard_stops: tuple[HardStop, ...]
    red_flags: tuple[str, ...]
    state: ReviewState = "draft"
    signed: Signed | None = None
