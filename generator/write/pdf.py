"""A drawn document becomes a file: pages, pictures, fonts, structure, metadata. Same document, same bytes."""

from __future__ import annotations

from functools import lru_cache

from generator.marks import DrawnDocument, DrawnPage, Form, GlyphSet, Image, Link, Placement
from generator.write.fonts import OBJECTS_PER_FONT, font_objects
from generator.write.metadata import PRODUCER, outline, xmp
from generator.write.objects import Objects, stream, text_string
from generator.write.structure import Tree

_PICTURE_LEVEL = 8


def write(document: DrawnDocument, *, claims_pdf_ua: bool = True) -> bytes:
    """The whole file. claims_pdf_ua: whether its metadata says that it is PDF/UA-1."""
    objects = Objects()
    catalog, page_tree, info, resources = (objects.reserve() for _ in range(4))
    first_page = objects.reserve(len(document.pages))
    tree = Tree(document, objects)
    for index, page in enumerate(document.pages):
        _page(page, index, first_page + index, page_tree, resources, tree, objects)
    tree.finish()
    numbers = range(first_page, first_page + len(document.pages))
    objects.add(
        page_tree, b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(numbers), b" ".join(b"%d 0 R" % n for n in numbers))
    )
    _resources(document, resources, objects)
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
    content: list[bytes] = []
    annotations: list[int] = []
    tree.start_page()
    for placement in page.placements:
        bottom = page.height - placement.top
        first_link = objects.reserve(len(placement.block.links)) if placement.block.links else 0
        key = tree.link_key()
        first_mark = tree.place(placement, number, bottom, first_link)
        content.append(_placed(placement, bottom, first_mark))
        for offset, link in enumerate(placement.block.links):
            annotations.append(first_link + offset)
            objects.add(first_link + offset, _link(link, placement.x, bottom, number, key + offset))
    stream_number = objects.reserve()
    objects.add_stream(stream_number, stream(b"", b"\n".join(content)))
    live = b"/Annots[%b]" % b" ".join(b"%d 0 R" % n for n in annotations) if annotations else b""
    objects.add(
        number,
        b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %g %g]/Resources %d 0 R/Tabs/S/StructParents %d/Contents %d 0 R%b>>"
        % (page_tree, page.width, page.height, resources, index, stream_number, live),
    )


def _placed(placement: Placement, bottom: float, first_mark: int) -> bytes:
    """A block's operators, moved to its place, with its marks numbered for the page."""
    pieces = placement.block.operators
    parts = [b"q 1 0 0 1 %.2f %.2f cm\n" % (placement.x, bottom), pieces[0]]
    for number, piece in enumerate(pieces[1:], first_mark):
        parts.append(b"%d" % number)
        parts.append(piece)
    parts.append(b"\nQ")
    return b"".join(parts)


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
    fonts = b"".join(_font(glyphs, objects) for glyphs in document.glyph_sets.values())
    blocks = [placement.block for page in document.pages for placement in page.placements]
    forms = {form.name: form for block in blocks for form in block.forms}
    images = {image.name: image for block in blocks for image in block.images}
    pictures = b"".join(_form(form, objects) for form in forms.values())
    pictures += b"".join(_image(image, objects) for image in images.values())
    objects.add(number, b"<</Font<<%b>>/XObject<<%b>>>>" % (fonts, pictures))


def _font(glyphs: GlyphSet, objects: Objects) -> bytes:
    first = objects.reserve(OBJECTS_PER_FONT)
    for number, body, is_stream in font_objects(glyphs, first):
        (objects.add_stream if is_stream else objects.add)(number, body)
    return b"/%b %d 0 R" % (glyphs.name.encode("ascii"), first)


@lru_cache(maxsize=2_000)
def _form_body(form: Form) -> bytes:
    box = b" ".join(b"%g" % value for value in form.box)
    return stream(b"/Type/XObject/Subtype/Form/BBox[%b]/Resources<<>>" % box, form.operators, level=_PICTURE_LEVEL)


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
