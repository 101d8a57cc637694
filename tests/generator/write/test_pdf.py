"""The file of a pack: the part that packs have in common, and what is one pack's own."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace

import pikepdf
import pytest

from generator.compose.document import Edition, compose
from generator.layout.pages import lay_out
from generator.marks import Body, DrawnDocument
from generator.write import pdf as writer
from generator.write.pdf import write, written
from tests.packs import PACK_ID, fresh_studio, kept, library, pictures, plan, selection
from tests.reading import read

PLAIN, CYRILLIC, MARKED = "Maya Hill", "Жанна Hill", "Łukasz Hill"


@pytest.fixture(scope="module")
def documents() -> dict[str, DrawnDocument]:
    """Packs that are set alike, by the name of their patient."""
    shared = library()
    edition = Edition(shared, shared.brands["ascent"], shared.languages["en"], pictures())
    studio = fresh_studio("ascent", "standard", "letter")
    chosen = selection((kept("clamshell", note="Slow."),))
    plans = {name: plan(name=name) for name in (PLAIN, CYRILLIC, MARKED)}
    drawn = {name: lay_out(compose(edition, one, chosen, PACK_ID), studio) for name, one in plans.items()}
    assert len({id(one.setting) for one in drawn.values()}) == 1
    return drawn


def fonts(data: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(data)) as document:
        return {str(font.BaseFont) for page in document.pages for font in page.Resources.Font.values()}


def test_packs_that_are_set_alike_begin_with_the_same_bytes(documents: dict[str, DrawnDocument]) -> None:
    files = [write(one) for one in documents.values()]
    shortest = min(files, key=len)
    common = next(shortest[:at] for at in range(len(shortest)) if len({file[at] for file in files}) > 1)
    assert len(common) > 0.9 * len(shortest)
    assert not [name for name in (b"Maya", b"Hill", PACK_ID.encode()) if name in common]


def test_only_who_needs_more_fonts_has_them(documents: dict[str, DrawnDocument]) -> None:
    files = {name: write(one) for name, one in documents.items()}
    common = fonts(files[PLAIN])
    own = {name: fonts(file) - common for name, file in files.items()}
    assert not own[PLAIN]
    assert own[CYRILLIC]
    assert own[MARKED]
    for name, file in files.items():
        assert all(name in page.text.replace("\n", " ") for page in read(file)[2:]), name


def test_a_file_is_sound(documents: dict[str, DrawnDocument]) -> None:
    for one in documents.values():
        with pikepdf.open(io.BytesIO(write(one))) as document:
            assert document.check_pdf_syntax() == []


def test_more_fonts_than_numbers_are_kept_for(
    documents: dict[str, DrawnDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "FONT_NUMBERS", 41)
    anew = {name: replace(one, setting=None) for name, one in documents.items()}
    for name, one in anew.items():
        data = write(replace(one, setting=documents[PLAIN].setting))
        assert fonts(data) == fonts(write(one)), name
        with pikepdf.open(io.BytesIO(data)) as document:
            assert document.check_pdf_syntax() == []


def test_words_in_other_elements_than_their_setting_has_are_not_written(documents: dict[str, DrawnDocument]) -> None:
    one = documents[PLAIN]
    page = one.pages[0]
    bodies = tuple(Body(body.placements[:-1]) if body.share == "pack" else body for body in page.bodies)
    with pytest.raises(AssertionError, match="set anew"):
        write(replace(one, pages=(replace(page, bodies=bodies), *one.pages[1:])))


def test_a_document_of_its_own_kind_reads_the_same(documents: dict[str, DrawnDocument]) -> None:
    alike, alone = (read(write(one)) for one in (documents[PLAIN], replace(documents[PLAIN], setting=None)))
    assert [page.text for page in alike] == [page.text for page in alone]


def test_the_hash_of_a_file_is_known_when_it_is_written(documents: dict[str, DrawnDocument]) -> None:
    for one in documents.values():
        file = written(one)
        assert file.sha256 == hashlib.sha256(file.pdf).hexdigest()
        assert file.pdf == write(one)
