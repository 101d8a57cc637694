"""How many elements of each role a pack has to have, told from its blocks: what the design says of each, by hand.

Knows the looks only as far as they print other parts of a block (a compact card) and counts pages where each has a
title of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from generator import blocks as b
from generator.marks import DrawnDocument
from generator.models.brand import Brand

Roles = Counter[str]


def roles(**counts: int) -> Roles:
    return Counter({role: count for role, count in counts.items() if count})


def total(parts: Iterable[Roles]) -> Roles:
    return sum(parts, Counter())


def of_pack(document: b.Document, drawn: DrawnDocument, brand: Brand, layout: str) -> Roles:
    """All roles of a pack, no week of whose log is cut."""
    pages = Counter(drawn.sheets)
    found = roles(Document=1, Sect=len(document.sheets))
    if document.sheets[0].kind == "cover" and not document.furniture.letterhead:
        found += roles(P=1 + bool(brand.masthead_label))  # the clinic's name and the label
    for sheet in document.sheets:
        for block in sheet.blocks:
            found += _of_block(block, pages[sheet.id], layout)
    return found


def _of_block(block: b.Block, pages: int, layout: str) -> Roles:
    match block:
        case b.Exercises():
            foot = total([_foot(block.foot)] * pages)
            notes = roles(P=sum(note is not None for note in block.notes))
            return foot + notes + total(_card(card, compact=layout == "compact") for card in block.cards)
        case b.Log():
            return _log(block, pages)
        case b.HelpBlock():
            head = roles(H1=1, P=bool(block.lead) + pages - 1) + roles(P=1, Link=1)  # a page that goes on says so
            return head + total(_urgency(group) for group in block.groups)
        case _:
            return _of_cover(block) or _of_handout(block)


def _items(count: int, *, labels: bool = False, signs: bool = False) -> Roles:
    """A list. labels: each item has one; signs: it is a picture."""
    return roles(L=1, LI=count, LBody=count, Lbl=count * (labels or signs), Figure=count * signs)


def _of_cover(block: b.Block) -> Roles | None:
    match block:
        case b.CoverTitle():
            return roles(H1=1, P=bool(block.lead))
        case b.FactsRow():
            return roles(P=len(block.facts))
        case b.WhyAndGoals():
            why = roles(H2=1, P=1) if block.why else roles()
            return why + (roles(H2=1) + _items(len(block.goals), signs=True) if block.goals else roles())
        case b.PlanNotes():
            return roles(H2=1, P=len(block.notes))
        case b.HelpStrip():
            return roles(Figure=1, H2=1, P=1) + _items(len(block.signs))
        case b.PlanTable():
            rows = len(block.rows)
            return roles(H2=1, Table=1, TR=1 + rows, TH=3 + rows, TD=1 + 3 * rows)
        case b.Contact():
            lines, links = (sum(len(part) for part in parts) for parts in _lines_and_links(block))
            return roles(H2=len(block.columns), P=lines, Link=links, Figure=bool(block.code))
        case b.SignOff():
            return roles(P=1)
        case b.ActionBox():
            told = [words for _, words in (*block.told, ("", block.do)) if words]
            phone = roles(P=1, Link=1) if block.phone else roles()
            return roles(Figure=1, H2=1, H3=len(told), P=sum(map(len, told))) + phone
        case b.HandBack():
            return roles(H2=1, P=len(block.lines)) + _items(len(block.boxes), signs=True)
        case _:
            return None


def _lines_and_links(block: b.Contact) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    return [one.lines for one in block.columns], [one.links for one in block.columns]


def _urgency(group: b.HelpGroup) -> Roles:
    phone = roles(P=1, Link=1) if group.phone else roles()
    return roles(Figure=1, H2=1) + phone + _items(len(group.signs))


def _of_handout(block: b.Block) -> Roles:
    match block:
        case b.Display() | b.PageTitle():
            return roles(H1=1, P=bool(block.kicker))
        case b.Heading():
            return roles(H2=1)
        case b.Paragraph():
            return roles(P=1)
        case b.StockHead():
            return roles(P=len(block.labels))
        case b.ListBlock():
            return roles(H2=bool(block.heading)) + _items(len(block.items), signs=block.mark != "bullet")
        case b.Columns():
            return _of_handout(block.left) + _of_handout(block.right)
        case b.MythTable():
            rows = len(block.rows)
            return roles(Table=1, TR=1 + rows, TH=2, TD=2 * rows, Figure=2 * rows, P=2 * rows)
        case b.Flow():
            words = sum(bool(step.title) + bool(step.text) for step in block.steps)
            return roles(H2=bool(block.heading), P=words) + _items(len(block.steps), labels=True)
        case b.Callout():
            return roles(H2=bool(block.heading), P=len(block.items), Figure=block.kind in ("stop", "care"))
        case b.Figure():
            return roles(H2=bool(block.heading), P=bool(block.text) + bool(block.caption), Figure=1)
        case b.TableBlock():
            rows, columns = len(block.rows), len(block.columns)
            table = roles(Table=1, TR=1 + rows, TH=columns + rows, TD=rows * (columns - 1))
            return roles(H2=bool(block.heading)) + table
        case b.Sources():
            notes = roles(Note=len(block.items), Reference=len(block.items))
            return roles(H2=bool(block.heading), P=bool(block.note)) + _items(len(block.items)) + notes
        case _:
            raise TypeError(type(block).__name__)


def _foot(foot: b.ExerciseFoot) -> Roles:
    """What stands on every exercise page, with the page's title."""
    return roles(H1=1, Figure=1, P=2 + bool(foot.videos))


def _card(card: b.ExerciseCard, *, compact: bool) -> Roles:
    found = roles(Sect=1, H2=1, **({"Figure": 1} if card.picture else {"P": 1}))
    if compact:
        stops = any(line.kind == "stop" for line in card.ladder)
        found += _items(1 + len(card.brief_dose)) + _items(len(card.brief_steps), labels=True)
        return found + roles(P=stops)
    found += roles(P=bool(card.purpose)) + _items(len(card.steps), labels=True)
    found += _items(len(card.dose), labels=True) + _items(len(card.ladder))
    video = roles(P=1, Link=1, Figure=1) if card.video else roles()
    return found + video + roles(P=1, Figure=1)  # practiced in clinic, with its box


def _log(block: b.Log, pages: int) -> Roles:
    found = roles(H1=pages, P=1 + bool(block.bring))
    for week in block.weeks:
        rows = len(week.rows) + len(week.pain_rows)
        heads = 1 + len(week.days) + 1
        found += roles(Table=1, TR=1 + rows, TH=heads + rows, TD=rows * (heads - 1))
    scale = roles(H2=1, P=1, Figure=1) + _items(len(block.scale.zones), signs=True)
    found += total([scale] * (pages if pages == len(block.weeks) else 1))  # below each week that has its own page
    return found + roles(H2=len(block.writing.headings))
