"""A drawn document becomes a file: pages, pictures, fonts, structure, metadata. Same document, same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from generator.marks import Body, DrawnDocument, DrawnPage, Form, Image, Link, Placement
from generator.values import dataclass
from generator.write.fonts import OBJECTS_OF_FONT, font_objects
from generator.write.metadata import PRODUCER, outline, xmp
from generator.write.objects import FAST, HEADER, THOROUGH, Objects, ending, stream, text_string
from generator.write.structure import Numbers, Tree, speaks

FONT_NUMBERS: Final = 60
"""Object numbers kept free for fonts: a pack uses eight or so, with five objects each."""
_KEPT: Final = 24
"""Settings whose part of the file is kept, 200 kB each. Packs that are set alike follow one another in a batch."""


@dataclass(frozen=True, slots=True)
class Written:
    """A whole file. sha256: of its bytes, in hex, worked out while they were written."""

    pdf: bytes
    sha256: str


def write(document: DrawnDocument, *, claims_pdf_ua: bool = True) -> bytes:
    """The bytes of a file, see `written`."""
    return written(document, claims_pdf_ua=claims_pdf_ua).pdf


def written(document: DrawnDocument, *, claims_pdf_ua: bool = True) -> Written:
    """The whole file. claims_pdf_ua: whether its metadata says that it is PDF/UA-1."""
    if document.setting is not None:
        common = _kept_common(document.setting, claims_pdf_ua)
    else:
        common = _Common(document, claims_pdf_ua=claims_pdf_ua)
    return common.file(document)


@dataclass(frozen=True, slots=True)
class _Edges:
    """Content along a page's edges that is a pack's own: the same for all pages with these placements."""

    number: int
    page: int
    placements: tuple[int, ...]


class _Common:
    """The part of the file that documents with one setting have in common, which comes first; and what goes after it.

    After it comes what is a document's own: the contents of bodies and edges with a patient's words, what their
    elements say, links in them, fonts that only these words need, and the resources, which name all fonts.
    """

    def __init__(self, setting: DrawnDocument, *, claims_pdf_ua: bool) -> None:
        self._objects = objects = Objects()
        self._catalog, page_tree, self._info, self._resources = (objects.reserve() for _ in range(4))
        self._fonts = objects.reserve(FONT_NUMBERS)
        self._bodies: list[tuple[int, int, int]] = []  # page, body and number of its content
        self._edges: dict[tuple[tuple[int, float, float], ...], _Edges] = {}
        self._around: dict[bytes, int] = {}
        first_page = objects.reserve(len(setting.pages))
        numbers = range(first_page, first_page + len(setting.pages))
        self._tree = Tree(setting, first_page, objects)
        self._glyph_sets = setting.glyph_sets
        fonts = font_objects(tuple(setting.glyph_sets.values()), self._fonts, objects)
        self._shown = fonts, _pictures(setting, objects)
        for index, page in enumerate(setting.pages):
            self._page(page, index, numbers[index], page_tree)
        kids = b" ".join([b"%d 0 R" % number for number in numbers])
        objects.add(page_tree, b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(numbers), kids))
        metadata = objects.reserve()
        description = xmp(setting.title, setting.author, setting.language, claims_pdf_ua=claims_pdf_ua)
        objects.add_stream(metadata, stream(b"/Type/Metadata/Subtype/XML", description, level=None))
        contents = outline(setting.bookmarks, numbers, [page.height for page in setting.pages], objects)
        bookmarks = b"/Outlines %d 0 R/PageMode/UseNone" % contents if contents else b""
        objects.add(
            self._catalog,
            b"<</Type/Catalog/Pages %d 0 R/Lang%b/Metadata %d 0 R/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R"
            b"/ViewerPreferences<</DisplayDocTitle true>>/PageLabels<</Nums[0<</S/D>>]>>%b>>"
            % (page_tree, text_string(setting.language), metadata, self._tree.root, bookmarks),
        )
        title, author, producer = (text_string(words) for words in (setting.title, setting.author, PRODUCER))
        objects.add(self._info, b"<</Title%b/Author%b/Producer%b>>" % (title, author, producer))
        self._part = objects.part(len(HEADER))
        self._content = HEADER + self._part.content
        self._digest = hashlib.sha256(self._content)

    def _page(self, page: DrawnPage, index: int, number: int, page_tree: int) -> None:
        """A page; the contents that many packs share, with their links, and room for those of one pack."""
        contents: list[int] = []
        annotations: list[int] = []
        for at, (body, numbers) in enumerate(zip(page.bodies, self._tree.numbers[index], strict=True)):
            contents.append(self._objects.reserve())
            if body.share == "pack":
                self._bodies.append((index, at, contents[-1]))
            else:
                self._objects.add_stream(contents[-1], _kept_content(body, page.height, numbers.mark))
                _add_links(body, page.height, number, numbers, self._objects)
            count = sum([len(one.block.links) for one in body.placements])
            annotations += range(numbers.link, numbers.link + count)
        contents += self._edges_of(page, index)
        live = b"/Annots[%b]" % b" ".join([b"%d 0 R" % one for one in annotations]) if annotations else b""
        shown = b" ".join([b"%d 0 R" % one for one in contents])
        self._objects.add(
            number,
            b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %g %g]/Resources %d 0 R/Tabs/S/StructParents %d/Contents[%b]%b>>"
            % (page_tree, page.width, page.height, self._resources, index, shown, live),
        )

    def _edges_of(self, page: DrawnPage, index: int) -> list[int]:
        """Numbers of the contents along a page's edges: what packs share, then what is this pack's own.

        Pages have either in common where they are the same.
        """
        found: list[int] = []
        around = _around([one for one in page.edges if one.block.shared], page.height)
        if around:
            if around not in self._around:
                self._around[around] = self._objects.reserve()
                self._objects.add_stream(self._around[around], _kept_edges(around))
            found.append(self._around[around])
        own = tuple([at for at, one in enumerate(page.edges) if not one.block.shared])
        if own:
            key = tuple([(id(page.edges[at].block), page.edges[at].x, page.height - page.edges[at].top) for at in own])
            if key not in self._edges:
                self._edges[key] = _Edges(self._objects.reserve(), index, own)
            found.append(self._edges[key].number)
        return found

    def file(self, document: DrawnDocument) -> Written:
        """The file of a document with this setting. Its identifier is a hash of its content, so equal content gives
        equal bytes."""
        objects = Objects(self._part.end)
        for index, at, number in self._bodies:
            page, numbers = document.pages[index], self._tree.numbers[index][at]
            body = page.bodies[at]
            assert self._tree.marks(index, at) == sum([len(one.block.owners) for one in body.placements]), "set anew"
            content = _own_content if body.share == "pack" else _kept_content
            objects.add_stream(number, content(body, page.height, numbers.mark))
            if speaks(body):
                objects.add_packed(self._tree.elements(page, index, at))
            _add_links(body, page.height, self._tree.page(index), numbers, objects)
        for edges in self._edges.values():
            page = document.pages[edges.page]
            around = _around([page.edges[at] for at in edges.placements], page.height)
            objects.add_stream(edges.number, stream(b"", around))
        fonts, pictures = self._shown
        fonts += self._own_fonts(document, objects)
        objects.add(self._resources, b"<</Font<<%b>>/XObject<<%b>>>>" % (fonts, pictures))
        own = objects.part(len(self._content), self._part.rows)
        digest = self._digest.copy()
        digest.update(own.content)
        end = len(self._content) + len(own.content)
        last = ending(own.rows, end, digest.hexdigest()[:32], self._catalog, self._info)
        digest.update(last)
        return Written(b"".join((self._content, own.content, last)), digest.hexdigest())

    def _own_fonts(self, document: DrawnDocument, objects: Objects) -> bytes:
        """Adds the fonts that only a patient's own words need. Returns their entries of the font resources."""
        glyph_sets = [one for name, one in document.glyph_sets.items() if name not in self._glyph_sets]
        if not glyph_sets:
            return b""
        needed = OBJECTS_OF_FONT * len(glyph_sets)
        used = OBJECTS_OF_FONT * len(self._glyph_sets)
        first = self._fonts + used if used + needed <= FONT_NUMBERS else objects.reserve(needed)
        return font_objects(tuple(glyph_sets), first, objects)


