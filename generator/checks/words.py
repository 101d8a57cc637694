"""Sentences, words, and plain substitutes for jargon."""

from __future__ import annotations

import re

from generator.values import dataclass

# A sentence ends at . ! or ? before a space and a capital, digit, quotation mark or bracket, and at a line's end.
_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n+")
_NOT_AN_END = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|Mx|St|vs|No)|\b[A-Z])\.$")

# (pattern of the word in any form, plain words, as they would stand in a sentence)
JARGON = (
    (r"abduct(?:s|ed|ing|ion)?", "out to the side"),
    (r"flexion", "bend"),
    (r"extension", "straighten"),
    (r"bilateral(?:ly)?", "both sides"),
    (r"supine", "on your back"),
    (r"prone", "on your front"),
    (r"quadriceps", "front of thigh"),
    (r"hamstrings?", "back of thigh"),
    (r"glute(?:us|al|als)", "buttock"),
    (r"repetitions?", "rep"),
    (r"perform(?:s|ed|ing)?", "do"),
    (r"maintain(?:s|ed|ing)?", "keep"),
    (r"utili[sz](?:e|es|ed|ing)", "use"),
    (r"sufficient(?:ly)?", "enough"),
    (r"approximately", "about"),
    (r"immediately", "at once"),
    (r"demonstrat(?:e|es|ed|ing)", "show"),
    (r"additional(?:ly)?", "more"),
    (r"prior to", "before"),
    (r"initiat(?:e|es|ed|ing)", "start"),
    (r"can not", "cannot"),
)
# A pattern begins with letters that stand in each of its forms: without any of them a text holds no hard word.
_STEMS = tuple(re.match(r"[a-z ]+(?!\?)", pattern)[0] for pattern, _ in JARGON)  # type: ignore[index]
_ANY_JARGON = re.compile(rf"\b(?:{'|'.join(f'({pattern})' for pattern, _ in JARGON)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Jargon:
    """A hard word as it stands in a text, and what to say instead."""

    word: str
    plain: str


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text, without surrounding space."""
    whole = text.strip()
    inside = whole[:-1]
    if "." not in inside and "!" not in inside and "?" not in inside and "\n" not in inside:
        return (whole,) if whole else ()
    parts: list[str] = []
    for part in _END.split(text):
        stripped = part.strip()
        if parts and _NOT_AN_END.search(parts[-1]):
            parts[-1] = f"{parts[-1]} {stripped}"
        elif stripped:
            parts.append(stripped)
    return tuple(parts)


def word_count(text: str, *, more_than: int = 0) -> int:
    """Words of a text: whatever stands between spaces and holds a letter or digit.

    more_than: up to this number the count may include lone marks, which saves a close look at most sentences.
    """
    parts = text.split()
    if len(parts) <= more_than:
        return len(parts)
    return len([part for part in parts if part.isalnum() or any(map(str.isalnum, part))])


def jargon_in(text: str) -> tuple[Jargon, ...]:
    """Hard words of an English text, in order."""
    folded = text.casefold()
    if not [stem for stem in _STEMS if stem in folded]:
        return ()
    return tuple(Jargon(found[0], JARGON[(found.lastindex or 1) - 1][1]) for found in _ANY_JARGON.finditer(text))
