"""A limb's side lines, left open where it joins the trunk, so that it grows out of the body and not out of a joint."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from generator.figures.paths import Path, Point, Points, smooth
from generator.figures.sweep import Sweep

_SAMPLES: Final = 4
_WEIGHTS: Final = tuple(
    ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3) for t in (i / _SAMPLES for i in range(_SAMPLES))
)
_SHORTENED_DISC: Final = 1.15
"""A limb that points at the viewer hides more of its own outline where it joins the body."""
Disc: TypeAlias = tuple[Point, float]


def open_sides(sweep: Sweep, discs: Sequence[Disc]) -> list[Path]:
    """The two side lines of a sweep, left out inside the discs, so that the limb grows out of what it joins."""
    if sweep.shortened:
        ring = sweep.hull()
        points = [*ring, ring[0]]
        inside = _inside(points, [(center, radius * _SHORTENED_DISC) for center, radius in discs])
        return [smooth(points[begin:end]) for begin, end in _runs(inside) if end - begin > 1]
    found = []
    for side, downward in ((sweep.right, False), (sweep.left, True)):
        found += _cut_curves(side.between(0, sweep.last, downward=downward), discs)
    return found


def _inside(points: Points, discs: Sequence[Disc]) -> list[bool]:
    limits = [(x, y, radius * radius) for (x, y), radius in discs]
    return [any((px - x) ** 2 + (py - y) ** 2 < limit for x, y, limit in limits) for px, py in points]


def _runs(inside: list[bool]) -> list[tuple[int, int]]:
    """Runs (begin, end) of positions that are not inside."""
    runs, begin = [], None
    for index, hidden in enumerate([*inside, True]):
        if not hidden and begin is None:
            begin = index
        elif hidden and begin is not None:
            runs.append((begin, index))
            begin = None
    return runs


def _cut_curves(curve: Points, discs: Sequence[Disc]) -> list[Path]:
    """The pieces of joined cubics (first point and three points each) outside the discs."""
    cubics = [curve[at : at + 4] for at in range(0, len(curve) - 3, 3)]
    samples: Points = []
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in cubics:
        samples += [(a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy) for a, b, c, d in _WEIGHTS]
    inside = _inside([*samples, curve[-1]], discs)
    paths = []
    for begin, end in _runs(inside):
        pieces = _pieces(cubics, begin / _SAMPLES, (end - 1) / _SAMPLES)
        if pieces:
            joined = pieces[0][:1] + [point for piece in pieces for point in piece[1:]]
            paths.append(Path("m" + "c" * len(pieces), joined))
    return paths


def _pieces(cubics: list[Points], begin: float, end: float) -> list[Points]:
    """Cubics from parameter begin to end, counted in cubics."""
    pieces = []
    for index, cubic in enumerate(cubics):
        low, high = max(0.0, begin - index), min(1.0, end - index)
        if high - low > 1e-9:
            pieces.append(cubic if low == 0.0 and high == 1.0 else _part_of_cubic(cubic, low, high))
    return pieces


def _part_of_cubic(cubic: Points, low: float, high: float) -> Points:
    """The piece of a cubic between two parameters (de Casteljau)."""

    def blossom(a: float, b: float, c: float) -> Point:
        points = cubic
        for t in (a, b, c):
            s = 1 - t
            points = [(s * x + t * u, s * y + t * v) for (x, y), (u, v) in pairwise(points)]
        return points[0]

    return [blossom(low, low, low), blossom(low, low, high), blossom(low, high, high), blossom(high, high, high)]
