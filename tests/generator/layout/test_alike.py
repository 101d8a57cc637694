"""Packs that are set alike: same pages, own words."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from generator.blocks import Document, texts_in
from generator.compose.document import Edition, compose
from generator.layout.alike import Alike, in_common
from generator.layout.pages import lay_out
from generator.layout.studio import Blank, Studio
from generator.marks import DrawnBlock, DrawnDocument
from generator.models.plan import Plan
from generator.models.selection import Selection
from generator.write.pdf import write
from tests.packs import PACK_ID, fresh_studio, kept, library, pictures, plan, selection

SHORT, LONG = "You hike.", "You told us that your knee hurts on the way down from every hill. " * 4


@pytest.fixture(scope="module")
def edition() -> Edition:
    shared = library()
    return Edition(shared, shared.brands["ascent"], shared.languages["en"], pictures())


def noted(first: str | None, second: str | None) -> Selection:
    return selection((kept("clamshell", note=first), kept("step-down", note=second)))


PATIENTS: tuple[tuple[Plan, Selection], ...] = (
    (plan(name="Maya Alpha", why=SHORT), noted("alpha", "beta")),
    (plan(name="Omar Gamma", why=SHORT, date="2026-11-24"), noted("gamma", "delta")),
    (plan(name="Zoë Epsilon", why=LONG), noted("epsilon", None)),
    (plan(name="Жанна Omega", why=SHORT, goals=["omega"]), noted(None, "omega")),
    (plan(name="Łukasz Sigma", why=LONG, goals=[]), noted(None, None)),
    (plan(name="Nguyễn Thị Tau", why=SHORT, notes=["tau"]), noted("tau " * 60, "tau")),
    (plan(name="Ana Rho", why=SHORT, next_visit=None), noted("rho", "rho")),
)


def code(drawn: DrawnDocument) -> bytes:
    return b"".join(part for page in drawn.pages for one in page.placements for part in one.block.operators)


def settings(studio: Studio) -> Iterator[DrawnDocument]:
    alike: Alike
    for alike in studio.settings.values():
        yield from (kept.setting for kept in alike._settings)


@pytest.mark.parametrize("layout", ["standard", "compact", "large-print", "ink-saver"])
def test_a_pack_is_the_same_whoever_came_before(edition: Edition, layout: str) -> None:
    used = fresh_studio("ascent", layout, "letter")
    for one, chosen in (*PATIENTS, *PATIENTS[::-1]):
        document = compose(edition, one, chosen, PACK_ID)
        alone = lay_out(document, fresh_studio("ascent", layout, "letter"))
        assert write(lay_out(document, used)) == write(alone), one.name


def test_patients_whose_words_fit_have_their_pages_in_common(edition: Edition) -> None:
    studio = fresh_studio("ascent", "standard", "letter")
    first, second, third, *_ = (lay_out(compose(edition, *one, PACK_ID), studio) for one in PATIENTS)
    assert first.setting is second.setting is not None
    assert third.setting is not first.setting
    assert len(list(settings(studio))) == len(PATIENTS) - 1


def test_a_setting_knows_nobody(edition: Edition) -> None:
    studio = fresh_studio("ascent", "standard", "letter")
    drawn = [lay_out(compose(edition, *one, PACK_ID), studio) for one in PATIENTS]
    words = [b"alpha", b"gamma", b"epsilon", b"omega", b"tau", b"rho", b"Maya", b"Omar", b"hike", b"knee hurts"]
    assert all(any(word in code(one) for one in drawn) for word in words), "the words are looked for as they print"
    for setting in settings(studio):
        assert not [word for word in words if word in code(setting)]
        told = [element.alt for page in setting.pages for one in page.placements for element in one.block.elements]
        assert not [alt for alt in told if PACK_ID.replace("-", "") in alt]
        assert all(
            isinstance(one.block, Blank) or one.block.shared for page in setting.pages for one in page.placements
        )


def test_notes_take_their_holes_in_a_kept_arrangement(edition: Edition) -> None:
    studio = fresh_studio("ascent", "standard", "letter")
    texts = {one.name: code(lay_out(compose(edition, one, chosen, PACK_ID), studio)) for one, chosen in PATIENTS}
    for word, name in ((b"(alpha)", "Maya Alpha"), (b"(gamma)", "Omar Gamma"), (b"(beta)", "Maya Alpha")):
        assert [one for one, text in texts.items() if word in text] == [name]


def _changed(document: Document, kind: str, **changes: Any) -> Document:
    sheets = [
        replace(
            sheet, blocks=tuple(replace(one, **changes) if type(one).__name__ == kind else one for one in sheet.blocks)
        )
        for sheet in document.sheets
    ]
    return replace(document, sheets=tuple(sheets))


def test_whatever_prints_and_is_nobodys_own_is_told_apart(edition: Edition) -> None:
    """Every text of a document is its patient's own, or documents that differ in it have less in common."""
    document = compose(edition, *PATIENTS[0], PACK_ID)
    common = in_common(document)
    assert common == in_common(compose(edition, *PATIENTS[1], PACK_ID))
    for kind, field in (
        ("PlanTable", "heading"),
        ("HelpStrip", "heading"),
        ("SignOff", "icon"),
        ("Log", "title"),
        ("Exercises", "cards"),
    ):
        value: Any = () if field == "cards" else "other"
        assert in_common(_changed(document, kind, **{field: value})) != common, kind
    for field in ("title", "language", "author"):
        assert in_common(replace(document, **{field: "other"})) != common, field
    own = {"pack_id", "header", "title_header", "header_name"}
    for field in set(document.furniture.__slots__) - own:
        changed = replace(document, furniture=replace(document.furniture, **{field: "other"}))
        assert in_common(changed) != common, field


def test_a_block_of_another_size_does_not_fit() -> None:
    block = DrawnBlock(100.0, 20.0, (b"", b""), (), (0,))
    blank = Blank(width=100.0, height=20.0, operators=(b"", b""), elements=(), owners=(0,), own=None)  # type: ignore[arg-type]
    assert blank.takes(block)
    for changes in ({"width": 99.0}, {"height": 21.0}, {"owners": (0, 0)}):
        assert not blank.takes(replace(block, **changes)), changes


def test_what_is_told_by_identity_stays_alive() -> None:
    shared = library()
    studio = fresh_studio("ascent", "standard", "letter")
    for _ in range(3):  # new cards and sheets each time, at whatever place the old ones have left
        anew = Edition(shared, shared.brands["ascent"], shared.languages["en"], pictures())
        document = compose(anew, *PATIENTS[0], PACK_ID)
        words = " ".join(texts_in(document))
        assert b"Clamshell" in code(lay_out(document, studio)), words
        del document, anew
        gc.collect()
    assert len(studio.settings) == 3
