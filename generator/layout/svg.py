"""SVG files taken apart by svgelements (shapes, transforms, styles) into the strokes and labels of a drawing."""

from __future__ import annotations

import io

from svgelements import SVG, Arc, Close, CubicBezier, Move, Path, QuadraticBezier, Shape, SVGText

from generator.errors import ContentError, Place
from generator.layout.art import Drawing, Label, Stroke, number


def drawing_in(data: bytes, name: str) -> Drawing:
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
                    _path(Path(item), height),
                    _hex(item.fill),
                    _hex(item.stroke),
                    float(item.stroke_width or 0),
                    item.values.get("stroke-linecap") == "round",
                    dash,
                )
            )
    return Drawing(float(svg.width), height, tuple(strokes), tuple(labels))


def _path(path: Path, height: float) -> str:
    out: list[str] = []

    def point(p: object) -> str:
        return f"{number(p.x)} {number(height - p.y)}"  # type: ignore[attr-defined]

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
    return " ".join(out)


def _hex(color: object) -> str:
    return "" if color is None or getattr(color, "value", None) is None else str(color.hexrgb).upper()  # type: ignore[attr-defined]
