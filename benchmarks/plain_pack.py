"""The same pack as plain ReportLab sets it, as a script of its own that imports nothing of ours.

    python benchmarks/plain_pack.py PACK.json FONTS OUT.pdf

PACK.json is what `rival.as_data` makes of a document. Platypus sets its words in the same fonts, with tables, lists,
boxes, links, a header and a footer; no tags, and no pictures.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import partial
from html import escape
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    ListFlowable,
    ListItem,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

FACES = {
    "Head": "bricolage-grotesque/BricolageGrotesque_800ExtraBold.ttf",
    "HeadBold": "bricolage-grotesque/BricolageGrotesque_700Bold.ttf",
    "Body": "source-sans-3/SourceSans3_400Regular.ttf",
    "Semi": "source-sans-3/SourceSans3_600SemiBold.ttf",
    "Bold": "source-sans-3/SourceSans3_700Bold.ttf",
    "Italic": "source-sans-3/SourceSans3_400Regular_Italic.ttf",
}
PRIMARY, SLATE, STOP, RULE, INK = (HexColor(f"#{code}") for code in ("0E4A45", "465A57", "A3201D", "9AAAA6", "16211F"))
WIDTH = letter[0] - 90

TEXT = ParagraphStyle("text", fontName="Body", fontSize=11, leading=13.5, textColor=INK, spaceAfter=3)
SMALL = ParagraphStyle("small", TEXT, fontSize=9.5, leading=12, textColor=SLATE)
CELL = ParagraphStyle("cell", TEXT, fontSize=10.5, leading=13, spaceAfter=0)
HEAD_CELL = ParagraphStyle("head cell", CELL, fontName="Semi")
SECTION = ParagraphStyle(
    "section", TEXT, fontName="HeadBold", fontSize=14, leading=16, textColor=PRIMARY, spaceBefore=6
)


def _markup(spans: list[dict[str, str]]) -> str:
    """Words with their emphasis as the markup of a Paragraph."""
    return "".join(_span(escape(span["words"]), span["emphasis"]) for span in spans)


def _span(words: str, emphasis: str) -> str:
    match emphasis:
        case "strong":
            return f'<font name="Bold">{words}</font>'
        case "stop":
            return f'<font name="Bold" color="#A3201D">{words}</font>'
        case "em":
            return f'<font name="Italic">{words}</font>'
    return words


def _flowables(item: dict[str, Any]) -> Iterator[Flowable]:
    """One item of the pack."""
    match item["kind"]:
        case "title":
            size = item["size"]
            style = ParagraphStyle(f"title {size}", TEXT, fontName="Head", fontSize=size, leading=size * 1.1)
            yield Paragraph(_markup(item["text"]), style)
            yield Spacer(1, 6)
        case "section":
            yield Paragraph(escape(item["words"]), SECTION)
        case "text":
            yield Paragraph(_markup(item["text"]), TEXT)
        case "small":
            yield Paragraph(_markup(item["text"]), SMALL)
        case "list":
            entries = [ListItem(Paragraph(_markup(text), TEXT)) for text in item["items"]]
            yield ListFlowable(entries, bulletType="bullet", bulletFontName="Body")
        case "steps":
            entries = [ListItem(Paragraph(escape(words), TEXT)) for words in item["items"]]
            yield ListFlowable(entries, bulletType="1", bulletFontName="Semi")
        case "box":
            box = Table([[[Paragraph(_markup(text), TEXT) for text in item["items"]]]], colWidths=[WIDTH])
            box.setStyle([("BOX", (0, 0), (-1, -1), 1.5, STOP), ("LEFTPADDING", (0, 0), (-1, -1), 12)])
            yield box
        case "table":
            head = [Paragraph(escape(words), HEAD_CELL) for words in item["head"]]
            rows = [[Paragraph(escape(words), CELL) for words in row] for row in item["rows"]]
            shares = item["widths"]
            widths = [WIDTH * share / sum(shares) for share in shares]
            table = Table([head, *rows], colWidths=widths, repeatRows=1)
            table.setStyle([("LINEBELOW", (0, 0), (-1, -1), 0.75, RULE), ("VALIGN", (0, 0), (-1, -1), "TOP")])
            yield table
            yield Spacer(1, 6)
        case "link":
            yield Paragraph(f'<a href="{escape(item["target"])}">{escape(item["words"])}</a>', TEXT)
        case "page":
            yield PageBreak()


def _furniture(pack: dict[str, Any], canvas: Canvas, document: BaseDocTemplate) -> None:
    """Header and footer of a page."""
    canvas.setFillColor(SLATE)
    canvas.setFont("Body", 10.5)
    canvas.drawString(45, letter[1] - 42, pack["author"])
    canvas.drawRightString(letter[0] - 45, letter[1] - 42, pack["header"])
    canvas.setFont("Body", 9.5)
    canvas.drawString(45, 32, " · ".join(pack["footer"]))
    canvas.drawRightString(letter[0] - 45, 32, f"{pack['state']} {pack['pack_id']} Page {document.page}")


def main(pack_file: str, fonts: str, target: str) -> None:
    with open(pack_file, encoding="utf-8") as file:
        pack = json.load(file)
    for name, path in FACES.items():
        pdfmetrics.registerFont(TTFont(name, f"{fonts}/{path}"))
    story: list[Flowable] = []
    for number, sheet in enumerate(pack["sheets"]):
        if number:
            story.append(PageBreak())
        for item in sheet:
            story += _flowables(item)
    document = BaseDocTemplate(target, pagesize=letter, title=pack["title"], author=pack["author"])
    frame = Frame(45, 48, WIDTH, letter[1] - 112, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate("page", [frame], onPage=partial(_furniture, pack)))
    document.build(story)


if __name__ == "__main__":
    main(*sys.argv[1:])
