"""Forward kinematics: joint angles to the place and turn of every segment, for many poses at once.

Conventions (k = +1 left, -1 right; degrees). Root: yaw about the world's z, then the posture, then pitch (+ forward)
and roll (+ left). Trunk and neck: flexion + forward, side_bend + left, rotation + left. Limbs: flexion + forward,
abduction + away from the body, rotation + outward; knees bend back; ankle dorsiflexion + toes up; foot turn + toes out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

import numpy as np

from generator.figures import body
from generator.figures.rotations import Array, about_x, about_y, about_z, cos_sin
from generator.values import dataclass

_Axis: TypeAlias = Callable[[Array, Array], Array]

_UPRIGHT: Final = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
_FACE_DOWN: Final = ((0, 0, 1), (0, 1, 0), (-1, 0, 0))
POSTURES: Final[Mapping[str, Array]] = {
    # Columns: where the body's front, left and head point in the world.
    "standing": np.array(_UPRIGHT, dtype=float),
    "seated": np.array(_UPRIGHT, dtype=float),
    "kneeling": np.array(_UPRIGHT, dtype=float),
    "supine": np.array(((0, 0, -1), (0, 1, 0), (1, 0, 0)), dtype=float),
    "prone": np.array(_FACE_DOWN, dtype=float),
    "quadruped": np.array(_FACE_DOWN, dtype=float),
    "side_lying_left": np.array(((0, 0, 1), (-1, 0, 0), (0, -1, 0)), dtype=float),
    "side_lying_right": np.array(((0, 0, -1), (-1, 0, 0), (0, 1, 0)), dtype=float),
}
"""Turn of the pelvis before pitch, roll and yaw."""

_RHYTHM_FROM: Final = 50.0
_RHYTHM_RISE: Final = 0.030
_RHYTHM_INWARD: Final = 0.018
_REACH: Final = 0.012


@dataclass(frozen=True, slots=True)
class Skeleton:
    """N poses of the body. turns: segment -> (N, 3, 3); joints: segment -> (N, 3), where the segment begins.

    spine_turns (N, S, 3, 3) and spine (N, S, 3) hold the torso's slices, S = len(body.TORSO_SECTIONS).
    """

    turns: Mapping[str, Array]
    joints: Mapping[str, Array]
    spine_turns: Array
    spine: Array

    def place(self, segment: str, local: tuple[float, float, float]) -> Array:
        """World position (N, 3) of a point in a segment's frame."""
        return np.asarray(self.joints[segment] + self.turns[segment] @ np.array(local))

    def place_on_torso(self, local: tuple[float, float, float]) -> Array:
        """World position (N, 3) of a point given by torso height, following the bent spine."""
        x, y, height = local
        heights = body.SPINE_HEIGHTS
        upper = int(np.clip(np.searchsorted(heights, height), 1, len(heights) - 1))
        share = (height - heights[upper - 1]) / (heights[upper] - heights[upper - 1])
        flat = np.array((x, y, 0.0))
        low = self.spine[:, upper - 1] + self.spine_turns[:, upper - 1] @ flat
        high = self.spine[:, upper] + self.spine_turns[:, upper] @ flat
        return np.asarray(low * (1.0 - share) + high * share)

    def turn_on_torso(self, height: float) -> Array:
        """World turn (N, 3, 3) of the torso slice nearest to a height."""
        nearest = int(np.argmin(np.abs(np.array(body.SPINE_HEIGHTS) - height)))
        return np.asarray(self.spine_turns[:, nearest])

    def one(self, index: int) -> Skeleton:
        """A skeleton of a single pose (N = 1)."""
        pick = slice(index, index + 1)
        return Skeleton(
            {name: turn[pick] for name, turn in self.turns.items()},
            {name: joint[pick] for name, joint in self.joints.items()},
            self.spine_turns[pick],
            self.spine[pick],
        )


