"""A drawn document becomes a file: pages, pictures, fonts, structure, metadata. Same document, same bytes."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from generator.marks import Body, DrawnDocument, DrawnPage, Form, Image, Link, Placement
from generator.write.fonts import font_objects
from generator.write.metadata import PRODUCER, outline, xmp
from generator.write.objects import FAST, THOROUGH, Objects, stream, text_string
from generator.write.structure import Numbers, Tree

FONT_NUMBERS: Final = 60
"""Object numbers kept free for fonts: a pack uses eight or so, with five objects each. What is left goes to others."""


def write(document: DrawnDocument, *, claims_pdf_ua: bool = True) -> bytes:
    """The whole file. claims_pdf_ua: whether its metadata says that it is PDF/UA-1."""
    objects = Objects()
    catalog, page_tree, info, resources = (objects.reserve() for _ in range(4))
    for_fonts = objects.reserve(FONT_NUMBERS)
    first_page = objects.reserve(len(document.pages))
    numbers = range(first_page, first_page + len(document.pages))
    tree = Tree(document, first_page, objects)
    _resources(document, resources, range(for_fonts, for_fonts + FONT_NUMBERS), objects)
    edges: dict[bytes, int] = {}
    for index, page in enumerate(document.pages):
        _page(page, index, first_page + index, page_tree, resources, tree.numbers[index], edges, objects)
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


def _page(
    page: DrawnPage,
    index: int,
    number: int,
    page_tree: int,
    resources: int,
    bodies: tuple[Numbers, ...],
    edges: dict[bytes, int],
    objects: Objects,
) -> None:
    """A page with its content and its links.

    bodies: the numbers of its bodies' elements. edges: streams along edges that are in the file already, with their
    numbers: pages have them in common, and what packs share is apart from what is this pack's own.
    """
    streams: list[bytes] = []
    annotations: list[int] = []
    for body, numbers in zip(page.bodies, bodies, strict=True):
        content = _content if body.share == "pack" else _kept_content
        streams.append(content(body, page.height, numbers.mark))
        links = [(placement, link) for placement in body.placements for link in placement.block.links]
        for at, (placement, link) in enumerate(links):
            bottom = page.height - placement.top
            objects.add(numbers.link + at, _link(link, placement.x, bottom, number, numbers.key + at))
            annotations.append(numbers.link + at)
    contents = [objects.single() for _ in streams]
    for one, content_stream in zip(contents, streams, strict=True):
        objects.add_stream(one, content_stream)
    for shared in (True, False):
        around = b"\n".join([_edge(one, page.height) for one in page.edges if one.block.shared == shared])
        if around and around not in edges:
            edges[around] = objects.single()
            objects.add_stream(edges[around], _kept_edges(around) if shared else stream(b"", around))
        if around:
            contents.append(edges[around])
    live = b"/Annots[%b]" % b" ".join([b"%d 0 R" % one for one in annotations]) if annotations else b""
    shown = b" ".join([b"%d 0 R" % one for one in contents])
    objects.add(
        number,
        b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %g %g]/Resources %d 0 R/Tabs/S/StructParents %d/Contents[%b]%b>>"
        % (page_tree, page.width, page.height, resources, index, shown, live),
    )


def _content(body: Body, height: float, mark: int, level: int = FAST) -> bytes:
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


@lru_cache(maxsize=2_000)
def _kept_content(body: Body, height: float, mark: int) -> bytes:
    """The content stream of a body that packs share."""
    return _content(body, height, mark, THOROUGH if body.share == "run" else FAST)


@lru_cache(maxsize=500)
def _kept_edges(operators: bytes) -> bytes:
    return stream(b"", operators)


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
