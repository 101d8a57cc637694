"""The sweeps of a posed body: limbs of one kind together, both sides at once."""

from __future__ import annotations

from typing import Final

import numpy as np

from generator.figures import body
from generator.figures.camera import Camera
from generator.figures.skeleton import Skeleton
from generator.figures.sweep import Bundle, Sweep, limb_bundle, torso_sweep

_HEMS: Final = {"thigh": body.SHORTS_SECTIONS, "upper_arm": body.SLEEVE_SECTIONS}
"""Index of the section at which clothes end."""


def limb_bundles(camera: Camera, skeleton: Skeleton) -> dict[str, Bundle]:
    """Kind of segment -> its sweeps, left before right."""
    found = {}
    for base, length in body.BONES.items():
        names = [f"{base}_{side}" for side in body.SIDES]
        turns = np.stack([skeleton.turns[name][0] for name in names])
        joints = np.stack([skeleton.joints[name][0] for name in names])
        found[base] = limb_bundle(camera, turns, joints, body.LIMB_SECTIONS[base], length)
    return found


def body_sweeps(camera: Camera, skeleton: Skeleton) -> dict[str, Sweep]:
    """The sweeps of torso and limbs, by segment."""
    found = {"torso": torso_sweep(camera, skeleton.spine[0], skeleton.spine_turns[0], body.TORSO_SECTIONS)}
    for base, bundle in limb_bundles(camera, skeleton).items():
        for side, sweep in zip(body.SIDES, bundle.sweeps(), strict=True):
            found[f"{base}_{side}"] = sweep
    return found


class LimbSweeps:
    """What arms and legs are drawn from. skin: segment -> sweep. cloth: segment -> trouser leg or sleeve over it."""

    def __init__(self, camera: Camera, skeleton: Skeleton) -> None:
        self.skin: dict[str, Sweep] = {}
        self.cloth: dict[str, Sweep] = {}
        for base, bundle in limb_bundles(camera, skeleton).items():
            hem = _HEMS.get(base)
            names = [f"{base}_{side}" for side in body.SIDES]
            self.skin.update(zip(names, bundle.sweeps(() if hem is None else (hem - 1,)), strict=True))
            if hem is not None:
                self.cloth.update(zip(names, bundle.garments(body.CLOTH, hem), strict=True))
