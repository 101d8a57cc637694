"""Step 1: open a foreign PDF, decrypt it where no password is asked, and lay its page tree flat.

Pages inherit boxes, rotation and resources from the nodes above them; the output has one flat page tree, so what was
inherited is made explicit here (ISO 32000-1, 7.7.3.4). Everything is read through `raw` and `resolved`, since pypdf's
own `get` and `[]` follow references silently and so lose which object was meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, NumberObject, PdfObject

from generator.errors import Place
from generator.merge.findings import PdfError
from generator.values import dataclass

MAX_PAGES = 2000
INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_LETTER = (0, 0, 612, 792)


@dataclass(frozen=True, slots=True)
class SourcePage:
    """number: the page's object number, 0 for a page that is no object of its own. entries: its own and inherited ones,
    raw.
    """

    number: int
    entries: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Opened:
    """protected: the file was encrypted with an empty password, as files are that only forbid changes."""

    reader: PdfReader
    catalog: DictionaryObject
    pages: tuple[SourcePage, ...]
    protected: bool


def raw(dictionary: Any, key: str) -> Any:
    """The entry as it stands in the file, a reference stays a reference; None where there is none."""
    return dict.get(dictionary, key)


def resolved(item: Any) -> Any:
    """What a reference leads to, also over several; None for null and for what does not exist."""
    for _ in range(32):
        if not isinstance(item, IndirectObject):
            return None if isinstance(item, NullObject) else item
        item = item.get_object()
    return None


def entry(dictionary: Any, key: str) -> Any:
    """The resolved entry of a dictionary, None where there is none or where it is not a dictionary."""
    return resolved(raw(dictionary, key)) if isinstance(dictionary, DictionaryObject) else None


def raw_list(dictionary: Any, key: str) -> list[Any]:
    """An entry that may be one item, an array or absent, as a list of raw items."""
    item = raw(dictionary, key)
    value = resolved(item)
    if value is None:
        return []
    return list(value) if isinstance(value, ArrayObject) else [item]


def pairs(tree: Any, key: str) -> Iterator[tuple[Any, Any]]:
    """(key, raw value) of a name tree ("/Names") or a number tree ("/Nums"), in order; safe against circles."""
    waiting, seen = [tree], set[int]()
    while waiting:
        node = resolved(waiting.pop())
        if not isinstance(node, DictionaryObject) or id(node) in seen:
            continue
        seen.add(id(node))
        items = entry(node, key)
        if isinstance(items, ArrayObject):
            for index in range(0, len(items) - 1, 2):
                yield resolved(items[index]), items[index + 1]
        waiting.extend(reversed(raw_list(node, "/Kids")))


def open_pdf(data: bytes, name: str) -> Opened:
    """Opens a file held in memory. name: what the user calls it, for errors.

    Raises PdfError for what is empty, no PDF, protected by a password, without pages, or has more than MAX_PAGES pages.
    """
    place = Place(name)
    if not data:
        raise PdfError("The file is empty.", hint="Save or download it again.", place=place)
    if b"%PDF-" not in data[:1024]:
        hint = "Open it to see what it is: a web page saved under a PDF's name is the usual cause."
        raise PdfError("The file is not a PDF.", hint=hint, place=place)
    reader = PdfReader(BytesIO(data), strict=False)
    protected = reader.is_encrypted
    if protected and not _decrypted(reader):
        hint = "Save a copy without a password and use that."
        raise PdfError("The file is protected by a password.", hint=hint, place=place)
    catalog = resolved(reader.root_object)
    pages = tuple(_flat_pages(catalog, place))
    if not pages:
        raise PdfError("The file has no pages.", hint="Export it again from the program that made it.", place=place)
    return Opened(reader, catalog, pages, protected)


def _decrypted(reader: PdfReader) -> bool:
    try:
        return reader.decrypt("") != PasswordType.NOT_DECRYPTED
    except (DependencyError, NotImplementedError):
        return False


def _flat_pages(catalog: DictionaryObject, place: Place) -> Iterator[SourcePage]:
    above: dict[str, PdfObject] = {}
    waiting: list[tuple[Any, dict[str, Any], frozenset[int]]] = [(raw(catalog, "/Pages"), above, frozenset())]
    count = 0
    while waiting:
        item, inherited, path = waiting.pop()
        node = resolved(item)
        if not isinstance(node, DictionaryObject) or id(node) in path:
            continue
        here = inherited | {key: raw(node, key) for key in INHERITED if resolved(raw(node, key)) is not None}
        if entry(node, "/Type") == "/Pages" or (raw(node, "/Kids") is not None and entry(node, "/Type") != "/Page"):
            waiting.extend((kid, here, path | {id(node)}) for kid in reversed(raw_list(node, "/Kids")))
            continue
        count += 1
        if count > MAX_PAGES:
            hint = "Merge only the pages that the patient needs."
            raise PdfError(f"The file has more than {MAX_PAGES} pages.", hint=hint, place=place)
        own = {key: raw(node, key) for key in node}
        default_box = ArrayObject(NumberObject(side) for side in _LETTER)
        yield SourcePage(
            item.idnum if isinstance(item, IndirectObject) else 0, {"/MediaBox": default_box} | here | own | here
        )