@lru_cache(maxsize=_KEPT)
def _kept_common(setting: DrawnDocument, claims_pdf_ua: bool) -> _Common:
    return _Common(setting, claims_pdf_ua=claims_pdf_ua)


def _add_links(body: Body, height: float, page: int, numbers: Numbers, objects: Objects) -> None:
    """The live areas of a body. height: of its page, points. page: number of its object."""
    links = [(placement, link) for placement in body.placements for link in placement.block.links]
    for at, (placement, link) in enumerate(links):
        objects.add(numbers.link + at, _link(link, placement.x, height - placement.top, page, numbers.key + at))


def _own_content(body: Body, height: float, mark: int) -> bytes:
    return _content(body, height, mark, FAST)


def _content(body: Body, height: float, mark: int, level: int) -> bytes:
    """A body's content stream: each block moved to its place, with its marks numbered for the page from `mark`."""
    parts: list[bytes] = []
    for placement in body.placements:
        pieces = placement.block.operators
        parts += (b"q 1 0 0 1 %.2f %.2f cm\n" % (placement.x, height - placement.top), pieces[0])
        for number, piece in enumerate(pieces[1:], mark):
            parts += (b"%d" % number, piece)
        mark += len(pieces) - 1
        parts.append(b"\nQ\n")
    return stream(b"", b"".join(parts), level=level)


