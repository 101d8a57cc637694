"""Outlines on the page: straight, smooth, round, and the hulls of circles and ellipses.

A path holds its points as one array, so that a whole picture is scaled and rounded in one go.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.figures.rotations import Array

_QUARTER: Final = 0.5522847498
"""Handle of a cubic that draws a quarter circle, as a fraction of the radius."""
_DIRECTIONS: Final = 72
_DIRECTION_ANGLES: Final = np.arange(_DIRECTIONS) * (2 * math.pi / _DIRECTIONS)
_COMPASS: Final = np.round(np.stack((np.cos(_DIRECTION_ANGLES), np.sin(_DIRECTION_ANGLES)), axis=1), 12)
_ELLIPSE_STEP: Final = 4
_FLAT_ARC: Final = 0.0009
"""An arc that rises less than this over its chord is drawn as a corner."""
_TIE: Final = 1e-9


class Path(NamedTuple):
    """verbs: m move, l line, c curve (three points), h close; or a single o, a disc (center, center + (radius, 0)).

    points: (n, 2) in the order that the verbs use them.
    """

    verbs: str
    points: Array


def polyline(points: Array) -> Path:
    """An open path of straight lines."""
    return Path("m" + "l" * (len(points) - 1), points)


def polygon(points: Array) -> Path:
    """A closed path of straight lines, counterclockwise."""
    ordered = points if area(points) >= 0 else points[::-1]
    return Path("m" + "l" * (len(points) - 1) + "h", ordered)


def area(points: Array) -> float:
    """Signed area of a closed polygon; positive when counterclockwise."""
    x, y = points[:, 0], points[:, 1]
    return 0.5 * float(x @ np.roll(y, -1) - y @ np.roll(x, -1))


def curve_points(points: Array, *, closed: bool = False) -> Array:
    """Three points for each curve of the Catmull-Rom spline through points; the first point is not repeated."""
    if closed:
        before, here, there, after = np.roll(points, 1, 0), points, np.roll(points, -1, 0), np.roll(points, -2, 0)
    else:
        padded = np.concatenate((points[:1], points, points[-1:]))
        before, here, there, after = padded[:-3], padded[1:-2], padded[2:-1], padded[3:]
    curves = np.stack((here + (there - before) / 6, there - (after - here) / 6, there), axis=1)
    return np.asarray(curves.reshape(-1, 2))


def smooth(points: Array) -> Path:
    """An open smooth path through points."""
    return Path("m" + "c" * (len(points) - 1), np.concatenate((points[:1], curve_points(points))))


def smooth_ring(points: Array) -> Path:
    """A closed smooth path through points, counterclockwise."""
    ordered = points if area(points) >= 0 else points[::-1]
    return Path("m" + "c" * len(points) + "h", np.concatenate((ordered[:1], curve_points(ordered, closed=True))))


def ellipse(center: Array, first: Array, second: Array) -> Path:
    """The ellipse center + cos t * first + sin t * second, counterclockwise."""
    if first[0] * second[1] - first[1] * second[0] < 0:
        second = -second
    q = _QUARTER
    around = (
        (1, 0),
        (1, q),
        (q, 1),
        (0, 1),
        (-q, 1),
        (-1, q),
        (-1, 0),
        (-1, -q),
        (-q, -1),
        (0, -1),
        (q, -1),
        (1, -q),
        (1, 0),
    )
    weights = np.array(around)
    return Path("mcccch", center + weights[:, :1] * first + weights[:, 1:] * second)


def circle(center: Array, radius: float) -> Path:
    """A disc."""
    x, y = center.tolist()
    return Path("o", np.array(((x, y), (x + radius, y))))


def disc_outline(disc: Path) -> Path:
    """A disc's rim as curves, counterclockwise."""
    center, radius = disc.points[0], float(disc.points[1, 0] - disc.points[0, 0])
    return ellipse(center, np.array((radius, 0.0)), np.array((0.0, radius)))


