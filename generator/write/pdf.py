"""A drawn document becomes a file: pages, pictures, fonts, structure, metadata. Same document, same bytes."""

from __future__ import annotations

from functools import lru_cache

from generator.marks import Body, DrawnDocument, DrawnPage, Form, Image, Link, Placement
from generator.write.fonts import font_objects
from generator.write.metadata import PRODUCER, outline, xmp
from generator.write.objects import THOROUGH, Objects, stream, text_string
from generator.write.structure import Tree


def write(document: DrawnDocument, *, claims_pdf_ua: bool = True) -> bytes:
    """The whole file. claims_pdf_ua: whether its metadata says that it is PDF/UA-1."""
    objects = Objects()
    catalog, page_tree, info, resources = (objects.reserve() for _ in range(4))
    first_page = objects.reserve(len(document.pages))
    numbers = range(first_page, first_page + len(document.pages))
    tree = Tree(document, objects)
    _resources(document, resources, objects)
    # What packs share comes first: its objects then have the same numbers in many packs, and are kept compressed.
    for index, page in sorted(enumerate(document.pages), key=lambda numbered: not numbered[1].body.shared):
        _page(page, index, first_page + index, page_tree, resources, tree, objects)
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


def _page(
    page: DrawnPage, index: int, number: int, page_tree: int, resources: int, tree: Tree, objects: Objects
) -> None:
    """A page with its content and its links."""
    first_link, key = tree.place(page, index, number)
    annotations: list[int] = []
    for placement in page.body.placements:
        for link in placement.block.links:
            at = first_link + len(annotations)
            bottom = page.height - placement.top
            objects.add(at, _link(link, placement.x, bottom, number, key + len(annotations)))
            annotations.append(at)
    edges = b"\n".join([_edge(placement, page.height) for placement in page.edges])
    first = objects.reserve()
    if page.body.shared:
        second = objects.reserve()
        objects.add_stream(first, _kept_content(page.body, page.height))
        objects.add_stream(second, stream(b"", edges))
        contents = b"[%d 0 R %d 0 R]" % (first, second)
    else:
        objects.add_stream(first, stream(b"", _content(page.body, page.height) + edges))
        contents = b"%d 0 R" % first
    live = b"/Annots[%b]" % b" ".join([b"%d 0 R" % n for n in annotations]) if annotations else b""
    objects.add(
        number,
        b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %g %g]/Resources %d 0 R/Tabs/S/StructParents %d/Contents %b%b>>"
        % (page_tree, page.width, page.height, resources, index, contents, live),
    )


def _content(body: Body, height: float) -> bytes:
    """A body's operators: each block moved to its place, with its marks numbered for the page."""
    parts: list[bytes] = []
    mark = 0
    for placement in body.placements:
        pieces = placement.block.operators
        parts += (b"q 1 0 0 1 %.2f %.2f cm\n" % (placement.x, height - placement.top), pieces[0])
        for number, piece in enumerate(pieces[1:], mark):
            parts += (b"%d" % number, piece)
        mark += len(pieces) - 1
        parts.append(b"\nQ\n")
    return b"".join(parts)


@lru_cache(maxsize=2_000)
def _kept_content(body: Body, height: float) -> bytes:
    """The content stream of a body that packs share."""
    return stream(b"", _content(body, height), level=THOROUGH)


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


def _resources(document: DrawnDocument, number: int, objects: Objects) -> None:
    """Fonts and pictures that any page uses, each stored once."""
    fonts = font_objects(tuple(document.glyph_sets.values()), objects)
    forms: dict[str, Form] = {}
    images: dict[str, Image] = {}
    for page in document.pages:
        for placement in page.body.placements:
            if placement.block.forms or placement.block.images:
                forms |= {form.name: form for form in placement.block.forms}
                images |= {image.name: image for image in placement.block.images}
    pictures = b"".join(_form(form, objects) for form in forms.values())
    pictures += b"".join(_image(image, objects) for image in images.values())
    objects.add(number, b"<</Font<<%b>>/XObject<<%b>>>>" % (fonts, pictures))


@lru_cache(maxsize=2_000)
def _form_body(form: Form) -> bytes:
    box = b" ".join(b"%g" % value for value in form.box)
    return stream(b"/Type/XObject/Subtype/Form/BBox[%b]/Resources<<>>" % box, form.operators, level=THOROUGH)


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
