"""The log: grids of days to tick, the pain scale, and lines to write on."""

from __future__ import annotations

from datetime import date
from typing import Literal

from generator.blocks.text import Text
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class LogDay:
    """weekday: "Mon". day: "Nov 23" on the first of a week or month, else "24"."""

    date: date
    weekday: str
    day: str


@dataclass(frozen=True, slots=True)
class LogRow:
    number: int
    name: str
    goal: str


@dataclass(frozen=True, slots=True)
class LogWeek:
    heading: str
    goal_label: str
    days: tuple[LogDay, ...]
    rows: tuple[LogRow, ...]
    pain_rows: tuple[str, ...]
    pain_range: str


@dataclass(frozen=True, slots=True)
class PainZone:
    """A zone of the pain scale from `low` to `high`. text: bold word and what to do."""

    kind: Literal["go", "care", "stop"]
    low: int
    high: int
    text: Text
    icon: str


@dataclass(frozen=True, slots=True)
class PainScale:
    heading: str
    legend: str
    zones: tuple[PainZone, ...]
    alt: str


@dataclass(frozen=True, slots=True)
class WritingLines:
    """Columns with a heading above empty lines."""

    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Log:
    title: str
    intro: Text
    weeks: tuple[LogWeek, ...]
    scale: PainScale
    writing: WritingLines
    bring: Text | None