def extremes(path: Path) -> Array:
    """Points (n, 2) whose bounds are the path's."""
    if path.verbs != "o":
        return path.points
    center, radius = path.points[0], float(path.points[1, 0] - path.points[0, 0])
    return np.asarray(center + np.array(((radius, 0.0), (-radius, 0.0), (0.0, radius), (0.0, -radius))))


def half_ellipse(center: Array, begin: Array, bulge: Array) -> Array:
    """The half ellipse from center + begin over center + bulge to center - begin: its first point and two curves."""
    q = _QUARTER
    weights = np.array(((1, 0), (1, q), (q, 1), (0, 1), (-q, 1), (-1, q), (-1, 0)))
    return np.asarray(center + weights[:, :1] * begin + weights[:, 1:] * bulge)


def hull_of_circles(centers: Array, radii: Array) -> Path:
    """The convex hull of circles, with true arcs, counterclockwise. centers: (n, 2). radii: (n,)."""
    reach = _COMPASS @ centers.T + radii - _TIE * np.arange(len(radii))
    winners = reach.argmax(axis=1)
    changes = np.nonzero(winners != np.roll(winners, 1))[0]
    if len(changes) == 0:
        only = int(winners[0])
        return disc_outline(circle(centers[only], float(radii[only])))
    corners = [int(winners[index]) for index in changes]
    middles, sizes = centers.tolist(), radii.tolist()
    turns = [_tangent_angle(middles, sizes, corners[i - 1], corners[i]) for i in range(len(corners))]
    verbs, points = [], []
    for i, corner in enumerate(corners):
        begin, end = turns[i], turns[(i + 1) % len(corners)]
        arc_verbs, arc_points = _arc(middles[corner], sizes[corner], begin, (end - begin) % (2 * math.pi))
        verbs.append(("l" if i else "m") + arc_verbs)
        points += arc_points
    return Path("".join(verbs) + "h", np.array(points))


def _tangent_angle(centers: list[list[float]], radii: list[float], first: int, second: int) -> float:
    """Direction in which two circles reach equally far, where the hull goes from the first to the second."""
    (ax, ay), (bx, by) = centers[first], centers[second]
    distance = math.hypot(ax - bx, ay - by)
    if distance < 1e-12:
        return 0.0
    share = max(-1.0, min(1.0, (radii[second] - radii[first]) / distance))
    return math.atan2(ay - by, ax - bx) + math.acos(share)


def _arc(center: list[float], radius: float, begin: float, span: float) -> tuple[str, list[tuple[float, float]]]:
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


def hull_of_ellipses(centers: Array, first: Array, second: Array, *, step: int = _ELLIPSE_STEP) -> Array:
    """Points (72 / step, 2) around the convex hull of ellipses, counterclockwise; draw them with `smooth_ring`."""
    compass = _COMPASS[::step]
    a, b = compass @ first.T, compass @ second.T
    reach = np.sqrt(a * a + b * b) + 1e-12
    support = compass @ centers.T + reach - _TIE * np.arange(len(centers))
    best = support.argmax(axis=1)
    rows = np.arange(len(compass))
    along_first = (a[rows, best] / reach[rows, best])[:, None]
    along_second = (b[rows, best] / reach[rows, best])[:, None]
    return np.asarray(centers[best] + along_first * first[best] + along_second * second[best])


def ellipsoid_axes(axes: Array) -> tuple[Array, Array]:
    """Half axes on the page of an ellipsoid. axes: (2, 3), its three half axes as projected columns."""
    square = axes @ axes.T
    p, q, r = float(square[0, 0]), float(square[0, 1]), float(square[1, 1])
    # Cholesky factor: any pair of conjugate half axes draws the same ellipse.
    first = math.sqrt(max(p, 1e-12))
    return np.array((first, q / first)), np.array((0.0, math.sqrt(max(r - (q / first) ** 2, 1e-12))))


def flatten(path: Path) -> Array:
    """Points (n, 2) along a path, for bounds, masks and distances."""
    points, at = [], 0
    for verb in path.verbs:
        if verb in "ml":
            points.append(path.points[at : at + 1])
            at += 1
        elif verb == "c":
            begin, (one, two, end) = path.points[at - 1], path.points[at : at + 3]
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
