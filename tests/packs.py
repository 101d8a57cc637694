"""Whole packs for tests: the shipped library, plans made up on the spot, and selections that bypass the gates."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.blocks import Document
from generator.compose.document import Edition, compose
from generator.compose.pictures import Pictures
from generator.layout.pages import lay_out
from generator.layout.studio import Studio
from generator.layout.tokens import PAPERS, Tokens
from generator.load.library import load_library
from generator.load.poses import Poses
from generator.marks import DrawnDocument
from generator.models.library import Library
from generator.models.plan import Plan
from generator.models.program import PrescribedExercise, dosage_of
from generator.models.selection import HardStop, Kept, ReviewState, Selection
from generator.write.pdf import write

CONTENT = Path(__file__).parent.parent
PACK_ID = "K7Q2-M9TX4R"


@lru_cache
def library() -> Library:
    """The content that ships."""
    return load_library(CONTENT)


@lru_cache
def pictures() -> Pictures:
    """Pictures of all exercises."""
    return Pictures(Poses(library()), {}, library().languages["en"].figures)


@lru_cache(maxsize=64)
def studio(brand: str, layout: str, paper: str) -> Studio:
    """A studio that remembers, as a run's does."""
    return fresh_studio(brand, layout, paper)


def fresh_studio(brand: str, layout: str, paper: str) -> Studio:
    """A studio with an empty memory."""
    shared = library()
    folders = (CONTENT / "layouts" / "brands" / brand, CONTENT / "layouts" / "art")
    fonts = CONTENT / "layouts" / "fonts"
    tokens = Tokens(shared.brands[brand], shared.layouts[layout], PAPERS[paper], lambda name: fonts / name, folders)
    return Studio(tokens, shared.languages["en"].keep_together)


def plan(**fields: Any) -> Plan:
    """A plan with an invented patient; any field can be given."""
    values: dict[str, Any] = {
        "id": "test-1",
        "name": "Maya Torgersen",
        "second_id": "Born May 14, 1987",
        "clinician": {"name": "Sam Keller", "credentials": "DC", "short": "Dr. Keller"},
        "date": "2026-11-23",
        "summary": "Right knee and outer thigh pain. Your first two weeks.",
        "why": "You have pain on the outside of your right knee. So we will train your hips and legs, step by step.",
        "goals": ["Hike Flattop with my dog", "Ski with my kids in January"],
        "next_visit": {"date": "2026-12-07", "time": "9:30"},
    }
    return Plan.model_validate({**values, **fields})


def kept(id: str, **prescribed: Any) -> Kept:
    """An exercise that prints, with its usual dose and its drawn side unless told."""
    exercise = library().exercises[id]
    given = PrescribedExercise.model_validate({"id": id, "side": exercise.drawn_side, **prescribed})
    stops = tuple(tag for tag in exercise.stop_if if tag not in library().safety.stop_when)
    return Kept(exercise, given, dosage_of(given, exercise), exercise.easier, exercise.harder, stops)


def selection(
    exercises: tuple[Kept, ...],
    *,
    red_flags: tuple[str, ...] | None = None,
    hard_stops: tuple[HardStop, ...] = (),
    state: ReviewState = "draft",
) -> Selection:
    """What would print; red flags of the exercises' regions unless told."""
    regions = library().evidence.regions
    flags = dict.fromkeys(flag for one in exercises for flag in regions[one.exercise.region])
    return Selection(exercises, hard_stops, tuple(flags) if red_flags is None else red_flags, state)


def drawn(
    one: Plan, chosen: Selection, brand: str = "ascent", layout: str = "standard", paper: str = "letter", **options: Any
) -> DrawnDocument:
    """A plan's pack as drawn pages."""
    return laid_out(composed(one, chosen, brand, **options), brand, layout, paper)


def composed(one: Plan, chosen: Selection, brand: str = "ascent", **options: Any) -> Document:
    """A plan's pack as blocks."""
    shared = library()
    letterhead = options.pop("letterhead", False)
    edition = Edition(shared, shared.brands[brand], shared.languages["en"], pictures(), letterhead=letterhead)
    return compose(edition, one, chosen, PACK_ID, **options)


def laid_out(
    document: Document, brand: str = "ascent", layout: str = "standard", paper: str = "letter"
) -> DrawnDocument:
    """Blocks as drawn pages."""
    return lay_out(document, studio(brand, layout, paper))


def pdf(*arguments: Any, **options: Any) -> bytes:
    """A plan's pack as a file; arguments as of `drawn`."""
    return write(drawn(*arguments, **options))
