"""Drawings that come as SVG files: icons, logos, the ridge line, anatomy.

svgelements reads the file (shapes, transforms, styles); here its paths become operators in the clinic's colors. Words
in a drawing are anchors only: a text element names a label, and the words for it come from the content, in the
patient's language.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from svgelements import SVG, Arc, Close, CubicBezier, Move, QuadraticBezier, Shape, SVGText
from svgelements import Path as SvgPath

from generator.errors import ContentError, Place
from generator.layout.press import Press
from generator.layout.tokens import Style, Tokens


@dataclass(frozen=True, slots=True)
class Stroke:
    """One painted path: operators before and after the colors are known. fill, stroke: hex or ""."""

    path: bytes
    fill: str
    stroke: str
    line: float
    round: bool
    dash: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """Where words stand in a drawing; x, y: baseline start in the drawing's own coordinates, y downward."""

    anchor: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    width: float
    height: float
    strokes: tuple[Stroke, ...]
    labels: tuple[Label, ...]


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _path(path: SvgPath, height: float) -> bytes:
    out: list[str] = []

    def point(p: object) -> str:
        return f"{_number(p.x)} {_number(height - p.y)}"  # type: ignore[attr-defined]

    for segment in path:
        if isinstance(segment, Move):
            out.append(f"{point(segment.end)} m")
        elif isinstance(segment, Close):
            out.append("h")
        elif isinstance(segment, CubicBezier):
            out.append(f"{point(segment.control1)} {point(segment.control2)} {point(segment.end)} c")
        elif isinstance(segment, QuadraticBezier):
            first = segment.start + (segment.control - segment.start) * (2 / 3)
            second = segment.end + (segment.control - segment.end) * (2 / 3)
            out.append(f"{point(first)} {point(second)} {point(segment.end)} c")
        elif isinstance(segment, Arc):
            out += [f"{point(c.control1)} {point(c.control2)} {point(c.end)} c" for c in segment.as_cubic_curves()]
        else:
            out.append(f"{point(segment.end)} l")
    return " ".join(out).encode("ascii")


def _hex(color: object) -> str:
    return "" if color is None or getattr(color, "value", None) is None else str(color.hexrgb).upper()  # type: ignore[attr-defined]


@lru_cache(maxsize=256)
def read_drawing(file: Path) -> Drawing:
    """An SVG file as strokes. Raises ContentError if it is missing or is no SVG."""
    try:
        data = file.read_bytes()
    except OSError as problem:
        raise ContentError("This drawing cannot be read.", place=Place(file.name)) from problem
    return drawing_of(data, file.name)


@lru_cache(maxsize=64)
def drawing_of(data: bytes, name: str) -> Drawing:
    """SVG data as strokes. name: for errors. Raises ContentError if it is no SVG."""
    try:
        svg = SVG.parse(io.BytesIO(data), reify=True)
    except (ValueError, SyntaxError) as problem:
        raise ContentError("This drawing cannot be read.", hint="Save it as plain SVG.", place=Place(name)) from problem
    height = float(svg.height)
    strokes: list[Stroke] = []
    labels: list[Label] = []
    for item in svg.elements():
        if isinstance(item, SVGText):
            matrix = item.transform
            labels.append(
                Label(
                    str(item.text).strip(),
                    float(matrix.value_trans_x() + item.x),
                    float(matrix.value_trans_y() + item.y),
                )
            )
        elif isinstance(item, Shape):
            dash = tuple(
                float(v)
                for v in str(item.values.get("stroke-dasharray") or "").replace(",", " ").split()
                if v != "none"
            )
            strokes.append(
                Stroke(
                    _path(SvgPath(item), height),
                    _hex(item.fill),
                    _hex(item.stroke),
                    float(item.stroke_width or 0),
                    item.values.get("stroke-linecap") == "round",
                    dash,
                )
            )
    return Drawing(float(svg.width), height, tuple(strokes), tuple(labels))


def art_file(tokens: Tokens, name: str) -> Path:
    """File of a drawing by its name; a layout without color prefers the -mono twin, large print the -large one.

    Raises ContentError if there is none.
    """
    twin = "-mono" if tokens.mono else "-large" if tokens.large else ""
    names = (f"{name}{twin}.svg", f"{name}.svg")
    for folder in tokens.art_folders:
        for candidate in names:
            if (folder / candidate).is_file():
                return folder / candidate
    raise ContentError(f'There is no drawing named "{name}".', hint="Put an SVG file of that name into layouts/art.")


def painted(drawing: Drawing, recolored: Callable[[str], str]) -> bytes:
    """Operators of a drawing, origin at its lower left corner. recolored: from the file's hex color to ours."""
    out: list[bytes] = []
    for stroke in drawing.strokes:
        operators = ["q"]
        for color, operator in ((stroke.fill, "rg"), (stroke.stroke, "RG")):
            if color:
                value = recolored(color).lstrip("#")
                parts = (int(value[i : i + 2], 16) / 255 for i in (0, 2, 4))
                operators.append(" ".join(f"{part:.4g}" for part in parts) + f" {operator}")
        if stroke.stroke:
            operators.append(f"{_number(stroke.line)} w {'1 J 1 j' if stroke.round else '0 J 1 j'}")
            if stroke.dash:
                operators.append(f"[{' '.join(map(_number, stroke.dash))}] 0 d")
        paint = "B" if stroke.fill and stroke.stroke else "f" if stroke.fill else "S" if stroke.stroke else "n"
        out.append(" ".join(operators).encode("ascii") + b" " + stroke.path + b" " + paint.encode("ascii") + b" Q")
    return b" ".join(out)


class ArtBox:
    """The drawings of one run, each painted once in the brand's colors."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self._files: dict[str, Path] = {}
        self._painted: dict[Path, bytes] = {}

    def size(self, name: str) -> tuple[float, float]:
        drawing = read_drawing(self._file(name))
        return drawing.width, drawing.height

    def _file(self, name: str) -> Path:
        if name not in self._files:
            self._files[name] = art_file(self.tokens, name)
        return self._files[name]

    def draw(self, press: Press, file: Path | str, x: float, top: float, scale: float = 1.0) -> Drawing:
        """Paints a drawing (a name or a file) with its upper left corner at (x, top), inside the mark that is open."""
        path = file if isinstance(file, Path) else self._file(file)
        drawing = read_drawing(path)
        if path not in self._painted:
            self._painted[path] = painted(drawing, self.tokens.recolored)
        press.operators(self._painted[path], x, top + drawing.height * scale, scale)
        return drawing

    def icon(self, press: Press, name: str, x: float, top: float, size: float) -> None:
        """An icon of the 20 × 20 family at this size."""
        self.draw(press, f"icon-{name}", x, top, size / 20)

    def labels(
        self, press: Press, drawing: Drawing, words: dict[str, str], x: float, top: float, scale: float, style: Style
    ) -> None:
        """The words of a drawing's labels, inside the mark that is open."""
        for label in drawing.labels:
            if words.get(label.anchor):
                press.words(x + label.x * scale, top + label.y * scale, words[label.anchor], style)
