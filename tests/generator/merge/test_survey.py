"""What merging cannot make clean is reported with rule and page, and then PDF/UA is not claimed."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from generator.merge.pack import MergeResult
from tests.generator.merge import samples
from tests.generator.merge.graph import faults
from tests.generator.merge.handmade import HandMade, edited, simple
from tests.generator.merge.shared import merged, messages


def refused(result: MergeResult) -> set[tuple[str, int, str]]:
    assert faults(result.pdf) == []
    assert result.claims_pdf_ua == (not any(one.prevents_claim for one in result.findings))
    assert (b"pdfuaid:part" in result.pdf) == result.claims_pdf_ua
    return {(one.file, one.page, one.rule) for one in result.findings if one.prevents_claim}


HELVETICA = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
SYMBOLS = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Symbol)
SHOWN = b" BDC BT /F0 9 Tf %d Tr 5 5 Td (x) Tj ET EMC"


@pytest.mark.parametrize(
    ("contents", "resources", "rules"),
    [
        (b"0 0 9 9 re f", {}, {"7.1-3"}),
        (b"/Artifact BMC 0 0 9 9 re f EMC", {}, set()),
        (b"/Artifact <</Type /Pagination>> BDC q 0 0 9 9 re f Q EMC", {}, set()),
        (b"/P <</MCID 9>> BDC 0 0 9 9 re f EMC", {}, {"7.1-3"}),
        (b"/Span <</Lang (en)>> BDC 0 0 9 9 re f EMC", {}, {"7.1-3"}),
        (b"0 0 9 9 re W n", {}, set()),
        (b"/P BMC (BI ID EMC) pop EMC", {}, set()),
        (b"/Artifact <<>>" + SHOWN % 0, {"Font": Dictionary(F0=HELVETICA)}, {"7.21.4.1-1"}),
        (b"/Artifact <<>>" + SHOWN % 3, {"Font": Dictionary(F0=HELVETICA)}, set()),
        (b"/Artifact <<>>" + SHOWN % 3, {"Font": Dictionary(F0=SYMBOLS)}, {"7.21.7-1"}),
        (b"/P /M0 BDC 0 0 9 9 re f EMC", {"Properties": Dictionary(M0=Dictionary(MCID=7))}, {"7.1-3"}),
    ],
)
def test_contents_and_fonts(contents: bytes, resources: dict[str, Any], rules: set[str]) -> None:
    resources = {"/" + key: value for key, value in resources.items()}
    made = HandMade()
    made.element("P", page=made.page(1), marks=(0,))
    page = made.page(1, contents=contents)
    made.element("P", page=page, marks=(0,))
    page.Resources = Dictionary(resources)
    assert refused(merged(simple(), made.bytes())) == {("2.pdf", 2, rule) for rule in rules}


def test_contents_of_forms_are_looked_through() -> None:
    made = HandMade()
    page = made.page(1, contents=b"/F0 Do /Artifact BMC /F0 Do EMC")
    form = made.pdf.make_stream(b"0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    page.Resources = Dictionary(XObject=Dictionary(F0=form))
    made.element("P", page=page, marks=(0,))
    assert refused(merged(made.bytes())) == {("1.pdf", 1, "7.1-3")}


@pytest.mark.parametrize(("role", "rule"), [("Figure", "7.3-1"), ("Formula", "7.7-1")])
def test_pictures_and_formulas_need_words(role: str, rule: str) -> None:
    def drawn(**entries: Any) -> bytes:
        made = HandMade()
        made.page(0)
        made.element(role, page=made.page(1), marks=(0,), **entries)
        return made.bytes()

    assert refused(merged(drawn())) == {("1.pdf", 2, rule)}
    assert refused(merged(drawn(Alt=pikepdf.String("A chair")))) == set()
    assert refused(merged(drawn(Alt=pikepdf.String("  ")))) == {("1.pdf", 2, rule)}


@pytest.mark.parametrize(
    ("levels", "clean"), [((1, 2, 3, 1, 2), True), ((1, 3), False), ((2,), False), ((1, 2, 3, 2, 4), False)]
)
def test_heading_levels(levels: tuple[int, ...], clean: bool) -> None:
    made = HandMade()
    page = made.page(len(levels))
    for mark, level in enumerate(levels):
        made.element(f"H{level}", page=page, marks=(mark,))
    assert refused(merged(made.bytes())) == (set() if clean else {("1.pdf", 0, "7.4.2-1")})


@pytest.mark.parametrize(("kind", "rule"), [("Link", "7.18.5-1"), ("Text", "7.18.1-1")])
def test_annotations_outside_the_structure(kind: str, rule: str) -> None:
    made = HandMade()
    page = made.page(1)
    made.element("P", page=page, marks=(0,))
    made.annotation(page, None, kind, Contents="x")
    assert refused(merged(made.bytes())) == {("1.pdf", 1, rule)}


def test_doubtful_tags_and_a_missing_claim() -> None:
    def doubtful(document: pikepdf.Pdf) -> None:
        document.Root.MarkInfo.Suspects = True

    def unclaimed(document: pikepdf.Pdf) -> None:
        del document.Root.Metadata

    assert refused(merged(edited(simple(), doubtful))) == {("1.pdf", 0, "7.1-4")}
    assert refused(merged(simple(), edited(simple(), unclaimed))) == {("2.pdf", 0, "5-1")}


def test_an_untagged_page_in_a_tagged_file() -> None:
    made = HandMade()
    made.element("P", page=made.page(1), marks=(0,))
    page = made.page(0, contents=b"0 0 50 50 re f")
    del page.StructParents
    assert refused(merged(made.bytes())) == {("1.pdf", 2, "7.1-3")}


def test_tagged_files_that_claim_nothing_are_said_to() -> None:
    result = merged(samples.guide(standard="1.7"))
    assert ("1.pdf", 0, "5-1") in refused(result)
    assert "does not say that it is PDF/UA" in messages(result)
