"""Words: passages with their emphasis, of which all other blocks are made.

A pack has hundreds of them, and blocks with the same words are found by their hash: named tuples are made and hashed
several times as fast as dataclasses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Literal, NamedTuple

Emphasis = Literal["", "strong", "em", "go", "care", "stop"]


class Span(NamedTuple):
    """Words in one emphasis. "go", "care" and "stop" are bold in the color of that name."""

    words: str
    emphasis: Emphasis = ""


class Text(NamedTuple):
    """A passage: spans in reading order. personal: typed for one patient, so never shared between packs."""

    spans: tuple[Span, ...]
    personal: bool = False

    @classmethod
    def of(cls, *parts: tuple[str, Emphasis], personal: bool = False) -> Text:
        """A passage from (words, emphasis) pairs."""
        return cls(tuple(Span(words, emphasis) for words, emphasis in parts), personal)

    @property
    def words(self) -> str:
        """The whole passage as plain text."""
        return "".join(span.words for span in self.spans)

    def __bool__(self) -> bool:
        return any(span.words for span in self.spans)


NO_WORDS = Text(())


def plain(words: str, *, personal: bool = False) -> Text:
    """A passage without emphasis."""
    return Text((Span(words),), personal)


def marked_lead(lead: str, rest: str, emphasis: Emphasis = "strong") -> Text:
    """A passage with a bold beginning."""
    return Text((Span(lead, emphasis), Span(" " + rest)))


def texts_in(value: object) -> Iterator[str]:
    """Every text of a document, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Text):
        yield "".join(span.words for span in value.spans)
    elif is_dataclass(value):
        for one in fields(value):
            yield from texts_in(getattr(value, one.name))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts_in(one)
