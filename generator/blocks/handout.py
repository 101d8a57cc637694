"""What a handout is made of: titles, passages, lists, tables, steps, boxes, figures and sources."""

from __future__ import annotations

from typing import Literal

from generator.blocks.pictures import Art
from generator.blocks.text import NO_WORDS, Text
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Display:
    """The big title of a handout's first page, set beside or above its figure.

    lines: hand-set line breaks, or one line.
    """

    kicker: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StockHead:
    """Writing lines at the top of a stock copy: words before each line."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageTitle:
    """Starts a handout's next page."""

    kicker: str
    title: str


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """lead: set larger, as the opening of a page."""

    text: Text
    lead: bool = False


@dataclass(frozen=True, slots=True)
class ListBlock:
    """mark: the sign before each item; mark_word: what it says to a reader who cannot see it ("Yes", "No"), or ""."""

    heading: str
    items: tuple[Text, ...]
    mark: Literal["tick", "cross", "bullet"] = "bullet"
    mark_word: str = ""


@dataclass(frozen=True, slots=True)
class MythRow:
    myth: Text
    fact: Text


@dataclass(frozen=True, slots=True)
class MythTable:
    myth_heading: str
    fact_heading: str
    myth_icon: str
    fact_icon: str
    rows: tuple[MythRow, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    left: ListBlock
    right: ListBlock


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    text: Text


@dataclass(frozen=True, slots=True)
class Flow:
    """Numbered steps: two to four side by side with arrows, more of them below one another."""

    heading: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """A box. kind: summary (strong border), stop (stop border and octagon), care (triangle), plain."""

    kind: Literal["summary", "stop", "care", "plain"]
    heading: str
    items: tuple[Text, ...]
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its words. beside: stands at the right of the title and the box that follow it."""

    art: Art
    caption: str = ""
    heading: str = ""
    text: Text = NO_WORDS
    beside: bool = False


@dataclass(frozen=True, slots=True)
class TableBlock:
    """columns: heads. rows: cells, as many as heads; the first of each row is its row head."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """References in small type at the foot of a handout's last page. note: version, author role and review dates."""

    heading: str
    items: tuple[Text, ...]
    note: str
