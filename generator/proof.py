"""A trial print: what only the printed page can tell, such as whether a phone can read a code off it."""

from __future__ import annotations

import importlib
import io

from generator.layout.codes import lone_code
from generator.layout.studio import Studio
from generator.marks import Body, Container, DrawnDocument, DrawnPage, Placement
from generator.write.pdf import write

DPI = 150
"""Of a plain office printer on a bad day: print design, QR codes."""


def read_code(studio: Studio, address: str, edge: float) -> str:
    """Prints the code of an address with the given edge (points), and reads it back; "" where it cannot be read."""
    block = studio.drawn_once(lone_code, address, edge)
    page = DrawnPage(block.height, block.height, (Body((Placement(block, 0.0, 0.0, 1),)),), ())
    containers = (Container("Document", -1), Container("Sect", 0))
    document = DrawnDocument("", "en", "", (page,), containers, (), ("code",), {})
    # Needed only where an address is new.
    pdfium, zxingcpp = importlib.import_module("pypdfium2"), importlib.import_module("zxingcpp")
    with pdfium.PdfDocument(write(document, claims_pdf_ua=False)) as pdf:
        picture = pdf[0].render(scale=DPI / 72, grayscale=True).to_pil()
    found = zxingcpp.read_barcodes(picture)
    return str(found[0].text) if found else ""


def page_pictures(pdf: bytes, dpi: int) -> list[bytes]:
    """PNG pictures of all pages of a file, drawn by pdfium."""
    pdfium = importlib.import_module("pypdfium2")  # loads slowly, and no pack needs it
    pictures = []
    with pdfium.PdfDocument(pdf) as document:
        for page in document:
            buffer = io.BytesIO()
            page.render(scale=dpi / 72).to_pil().save(buffer, "PNG")
            pictures.append(buffer.getvalue())
    return pictures
