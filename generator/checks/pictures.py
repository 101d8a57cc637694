"""Print gate of pictures: words that stand for them say what they show."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.rule import Rule
from generator.checks.words import word_count
from generator.models.handout import FigureBlock
from generator.models.library import Library
from generator.models.selection import Finding

LEAST_WORDS = 3
_SAYS_NOTHING = re.compile(r"(?:image|picture|photo|drawing|figure|illustration)(?: of .{0,12})?\.?", re.IGNORECASE)
_FILE_NAME = re.compile(r".*\.(?:svg|png|jpe?g|gif|webp)", re.IGNORECASE)

NO_ALTERNATIVE = Rule(
    "P07",
    "error",
    "Each picture has words that say what it shows.",
    "Who cannot see a picture has nothing else to go by.",
    "WCAG 2.2, success criterion 1.1.1; ISO 14289-1, 7.3.",
)
RULES = (NO_ALTERNATIVE,)


def check_pictures(library: Library) -> Iterator[Finding]:
    """Findings about the alternative texts of handouts' drawings and of a clinic's own pictures."""
    for id, handout in library.handouts.items():
        for number, block in enumerate(handout.blocks):
            if isinstance(block, FigureBlock) and not says_something(block.alt):
                place = library.place_of("handout", id, "blocks", number, "alt")
                yield NO_ALTERNATIVE.found(MESSAGE, hint=HINT, place=place)
    for id, exercise in library.exercises.items():
        if exercise.picture is not None and not says_something(exercise.picture.alt):
            place = library.place_of("exercise", id, "picture", "alt")
            yield NO_ALTERNATIVE.found(MESSAGE, hint=HINT, place=place)


MESSAGE = "The alternative text does not say what the picture shows."
HINT = "Describe it to someone on the phone."


def says_something(alt: str) -> bool:
    """False for a text that is too short, a file name, or the bare word picture."""
    words = alt.strip()
    empty = _SAYS_NOTHING.fullmatch(words) or _FILE_NAME.fullmatch(words)
    return word_count(words) >= LEAST_WORDS and not empty
