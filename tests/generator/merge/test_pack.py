"""Files of real makers, merged: what readers see is what they saw before."""

from __future__ import annotations

import itertools
from pathlib import Path

import pikepdf
import pytest

from generator.merge.findings import PdfError
from generator.merge.pack import merge, merge_files
from tests.generator.merge import samples
from tests.generator.merge.graph import SeenElement, elements, faults, listed, opened
from tests.generator.merge.handmade import edited, simple
from tests.generator.merge.shared import merged, messages, part
from tests.generator.merge.views import page_words, pdfium_words, pixels, poppler_words

PAIRS = list(itertools.product(("guide", "leaflet"), repeat=2))


def sample(name: str) -> bytes:
    return {"guide": samples.guide, "leaflet": samples.leaflet}[name]()


def below_parts(pdf: bytes) -> list[SeenElement]:
    """The elements of each Part, as deep as they stood in their own file."""
    found = elements(pdf)
    return [SeenElement(one.depth - 1, *_rest(one)) for one in found if one.depth > 1]


def _rest(one: SeenElement) -> tuple[str, str, str, str, int]:
    return one.role, one.alt, one.language, one.title, one.headers


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_roles_texts_and_headers_stay(first: str, second: str) -> None:
    one, two = sample(first), sample(second)
    result = merged(one, two)
    assert faults(result.pdf) == []
    before = [element for pdf in (one, two) for element in elements(pdf) if element.depth > 0]
    assert below_parts(result.pdf) == before
    assert result.claims_pdf_ua, messages(result)
    assert result.pages == 4


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_words_and_pixels_stay(first: str, second: str, tmp_path: Path) -> None:
    one, two = sample(first), sample(second)
    pdf = merged(one, two).pdf
    assert poppler_words(pdf, tmp_path) == poppler_words(one, tmp_path) + poppler_words(two, tmp_path)
    assert page_words(pdf, tmp_path) == page_words(one, tmp_path) + page_words(two, tmp_path)
    assert pdfium_words(pdf) == pdfium_words(one) + pdfium_words(two)
    assert sum(map(len, pdfium_words(pdf))) > 20
    assert pixels(pdf) == pixels(one) + pixels(two)


def test_the_same_file_three_times_costs_little_more_than_once() -> None:
    once, thrice = merged(samples.guide()).pdf, merged(*[samples.guide()] * 3).pdf
    assert faults(thrice) == []
    assert len(thrice) < 1.6 * len(once)
    assert pixels(thrice) == pixels(samples.guide()) * 3


def test_same_input_gives_same_bytes() -> None:
    pdfs = [samples.guide(), samples.leaflet(), samples.scan()]
    assert merged(*pdfs, describes="A map").pdf == merged(*pdfs, describes="A map").pdf
    assert merged(*pdfs).pdf != merged(*reversed(pdfs)).pdf


def test_an_original_is_not_changed_by_being_placed() -> None:
    one = part(samples.guide())
    first = merge([one, one], language="en").pdf
    assert merge([one, one], language="en").pdf == first


def test_each_input_has_its_bookmark_and_its_own_below() -> None:
    pdf = merged(samples.guide(), samples.scan(), describes="A map").pdf
    with opened(pdf) as document, document.open_outline() as outline:
        titles = [item.title for item in outline.root]
        assert titles == ["Stair guide", "Parking"]
        assert [item.title for item in outline.root[1].children] == ["Way 1", "Way 2"]
        pages = [page.obj.objgen for page in document.pages]
        assert outline.root[1].children[1].destination[0].objgen == pages[3]


def test_links_lead_into_their_own_file() -> None:
    pdf = merged(samples.leaflet(), samples.leaflet()).pdf
    with opened(pdf) as document:
        names = document.Root.Names.Dests.Names
        pages = [page.obj.objgen for page in document.pages]
        targets = {bytes(names[index]): names[index + 1][0].objgen for index in range(0, len(names), 2)}
        leads = []
        for page in document.pages:
            for annotation in listed(page.get("/Annots")):
                target = annotation.get("/Dest", annotation.get("/A", {}).get("/D"))
                if isinstance(target, pikepdf.String):
                    leads.append((pages.index(page.obj.objgen), pages.index(targets[bytes(target)])))
    assert leads == [(0, 1), (2, 3)]


def test_catalog_says_what_a_screen_reader_needs() -> None:
    with opened(merged(samples.leaflet(), samples.guide(), language="").pdf) as document:
        root = document.Root
        assert (str(root.Lang), bool(root.MarkInfo.Marked)) == ("es", True)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(document.docinfo.Title) == "Pack"
        with document.open_metadata() as metadata:
            assert (metadata["dc:title"], metadata["pdfuaid:part"]) == ("Pack", "1")
        assert document.pdf_version == "1.7"
        assert "/Lang" not in root.StructTreeRoot.K[0].K[0]
        assert str(root.StructTreeRoot.K[0].K[1].Lang) == "en"


def test_page_labels_move_with_their_pages() -> None:
    def roman(document: pikepdf.Pdf) -> None:
        document.Root.PageLabels = pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(S=pikepdf.Name.r, St=4)])

    with opened(merged(simple(), edited(samples.guide(), roman)).pdf) as document:
        assert [page.label for page in document.pages] == ["1", "iv", "v"]


def test_merge_files_reads_from_disk_and_names_what_it_cannot_read(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(simple("Good"))
    bad.write_bytes(b"<html>not a pdf</html>")
    result = merge_files([good, good])
    assert (result.pages, result.claims_pdf_ua) == (2, True)
    with pytest.raises(PdfError, match="not a PDF") as caught:
        merge_files([good, bad])
    assert caught.value.place is not None
    assert caught.value.place.file == str(bad)


def test_nothing_to_merge_is_an_error() -> None:
    with pytest.raises(PdfError, match="nothing to merge"):
        merge([])


def test_without_any_language_the_claim_is_not_made() -> None:
    result = merged(samples.scan(), describes="A map", language="")
    assert not result.claims_pdf_ua
    assert "7.2-33" in messages(result)
