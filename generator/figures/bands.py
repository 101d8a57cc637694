"""Elastic bands: a loop stretched around two limbs, or around a limb and a door anchor."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from generator.figures import body
from generator.figures.camera import Camera
from generator.figures.parts import Scene
from generator.figures.paths import Path, polygon
from generator.figures.rotations import Array

_OFF_SKIN: Final = 0.004
_HALF_TURN_STEPS: Final = 9
_FOREFOOT: Final = ((0.055, 0.0, -0.018), 0.026, 0.028)
"""Center in the foot's frame, half height and half width of the slice that a band around the foot runs along."""
_ANCHOR_RADIUS: Final = 0.003


class _Slice:
    """An elliptical slice that a band runs around: center, two half axes and the axis it is threaded on."""

    def __init__(self, center: Array, first: Array, second: Array, axis: Array) -> None:
        self.center, self.first, self.second, self.axis = center, first, second, axis


def _limb_slice(scene: Scene, limb: str, at: float) -> _Slice:
    turn, joint = scene.skeleton.turns[limb][0], scene.skeleton.joints[limb][0]
    base = limb[:-2]
    if base == "foot":
        place, high, wide = _FOREFOOT
        return _Slice(joint + turn @ place, turn[:, 2] * high, turn[:, 1] * wide, turn[:, 0])
    table = np.array(body.LIMB_SECTIONS[base])
    depth, width, forward = (float(np.interp(at, table[:, 0], table[:, i])) for i in (1, 2, 3))
    center = joint - turn[:, 2] * (at * body.BONES[base]) + turn[:, 0] * forward
    return _Slice(center, turn[:, 0] * (depth + _OFF_SKIN), turn[:, 1] * (width + _OFF_SKIN), turn[:, 2])


def limb_loop(scene: Scene, limb: str, other: str | Array, at: float, width: float) -> tuple[Path, Path]:
    """The far and the near half of a band around a limb and another limb or an anchor's place, on the page.

    at: fraction along the limbs. width: of the band, in stature. The band lies in the plane of the two slices' centers,
    square to their mean axis; its outline there is the hull of the two ellipses.
    """
    first = _limb_slice(scene, limb, at)
    if isinstance(other, str):
        second = _limb_slice(scene, other, at)
        axis = first.axis + second.axis
    else:
        radius = np.eye(3) * _ANCHOR_RADIUS
        second = _Slice(other, radius[0], radius[2], first.axis)
        axis = first.axis
    between = second.center - first.center
    axis = axis - between * float(axis @ between) / float(between @ between)
    axis = axis / np.sqrt(axis @ axis)
    u = between / np.sqrt(between @ between)
    v = np.cross(axis, u)
    toward = scene.camera.toward
    facing = np.arctan2(float(toward @ v), float(toward @ u))
    halves = []
    for middle in (facing + np.pi, facing):
        angles = middle + np.linspace(-np.pi / 2, np.pi / 2, _HALF_TURN_STEPS)
        directions = np.cos(angles)[:, None] * u + np.sin(angles)[:, None] * v
        halves.append(_ribbon(scene.camera, _support(directions, (first, second)), axis * width / 2))
    return halves[0], halves[1]


def _support(directions: Array, slices: tuple[_Slice, _Slice]) -> Array:
    """Points of the slices' common hull that lie farthest in each direction (n, 3)."""
    reaches, places = [], []
    for one in slices:
        a, b = directions @ one.first, directions @ one.second
        size = np.sqrt(a * a + b * b) + 1e-12
        places.append(one.center + (a / size)[:, None] * one.first + (b / size)[:, None] * one.second)
        reaches.append(directions @ one.center + size)
    return np.where((reaches[0] >= reaches[1])[:, None], places[0], places[1])


def _ribbon(camera: Camera, places: Array, half_width: Array) -> Path:
    return polygon(camera.pages(np.concatenate((places + half_width, (places - half_width)[::-1]))))


def ribbon_between(camera: Camera, begin: Array, end: Array, width: float) -> Path:
    """A straight ribbon between two places that turns its face to the viewer, on the page."""
    (ax, ay), (bx, by) = camera.pages(np.array((begin, end)))
    share = width / 2 / (math.dist((ax, ay), (bx, by)) + 1e-9)
    x, y = (ay - by) * share, (bx - ax) * share
    return polygon([(ax + x, ay + y), (bx + x, by + y), (bx - x, by - y), (ax - x, ay - y)])
