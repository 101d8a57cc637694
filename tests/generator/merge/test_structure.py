"""The shapes that structure trees come in, and what a merge makes of each."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.generator.merge.graph import elements, faults, listed, opened
from tests.generator.merge.handmade import HandMade, edited, simple
from tests.generator.merge.shared import merged, messages


def roles(pdf: bytes) -> list[str]:
    return [one.role for one in elements(pdf)]


def change_tree(change: Any) -> bytes:
    """The simple file after a change to its structure tree root."""
    return edited(simple(), lambda document: change(document, document.Root.StructTreeRoot))


def test_a_lone_document_becomes_a_part() -> None:
    pdf = merged(simple("One"), simple("Two")).pdf
    assert roles(pdf) == ["Document", "Part", "H1", "P", "Part", "H1", "P"]
    assert [one.title for one in elements(pdf) if one.role == "Part"] == ["One", "Two"]


def test_what_a_document_says_of_itself_goes_to_its_part() -> None:
    pdf = merged(simple(), simple(Lang=pikepdf.String("fr"), ID=pikepdf.String("doc"))).pdf
    assert faults(pdf) == []
    assert [one.language for one in elements(pdf) if one.role == "Part"] == ["", "fr"]


@pytest.mark.parametrize("kind", ["reference", "integer", "array", "mark dictionary", "page on an ancestor"])
def test_kids_in_every_spelling(kind: str) -> None:
    made = HandMade()
    page = made.page(2)
    made.element("H1", page=page, marks=(0,))
    paragraph = made.element("P", page=page, marks=(1,))
    if kind == "integer":
        paragraph.K = 1
    elif kind == "mark dictionary":
        paragraph.K = Dictionary(Type=Name.MCR, MCID=1, Pg=page)
    elif kind == "page on an ancestor":
        del paragraph.Pg
        made.document.Pg = page
    elif kind == "reference":
        outer = made.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Div, P=made.document, K=paragraph))
        paragraph.P = outer
        made.document.K[1] = outer
    pdf = merged(made.bytes(), made.bytes()).pdf
    assert faults(pdf) == []
    assert [one.role for one in elements(pdf) if one.role in ("H1", "P")] == ["H1", "P"] * 2
    with opened(pdf) as document:
        owned = [entry for entry in document.Root.StructTreeRoot.ParentTree.Nums if isinstance(entry, pikepdf.Array)]
        assert [len(one) for one in owned] == [2, 2]


def test_without_a_document_the_tops_stand_in_the_part() -> None:
    def unwrap(document: pikepdf.Pdf, tree: Any) -> None:
        kids = tree.K.K
        for kid in kids:
            kid.P = tree
        tree.K = kids

    pdf = merged(change_tree(unwrap), simple()).pdf
    assert faults(pdf) == []
    assert roles(pdf) == ["Document", "Part", "H1", "P", "Part", "H1", "P"]


def test_hundreds_of_levels() -> None:
    made = HandMade()
    page, element = made.page(1), None
    for _ in range(700):
        element = made.element("Div", element)
    made.element("P", element, page, (0,))
    result = merged(made.bytes(), made.bytes())
    assert roles(result.pdf).count("Div") == 1400
    assert faults(result.pdf) == []


def test_equal_empty_cells_stay_apart() -> None:
    made = HandMade()
    page = made.page(1)
    row = made.element("TR", made.element("Table"))
    made.element("TH", row, page, (0,), A=Dictionary(O=Name.Table, Scope=Name.Row))
    for _ in range(3):
        made.element("TD", row)
    pdf = merged(made.bytes(), made.bytes()).pdf
    assert faults(pdf) == []
    assert roles(pdf).count("TD") == 6


@pytest.mark.parametrize("kind", ["kids", "gaps", "empty", "reversed", "missing"])
def test_the_old_parent_tree_does_not_matter(kind: str) -> None:
    def change(document: pikepdf.Pdf, tree: Any) -> None:
        owners = tree.ParentTree.Nums[1]
        if kind == "kids":
            leaf = document.make_indirect(Dictionary(Nums=tree.ParentTree.Nums, Limits=Array([0, 0])))
            tree.ParentTree = Dictionary(Kids=Array([leaf]))
        elif kind == "gaps":
            tree.ParentTree.Nums = Array([0, Array([owners[0], None])])
        elif kind == "empty":
            tree.ParentTree.Nums = Array()
        elif kind == "reversed":
            tree.ParentTree.Nums = Array([0, Array(reversed(list(owners)))])
        else:
            del tree.ParentTree

    result = merged(change_tree(change), simple())
    assert faults(result.pdf) == []
    assert roles(result.pdf) == ["Document", "Part", "H1", "P", "Part", "H1", "P"]


def test_elements_that_only_the_parent_tree_knows_are_kept() -> None:
    made = HandMade()
    page = made.page(2)
    made.element("P", page=page, marks=(0,))
    hidden = made.element("NonStruct", page=page, marks=(1,))
    del made.document.K[-1]
    pdf = merged(simple(), made.bytes()).pdf
    assert Name.NonStruct == hidden.S
    with opened(pdf) as document:
        owners = document.Root.StructTreeRoot.ParentTree.Nums[3]
        assert [str(one.S) for one in owners] == ["/P", "/NonStruct"]
        assert owners[1].P.objgen == owners[0].P.objgen
    assert faults(pdf) == []


def test_an_empty_tree_is_no_tree() -> None:
    def empty(document: pikepdf.Pdf, tree: Any) -> None:
        tree.K = Array()

    result = merged(change_tree(empty), describes="A drawing")
    assert faults(result.pdf) == []
    assert [(one.role, one.alt) for one in elements(result.pdf)][2:] == [("Figure", "A drawing")]


def test_marks_in_a_stream_of_their_own() -> None:
    made = HandMade()
    page = made.page(1)
    form = made.pdf.make_stream(b"/P <</MCID 0>> BDC 5 5 9 9 re f EMC", Type=Name.XObject, Subtype=Name.Form)
    form.BBox = Array([0, 0, 200, 200])
    page.Resources = Dictionary(XObject=Dictionary(F0=form))
    page.Contents = made.pdf.make_stream(page.Contents.read_bytes() + b"/F0 Do")
    made.element("H1", page=page, marks=(0,))
    paragraph = made.element("P")
    paragraph.K = Dictionary(Type=Name.MCR, MCID=0, Pg=page, Stm=form)
    result = merged(made.bytes(), made.bytes())
    assert faults(result.pdf) == []
    assert result.claims_pdf_ua, messages(result)
    with opened(result.pdf) as document:
        keys = [int(page.Resources.XObject.F0.StructParents) for page in document.pages]
        assert len(set(keys)) == 2


def test_headings_of_both_styles_become_numbered() -> None:
    made = HandMade()
    page = made.page(3)
    made.element("H", page=page, marks=(0,))
    section = made.element("Sect")
    made.element("H", section, page, (1,))
    made.element("H", made.element("Sect", section), page, (2,))
    result = merged(simple(), made.bytes())
    assert [one for one in roles(result.pdf) if one.startswith("H")] == ["H1", "H1", "H2", "H3"]
    assert result.claims_pdf_ua


def test_an_element_listed_twice_is_kept_once_and_reported() -> None:
    made = HandMade()
    page = made.page(1)
    paragraph = made.element("P", page=page, marks=(0,))
    made.document.K.append(paragraph)
    result = merged(made.bytes())
    assert faults(result.pdf) == []
    assert (roles(result.pdf).count("P"), result.claims_pdf_ua) == (1, False)


def test_a_document_that_lists_itself_ends() -> None:
    made = HandMade()
    made.element("P", page=made.page(1), marks=(0,))
    made.document.K.append(made.document)
    result = merged(made.bytes())
    assert faults(result.pdf) == []
    assert roles(result.pdf) == ["Document", "Part", "P"]


def test_entries_that_do_not_fit_are_left_out() -> None:
    made = HandMade()
    page = made.page(2)
    made.element("P", page=page, marks=(0,), AA=Dictionary(E=Dictionary(S=Name.JavaScript)))
    made.element("P").K = Dictionary(Type=Name.MCR, MCID=1, Pg=page, Stm=made.root)
    made.element("Link").K = Dictionary(Type=Name.OBJR, Obj=made.pdf.make_indirect(Array()), Pg=page)
    result = merged(simple(), made.bytes())
    assert faults(result.pdf) == []
    assert [one.role for one in elements(result.pdf)][4:] == ["Part", "P", "P"]


def test_a_mark_with_two_owners_stays_with_the_first() -> None:
    made = HandMade()
    page = made.page(1)
    made.element("H1", page=page, marks=(0,))
    made.element("P", page=page, marks=(0,))
    result = merged(made.bytes())
    assert faults(result.pdf) == []
    assert "stands in the structure tree twice" in messages(result)


def test_a_header_that_does_not_exist_is_dropped_and_reported() -> None:
    made = HandMade()
    page = made.page(1)
    row = made.element("TR", made.element("Table"))
    made.element("TD", row, page, (0,), A=Dictionary(O=Name.Table, Headers=Array([pikepdf.String("none")])))
    result = merged(made.bytes())
    assert faults(result.pdf) == []
    assert "7.5-2" in messages(result)


@pytest.mark.parametrize(("first", "second", "parts"), [("en", "es", ["", "es"]), ("es", "en", ["", "en"])])
def test_languages_in_both_orders(first: str, second: str, parts: list[str]) -> None:
    pdfs = [edited(simple(), _speaks(language)) for language in (first, second)]
    result = merged(*pdfs, language="")
    assert [one.language for one in elements(result.pdf) if one.role == "Part"] == parts
    with opened(result.pdf) as document:
        assert str(document.Root.Lang) == first


def _speaks(language: str) -> Any:
    def change(document: pikepdf.Pdf) -> None:
        document.Root.Lang = language

    return change


@pytest.mark.parametrize("language", [None, "not a language!"])
def test_no_language_or_a_bad_one_prevents_the_claim(language: str | None) -> None:
    made = HandMade(language=language)
    page = made.page(1)
    made.element("P", page=page, marks=(0,), Lang=pikepdf.String("also not one!"))
    result = merged(simple(), made.bytes())
    assert not result.claims_pdf_ua
    assert "7.2-34" in messages(result)
    assert [one.language for one in elements(result.pdf)] == [""] * 6


def test_references_between_elements_survive() -> None:
    made = HandMade()
    page = made.page(2)
    note = made.element("Note", page=page, marks=(1,), ID=pikepdf.String("n"))
    made.element("P", page=page, marks=(0,), Ref=Array([note]))
    with opened(merged(simple(), made.bytes()).pdf) as document:
        part = document.Root.StructTreeRoot.K[0].K[1]
        assert listed(part.K[1].Ref)[0].objgen == part.K[0].objgen
