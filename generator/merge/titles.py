"""What a file says about itself: title, and whether it claims PDF/UA-1. Read with care: metadata is foreign text."""

from __future__ import annotations

import html
import re

from pypdf.generic import StreamObject

from generator.merge.opening import Opened, entry
from generator.merge.values import plain_text

_TITLE = re.compile(r"<dc:title\b.*?<rdf:li[^>]*>(.*?)</rdf:li>", re.DOTALL)
_PREFIX = re.compile(r"xmlns:(\w+)\s*=\s*[\"']http://www\.aiim\.org/pdfua/ns/id/[\"']")
_MAX_TITLE = 500


def metadata(opened: Opened) -> str:
    """The file's XMP packet as text, "" where there is none or where it cannot be read."""
    stream = entry(opened.catalog, "/Metadata")
    if not isinstance(stream, StreamObject):
        return ""
    packet = stream.get_data()
    coding = "utf-16" if packet[:2] in (b"\xfe\xff", b"\xff\xfe") else "utf-8"
    return packet.decode(coding, "replace")


def title_of(opened: Opened, packet: str) -> str:
    """The title: from XMP first, since PDF 2.0 files have it only there, then from the information dictionary."""
    found = _TITLE.search(packet)
    title = html.unescape(found[1]).strip() if found else ""
    if not title:
        text = entry(entry(opened.reader.trailer, "/Info"), "/Title")
        title = plain_text(getattr(text, "original_bytes", b"")).strip()
    return " ".join(title.split())[:_MAX_TITLE]


def claims_pdf_ua_1(packet: str) -> bool:
    """Whether the XMP packet holds the PDF/UA identifier with part 1 (ISO 14289-1, clause 5)."""
    prefix = _PREFIX.search(packet)
    return bool(prefix and re.search(rf"\b{prefix[1]}:part\s*(=\s*[\"']|>\s*)1\b", packet))
