"""A round lens beside the body that shows a small movement larger: a foot that turns, a low back that flattens.

The lens repeats the picture's own operators under a magnifying matrix and a clip, so it costs next to nothing on a
compressed page and can never show something else than the picture does.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from generator.figures.camera import Camera
from generator.figures.fields import stature
from generator.figures.ink import UNITS, Ink
from generator.figures.palette import Palette
from generator.figures.paths import circle, disc_outline, polyline
from generator.figures.points import locate
from generator.figures.pose import Close
from generator.figures.rotations import Array
from generator.figures.skeleton import Skeleton

RING: Final = 0.75
SOURCE_RING: Final = 0.5
"""Widths in points of the lens's rim, and of the small ring around what it shows and the line between them."""
WHITE: Final = "#FFFFFF"


class Lens(NamedTuple):
    """On the page plane: what is shown (center, radius), where the lens stands, and how many times larger it shows."""

    source: Array
    radius: float
    place: Array
    zoom: float

    @property
    def corners(self) -> Array:
        """Points (2, 2) whose bounds are the lens's."""
        reach = self.radius * self.zoom
        return np.stack((self.place - reach, self.place + reach))


def lens(close: Close, camera: Camera, start: Skeleton, *, mirrored: bool) -> Lens:
    """The lens of a pose. It stands still: in both pictures it looks at where its point is in picture 1."""
    source = camera.project(locate(start, close.point)[0])
    across, up = close.offset
    aside = np.array((-across if mirrored else across, up)) * stature(1.0)
    return Lens(source, stature(close.radius), source + aside, close.zoom)


def paint_lens(one: Lens, picture: str, scale: float, dx: float, dy: float, palette: Palette) -> str:
    """Operators of the lens over a picture whose own operators are `picture`, both in the drawing's units."""
    ink = Ink(scale, dx, dy)
    way = one.place - one.source
    heading = way / (np.sqrt(way @ way) + 1e-9)
    spoke = np.stack((one.source + heading * one.radius, one.place - heading * one.radius * one.zoom))
    ink.stroke([disc_outline(circle(one.source, one.radius)), polyline(spoke)], palette.line, SOURCE_RING)
    glass = circle(one.place, one.radius * one.zoom)
    ink.fill(glass, WHITE)
    rim = Ink(scale, dx, dy)
    rim.stroke([disc_outline(glass)], palette.line, RING)
    ink.clip([glass])
    x, y = ((one.place - one.zoom * one.source) * scale * UNITS + np.array((dx, dy)) * UNITS * (1 - one.zoom)).tolist()
    matrix = f"{one.zoom:g} 0 0 {one.zoom:g} {round(x)} {round(y)} cm"
    return f"{ink.operators()}\n{matrix}\n{picture}\nQ\nQ\nq\n{rim.operators()}"
