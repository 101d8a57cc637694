"""The merge: several PDFs become one, and what a screen reader reads stays what it was.

    merge_files(["a.pdf", "b.pdf"])                    one after the other, as `handouts merge` does
    merge([Part(original, "a.pdf"), ...], title=...)   the same with files that a `Shelf` has read
    insert_into(pack, inserts, title=...)              inserts between the pages of a tagged file of our own

The steps are those of docs/merging.md; reading an input is in `reading`, this is the table of contents of the writing
side.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.errors import Place
from generator.merge.catalog import add_catalog, add_information, metadata_stream
from generator.merge.dedup import same_objects
from generator.merge.findings import Finding, PdfError, named
from generator.merge.furnish import add_destinations, add_form, add_labels, add_layers, add_outline
from generator.merge.looking import Shelf
from generator.merge.naming import Names
from generator.merge.parts import Insert, Part
from generator.merge.reading import read_pdf
from generator.merge.stamping import Stamper, blank_spot, draw_stamp, host_font
from generator.merge.table import Table
from generator.merge.tree import Inserted, add_tree
from generator.merge.values import Dictionary, Name, Out
from generator.merge.writing import write_pdf
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class MergeResult:
    """pdf: the file. claims_pdf_ua: it says that it is PDF/UA-1. findings: what was removed and what cannot be claimed,
    by input in their order, then by page.
    """

    pdf: bytes
    pages: int
    claims_pdf_ua: bool
    findings: tuple[Finding, ...]


def merge_files(
    paths: Sequence[Path | str], *, title: str = "", language: str = "", shelf: Shelf | None = None
) -> MergeResult:
    """Files one after the other. title: "" takes the first file's. language: "" takes the first that names one.

    Raises PdfError, which names the file, for what cannot be read.
    """
    shelf = shelf or Shelf()
    parts = [Part(shelf.take(path), str(path)) for path in paths]
    return merge(parts, title=title, language=language)


def merge(parts: Sequence[Part], *, title: str = "", language: str = "", author: str = "") -> MergeResult:
    """Parts one after the other; each becomes a Part of the structure, has its bookmark and keeps its page labels."""
    return _Merge(None, [Insert(part, 0) for part in parts], language).result(title, author, None)


def insert_into(
    host: Part | bytes,
    inserts: Sequence[Insert],
    *,
    title: str = "",
    language: str = "",
    author: str = "",
    stamp: Stamper | None = None,
) -> MergeResult:
    """Inserts between the pages of a file that we made: its Document is the whole file's, its bookmarks stay outermost.

    host: a `Part`, or the bytes of a file that needs no guarding. Several inserts after the same page keep their order.
    Page labels count through. stamp: called for each page of an insert; None stamps nothing.
    """
    if isinstance(host, bytes):
        host = Part(read_pdf(host, "the pack's own pages", trusted=True), "the pack's own pages")
    ordered = sorted(inserts, key=lambda insert: insert.after_page)
    return _Merge(host, ordered, language).result(title, author, stamp)


class _Merge:
    """One run of the steps over inputs that stand in page order."""

    def __init__(self, host: Part | None, inserts: list[Insert], language: str) -> None:
        parts = ([host] if host else []) + [insert.part for insert in inserts]
        if not parts:
            raise PdfError("There is nothing to merge.", hint="Name at least one PDF file.", place=Place(""))
        self._parts = parts
        self._language = language or next((part.original.language for part in parts if part.original.language), "")
        self._table = Table()
        self._names = Names()
        self._findings: list[Finding] = []
        if not self._language:
            message = "no file names its language, and none was given"
            self._findings.append(Finding(parts[0].name, 0, "7.2-33", message, True))
        placed = [self._place(part, index) for index, part in enumerate(parts)]
        self._host = placed[0] if host else None
        self._inputs = [
            Inserted(one.original, one.placed, one.title, insert.after_page)
            for one, insert in zip(placed[1:] if host else placed, inserts, strict=True)
        ]

    def _place(self, part: Part, index: int) -> Inserted:
        names, moved = self._names.settle(part.original, part.describes.strip())
        title = part.title or part.original.title or Path(part.name).name or f"Part {index + 1}"
        self._findings += _findings_of(part)
        if moved:
            message = "form fields were renamed, as an earlier file uses their names"
            self._findings.append(Finding(part.name, 0, "", message, False))
        return Inserted(part.original, self._table.place(part.original, names), title)

    def result(self, title: str, author: str, stamp: Stamper | None) -> MergeResult:
        table, host, inputs = self._table, self._host, self._inputs
        everyone = ([host] if host else []) + inputs
        order = list(self._page_order())
        tree = add_tree(table, self._names, self._language, host, inputs)
        pages = table.add({"/Type": Name("/Pages"), "/Kids": [number for number, _ in order], "/Count": len(order)})
        for number, _ in order:
            table.extend(number, {"/Parent": pages})
        parts: Dictionary = (
            add_outline(table, host, inputs)
            | add_labels(inputs, continuous=host is not None)
            | add_destinations(table, everyone)
            | add_form(table, everyone)
            | add_layers(table, everyone)
        )
        if stamp is not None:
            self._stamp(order, stamp)
        title = title or everyone[0].title
        claims = not any(finding.prevents_claim for finding in self._findings)
        metadata = metadata_stream(title, author, self._language, claims)
        root = add_catalog(table, pages, tree, self._language, metadata, parts)
        same = same_objects(table, [number for number, _ in order])
        pdf = write_pdf(table, root, add_information(table, title, author), same)
        return MergeResult(pdf, len(order), claims, tuple(dict.fromkeys(self._findings)))

    def _page_order(self) -> list[tuple[Out, int]]:
        """(page object, index of its input or -1 for the host) in page order."""
        found: list[tuple[Out, int]] = []
        host_pages = [self._host.out(page.number) for page in self._host.original.pages] if self._host else []
        done = 0
        for index, one in enumerate(self._inputs):
            found += [(number, -1) for number in host_pages[done : max(done, one.after)]]
            done = max(done, one.after)
            found += [(one.out(page.number), index) for page in one.original.pages]
        return found + [(number, -1) for number in host_pages[done:]]

    def _stamp(self, order: list[tuple[Out, int]], stamp: Stamper) -> None:
        own = {
            one.out(page.number): (one, index) for one in self._inputs for index, page in enumerate(one.original.pages)
        }
        names = {one.part: part.name for one, part in zip(reversed(self._inputs), reversed(self._parts), strict=False)}
        for position, (number, source) in enumerate(order, 1):
            if source < 0:
                continue
            one, index = own[number]
            page = one.original.pages[index]
            made = stamp(position, len(order))
            margins = one.original.margins[index] if one.original.margins else None
            spot = blank_spot(page, margins, made) if margins else None
            if spot is None:
                message = "the page has no clear margin for the pack's page number, so it has none"
                self._findings.append(Finding(names[one.part], index + 1, "", message, False))
                continue
            found = {name: host_font(self._table, self._host, name) for name in made.fonts} if self._host else {}
            fonts: Dictionary = {name: font for name, font in found.items() if font is not None}
            draw_stamp(self._table, one, page, made, spot, fonts)


def _findings_of(part: Part) -> list[Finding]:
    """What reading found, and what keeps this input from being part of a file that claims PDF/UA."""
    original, found = part.original, list(named(part.original.findings, part.name))
    if original.tagged and not original.claims_pdf_ua:
        message = "the file has tags but does not say that it is PDF/UA"
        found.append(Finding(part.name, 0, "5-1", message, True))
    if not original.tagged and not part.describes.strip():
        message = "the page has no tags, and nobody described it in words"
        found += [Finding(part.name, page, "7.3-1", message, True) for page in range(1, len(original.pages) + 1)]
    return found
