"""The camera: parallel projection from world places to the page.

The page plane keeps the unit of the world (fractions of stature): x to the right, y up. A mirrored camera swaps left
and right on the page, which shows the same exercise for the other side, since the body itself is symmetric.
"""

from __future__ import annotations

import math

import numpy as np

from generator.figures.paths import Point, Points, pairs
from generator.figures.rotations import Array


class Camera:
    """azimuth and elevation in degrees, see `pose.View`."""

    def __init__(self, azimuth: float, elevation: float, *, mirrored: bool = False) -> None:
        a, e = math.radians(azimuth), math.radians(elevation)
        sign = -1.0 if mirrored else 1.0
        toward = (math.cos(e) * math.cos(a), math.cos(e) * math.sin(a), math.sin(e))
        right = (-math.sin(a) * sign, math.cos(a) * sign, 0.0)
        up = (-math.sin(e) * math.cos(a), -math.sin(e) * math.sin(a), math.cos(e))
        self.toward: Array = np.round(np.array(toward), 12)
        """Unit vector from the scene to the camera."""
        self._page: Array = np.round(np.array((right, up)), 12)

    def project(self, places: Array) -> Array:
        """Places (..., 3) to page points (..., 2); rounded, so that the same place gives the same bits everywhere."""
        return np.asarray((places @ self._page.T).round(8))

    def pages(self, places: Array) -> Points:
        """Places (n, 3) as points of an outline."""
        return pairs(self.project(places))

    def page(self, place: Array) -> Point:
        """A place (3,) or a direction with length as a point of an outline."""
        x, y = self.project(place).tolist()
        return x, y

    def project_vector(self, vectors: Array) -> Array:
        """Directions with length (..., 3) to the page (..., 2)."""
        return self.project(vectors)

    def depth(self, places: Array) -> Array:
        """How near places (..., 3) are to the camera; greater is nearer."""
        return np.asarray((places @ self.toward).round(8))

    def faces(self, normal: Array) -> float:
        """Cosine between a unit normal and the direction to the camera."""
        return round(float(normal @ self.toward), 8)
