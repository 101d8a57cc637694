"""Pages copied into a print run look as they did, whatever their file is made of."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from generator.deliver.page_copies import copy_pages
from generator.deliver.run_file import RunFile
from tests.generator.merge.handmade import HandMade, edited, simple
from tests.generator.merge.test_pages import ODD_PAGES
from tests.generator.merge.views import pixels


def copied(*pdfs: bytes) -> bytes:
    """All pages of some files in one print run."""
    out = io.BytesIO()
    file = RunFile(out)
    for pdf in pdfs:
        copy_pages(pdf, file)
    file.finish("Print run", "For tests")
    return out.getvalue()


def _shape(contents: bytes, **resources: Any) -> HandMade:
    made = HandMade()
    page = made.page(1, contents=contents)
    page.Resources = Dictionary(**resources)
    return made


@pytest.mark.parametrize("name", [name for name in ODD_PAGES if name != "inherited"])
def test_odd_pages_look_the_same(name: str) -> None:
    pdf = ODD_PAGES[name]
    assert pixels(copied(simple(), pdf)) == pixels(simple()) + pixels(pdf)


def test_pages_without_contents_or_with_many_streams() -> None:
    def emptied(document: pikepdf.Pdf) -> None:
        del document.pages[0].obj["/Contents"]

    def split(document: pikepdf.Pdf) -> None:
        parts = [document.make_stream(b"10 10 50 50 re"), document.make_stream(b"f")]
        document.pages[0].obj.Contents = Array(parts)

    for change in (emptied, split):
        pdf = edited(simple(), change)
        assert pixels(copied(pdf)) == pixels(pdf)


def test_a_picture_whose_resources_lead_back_to_itself_is_copied_once_a_pack() -> None:
    made = _shape(b"/F0 Do")
    form = made.pdf.make_stream(b"90 90 60 60 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 200]))
    shared = made.pdf.make_indirect(Dictionary(XObject=Dictionary(F0=form)))
    form.Resources = shared
    made.pdf.pages[0].obj.Resources = shared
    pdf = made.bytes()
    run = copied(pdf, pdf)
    assert pixels(run) == pixels(pdf) * 2
    with pikepdf.open(io.BytesIO(run)) as document:
        assert document.check_pdf_syntax() == []
        assert "/F0" in document.pages[1].obj.Resources.XObject.F0.Resources.XObject


def test_deep_nesting_needs_no_recursion() -> None:
    made = _shape(b"/F0 Do")
    below = made.pdf.make_stream(
        b"90 90 60 60 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 200])
    )
    for _ in range(1500):
        form = made.pdf.make_stream(b"/F0 Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 200]))
        form.Resources = Dictionary(XObject=Dictionary(F0=below))
        below = form
    made.pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(F0=below))
    with pikepdf.open(io.BytesIO(copied(made.bytes()))) as document:
        assert sum(isinstance(one, pikepdf.Stream) and "/BBox" in one for one in document.objects) == 1501


def test_equal_objects_of_two_files_are_stored_once_and_unequal_ones_are_not() -> None:
    def with_picture(shade: int) -> bytes:
        made = _shape(b"q 100 0 0 100 20 20 cm /I Do Q")
        entries = Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8)
        image = made.pdf.make_stream(bytes([shade]), entries)
        image.ColorSpace = Name.DeviceGray
        made.pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(I=image))
        return made.bytes()

    files = [with_picture(20), with_picture(200), with_picture(20)]
    run = copied(*files)
    assert pixels(run) == [page for pdf in files for page in pixels(pdf)]
    with pikepdf.open(io.BytesIO(run)) as document:
        images = [one for one in document.objects if isinstance(one, pikepdf.Stream) and one.get("/Width") == 1]
        assert len(images) == 2


def _layered(hidden: bool, shape: bytes = b"0 0 99 99 re f") -> bytes:
    made = HandMade()
    group = made.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Notes")))
    page = made.page(1, contents=b"/OC /L0 BDC " + shape + b" EMC")
    page.Resources = Dictionary(Properties=Dictionary(L0=group))
    default = Dictionary(OFF=Array([group])) if hidden else Dictionary()
    made.pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=default)
    return made.bytes()


def test_layers_of_the_same_name_stay_hidden_or_shown_each_in_its_own_pack() -> None:
    files = [_layered(False), _layered(True), _layered(False), _layered(True)]
    assert pixels(files[0]) != pixels(files[1])
    assert pixels(copied(*files)) == [page for pdf in files for page in pixels(pdf)]


def test_filled_form_fields_are_on_the_paper_and_links_are_not() -> None:
    made = HandMade()
    page = made.page(1)
    look = made.pdf.make_stream(b"0 0 60 20 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 60, 20]))
    field = made.pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Btn,
            T=String("agreed"),
            F=4,
            Rect=Array([20, 20, 80, 40]),
            AP=Dictionary(N=look),
        )
    )
    link = made.pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([100, 100, 150, 150])))
    page.Annots = Array([field, link])
    made.pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    bare = HandMade()
    bare.page(1)
    run = copied(made.bytes())
    assert pixels(run) != pixels(bare.bytes()), "the field is drawn"
    with pikepdf.open(io.BytesIO(run)) as document:
        assert "/Annots" not in document.pages[0].obj
        assert "/AcroForm" not in document.Root


def test_what_does_not_print_stays_behind() -> None:
    """Scripts, tags, attachments and other pages do not come along."""
    made = HandMade()
    page = made.page(1)
    made.element("P", page=page, marks=(0,))
    page.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("app.alert('x')")))
    page.Resources = Dictionary(Properties=Dictionary(MC0=Dictionary(Owner=made.pdf.Root.StructTreeRoot)))
    run = copied(made.bytes())
    with pikepdf.open(io.BytesIO(run)) as document:
        kinds = [str(one.get("/Type", "")) for one in document.objects if isinstance(one, pikepdf.Dictionary)]
        text = b"".join(one.unparse() for one in document.objects if isinstance(one, pikepdf.Dictionary))
    assert not {"/StructTreeRoot", "/StructElem"} & set(kinds)
    assert b"JavaScript" not in text


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=12), st.binary(max_size=12), st.sampled_from(["1 0 R", "(2 0 R)", "\\"]))))
def test_what_looks_like_a_reference_inside_a_string_is_left_alone(words: list[str | bytes]) -> None:
    made = _shape(b"")
    strings = Array([String(word) for word in words])
    leaf = made.pdf.make_indirect(Dictionary(Leaf=True))
    made.pdf.pages[0].obj.Resources = Dictionary(Properties=Dictionary(P=Dictionary(Words=strings, Leaf=leaf)))
    pdf = made.bytes()
    with pikepdf.open(io.BytesIO(pdf)) as before, pikepdf.open(io.BytesIO(copied(simple(), pdf))) as after:
        said = after.pages[1].obj.Resources.Properties.P
        expected = before.pages[0].obj.Resources.Properties.P
        assert [bytes(one) for one in said.Words] == [bytes(one) for one in expected.Words]
        assert said.Leaf.Leaf is True
