"""A limb or a torso as elliptical slices along a bone, and its outline on the page.

Few points draw a smooth limb: slices that the curve through their neighbors would meet anyway are left out. Garments
and shaded strips are cut from the same side curves, so that their numbers repeat and pack well.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from generator.figures.body import Section
from generator.figures.camera import Camera
from generator.figures.paths import Path, curve_points, half_ellipse, hull_of_ellipses, smooth_ring
from generator.figures.rotations import Array

SHORTENED: Final = 0.5
"""Below this ratio of projected to true length the outline is the hull of the slices."""
LIGHT: Final = np.array((-0.552, 0.834))
"""Direction on the page that light comes from: upper left."""
_TOLERANCE: Final = 0.0009
"""How far a left-out slice may lie from the curve, in fractions of stature (0.1 to 0.15 points on a card)."""


class Side:
    """One side line of a sweep: the slices that its curve goes through, those points and the curve's handles."""

    def __init__(self, points: Array, steps: Array, anchors: Sequence[int]) -> None:
        self.slices = _needed(points, _onward(points, steps), set(anchors))
        self.points = points[self.slices]
        self.curves = curve_points(self.points)

    def cut(self, low: int, high: int) -> tuple[int, int]:
        """Positions of the first and last point between two slices."""
        first = next((i for i, index in enumerate(self.slices) if index >= low), len(self.slices) - 1)
        last = next((i for i in range(len(self.slices) - 1, -1, -1) if self.slices[i] <= high), 0)
        return min(first, last), max(first, last)

    def between(self, low: int, high: int, *, downward: bool) -> Array:
        """First point and curves between two slices, in the order of the slices or against it."""
        first, last = self.cut(low, high)
        run = np.concatenate((self.points[first : first + 1], self.curves[3 * first : 3 * last]))
        return np.asarray(run[::-1]) if downward else np.asarray(run)


