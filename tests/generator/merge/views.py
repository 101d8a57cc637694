"""What readers of other makers see in a PDF: words in structure order, words by parent tree, pixels."""

from __future__ import annotations

import ctypes
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as raw


def poppler_words(pdf: bytes, folder: Path) -> list[str]:
    """Words in the order of the structure tree, by poppler's pdfinfo."""
    lines = _run(["pdfinfo", "-struct-text"], pdf, folder).splitlines()
    texts = [line.strip() for line in lines if line.strip().startswith('"')]
    return " ".join(text.removeprefix('"').removesuffix('"') for text in texts).split()


def page_words(pdf: bytes, folder: Path) -> list[str]:
    """Words as they stand on the pages, by poppler's pdftotext."""
    return _run(["pdftotext", "-layout"], pdf, folder, "-").split()


def _run(command: list[str], pdf: bytes, folder: Path, *after: str) -> str:
    path = folder / "view.pdf"
    path.write_bytes(pdf)
    done = subprocess.run([*command, str(path), *after], capture_output=True, text=True, check=True)
    return done.stdout


def pixels(pdf: bytes, scale: float = 0.7) -> list[bytes]:
    """Every page as pdfium paints it."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    painted = []
    for page in document:
        bitmap = page.render(scale=scale)
        painted.append(bytes(bitmap.buffer))
    document.close()
    return painted


def pdfium_words(pdf: bytes) -> list[list[str]]:
    """Words of each page in the order of its marks in pdfium's structure tree, built from the parent tree."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        texts: dict[int, str] = {}
        text_page = page.get_textpage()
        for index in range(raw.FPDFPage_CountObjects(page.raw)):
            collect_texts(raw.FPDFPage_GetObject(page.raw, index), text_page, texts)
        order = _marks_in_order(page)
        assert len(order) == len(set(order)), "pdfium finds a mark twice"
        found.append(" ".join(texts.get(mark, "") for mark in order).split())
        text_page.close()
    document.close()
    return found


def collect_texts(item: Any, text_page: Any, texts: dict[int, str]) -> None:
    """Adds the words of a page's object to those of its mark; of what has no mark to number -1."""
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_FORM:
        for index in range(raw.FPDFFormObj_CountObjects(item)):
            collect_texts(raw.FPDFFormObj_GetObject(item, index), text_page, texts)
    mark = raw.FPDFPageObj_GetMarkedContentID(item)
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        texts[mark] = texts.get(mark, "") + _utf16(
            lambda buffer, size: raw.FPDFTextObj_GetText(item, text_page.raw, buffer, size)
        )


def _utf16(call: Callable[[Any, int], int]) -> str:
    size = call(None, 0)
    buffer = ctypes.create_string_buffer(max(size, 2))
    call(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: max(size, 2) - 2].decode("utf-16-le", "replace")


def _marks_in_order(page: Any) -> list[int]:
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    order: list[int] = []

    def walk(element: Any) -> None:
        for index in range(raw.FPDF_StructElement_CountChildren(element)):
            child = raw.FPDF_StructElement_GetChildAtIndex(element, index)
            if child:
                walk(child)
            else:
                mark = raw.FPDF_StructElement_GetChildMarkedContentID(element, index)
                if mark >= 0:
                    order.append(mark)

    if tree:
        for index in range(raw.FPDF_StructTree_CountChildren(tree)):
            top = raw.FPDF_StructTree_GetChildAtIndex(tree, index)
            if top:
                walk(top)
        raw.FPDF_StructTree_Close(tree)
    return order
