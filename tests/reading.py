"""Reads finished files back with pdfium, a reader that shares no code with the product."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw


@dataclass(frozen=True)
class Character:
    """One character: tight box in points, origin lower left; size as set."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float


@dataclass(frozen=True)
class ReadPage:
    width: float
    height: float
    text: str
    characters: tuple[Character, ...]


def _characters(page: pdfium.PdfPage) -> tuple[Character, ...]:
    text = page.get_textpage()
    found = []
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text.raw, index)
        if code in (0, 10, 13, 32, 160) or raw.FPDFText_IsGenerated(text.raw, index):
            continue
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        raw.FPDFText_GetCharBox(text.raw, index, left, right, bottom, top)
        size = raw.FPDFText_GetFontSize(text.raw, index)
        found.append(Character(chr(code), left.value, bottom.value, right.value, top.value, size))
    return tuple(found)


def read(data: bytes) -> list[ReadPage]:
    """Every page of a file."""
    document = pdfium.PdfDocument(data)
    try:
        pages = []
        for page in document:
            text = page.get_textpage().get_text_bounded()
            # pdfium takes a hyphen at the end of a line for a broken word and puts a mark of its own in its place
            text = text.replace("\x02", "-").replace("\ufffe", "-")
            pages.append(ReadPage(*page.get_size(), text, _characters(page)))
        return pages
    finally:
        document.close()


def words_of(data: bytes) -> str:
    """All text of a file with single spaces, as it is printed."""
    return " ".join(" ".join(page.text for page in read(data)).split())


def squeezed(text: str) -> str:
    """Text without any white space: wrapping splits words, so containment is judged without it."""
    return "".join(text.split())


def outside(page: ReadPage, left: float, right: float, top: float, bottom: float) -> list[Character]:
    """Characters that reach out of a box given in points from the page's upper left corner."""
    return [
        one
        for one in page.characters
        if one.left < left or one.right > right or page.height - one.top < top or page.height - one.bottom > bottom
    ]


def _neighbors(one: Character, other: Character, distance: int) -> bool:
    """Letters of one line that follow one another closely; distance: between their numbers in the text."""
    same_line = one.size == other.size and min(one.top, other.top) > max(one.bottom, other.bottom) - one.size
    return abs(distance) <= 2 and same_line


def overlapping(page: ReadPage) -> list[tuple[Character, Character]]:
    """Pairs of characters whose ink boxes, shrunk to three quarters, still cross.

    Neighbors on a line are left out: a script face lets its letters reach below one another.
    """
    boxes = []
    for number, one in enumerate(page.characters):
        dx, dy = (one.right - one.left) / 8, (one.top - one.bottom) / 8
        boxes.append((one.left + dx, one.right - dx, one.bottom + dy, one.top - dy, one, number))
    boxes.sort(key=lambda box: box[0])
    crossing, active = [], []
    for box in boxes:
        active = [other for other in active if other[1] > box[0]]
        crossing += [
            (other[4], box[4])
            for other in active
            if other[2] < box[3] and other[3] > box[2] and not _neighbors(other[4], box[4], other[5] - box[5])
        ]
        active.append(box)
    return crossing