class Sweep:
    """Slices in space: centers, front and left half axes, each (n, 3); their page projections and outline points."""

    def __init__(
        self,
        camera: Camera,
        centers: Array,
        fronts: Array,
        lefts: Array,
        *,
        anchors: Sequence[int] = (),
        ratio: float | None = None,
    ) -> None:
        """anchors: slices that pieces are cut at. ratio: projected to true length, if not this sweep's own."""
        self.centers, self.fronts, self.lefts = centers, fronts, lefts
        self._camera = camera
        self.middles = camera.project(centers)
        self.first = camera.project_vector(fronts)
        self.second = camera.project_vector(lefts)
        steps = np.diff(self.middles, axis=0)
        true_steps = np.diff(centers, axis=0)
        lengths, true_lengths = (np.sqrt(np.sum(each * each, axis=1)) for each in (steps, true_steps))
        self.ratio = float(np.sum(lengths)) / max(float(np.sum(true_lengths)), 1e-9) if ratio is None else ratio
        self.tangents = self._tangents(steps)
        normals = np.stack((-self.tangents[:, 1], self.tangents[:, 0]), axis=1)
        along_first = np.sum(self.first * normals, axis=1)
        along_second = np.sum(self.second * normals, axis=1)
        self.half_widths = np.sqrt(along_first**2 + along_second**2) + 1e-9
        a, b = (along_first / self.half_widths)[:, None], (along_second / self.half_widths)[:, None]
        self.off = a * self.first + b * self.second
        self._bulge = a * self.second - b * self.first
        self.left = Side(self.middles + self.off, steps, anchors)
        self.right = Side(self.middles - self.off, steps, anchors)

    def _tangents(self, steps: Array) -> Array:
        rises = np.concatenate((steps[:1], (steps[1:] + steps[:-1]) / 2, steps[-1:]))
        units = rises / (np.sqrt(np.sum(rises * rises, axis=1)) + 1e-9)[:, None]
        chord = self.middles[-1] - self.middles[0]
        chord = chord / (np.sqrt(chord @ chord) + 1e-9)
        if self.ratio > 0.6:
            return np.asarray(units)
        forward = units @ chord > -0.2
        return np.asarray(np.where(forward[:, None], units, chord))

    @property
    def shortened(self) -> bool:
        """Whether it points at the camera, so that only a hull can outline it."""
        return self.ratio < SHORTENED

    @property
    def last(self) -> int:
        """Index of the last slice."""
        return len(self.middles) - 1

    def garment(self, off: float, high: int) -> Sweep:
        """The first slices up to `high` as a sweep of its own that stands off the skin by `off` at its hem."""
        part = slice(0, high + 1)
        stand_off = off * np.minimum(1.0, np.arange(high + 1) / max(1, high - 1))
        fronts, lefts = (
            axes[part] * (1 + stand_off / np.sqrt(np.sum(axes[part] * axes[part], axis=1)))[:, None]
            for axes in (self.fronts, self.lefts)
        )
        return Sweep(self._camera, self.centers[part], fronts, lefts, ratio=self.ratio)

    def hull(self, low: int = 0, high: int | None = None) -> Array:
        """Points around the slices low to high."""
        part = slice(low, None if high is None else high + 1)
        return hull_of_ellipses(self.middles[part], self.first[part], self.second[part])

    def outline(self, low: int = 0, high: int | None = None, *, begin_hem: bool = False, end_hem: bool = False) -> Path:
        """The closed outline of slices low to high, counterclockwise.

        Ends are rounded by their slice; a hem ends at its slice's edge that faces the camera.
        """
        top = self.last if high is None else high
        if self.shortened:
            return smooth_ring(self.hull(low, top))
        up, down = self.right.between(low, top, downward=False), self.left.between(low, top, downward=True)
        end, end_verbs = self._end(top, 1.0, up[-1], hem=end_hem)
        begin, begin_verbs = self._end(low, -1.0, down[-1], hem=begin_hem)
        sides = ["c" * ((len(side) - 1) // 3) for side in (up, down)]
        # A rounded end finishes where the other side begins.
        rest = down[1:] if end_verbs == "cc" else down
        middle = end_verbs if end_verbs == "cc" else end_verbs + "l"
        verbs = "m" + sides[0] + middle + sides[1] + begin_verbs + "h"
        return Path(verbs, np.concatenate((up, end, rest, begin)))

    def _end(self, index: int, sign: float, arriving: Array, *, hem: bool) -> tuple[Array, str]:
        """Points and verbs that cross an end, from the point that one side arrives at."""
        edge = self.hem(index) if hem else None
        if edge is not None:
            ahead, back = edge[0] - arriving, edge[-1] - arriving
            return (edge if ahead @ ahead <= back @ back else edge[::-1]), "lcc"
        bulge = self._bulge[index]
        if (bulge @ self.tangents[index]) * sign < 0:
            bulge = -bulge
        cap = half_ellipse(self.middles[index], -sign * self.off[index], bulge)
        return cap[1:], "cc"

    def hem(self, index: int) -> Array | None:
        """The half of a slice's rim that faces the camera: first point and two curves; None when seen end on."""
        depth = float(np.sqrt(self.fronts[index] @ self.fronts[index]))
        width = float(np.sqrt(self.lefts[index] @ self.lefts[index]))
        toward = self._camera.toward
        cos = float(self.fronts[index] @ toward) / depth**2
        sin = float(self.lefts[index] @ toward) / width**2
        size = float(np.sqrt(cos * cos + sin * sin))
        if size * min(depth, width) < 0.02:
            return None
        cos, sin = cos / size, sin / size
        bulge = cos * self.first[index] + sin * self.second[index]
        across = -sin * self.first[index] + cos * self.second[index]
        return half_ellipse(self.middles[index], -across, bulge)

    def shade(
        self, low: int = 0, high: int | None = None, *, share: float = 0.34, begin: float = 1.0, end: float = 1.0
    ) -> Path | None:
        """The strip away from the light. begin, end: its width at the ends, 0 to taper away, 1 for full."""
        if self.shortened:
            return None
        top = self.last if high is None else high
        chord = self.middles[top] - self.middles[low]
        normal = np.array((-chord[1], chord[0])) / (np.sqrt(chord @ chord) + 1e-9)
        lit = float(np.round(normal @ LIGHT, 6))
        on_left = lit < 0
        side = self.left if on_left else self.right
        first, last = side.cut(low, top)
        kept = np.array(side.slices[first : last + 1])
        width = share * (0.55 + 0.45 * max(0.12, abs(lit)))
        t = (kept - low) / max(1, top - low)
        taper = np.minimum(1.0, begin + (1 - begin) * np.minimum(1.0, t / 0.35))
        taper = taper * np.minimum(1.0, end + (1 - end) * np.minimum(1.0, (1 - t) / 0.35))
        away = 1.0 if on_left else -1.0
        inner = self.middles[kept] + away * self.off[kept] * (1 - 2 * width * taper)[:, None]
        outer = side.between(low, top, downward=on_left)
        back = inner if on_left else inner[::-1]
        curves = "c" * (len(kept) - 1)
        return Path(f"m{curves}l{curves}h", np.concatenate((outer, back[:1], curve_points(back))))


def _onward(points: Array, steps: Array) -> list[int]:
    """Indices of the points that do not run backward in a sharp bend."""
    kept = [0]
    for index in range(1, len(points)):
        if index == len(points) - 1 or float((points[index] - points[kept[-1]]) @ steps[index - 1]) > 0:
            kept.append(index)
    return kept


def _needed(points: Array, indices: list[int], anchors: set[int]) -> list[int]:
    """Drops, in two rounds, every point that the curve through its neighbors comes near enough to."""
    for _ in range(2):
        if len(indices) < 4:
            break
        here = points[indices]
        padded = np.concatenate((here[:1], here, here[-1:]))
        middle = (9 * (padded[1:-3] + padded[3:-1]) - padded[:-4] - padded[4:]) / 16
        chord = padded[3:-1] - padded[1:-3]
        gap = here[1:-1] - middle
        off = np.abs(gap[:, 0] * chord[:, 1] - gap[:, 1] * chord[:, 0]) / (
            np.sqrt(np.sum(chord * chord, axis=1)) + 1e-9
        )
        kept, dropped = [indices[0]], False
        for index, distance in zip(indices[1:-1], np.round(off, 7).tolist(), strict=True):
            dropped = not dropped and distance < _TOLERANCE and index not in anchors
            if not dropped:
                kept.append(index)
        indices = [*kept, indices[-1]]
    return indices


def limb_sweep(
    camera: Camera,
    turn: Array,
    joint: Array,
    sections: tuple[Section, ...],
    length: float,
    anchors: Sequence[int] = (),
) -> Sweep:
    """The sweep of a limb segment: its frame (turn (3, 3), joint (3,)), its slices and the bone's length."""
    table = np.array(sections)
    centers = joint - turn[:, 2] * (table[:, :1] * length) + turn[:, 0] * table[:, 3:]
    return Sweep(camera, centers, turn[:, 0] * table[:, 1:2], turn[:, 1] * table[:, 2:3], anchors=anchors)


def torso_sweep(
    camera: Camera, spine: Array, spine_turns: Array, sections: tuple[Section, ...], anchors: Sequence[int] = ()
) -> Sweep:
    """The sweep of the torso from its slices' places (S, 3) and turns (S, 3, 3)."""
    table = np.array(sections)
    fronts, lefts = spine_turns[:, :, 0], spine_turns[:, :, 1]
    centers = spine + fronts * table[:, 3:]
    return Sweep(camera, centers, fronts * table[:, 1:2], lefts * table[:, 2:3], anchors=anchors)


def hem_path(hem: Array) -> Path:
    """An open path along a hem."""
    return Path("mcc", hem)
