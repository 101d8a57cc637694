"""Files without tags: every page becomes one Figure with a person's words, looking as it looked."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from generator.merge.content import mended, operations
from tests.generator.merge import samples
from tests.generator.merge.graph import elements, faults, opened
from tests.generator.merge.handmade import edited
from tests.generator.merge.shared import merged, messages
from tests.generator.merge.views import page_words, pixels

IMAGE = b"BI /W 2 /H 2 /BPC 8 /CS /G ID \x00EMC EI q\xff\x01Q EI\n"


def untagged(contents: bytes | list[bytes] | None, **page_entries: object) -> bytes:
    document = pikepdf.Pdf.new()
    page = document.add_blank_page(page_size=(200, 200))
    if isinstance(contents, list):
        page.Contents = Array([document.make_stream(one) for one in contents])
    elif contents is not None:
        page.Contents = document.make_stream(contents)
    else:
        del page["/Contents"]
    for key, value in page_entries.items():
        page.obj["/" + key] = value
    return edited(_saved(document), lambda _: None)


def _saved(document: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    document.save(out, deterministic_id=True)
    return out.getvalue()


def test_pages_become_figures_with_the_words(tmp_path: Path) -> None:
    scan = samples.scan()
    result = merged(samples.guide(), scan, describes="A map")
    assert faults(result.pdf) == []
    assert result.claims_pdf_ua, messages(result)
    figures = [one.alt for one in elements(result.pdf) if one.role == "Figure"]
    assert figures[1:] == ["A map (1/2)", "A map (2/2)"]
    assert pixels(result.pdf) == pixels(samples.guide()) + pixels(scan)
    assert page_words(result.pdf, tmp_path)[-len(page_words(scan, tmp_path)) :] == page_words(scan, tmp_path)


def test_without_words_every_page_is_reported() -> None:
    result = merged(samples.scan())
    assert faults(result.pdf) == []
    assert not result.claims_pdf_ua
    assert [(one.page, one.rule) for one in result.findings if one.prevents_claim] == [(1, "7.3-1"), (2, "7.3-1")]


def test_fonts_that_are_not_embedded_prevent_the_claim_even_with_words() -> None:
    result = merged(samples.scan(embedded=False), describes="A map")
    assert not result.claims_pdf_ua
    assert {(one.page, one.rule) for one in result.findings if one.prevents_claim} == {
        (1, "7.21.4.1-1"),
        (2, "7.21.4.1-1"),
    }


@pytest.mark.parametrize(
    "contents",
    [
        b"/P <</MCID 3>> BDC 10 10 50 50 re f EMC /Artifact BMC 90 90 9 9 re f EMC",
        b"q q 2 0 0 2 0 0 cm 10 10 20 20 re f",
        b"Q Q 0.5 g 10 10 20 20 re f Q 60 60 20 20 re f",
        b"EMC EMC 10 10 20 20 re f /P BMC",
        b"q 60 0 0 60 9 9 cm " + IMAGE + b"Q 0 0 9 9 re f",
        [b"q 1 0 0 1 50 50", b"cm 0 0 20 20 re", b"f Q"],
        b"(unbalanced \\( string) pop (a (nested) one) 10 10 20 20 re f % EMC comment\n 50 50 9 9 re f",
        b"BT 10 10 Td 30 30 20 20 re f",
    ],
    ids=["marks", "open q", "too many Q", "stray marks", "inline image", "array", "strings", "open text"],
)
def test_contents_of_every_kind_look_the_same(contents: bytes | list[bytes]) -> None:
    pdf = untagged(contents)
    result = merged(pdf, pdf, describes="A drawing")
    assert faults(result.pdf) == []
    assert pixels(result.pdf) == pixels(pdf) * 2
    with opened(result.pdf) as document:
        form = document.pages[0].Resources.XObject.Page.read_bytes()
        assert b"MCID" not in form
        names = [one.operator for one in operations(form)]
        assert names.count(b"q") == names.count(b"Q")
        assert names.count(b"BMC") + names.count(b"BDC") == names.count(b"EMC") == 0


@pytest.mark.parametrize("contents", [None, b"", b" \n "])
def test_an_empty_page_is_no_figure(contents: bytes | None) -> None:
    result = merged(untagged(contents), samples.guide(), describes="Nothing")
    assert faults(result.pdf) == []
    assert pixels(result.pdf)[0] == pixels(untagged(contents))[0]
    assert [one.role for one in elements(result.pdf)][1:3] == ["Part", "Part"]


def test_layers_and_replacement_texts_survive_without_their_marks() -> None:
    contents = b"/OC /L0 BDC 1 1 9 9 re f EMC /Span <</ActualText (x) /MCID 4 >> BDC 2 2 9 9 re f EMC"
    stripped = mended(contents, strip_marks=True)
    assert b"/OC /L0 BDC" in stripped
    assert b"/ActualText (x)" in stripped
    assert b"MCID" not in stripped
    assert stripped.count(b"EMC") == 2


def test_contents_that_are_in_order_are_not_touched() -> None:
    contents = b"q 0.10 0 0 .5 0 0 cm (a(b)c) Tj Q"
    assert mended(contents, strip_marks=True) is contents


def test_text_under_a_scan_stays_for_search_and_the_words_are_read(tmp_path: Path) -> None:
    """A scanner lays the letters that it made out behind the picture, not shown (mode 3)."""
    scan = samples.scan(invisible=True)
    result = merged(samples.guide(), scan, describes="A letter from the clinic")
    assert faults(result.pdf) == []
    assert result.claims_pdf_ua, messages(result)
    figures = [one.alt for one in elements(result.pdf) if one.role == "Figure"]
    assert figures[-2:] == ["A letter from the clinic (1/2)", "A letter from the clinic (2/2)"]
    assert page_words(result.pdf, tmp_path)[-len(page_words(scan, tmp_path)) :] == page_words(scan, tmp_path)


def test_a_font_without_unicode_prevents_the_claim_even_with_words() -> None:
    symbol = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Symbol)
    pdf = untagged(b"BT /F0 9 Tf 5 5 Td (x) Tj ET", Resources=Dictionary(Font=Dictionary(F0=symbol)))
    result = merged(pdf, describes="A drawing")
    assert {one.rule for one in result.findings if one.prevents_claim} == {"7.21.4.1-1", "7.21.7-1"}


def test_an_inline_image_is_one_operation() -> None:
    names = [one.operator for one in operations(b"q " + IMAGE + b"Q")]
    assert names == [b"q", b"BI", b"Q"]


KINDS = ["Link", "Text", "FreeText", "Line", "Square", "Highlight", "Stamp", "Ink", "Popup", "Watermark"]


@pytest.mark.parametrize("kind", KINDS)
def test_annotations_get_an_element_and_words(kind: str) -> None:
    def annotate(document: pikepdf.Pdf) -> None:
        annotation = Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=Array([10, 10, 50, 30]))
        document.pages[0].Annots = Array([document.make_indirect(annotation)])

    result = merged(edited(untagged(b"0 0 9 9 re f"), annotate), describes="A drawing")
    assert faults(result.pdf) == []
    found = [one.role for one in elements(result.pdf)][3:]
    assert found == ([] if kind == "Popup" else ["Link"] if kind == "Link" else ["Annot"])
    with opened(result.pdf) as document:
        for annotation in document.pages[0].get("/Annots", []):
            assert str(annotation.Contents)
    assert ("is described as" in messages(result)) == (kind != "Popup")


def test_a_printers_mark_stays_outside_the_structure() -> None:
    def annotate(document: pikepdf.Pdf) -> None:
        annotation = Dictionary(Type=Name.Annot, Subtype=Name.PrinterMark, Rect=Array([10, 10, 50, 30]))
        document.pages[0].Annots = Array([document.make_indirect(annotation)])

    result = merged(edited(untagged(b"0 0 9 9 re f"), annotate), describes="A drawing")
    assert [one.role for one in elements(result.pdf)] == ["Document", "Part", "Figure"]
    assert result.claims_pdf_ua


def test_form_fields_without_tags_become_form_elements() -> None:
    def fill(document: pikepdf.Pdf) -> None:
        widget = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=Array([10, 10, 50, 30]), FT=Name.Tx, T="name")
        document.pages[0].Annots = Array([document.make_indirect(widget)])

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pikepdf rightly notes that no form lists the field
        pdf = edited(untagged(b"0 0 9 9 re f"), fill)
    result = merged(pdf, pdf, describes="A form")
    assert faults(result.pdf) == []
    assert [one.role for one in elements(result.pdf)].count("Form") == 2
    with opened(result.pdf) as document:
        fields = document.Root.AcroForm.Fields
        assert [(str(one.T), str(one.TU)) for one in fields] == [("name", "name"), ("name-2", "name")]
