"""Sheets between the packs of a print run: the list at its front and the separators."""

from __future__ import annotations

from generator.blocks.cover import FactsRow
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """A pack's line: numbers of its sheets ("5 to 8"), its id, how many pages."""

    sheets: str
    pack: str
    pages: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The list at the front of a print run. heads: of the columns of `ManifestRow`. lines: captions of writing lines.

    left_out: which packs are not in the run, or an empty text.
    """

    title: str
    lead: str
    facts: FactsRow
    notes: tuple[str, ...]
    left_out: str
    lines: tuple[str, ...]
    heads: ManifestRow
    rows: tuple[ManifestRow, ...]


@dataclass(frozen=True, slots=True)
class Separator:
    """The sheet before a pack: its id in large type, its place in the run, its pages and sheets."""

    pack: str
    place: str
    extent: str
    note: str
