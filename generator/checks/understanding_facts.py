"""What a program can count in a handout, for the report on how easy it is to understand."""

from __future__ import annotations

import re

from generator.checks.texts import handout_sheets
from generator.checks.words import jargon_in, sentences_of, word_count
from generator.models.handout import (
    CalloutBlock,
    ClaimBlock,
    ColumnsBlock,
    FigureBlock,
    Handout,
    HeadingBlock,
    ListOfItems,
    MythsBlock,
    PageBreak,
    ParagraphBlock,
    StepsBlock,
    TableOfCells,
)
from generator.models.library import Library
from generator.values import dataclass

_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?\w{2,}(?:ed|wn|ght)\b", re.IGNORECASE)
_HARD_NUMBER = re.compile(r"%|\b\d+[.,/]\d+\b|\b(?:percent|ratio|odds)\b", re.IGNORECASE)
_SUM = re.compile(r"\b(?:add up|subtract|multiply|divide|calculate|times your)\b|\d\s*[+×÷*]\s*\d", re.IGNORECASE)
_READER = re.compile(r"\b(?:you|your|yours)\b", re.IGNORECASE)
_SOFT = frozenset({"supported-with-limits", "mixed", "plausible-not-proven", "overstated"})
_OWN_HEAD = (ListOfItems, ColumnsBlock, StepsBlock, CalloutBlock, FigureBlock, TableOfCells)
_LONG_PARTS = (ParagraphBlock, ClaimBlock)
SHORT_HEAD = 4  # words
OPENING = 3  # blocks in which a summary counts as standing at the front


@dataclass(frozen=True, slots=True)
class Facts:
    """Counts. passive_share: of sentences. headed_share: of parts that could have a heading. longest_part: words."""

    jargon: bool
    passive_share: float
    hard_numbers: bool
    sums: bool
    addresses_reader: bool
    longest_part: int
    headed_share: float
    summaries: int
    opens_with_summary: bool
    cues: int
    figures: int
    captions: int
    tables: int
    short_heads: bool
    lists: int
    steps: int
    soft_claims: int


def facts_of(handout: Handout, library: Library) -> Facts:
    """The counts of a handout of the library."""
    sheet = next(one for one in handout_sheets(library) if one.name == handout.id)
    words = [text.text for text in sheet.texts if not text.myth]
    sentences = [sentence for text in words for sentence in sentences_of(text)]
    whole = "\n".join(words)
    blocks = handout.blocks
    figures = [block for block in blocks if isinstance(block, FigureBlock)]
    tables = [block for block in blocks if isinstance(block, TableOfCells)]
    summaries = [block for block in blocks if isinstance(block, CalloutBlock) and block.kind == "summary"]
    verdicts = [library.evidence.claims[id].verdict for id in handout.claims() if id in library.evidence.claims]
    return Facts(
        jargon=bool(jargon_in(whole)),
        passive_share=sum(bool(_PASSIVE.search(one)) for one in sentences) / max(1, len(sentences)),
        hard_numbers=bool(_HARD_NUMBER.search(whole)),
        sums=bool(_SUM.search(whole)),
        addresses_reader=bool(_READER.search(whole)),
        longest_part=_longest_part(handout, library),
        headed_share=_headed_share(handout),
        summaries=len(summaries),
        opens_with_summary=any(block in summaries for block in blocks[:OPENING]),
        cues=sum(isinstance(block, CalloutBlock | MythsBlock | ListOfItems) for block in blocks),
        figures=len(figures),
        captions=sum(bool(figure.caption or figure.heading) for figure in figures),
        tables=len(tables),
        short_heads=all(word_count(head) <= SHORT_HEAD for table in tables for head in table.columns),
        lists=sum(isinstance(block, ListOfItems | ColumnsBlock | StepsBlock) for block in blocks),
        steps=sum(isinstance(block, StepsBlock) for block in blocks),
        soft_claims=sum(verdict in _SOFT for verdict in verdicts),
    )


def _longest_part(handout: Handout, library: Library) -> int:
    """Words of the longest paragraph or claim."""
    longest = 0
    for block in handout.blocks:
        if isinstance(block, ParagraphBlock):
            longest = max(longest, word_count(block.text))
        elif isinstance(block, ClaimBlock):
            claims = (library.evidence.claims.get(id) for id in (block.claim, *block.also))
            longest = max(longest, sum(word_count(claim.wording) for claim in claims if claim is not None))
    return longest


def _headed_share(handout: Handout) -> float:
    """Share of the parts that follow a heading or have one of their own."""
    parts, headed, under_heading = 0, 0, False
    for block in handout.blocks:
        if isinstance(block, HeadingBlock | PageBreak):
            under_heading = True
        elif isinstance(block, (*_OWN_HEAD, *_LONG_PARTS)):
            parts += 1
            own = getattr(block, "heading", None) or isinstance(block, ColumnsBlock)
            headed += bool(own or under_heading)
    return headed / parts if parts else 1.0
