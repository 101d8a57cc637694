"""Step 17: the catalogue, written anew (ISO 32000-1, 7.7.2): an input's own says too much and may hold scripts.

The identifier of PDF/UA goes in only where the whole file may claim it (ISO 14289-1, clause 5).
"""

from __future__ import annotations

from html import escape

from generator.merge.table import Table
from generator.merge.values import Dictionary, Name, Out, Stream, text_string

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
{entries}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def metadata_stream(title: str, author: str, language: str, claims_pdf_ua: bool) -> Stream:
    """The XMP packet, uncompressed as the standard recommends; no dates, so that equal packs are equal."""
    entries = [f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{_xml(title)}</rdf:li></rdf:Alt></dc:title>']
    if author:
        entries.append(f"<dc:creator><rdf:Seq><rdf:li>{_xml(author)}</rdf:li></rdf:Seq></dc:creator>")
    if language:
        entries.append(f"<dc:language><rdf:Bag><rdf:li>{_xml(language)}</rdf:li></rdf:Bag></dc:language>")
    if claims_pdf_ua:
        entries.append("<pdfuaid:part>1</pdfuaid:part>")
    packet = _PACKET.format(entries="\n".join(entries))
    return Stream({"/Type": Name("/Metadata"), "/Subtype": Name("/XML")}, packet.encode())


def _xml(text: str) -> str:
    """Text for XML: characters that XML cannot hold at all are left out."""
    return escape("".join(sign for sign in text if sign >= " " and sign not in "\ufffe\uffff"), quote=False)


def add_information(table: Table, title: str, author: str) -> Out:
    """The information dictionary, which older readers show."""
    entries: Dictionary = {"/Title": text_string(title)}
    if author:
        entries["/Author"] = text_string(author)
    return table.add(entries)


def add_catalog(table: Table, pages: Out, structure: Out, language: str, metadata: Stream, parts: Dictionary) -> Out:
    """The catalogue. parts: outline, names, form, labels and layers, where there are any."""
    catalog: Dictionary = {
        "/Type": Name("/Catalog"),
        "/Pages": pages,
        "/StructTreeRoot": structure,
        "/MarkInfo": {"/Marked": True},
        "/ViewerPreferences": {"/DisplayDocTitle": True},
        "/Metadata": table.add(metadata),
    }
    if language:
        catalog["/Lang"] = text_string(language)
    return table.add(catalog | parts)
