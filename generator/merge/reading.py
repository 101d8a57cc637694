"""Steps 1 to 18 for one file: from bytes to `Original`. This is the table of contents of the reading side.

Foreign files are read in a process of their own, see `looking`; only files of our own making are read in this one.
"""

from __future__ import annotations

import hashlib

from pypdf.generic import DictionaryObject

from generator.errors import HandoutsError, Place
from generator.merge.cleaning import cleaning_rules, leave_out_annotations, note_catalog
from generator.merge.content import mended, packed
from generator.merge.copying import Copier
from generator.merge.destinations import Destinations
from generator.merge.figures import make_figures, page_contents
from generator.merge.findings import Notes, PdfError
from generator.merge.forms import read_form
from generator.merge.furnishings import read_bookmarks, read_labels, read_layers
from generator.merge.language import valid_language
from generator.merge.opening import Opened, SourcePage, entry, open_pdf, raw_list, resolved
from generator.merge.original import Original, OriginalPage
from generator.merge.structure import StructureReader
from generator.merge.survey import Survey, check_headings
from generator.merge.titles import claims_pdf_ua_1, metadata, title_of
from generator.merge.values import PART, Dictionary, Name, Ref, Value, in_list, plain_text

_NOT_OF_A_PAGE = frozenset({"/Parent", "/B", "/Thumb", "/Annots", "/Kids", "/Count"})
_LETTER = (0.0, 0.0, 612.0, 792.0)


def read_pdf(data: bytes, name: str, *, trusted: bool = False) -> Original:
    """Reads a file held in memory.

    name: what the user calls it, for errors. trusted: made by us and checked elsewhere, so its contents are not looked
    through. Raises PdfError, which names the file, for everything that cannot be merged, and MemoryError where memory
    runs out.
    """
    try:
        return _read(data, name, trusted)
    except (HandoutsError, MemoryError):
        raise
    except Exception as error:  # damaged files make pypdf raise whatever their damage touches
        hint = "Open it and print or export it as a new PDF, then use that."
        raise PdfError("The file is damaged and cannot be read.", hint=hint, place=Place(name)) from error


def _read(data: bytes, name: str, trusted: bool) -> Original:
    opened = open_pdf(data, name)
    copier = Copier({}, Notes())
    pages = _number_pages(opened, copier)
    destinations = Destinations(opened, pages)
    copier.rules = cleaning_rules(destinations)
    note_catalog(opened, copier)
    leave_out_annotations(opened, copier)
    structure = StructureReader(opened, copier)
    if structure.tagged:
        structure.number_elements()
    destinations.copy_named(copier)
    _copy_pages(opened, copier, pages)
    structure.copy_elements()
    form = read_form(opened, copier)
    bookmarks, labels, layers = (
        read_bookmarks(opened, copier),
        read_labels(opened, copier),
        read_layers(opened, copier),
    )
    if not structure.tagged:
        make_figures(copier, pages, structure.structure)
    if not trusted:
        _look_through(opened, copier, pages, structure)
    packet = metadata(opened)
    return Original(
        digest=hashlib.sha256(data).digest(),
        objects=tuple(copier.objects),
        pages=tuple(_measured(copier, page) for page in pages),
        document=copier.objects[PART],
        structure=structure.structure,
        destinations=dict(destinations.named),
        form=form,
        bookmarks=bookmarks,
        labels=labels,
        layers=layers,
        title=title_of(opened, packet),
        language=_language(opened, copier, structure.tagged),
        tagged=structure.tagged,
        claims_pdf_ua=structure.tagged and claims_pdf_ua_1(packet),
        findings=tuple(copier.notes),
    )


def _number_pages(opened: Opened, copier: Copier) -> tuple[Ref, ...]:
    """Gives every page its place before anything is copied, so that references to pages resolve (step 2)."""
    pages = []
    for number, page in enumerate(opened.pages, 1):
        reference = copier.add(None)
        pages.append(reference)
        if page.number and copier.numbers.setdefault(page.number, reference) != reference:
            copier.notes.unclean("", "the file lists one page twice; only the first keeps its tags and links", number)
    return tuple(pages)


def _copy_pages(opened: Opened, copier: Copier, pages: tuple[Ref, ...]) -> None:
    for number, (page, reference) in enumerate(zip(opened.pages, pages, strict=True), 1):
        copier.notes.page = number
        first_use = copier.numbers.get(page.number, reference) == reference
        copier.objects[reference] = _copied_page(page, copier, first_use)
        copier.drain()
        for annotation in copier.objects[reference].get("/Annots", []):
            if isinstance(copier.objects[annotation], dict) and "/P" in copier.objects[annotation]:
                copier.objects[annotation]["/P"] = reference
    copier.notes.page = 0


def _copied_page(page: SourcePage, copier: Copier, first_use: bool) -> Dictionary:
    kept = DictionaryObject({key: item for key, item in page.entries.items() if key not in _NOT_OF_A_PAGE})
    copied = copier.dictionary(kept) | {"/Type": Name("/Page")}
    copied.setdefault("/Resources", {})
    annotations = [copier.own(item) for item in raw_list(page.entries, "/Annots")] if first_use else []
    listed: list[Value] = []
    for item, source in zip(annotations, raw_list(page.entries, "/Annots"), strict=False):
        if item is not None and isinstance(resolved(source), DictionaryObject) and item not in listed:
            listed.append(item)
    if listed:
        copied |= {"/Annots": listed, "/Tabs": Name("/S")}
    return copied


def _look_through(opened: Opened, copier: Copier, pages: tuple[Ref, ...], structure: StructureReader) -> None:
    """What only foreign files need: contents that close what they open, and a survey of what cannot be claimed."""
    if structure.tagged:
        for page in pages:
            entries = copier.objects[page]
            contents = page_contents(copier, entries)
            balanced = mended(contents, strip_marks=False)
            if balanced is not contents:
                entries["/Contents"] = copier.add(packed(balanced))
        check_headings(copier, structure.heading_levels())
    if getattr(entry(entry(opened.catalog, "/MarkInfo"), "/Suspects"), "value", False):
        copier.notes.unclean("7.1-4", "the file says that its tags are doubtful")
    Survey(copier, structure.structure).pages(pages)


def _language(opened: Opened, copier: Copier, tagged: bool) -> str:
    language = plain_text(copier.value(entry(opened.catalog, "/Lang")))
    if valid_language(language):
        return language
    if tagged:
        copier.notes.unclean("7.2-34", "the file does not say in which language it is")
    return ""


def _measured(copier: Copier, page: Ref) -> OriginalPage:
    entries = copier.objects[page]
    media = _box(copier, entries.get("/MediaBox")) or _LETTER
    crop = _box(copier, entries.get("/CropBox")) or media
    box = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    if box[2] <= box[0] or box[3] <= box[1]:
        box = media
    rotation = _number(copier, entries.get("/Rotate"), 0.0)
    return OriginalPage(page, box, int(rotation) % 360, _number(copier, entries.get("/UserUnit"), 1.0))


def _number(copier: Copier, value: Value, default: float) -> float:
    found = copier.copied(value)
    return float(found) if isinstance(found, (int, float)) else default


def _box(copier: Copier, value: Value) -> tuple[float, float, float, float] | None:
    """A rectangle with its lower left corner first, however the file orders its corners."""
    sides = [_number(copier, one, 0.0) for one in in_list(copier.copied(value))]
    if len(sides) != 4 or sides[0] == sides[2] or sides[1] == sides[3]:
        return None
    return min(sides[0], sides[2]), min(sides[1], sides[3]), max(sides[0], sides[2]), max(sides[1], sides[3])
