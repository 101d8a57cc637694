"""Sets the same packs with Typst, the fastest tool that makes tagged PDFs: same words, fonts and kinds of tags.

A document's blocks become the flat list that `pack.typ` sets. Typst keeps its fonts and its compiled template between
packs, as its users would have it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from benchmarks.svg import as_svg
from generator import blocks as b
from generator.figures.palette import PEOPLE, palette_for
from generator.figures.picture import draw

TEMPLATE = Path(__file__).parent / "pack.typ"

Item = dict[str, Any]
"""What the template sets: its kind, and what it says."""


def _spans(text: b.Text) -> list[dict[str, str]]:
    return [{"words": span.words, "emphasis": span.emphasis} for span in text.spans]


def _plain(words: str) -> list[dict[str, str]]:
    return [{"words": words, "emphasis": ""}]


def _items(block: Any) -> Iterator[Item]:
    """One of our blocks as items of the template, all its words included."""
    match block:
        case b.Exercises():
            yield from _exercises(block)
        case b.Log():
            yield from _log(block)
        case _:
            for family in (_of_cover, _of_help, _of_handout):
                yield from family(block)


def _of_cover(block: Any) -> Iterator[Item]:
    """A block of the cover; nothing for other blocks."""
    match block:
        case b.CoverTitle():
            yield {"kind": "title", "size": 36, "text": _spans(block.title)}
            yield {"kind": "text", "text": _spans(block.lead)}
        case b.FactsRow():
            rows = [[fact.value.words + (" " + fact.small.words if fact.small else "") for fact in block.facts]]
            yield {"kind": "table", "widths": [1, 1, 1], "head": [fact.label for fact in block.facts], "rows": rows}
        case b.WhyAndGoals():
            yield {"kind": "section", "words": block.why_heading}
            yield {"kind": "text", "text": _spans(block.why)}
            yield {"kind": "section", "words": block.goals_heading}
            yield {"kind": "list", "items": [_spans(goal) for goal in block.goals]}
        case b.PlanTable():
            yield {"kind": "section", "words": block.heading}
            head = ["", block.dose_label, block.often_label, block.page_label]
            rows = [[f"{row.number} {row.name} {row.role}", row.dose, row.often, "5"] for row in block.rows]
            yield {"kind": "table", "widths": [4, 3, 3, 1], "head": head, "rows": rows}
        case b.Contact():
            for column in block.columns:
                yield {"kind": "section", "words": column.heading}
                targets = dict(column.links)
                for number, line in enumerate(column.lines):
                    if number in targets:
                        yield {"kind": "link", "target": targets[number], "words": line.words}
                    else:
                        yield {"kind": "text", "text": _spans(line)}
        case b.SignOff():
            yield {"kind": "text", "text": _spans(block.text)}


def _of_help(block: Any) -> Iterator[Item]:
    """Where to get help; nothing for other blocks."""
    match block:
        case b.HelpStrip():
            items = [_plain(block.heading), _plain(block.page_line.format(page=2)), *(_plain(s) for s in block.signs)]
            yield {"kind": "box", "items": items}
        case b.HelpBlock():
            yield {"kind": "title", "size": 26, "text": _plain(block.title)}
            yield {"kind": "text", "text": _spans(block.lead)}
            for group in block.groups:
                yield {"kind": "section", "words": group.word}
                yield {"kind": "list", "items": [_spans(sign) for sign in group.signs]}
            yield {"kind": "text", "text": _spans(block.end)}


def _of_handout(block: Any) -> Iterator[Item]:
    """A block of a handout; nothing for other blocks."""
    match block:
        case b.Display():
            yield {"kind": "small", "text": _plain(block.kicker)}
            yield {"kind": "title", "size": 33, "text": _plain(" ".join(block.lines))}
        case b.PageTitle():
            yield {"kind": "page"}
            yield {"kind": "title", "size": 26, "text": _plain(block.title)}
        case b.Heading():
            yield {"kind": "section", "words": block.text}
        case b.Paragraph():
            yield {"kind": "text", "text": _spans(block.text)}
        case b.ListBlock():
            if block.heading:
                yield {"kind": "section", "words": block.heading}
            yield {"kind": "list", "items": [_spans(item) for item in block.items]}
        case b.Columns():
            yield from _items(block.left)
            yield from _items(block.right)
        case b.MythTable():
            rows = [[row.myth.words, row.fact.words] for row in block.rows]
            yield {"kind": "table", "widths": [1, 2], "head": [block.myth_heading, block.fact_heading], "rows": rows}
        case b.Flow():
            yield {"kind": "section", "words": block.heading}
            yield {"kind": "steps", "items": [f"{step.title} {step.text.words}" for step in block.steps]}
        case b.Callout():
            items = [_plain(block.heading)] if block.heading else []
            yield {"kind": "box", "items": [*items, *(_spans(item) for item in block.items)]}
        case b.Figure():
            if block.heading:
                yield {"kind": "section", "words": block.heading}
            yield {"kind": "text", "text": _spans(block.text)}
            yield {"kind": "small", "text": _plain(block.caption)}
        case b.Sources():
            yield {"kind": "small", "text": _plain(block.heading)}
            yield {"kind": "list", "items": [_spans(item) for item in block.items]}
            yield {"kind": "small", "text": _plain(block.note)}


def _exercises(block: b.Exercises) -> Iterator[Item]:
    for number, (card, note) in enumerate(zip(block.cards, block.notes, strict=True)):
        if number and number % 2 == 0:
            yield {"kind": "page"}
        yield from _card(card, note)
    yield {"kind": "text", "text": _spans(block.foot.stop_line)}


def _card(card: b.ExerciseCard, note: b.Text | None) -> Iterator[Item]:
    yield {"kind": "section", "words": f"{card.number} {card.name}"}
    yield {"kind": "text", "text": _plain(card.purpose)}
    if isinstance(card.picture, b.DrawnPicture):
        yield {"kind": "picture", "svg": _svg(card.picture), "alt": card.picture.alt}
    yield {"kind": "steps", "items": list(card.steps)}
    if note:
        yield {"kind": "text", "text": _spans(note)}
    head, row = [cell.label for cell in card.dose], [cell.value for cell in card.dose]
    yield {"kind": "table", "widths": [1] * len(head), "head": head, "rows": [row]}
    items = [[*_plain(line.word + " "), *_plain(line.text)] for line in card.ladder]
    yield {"kind": "list", "items": items}


def _log(block: b.Log) -> Iterator[Item]:
    yield {"kind": "title", "size": 21, "text": _plain(block.title)}
    yield {"kind": "text", "text": _spans(block.intro)}
    for week in block.weeks:
        head = [week.heading, *(f"{day.weekday} {day.day}" for day in week.days), week.goal_label]
        rows = [[f"{row.number} {row.name}", *[""] * 7, row.goal] for row in week.rows]
        rows += [[words, *[""] * 8] for words in week.pain_rows]
        yield {"kind": "table", "widths": [4, *[1] * 7, 2], "head": head, "rows": rows}
    yield {"kind": "section", "words": block.scale.heading}
    yield {"kind": "list", "items": [_spans(zone.text) for zone in block.scale.zones]}
    for words in block.writing.headings:
        yield {"kind": "section", "words": words}
    if block.bring:
        yield {"kind": "text", "text": _spans(block.bring)}


@lru_cache(maxsize=2_000)
def _svg(picture: b.DrawnPicture) -> str:
    person = PEOPLE[picture.person % len(PEOPLE)]
    return as_svg(
        draw(picture.pose, width=166, height=108, palette=palette_for(person=person), mirrored=picture.mirrored)
    )


def as_data(document: b.Document) -> str:
    """A document for the template."""
    furniture = document.furniture
    return json.dumps(
        {
            "title": document.title,
            "author": document.author,
            "header": furniture.header.words,
            "footer": list(furniture.footer),
            "state": furniture.state,
            "pack_id": furniture.pack_id,
            "sheets": [[item for block in sheet.blocks for item in _items(block)] for sheet in document.sheets],
        }
    )


class Rival:
    """Typst with its fonts loaded and its template compiled."""

    def __init__(self, fonts: Path) -> None:
        self._compiler = typst.Compiler(str(TEMPLATE), font_paths=[str(fonts)], ignore_system_fonts=True)

    def pack(self, data: str) -> bytes:
        """A tagged pack (PDF/UA-1)."""
        return bytes(self._compiler.compile(format="pdf", sys_inputs={"pack": data}, pdf_standards="ua-1"))


def words_in(value: Any) -> Iterator[str]:
    """Every string that a document prints, for checking that both sides hold all the words."""
    if isinstance(value, b.Span):
        yield value.words
    elif is_dataclass(value):
        for field in fields(value):
            yield from words_in(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from words_in(one)
