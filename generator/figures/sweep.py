"""A limb or a torso as elliptical slices along a bone, and its outline on the page.

Few points draw a smooth limb: slices that the curve through their neighbors would meet anyway are left out. Garments
and shaded strips are cut from the same side curves, so that their numbers repeat and pack well. Sweeps of one kind are
projected together; the handful of points of each side is worked on as plain numbers. That is the quickest.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Final

import numpy as np

from generator.figures.body import Section
from generator.figures.camera import Camera
from generator.figures.paths import Path, Point, Points, curve_points, half_ellipse, hull_of_ellipses, smooth_ring
from generator.figures.rotations import Array

SHORTENED: Final = 0.5
"""Below this ratio of projected to true length the outline is the hull of the slices."""
LIGHT: Final = (-0.552, 0.834)
"""Direction on the page that light comes from: upper left."""
_TOLERANCE: Final = 0.0013
"""How far a left-out slice may lie from the curve, in fractions of stature (0.1 to 0.2 points on a card)."""
_SEEN_END_ON: Final = 0.02


class Side:
    """One side line of a sweep: the slices that its curve goes through, those points and the curve's handles."""

    def __init__(self, points: Points, steps: Points, anchors: Sequence[int]) -> None:
        self.slices = _needed(points, _onward(points, steps), anchors)
        self.points = [points[index] for index in self.slices]
        self.curves = curve_points(self.points)

    def cut(self, low: int, high: int) -> tuple[int, int]:
        """Positions of the first and last point between two slices."""
        slices = self.slices
        first = next((i for i, index in enumerate(slices) if index >= low), len(slices) - 1)
        last = next((i for i in range(len(slices) - 1, -1, -1) if slices[i] <= high), 0)
        return min(first, last), max(first, last)

    def between(self, low: int, high: int, *, downward: bool) -> Points:
        """First point and curves between two slices, in the order of the slices or against it."""
        first, last = self.cut(low, high)
        run = [self.points[first], *self.curves[3 * first : 3 * last]]
        return run[::-1] if downward else run


class Bundle:
    """Sweeps of the same number of slices, projected together. centers and half axes: (sweeps, slices, 3)."""

    def __init__(
        self, camera: Camera, centers: Array, fronts: Array, lefts: Array, ratios: Sequence[float] | None = None
    ) -> None:
        """ratios: projected to true length of each sweep, if not its own."""
        self.camera, self.centers, self.fronts, self.lefts = camera, centers, fronts, lefts
        page = camera.project(np.concatenate((centers, fronts, lefts)))
        count = len(centers)
        self.middles, self.first, self.second = page[:count], page[count : 2 * count], page[2 * count :]
        steps = self.middles[:, 1:] - self.middles[:, :-1]
        lengths = np.sqrt(np.add.reduce(steps * steps, axis=2))
        if ratios is None:
            true_steps = centers[:, 1:] - centers[:, :-1]
            true_lengths = np.sqrt(np.add.reduce(true_steps * true_steps, axis=2))
            own = np.add.reduce(lengths, axis=1) / np.maximum(np.add.reduce(true_lengths, axis=1), 1e-9)
            self.ratios: list[float] = own.tolist()
        else:
            self.ratios = list(ratios)
        tangents = self._tangents(steps)
        across_first = self.first[..., 1] * tangents[..., 0] - self.first[..., 0] * tangents[..., 1]
        across_second = self.second[..., 1] * tangents[..., 0] - self.second[..., 0] * tangents[..., 1]
        self.half_widths = np.sqrt(across_first**2 + across_second**2) + 1e-9
        a, b = (across_first / self.half_widths)[..., None], (across_second / self.half_widths)[..., None]
        off, bulge = a * self.first + b * self.second, a * self.second - b * self.first
        self.tangents, self.off, self.bulge = tangents.tolist(), off.tolist(), bulge.tolist()
        self.lefthand, self.righthand = (self.middles + off).tolist(), (self.middles - off).tolist()
        self.steps, self.spots = steps.tolist(), self.middles.tolist()

    def _tangents(self, steps: Array) -> Array:
        rises = np.concatenate((steps[:, :1], (steps[:, 1:] + steps[:, :-1]) / 2, steps[:, -1:]), axis=1)
        units = rises / (np.sqrt(np.add.reduce(rises * rises, axis=2)) + 1e-9)[..., None]
        for index, ratio in enumerate(self.ratios):
            if ratio <= 0.6:
                chord = self.middles[index, -1] - self.middles[index, 0]
                chord = chord / (np.sqrt(chord @ chord) + 1e-9)
                forward = units[index] @ chord > -0.2
                units[index] = np.where(forward[:, None], units[index], chord)
        return np.asarray(units)

    def sweeps(self, anchors: Sequence[int] = ()) -> list[Sweep]:
        """Each of them. anchors: slices that pieces are cut at."""
        return [Sweep(self, index, anchors) for index in range(len(self.ratios))]

    def garments(self, off: float, high: int) -> list[Sweep]:
        """The first slices of each up to `high` as sweeps of their own that stand off the skin by `off` at the hem."""
        part = np.s_[:, : high + 1]
        stand_off = off * np.minimum(1.0, np.arange(high + 1) / max(1, high - 1))
        fronts, lefts = (
            axes[part] * (1 + stand_off / np.sqrt(np.add.reduce(axes[part] * axes[part], axis=2)))[..., None]
            for axes in (self.fronts, self.lefts)
        )
        return Bundle(self.camera, self.centers[part], fronts, lefts, self.ratios).sweeps()


