"""Outlines on the page: straight, smooth, round, and the hulls of circles and ellipses.

Points are plain pairs of numbers: outlines have so few of them that Python is quicker with them than numpy is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from generator.figures.rotations import Array

Point: TypeAlias = tuple[float, float]
Points: TypeAlias = list[Point]
_QUARTER: Final = 0.5522847498
"""Handle of a cubic that draws a quarter circle, as a fraction of the radius."""
_DIRECTIONS: Final = 72
_DIRECTION_ANGLES: Final = np.arange(_DIRECTIONS) * (2 * math.pi / _DIRECTIONS)
_COMPASS: Final = np.round(np.stack((np.cos(_DIRECTION_ANGLES), np.sin(_DIRECTION_ANGLES)), axis=1), 12)
_ELLIPSE_STEP: Final = 4
_FLAT_ARC: Final = 0.0014
"""An arc that rises less than this over its chord is drawn as a corner."""
_TIES: Final = 1e-9 * np.arange(64)


class Path(NamedTuple):
    """verbs: m move, l line, c curve (three points), h close; or a single o, a disc (center, center + (radius, 0)).

    points: in the order that the verbs use them.
    """

    verbs: str
    points: Points


def pairs(points: Array) -> Points:
    """An array (n, 2) as pairs."""
    return [(x, y) for x, y in points.tolist()]


def array_of(points: Iterable[Point]) -> Array:
    """Pairs as an array (n, 2)."""
    return np.fromiter(chain.from_iterable(points), float).reshape(-1, 2)


def polyline(points: Points) -> Path:
    """An open path of straight lines."""
    return Path("m" + "l" * (len(points) - 1), points)


def polygon(points: Points) -> Path:
    """A closed path of straight lines, counterclockwise."""
    ordered = points if area(points) >= 0 else points[::-1]
    return Path("m" + "l" * (len(points) - 1) + "h", ordered)


def area(points: Sequence[Point]) -> float:
    """Signed area of a closed polygon; positive when counterclockwise."""
    twice, (px, py) = 0.0, points[-1]
    for x, y in points:
        twice += px * y - x * py
        px, py = x, y
    return twice / 2


def curve_points(points: Points, *, closed: bool = False) -> Points:
    """Three points for each curve of the Catmull-Rom spline through points; the first point is not repeated."""
    ring = [points[-1], *points, points[0], points[1]] if closed else [points[0], *points, points[-1]]
    found: Points = []
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(ring, ring[1:], ring[2:], ring[3:], strict=False):
        found.append((bx + (cx - ax) / 6, by + (cy - ay) / 6))
        found.append((cx - (dx - bx) / 6, cy - (dy - by) / 6))
        found.append((cx, cy))
    return found


def smooth(points: Points) -> Path:
    """An open smooth path through points."""
    return Path("m" + "c" * (len(points) - 1), points[:1] + curve_points(points))


def smooth_ring(points: Points) -> Path:
    """A closed smooth path through points, counterclockwise."""
    ordered = points if area(points) >= 0 else points[::-1]
    return Path("m" + "c" * len(points) + "h", ordered[:1] + curve_points(ordered, closed=True))


def ellipse(center: Point, first: Point, second: Point) -> Path:
    """The ellipse center + cos t * first + sin t * second, counterclockwise."""
    if first[0] * second[1] - first[1] * second[0] < 0:
        second = (-second[0], -second[1])
    begin = half_ellipse(center, first, second)
    rest = half_ellipse(center, (-first[0], -first[1]), (-second[0], -second[1]))
    return Path("mcccch", begin + rest[1:])


def circle(center: Point, radius: float) -> Path:
    """A disc."""
    x, y = center
    return Path("o", [(x, y), (x + radius, y)])


def disc_outline(disc: Path) -> Path:
    """A disc's rim as curves, counterclockwise."""
    (x, y), (edge, _) = disc.points
    return ellipse((x, y), (edge - x, 0.0), (0.0, edge - x))


def extremes(path: Path) -> Points:
    """Points whose bounds are the path's."""
    if path.verbs != "o":
        return path.points
    (x, y), (edge, _) = path.points
    radius = edge - x
    return [(x + radius, y), (x - radius, y), (x, y + radius), (x, y - radius)]


def half_ellipse(center: Point, begin: Point, bulge: Point) -> Points:
    """The half ellipse from center + begin over center + bulge to center - begin: its first point and two curves."""
    (x, y), (ax, ay), (bx, by), q = center, begin, bulge, _QUARTER
    return [
        (x + ax, y + ay),
        (x + ax + q * bx, y + ay + q * by),
        (x + q * ax + bx, y + q * ay + by),
        (x + bx, y + by),
        (x - q * ax + bx, y - q * ay + by),
        (x - ax + q * bx, y - ay + q * by),
        (x - ax, y - ay),
    ]