@lru_cache(maxsize=500)
def _kept_content(body: Body, height: float, mark: int) -> bytes:
    """The content stream of a body that packs share."""
    return _content(body, height, mark, THOROUGH if body.share == "run" else FAST)


@lru_cache(maxsize=500)
def _kept_edges(operators: bytes) -> bytes:
    return stream(b"", operators)


def _around(edges: Sequence[Placement], height: float) -> bytes:
    """Headers and footers; they have no marks, since no screen reader reads them."""
    return b"\n".join(
        [b"q 1 0 0 1 %.2f %.2f cm\n%b\nQ" % (one.x, height - one.top, one.block.operators[0]) for one in edges]
    )


def _link(link: Link, x: float, bottom: float, page: int, key: int) -> bytes:
    x0, y0, x1, y1 = link.box
    return (
        b"<</Type/Annot/Subtype/Link/Rect[%.2f %.2f %.2f %.2f]/Border[0 0 0]/F 4/P %d 0 R"
        b"/StructParent %d/Contents%b/A<</S/URI/URI%b>>>>"
        % (
            x + x0,
            bottom + y0,
            x + x1,
            bottom + y1,
            page,
            key,
            text_string(link.contents),
            text_string(link.target),
        )
    )


def _pictures(document: DrawnDocument, objects: Objects) -> bytes:
    """Pictures that any page uses, each stored once. Returns their entries of the resources."""
    forms: dict[str, Form] = {}
    images: dict[str, Image] = {}
    for page in document.pages:
        for body in page.bodies:
            for block in [one.block for one in body.placements if one.block.forms or one.block.images]:
                forms |= {form.name: form for form in block.forms}
                images |= {image.name: image for image in block.images}
    pictures = b"".join([_form(form, objects) for form in forms.values()])
    return pictures + b"".join([_image(image, objects) for image in images.values()])


@lru_cache(maxsize=2_000)
def _form_body(form: Form) -> bytes:
    box = b" ".join(b"%g" % value for value in form.box)
    entries = b"/Type/XObject/Subtype/Form/BBox[%b]/Resources<<>>/Filter/FlateDecode" % box
    return stream(entries, form.data, level=None)


def _form(form: Form, objects: Objects) -> bytes:
    number = objects.reserve()
    objects.add_stream(number, _form_body(form))
    return b"/%b %d 0 R" % (form.name.encode("ascii"), number)


def _image(image: Image, objects: Objects) -> bytes:
    number = objects.reserve()
    size = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8" % (image.width, image.height)
    soft = b""
    if image.mask:
        mask = objects.reserve()
        objects.add_stream(mask, stream(size + b"/ColorSpace/DeviceGray/Filter/FlateDecode", image.mask, level=None))
        soft = b"/SMask %d 0 R" % mask
    entries = size + b"/ColorSpace/%b/Filter/%b%b" % (image.color_space.encode(), image.encoding.encode(), soft)
    objects.add_stream(number, stream(entries, image.data, level=None))
    return b"/%b %d 0 R" % (image.name.encode("ascii"), number)
