"""Real packs in a folder, and print runs read back by pdfium, which shares no code with what wrote them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium

from generator.deliver import keys
from generator.deliver.delivery import FinishedPack, deliver
from generator.deliver.folder import PackFolder
from generator.load.digest import content_hash
from generator.load.library import load_library
from generator.load.plans import load_plan
from generator.merge.pack import Part
from generator.merge.reading import read_pdf
from generator.pipeline import Options, PlacedInsert, Workshop
from tests.generator.deliver.packs import KEY

CONTENT = Path(__file__).parents[3]


@cache
def workshop() -> Workshop:
    """The shipped content; without exercise pictures, which these tests need not."""
    return Workshop(load_library(CONTENT), Options(as_of=date(2026, 11, 24), draft=True), content_hash(CONTENT))


@cache
def finished(number: int, paper: str = "letter", inserts: tuple[bytes, ...] = ()) -> FinishedPack:
    """The pack of a sample plan."""
    shop = workshop()
    plan = load_plan(CONTENT / "handouts" / "plans" / f"sample-{number:02}.yaml", shop.library)
    plan = plan.model_copy(update={"paper": paper})
    prepared = shop.prepare(plan)
    pack_id = keys.pack_id(KEY, plan.id)
    pack = shop.make(prepared, pack_id, [_placed(data) for data in inserts])
    return FinishedPack(
        pack_id=pack_id,
        plan_digest=keys.plan_digest(KEY, plan.id),
        input_hash=prepared.input_hash,
        plan_id=plan.id,
        name=plan.name,
        second_id="",
        pdf=pack.pdf,
        pages=pack.pages,
        versions={"product": "0.1"},
    )


def _placed(data: bytes) -> PlacedInsert:
    return PlacedInsert(Part(read_pdf(data, "insert.pdf"), "Insert", "Insert", "Insert"), "end", "")


def fill(path: Path, *packs: FinishedPack) -> Path:
    """A folder with these packs."""
    with PackFolder(path) as folder:
        assert all(outcome.error is None for outcome in deliver(folder, packs))
    return path


@dataclass(frozen=True)
class ReadRun:
    """texts: of every page. sizes: in points. bookmarks: title and page number from 0."""

    texts: tuple[str, ...]
    sizes: tuple[tuple[int, int], ...]
    bookmarks: tuple[tuple[str, int], ...]


def read_run(data: bytes) -> ReadRun:
    with pdfium.PdfDocument(data) as document:
        texts, sizes = [], []
        for page in document:
            text = page.get_textpage().get_text_bounded()
            texts.append(" ".join(text.replace("\x02", "-").replace("\ufffe", "-").split()))
            sizes.append((round(page.get_width()), round(page.get_height())))
        marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
        return ReadRun(tuple(texts), tuple(sizes), tuple(marks))