def hull_of_circles(centers: Array, radii: Array) -> Path:
    """The convex hull of circles, with true arcs, counterclockwise. centers: (n, 2). radii: (n,)."""
    winners = (_COMPASS @ centers.T + (radii - _TIES[: len(radii)])).argmax(axis=1).tolist()
    middles, sizes = pairs(centers), radii.tolist()
    corners = [one for before, one in zip([winners[-1], *winners], winners, strict=False) if one != before]
    if not corners:
        return disc_outline(circle(middles[winners[0]], sizes[winners[0]]))
    turns = [_tangent_angle(middles, sizes, corners[i - 1], corners[i]) for i in range(len(corners))]
    verbs: list[str] = []
    points: Points = []
    for i, corner in enumerate(corners):
        begin, end = turns[i], turns[(i + 1) % len(corners)]
        arc_verbs, arc_points = _arc(middles[corner], sizes[corner], begin, (end - begin) % (2 * math.pi))
        verbs.append(("l" if i else "m") + arc_verbs)
        points += arc_points
    return Path("".join(verbs) + "h", points)


def _tangent_angle(centers: Points, radii: list[float], first: int, second: int) -> float:
    """Direction in which two circles reach equally far, where the hull goes from the first to the second."""
    (ax, ay), (bx, by) = centers[first], centers[second]
    distance = math.hypot(ax - bx, ay - by)
    if distance < 1e-12:
        return 0.0
    share = max(-1.0, min(1.0, (radii[second] - radii[first]) / distance))
    return math.atan2(ay - by, ax - bx) + math.acos(share)


def _arc(center: Point, radius: float, begin: float, span: float) -> tuple[str, Points]:
    """Verbs and points of an arc; its first point is included. A tiny arc becomes its middle point."""
    x, y = center
    if span > 1.9 * math.pi:
        span = 0.0
    if radius * (1 - math.cos(min(span, math.pi) / 2)) < _FLAT_ARC:
        middle = begin + span / 2
        return "", [(x + radius * math.cos(middle), y + radius * math.sin(middle))]
    steps = max(1, math.ceil(span / (0.6 * math.pi)))
    step = span / steps
    handle = radius * 4 / 3 * math.tan(step / 4)
    cos, sin = math.cos(begin), math.sin(begin)
    points = [(x + radius * cos, y + radius * sin)]
    for i in range(1, steps + 1):
        points.append((x + radius * cos - handle * sin, y + radius * sin + handle * cos))
        cos, sin = math.cos(begin + i * step), math.sin(begin + i * step)
        points.append((x + radius * cos + handle * sin, y + radius * sin - handle * cos))
        points.append((x + radius * cos, y + radius * sin))
    return "c" * steps, points


def hull_of_ellipses(centers: Array, first: Array, second: Array, *, step: int = _ELLIPSE_STEP) -> Points:
    """72 / step points around the convex hull of ellipses, counterclockwise; draw them with `smooth_ring`."""
    compass = _COMPASS[::step]
    a, b = compass @ first.T, compass @ second.T
    reach = np.sqrt(a * a + b * b) + 1e-12
    support = compass @ centers.T + reach - _TIES[: len(centers)]
    best = support.argmax(axis=1)
    rows = np.arange(len(compass))
    along_first = (a[rows, best] / reach[rows, best])[:, None]
    along_second = (b[rows, best] / reach[rows, best])[:, None]
    return pairs(centers[best] + along_first * first[best] + along_second * second[best])


def ellipsoid_axes(axes: Array) -> tuple[Point, Point]:
    """Half axes on the page of an ellipsoid. axes: (2, 3), its three half axes as projected columns."""
    (p, q), (_, r) = (axes @ axes.T).tolist()
    # Cholesky factor: any pair of conjugate half axes draws the same ellipse.
    first = math.sqrt(max(p, 1e-12))
    return (first, q / first), (0.0, math.sqrt(max(r - (q / first) ** 2, 1e-12)))


def flatten(path: Path) -> Array:
    """Points (n, 2) along a path, for bounds, masks and distances."""
    points, at, every = [], 0, np.array(path.points)
    for verb in path.verbs:
        if verb in "ml":
            points.append(every[at : at + 1])
            at += 1
        elif verb == "c":
            begin, (one, two, end) = every[at - 1], every[at : at + 3]
            t = _FLAT_STEPS
            points.append((1 - t) ** 3 * begin + 3 * (1 - t) ** 2 * t * one + 3 * (1 - t) * t * t * two + t**3 * end)
            at += 3
    return np.concatenate(points)


_FLAT_STEPS: Final = np.array(((0.25,), (0.5,), (0.75,), (1.0,)))


def covers(paths: list[Path], spots: Array) -> NDArray[np.bool_]:
    """Which spots (n, 2) lie inside any of the closed paths."""
    inside = np.zeros(len(spots), dtype=bool)
    x, y = spots[:, 0], spots[:, 1]
    for path in paths:
        ring = flatten(disc_outline(path) if path.verbs == "o" else path)
        crossed = np.zeros(len(spots), dtype=bool)
        for (ax, ay), (bx, by) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
            if ay != by:
                crossed ^= ((ay > y) != (by > y)) & (x < (bx - ax) * (y - ay) / (by - ay) + ax)
        inside |= crossed
    return inside
