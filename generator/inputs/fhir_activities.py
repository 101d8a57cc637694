"""One order → what it asks for: an exercise with its dose, a program or a handout; or why it is not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from generator.inputs.codes import Codes
from generator.inputs.fhir_requests import Request, keys_of
from generator.inputs.fhir_resources import Concept
from generator.inputs.fhir_timing import TimingError, dose_of, weeks_of
from generator.inputs.notation import NotationError, read_exercise
from generator.models.codes import Activity, Target, activity_key
from generator.models.library import Library

SIDES = {"left": "left", "right": "right", "both": "both", "bilateral": "both"}
_WORDS = re.compile(r"[a-z]+")


class ActivityError(Exception):
    """An order cannot become part of a plan. hint: what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(slots=True)
class Asked:
    """What an order asks for. fields: dose, side and words as a plan file would give them."""

    kind: Target
    id: str
    fields: dict[str, str] = field(default_factory=dict)


def asked_by(request: Request, codes: Codes, library: Library, language: str) -> Asked | None:
    """What an order asks for; None if the table says that it gives nothing. Raises ActivityError."""
    entry = _meaning(request, codes)
    if entry.target is None:
        return None
    kind, id = entry.target
    exercise = library.exercises.get(id) if kind == "exercise" else None
    asked = Asked(kind, id)
    for concept in request.details:
        if not codes.meant_by(_keys(concept)):
            _add(asked.fields, _dose_in_words(concept, kind, id, library))
    times = {code: words[language] for code, words in codes.table.times.items() if language in words}
    if request.free_timing:
        raise ActivityError("The timing is in free words or as needed.", "Say how often in each week.")
    try:
        if request.timing is not None:
            _add(asked.fields, dose_of(request.timing, exercise.dosage.mode if exercise else None, times))
        weeks = weeks_of(request.period)
    except TimingError as problem:
        raise ActivityError(f"The timing {problem}.", "Change the request, or give this patient a plan file.") from None
    if weeks and "weeks" not in asked.fields:
        asked.fields["weeks"] = weeks
    if side := _side(request, entry, codes):
        _add(asked.fields, {"side": side})
    if request.instruction:
        asked.fields["note"] = request.instruction
    return asked


def _meaning(request: Request, codes: Codes) -> Activity:
    """The table's entry for an order. What the order says of its own counts before what many orders share."""
    generic, specific = keys_of(request, codes)
    found = [one for one in codes.meant_by(specific) if one.target is not None] or codes.meant_by(specific)
    found = found or codes.meant_by(generic)
    targets = {one.target for one in found}
    if not found:
        raise ActivityError(
            f"No exercise is known for this request{_coded(request)}.", _how_to_add(specific or generic)
        )
    if len(targets) > 1 or len({one.side for one in found if one.side}) > 1:
        message = "The codes and words of this request mean different things in handouts/codes.yaml."
        raise ActivityError(message, "Make them agree.")
    return next((one for one in found if one.side), found[0])


def _coded(request: Request) -> str:
    """The code of an order, which tells nothing of a patient; its words might."""
    keys = request.code.keys
    return f" ({keys[0][0]}|{keys[0][1]})" if keys else ""


def _how_to_add(keys: list[tuple[str, str]]) -> str:
    system, code = next((key for key in keys if key[0]), ("", ""))
    what = f'system: {system}, code: "{code}"' if code else "text: the words of the request"
    return f"Add it to the activities of handouts/codes.yaml: {{{what}, exercise: its id}}."


def _keys(concept: Concept) -> list[tuple[str, str]]:
    return [*concept.keys, *(activity_key(None, None, words) for words in concept.words)]


def _dose_in_words(concept: Concept, kind: Target, id: str, library: Library) -> dict[str, str]:
    """A detail in the compact notation of rosters, such as 3x10 hold 2s."""
    words = concept.text or next(iter(concept.words), "")
    hint = "Write a dose such as 3x10 hold 2s, or add the words to handouts/codes.yaml."
    if kind == "exercise":
        try:
            cell = f"{id} {words}"
            fields = read_exercise(cell, 0, len(cell), library.exercises)
        except NotationError:
            fields = {}
        if len(fields) > 1:
            return {key: value for key, value in fields.items() if key != "id"}
    raise ActivityError("An order detail is neither a dose nor known.", hint)


def _side(request: Request, entry: Activity, codes: Codes) -> str | None:
    """The side of the body, from the table's entry, or the codes and words of the body sites. None if none is said."""
    found: set[str] = {entry.side} if entry.side else set()
    for site in request.sites:
        coded = {codes.sides[key] for key in site.keys if key in codes.sides}
        spoken = {SIDES[word] for words in site.words for word in _WORDS.findall(words.lower()) if word in SIDES}
        found |= coded or spoken
    if len(found) > 1:
        return "both" if not entry.side else None
    return next(iter(found), None)


def _add(fields: dict[str, str], more: dict[str, str]) -> None:
    """Fields that come from another part of the same order; they must not say something else."""
    for name, value in more.items():
        if fields.setdefault(name, value) != value:
            raise ActivityError("Two parts of this request give different doses.", "Make them agree.")
