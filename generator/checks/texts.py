"""Everything that a patient may read, piece by piece, with the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field, replace
from typing import Any

from pydantic import BaseModel

from generator.checks.words import sentences_of
from generator.errors import Place
from generator.models.common import EMERGENCY, SLOT
from generator.models.handout import Handout, HeadingBlock
from generator.models.library import Kind, Library
from generator.models.plan import Plan
from generator.values import dataclass

# Stand-ins for slots, as long as what usually stands there.
FILLED = {"side": "right", "other_side": "left", "hold": "5 seconds", "time": "30 seconds", "reps": "10"}
OTHER_SLOT = "5"
EMERGENCY_NUMBER = "911"

# Fields of a block that hold no words of their own: kinds, names of things, and parts that repeat other words.
NOT_WORDS = frozenset(
    {"type", "kind", "mark", "art", "claim", "claims", "also", "facts", "references", "strong", "lines"}
)
# Words that name a part of the page instead of asserting something.
NAMES_A_PART = frozenset({"heading", "title", "labels", "columns", "name"})
# Sections of a language file that hold patterns, or words that no patient sees.
NOT_READ = frozenset({"code", "name", "direction", "keep_together", "dates", "figures", "pdf"})
MORE_SLOTS = re.compile(r"\{[^{}]*\}")

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """One piece of text.

    myth: it prints as a belief that is answered. asserts: claims that its words rest on. heading: it is set as a title
    or a head. note: it is set in the hand of the clinician's notes.
    """

    text: str
    place: Place
    myth: bool = False
    asserts: tuple[str, ...] = ()
    language: str = "en"
    heading: bool = False
    note: bool = False
    sentences: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sentences", sentences_of(self.text))  # once for all gates that look at them


@dataclass(frozen=True, slots=True)
class Sheet:
    """All text of one thing in reading order. place: of the whole. whole: False if no page holds it all."""

    name: str
    place: Place
    language: str
    texts: tuple[Printed, ...]
    whole: bool = True


def filled(text: str) -> str:
    """A text with stand-ins for its slots, so that it reads as it prints."""
    text = text.replace(EMERGENCY, EMERGENCY_NUMBER)
    text = SLOT.sub(lambda slot: FILLED.get(slot[1], OTHER_SLOT), text)
    return MORE_SLOTS.sub(OTHER_SLOT, text)


def exercise_sheets(library: Library) -> Iterator[Sheet]:
    """One sheet for each exercise: what stands on its card."""
    for id, exercise in library.exercises.items():
        found: list[tuple[Path, str | None]] = [(("name",), exercise.name), (("purpose",), exercise.purpose)]
        found += [(("steps", number, "text"), step.text) for number, step in enumerate(exercise.steps)]
        found += [(("brief_steps", number), line) for number, line in enumerate(exercise.brief_steps)]
        found += [(("cues", number), cue) for number, cue in enumerate(exercise.cues)]
        for name in ("easier", "harder"):
            suggestion = getattr(exercise, name)
            found += [((name, "text"), suggestion.text), ((name, "why"), suggestion.why)]
        found += [(("progress_when",), exercise.progress_when), (("side_means",), exercise.side_means)]
        yield _sheet(library, "exercise", id, found)


def safety_sheet(library: Library) -> Sheet:
    """The screening form, the stop texts and what the help pages say."""
    safety = library.safety
    found: list[tuple[Path, str | None]] = []
    for tag, rule in safety.avoid_tags.items():
        found += [(("avoid_tags", tag, name), getattr(rule, name)) for name in ("ask", "told", "do")]
    found += [(("stop_tags", tag), text) for tag, text in safety.stop_tags.items()]
    found += [(("stop_line", number), text) for number, text in enumerate(safety.stop_line)]
    return _sheet(library, "safety", safety.id, found)


def evidence_sheets(library: Library) -> Iterator[Sheet]:
    """One sheet for each evidence file: wording of claims and warning signs."""
    for id, file in library.evidence.files.items():
        found: list[tuple[Path, str | None]] = []
        found += [(("claims", number, "wording"), claim.wording) for number, claim in enumerate(file.claims)]
        for number, flag in enumerate(file.red_flags):
            found += [(("red_flags", number, "short"), flag.short), (("red_flags", number, "wording"), flag.wording)]
        found += [(("red_flag_groups", urgency), title) for urgency, title in file.red_flag_groups.items()]
        found.append((("red_flag_end",), file.red_flag_end))
        yield _sheet(library, "evidence", id, found)


def language_sheets(library: Library) -> Iterator[Sheet]:
    """One sheet for each language: fixed words."""
    for code, language in library.languages.items():
        found: list[tuple[Path, str | None]] = []
        for name in type(language).model_fields:
            if name not in NOT_READ:
                found += [((name, *path), text) for path, text in _strings(getattr(language, name))]
        sheet = _sheet(library, "language", code, found)
        yield Sheet(sheet.name, sheet.place, code, tuple(_in_language(one, code) for one in sheet.texts), whole=False)


def handout_sheets(library: Library) -> Iterator[Sheet]:
    """One sheet for each handout, the wording of its claims where they print."""
    for id, handout in library.handouts.items():
        texts = tuple(text for _, text in handout_texts(library, handout))
        yield Sheet(id, library.place_of("handout", id), handout.language, texts)


def all_sheets(library: Library) -> Iterator[Sheet]:
    """Every sheet of a library."""
    yield from handout_sheets(library)
    yield from exercise_sheets(library)
    yield from evidence_sheets(library)
    yield safety_sheet(library)
    yield from language_sheets(library)


def plan_texts(plan: Plan) -> Iterator[Printed]:
    """What the clinician wrote into a plan, of which names are no part."""
    found: list[tuple[Path, str | None]] = [(("summary",), plan.summary), (("why",), plan.why)]
    found += [(("goals", number), goal) for number, goal in enumerate(plan.goals)]
    found += [(("notes", number), note) for number, note in enumerate(plan.notes)]
    found += [(("exercises", number, "note"), one.note) for number, one in enumerate(plan.exercises)]
    if plan.next_visit is not None:
        found.append((("next_visit", "bring"), plan.next_visit.bring))
    found += [(("inserts", number, "describes"), one.describes) for number, one in enumerate(plan.inserts)]
    places, language = plan.places, plan.language
    for path, text in found:
        if text:
            note = path[0] == "notes" or path[-1] == "note"
            yield Printed(text, places.at(*path), language=language, note=note)


def _sheet(library: Library, kind: Kind, id: str, found: list[tuple[Path, str | None]]) -> Sheet:
    texts = tuple(
        Printed(filled(text), library.place_of(kind, id, *path), heading=not NAMES_A_PART.isdisjoint(path))
        for path, text in found
        if text
    )
    return Sheet(id, library.place_of(kind, id), "en", texts)


def _in_language(printed: Printed, code: str) -> Printed:
    return replace(printed, language=code, heading=True)


def handout_texts(library: Library, handout: Handout) -> Iterator[tuple[int, Printed]]:
    """All text of a handout, each piece with the number of its block."""
    id = handout.id
    for number, block in enumerate(handout.blocks):
        claims = tuple(getattr(block, "claims", ()))
        for path, text, myth in _words(block):
            names_a_part = not NAMES_A_PART.isdisjoint(path)
            heading = names_a_part or isinstance(block, HeadingBlock)
            place = library.place_of("handout", id, "blocks", number, *path)
            asserts = () if names_a_part else claims
            yield number, Printed(filled(text), place, myth, asserts, handout.language, heading)
        for path, claim in _claims(block):
            if claim in library.evidence.claims:
                place = library.place_of("handout", id, "blocks", number, *path)
                wording = library.evidence.claims[claim].wording
                yield number, Printed(filled(wording), place, language=handout.language)


def _words(part: Any) -> Iterator[tuple[Path, str, bool]]:
    """Words of a block with their paths; True for the belief of a myth row."""
    if isinstance(part, str):
        yield (), part, False
    elif isinstance(part, tuple):
        for number, member in enumerate(part):
            for path, text, myth in _words(member):
                yield (number, *path), text, myth
    elif isinstance(part, dict):
        for key, member in part.items():
            yield (str(key),), str(member), False
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            if name not in NOT_WORDS:
                for path, text, myth in _words(getattr(part, name)):
                    yield (name, *path), text, myth or name == "myth"


def _claims(part: Any) -> Iterator[tuple[Path, str]]:
    """Claims whose wording a block prints, with their paths."""
    if isinstance(part, tuple):
        for number, member in enumerate(part):
            for path, claim in _claims(member):
                yield (number, *path), claim
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            value = getattr(part, name)
            if name == "claim" and value is not None:
                yield (name,), value
            elif name in ("also", "facts"):
                for number, claim in enumerate(value):
                    yield (name, number), claim
            else:
                yield from (((name, *path), claim) for path, claim in _claims(value))


def _strings(part: Any) -> Iterator[tuple[Path, str]]:
    """All strings of a language section."""
    for path, text, _ in _words(part):
        yield path, text
