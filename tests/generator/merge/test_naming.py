"""Equal names in two inputs: the later one steps aside, everywhere it uses the name."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.generator.merge import samples
from tests.generator.merge.graph import elements, faults, listed, opened
from tests.generator.merge.handmade import HandMade
from tests.generator.merge.shared import merged, messages
from tests.generator.merge.views import pixels


def table(header_id: bytes, *, by_class: bool = False, note: bytes = b"") -> bytes:
    """A table whose cell names its header, directly or through an attribute class."""
    made = HandMade()
    page = made.page(3)
    grid = made.element("Table")
    row = made.element("TR", grid)
    made.element("TH", row, page, (0,), ID=pikepdf.String(header_id), A=Dictionary(O=Name.Table, Scope=Name.Column))
    second = made.element("TR", grid)
    headers = Dictionary(O=Name.Table, Headers=Array([pikepdf.String(header_id)]))
    cell = made.element("TD", second, page, (1,))
    if by_class:
        made.root.ClassMap = Dictionary(cell=headers)
        cell.C = Name.cell
    else:
        cell.A = headers
    if note:
        made.element("Note", page=page, marks=(2,), ID=pikepdf.String(note))
    else:
        made.element("P", page=page, marks=(2,))
    return made.bytes()


def ids_of(pdf: bytes) -> list[bytes]:
    with opened(pdf) as document:
        names = document.Root.StructTreeRoot.IDTree.Names
        return [bytes(names[index]) for index in range(0, len(names), 2)]


@pytest.mark.parametrize("by_class", [False, True])
def test_header_ids_step_aside_with_the_cells_that_name_them(by_class: bool) -> None:
    one = table(b"h1", by_class=by_class)
    pdf = merged(one, one, one).pdf
    assert faults(pdf) == []
    assert ids_of(pdf) == [b"h1", b"h1-2", b"h1-3"]
    assert [one.headers for one in elements(pdf) if one.role == "TD"] == [1, 1, 1]
    with opened(pdf) as document:
        classes = document.Root.StructTreeRoot.get("/ClassMap", {})
        assert len(classes) == (3 if by_class else 0)


def test_equal_attribute_classes_share_their_name() -> None:
    made = HandMade()
    page = made.page(1)
    made.element("P", page=page, marks=(0,), C=Name.body)
    made.root.ClassMap = Dictionary(body=Dictionary(O=Name.Layout, SpaceAfter=6))
    pdf = merged(made.bytes(), made.bytes()).pdf
    assert faults(pdf) == []
    with opened(pdf) as document:
        assert list(document.Root.StructTreeRoot.ClassMap.keys()) == ["/body"]


def test_ids_of_notes_and_headers_and_in_utf16() -> None:
    first, second = table(b"h1", note=b"n"), table(b"n", note=b"h1")
    assert faults(merged(first, second).pdf) == []
    for wide in (b"\xfe\xff" + "h1".encode("utf-16-be"), b"\xff\xfe" + "h1".encode("utf-16-le")):
        pdf = merged(table(wide), table(wide)).pdf
        assert faults(pdf) == []
        assert ids_of(pdf)[1].decode("utf-16") == "h1-2"


def test_a_name_that_looks_like_a_renamed_one_is_not_taken_twice() -> None:
    pdf = merged(table(b"h", note=b"h-2"), table(b"h")).pdf
    assert faults(pdf) == []
    assert ids_of(pdf) == [b"h", b"h-2", b"h-3"]


def roled(role: str, role_map: dict[str, str], *, namespaced: bool = False) -> bytes:
    made = HandMade()
    page = made.page(2)
    made.element("H1", page=page, marks=(0,))
    element = made.element(role, page=page, marks=(1,))
    if role_map:
        made.root.RoleMap = Dictionary({"/" + key: Name("/" + value) for key, value in role_map.items()})
    if namespaced:
        space = made.pdf.make_indirect(
            Dictionary(Type=Name.Namespace, NS="https://example.org/ns", RoleMapNS=Dictionary({"/" + role: Name.Quote}))
        )
        made.root.Namespaces = Array([space])
        element.NS = space
    return made.bytes()


def last_roles(*pdfs: bytes) -> tuple[list[str], Any]:
    result = merged(*pdfs)
    assert faults(result.pdf) == []
    return [one.role for one in elements(result.pdf) if one.depth == 2][1::2], result


@pytest.mark.parametrize(
    ("role", "role_map", "standard"),
    [
        ("Callout", {"Callout": "Div"}, "Div"),
        ("Callout", {"Callout": "Box", "Box": "Frame", "Frame": "BlockQuote"}, "BlockQuote"),
        ("P", {"P": "Quote"}, "Quote"),
        ("P", {"P": "P"}, "P"),
        ("Title", {}, "P"),
        ("Em", {}, "Span"),
        ("Strong", {}, "Span"),
        ("FENote", {}, "Note"),
    ],
)
def test_types_mean_what_they_meant(role: str, role_map: dict[str, str], standard: str) -> None:
    roles, result = last_roles(roled(role, role_map), roled("Quote", {}))
    assert roles == [standard, "Quote"]
    assert result.claims_pdf_ua, messages(result)


def test_clashing_role_maps_do_not_mix() -> None:
    roles, _ = last_roles(roled("Box", {"Box": "Div"}), roled("Box", {"Box": "Quote"}), roled("Box", {"Box": "Div"}))
    assert roles == ["Div", "Quote", "Div"]


def test_a_type_of_a_name_space_is_not_the_plain_one() -> None:
    roles, _ = last_roles(roled("Box", {"Box": "Div"}), roled("Box", {}, namespaced=True))
    assert roles == ["Div", "Quote"]
    with opened(merged(roled("Box", {}, namespaced=True)).pdf) as document:
        assert "/Namespaces" not in document.Root.StructTreeRoot


@pytest.mark.parametrize(("role_map", "rule"), [({"A1": "B1", "B1": "A1"}, "7.1-6"), ({}, "7.1-5")])
def test_types_that_mean_nothing_prevent_the_claim(role_map: dict[str, str], rule: str) -> None:
    _, result = last_roles(roled("A1", role_map))
    assert not result.claims_pdf_ua
    assert rule in messages(result)


def linked(target: Any, name: str = "", old: bool = False) -> bytes:
    """Two pages; a link on the first, and a named destination on the second, a name (old) or a string."""
    made = HandMade()
    first, second = made.page(1), made.page(1)
    made.element("P", page=first, marks=(0,))
    link = made.element("Link")
    made.element("P", page=second, marks=(0,))
    made.annotation(first, link, "Link", Dest=target, Contents="Onward")
    if name and old:
        made.pdf.Root.Dests = Dictionary({"/" + name: Array([second, Name.Fit])})
    elif name:
        tree = Dictionary(Names=Array([pikepdf.String(name), Dictionary(D=Array([second, Name.Fit]))]))
        made.pdf.Root.Names = Dictionary(Dests=tree)
    return made.bytes()


@pytest.mark.parametrize(
    "pdf",
    [
        linked(pikepdf.String("more"), "more"),
        linked(Name.more, "more", old=True),
        linked(Array([1, Name.Fit])),
        linked(Array([1, Name.XYZ, 0, 100, None])),
    ],
    ids=["string", "name", "page number", "place"],
)
def test_every_kind_of_destination_stays_in_its_file(pdf: bytes) -> None:
    result = merged(pdf, pdf)
    assert faults(result.pdf) == []
    with opened(result.pdf) as document:
        pages = [page.obj.objgen for page in document.pages]
        tree = document.Root.get("/Names", {}).get("/Dests", {}).get("/Names", [])
        named = {bytes(tree[index]): tree[index + 1] for index in range(0, len(tree), 2)}
        targets = []
        for page in (document.pages[0], document.pages[2]):
            target = page.Annots[0].Dest
            target = named[bytes(target)] if isinstance(target, pikepdf.String) else target
            targets.append(pages.index(target[0].objgen))
        assert targets == [1, 3]


def test_a_link_to_nowhere_goes_and_one_to_another_file_stays() -> None:
    lost = merged(linked(pikepdf.String("nowhere")))
    assert faults(lost.pdf) == []
    assert "not in the file" in messages(lost)
    made = HandMade()
    page = made.page(1)
    made.element("P", page=page, marks=(0,))
    action = Dictionary(S=Name.GoToR, F=pikepdf.String("other.pdf"), D=Array([0, Name.Fit]))
    made.annotation(page, made.element("Link"), "Link", A=action, Contents="Other file")
    with opened(merged(made.bytes(), made.bytes()).pdf) as document:
        kept = [page.Annots[0].A for page in document.pages]
        assert [(str(one.F), int(one.D[0])) for one in kept] == [("other.pdf", 0)] * 2


def test_form_fields_step_aside_and_their_fonts_too() -> None:
    def form() -> bytes:
        made = HandMade("Form")
        page = made.page(1)
        made.element("P", page=page, marks=(0,))
        made.field(page, "name")
        font = made.pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        made.pdf.Root.AcroForm.DR = Dictionary(Font=Dictionary(Helv=font))
        made.pdf.Root.AcroForm.DA = pikepdf.String("/Helv 10 Tf 0 g")
        return made.bytes()

    result = merged(form(), form())
    assert faults(result.pdf) == []
    assert "renamed" in messages(result)
    with opened(result.pdf) as document:
        fields = document.Root.AcroForm.Fields
        assert [str(one.T) for one in fields] == ["name", "name-2"]
        assert [str(one.DA) for one in fields] == ["/Helv 10 Tf 0 g", "/Helv-2 10 Tf 0 g"]
        assert sorted(document.Root.AcroForm.DR.Font.keys()) == ["/Helv", "/Helv-2"]


def test_a_radio_group_keeps_the_name_that_it_repeats() -> None:
    made = HandMade("Form")
    page = made.page(1)
    made.element("P", page=page, marks=(0,))
    made.field(page, "side")
    made.field(page, "side")
    with opened(merged(made.bytes(), made.bytes()).pdf) as document:
        assert [str(one.T) for one in document.Root.AcroForm.Fields] == ["side", "side", "side-2", "side-2"]


def test_forms_by_weasyprint_keep_their_fields() -> None:
    result = merged(samples.form(), samples.form())
    assert faults(result.pdf) == []
    with opened(result.pdf) as document:
        names = [str(one.T) for one in listed(document.Root.AcroForm.Fields)]
    assert names == ["name", "ready", "name-2", "ready-2"]


def test_signatures_go_and_are_reported() -> None:
    made = HandMade("Signed")
    page = made.page(1)
    made.element("P", page=page, marks=(0,))
    made.field(page, "sign", V=Dictionary(Type=Name.Sig, Contents=pikepdf.String(b"seal")))
    made.pdf.Root.AcroForm.Fields[0].FT = Name.Sig
    result = merged(made.bytes())
    assert "digital signature" in messages(result)
    with opened(result.pdf) as document:
        assert "/V" not in document.Root.AcroForm.Fields[0]


def test_hidden_layers_stay_hidden() -> None:
    def layered(hidden: bool, base_off: bool = False) -> bytes:
        made = HandMade()
        group = made.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("Notes")))
        page = made.page(1, contents=b"/OC /L0 BDC /Artifact BMC 0 0 99 99 re f EMC EMC")
        page.Resources = Dictionary(Properties=Dictionary(L0=group))
        made.element("P", page=page, marks=(0,))
        default = Dictionary(Order=Array([group]))
        if base_off:
            default.BaseState = Name.OFF
        elif hidden:
            default.OFF = Array([group])
        made.pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=default)
        return made.bytes()

    inputs = [layered(False), layered(True), layered(True, base_off=True)]
    result = merged(*inputs)
    assert faults(result.pdf) == []
    assert pixels(result.pdf) == [page for pdf in inputs for page in pixels(pdf)]
    with opened(result.pdf) as document:
        assert len(document.Root.OCProperties.D.OFF) == 2
