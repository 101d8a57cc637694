"""A part of the picture: pieces that share one outline.

Every piece is first stroked at twice the line width and then filled, so only the outer half of the line is left: the
outline of the pieces together, without cutting shapes.
"""

from __future__ import annotations

from dataclasses import field

from generator.figures.camera import Camera
from generator.figures.palette import Palette
from generator.figures.paths import Path
from generator.figures.skeleton import Skeleton
from generator.values import dataclass

INTERIOR_LINE = 0.55
"""Width of hems and face lines in points at the usual size."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line over the fills. width: points; 0 for none. fill: color of the path's inside, or None."""

    path: Path
    color: str
    width: float = INTERIOR_LINE
    fill: str | None = None


@dataclass(slots=True)
class Part:
    """outlines: stroked in the line color. fills: (path, color) in order. lines: drawn over the fills.

    mask: closed pieces that together cover the part, for clips. held: pieces of something in the hand, (path, color),
    outlined and painted before the part.
    """

    name: str
    depth: float = 0.0
    outlines: list[Path] = field(default_factory=list)
    fills: list[tuple[Path, str]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    mask: list[Path] = field(default_factory=list)
    held: list[tuple[Path, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scene:
    """What the makers of parts need: one pose's skeleton (N = 1), the camera and the colors."""

    skeleton: Skeleton
    camera: Camera
    palette: Palette
