"""Nothing that runs, starts or hides in a foreign file reaches the output, and the report says what went."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.generator.merge.graph import elements, faults, opened
from tests.generator.merge.handmade import HandMade, edited, simple
from tests.generator.merge.shared import merged, messages

SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def linked(action: Dictionary) -> bytes:
    made = HandMade()
    page = made.page(1)
    made.element("P", page=page, marks=(0,))
    made.annotation(page, made.element("Link"), "Link", A=action, Contents="Link")
    return made.bytes()


def attached(document: pikepdf.Pdf) -> Any:
    data = document.make_stream(b"MZ", Type=Name.EmbeddedFile)
    return document.make_indirect(Dictionary(Type=Name.Filespec, F=String("x.exe"), EF=Dictionary(F=data)))


def named_script(document: pikepdf.Pdf) -> None:
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), SCRIPT])))


def open_action(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = SCRIPT


def page_action(document: pikepdf.Pdf) -> None:
    document.pages[0].AA = Dictionary(O=SCRIPT)


def embedded(document: pikepdf.Pdf) -> None:
    document.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("x"), attached(document)])))
    document.Root.AF = Array([attached(document)])


def bookmark_script(document: pikepdf.Pdf) -> None:
    outline = document.make_indirect(Dictionary(Type=Name.Outlines))
    item = document.make_indirect(Dictionary(Title="Run", A=SCRIPT, Parent=outline))
    outline.First = outline.Last = item
    document.Root.Outlines = outline


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (named_script, "script"),
        (open_action, "when the file opens"),
        (page_action, "by itself"),
        (embedded, "embedded file"),
        (bookmark_script, "script"),
    ],
)
def test_what_runs_in_a_document_goes(change: Any, word: str) -> None:
    result = merged(edited(simple(), change))
    assert faults(result.pdf) == []
    assert word in messages(result)
    assert result.claims_pdf_ua


@pytest.mark.parametrize(
    ("action", "word"),
    [
        (SCRIPT, "script"),
        (Dictionary(S=Name.Launch, F=String("calc.exe")), "starts a program"),
        (Dictionary(S=Name.SubmitForm, F=String("https://example.org")), "sends"),
        (Dictionary(S=Name.GoToE, T=Dictionary(R=Name.C)), "embedded"),
        (Dictionary(S=Name.URI, URI=String("javascript:alert(1)")), "code"),
        (Dictionary(S=Name.URI, URI=String(" Java\nScript:alert(1)")), "code"),
        (Dictionary(S=Name.URI, URI=String("file:///etc/passwd")), "local file"),
        (Dictionary(S=Name.Unheard), "action"),
    ],
)
def test_dangerous_links_go(action: Dictionary, word: str) -> None:
    result = merged(linked(action))
    assert faults(result.pdf) == []
    assert word in messages(result)
    with opened(result.pdf) as document:
        assert "/A" not in document.pages[0].Annots[0]
    assert b"calc.exe" not in _flat(result.pdf)


def _flat(pdf: bytes) -> bytes:
    with opened(pdf) as document:
        return b"\n".join(one.unparse(resolved=False) for one in document.objects if not isinstance(one, int))


@pytest.mark.parametrize("address", ["https://example.org", "mailto:a@example.org", "tel:+1555", "page.html"])
def test_plain_links_stay(address: str) -> None:
    result = merged(linked(Dictionary(S=Name.URI, URI=String(address))))
    assert result.findings == ()
    with opened(result.pdf) as document:
        assert str(document.pages[0].Annots[0].A.URI) == address


def test_only_the_harmless_actions_of_a_chain_stay() -> None:
    last = Dictionary(S=Name.Named, N=Name.LastPage)
    chain = Dictionary(
        S=Name.URI,
        URI=String("https://example.org"),
        Next=Array(
            [Dictionary(S=Name.JavaScript, JS=String("x"), Next=last), Dictionary(S=Name.Launch, F=String("x"))]
        ),
    )
    result = merged(linked(chain))
    assert faults(result.pdf) == []
    with opened(result.pdf) as document:
        action = document.pages[0].Annots[0].A
        assert [str(action.S), *(str(one.S) for one in action.Next)] == ["/URI", "/Named"]


def test_a_chain_that_bites_its_tail_ends() -> None:
    def circle(document: pikepdf.Pdf) -> None:
        action = document.make_indirect(Dictionary(S=Name.Named, N=Name.NextPage))
        action.Next = action
        document.pages[0].Annots[0].A = action

    result = merged(edited(linked(SCRIPT), circle))
    with opened(result.pdf) as document:
        assert str(document.pages[0].Annots[0].A.S) == "/Named"


@pytest.mark.parametrize("kind", ["FileAttachment", "Sound", "Movie", "Screen", "RichMedia", "3D"])
def test_media_and_attachments_go_with_their_elements(kind: str) -> None:
    made = HandMade()
    page = made.page(1)
    made.element("P", page=page, marks=(0,))
    made.annotation(page, made.element("Annot"), kind, Contents="x", FS=attached(made.pdf))
    result = merged(made.bytes())
    assert faults(result.pdf) == []
    assert [one.role for one in elements(result.pdf)] == ["Document", "Part", "P"]
    with opened(result.pdf) as document:
        assert "/Annots" not in document.pages[0]
    assert [str(one) for one in result.findings if one.page == 1]
    assert result.claims_pdf_ua


def test_scripts_in_form_fields_go_and_the_fields_stay() -> None:
    made = HandMade()
    page = made.page(1)
    made.element("P", page=page, marks=(0,))
    made.field(page, "sum", AA=Dictionary(C=SCRIPT))
    made.pdf.Root.AcroForm.CO = Array([made.pdf.Root.AcroForm.Fields[0]])
    made.pdf.Root.AcroForm.XFA = made.pdf.make_stream(b"<xdp/>")
    result = merged(made.bytes())
    assert faults(result.pdf) == []
    assert {"by itself", "XFA"} <= {word for word in ("by itself", "XFA") if word in messages(result)}
    with opened(result.pdf) as document:
        assert [str(one.T) for one in document.Root.AcroForm.Fields] == ["sum"]


def test_a_file_that_only_forbids_changes_is_read_and_reported() -> None:
    out = io.BytesIO()
    with opened(simple()) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="secret", user="", R=6))
    result = merged(out.getvalue())
    assert faults(result.pdf) == []
    assert "forbade changes" in messages(result)
    assert [one.role for one in elements(result.pdf)] == ["Document", "Part", "H1", "P"]
