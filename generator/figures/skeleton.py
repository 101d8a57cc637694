"""Forward kinematics: joint angles to the place and turn of every segment, for many poses at once.

Conventions (k = +1 left, -1 right; degrees). Root: yaw about the world's z, then the posture, then pitch (+ forward)
and roll (+ left). Trunk and neck: flexion + forward, side_bend + left, rotation + left. Limbs: flexion + forward,
abduction + away from the body, rotation + outward; knees bend back; ankle dorsiflexion + toes up; foot turn + toes out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from generator.figures import body
from generator.figures.rotations import Array, rotate_x, rotate_y, rotate_z

_Angle: TypeAlias = Callable[[str], Array]

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


def _column(matrix: Array, index: int) -> Array:
    return matrix[..., :, index]


def _spine(pelvis: Array, root: Array, flexion: Array, side_bend: Array, rotation: Array) -> tuple[Array, Array]:
    """Turns (N, S, 3, 3) and places (N, S, 3) of the torso's slices."""
    heights = np.array(body.SPINE_HEIGHTS)
    middles = (heights[1:] + heights[:-1]) / 2
    every = np.concatenate((heights, middles))
    share = np.clip((every - body.SPINE_BEND_FROM) / (body.SPINE_BEND_TO - body.SPINE_BEND_FROM), 0.0, 1.0)
    bent = (
        rotate_y(flexion[:, None] * share) @ rotate_x(-side_bend[:, None] * share) @ rotate_z(rotation[:, None] * share)
    )
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

    def angle(name: str) -> Array:
        return angles[:, body.ANGLE_INDEX[name]]

    turns: dict[str, Array] = {}
    joints: dict[str, Array] = {}
    pelvis = (
        rotate_z(angle("root.yaw")) @ POSTURES[posture] @ rotate_y(angle("root.pitch")) @ rotate_x(-angle("root.roll"))
    )
    turns["pelvis"], joints["pelvis"] = pelvis, root
    spine_turns, spine = _spine(pelvis, root, angle("trunk.flexion"), angle("trunk.side_bend"), angle("trunk.rotation"))
    chest = spine_turns[:, -1]
    turns["chest"] = chest
    joints["chest"] = spine[:, -1] - _column(chest, 2) * body.SPINE_HEIGHTS[-1]
    half_neck = (
        rotate_y(angle("neck.flexion") / 2)
        @ rotate_x(-angle("neck.side_bend") / 2)
        @ rotate_z(angle("neck.rotation") / 2)
    )
    turns["neck"] = chest @ half_neck
    joints["neck"] = joints["chest"] + chest @ np.array(body.NECK_JOINT)
    turns["head"] = turns["neck"] @ half_neck
    joints["head"] = joints["neck"] + turns["neck"] @ np.array(body.HEAD_JOINT)
    for side, k in body.SIDES.items():
        _add_leg(turns, joints, angle, side, k)
        _add_arm(turns, joints, angle, side, k)
    return Skeleton(turns, joints, spine_turns, spine)


def _add_leg(turns: dict[str, Array], joints: dict[str, Array], angle: _Angle, side: str, k: float) -> None:
    thigh = (
        turns["pelvis"]
        @ rotate_y(-angle(f"hip_{side}.flexion"))
        @ rotate_x(k * angle(f"hip_{side}.abduction"))
        @ rotate_z(k * angle(f"hip_{side}.rotation"))
    )
    hip = joints["pelvis"] + turns["pelvis"] @ np.array((0.0, k * body.HIP_HALF_WIDTH, 0.0))
    shank = thigh @ rotate_y(angle(f"knee_{side}.flexion"))
    knee = hip - _column(thigh, 2) * body.THIGH
    ankle = knee - _column(shank, 2) * body.SHANK
    turned = rotate_y(-angle(f"ankle_{side}.dorsiflexion")) @ rotate_z(k * angle(f"foot_{side}.turn"))
    foot = shank @ turned @ rotate_x(-k * angle(f"ankle_{side}.inversion"))
    turns[f"thigh_{side}"], joints[f"thigh_{side}"] = thigh, hip
    turns[f"shank_{side}"], joints[f"shank_{side}"] = shank, knee
    turns[f"foot_{side}"], joints[f"foot_{side}"] = foot, ankle
    turns[f"toes_{side}"] = foot @ rotate_y(-angle(f"toes_{side}.extension"))
    joints[f"toes_{side}"] = ankle + foot @ np.array(body.TOE_JOINT)


def _add_arm(turns: dict[str, Array], joints: dict[str, Array], angle: _Angle, side: str, k: float) -> None:
    chest = turns["chest"]
    swing = (
        rotate_y(-angle(f"shoulder_{side}.flexion"))
        @ rotate_x(k * angle(f"shoulder_{side}.abduction"))
        @ rotate_z(k * angle(f"shoulder_{side}.rotation"))
    )
    # The shoulder blade follows the arm above 50 degrees (scapulohumeral rhythm): the joint rises and moves inward.
    along = -_column(swing, 2)
    elevation = np.rad2deg(np.arccos(np.clip(-along[:, 2], -1.0, 1.0)))
    rise = (
        np.maximum(0.0, elevation - _RHYTHM_FROM) / 130 * _RHYTHM_RISE + angle(f"scapula_{side}.elevation") / 40 * 0.03
    )
    inward = np.maximum(0.0, elevation - 80) / 100 * _RHYTHM_INWARD
    x, y, z = body.SHOULDER
    local = np.stack((x + _REACH * np.maximum(0.0, along[:, 0]), k * (y - inward), z + rise), axis=-1)
    shoulder = joints["chest"] + (chest @ local[:, :, None])[:, :, 0]
    upper_arm = chest @ swing
    bent = upper_arm @ rotate_y(-angle(f"elbow_{side}.flexion"))
    forearm = bent @ rotate_z(-k * angle(f"forearm_{side}.pronation"))
    elbow = shoulder - _column(upper_arm, 2) * body.UPPER_ARM
    wrist = elbow - _column(bent, 2) * body.FOREARM
    hand = forearm @ rotate_x(-k * angle(f"wrist_{side}.flexion"))
    turns[f"upper_arm_{side}"], joints[f"upper_arm_{side}"] = upper_arm, shoulder
    turns[f"forearm_{side}"], joints[f"forearm_{side}"] = forearm, elbow
    turns[f"hand_{side}"], joints[f"hand_{side}"] = hand, wrist
    turns[f"fingers_{side}"] = hand @ rotate_x(-k * angle(f"fingers_{side}.curl"))
    joints[f"fingers_{side}"] = wrist - _column(hand, 2) * body.KNUCKLES
