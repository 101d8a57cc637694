"""Boxes in space: what steps, benches, chairs, mats and walls are made of, for drawing and for checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import numpy as np

from generator.figures.camera import Camera
from generator.figures.fields import stature
from generator.figures.palette import Palette, mix
from generator.figures.parts import Line, Part
from generator.figures.paths import polygon
from generator.figures.props import (
    CHAIR_LEG,
    CHAIR_SEAT_THICKNESS,
    WALL_THICKNESS,
    Bench,
    Chair,
    DoorAnchor,
    Mat,
    Prop,
    Step,
    Wall,
)
from generator.figures.rotations import Array, rotate_z

MAT_THICKNESS: Final = 2.0
_BENCH_PAD: Final = 6.0
_BENCH_LEG: Final = 5.0
_CHAIR_SLAT: Final = 12.0


class Box(NamedTuple):
    """A box. center and half sizes: fractions of stature; turn: degrees about z. kind: names its palette colors."""

    center: Array
    half: Array
    turn: float
    kind: str

    def depth_inside(self, places: Array) -> Array:
        """How deep places (n, 3) lie inside, 0 outside."""
        local = np.abs((places - self.center) @ rotate_z(np.array(self.turn)))
        return np.asarray(np.maximum(0.0, np.min(self.half - local, axis=-1)))


_OUTWARD: Final[Mapping[str, tuple[int, float]]] = {
    "ahead": (0, 1.0),
    "behind": (0, -1.0),
    "left": (1, 1.0),
    "right": (1, -1.0),
}


def boxes(prop: Prop, spot: Array | None = None) -> list[Box]:
    """The boxes of a prop; none for round or soft ones. spot: [x, y] in stature where `at` is a body point."""
    match prop:
        case Mat():
            x, y = _center(prop.at, spot)
            length, width = prop.size
            return [_box((x, y, -MAT_THICKNESS / 2), (length, width, MAT_THICKNESS), "mat")]
        case Step():
            x, y = _center(prop.at, spot)
            return [_box((x, y, prop.size[2] / 2), prop.size, "wood")]
        case Bench():
            return list(_bench(_center(prop.at, spot), prop.size))
        case Chair():
            return list(_chair(prop))
        case Wall():
            middle, long = sum(prop.extent) / 2, prop.extent[1] - prop.extent[0]
            return [_slab(prop.side, prop.distance, middle, long, prop.height, "wall")]
        case DoorAnchor():
            axis, sign = _OUTWARD[prop.side]
            middle = prop.at[1 - axis] + sum(prop.extent) / 2
            long = prop.extent[1] - prop.extent[0]
            return [_slab(prop.side, prop.at[axis] * sign, middle, long, prop.height, "door")]
        case _:
            return []


def _center(at: object, spot: Array | None) -> tuple[float, float]:
    if spot is not None:
        return float(spot[0]) / stature(1.0), float(spot[1]) / stature(1.0)
    if not isinstance(at, tuple):
        raise ValueError("a place on the body needs its spot")
    return float(at[0]), float(at[1])


def _box(center: tuple[float, ...], size: tuple[float, ...], kind: str, turn: float = 0.0) -> Box:
    return Box(np.array(center) * stature(1.0), np.array(size) * stature(0.5), turn, kind)


def _slab(side: str, distance: float, middle: float, long: float, height: float, kind: str) -> Box:
    axis, sign = _OUTWARD[side]
    center, size = [middle, middle, height / 2], [long, long, height]
    center[axis], size[axis] = sign * (distance + WALL_THICKNESS / 2), WALL_THICKNESS
    return _box(tuple(center), tuple(size), kind)


def _bench(at: tuple[float, float], size: tuple[float, float, float]) -> Iterator[Box]:
    (x, y), (deep, wide, high) = at, size
    for i in (-1, 1):
        for j in (-1, 1):
            foot = (x + i * (deep / 2 - _BENCH_LEG), y + j * (wide / 2 - 2 * _BENCH_LEG), (high - _BENCH_PAD) / 2)
            yield _box(foot, (_BENCH_LEG, _BENCH_LEG, high - _BENCH_PAD), "wood")
    yield _box((x, y, high - _BENCH_PAD / 2), (deep, wide, _BENCH_PAD), "foam")


def _chair(chair: Chair) -> Iterator[Box]:
    deep, wide = chair.size
    turn = rotate_z(np.array(chair.facing))

    def piece(center: tuple[float, float, float], size: tuple[float, float, float]) -> Box:
        x, y, z = turn @ np.array(center)
        return _box((chair.at[0] + x, chair.at[1] + y, z), size, "wood", chair.facing)

    for i in (-1, 1):
        for j in (-1, 1):
            top = chair.height - CHAIR_SEAT_THICKNESS if i > 0 else chair.back_height
            place = (i * (deep - CHAIR_LEG) / 2, j * (wide - CHAIR_LEG) / 2, top / 2)
            yield piece(place, (CHAIR_LEG, CHAIR_LEG, top))
    yield piece((0.0, 0.0, chair.height - CHAIR_SEAT_THICKNESS / 2), (deep, wide, CHAIR_SEAT_THICKNESS))
    slat = (-(deep - CHAIR_LEG) / 2, 0.0, chair.back_height - _CHAIR_SLAT / 2 - 1.0)
    yield piece(slat, (CHAIR_LEG * 0.7, wide, _CHAIR_SLAT))


def box_part(camera: Camera, palette: Palette, box: Box) -> Part:
    """A box as a part: its faces that the camera sees, each with its edges."""
    signs = np.array([[i, j, k] for i in (-1, 1) for j in (-1, 1) for k in (-1, 1)], dtype=float)
    turn = rotate_z(np.array(box.turn))
    corners = camera.pages(box.center + (signs * box.half) @ turn.T)
    top, side = getattr(palette, box.kind), getattr(palette, f"{box.kind}_side", None)
    side = side or mix(top, palette.line, 0.25)
    part = Part("prop", float(camera.depth(box.center * (1.0, 1.0, 0.0))))
    for axis, (color_index, ring) in enumerate(zip((1, 2, 0), _RINGS, strict=True)):
        color = (top, side, mix(top, side, 0.5))[color_index]
        for sign in (-1.0, 1.0):
            if camera.faces(turn[:, axis] * sign) > 1e-3:
                path = polygon([corners[index + (_STRIDES[axis] if sign > 0 else 0)] for index in ring])
                part.outlines.append(path)
                part.fills.append((path, color))
                part.lines.append(Line(path, mix(palette.line, side, 0.35), 0.5))
    return part


_STRIDES: Final = (4, 2, 1)
# Corners of the face at the low end of each axis, in order around it.
_RINGS: Final = ((0, 1, 3, 2), (0, 1, 5, 4), (0, 2, 6, 4))
