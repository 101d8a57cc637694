from __future__ import annotations

from typing import Any

import pytest

from generator.figures.checks import Finding, check
from generator.figures.measures import measure
from generator.figures.pose import Pose
from generator.figures.solve import solve
from tests.generator.figures.poses import bridge, side_kick, solved


def findings(pose: dict[str, Any]) -> set[str]:
    return {finding.check for finding in check(solve(Pose.model_validate(pose), "pose", strict=False))}


@pytest.mark.parametrize("name", ["side_kick", "bridge"])
def test_a_good_pose_passes(name: str) -> None:
    assert check(solved(name)) == ()


def test_a_missed_contact_is_found() -> None:
    pose = side_kick()
    pose["end"]["contacts"].append({"point": "heel_r", "at": ["0", "-40", "60"]})
    assert "residual" in findings(pose)


def test_a_foot_that_slips_is_found() -> None:
    pose = side_kick()
    pose["end"]["contacts"] += [{"point": "pelvis", "at": ["20", "0", "null"]}]
    assert "moved" in findings(pose)


def test_a_joint_beyond_its_limit_is_found() -> None:
    pose = side_kick()
    pose["end"]["angles"]["knee_r"] = {"flexion": "-20"}
    assert "limits" in findings(pose)


def test_a_body_below_the_floor_is_found() -> None:
    pose = bridge()
    pose["start"]["contacts"] = [{"point": "pelvis", "at": ["0", "0", "2"]}]
    assert "floor" in findings(pose)


def test_a_leg_through_a_step_is_found() -> None:
    pose = side_kick()
    pose["props"].append({"type": "step", "at": ["0", "-12"], "size": ["40", "40", "20"]})
    assert "through_prop" in findings(pose)


def test_a_leaning_tower_is_found_unless_a_hand_holds_it() -> None:
    pose = side_kick()
    lean = {"root": {"roll": "-20"}, "hip_r": {"abduction": "28"}, "hip_l": {"abduction": "-20"}}
    pose["end"] = {
        "angles": lean,
        "contacts": [{"point": "ankle_l", "same": "start"}, {"point": "heel_l", "same": "start"}],
    }
    assert "balance" in findings(pose)
    pose["end"]["contacts"].append({"point": "palm_l", "to": "chair.back_top", "weight": "0.01"})
    assert "balance" not in findings(pose)


def test_an_arrow_on_the_body_is_found() -> None:
    pose = side_kick()
    pose["arrow"] = {"point": "ankle_r", "offset": ["0", "0"]}
    assert "arrow" in findings(pose)


def test_a_muscle_on_the_hidden_side_is_found() -> None:
    pose = bridge()
    pose["highlight"] = ["glute_med_l"]
    assert "highlight" in findings(pose)


def test_a_limb_that_points_at_the_viewer_is_found() -> None:
    pose = side_kick()
    pose["end"]["angles"]["hip_r"] = {"flexion": "85", "abduction": "15"}
    assert "foreshortening" in findings(pose)


def test_a_waived_check_is_left_out() -> None:
    pose = side_kick() | {"arrow": {"point": "ankle_r", "offset": ["0", "0"]}}
    assert findings(pose) == {"arrow"}
    assert findings(pose | {"waive": {"arrow": "the arrow shows a press"}}) == set()


def test_a_finding_says_where_what_and_how_much() -> None:
    finding = Finding("floor", "end", -3.2, -2.04, "foot_l below the floor, cm")
    assert str(finding) == "fail floor (end): foot_l below the floor, cm: -3.20, limit -2.04"


def test_an_angle_far_from_the_notes_is_found_unless_the_pose_says_why_it_cannot_be() -> None:
    asked = {"both": {"knee": {"flexion": "0"}}, "end": {"hip_r": {"abduction": "45"}, "trunk": {"lean": "0"}}}
    found = [
        one
        for one in check(solve(Pose.model_validate(side_kick() | {"asked": asked}), "pose"))
        if one.check == "angles"
    ]
    assert [one.panel for one in found] == ["end"]
    assert "hip_r.abduction is 28, the notes ask for 45" in str(found[0])
    apart = [{"panel": "end", "angle": "hip_r.abduction", "why": "The chair stands in the way of more."}]
    assert "angles" not in findings(side_kick() | {"asked": asked | {"apart": apart}})


def test_knees_that_tip_are_measured_square_to_the_mat() -> None:
    pose = bridge()
    for panel in ("start", "end"):
        pose[panel]["angles"] = {
            "hip": {"flexion": "50"},
            "knee": {"flexion": "90"},
            "root": {"yaw": "90", "roll": "90"},
        }
    pose["start"]["contacts"] = pose["end"]["contacts"] = [{"point": "pelvis", "at": ["0", "0", "20"]}]
    pose["start"]["free"] = pose["end"]["free"] = []
    pose["end"]["angles"] = pose["end"]["angles"] | {"root": {"yaw": "90", "roll": "90", "pitch": "-30"}}
    pose["end"]["angles"]["trunk"] = {"rotation": "30"}
    start, end = solve(Pose.model_validate(pose), "rolls").panels
    assert abs(measure(start, "knees.tip")) < 1
    assert abs(measure(end, "knees.tip") - 30) < 6
