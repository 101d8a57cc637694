"""The exercise pages: a card for each prescribed exercise, and the stop line at the foot."""

from __future__ import annotations

from typing import Literal

from generator.blocks.pictures import Picture
from generator.blocks.text import Text
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class DoseCell:
    """key: the dosage's own name (sets, reps, time_s, hold_s, rest_s, per_week, side, effort_rpe, weeks)."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class LadderLine:
    """A line under the dose: icon, its bold word ("Easier.", "Stop if") and the text."""

    kind: Literal["easier", "harder", "onward", "stop"]
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class ExerciseCard:
    """One prescribed exercise with all that its card can show but for the patient's note; each layout picks.

    headline: "2 × 8" for the compact card; brief_dose: its lines below. video: address or "". sketch: word on a card
    without a picture. attribution of an own picture prints below it.
    """

    number: int
    exercise: str
    name: str
    purpose: str
    picture: Picture | None
    sketch: str
    steps: tuple[str, ...]
    brief_steps: tuple[str, ...]
    dose: tuple[DoseCell, ...]
    headline: str
    brief_dose: tuple[str, ...]
    ladder: tuple[LadderLine, ...]
    video: str
    video_label: str
    video_alt: str
    practiced_label: str
    box_word: str
    position: str = ""


@dataclass(frozen=True, slots=True)
class ExerciseFoot:
    """The stop line at the foot of every exercise page. videos: the compact page's pointer to the code, or ""."""

    stop_line: Text
    icon: str
    effort: str
    videos: str = ""


@dataclass(frozen=True, slots=True)
class ExerciseTitles:
    """Titles of exercise pages: templates with {first} and {last}. glance: the compact page's title."""

    one: str
    two: str
    many: str
    glance: str
    plain: str


@dataclass(frozen=True, slots=True)
class Exercises:
    """Cards in their order. notes: the clinician's words to this patient for each card, None for a card without."""

    titles: ExerciseTitles
    cards: tuple[ExerciseCard, ...]
    notes: tuple[Text | None, ...]
    foot: ExerciseFoot
