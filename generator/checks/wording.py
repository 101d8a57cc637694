"""Patterns of what must not be said, ready to search with, and quick to pass over sentences that they cannot hit.

Most sentences hold none of the words without which a pattern never hits ("roll", "band", "pain"). Those words are read
from the pattern itself, so that a pattern is searched only where they stand; what is found is the same either way.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final

from generator.checks.same import Same
from generator.models.evidence import Evidence
from generator.values import dataclass

LEAST_LETTERS: Final = 2
"""Shorter needed words stand in nearly every sentence, so that to look for them costs more than it saves."""
Needed = tuple[frozenset[str], ...]
"""Groups of words, in lower case, the smallest first: a text that a pattern hits holds one of each at least."""


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A pattern of a claim, compiled when a sentence first holds what it needs: most never do.

    number: its place among all patterns. needed: what a sentence must hold for it to hit; () where nothing is known.
    """

    number: int
    claim: str
    written: str
    needed: Needed = ()

    def hits(self, sentence: str) -> bool:
        """Whether the pattern is somewhere in a sentence; what is no regular expression hits nothing."""
        pattern = compiled(self.written)
        return pattern is not None and pattern.search(sentence) is not None


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str] | None:
    """The pattern as it is searched, None if it is no regular expression."""
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error:
        return None


class Avoided:
    """All patterns of some evidence."""

    def __init__(self, evidence: Evidence) -> None:
        patterns = [(claim.id, avoid.pattern) for claim in evidence.claims.values() for avoid in claim.avoid]
        self.forbidden = tuple(
            Forbidden(number, claim, written, needed_by(written)) for number, (claim, written) in enumerate(patterns)
        )
        self._by_first: dict[frozenset[str] | None, list[Forbidden]] = {}
        for one in self.forbidden:
            self._by_first.setdefault(one.needed[0] if one.needed else None, []).append(one)

    def possible(self, text: str) -> tuple[Forbidden, ...]:
        """The patterns that may hit a sentence of the text, in the order of the evidence."""
        folded = _folded(text)
        found: list[Forbidden] = []
        for first, several in self._by_first.items():
            if first is None or _any(first, folded):
                found += [one for one in several if _all(one.needed[1:], folded)]
        return tuple(sorted(found, key=attrgetter("number")))


def claims_hit(sentence: str, forbidden: Iterable[Forbidden]) -> tuple[str, ...]:
    """Ids of the claims whose patterns hit a sentence."""
    folded = _folded(sentence)
    found = [one.claim for one in forbidden if _all(one.needed, folded) and one.hits(sentence)]
    return tuple(dict.fromkeys(found))


def _any(group: frozenset[str], folded: str) -> bool:
    for word in group:  # noqa: SIM110 - a plain loop is half the cost, and this is the innermost one of a batch's gates
        if word in folded:
            return True
    return False


def _all(needed: Needed, folded: str) -> bool:
    for group in needed:  # noqa: SIM110
        if not _any(group, folded):
            return False
    return True


def avoided_by(evidence: Evidence) -> Avoided:
    """All patterns of some evidence, worked out once."""
    return _avoided(Same(evidence))


@lru_cache(maxsize=4)
def _avoided(evidence: Same[Evidence]) -> Avoided:
    return Avoided(evidence.one)


@lru_cache(maxsize=1024)
def needed_by(pattern: str) -> Needed:
    """What a text must hold for a pattern to hit it, ignoring case; () where the pattern's parts are not known."""
    try:
        parser = importlib.import_module("re._parser")  # the standard library's own reader has no public name
        parsed = parser.parse(pattern, re.IGNORECASE)
    except (ImportError, AttributeError, re.error):
        return ()
    return tuple(sorted(dict.fromkeys(_groups(parsed)), key=len))


def _groups(parsed: Any) -> Iterator[frozenset[str]]:
    """Groups of a sequence of parts: its runs of letters, and what each part needs."""
    run = ""
    for kind, value in parsed:
        name = str(kind)
        if name == "LITERAL" and (chr(value).isalpha() or chr(value) == " "):
            run += _folded(chr(value))
            continue
        yield from _long_enough(run)
        run = ""
        yield from _groups_of(name, value)
    yield from _long_enough(run)


def _groups_of(name: str, value: Any) -> Iterator[frozenset[str]]:
    """Groups of one part. Parts that may be absent, or must be, need nothing."""
    if name == "SUBPATTERN":
        yield from _groups(value[-1])
    elif name == "ASSERT" and value[0] > 0:
        yield from _groups(value[1])
    elif name in ("MAX_REPEAT", "MIN_REPEAT") and value[0] > 0:
        yield from _groups(value[2])
    elif name == "BRANCH":
        ways = [max(_groups(way), key=_rarity, default=None) for way in value[1]]
        if all(way is not None for way in ways):
            yield frozenset(word for way in ways if way is not None for word in way)


def _rarity(group: frozenset[str]) -> tuple[int, int]:
    """How seldom a group's words stand in a sentence: long words are rare, and so are few."""
    return min(len(word) for word in group), -len(group)


def _long_enough(run: str) -> Iterator[frozenset[str]]:
    if len(run) >= LEAST_LETTERS:
        yield frozenset({run})


def _folded(text: str) -> str:
    """The text without case. The dotless i counts as an i, as it does where a pattern ignores case."""
    return text.casefold().replace("\u0131", "i")