class _Angles:
    """The angles of N poses with their cosines and sines. A name without its side gives both sides, left first."""

    def __init__(self, degrees: Array) -> None:
        self.degrees = degrees
        self._cos, self._sin = cos_sin(degrees)

    def of(self, name: str) -> Array:
        """Degrees: (N,), or (2, N) for both sides."""
        return np.asarray(self.degrees.T[_PLACES[name]])

    def turn(self, about: _Axis, name: str, sign: Array | float = 1.0) -> Array:
        """Matrices that turn by an angle times a sign of 1 or -1."""
        place = _PLACES[name]
        return about(self._cos.T[place], self._sin.T[place] * sign)


_PLACES: Final = dict(body.ANGLE_INDEX) | {
    f"{joint}.{motion}": [body.ANGLE_INDEX[f"{joint}_{side}.{motion}"] for side in body.SIDES]
    for joint in body.PAIRED_JOINTS
    for motion in body.JOINTS[f"{joint}_l"]
}
"""Columns of an angle's name."""
_BOTH: Final = np.array(tuple(body.SIDES.values()))[:, None]
"""The sign of y of both sides, for arrays (2, N)."""


def _spine(pelvis: Array, root: Array, flexion: Array, side_bend: Array, rotation: Array) -> tuple[Array, Array]:
    """Turns (N, S, 3, 3) and places (N, S, 3) of the torso's slices."""
    heights = np.array(body.SPINE_HEIGHTS)
    middles = (heights[1:] + heights[:-1]) / 2
    every = np.concatenate((heights, middles))
    share = np.clip((every - body.SPINE_BEND_FROM) / (body.SPINE_BEND_TO - body.SPINE_BEND_FROM), 0.0, 1.0)
    cos, sin = cos_sin(np.stack((flexion, -side_bend, rotation))[..., None] * share)
    bent = about_y(cos[0], sin[0]) @ about_x(cos[1], sin[1]) @ about_z(cos[2], sin[2])
    turns = pelvis[:, None] @ bent
    steps = turns[:, len(heights) :, :, 2] * np.diff(heights)[:, None]
    climbed = np.concatenate((np.zeros((len(root), 1, 3)), np.cumsum(steps, axis=1)), axis=1)
    places = root[:, None] + climbed - climbed[:, body.HIPS_LEVEL : body.HIPS_LEVEL + 1]
    return turns[:, : len(heights)], places


def pose_skeleton(angles: Array, root: Array, posture: str) -> Skeleton:
    """The skeleton of N poses.

    angles: (N, len(body.ANGLES)) degrees in that order. root: (N, 3), the point midway between the hip joints.
    posture: a key of POSTURES.
    """
    angle = _Angles(angles)
    turns: dict[str, Array] = {}
    joints: dict[str, Array] = {}
    tipped = angle.turn(about_y, "root.pitch") @ angle.turn(about_x, "root.roll", -1.0)
    pelvis = angle.turn(about_z, "root.yaw") @ POSTURES[posture] @ tipped
    turns["pelvis"], joints["pelvis"] = pelvis, root
    bends = (angle.of(f"trunk.{motion}") for motion in ("flexion", "side_bend", "rotation"))
    spine_turns, spine = _spine(pelvis, root, *bends)
    chest = spine_turns[:, -1]
    turns["chest"] = chest
    joints["chest"] = spine[:, -1] - chest[..., 2] * body.SPINE_HEIGHTS[-1]
    half = np.stack([angle.of(f"neck.{motion}") for motion in ("flexion", "side_bend", "rotation")]) / 2
    cos, sin = cos_sin(half)
    half_neck = about_y(cos[0], sin[0]) @ about_x(cos[1], -sin[1]) @ about_z(cos[2], sin[2])
    turns["neck"] = chest @ half_neck
    joints["neck"] = joints["chest"] + chest @ np.array(body.NECK_JOINT)
    turns["head"] = turns["neck"] @ half_neck
    joints["head"] = joints["neck"] + turns["neck"] @ np.array(body.HEAD_JOINT)
    for paired_turns, paired_joints in (_legs(pelvis, root, angle), _arms(chest, joints["chest"], angle)):
        for index, side in enumerate(body.SIDES):
            turns.update({f"{name}_{side}": both[index] for name, both in paired_turns.items()})
            joints.update({f"{name}_{side}": both[index] for name, both in paired_joints.items()})
    return Skeleton(turns, joints, spine_turns, spine)


