"""The form with the safety questions: all of it on one page, with a box for each answer, for readers of every kind."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from pathlib import Path

import pytest

from generator.checks.screening import questions_for
from generator.compose.document import Edition, screening_form
from generator.layout.pages import lay_out
from generator.write.pdf import write
from tests.kit import BRAND_NAMES, LAYOUT_NAMES
from tests.packs import PACK_ID, library, studio
from tests.reading import outside, overlapping, read, squeezed
from tests.verapdf import assert_pdf_ua

SAFETY = library().safety
ALL = tuple(SAFETY.avoid_tags)
LOOKS = list(product(BRAND_NAMES, LAYOUT_NAMES, ("letter", "a4")))
ONE_PAGE = [look for look in LOOKS if look[1] != "large-print"]


@lru_cache(maxsize=64)
def form(brand: str, layout: str, paper: str, tags: tuple[str, ...] = ALL) -> bytes:
    edition = Edition(library(), library().brands[brand], library().languages["en"])
    document = screening_form(edition, tags, "draft", PACK_ID)
    return write(lay_out(document, studio(brand, layout, paper)))


@pytest.mark.parametrize("look", ONE_PAGE)
def test_all_questions_stand_on_one_page(look: tuple[str, str, str]) -> None:
    (page,) = read(form(*look))
    for rule in SAFETY.avoid_tags.values():
        assert squeezed(rule.ask) in squeezed(page.text)


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_overlaps_or_leaves_the_page(look: tuple[str, str, str]) -> None:
    least = library().layouts[look[1]].minimum_size
    pages = read(form(*look))
    for page in pages:
        left = (page.width - 522) / 2
        assert outside(page, left - 1, left + 523, 34, page.height - 20) == []
        assert overlapping(page) == []
        assert min(one.size for one in page.characters) >= least
    words = squeezed(" ".join(page.text for page in pages))
    assert all(squeezed(rule.ask) in words for rule in SAFETY.avoid_tags.values())


def test_questions_are_never_smaller_than_12_points() -> None:
    for look in LOOKS:
        for page in read(form(*look)):
            marks = [one for one in page.characters if one.text == "?"]
            assert min(one.size for one in marks) >= 12


def test_it_says_who_when_and_what_is_unsigned() -> None:
    (page,) = read(form("ascent", "standard", "letter"))
    for words in ("Before you start", "Your name", "Date of birth", "Asked by", "Date", "Not sure", "Draft"):
        assert squeezed(words) in squeezed(page.text)


def test_urgent_questions_come_first() -> None:
    text = squeezed(read(form("ascent", "standard", "letter"))[0].text)
    places = [text.index(squeezed(rule.ask)) for rule in SAFETY.avoid_tags.values() if rule.hard_stop]
    others = [text.index(squeezed(rule.ask)) for rule in SAFETY.avoid_tags.values() if not rule.hard_stop]
    assert text.index("Urgentquestions") < min(places)
    assert max(places) < text.index("Morequestions") < min(others)


def test_a_plan_asks_only_what_its_exercises_need() -> None:
    tags = questions_for([library().exercises["pelvic-tilt"]], library())
    text = squeezed(read(form("ascent", "standard", "letter", tags))[0].text)
    for tag, rule in SAFETY.avoid_tags.items():
        assert (squeezed(rule.ask) in text) is (tag in tags)


def test_every_form_is_pdf_ua(tmp_path: Path) -> None:
    files = []
    for look in LOOKS:
        files.append(tmp_path / f"{'-'.join(look)}.pdf")
        files[-1].write_bytes(form(*look))
    assert_pdf_ua(files)


def test_a_reader_hears_question_and_answers_as_a_table() -> None:
    edition = Edition(library(), library().brands["ascent"], library().languages["en"])
    drawn = lay_out(screening_form(edition, ALL, "signed", PACK_ID), studio("ascent", "standard", "letter"))
    elements = [one for page in drawn.pages for place in page.placements for one in place.block.elements]
    rows = [one for one in elements if one.role == "TH" and one.scope == "Row"]
    heads = [one for one in elements if one.role == "TH" and one.scope == "Column"]
    assert len(rows) == len(ALL)
    assert len(heads) == 2 * 4
    assert len([one for one in elements if one.role == "TD"]) == 3 * len(ALL)
