"""What a clinic's own picture file may be: looked at when content is loaded, so that a bad file is named with its line.

A drawing must not lose anything on the way to the page. What the reader of SVG leaves out (words, gradients, pictures
inside) is refused, since a picture without its arrow or its label can mislead.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

from generator.bitmaps import opened
from generator.errors import ContentError

LARGEST_FILE: Final = 5_000_000  # bytes; a picture of a card needs far less
KINDS: Final[dict[str, Literal["svg", "png", "jpeg"]]] = {
    ".svg": "svg",
    ".png": "png",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
}
_SHAPES: Final = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_LOST_ELEMENTS: Final = {
    "text": "words",
    "image": "a picture inside it",
    "foreignObject": "a web page inside it",
    "script": "a script",
}
_LOST_ATTRIBUTES: Final = {"clip-path": "clipping", "mask": "a mask", "filter": "a filter"}
_OPACITIES: Final = ("opacity", "fill-opacity", "stroke-opacity")


def look_at(file: Path) -> None:
    """Raises ContentError (without a place) for a file that cannot be an exercise's picture."""
    kind = KINDS.get(file.suffix.lower())
    if kind is None:
        raise ContentError("This picture is of no known kind.", hint="Use SVG, PNG or JPEG.")
    if file.stat().st_size > LARGEST_FILE:
        hint = f"Save it smaller: {LARGEST_FILE // 1_000_000} MB are plenty."
        raise ContentError("This picture is too large a file.", hint=hint)
    data = file.read_bytes()
    if kind == "svg":
        _look_at_drawing(data)
    else:
        with opened(data) as bitmap:
            bitmap.load()


def _look_at_drawing(data: bytes) -> None:
    plain = "Save it as plain SVG."
    if b"<!ENTITY" in data:
        raise ContentError("This drawing holds XML entities, which are not read.", hint=plain)
    try:
        root = ET.fromstring(data)
    except ET.ParseError as problem:
        raise ContentError("This drawing cannot be read.", hint=plain) from problem
    elements = list(root.iter())
    if _local(root) != "svg" or not any(_local(element) in _SHAPES for element in elements):
        raise ContentError("This drawing is empty: it holds no shape.", hint=plain)
    if not (root.get("viewBox") or (root.get("width") and root.get("height"))):
        hint = "Save it with a viewBox, or with width and height."
        raise ContentError("This drawing does not say how large it is.", hint=hint)
    lost = sorted({what for element in elements for what in _lost(element)})
    if lost:
        hint = "Turn words into paths and effects into plain colors, or save the drawing as PNG."
        raise ContentError(f"This drawing uses {', '.join(lost)}, which would be lost on paper.", hint=hint)


def _local(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _lost(element: ET.Element) -> Iterator[str]:
    """What of an element would not reach the page."""
    name = _local(element)
    if name in _LOST_ELEMENTS:
        yield _LOST_ELEMENTS[name]
    styles = element.text if name == "style" and element.text else element.get("style", "")
    values = dict(element.attrib)
    for declaration in styles.replace("{", ";").replace("}", ";").split(";"):
        key, colon, value = declaration.partition(":")
        if colon:
            values[key.strip()] = value.strip()
    for key, value in values.items():
        if key in _LOST_ATTRIBUTES and value.strip() != "none":
            yield _LOST_ATTRIBUTES[key]
        elif key in ("fill", "stroke") and "url(" in value:
            yield "gradients or patterns"
        elif key in _OPACITIES and value.strip() not in ("1", "1.0", "100%"):
            yield "transparency"
