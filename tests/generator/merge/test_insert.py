"""Inserts between the pages of a pack: pages, structure, bookmarks and numbers fall into place."""

from __future__ import annotations

import itertools
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from generator.merge.looking import Shelf
from generator.merge.pack import Insert, MergeResult, Part, insert_into
from generator.merge.stamping import Stamp
from tests.generator.merge import samples
from tests.generator.merge.graph import elements, faults, opened
from tests.generator.merge.handmade import HandMade, edited, simple
from tests.generator.merge.shared import messages, part
from tests.generator.merge.views import page_words, pixels


def pack(sheets: int = 3) -> bytes:
    """A sheet a page, each a Sect with a heading and a bookmark."""
    made = HandMade("Pack")
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier, Encoding=Name.WinAnsiEncoding)
    outline = made.pdf.make_indirect(Dictionary(Type=Name.Outlines))
    items = []
    for number in range(1, sheets + 1):
        page = made.page(2)
        page.Resources = Dictionary(Font=Dictionary(F7=made.pdf.make_indirect(font)))
        section = made.element("Sect", T=pikepdf.String(f"Sheet {number}"))
        made.element("H1", section, page, (0,))
        made.element("P", section, page, (1,))
        items.append(
            made.pdf.make_indirect(Dictionary(Title=f"Sheet {number}", Parent=outline, Dest=Array([page, Name.Fit])))
        )
    for one, two in itertools.pairwise(items):
        one.Next, two.Prev = two, one
    outline.First, outline.Last, outline.Count = items[0], items[-1], len(items)
    return made.bytes(Outlines=outline)


def tops(result: MergeResult) -> list[str]:
    return [one.title or one.role for one in elements(result.pdf) if one.depth == 1]


def bookmarks(result: MergeResult) -> list[str]:
    with opened(result.pdf) as document, document.open_outline() as outline:
        return [item.title for item in outline.root]


@pytest.mark.parametrize(
    ("after", "order"),
    [
        (0, ["New", "Sheet 1", "Sheet 2", "Sheet 3"]),
        (1, ["Sheet 1", "New", "Sheet 2", "Sheet 3"]),
        (2, ["Sheet 1", "Sheet 2", "New", "Sheet 3"]),
        (3, ["Sheet 1", "Sheet 2", "Sheet 3", "New"]),
    ],
)
def test_an_insert_stands_where_it_is_asked_for(after: int, order: list[str]) -> None:
    result = insert_into(pack(), [Insert(part(simple("New")), after)], title="Pack")
    assert faults(result.pdf) == []
    assert result.claims_pdf_ua, messages(result)
    assert tops(result) == order
    assert bookmarks(result) == order
    expected = [f"Sheet {number}" for number in (1, 2, 3)]
    expected.insert(after, "New")
    assert order == expected
    with opened(result.pdf) as document:
        pages = [page.obj.objgen for page in document.pages]
        with document.open_outline() as outline:
            assert [pages.index(item.destination[0].objgen) for item in outline.root] == [0, 1, 2, 3]
        assert [page.label for page in document.pages] == ["1", "2", "3", "4"]
        assert str(document.Root.StructTreeRoot.K[0].S) == "/Document"


def test_inserts_at_one_place_keep_their_order() -> None:
    inserts = [Insert(part(simple(name)), after) for name, after in (("C", 2), ("A", 1), ("B", 1), ("D", 3))]
    result = insert_into(pack(), inserts)
    assert tops(result) == ["Sheet 1", "A", "B", "Sheet 2", "C", "Sheet 3", "D"]
    assert bookmarks(result) == tops(result)


def test_an_insert_within_a_sheet_comes_after_it() -> None:
    made = HandMade("Pack")
    pages = [made.page(1), made.page(1), made.page(1)]
    long = made.element("Sect", T=pikepdf.String("Long"))
    for page in pages[:2]:
        made.element("P", long, page, (0,))
    made.element("P", made.element("Sect", T=pikepdf.String("Last")), pages[2], (0,))
    result = insert_into(made.bytes(), [Insert(part(simple("New")), 1)])
    assert faults(result.pdf) == []
    assert tops(result) == ["Long", "New", "Last"]


