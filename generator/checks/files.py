"""Rules about files themselves: they can be read and mean something, and what an insert brings along is told.

Loading and merging find these; here they have their codes, so that a report of either is explained like any other.
"""

from __future__ import annotations

from generator.checks.rule import Rule

READABLE = Rule(
    "X01",
    "error",
    "Every file can be read, and says what its kind of file may say.",
    "A file that is half understood would print something else than its author meant.",
    "JSON Schema of each kind of file: handouts schema KIND.",
)
DOUBTFUL_IDS = Rule(
    "X02",
    "warning",
    "Record numbers of a roster are all of one length, where some of them begin with a zero.",
    "A spreadsheet drops leading zeros, and a pack would be filed under a number that is not the patient's.",
    "House rule: a person compares them with the clinic's records.",
)
LEFT_OUT = Rule(
    "X03",
    "note",
    "What of a record becomes part of no plan is counted and told.",
    "Somebody may miss it, and should not hear so from the patient.",
    "docs/rosters.md.",
)
INSERTED = Rule(
    "M01",
    "note",
    "What is changed, left out or missing in an inserted file is told.",
    "The clinic knows its own file, and should know how the pack's copy differs from it.",
    "docs/merging.md.",
)
RULES = (READABLE, DOUBTFUL_IDS, LEFT_OUT, INSERTED)
