"""PDFs of other makers, made once a run: tagged by Typst and WeasyPrint, untagged by ReportLab and by hand."""

from __future__ import annotations

import io
import tempfile
import warnings
from functools import cache
from pathlib import Path

import typst
from reportlab.lib.pagesizes import A5
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import weasyprint

FONTS = Path(__file__).parents[3] / "layouts" / "fonts"

GUIDE = """
#set document(title: "Stair guide")
#set text(lang: "en")
#set page(width: 14cm, height: 18cm)
= Stairs <top>
Take one step at a time. #link(<more>)[More below], or read #link("https://example.org")[the page].#footnote[By hand.]
#table(columns: 2, table.header([Day], [Steps]), [Monday], [10], [Tuesday], [10], [], [])
#pagebreak()
== Rest <more>
- Sit down
- Drink water
#figure(rect(width: 3cm, height: 1cm), alt: "An empty chair", caption: [Chair])
#text(lang: "es")[Descanse un poco.] Back #link(<top>)[to the top].
"""

LEAFLET = """<html lang="es"><head><title>Hoja de casa</title><style>
@page { size: 14cm 18cm; @bottom-center { content: "hoja " counter(page) } }
body { font-family: "DejaVu Sans" } h2 { break-before: page }
</style></head><body><h1 id="top">En casa</h1>
<p>Camine <a href="#more">cada día</a> y lea <a href="https://example.org">la página</a>.</p>
<table><thead><tr><th>Día</th><th>Pasos</th></tr></thead><tbody><tr><td>lunes</td><td>10</td></tr></tbody></table>
<h2 id="more">Descanso</h2><ol><li>Siéntese</li><li>Beba agua</li></ol>
<p lang="en">Call us.</p><p><img alt="Un vaso" src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'
 width='40' height='20'><rect width='40' height='20' fill='teal'/></svg>"></p></body></html>"""

FORM = """<html lang="en"><head><title>Form</title><style>body { font-family: "DejaVu Sans" }</style></head><body>
<h1>Form</h1><form><label>Name <input name="name" title="Name"></label>
<label>Ready <input type="checkbox" name="ready" title="Ready"></label></form></body></html>"""


@cache
def guide(language: str = "en", standard: str = "ua-1") -> bytes:
    """Two tagged pages by Typst: heads, links, a table with empty cells, a list, a figure, a footnote."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "guide.typ"
        path.write_text(GUIDE.replace('text(lang: "en")', f'text(lang: "{language}")'), "utf-8")
        return bytes(typst.compile(path, format="pdf", pdf_standards=standard))


@cache
def leaflet() -> bytes:
    """Two tagged pages by WeasyPrint in Spanish, with a running foot that only the parent tree knows."""
    return bytes(weasyprint.HTML(string=LEAFLET).write_pdf(pdf_variant="pdf/ua-1"))


@cache
def form() -> bytes:
    """A page with form fields by WeasyPrint."""
    return bytes(weasyprint.HTML(string=FORM).write_pdf(pdf_variant="pdf/ua-1", pdf_forms=True))


@cache
def scan(embedded: bool = True, pages: int = 2, invisible: bool = False) -> bytes:
    """Untagged pages by ReportLab on other paper, with a link; embedded: its font is in the file. invisible: its
    letters are there for search alone, behind a picture.
    """
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A5, invariant=1)
    canvas.setTitle("Parking")
    pdfmetrics.registerFont(TTFont("SampleFace", str(next(FONTS.rglob("*.ttf")))))
    for page in range(pages):
        canvas.setFont("SampleFace" if embedded else "Helvetica", 14)
        if invisible:
            canvas.rect(50, 390, 200, 40, fill=1)
        canvas.drawString(60, 400, f"Park behind the house {page + 1}", mode=3 if invisible else None)
        canvas.linkURL("https://example.org/map", (60, 395, 200, 415))
        canvas.bookmarkPage(f"page{page}")
        canvas.addOutlineEntry(f"Way {page + 1}", f"page{page}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()
