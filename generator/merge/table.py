"""The objects of the output: the tables of all inputs side by side, and what the merge adds.

An input's objects are not copied again when it is placed; they stay as they were read and are read through their
placement: how far their numbers are shifted, and what their symbols are called here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from generator.merge.original import Original
from generator.merge.values import Dictionary, Out, Ref, Stream, Symbol, Value
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Placed:
    """offset: added to the numbers of an input's references. names: what its symbols become."""

    offset: int
    names: Mapping[Symbol, Value]


OURS = Placed(0, {})


@dataclass(slots=True)
class Table:
    """values[n] is object n of the output; placements[n] says how to read it. Object 0 is never used."""

    values: list[Value] = field(default_factory=lambda: [None])
    placements: list[Placed] = field(default_factory=lambda: [OURS])

    def place(self, original: Original, names: Mapping[Symbol, Value]) -> Placed:
        """Puts an input's objects behind those that are there."""
        placed = Placed(len(self.values), names)
        self.values.extend(original.objects)
        self.placements.extend([placed] * len(original.objects))
        return placed

    def add(self, value: Value) -> Out:
        """Puts an object of our own into the table; it refers to others by `Out` only."""
        self.values.append(value)
        self.placements.append(OURS)
        return Out(len(self.values) - 1)

    def extend(self, number: int, entries: Dictionary) -> None:
        """Gives a dictionary or stream more entries; the input's own value stays untouched."""
        old = self.values[number]
        if isinstance(old, Stream):
            self.values[number] = Stream(old.entries | entries, old.data)
        else:
            self.values[number] = old | entries

    def target(self, value: Value, placed: Placed) -> int:
        """The object that a reference leads to, 0 for what is none."""
        if type(value) is Ref:
            return placed.offset + value
        return int(value) if type(value) is Out else 0

    def found(self, value: Value, placed: Placed) -> Value:
        """What a value stands for: follows references."""
        for _ in range(32):
            number = self.target(value, placed)
            if not number:
                return value
            value, placed = self.values[number], self.placements[number]
        return None
