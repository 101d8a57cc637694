"""A pack as a screen reader hears it: the structure tree in order, each element with the words of its marks.

The tree is walked by pikepdf and the words of each mark are pdfium's; neither shares code with the product.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as raw

from tests.generator.merge.views import collect_texts


@dataclass
class Spoken:
    """An element. said: words of its marks and the elements below it, in order. page: index of its page, -1 for none.

    contents: what its link's annotation says. target: where that leads.
    """

    role: str
    alt: str
    page: int
    title: str = ""
    language: str = ""
    scope: str = ""
    span: int = 1
    contents: str = ""
    target: str = ""
    said: list[str | Spoken] = field(default_factory=list)

    def walk(self) -> Iterator[Spoken]:
        """This element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    @property
    def kids(self) -> list[Spoken]:
        """The elements below it."""
        return [one for one in self.said if isinstance(one, Spoken)]

    @property
    def own(self) -> str:
        """Words of its own marks."""
        return "".join(one for one in self.said if isinstance(one, str))

    def all(self, role: str) -> list[Spoken]:
        """The elements of a role, in reading order."""
        return [one for one in self.walk() if one.role == role]

    @property
    def words(self) -> str:
        """What is said: alternative text in place of what it stands for."""
        said = " ".join(one if isinstance(one, str) else one.words for one in self.said)
        return " ".join((self.alt or said).split())


def spoken(pdf: bytes) -> Spoken:
    """The Document of a file."""
    texts = mark_texts(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        kid = document.Root.StructTreeRoot.K
        return _element(kid[0] if isinstance(kid, pikepdf.Array) else kid, -1, pages, texts)


def _element(element: Any, page: int, pages: dict[Any, int], texts: list[dict[int, str]]) -> Spoken:
    page = pages[element.Pg.objgen] if "/Pg" in element else page
    attributes = element.get("/A", pikepdf.Dictionary())
    scope, span = str(attributes.get("/Scope", ""))[1:], int(attributes.get("/ColSpan", 1))
    titles = [str(element.get(key, "")) for key in ("/T", "/Lang")]
    found = Spoken(str(element.S)[1:], str(element.get("/Alt", "")), page, *titles, scope, span)
    kids = element.get("/K", [])
    for kid in list(kids) if isinstance(kids, (pikepdf.Array, list)) else [kids]:
        if isinstance(kid, int):
            found.said.append(texts[page].get(kid, ""))
        elif "/Obj" in kid:
            found.contents, found.target = str(kid.Obj.get("/Contents", "")), str(kid.Obj.get("/A", {}).get("/URI", ""))
        elif "/MCID" in kid:
            found.said.append(texts[pages[kid.Pg.objgen] if "/Pg" in kid else page].get(int(kid.MCID), ""))
        else:
            found.said.append(_element(kid, page, pages, texts))
    return found


@cache
def mark_texts(pdf: bytes) -> list[dict[int, str]]:
    """For each page the words of each mark."""
    document = pypdfium2.PdfDocument(pdf)
    found: list[dict[int, str]] = []
    for page in document:
        texts: dict[int, str] = {}
        text_page = page.get_textpage()
        for index in range(raw.FPDFPage_CountObjects(page.raw)):
            collect_texts(raw.FPDFPage_GetObject(page.raw, index), text_page, texts)
        text_page.close()
        found.append(texts)
    document.close()
    return found