_Paired: TypeAlias = tuple[dict[str, Array], dict[str, Array]]
"""Turns (2, N, 3, 3) and joints (2, N, 3) of both sides, by segment."""


def _legs(pelvis: Array, root: Array, angle: _Angles) -> _Paired:
    swung = angle.turn(about_y, "hip.flexion", -1.0) @ angle.turn(about_x, "hip.abduction", _BOTH)
    thigh = pelvis @ swung @ angle.turn(about_z, "hip.rotation", _BOTH)
    hip = root + pelvis[..., 1] * (_BOTH[..., None] * body.HIP_HALF_WIDTH)
    shank = thigh @ angle.turn(about_y, "knee.flexion")
    knee = hip - thigh[..., 2] * body.THIGH
    ankle = knee - shank[..., 2] * body.SHANK
    turned = angle.turn(about_y, "ankle.dorsiflexion", -1.0) @ angle.turn(about_z, "foot.turn", _BOTH)
    foot = shank @ turned @ angle.turn(about_x, "ankle.inversion", -_BOTH)
    toes = foot @ angle.turn(about_y, "toes.extension", -1.0)
    return (
        {"thigh": thigh, "shank": shank, "foot": foot, "toes": toes},
        {"thigh": hip, "shank": knee, "foot": ankle, "toes": ankle + foot @ np.array(body.TOE_JOINT)},
    )


def _arms(chest: Array, chest_joint: Array, angle: _Angles) -> _Paired:
    swing = angle.turn(about_y, "shoulder.flexion", -1.0) @ angle.turn(about_x, "shoulder.abduction", _BOTH)
    swing = swing @ angle.turn(about_z, "shoulder.rotation", _BOTH)
    # The shoulder blade follows the arm above 50 degrees (scapulohumeral rhythm): the joint rises and moves inward.
    along = -swing[..., 2]
    elevation = np.rad2deg(np.arccos(np.clip(-along[..., 2], -1.0, 1.0)))
    lifted = angle.of("scapula.elevation") / 40 * 0.03
    rise = np.maximum(0.0, elevation - _RHYTHM_FROM) / 130 * _RHYTHM_RISE + lifted
    inward = np.maximum(0.0, elevation - 80) / 100 * _RHYTHM_INWARD
    x, y, z = body.SHOULDER
    local = np.stack((x + _REACH * np.maximum(0.0, along[..., 0]), _BOTH * (y - inward), z + rise), axis=-1)
    shoulder = chest_joint + (chest @ local[..., None])[..., 0]
    upper_arm = chest @ swing
    bent = upper_arm @ angle.turn(about_y, "elbow.flexion", -1.0)
    forearm = bent @ angle.turn(about_z, "forearm.pronation", -_BOTH)
    elbow = shoulder - upper_arm[..., 2] * body.UPPER_ARM
    wrist = elbow - bent[..., 2] * body.FOREARM
    hand = forearm @ angle.turn(about_x, "wrist.flexion", -_BOTH)
    fingers = hand @ angle.turn(about_x, "fingers.curl", -_BOTH)
    return (
        {"upper_arm": upper_arm, "forearm": forearm, "hand": hand, "fingers": fingers},
        {"upper_arm": shoulder, "forearm": elbow, "hand": wrist, "fingers": wrist - hand[..., 2] * body.KNUCKLES},
    )
