"""Drawings that come as SVG files: icons, logos, the ridge line, anatomy.

`svg` takes the file apart; here its paths become operators in the clinic's colors. Words in a drawing are anchors only:
a text element names a label, and the words for it come from the content, in the patient's language.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import astuple
from functools import lru_cache
from pathlib import Path

from generator.errors import ContentError, Place
from generator.figures.picture import Keeper
from generator.layout.press import Press
from generator.layout.tokens import Style, Tokens
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Stroke:
    """One painted path: operators before and after the colors are known. fill, stroke: hex or ""."""

    path: str
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

    def to_json(self) -> str:
        return json.dumps(astuple(self))

    @classmethod
    def from_json(cls, text: str) -> Drawing:
        """What `to_json` wrote."""
        width, height, strokes, labels = json.loads(text)
        drawn = tuple(
            Stroke(path, fill, stroke, line, ends, tuple(dash)) for path, fill, stroke, line, ends, dash in strokes
        )
        return cls(width, height, drawn, tuple(Label(anchor, x, y) for anchor, x, y in labels))


def number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


_read: dict[Path, Drawing] = {}
"""Drawings by their files, each read once in a process."""


def read_drawing(file: Path, kept: Keeper | None = None) -> Drawing:
    """An SVG file as strokes. kept: what was read of files in earlier runs.

    Raises ContentError if it is missing or is no SVG.
    """
    if file not in _read:
        try:
            data = file.read_bytes()
        except OSError as problem:
            raise ContentError("This drawing cannot be read.", place=Place(file.name)) from problem
        _read[file] = _kept(data, file.name, kept) if kept else drawing_of(data, file.name)
    return _read[file]


def _kept(data: bytes, name: str, kept: Keeper) -> Drawing:
    key = hashlib.sha256(data).hexdigest()
    if (text := kept.get(key)) is not None:
        return Drawing.from_json(text)
    drawing = drawing_of(data, name)
    kept.put(key, drawing.to_json())
    return drawing


@lru_cache(maxsize=64)
def drawing_of(data: bytes, name: str) -> Drawing:
    """SVG data as strokes. name: for errors. Raises ContentError if it is no SVG."""
    # Most runs find their art kept; only who reads an SVG file waits for what takes it apart.
    from generator.layout.svg import drawing_in  # noqa: PLC0415

    return drawing_in(data, name)


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
    out: list[str] = []
    for stroke in drawing.strokes:
        operators = ["q"]
        for color, operator in ((stroke.fill, "rg"), (stroke.stroke, "RG")):
            if color:
                value = recolored(color).lstrip("#")
                parts = (int(value[i : i + 2], 16) / 255 for i in (0, 2, 4))
                operators.append(" ".join(f"{part:.4g}" for part in parts) + f" {operator}")
        if stroke.stroke:
            operators.append(f"{number(stroke.line)} w {'1 J 1 j' if stroke.round else '0 J 1 j'}")
            if stroke.dash:
                operators.append(f"[{' '.join(map(number, stroke.dash))}] 0 d")
        paint = "B" if stroke.fill and stroke.stroke else "f" if stroke.fill else "S" if stroke.stroke else "n"
        out.append(f"{' '.join(operators)} {stroke.path} {paint} Q")
    return " ".join(out).encode("ascii")


class ArtBox:
    """The drawings of one run, each painted once in the brand's colors."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self._kept = tokens.kept
        self._files: dict[str, Path] = {}
        self._painted: dict[Path, bytes] = {}

    def size(self, name: str) -> tuple[float, float]:
        drawing = self.drawing(name)
        return drawing.width, drawing.height

    def drawing(self, file: Path | str) -> Drawing:
        """A drawing by its name or file. Raises ContentError if there is none."""
        return read_drawing(file if isinstance(file, Path) else self._file(file), self._kept)

    def _file(self, name: str) -> Path:
        if name not in self._files:
            self._files[name] = art_file(self.tokens, name)
        return self._files[name]

    def draw(self, press: Press, file: Path | str, x: float, top: float, scale: float = 1.0) -> Drawing:
        """Paints a drawing (a name or a file) with its upper left corner at (x, top), inside the mark that is open."""
        path = file if isinstance(file, Path) else self._file(file)
        drawing = self.drawing(path)
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
