"""Packs of every kind for validators: all looks, 1 to 12 exercises, long and hostile words, inserts of every maker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import cycle, product
from pathlib import Path
from typing import Any, Literal

from generator.merge.looking import Shelf
from generator.merge.pack import Part
from generator.models.selection import HardStop, Selection
from generator.pipeline import Options, Pack, PlacedInsert, Prepared, Workshop
from tests.generator.merge import samples
from tests.kit import BRAND_NAMES, LAYOUT_NAMES
from tests.packs import PACK_ID, kept, library, pictures, plan, selection

IDS = tuple(sorted(library().exercises))
LOOKS = tuple(product(LAYOUT_NAMES, BRAND_NAMES, ("letter", "a4")))
MAKERS = {"typst": samples.guide, "weasyprint": samples.leaflet, "untagged": samples.scan, "form": samples.form}
INSERTS = (("typst",), ("weasyprint",), ("untagged",), ("weasyprint", "untagged"), ("form", "typst", "untagged"))
PLACES: tuple[Literal["front", "end", "after"], ...] = ("front", "end", "after")

WORDS: dict[str, dict[str, Any]] = {
    "plain": {},
    "long": {
        "name": "Maximiliana-Theodora Papadimitriou-Vandenbroucke",
        "why": "Because strong legs carry you up the hill and down again. " * 12,
        "goals": ["Walk to the shop, the school and the library without a rest on every bench " * 1] * 3,
        "notes": ["Call if you are unsure of anything. " * 5],
    },
    "hostile": {
        "name": "Łucja <b>Ñandú</b> Жук",
        "second_id": "MRN ]]> (\\) % /P <</MCID 0>> BDC",
        "why": "endobj endstream %%EOF <img src=/etc/passwd> & javascript:alert(1) “quoted” EMC (((",
        "goals": ["<jane@example.org>", "\\u0000 {0} %s %d ${HOME}"],
    },
    "bare": {"summary": None, "why": None, "goals": [], "next_visit": None, "second_id": None},
}
NOTES = {"long": "Slowly, and as far as it feels good. – Sam", "hostile": "<i>Slow</i> & (low) \\"}


@dataclass(frozen=True)
class Case:
    """A pack to be made. inserts: names of makers."""

    name: str
    look: tuple[str, str, str]
    exercises: int
    words: str = "plain"
    inserts: tuple[str, ...] = ()
    letterhead: bool = False


def cases() -> Iterator[Case]:
    """Some 300 packs."""
    words = cycle(WORDS)
    for number, (look, count) in enumerate(product(LOOKS, range(1, 13))):
        style = next(words) if number % 12 else "plain"
        yield Case(f"{'-'.join(look)}-{count}-{style}", look, count, style, letterhead=number % 7 == 3)
    for number, (look, inserts) in enumerate(product(LOOKS, INSERTS)):
        yield Case(f"{'-'.join(look)}-with-{'-'.join(inserts)}", look, 1 + number % 3, inserts=inserts)
    for look in LOOKS:
        yield Case(f"{'-'.join(look)}-help-only", look, 0)
    for look in LOOKS:
        yield Case(f"{'-'.join(look)}-stock", look, -1)


def some(every: int) -> list[Case]:
    """Every so manieth of them, which still has all looks, counts, words and inserts."""
    return list(cases())[::every]


@cache
def _shop(look: tuple[str, str, str], letterhead: bool) -> Workshop:
    layout, brand, paper = look
    options = Options(
        as_of=date(2026, 11, 23),
        layout=layout,
        brand=brand,
        paper="letter" if paper == "letter" else "a4",
        draft=True,
        letterhead=letterhead,
    )
    return Workshop(library(), options, "content", pictures().poses)


def make(case: Case, shelf: Shelf, folder: Path) -> Pack:
    """The pack. shelf: reads inserts, which are written into the folder first."""
    shop = _shop(case.look, case.letterhead)
    if case.exercises < 0:
        handouts = sorted(library().handouts)
        return shop.stock(handouts[len(case.name) % len(handouts)], PACK_ID)
    chosen = _stopped() if not case.exercises else selection(_exercises(case))
    one = plan(handouts=sorted(library().handouts)[: case.exercises % 4], **WORDS[case.words])
    placed = [_placed(name, PLACES[number % 3], shelf, folder) for number, name in enumerate(case.inserts)]
    return shop.make(Prepared(one, chosen, (), ""), PACK_ID, placed)


def _stopped() -> Selection:
    return selection((), red_flags=("RF02", "RF01"), hard_stops=(HardStop("suspected-dvt", answered=False),))


def _exercises(case: Case) -> tuple[Any, ...]:
    start = 3 * LOOKS.index(case.look)  # packs of one look share their cards, as a clinic's do
    return tuple(kept(IDS[(start + n) % len(IDS)], note=NOTES.get(case.words)) for n in range(case.exercises))


def _placed(name: str, place: Literal["front", "end", "after"], shelf: Shelf, folder: Path) -> PlacedInsert:
    file = folder / f"{name}.pdf"
    if not file.exists():
        file.write_bytes(MAKERS[name]())
    describes = "A map: the parking lot is behind the house." if name == "untagged" else ""
    return PlacedInsert(Part(shelf.take(file), file.name, describes, describes), place, "log")
