"""Marks over the figure: arrows, guides and the numbers of the pictures, and the shadow under the feet."""

from __future__ import annotations

from typing import Final

import numpy as np

from generator.figures import body
from generator.figures.ink import Ink
from generator.figures.palette import Palette
from generator.figures.parts import Scene
from generator.figures.paths import Path, Point, circle, ellipse, pairs, polyline, smooth
from generator.figures.points import locate
from generator.figures.rotations import Array
from generator.figures.sweep import one_sweep

SHAFT: Final = 1.7
HEAD: Final = 5.2
HALO: Final = 1.0
"""Arrow in points: width of the shaft, length of the head, width of the white rim."""
GUIDE: Final = 1.0
_HEAD_HALF_WIDTH: Final = 0.46
_HEAD_NOTCH: Final = 0.18
_SHADOW: Final = (0.125, 0.060)
_ON_FLOOR: Final = 0.03
_WAIST: Final = slice(4, 9)
_GAP_WIDTH: Final = 0.85
_GAP_ENDS: Final = 0.005
_GAP_HEIGHT: Final = 0.016
"""The torso sections that shade the mat, how wide against the body, how rounded at the ends, and how high; below that a
flat back has a hollow of its own."""
WHITE: Final = "#FFFFFF"


def draw_arrow(ink: Ink, way: Array, scale: float, palette: Palette, *, both: bool) -> None:
    """An arrow along a way on the page (n, 2), its head at the way's end. scale: points for one unit of the page."""
    way = _resample(way, 41)
    steps = np.diff(way, axis=0)
    run = np.concatenate(((0.0,), np.cumsum(np.sqrt(np.sum(steps * steps, axis=1)))))
    length = float(run[-1])
    head = min(HEAD / scale, length * 0.5)

    def at(distance: float) -> Array:
        return np.array([np.interp(distance, run, way[:, axis]) for axis in (0, 1)])

    begin = head * 0.75 if both else 0.0
    stops = np.linspace(begin, length - head * 0.75, 6)
    shaft = smooth(pairs(np.stack([np.interp(stops, run, way[:, axis]) for axis in (0, 1)], axis=1)))
    heads = [_head(at(length), at(length - head), head)]
    if both:
        heads.append(_head(at(0.0), at(head), head))
    ink.stroke([shaft], WHITE, SHAFT + 2 * HALO)
    ink.stroke(heads, WHITE, 2 * HALO)
    ink.stroke([shaft], palette.accent, SHAFT)
    for one in heads:
        ink.fill(one, palette.accent)


def _resample(way: Array, count: int) -> Array:
    at, wanted = np.linspace(0.0, 1.0, len(way)), np.linspace(0.0, 1.0, count)
    return np.stack([np.interp(wanted, at, way[:, axis]) for axis in (0, 1)], axis=1)


def _head(tip: Array, base: Array, length: float) -> Path:
    ahead = tip - base
    ahead = ahead / (np.sqrt(ahead @ ahead) + 1e-12) * length
    aside = np.array((-ahead[1], ahead[0])) * _HEAD_HALF_WIDTH
    back = tip - ahead
    return Path("mlllh", pairs(np.array((tip, back + aside, back + ahead * _HEAD_NOTCH, back - aside))))


def guide_line(scene: Scene, through: tuple[str, str], extend: float) -> Path:
    """A line through two body points, going on beyond both by `extend` (stature)."""
    begin, end = (scene.camera.project(locate(scene.skeleton, name)[0]) for name in through)
    way = end - begin
    way = way / (np.sqrt(way @ way) + 1e-12)
    return polyline(pairs(np.array((begin - way * extend, end + way * extend))))


def draw_guide(ink: Ink, line: Path, palette: Palette) -> None:
    """A dashed accent line with a white rim."""
    ink.stroke([line], WHITE, GUIDE + 1.2)
    ink.stroke([line], palette.accent, GUIDE, dash=(3.0, 1.8))


def shadows(scene: Scene) -> list[Path]:
    """A soft ellipse under each foot that stands on the floor."""
    found = []
    for side in body.SIDES:
        heel, toe = (locate(scene.skeleton, f"{name}_{side}")[0] for name in ("heel", "toe"))
        if min(heel[2], toe[2]) >= _ON_FLOOR or max(heel[2], toe[2]) > 0.25:
            continue
        center = (heel + toe) / 2 * (1.0, 1.0, 0.0)
        along = (toe - heel) * (1.0, 1.0, 0.0)
        along = along / (np.sqrt(along @ along) + 1e-9)
        across = np.array((-along[1], along[0], 0.0))
        found.append(ellipse(*scene.camera.pages(np.array((center, along * _SHADOW[0], across * _SHADOW[1])))))
    return found


def gap_shadow(scene: Scene) -> Path:
    """Where the waist of a figure on its back shades the mat: seen only where there is a gap under it."""
    skeleton, flat = scene.skeleton, np.array((1.0, 1.0, 0.0))
    table = np.array(body.TORSO_SECTIONS)[_WAIST]
    fronts, lefts = skeleton.spine_turns[0, _WAIST, :, 0], skeleton.spine_turns[0, _WAIST, :, 1]
    centers = (skeleton.spine[0, _WAIST] + fronts * table[:, 3:]) * flat + (0.0, 0.0, _GAP_HEIGHT)
    sides = lefts * flat * table[:, 2:3] * _GAP_WIDTH
    return one_sweep(scene.camera, centers, fronts * flat * _GAP_ENDS, sides).outline()


# Digits drawn as strokes, in units of the badge's radius around its center.
_DIGITS: Final = {
    1: Path("mll", [(-0.28, 0.26), (0.07, 0.48), (0.07, -0.48)]),
    2: Path(
        "mccl",
        [
            (-0.29, 0.22),
            (-0.27, 0.58),
            (0.29, 0.58),
            (0.29, 0.20),
            (0.29, -0.08),
            (-0.08, -0.22),
            (-0.31, -0.46),
            (0.33, -0.46),
        ],
    ),
}


def draw_badge(ink: Ink, number: int, x: float, y: float, radius: float, palette: Palette) -> None:
    """The number of a picture (1 or 2) in a disc; lengths in the plane of `ink`, taken as points."""
    ink.fill(circle((x, y), radius), palette.badge)
    digit = _DIGITS[number]
    strokes: list[Point] = [(x + radius * right, y + radius * up) for right, up in digit.points]
    ink.stroke([Path(digit.verbs, strokes)], palette.badge_digit, radius * 0.25)