class Sweep:
    """Slices in space: centers, front and left half axes, each (n, 3); their page projections and outline points."""

    def __init__(self, bundle: Bundle, index: int, anchors: Sequence[int] = ()) -> None:
        self._bundle, self._index, self._anchors = bundle, index, anchors
        self.ratio = bundle.ratios[index]
        self.last = len(bundle.spots[index]) - 1
        """Index of the last slice."""
        self._spots, self._off = bundle.spots[index], bundle.off[index]

    @property
    def centers(self) -> Array:
        """Middles of the slices in the world (n, 3)."""
        return np.asarray(self._bundle.centers[self._index])

    @property
    def fronts(self) -> Array:
        """Half axes of the slices to the front (n, 3)."""
        return np.asarray(self._bundle.fronts[self._index])

    @property
    def lefts(self) -> Array:
        """Half axes of the slices to the left (n, 3)."""
        return np.asarray(self._bundle.lefts[self._index])

    @property
    def middles(self) -> Array:
        """Middles of the slices on the page (n, 2)."""
        return np.asarray(self._bundle.middles[self._index])

    @property
    def half_widths(self) -> Array:
        """Half widths of the slices on the page (n,)."""
        return np.asarray(self._bundle.half_widths[self._index])

    @property
    def shortened(self) -> bool:
        """Whether it points at the camera, so that only a hull can outline it."""
        return self.ratio < SHORTENED

    @cached_property
    def left(self) -> Side:
        """The side line on the left of the way along the slices."""
        return Side(self._bundle.lefthand[self._index], self._bundle.steps[self._index], self._anchors)

    @cached_property
    def right(self) -> Side:
        """The side line on the right of the way along the slices."""
        return Side(self._bundle.righthand[self._index], self._bundle.steps[self._index], self._anchors)

    def hull(self, low: int = 0, high: int | None = None) -> Points:
        """Points around the slices low to high."""
        part = np.s_[self._index, low : None if high is None else high + 1]
        return hull_of_ellipses(self._bundle.middles[part], self._bundle.first[part], self._bundle.second[part])

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
        return Path("m" + sides[0] + middle + sides[1] + begin_verbs + "h", up + end + rest + begin)

    def _end(self, index: int, sign: float, arriving: Point, *, hem: bool) -> tuple[Points, str]:
        """Points and verbs that cross an end, from the point that one side arrives at."""
        edge = self.hem(index) if hem else None
        if edge is not None:
            return (edge if math.dist(edge[0], arriving) <= math.dist(edge[-1], arriving) else edge[::-1]), "lcc"
        (bx, by), (tx, ty) = self._bundle.bulge[self._index][index], self._bundle.tangents[self._index][index]
        if (bx * tx + by * ty) * sign < 0:
            bx, by = -bx, -by
        ox, oy = self._off[index]
        return half_ellipse(self._spots[index], (-sign * ox, -sign * oy), (bx, by))[1:], "cc"

    def hem(self, index: int) -> Points | None:
        """The half of a slice's rim that faces the camera: first point and two curves; None when seen end on."""
        at = (self._index, index)
        front, left, toward = self._bundle.fronts[at], self._bundle.lefts[at], self._bundle.camera.toward
        deep, wide = float(front @ front), float(left @ left)
        cos, sin = float(front @ toward) / deep, float(left @ toward) / wide
        size = math.sqrt(cos * cos + sin * sin)
        if size * math.sqrt(min(deep, wide)) < _SEEN_END_ON:
            return None
        cos, sin = cos / size, sin / size
        (ax, ay), (bx, by) = self._bundle.first[at].tolist(), self._bundle.second[at].tolist()
        across = (sin * ax - cos * bx, sin * ay - cos * by)
        return half_ellipse(self._spots[index], across, (cos * ax + sin * bx, cos * ay + sin * by))

    def shade(
        self, low: int = 0, high: int | None = None, *, share: float = 0.34, begin: float = 1.0, end: float = 1.0
    ) -> Path | None:
        """The strip away from the light. begin, end: its width at the ends, 0 to taper away, 1 for full."""
        if self.shortened:
            return None
        top = self.last if high is None else high
        (ax, ay), (bx, by) = self._spots[low], self._spots[top]
        dx, dy = bx - ax, by - ay
        lit = round((dx * LIGHT[1] - dy * LIGHT[0]) / (math.sqrt(dx * dx + dy * dy) + 1e-9), 6)
        on_left = lit < 0
        side = self.left if on_left else self.right
        first, last = side.cut(low, top)
        width = share * (0.55 + 0.45 * max(0.12, abs(lit)))
        inner: Points = []
        for index in side.slices[first : last + 1]:
            t = (index - low) / max(1, top - low)
            taper = min(1.0, begin + (1 - begin) * min(1.0, t / 0.35))
            taper *= min(1.0, end + (1 - end) * min(1.0, (1 - t) / 0.35))
            (x, y), (ox, oy) = self._spots[index], self._off[index]
            reach = (1 - 2 * width * taper) * (1.0 if on_left else -1.0)
            inner.append((x + reach * ox, y + reach * oy))
        outer = side.between(low, top, downward=on_left)
        back = inner if on_left else inner[::-1]
        curves = "c" * (len(inner) - 1)
        return Path(f"m{curves}l{curves}h", outer + back[:1] + curve_points(back))


