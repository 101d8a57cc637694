"""Packs that are set alike: their pages are laid out once, with blanks where each patient's own words go.

How a pack's pages come out follows from two things: what it has in common with others (exercises, doses, handouts,
look), and how much room its own words take. A setting is kept with all blanks that its pages asked for; a pack with
the same things in common, whose own words fit every one of these blanks, has the very same pages.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from generator.blocks import (
    Block,
    Contact,
    CoverTitle,
    Document,
    Exercises,
    FactsRow,
    HandBack,
    Log,
    PlanNotes,
    Sheet,
    WhyAndGoals,
)
from generator.layout.faces import first_sets
from generator.layout.furniture import EDGES
from generator.layout.studio import Blank, Place, Studio
from generator.marks import DrawnDocument
from generator.values import dataclass

MOST_SETTINGS = 20  # of packs that are otherwise alike: their own words take more or fewer lines

OWN_BLOCKS = (CoverTitle, FactsRow, WhyAndGoals, PlanNotes, HandBack)
"""Blocks that are a patient's own as a whole. Their place is their kind: a pack has one of each."""


def own_words(document: Document) -> dict[Place, Any]:
    """What a pack says to its patient alone, by the place where it stands, as the painters of these places take it."""
    words: dict[Place, Any] = {EDGES: document.furniture}
    for sheet in document.sheets:
        if sheet.shared:
            continue
        for block in sheet.blocks:
            if isinstance(block, OWN_BLOCKS):
                words[type(block)] = block
            elif isinstance(block, Contact):
                words["code"] = block
                words |= {("contact", number): one for number, one in enumerate(block.columns) if one.personal}
            elif isinstance(block, Exercises):
                words |= {("note", number): note for number, note in enumerate(block.notes, 1)}
            elif isinstance(block, Log):
                words["bring"] = block.bring
                words |= {("week", number): week.days for number, week in enumerate(block.weeks)}
    return words


def in_common(document: Document) -> Hashable:
    """All of a document but what its own words say: documents that have it in common are set alike if these fit."""
    edges = document.furniture
    around = (edges.state, edges.state_in_full, edges.page_of, edges.between, edges.footer, edges.cover_footer)
    sheets = [
        id(sheet) if sheet.shared else (sheet.kind, sheet.id, sheet.title, *map(_common_part, sheet.blocks))
        for sheet in document.sheets
    ]
    names = (document.title, document.language, document.author, edges.phone, edges.letterhead, document.inserts)
    return (*names, *around, *sheets)


def _common_part(block: Block) -> Hashable:
    """A block of a sheet that is not shared without what only one patient is told."""
    if isinstance(block, WhyAndGoals):
        return (WhyAndGoals, bool(block.why), bool(block.goals))
    if isinstance(block, OWN_BLOCKS):
        return (type(block),)
    if isinstance(block, Contact):
        return (bool(block.code), *[None if one.personal else one for one in block.columns])
    if isinstance(block, Exercises):
        noted = [note is not None for note in block.notes]
        return (block.titles, id(block.foot), *map(id, block.cards), *noted)
    if isinstance(block, Log):
        weeks = [(week.heading, week.goal_label, week.rows, week.pain_rows, week.pain_range) for week in block.weeks]
        return (block.title, block.intro, block.scale, block.writing, block.bring is not None, *weeks)
    return block


def kept_alive(document: Document) -> list[object]:
    """What `in_common` tells by identity: a setting keeps it, so that nothing else has its id."""
    found: list[object] = []
    for sheet in document.sheets:
        found += [sheet] if sheet.shared else _cards_of(sheet)
    return found


def _cards_of(sheet: Sheet) -> list[object]:
    blocks = [block for block in sheet.blocks if isinstance(block, Exercises)]
    return [part for block in blocks for part in (block.foot, *block.cards)]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A setting, every blank that its pages were tried with, and the fonts of all that is not a patient's own."""

    setting: DrawnDocument
    asked: list[Blank]
    fonts: frozenset[str]

    def fits(self, studio: Studio) -> bool:
        """Whether the setting of the studio's patient would be this one."""
        own = [studio.filled(blank.own) for blank in self.asked]
        if not all(blank.takes(block) for blank, block in zip(self.asked, own, strict=True)):
            return False
        fonts = self.fonts.union(*[first_sets(block.glyph_sets) for block in own])
        return fonts == self.setting.glyph_sets.keys()


class Alike:
    """The settings of packs that have everything but their own words in common."""

    def __init__(self, alive: list[object]) -> None:
        """alive: see `kept_alive`."""
        self._alive = alive
        self._settings: list[_Kept] = []

    def fitting(self, studio: Studio) -> DrawnDocument | None:
        """The setting in whose blanks the words of the studio's patient fit; None if there is none yet."""
        return next((kept.setting for kept in self._settings if kept.fits(studio)), None)

    def keep(self, setting: DrawnDocument, asked: list[Blank]) -> DrawnDocument:
        """The same setting, kept for others. asked: every blank that its pages were tried with."""
        if len(self._settings) >= MOST_SETTINGS:
            self._settings.clear()
        shared = [
            one.block.glyph_sets
            for page in setting.pages
            for one in page.placements
            if not isinstance(one.block, Blank)
        ]
        self._settings.append(_Kept(setting, asked, frozenset[str]().union(*shared)))
        return setting
