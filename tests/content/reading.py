"""Everything that a patient may read, one sentence at a time, with where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.models.common import Frozen
from generator.models.library import Library

NOT_WORDS = {
    *("claims", "claim", "also", "facts", "art", "mark", "type", "kind", "strong", "lines", "labels", "references"),
    *("last_reviewed", "next_review"),
}
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def sentences(text: str) -> list[str]:
    """The sentences of a passage."""
    return [part for part in SENTENCE_END.split(text.strip()) if part]


def handout_texts(library: Library) -> Iterator[tuple[str, str, str]]:
    """(handout, key, text) of all that stands in a handout's own words."""
    for handout in library.handouts.values():
        yield handout.id, "title", handout.title
        for key, text in _texts(handout.blocks, ""):
            yield handout.id, key, text


def _texts(value: Any, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, tuple):
        for member in value:
            yield from _texts(member, key)
    elif isinstance(value, Frozen):
        for name in type(value).model_fields:
            if name not in NOT_WORDS:
                yield from _texts(getattr(value, name), name)


def safety_texts(library: Library) -> Iterator[tuple[str, str]]:
    """(id, text) of questions, stop texts and what a hard stop prints."""
    for tag, rule in library.safety.avoid_tags.items():
        for text in (rule.ask, rule.told, rule.do):
            if text:
                yield tag, text
    yield from library.safety.stop_tags.items()
    for line in library.safety.stop_line:
        yield "stop_line", line


def exercise_texts(library: Library) -> Iterator[tuple[str, str]]:
    """(exercise, text) of all that an exercise prints."""
    for exercise in library.exercises.values():
        for text in exercise.texts():
            yield exercise.id, text


def printed_texts(library: Library) -> Iterator[tuple[str, str]]:
    """(where, text) of all shared words that may be printed."""
    for handout, key, text in handout_texts(library):
        yield f"{handout}.{key}", text
    for claim in library.evidence.claims.values():
        yield claim.id, claim.wording
    for flag in library.evidence.red_flags.values():
        yield flag.id, flag.wording
        yield flag.id, flag.short
    yield from safety_texts(library)
    yield from exercise_texts(library)