def _onward(points: Points, steps: Points) -> list[int]:
    """Indices of the points that do not run backward in a sharp bend."""
    kept, last = [0], len(points) - 1
    kx, ky = points[0]
    for index in range(1, last + 1):
        (x, y), (sx, sy) = points[index], steps[index - 1]
        if index == last or (x - kx) * sx + (y - ky) * sy > 0:
            kept.append(index)
            kx, ky = x, y
    return kept


def _needed(points: Points, indices: list[int], anchors: Sequence[int]) -> list[int]:
    """Drops, in two rounds, every point that the curve through its neighbors comes near enough to."""
    for _ in range(2):
        if len(indices) < 4:
            break
        kept, dropped, final = [indices[0]], False, len(indices) - 1
        for at in range(1, final):
            index = indices[at]
            dropped = not dropped and index not in anchors and _off_curve(points, indices, at, final) < _TOLERANCE
            if not dropped:
                kept.append(index)
        indices = [*kept, indices[-1]]
    return indices


def _off_curve(points: Points, indices: list[int], at: int, final: int) -> float:
    """How far a point lies aside of the curve that its neighbors, two on each side, would draw without it."""
    (ax, ay), (bx, by) = points[indices[max(0, at - 2)]], points[indices[at - 1]]
    (cx, cy), (dx, dy) = points[indices[at + 1]], points[indices[min(final, at + 2)]]
    x, y = points[indices[at]]
    gap_x, gap_y = x - (9 * (bx + cx) - ax - dx) / 16, y - (9 * (by + cy) - ay - dy) / 16
    chord_x, chord_y = cx - bx, cy - by
    length = math.sqrt(chord_x * chord_x + chord_y * chord_y) + 1e-9
    return round(abs(gap_x * chord_y - gap_y * chord_x) / length, 7)


@lru_cache(maxsize=16)
def _table(sections: tuple[Section, ...]) -> Array:
    return np.array(sections)


def limb_bundle(camera: Camera, turns: Array, joints: Array, sections: tuple[Section, ...], length: float) -> Bundle:
    """The sweeps of limb segments of one kind: frames (turns (n, 3, 3), joints (n, 3)), slices and bone length."""
    table = _table(sections)
    fronts, lefts, ups = (turns[:, None, :, axis] for axis in range(3))
    centers = joints[:, None] - ups * (table[:, :1] * length) + fronts * table[:, 3:]
    return Bundle(camera, centers, fronts * table[:, 1:2], lefts * table[:, 2:3])


def torso_sweep(
    camera: Camera, spine: Array, spine_turns: Array, sections: tuple[Section, ...], anchors: Sequence[int] = ()
) -> Sweep:
    """The sweep of the torso from its slices' places (S, 3) and turns (S, 3, 3)."""
    table = _table(sections)
    fronts, lefts = spine_turns[:, :, 0], spine_turns[:, :, 1]
    centers = spine + fronts * table[:, 3:]
    return one_sweep(camera, centers, fronts * table[:, 1:2], lefts * table[:, 2:3], anchors=anchors)


def one_sweep(
    camera: Camera,
    centers: Array,
    fronts: Array,
    lefts: Array,
    *,
    anchors: Sequence[int] = (),
    ratio: float | None = None,
) -> Sweep:
    """A sweep by itself, from its slices' centers and half axes, each (n, 3)."""
    bundle = Bundle(camera, centers[None], fronts[None], lefts[None], None if ratio is None else (ratio,))
    return Sweep(bundle, 0, anchors)


def hem_path(hem: Points) -> Path:
    """An open path along a hem."""
    return Path("mcc", hem)
