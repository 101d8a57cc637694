from __future__ import annotations

import pytest

from generator.errors import ContentError, Place
from generator.figures.fields import stature
from generator.figures.points import locate
from generator.figures.pose import Pose
from generator.figures.solve import solve
from generator.figures.solved import SolvedPose, source_hash
from generator.figures.solved_skeleton import panel_skeleton
from tests.generator.figures.poses import side_kick, solved, still


def test_contacts_are_met() -> None:
    start, end = (panel_skeleton(panel) for panel in solved("side_kick").panels)
    assert abs(locate(start, "heel_l")[0, 2]) < 0.003
    gap = locate(end, "palm_l")[0] - locate(start, "palm_l")[0]
    assert abs(gap).max() < 0.005


def test_angles_that_are_not_free_stay_as_they_were_written() -> None:
    assert solved("side_kick").panels[1].angle("hip_r.abduction") == 28.0
    assert solved("bridge").panels[1].angle("hip_l.flexion") == 0.0


def test_angles_are_rounded_so_that_every_machine_draws_the_same() -> None:
    for panel in solved("bridge").panels:
        assert all(round(angle, 1) == angle for angle in panel.angles)
        assert all(round(value, 5) == value for value in panel.root)


def test_a_contact_that_cannot_be_met_names_exercise_picture_contact_and_miss() -> None:
    pose = side_kick()
    pose["end"]["contacts"].append({"point": "heel_r", "at": ["0", "-40", "60"]})
    with pytest.raises(ContentError) as fault:
        solve(Pose.model_validate(pose), "side-kick", place=Place("side-kick.yaml", 3, "pose"))
    assert "side-kick: in the end picture the contact “heel_r at its place” is" in str(fault.value)
    assert "cm off" in fault.value.message
    assert fault.value.place == Place("side-kick.yaml", 3, "pose")


def test_a_wish_and_a_waived_miss_do_not_stop_the_run() -> None:
    pose = side_kick()
    far = {"point": "heel_r", "at": ["0", "-40", "40"]}
    pose["end"]["contacts"].append(far | {"weight": "0.01"})
    assert solve(Pose.model_validate(pose), "wish").panels[1].misses
    pose["end"]["contacts"][-1] = far
    assert solve(Pose.model_validate(pose | {"waive": {"residual": "the heel is drawn too high"}}), "waived")


def test_a_solved_pose_survives_its_file() -> None:
    kept = solved("side_kick").to_json()
    again = SolvedPose.from_json(kept)
    assert again == solved("side_kick")
    assert again.content_hash == solved("side_kick").content_hash
    assert hash(again) == hash(solved("side_kick"))
    assert again.source == source_hash(Pose.model_validate(side_kick())) != source_hash(Pose.model_validate(still()))


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"name": "x"}'])
def test_a_broken_file_is_an_error_with_advice(text: str) -> None:
    with pytest.raises(ContentError, match="cannot be read"):
        SolvedPose.from_json(text)


def test_a_point_touches_a_wall_and_rolls_on_a_roller() -> None:
    pose = still()
    pose["props"] = [{"type": "wall", "side": "right", "distance": "40"}, {"type": "roller", "at": ["0", "0"]}]
    pose["base"] = {"posture": "side_lying_right"}
    pose["start"] = {
        "contacts": [
            {"point": "thigh_side_r@0.5", "touch": "roller", "at": ["0", "0", "null"]},
            {"point": "head_top", "touch": "wall", "weight": "0.01"},
        ]
    }
    skeleton = panel_skeleton(solve(Pose.model_validate(pose), "rolling").panels[0])
    assert abs(locate(skeleton, "thigh_side_r@0.5")[0, 2] - stature(15)) < 0.005
