"""Pages look as they looked: boxes, rotation and resources that pages inherit, odd paper, pages listed twice."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from generator.merge.reading import read_pdf
from tests.generator.merge.graph import faults, opened
from tests.generator.merge.handmade import HandMade, edited, simple
from tests.generator.merge.shared import merged, messages
from tests.generator.merge.views import pixels


def changed_page(**entries: Any) -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            document.pages[0].obj["/" + key] = value

    return edited(simple(), change)


def inherited(document: pikepdf.Pdf) -> None:
    page, pages = document.pages[0].obj, document.Root.Pages
    pages.Rotate, pages.MediaBox, pages.CropBox = 90, Array([0, 0, 300, 150]), Array([10, 10, 290, 140])
    del page["/MediaBox"]


ODD_PAGES = {
    "inherited": edited(simple(), inherited),
    "rotated": changed_page(Rotate=270),
    "rotated the other way": changed_page(Rotate=-90),
    "corners swapped": changed_page(MediaBox=Array([200, 200, 0, 0])),
    "negative origin": changed_page(MediaBox=Array([-50, -20, 150, 180])),
    "cropped": changed_page(CropBox=Array([20, 20, 180, 190])),
    "crop outside": changed_page(CropBox=Array([-500, -500, 900, 900])),
    "large unit": changed_page(UserUnit=2),
    "other paper": changed_page(MediaBox=Array([0, 0, 842.25, 595.5])),
}


@pytest.mark.parametrize("name", ODD_PAGES)
def test_odd_pages_look_the_same(name: str) -> None:
    pdf = ODD_PAGES[name]
    result = merged(simple(), pdf)
    assert faults(result.pdf) == []
    assert pixels(result.pdf) == pixels(simple()) + pixels(pdf)


@pytest.mark.parametrize("name", [name for name in ODD_PAGES if name != "large unit"])
def test_sizes_are_those_that_a_viewer_shows(name: str) -> None:
    facts = read_pdf(ODD_PAGES[name], name).facts
    document = pypdfium2.PdfDocument(ODD_PAGES[name])
    assert facts.sizes[0] == pytest.approx(document[0].get_size(), abs=0.01)


def test_a_user_unit_scales_the_size() -> None:
    assert read_pdf(ODD_PAGES["large unit"], "").facts.sizes == ((400.0, 400.0),)


def test_a_page_listed_twice_is_shown_twice_and_tagged_once() -> None:
    def twice(document: pikepdf.Pdf) -> None:
        document.Root.Pages.Kids.append(document.Root.Pages.Kids[0])
        document.Root.Pages.Count = 2

    pdf = edited(simple(), twice)
    result = merged(pdf)
    assert faults(result.pdf) == []
    assert result.pages == 2
    assert pixels(result.pdf) == pixels(simple()) * 2
    assert not result.claims_pdf_ua
    assert "one page twice" in messages(result)


def test_an_annotation_on_two_pages_is_reported() -> None:
    made = HandMade()
    first, second = made.page(1), made.page(1)
    link = made.element("Link")
    shared = made.annotation(first, link, "Link", A=Dictionary(S=Name.URI, URI="https://example.org"), Contents="Site")
    second.Annots = Array([shared])
    result = merged(made.bytes())
    assert faults(result.pdf) == []
    with opened(result.pdf) as document:
        assert all(len(page.Annots) == 1 for page in document.pages)


def test_pages_with_annotations_follow_the_structure_by_tab() -> None:
    made = HandMade()
    page = made.page(1)
    made.annotation(page, made.element("Link"), "Link", Contents="x")
    del page["/Tabs"]
    with opened(merged(made.bytes()).pdf) as document:
        assert str(document.pages[0].Tabs) == "/S"


def test_resources_of_a_node_above_reach_the_page() -> None:
    made = HandMade()
    page = made.page(1, contents=b"/Artifact BMC /F0 Do EMC")
    form = made.pdf.make_stream(b"90 90 60 60 re f", Type=Name.XObject, Subtype=Name.Form)
    form.BBox = Array([0, 0, 200, 200])
    made.element("P", page=page, marks=(0,))
    made.pdf.Root.Pages.Resources = Dictionary(XObject=Dictionary(F0=form))
    if "/Resources" in page:
        del page["/Resources"]
    pdf = made.bytes()
    assert pixels(merged(pdf, pdf).pdf) == pixels(pdf) * 2
    with pikepdf.open(io.BytesIO(merged(pdf).pdf)) as document:
        assert "/F0" in document.pages[0].obj.Resources.XObject
