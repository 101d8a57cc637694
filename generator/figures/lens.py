"""A round lens beside the body that shows a small movement larger: a foot that turns, a low back that flattens.

The lens repeats the picture's own operators under a magnifying matrix and a clip, so it costs next to nothing on a
compressed page and can never show something else than the picture does.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from generator.figures.camera import Camera
from generator.figures.fields import stature
from generator.figures.ink import UNITS, Ink
from generator.figures.palette import Palette
from generator.figures.paths import Point, Points, circle, disc_outline, flatten, pairs, polyline
from generator.figures.points import locate
from generator.figures.pose import Close
from generator.figures.skeleton import Skeleton

RING: Final = 0.75
SOURCE_RING: Final = 0.5
"""Widths in points of the lens's rim, and of the small ring around what it shows and the line between them."""
WHITE: Final = "#FFFFFF"


class Lens(NamedTuple):
    """On the page plane: what is shown (center, radius), where the lens stands, and how many times larger it shows."""

    source: Point
    radius: float
    place: Point
    zoom: float

    @property
    def rim(self) -> Points:
        """Points of its rim, for bounds and for finding empty spots."""
        return pairs(flatten(disc_outline(circle(self.place, self.radius * self.zoom))))


def lens(close: Close, camera: Camera, start: Skeleton, *, mirrored: bool) -> Lens:
    """The lens of a pose. It stands still: in both pictures it looks at where its point is in picture 1."""
    x, y = camera.page(locate(start, close.point)[0])
    across, up = stature(close.offset[0]), stature(close.offset[1])
    return Lens((x, y), stature(close.radius), (x - across if mirrored else x + across, y + up), close.zoom)


def paint_lens(one: Lens, picture: str, scale: float, dx: float, dy: float, palette: Palette) -> str:
    """Operators of the lens over a picture whose own operators are `picture`, both in the drawing's units."""
    ink = Ink(scale, dx, dy)
    (x, y), (u, v) = one.source, one.place
    near = one.radius / math.dist(one.source, one.place)
    far = 1 - near * one.zoom
    spoke = [(x + (u - x) * near, y + (v - y) * near), (x + (u - x) * far, y + (v - y) * far)]
    ink.stroke([disc_outline(circle(one.source, one.radius)), polyline(spoke)], palette.line, SOURCE_RING)
    glass = circle(one.place, one.radius * one.zoom)
    ink.fill(glass, WHITE)
    rim = Ink(scale, dx, dy)
    rim.stroke([disc_outline(glass)], palette.line, RING)
    ink.clip([glass])
    right = ((u - one.zoom * x) * scale + dx * (1 - one.zoom)) * UNITS
    up = ((v - one.zoom * y) * scale + dy * (1 - one.zoom)) * UNITS
    matrix = f"{one.zoom:g} 0 0 {one.zoom:g} {round(right)} {round(up)} cm"
    return f"{ink.operators()}\n{matrix}\n{picture}\nQ\nQ\nq\n{rim.operators()}"
