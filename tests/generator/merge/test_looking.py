"""Foreign files are read in a process of their own: facts for good ones, for others an error that names the file."""

from __future__ import annotations

import pickle
import sys
import zlib
from pathlib import Path

import pikepdf
import pytest

from generator.merge import looking
from generator.merge.findings import PdfError
from generator.merge.looking import Shelf, look
from generator.merge.reading import read_pdf
from tests.generator.merge import samples
from tests.generator.merge.handmade import raw_pdf, simple


def written(folder: Path, data: bytes, name: str = "insert.pdf") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_facts_of_tagged_and_untagged_files(tmp_path: Path) -> None:
    shelf = Shelf()
    facts = shelf.look(written(tmp_path, samples.guide()))
    assert (facts.pages, facts.tagged, facts.claims_pdf_ua) == (2, True, True)
    assert (facts.title, facts.language) == ("Stair guide", "en")
    assert facts.sizes[0] == pytest.approx((396.85, 510.24), abs=0.01)
    facts = shelf.look(written(tmp_path, samples.scan()))
    assert (facts.pages, facts.tagged, facts.claims_pdf_ua, facts.title) == (2, False, False, "Parking")
    assert facts.sizes[1] == pytest.approx((419.53, 595.28), abs=0.01)


def test_the_guarded_process_reads_what_this_one_would(tmp_path: Path) -> None:
    taken = Shelf().take(written(tmp_path, samples.leaflet()))
    here = read_pdf(samples.leaflet(), "")
    assert taken.objects == here.objects
    assert taken.facts == here.facts
    assert len(taken.margins) == 2


def test_the_same_contents_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf()
    first = shelf.take(written(tmp_path, simple(), "a.pdf"))
    monkeypatch.setattr(shelf, "_guarded", lambda *_: pytest.fail("read again"))
    assert shelf.take(written(tmp_path, simple(), "b.pdf")) is first


LOOP = {
    1: b"<</Type/Catalog/Pages 2 0 R>>",
    2: b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>",
    3: b"<</Type/Pages/Kids[2 0 R]/Count 1>>",
}
NO_PAGES = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[]/Count 0>>"}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"<!doctype html><html><body>Sign in</body></html>", "not a PDF"),
        (b"PK\x03\x04 a document of another program", "not a PDF"),
        (b"%PDF-1.7\n" + b"\xff\x00garbage " * 200, "damaged"),
        (samples.guide()[:900], "damaged"),
        (raw_pdf(NO_PAGES), "no pages"),
        (raw_pdf(LOOP), "no pages"),
    ],
    ids=["empty", "html", "zip", "garbage", "cut off", "no pages", "circle"],
)
def test_what_cannot_be_read_is_a_clean_error(data: bytes, message: str, tmp_path: Path) -> None:
    path = written(tmp_path, data)
    with pytest.raises(PdfError, match=message) as caught:
        look(path)
    assert caught.value.place is not None
    assert caught.value.place.file == str(path)
    assert caught.value.hint


def test_an_error_is_kept_and_names_the_file_that_was_asked_for(tmp_path: Path) -> None:
    shelf = Shelf()
    for name in ("a.pdf", "b.pdf"):
        with pytest.raises(PdfError, match="not a PDF") as caught:
            shelf.look(written(tmp_path, b"no pdf", name))
        assert str(caught.value).startswith(str(tmp_path / name))


def test_a_password_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "secret.pdf"
    with pikepdf.open(written(tmp_path, simple())) as document:
        document.save(path, encryption=pikepdf.Encryption(owner="o", user="u", R=6))
    with pytest.raises(PdfError, match="protected by a password"):
        look(path)


def test_missing_files_folders_and_huge_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PdfError, match="no such file"):
        look(tmp_path / "none.pdf")
    with pytest.raises(PdfError, match="cannot be opened"):
        look(tmp_path)
    monkeypatch.setattr(looking, "MAX_BYTES", 100)
    with pytest.raises(PdfError, match="larger than"):
        look(written(tmp_path, simple()))


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    kids = b"".join(b"%d 0 R " % number for number in range(3, 40))
    bomb = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[" + kids + b"]>>"}
    for number in range(3, 40):
        below = b"".join(b"%d 0 R " % one for one in range(number + 1, 40))
        bomb[number] = b"<</Type/Pages/Kids[" + below + b"]>>"
    with pytest.raises(PdfError, match="longer than 1 seconds"):
        look(written(tmp_path, raw_pdf(bomb)), seconds=1)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux limits a process's memory reliably")
def test_a_file_that_needs_too_much_memory_is_given_up(tmp_path: Path) -> None:
    packed = zlib.compress(b"%" + b" " * 60_000_000, 9)
    stream = b"<</Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (len(packed), packed)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    data = raw_pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: tree, 3: page, 4: stream})
    assert look(written(tmp_path, simple(), "small.pdf"), memory_mb=160).pages == 1
    with pytest.raises(PdfError, match="too much memory"):
        look(written(tmp_path, data), memory_mb=160)


class _Harmful:
    def __reduce__(self) -> tuple[object, ...]:
        return (print, ("run",))


def test_only_plain_values_are_accepted_from_the_guarded_process() -> None:
    answer = pickle.dumps(_Harmful())
    with pytest.raises(PdfError):
        looking._understood(answer, looking.Place("x.pdf"))
