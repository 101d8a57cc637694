"""From paths to PDF operators: whole tenths of a point, repeated settings left out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

import numpy as np

from generator.figures.coloring import color_operands
from generator.figures.paths import Path, array_of, disc_outline

UNITS: Final = 10
"""Drawing units in a point, a printer's dot at 720 dpi: coordinates are whole numbers under the matrix `MATRIX`."""
MATRIX: Final = ".1 0 0 .1 0 0 cm"


class Ink:
    """Collects fills, strokes and clips of paths in one plane and writes them as content-stream operators.

    scale: points for one unit of the plane. dx, dy: points to the plane's origin.
    """

    def __init__(self, scale: float, dx: float, dy: float) -> None:
        self._scale, self._dx, self._dy = scale * UNITS, dx * UNITS, dy * UNITS
        self._steps: list[str | int] = []
        self._paths: list[Path] = []
        self._index: dict[int, int] = {}
        self._settings: dict[str, str] = {}
        self._saved: list[dict[str, str]] = []

    def fill(self, path: Path, color: str) -> None:
        """Fills a path."""
        if path.verbs == "o":
            self._dot(path, color, 0.0)
        else:
            self._set("rg", color_operands(color))
            self._draw((path,), "f")

    def stroke(self, paths: Sequence[Path], color: str, width: float, dash: tuple[float, float] | None = None) -> None:
        """Strokes paths together; of a disc also the inside. width and dash (on, off): points."""
        lines = [path for path in paths if path.verbs != "o"]
        for path in paths:
            if path.verbs == "o":
                self._dot(path, color, width)
        if lines:
            self._set("RG", color_operands(color))
            self._set_width(width * UNITS)
            self._set("d", "[] 0" if dash is None else f"[{round(dash[0] * UNITS)} {round(dash[1] * UNITS)}] 0")
            self._draw(lines, "S")

    def _dot(self, disc: Path, color: str, rim: float) -> None:
        """A disc as a dot of a round pen (a line of no length, see ISO 32000-1, 8.5.3.2): half the bytes of curves."""
        (x, y), (edge, _) = disc.points
        x, y, edge = x * self._scale + self._dx, y * self._scale + self._dy, edge * self._scale + self._dx
        self._set("RG", color_operands(color))
        self._set_width(2 * (edge - x) + rim * UNITS)
        self._set("d", "[] 0")
        place = f"{round(x)} {round(y)}"
        self._steps.append(f"{place} m {place} l S")

    def clip(self, paths: Sequence[Path]) -> None:
        """Saves the state and clips to the inside of paths, until `restore`."""
        self._steps.append("q")
        self._saved.append(dict(self._settings))
        self._draw([disc_outline(path) if path.verbs == "o" else path for path in paths], "W n")

    def restore(self) -> None:
        """Ends a clip."""
        self._steps.append("Q")
        self._settings = self._saved.pop()

    def _set_width(self, units: float) -> None:
        self._set("w", f"{units:.1f}".removesuffix(".0"))

    def _set(self, operator: str, operands: str) -> None:
        if self._settings.get(operator, "[] 0" if operator == "d" else "") != operands:
            self._settings[operator] = operands
            self._steps.append(f"{operands} {operator}")

    def _draw(self, paths: Sequence[Path], operator: str) -> None:
        for path in paths:
            key = id(path.points)
            if key not in self._index:
                self._index[key] = len(self._paths)
                self._paths.append(path)
            self._steps.append(self._index[key])
        self._steps.append(operator)

    def operators(self) -> str:
        """Everything drawn, in order."""
        texts = self._texts()
        return "\n".join(texts[step] if isinstance(step, int) else step for step in self._steps)

    def _texts(self) -> list[str]:
        if not self._paths:
            return []
        points = array_of(chain.from_iterable(path.points for path in self._paths))
        units = np.rint(points * self._scale + (self._dx, self._dy)).astype(np.int64).ravel().tolist()
        texts, at = [], 0
        for path in self._paths:
            end = at + 2 * len(path.points)
            texts.append(_form(path.verbs) % tuple(units[at:end]))
            at = end
        return texts


_FORMS: Final = {"m": "%d %d m", "l": "%d %d l", "c": "%d %d %d %d %d %d c", "h": "h"}


@lru_cache(maxsize=4096)
def _form(verbs: str) -> str:
    """The operators of a path, with places for its coordinates."""
    return " ".join(_FORMS[verb] for verb in verbs)
