"""A drawn document becomes a file: pages, pictures, fonts, structure, metadata. Same document, same bytes."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from typing import Final

from generator.marks import Body, DrawnDocument, DrawnPage, Form, Image, Link, Placement, Share
from generator.write.fonts import font_objects
from generator.write.metadata import PRODUCER, outline, xmp
from generator.write.objects import FAST, THOROUGH, Objects, stream, text_string
from generator.write.structure import Tree

FONT_NUMBERS: Final = 60
"""Object numbers kept free for fonts: a pack uses eight or so, with five objects each. What is left goes to others."""
SHARES: Final[tuple[Share, ...]] = ("run", "plans", "pack")


def write(document: DrawnDocument, *, claims_pdf_ua: bool = True) -> bytes:
    """The whole file. claims_pdf_ua: whether its metadata says that it is PDF/UA-1."""
    objects = Objects()
    catalog, page_tree, info, resources = (objects.reserve() for _ in range(4))
    for_fonts = objects.reserve(FONT_NUMBERS)
    first_page = objects.reserve(len(document.pages))
    numbers = range(first_page, first_page + len(document.pages))
    tree = Tree(document, objects)
    pages = [
        _Page(page, index, number) for index, (page, number) in enumerate(zip(document.pages, numbers, strict=True))
    ]
    # What packs share comes first: its objects then have the same numbers in many packs, and are kept compressed.
    for share in SHARES:
        for page in pages:
            page.place(share, tree, objects)
    _resources(document, resources, range(for_fonts, for_fonts + FONT_NUMBERS), objects)
    for page in pages:
        page.finish(page_tree, resources, objects)
    tree.finish()
    objects.add(
        page_tree, b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(numbers), b" ".join([b"%d 0 R" % n for n in numbers]))
    )
    metadata = objects.reserve()
    description = xmp(document.title, document.author, document.language, claims_pdf_ua=claims_pdf_ua)
    objects.add_stream(metadata, stream(b"/Type/Metadata/Subtype/XML", description, level=None))
    contents = outline(document.bookmarks, numbers, [page.height for page in document.pages], objects)
    bookmarks = b"/Outlines %d 0 R/PageMode/UseNone" % contents if contents else b""
    objects.add(
        catalog,
        b"<</Type/Catalog/Pages %d 0 R/Lang%b/Metadata %d 0 R/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R"
        b"/ViewerPreferences<</DisplayDocTitle true>>/PageLabels<</Nums[0<</S/D>>]>>%b>>"
        % (page_tree, text_string(document.language), metadata, tree.root, bookmarks),
    )
    title, author, producer = (text_string(words) for words in (document.title, document.author, PRODUCER))
    objects.add(info, b"<</Title%b/Author%b/Producer%b>>" % (title, author, producer))
    return objects.file(catalog, info)


class _Page:
    """A page while it is written. index: of the page. number: of its object."""

    def __init__(self, page: DrawnPage, index: int, number: int) -> None:
        self._page, self._index, self._number = page, index, number
        self._marks = [*accumulate([body.marks for body in page.bodies], initial=0)]
        self._contents = [b""] * len(page.bodies)
        self._annotations: list[int] = []

    def place(self, share: Share, tree: Tree, objects: Objects) -> None:
        """Its bodies that so many share."""
        for position, body in enumerate(self._page.bodies):
            if body.share == share:
                mark = self._marks[position]
                self._add_elements(position, body, tree, objects)
                self._contents[position] = (
                    stream(b"", _content(body, self._page.height, mark))
                    if share == "pack"
                    else _kept_content(body, self._page.height, mark)
                )

    def finish(self, page_tree: int, resources: int, objects: Objects) -> None:
        """Its edges, and the page itself."""
        page = self._page
        edges = b"\n".join([_edge(placement, page.height) for placement in page.edges])
        contents = b" ".join([self._added(objects, content) for content in (*self._contents, stream(b"", edges))])
        live = b"/Annots[%b]" % b" ".join([b"%d 0 R" % n for n in self._annotations]) if self._annotations else b""
        objects.add(
            self._number,
            b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %g %g]/Resources %d 0 R/Tabs/S/StructParents %d/Contents[%b]%b>>"
            % (page_tree, page.width, page.height, resources, self._index, contents, live),
        )

    def _added(self, objects: Objects, body: bytes) -> bytes:
        number = objects.single()
        objects.add_stream(number, body)
        return b"%d 0 R" % number

    def _add_elements(self, position: int, body: Body, tree: Tree, objects: Objects) -> None:
        """Elements and links of a body."""
        page = self._page
        first, key = tree.place(page, self._index, self._number, position, self._marks[position])
        at = first
        for placement in body.placements:
            for link in placement.block.links:
                objects.add(at, _link(link, placement.x, page.height - placement.top, self._number, key + at - first))
                self._annotations.append(at)
                at += 1


def _content(body: Body, height: float, mark: int) -> bytes:
    """A body's operators: each block moved to its place, with its marks numbered for the page. mark: the first one."""
    parts: list[bytes] = []
    for placement in body.placements:
        pieces = placement.block.operators
        parts += (b"q 1 0 0 1 %.2f %.2f cm\n" % (placement.x, height - placement.top), pieces[0])
        for number, piece in enumerate(pieces[1:], mark):
            parts += (b"%d" % number, piece)
        mark += len(pieces) - 1
        parts.append(b"\nQ\n")
    return b"".join(parts)


@lru_cache(maxsize=2_000)
def _kept_content(body: Body, height: float, mark: int) -> bytes:
    """The content stream of a body that packs share."""
    return stream(b"", _content(body, height, mark), level=THOROUGH if body.share == "run" else FAST)


def _edge(placement: Placement, height: float) -> bytes:
    """A header or footer; it has no marks, since no screen reader reads it."""
    (operators,) = placement.block.operators
    return b"q 1 0 0 1 %.2f %.2f cm\n%b\nQ" % (placement.x, height - placement.top, operators)


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


def _resources(document: DrawnDocument, number: int, for_fonts: range, objects: Objects) -> None:
    """Fonts and pictures that any page uses, each stored once."""
    fonts = font_objects(tuple(document.glyph_sets.values()), objects, for_fonts)
    forms: dict[str, Form] = {}
    images: dict[str, Image] = {}
    for page in document.pages:
        for body in page.bodies:
            for block in [one.block for one in body.placements if one.block.forms or one.block.images]:
                forms |= {form.name: form for form in block.forms}
                images |= {image.name: image for image in block.images}
    pictures = b"".join(_form(form, objects) for form in forms.values())
    pictures += b"".join(_image(image, objects) for image in images.values())
    objects.add(number, b"<</Font<<%b>>/XObject<<%b>>>>" % (fonts, pictures))


@lru_cache(maxsize=2_000)
def _form_body(form: Form) -> bytes:
    box = b" ".join(b"%g" % value for value in form.box)
    entries = b"/Type/XObject/Subtype/Form/BBox[%b]/Resources<<>>/Filter/FlateDecode" % box
    return stream(entries, form.data, level=None)


def _form(form: Form, objects: Objects) -> bytes:
    number = objects.single()
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
