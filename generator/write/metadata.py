"""What a file says about itself: title, language, PDF/UA, bookmarks. Nothing of the patient stands here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from generator import __version__
from generator.marks import Bookmark
from generator.write.objects import Objects, text_string

PRODUCER = f"clinic-handouts {__version__}"


def xmp(title: str, author: str, language: str, *, claims_pdf_ua: bool) -> bytes:
    """The metadata stream's content, with the PDF/UA-1 identifier where it is claimed (ISO 14289-1, 5)."""
    claim = "<pdfuaid:part>1</pdfuaid:part>" if claims_pdf_ua else ""
    return (
        "<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>"
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        "<rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/' "
        "xmlns:pdf='http://ns.adobe.com/pdf/1.3/' "
        f"xmlns:pdfuaid='http://www.aiim.org/pdfua/ns/id/'>{claim}"
        f"<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>{escape(title, quote=False)}</rdf:li></rdf:Alt></dc:title>"
        f"<dc:creator><rdf:Seq><rdf:li>{escape(author, quote=False)}</rdf:li></rdf:Seq></dc:creator>"
        f"<dc:language><rdf:Bag><rdf:li>{escape(language, quote=False)}</rdf:li></rdf:Bag></dc:language>"
        f"<pdf:Producer>{escape(PRODUCER, quote=False)}</pdf:Producer>"
        "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='r'?>"
    ).encode()


def outline(bookmarks: Sequence[Bookmark], pages: Sequence[int], heights: Sequence[float], objects: Objects) -> int:
    """The bookmarks as an outline of two levels, closed.

    pages: object number of each page. Returns its root, 0 for none.
    """
    if not bookmarks:
        return 0
    root, first = objects.reserve(), objects.reserve(len(bookmarks))
    parents: list[int] = []
    top = -1
    for number, one in enumerate(bookmarks):
        parents.append(-1 if one.level == 1 or top < 0 else top)
        if parents[-1] < 0:
            top = number
    children = {parent: [n for n, p in enumerate(parents) if p == parent] for parent in {-1, *parents}}
    for number, one in enumerate(bookmarks):
        family = children[parents[number]]
        index = family.index(number)
        links = b""
        if index:
            links += b"/Prev %d 0 R" % (first + family[index - 1])
        if index + 1 < len(family):
            links += b"/Next %d 0 R" % (first + family[index + 1])
        if number in children:
            own = children[number]
            links += b"/First %d 0 R/Last %d 0 R/Count -%d" % (first + own[0], first + own[-1], len(own))
        parent = root if parents[number] < 0 else first + parents[number]
        place = b"/Dest[%d 0 R/XYZ 0 %.0f 0]" % (pages[one.page], heights[one.page] - max(0.0, one.top - 12))
        objects.add(first + number, b"<</Title%b/Parent %d 0 R%b%b>>" % (text_string(one.title), parent, place, links))
    tops = children[-1]
    objects.add(
        root, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (first + tops[0], first + tops[-1], len(tops))
    )
    return root
