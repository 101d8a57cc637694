"""The whole body as parts in the order in which they are painted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from generator.figures import body
from generator.figures.body_sweeps import LimbSweeps
from generator.figures.camera import Camera
from generator.figures.head import head
from generator.figures.limbs import arm, leg
from generator.figures.parts import Part, Scene
from generator.figures.pose import PartName
from generator.figures.rotations import Array
from generator.figures.skeleton import Skeleton
from generator.figures.torso import torso
from generator.values import dataclass

_FAR_SHARE: Final = 0.5
"""A limb is far when its joint lies behind the other side's by more than this share of their distance (30 degrees)."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What tells arms and legs apart when they are put in order."""

    joint: str
    other: str
    trunk: str
    far_weight: float
    ahead: float


_KINDS: Final = {
    "leg": _Kind("thigh", "shank", "pelvis", 0.5, 0.0),
    "arm": _Kind("upper_arm", "forearm", "chest", 0.75, 0.02),
}


def far_limbs(camera: Camera, skeleton: Skeleton) -> frozenset[str]:
    """Names of the limbs on the side away from the camera, such as "leg_l"; decided once, from picture 1."""
    found = set()
    for kind, names in _KINDS.items():
        left, right = (skeleton.joints[f"{names.joint}_{side}"][0] for side in ("l", "r"))
        gap = left - right
        share = float(camera.depth(gap)) / float(np.sqrt(gap @ gap))
        if abs(share) > _FAR_SHARE:
            found.add(f"{kind}_{'r' if share > 0 else 'l'}")
    return frozenset(found)


def figure_parts(scene: Scene, far: frozenset[str], order: Mapping[PartName, str]) -> list[Part]:
    """Torso, head, legs and arms, farthest first. order: part name -> "front" or "behind" of the torso."""
    trunk = torso(scene)
    top = head(scene)
    if top.depth >= trunk.depth - 0.12:
        top.depth = max(top.depth, trunk.depth + 0.002)
    parts, sweeps = [trunk, top], LimbSweeps(scene.camera, scene.skeleton)
    for side in body.SIDES:
        for kind, make in (("leg", leg), ("arm", arm)):
            part = make(scene, sweeps, side, far=f"{kind}_{side}" in far)
            part.depth = _limb_depth(scene, _KINDS[kind], side, trunk.depth, f"{kind}_{side}" in far)
            parts.append(part)
    named: Mapping[str, str] = dict(order.items())
    for part in parts:
        if place := named.get(part.name):
            part.depth = trunk.depth + (0.3 if place == "front" else -0.3)
    return sorted(parts, key=lambda part: (round(part.depth, 6), part.name))


def _limb_depth(scene: Scene, kind: _Kind, side: str, trunk_depth: float, far: bool) -> float:
    """Where a limb stands in the painting order, from how far it is before the trunk, square to the trunk's axis."""
    joints, camera = scene.skeleton.joints, scene.camera
    axis = scene.skeleton.turns[kind.trunk][0][:, 2]
    origin, joint, middle = (joints[name][0] for name in (kind.trunk, f"{kind.joint}_{side}", f"{kind.other}_{side}"))
    end = joints[f"{'foot' if kind.joint == 'thigh' else 'hand'}_{side}"][0]
    mean = (joint + middle) / 2 * (1 - kind.far_weight) + (middle + end) / 2 * kind.far_weight

    def before(vector: Array) -> float:
        return float(camera.depth(vector - axis * float(vector @ axis)))

    joint_before, mean_before = before(joint - origin), before(mean - origin)
    depth = trunk_depth + mean_before + (0.0 if far else 0.012) + kind.ahead
    is_arm = kind.joint == "upper_arm"
    if is_arm and (hand_before := before(end - origin)) > 0.02:
        depth = max(depth, trunk_depth + hand_before + 0.05)
    if joint_before > -0.030 and depth < trunk_depth + 0.01 and (not is_arm or mean_before > -0.07):
        depth = trunk_depth + 0.01 + 0.05 * max(-0.1, mean_before)
    if far and joint_before < -0.030 and trunk_depth < depth < trunk_depth + 0.03:
        depth = trunk_depth - 0.001
    return depth
