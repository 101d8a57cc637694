"""Where the props of a pose can be touched: surfaces, and points that a contact can go to, in fractions of stature."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

import numpy as np

from generator.figures.fields import stature
from generator.figures.props import (
    CHAIR_LEG,
    Bench,
    Chair,
    DoorAnchor,
    ExerciseBall,
    Mat,
    Pillow,
    Prop,
    Roller,
    Step,
    Towel,
    Wall,
)
from generator.figures.rotations import Array, rotate_z
from generator.values import dataclass

_TOWARD: Final[Mapping[str, tuple[float, float]]] = {
    "ahead": (1.0, 0.0),
    "behind": (-1.0, 0.0),
    "left": (0.0, 1.0),
    "right": (0.0, -1.0),
}


@dataclass(frozen=True, slots=True)
class Plane:
    """All points p with normal . p = offset; the free side is where the normal points."""

    normal: tuple[float, float, float]
    offset: float

    def distance(self, places: Array) -> Array:
        """Signed distance of places (..., 3)."""
        return np.asarray(places @ np.array(self.normal) - self.offset)


@dataclass(frozen=True, slots=True)
class Round:
    """A cylinder along an axis (0 x, 1 y), or a ball (axis None)."""

    center: tuple[float, float, float]
    radius: float
    axis: int | None

    def distance(self, places: Array) -> Array:
        """Signed distance of places (..., 3) from its skin."""
        off = places - np.array(self.center)
        if self.axis is not None:
            off = np.delete(off, self.axis, axis=-1)
        return np.asarray(np.sqrt(np.sum(off * off, axis=-1)) - self.radius)


Surface: TypeAlias = Plane | Round


def level(height_cm: float) -> Plane:
    """The horizontal surface at a height in cm."""
    return Plane((0.0, 0.0, 1.0), stature(height_cm))


def surfaces(props: Iterable[Prop]) -> dict[str, Surface]:
    """Every surface that a contact can touch, by name: the floor, each prop's, "chair.back" for a chair's top."""
    found: dict[str, Surface] = {"floor": level(0.0)}
    for prop in props:
        match prop:
            case Mat():
                found[prop.key] = level(0.0)
            case Step() | Bench() | Pillow():
                found[prop.key] = level(prop.size[2])
            case Towel() if prop.tucked is None:
                found[prop.key] = level(prop.base + prop.size[2])
            case Chair():
                found[prop.key] = level(prop.height)
                found[f"{prop.key}.back"] = level(prop.back_height)
            case Wall():
                x, y = _TOWARD[prop.side]
                found[prop.key] = Plane((-x, -y, 0.0), -stature(prop.distance))
            case Roller():
                center = (stature(prop.at[0]), stature(prop.at[1]), stature(prop.radius))
                found[prop.key] = Round(center, stature(prop.radius), "xy".index(prop.axis))
            case ExerciseBall() if not isinstance(prop.at, str):
                x, y, z = prop.at
                found[prop.key] = Round((stature(x), stature(y), stature(z)), stature(prop.radius), None)
            case _:
                pass
    return found


def prop_points(props: Iterable[Prop]) -> dict[str, Array]:
    """Fixed points of props that a contact can go `to`, such as "chair.back_top" or "door_anchor.anchor"."""
    found: dict[str, Array] = {}
    for prop in props:
        if isinstance(prop, Chair):
            depth, width = prop.size
            turn = rotate_z(np.array(prop.facing))
            local = {
                "back_top": (-depth / 2 + CHAIR_LEG / 2, 0.0, prop.back_height),
                "back_left": (-depth / 2 + CHAIR_LEG / 2, width / 2 - 3, prop.back_height),
                "back_right": (-depth / 2 + CHAIR_LEG / 2, 3 - width / 2, prop.back_height),
                "seat_left": (0.0, width / 2, prop.height),
                "seat_right": (0.0, -width / 2, prop.height),
                "seat_front": (depth / 2, 0.0, prop.height),
            }
            for name, place in local.items():
                found[f"{prop.key}.{name}"] = stature(1.0) * (turn @ np.array(place) + np.array((*prop.at, 0.0)))
        elif isinstance(prop, DoorAnchor):
            found[f"{prop.key}.anchor"] = stature(1.0) * np.array(prop.at)
    return found
