"""Small tagged PDFs made by hand with pikepdf, for cases that no maker produces on purpose.

Contents are filled rectangles, one a mark, so no font is needed and a file is PDF/UA-1 when its tags are.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

XMP = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>'
    '<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)


class HandMade:
    """A file under construction. `pdf`, `root` (structure tree root) and `document` may be changed at will."""

    def __init__(self, title: str = "By hand", language: str | None = "en") -> None:
        self.pdf = Pdf.new()
        self.root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, P=self.root, K=Array())
        )
        self.root.K = self.document
        self._owners: dict[int, list[Any]] = {}
        catalog = self.pdf.Root
        catalog.StructTreeRoot = self.root
        catalog.MarkInfo = Dictionary(Marked=True)
        catalog.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        catalog.Metadata = self.pdf.make_stream((XMP % title).encode(), Type=Name.Metadata, Subtype=Name.XML)
        if language is not None:
            catalog.Lang = language

    def page(self, marks: int = 0, box: tuple[float, ...] = (0, 0, 200, 200), contents: bytes = b"") -> Any:
        """A page that paints one rectangle a mark."""
        drawn = b"".join(
            b"/P <</MCID %d>> BDC %d 150 8 8 re f EMC\n" % (mark, 20 + 12 * (mark % 10)) for mark in range(marks)
        )
        page = self.pdf.add_blank_page(page_size=(200, 200))
        page.MediaBox = Array(box)
        page.Contents = self.pdf.make_stream(drawn + contents)
        page.StructParents = len(self._owners)
        self._owners[len(self._owners)] = []
        return page.obj

    def element(
        self, role: str, parent: Any = None, page: Any = None, marks: tuple[int, ...] = (), **entries: Any
    ) -> Any:
        """An element below a parent (default: the Document) that owns marks of a page."""
        parent = self.document if parent is None else parent
        element = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name("/" + role), P=parent, K=Array(marks), **entries)
        )
        if page is not None:
            element.Pg = page
            self.own(page, marks, element)
        parent.K.append(element)
        return element

    def own(self, page: Any, marks: tuple[int, ...], element: Any) -> None:
        """Enters marks into the parent tree."""
        owners = self._owners[int(page.StructParents)]
        for mark in marks:
            owners += [None] * (mark + 1 - len(owners))
            owners[mark] = element

    def annotation(self, page: Any, element: Any | None, kind: str, **entries: Any) -> Any:
        """An annotation on a page, an object of an element if one is given."""
        annotation = self.pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=Array([10, 10, 50, 30]), **entries)
        )
        if "/Annots" not in page:
            page.Annots = Array()
            page.Tabs = Name.S
        page.Annots.append(annotation)
        if element is not None:
            annotation.StructParent = len(self._owners)
            self._owners[len(self._owners)] = element
            element.K.append(Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page))
        return annotation

    def field(self, page: Any, name: str, **entries: Any) -> Any:
        """A text field with its widget."""
        form = self.element("Form")
        widget = self.annotation(page, form, "Widget", FT=Name.Tx, T=name, TU=name, **entries)
        if "/AcroForm" not in self.pdf.Root:
            self.pdf.Root.AcroForm = Dictionary(Fields=Array())
        self.pdf.Root.AcroForm.Fields.append(widget)
        return widget

    def bytes(self, **catalog: Any) -> bytes:
        """The file. catalog: more entries of the catalogue."""
        numbers = Array()
        for key, owners in self._owners.items():
            entry = self.pdf.make_indirect(Array(owners)) if isinstance(owners, list) else owners
            numbers.append(key)
            numbers.append(entry)
        if "/ParentTree" not in self.root:
            self.root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=numbers))
        for key, value in catalog.items():
            self.pdf.Root["/" + key] = value
        out = io.BytesIO()
        self.pdf.save(out, deterministic_id=True)
        return out.getvalue()


def simple(title: str = "By hand", words: int = 2, **document: Any) -> bytes:
    """A heading and a paragraph on one page."""
    made = HandMade(title)
    page = made.page(words)
    made.element("H1", page=page, marks=(0,))
    for mark in range(1, words):
        made.element("P", page=page, marks=(mark,))
    for key, value in document.items():
        made.document["/" + key] = value
    return made.bytes()


def edited(pdf: bytes, change: Any) -> bytes:
    """A copy of a file after a change: `change` gets the open file."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
        return out.getvalue()


def raw_pdf(objects: Mapping[int, bytes], root: int = 1) -> bytes:
    """A file written byte by byte: number to text of each object."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, text in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, text)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    out += b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, start)
    return bytes(out)