def test_a_pack_without_inserts_stays_as_it_is() -> None:
    result = insert_into(pack(), [])
    assert faults(result.pdf) == []
    before = [(one.depth, one.role, one.title) for one in elements(pack())]
    assert [(one.depth, one.role, one.title) for one in elements(result.pdf)] == before
    assert pixels(result.pdf) == pixels(pack())


def footer(page: int, pages: int) -> Stamp:
    return Stamp(b"BT /F7 8 Tf 0 2 Td (Page %d of %d) Tj ET" % (page, pages), 80, 8, ("/F7",))


def shelved(folder: Path, pdf: bytes, describes: str = "") -> Part:
    path = folder / "insert.pdf"
    path.write_bytes(pdf)
    return Part(Shelf().take(path), "insert.pdf", describes)


def test_inserts_are_stamped_as_artifacts_in_a_clear_margin(tmp_path: Path) -> None:
    insert = shelved(tmp_path, samples.guide())
    result = insert_into(pack(2), [Insert(insert, 1)], stamp=footer)
    assert faults(result.pdf) == []
    assert result.claims_pdf_ua
    words = " ".join(page_words(result.pdf, tmp_path))
    assert "Page 2 of 4" in words
    assert "Page 3 of 4" in words
    assert "Page 1 of 4" not in words
    with opened(result.pdf) as document:
        host = document.pages[0].Resources.Font.F7.objgen
        assert document.pages[1].Resources.XObject.PackStamp.Resources.Font.F7.objgen == host
        assert b"/Artifact" in document.pages[1].Contents[-1].read_bytes()
    assert insert.original.margins


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_stamp_stands_upright_at_the_foot_of_a_turned_page(rotation: int, tmp_path: Path) -> None:
    def turn(document: pikepdf.Pdf) -> None:
        page = document.pages[0].obj
        page.Rotate, page.MediaBox = rotation, Array([-30, -10, 370, 290])

    insert = shelved(tmp_path, edited(simple(), turn))
    result = insert_into(pack(1), [Insert(insert, 1)], stamp=footer)
    page = pypdfium2.PdfDocument(result.pdf)[1]
    text = page.get_textpage()
    assert "Page 2 of 2" in text.get_text_bounded()
    bitmap = page.render(scale=1, grayscale=True)
    width, height = bitmap.width, bitmap.height
    dark = [
        (x, y)
        for y in range(height - 40, height)
        for x in range(width)
        if bytes(bitmap.buffer)[y * bitmap.stride + x] < 200
    ]
    columns = [x for x, _ in dark]
    rows = [y for _, y in dark]
    assert min(columns) > width - 120
    assert max(columns) - min(columns) > 3 * (max(rows) - min(rows))
    assert height - max(rows) >= 17


def test_without_a_clear_margin_nothing_is_stamped_and_it_is_said(tmp_path: Path) -> None:
    def fill(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        page.Contents = document.make_stream(page.Contents.read_bytes() + b" /Artifact BMC 0 0 200 200 re f EMC")

    full = edited(simple(), fill)
    result = insert_into(pack(1), [Insert(shelved(tmp_path, full), 1)], stamp=footer)
    assert "no clear margin" in messages(result)
    assert result.claims_pdf_ua
    assert pixels(result.pdf) == pixels(pack(1)) + pixels(full)


def test_a_stamp_survives_contents_that_leave_the_graphics_state_open(tmp_path: Path) -> None:
    def spoil(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        page.MediaBox = Array([0, 0, 400, 400])
        page.Contents = document.make_stream(b"Q q 3 0 0 3 90 90 cm " + page.Contents.read_bytes())

    insert = shelved(tmp_path, edited(simple(), spoil))
    result = insert_into(pack(1), [Insert(insert, 1)], stamp=footer)
    assert "Page 2 of 2" in " ".join(page_words(result.pdf, tmp_path))
    with opened(result.pdf) as document:
        assert b"3 0 0 3 90 90 cm" in document.pages[1].Contents[1].read_bytes()


def test_untagged_inserts_are_stamped_outside_their_figure(tmp_path: Path) -> None:
    insert = shelved(tmp_path, samples.scan(), "A map")
    result = insert_into(pack(1), [Insert(insert, 1)], stamp=footer, language="en")
    assert faults(result.pdf) == []
    assert result.claims_pdf_ua
    assert "Page 3 of 3" in " ".join(page_words(result.pdf, tmp_path))
