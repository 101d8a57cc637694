"""A limb's side lines, left open where it joins the trunk, so that it grows out of the body and not out of a joint."""

from __future__ import annotations

from typing import Final

import numpy as np

from generator.figures.paths import Path, smooth
from generator.figures.rotations import Array
from generator.figures.sweep import Sweep

_SAMPLES: Final = 4
_SHORTENED_DISC: Final = 1.15
"""A limb that points at the viewer hides more of its own outline where it joins the body."""


def open_sides(sweep: Sweep, discs: list[tuple[Array, float]]) -> list[Path]:
    """The two side lines of a sweep, left out inside the discs, so that the limb grows out of what it joins."""
    if sweep.shortened:
        ring = sweep.hull()
        discs = [(center, radius * _SHORTENED_DISC) for center, radius in discs]
        points = np.concatenate((ring, ring[:1]))
        inside = _inside(points, discs)
        return [smooth(points[begin:end]) for begin, end in _runs(inside) if end - begin > 1]
    found = []
    for side, downward in ((sweep.right, False), (sweep.left, True)):
        found += _cut_curves(side.between(0, sweep.last, downward=downward), discs)
    return found


def _inside(points: Array, discs: list[tuple[Array, float]]) -> list[bool]:
    hidden = np.zeros(len(points), dtype=bool)
    for center, radius in discs:
        away = points - center
        hidden |= np.sum(away * away, axis=1) < radius * radius
    return [bool(one) for one in hidden]


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


def _cut_curves(curve: Array, discs: list[tuple[Array, float]]) -> list[Path]:
    """The pieces of joined cubics (first point and three points each) outside the discs."""
    segments = np.stack((curve[0:-1:3], curve[1::3], curve[2::3], curve[3::3]), axis=1)
    t = np.arange(_SAMPLES)[:, None, None] / _SAMPLES
    blend = np.concatenate(((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3), axis=1)
    samples = (segments[:, None] * blend[None]).sum(axis=2).reshape(-1, 2)
    inside = _inside(np.concatenate((samples, curve[-1:])), discs)
    paths = []
    for begin, end in _runs(inside):
        pieces = _pieces(segments, begin / _SAMPLES, (end - 1) / _SAMPLES)
        if pieces:
            paths.append(
                Path("m" + "c" * len(pieces), np.concatenate((pieces[0][:1], *(piece[1:] for piece in pieces))))
            )
    return paths


def _pieces(segments: Array, begin: float, end: float) -> list[Array]:
    """Cubics from parameter begin to end, counted in segments."""
    pieces = []
    for index, cubic in enumerate(segments):
        low, high = max(0.0, begin - index), min(1.0, end - index)
        if high - low > 1e-9:
            pieces.append(cubic if low == 0.0 and high == 1.0 else _part_of_cubic(cubic, low, high))
    return pieces


def _part_of_cubic(cubic: Array, low: float, high: float) -> Array:
    """The piece of a cubic between two parameters (de Casteljau)."""

    def blossom(a: float, b: float, c: float) -> Array:
        points = cubic
        for t in (a, b, c):
            points = points[:-1] * (1 - t) + points[1:] * t
        return np.asarray(points[0])

    return np.stack(
        (blossom(low, low, low), blossom(low, low, high), blossom(low, high, high), blossom(high, high, high))
    )
