from __future__ import annotations

import numpy as np
import pytest

from generator.figures import body
from generator.figures.body_points import MIDLINE_POINTS, PAIRED_POINTS, exists
from generator.figures.points import locate
from generator.figures.skeleton import POSTURES, Skeleton, pose_skeleton


def posed(**angles: float) -> Skeleton:
    values = np.zeros((1, len(body.ANGLES)))
    for name, value in angles.items():
        values[0, body.ANGLE_INDEX[name.replace("__", ".")]] = value
    return pose_skeleton(values, np.array([[0.0, 0.0, body.THIGH + body.SHANK + body.ANKLE_HEIGHT]]), "standing")


def test_standing_is_one_stature_tall_on_flat_feet() -> None:
    upright = posed()
    assert locate(upright, "heel_l")[0, 2] == pytest.approx(0.0, abs=1e-9)
    assert locate(upright, "head_top")[0, 2] == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("posture", POSTURES)
def test_every_posture_is_a_turn_without_mirroring(posture: str) -> None:
    turn = POSTURES[posture]
    assert np.allclose(turn @ turn.T, np.eye(3))
    assert np.linalg.det(turn) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("angle", "point", "axis", "sign"),
    [
        ("hip_r__flexion", "knee_r", 0, 1),
        ("hip_r__abduction", "knee_r", 1, -1),
        ("hip_l__abduction", "knee_l", 1, 1),
        ("knee_l__flexion", "ankle_l", 0, -1),
        ("ankle_r__dorsiflexion", "toe_r", 2, 1),
        ("shoulder_l__flexion", "hand_l", 0, 1),
        ("shoulder_r__abduction", "hand_r", 1, -1),
        ("elbow_r__flexion", "hand_r", 0, 1),
        ("trunk__side_bend", "head", 1, 1),
        ("trunk__flexion", "head", 0, 1),
        ("root__pitch", "head", 0, 1),
        ("root__roll", "head", 1, 1),
    ],
)
def test_positive_angles_move_the_way_a_clinician_means(angle: str, point: str, axis: int, sign: int) -> None:
    moved = locate(posed(**{angle: 30.0}), point) - locate(posed(), point)
    assert moved[0, axis] * sign > 0.02


def test_left_and_right_mirror_each_other() -> None:
    left = posed(
        hip_l__flexion=40, hip_l__abduction=20, hip_l__rotation=15, shoulder_l__abduction=70, elbow_l__flexion=50
    )
    right = posed(
        hip_r__flexion=40, hip_r__abduction=20, hip_r__rotation=15, shoulder_r__abduction=70, elbow_r__flexion=50
    )
    for name in PAIRED_POINTS:
        one, other = locate(left, f"{name}_l")[0], locate(right, f"{name}_r")[0]
        assert np.allclose(one, other * (1, -1, 1)), name


def test_many_poses_at_once_equal_each_alone() -> None:
    angles = np.zeros((2, len(body.ANGLES)))
    angles[1, body.ANGLE_INDEX["hip_r.flexion"]] = 60
    root = np.array([[0.0, 0.0, 0.5], [0.1, 0.0, 0.4]])
    both = pose_skeleton(angles, root, "standing")
    alone = pose_skeleton(angles[1:], root[1:], "standing")
    assert np.allclose(locate(both, "toe_r")[1], locate(alone, "toe_r")[0])


def test_every_named_point_can_be_found_and_others_cannot() -> None:
    upright = posed()
    for name in [*MIDLINE_POINTS, *(f"{base}_r" for base in PAIRED_POINTS), "thigh_side_r@0.8", "foot_flat_l"]:
        assert exists(name)
        assert locate(upright, name).shape == (1, 3)
    assert not any(exists(name) for name in ("heel", "pelvis_r", "thigh_side_r@far", "wing_l"))
