"""The worked muscle: an ellipse on the skin, filled with the accent and hatched, so that it also shows in grey."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from generator.figures import body
from generator.figures.parts import Scene
from generator.figures.paths import Path, Point, ellipse
from generator.figures.rotations import Array

_SEEN_FROM: Final = -0.55
"""Below this cosine between the muscle's normal and the camera it is on the hidden side and left out."""
_LEAST_SHARE: Final = 0.62
"""A muscle seen edge on keeps at least this share of its short radius."""
HATCH_EVERY: Final = 2.4
HATCH_WIDTH: Final = 0.5
"""Hatch lines in points: distance and width."""


class Patch(NamedTuple):
    """A muscle on the page: its outline, center and larger half axis, and the parts that it lies on."""

    outline: Path
    center: Point
    reach: float
    parts: tuple[str, ...]


def patch(scene: Scene, name: str) -> Patch | None:
    """Where a muscle ("glute_med_r") shows on the page, None if it is on the hidden side."""
    base, _, side = name.rpartition("_")
    if name in body.MIDLINE_MUSCLES:
        base, side = name, "l"
    muscle, k = body.MUSCLES[base], body.SIDES[side]
    center, turn = _frame(scene, muscle.segment, side, muscle.center, k)
    normal = turn @ (np.array(muscle.normal) * (1.0, k, 1.0))
    normal = normal / math.sqrt(float(normal @ normal))
    if scene.camera.faces(normal) < _SEEN_FROM:
        return None
    along = turn @ (np.array(muscle.axis) * (1.0, k, 1.0))
    along = along - normal * float(along @ normal)
    along = along / math.sqrt(float(along @ along))
    first = scene.camera.page(along * muscle.long_radius)
    second = scene.camera.page(np.cross(normal, along) * muscle.short_radius)
    long_axis, short_axis = _principal(first, second, _LEAST_SHARE * muscle.short_radius)
    middle = scene.camera.page(center)
    outline = ellipse(middle, long_axis, short_axis)
    return Patch(outline, middle, math.hypot(*long_axis), _parts(muscle.segment, base, side))


def _parts(segment: str, base: str, side: str) -> tuple[str, ...]:
    if segment in ("thigh", "shank"):
        return (f"leg_{side}",)
    if segment == "upper_arm":
        return (f"arm_{side}",)
    return ("torso", f"leg_{side}") if base in ("glute_med", "glute_max", "tfl") else ("torso",)


def _frame(scene: Scene, segment: str, side: str, center: tuple[float, float, float], k: float) -> tuple[Array, Array]:
    """World center (3,) and turn (3, 3) of a muscle."""
    x, y, z = center
    if segment == "torso":
        return scene.skeleton.place_on_torso((x, k * y, z))[0], scene.skeleton.turn_on_torso(z)[0]
    name = f"{segment}_{side}"
    return scene.skeleton.place(name, (x, k * y, z))[0], scene.skeleton.turns[name][0]


def _principal(first: Point, second: Point, least: float) -> tuple[Point, Point]:
    """Half axes, long and short, of an ellipse given by conjugate half axes; each at least `least` long."""
    (ax, ay), (bx, by) = first, second
    p, q, r = ax * ax + ay * ay, ax * bx + ay * by, bx * bx + by * by
    turn = 0.5 * math.atan2(2 * q, p - r)
    x, y = math.cos(turn) * ax + math.sin(turn) * bx, math.cos(turn) * ay + math.sin(turn) * by
    length = math.sqrt(x * x + y * y) + 1e-12
    width = math.sqrt(max(round(p + r - length * length, 12), 0.0))
    x, y, long, short = x / length, y / length, max(length, least), max(width, least)
    return (x * long, y * long), (-y * short, x * short)


def hatch(one: Patch, gap: float) -> Path:
    """Lines at 45 degrees across a patch; gap: distance between them in the page's unit."""
    (x, y), reach, step = one.center, one.reach * 1.05, gap * math.sqrt(2)
    count = int(2 * reach / step)
    rows = [row * step for row in range(-count, count + 1)]
    ends = [end for row in rows for end in ((x - reach, y - reach + row), (x + reach, y + reach + row))]
    return Path("ml" * len(rows), ends)
