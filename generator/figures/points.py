"""Where named points of the body are in the world, and its center of mass; `body_points` knows the names."""

from __future__ import annotations

from typing import Final

import numpy as np

from generator.figures import body
from generator.figures.body_points import CENTER_OF_MASS, expand, find_point
from generator.figures.rotations import Array
from generator.figures.skeleton import Skeleton

# Share of body mass and, along the bone from its upper joint, the center's place: Winter, "Biomechanics and Motor
# Control of Human Movement", table 4.1 (hand and foot taken with forearm and shank).
_LIMB_MASS: Final = {
    "thigh": (0.100, 0.433 * body.THIGH),
    "shank": (0.0465, 0.433 * body.SHANK),
    "foot": (0.0145, 0.0),
    "upper_arm": (0.028, 0.436 * body.UPPER_ARM),
    "forearm": (0.022, 0.682 * body.FOREARM),
}
_TORSO_MASS: Final = ((0.142, (-0.005, 0.0, 0.030)), (0.139, (0.0, 0.0, 0.110)), (0.216, (0.0, 0.0, 0.220)))
_HEAD_MASS: Final = 0.081


def locate(skeleton: Skeleton, name: str) -> Array:
    """World positions (N, 3) of a named point; of a group, the mean of its points."""
    if name == CENTER_OF_MASS:
        return center_of_mass(skeleton)
    parts = expand(name)
    if len(parts) > 1:
        places = [locate(skeleton, part) for part in parts]
        return np.asarray(sum(places[1:], places[0]) / len(places))
    point = find_point(name)
    if point.segment == "torso":
        return skeleton.place_on_torso((point.x, point.y, point.z))
    return skeleton.place(point.segment, (point.x, point.y, point.z))


def center_of_mass(skeleton: Skeleton) -> Array:
    """World positions (N, 3) of the body's center of mass."""
    total = _HEAD_MASS
    moment = _HEAD_MASS * skeleton.place("head", (0.0, 0.0, 0.04))
    for mass, place in _TORSO_MASS:
        total += mass
        moment = moment + mass * skeleton.place_on_torso(place)
    for segment, (mass, along) in _LIMB_MASS.items():
        for side in body.SIDES:
            total += mass
            forward = 0.025 if segment == "foot" else 0.0
            moment = moment + mass * skeleton.place(f"{segment}_{side}", (forward, 0.0, -along))
    return np.asarray(moment / total)
