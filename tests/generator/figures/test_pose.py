from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from generator.figures.angles import expand_free, flatten_angles
from generator.figures.pose import Pose
from generator.figures.props import prop_point_names, surface_names
from generator.figures.surfaces import prop_points, surfaces
from tests.generator.figures.poses import side_kick, still
from tests.packs import library


def refused(change: dict[str, Any]) -> str:
    with pytest.raises(ValidationError) as fault:
        Pose.model_validate(still() | change)
    return str(fault.value)


def test_numbers_may_arrive_as_words_and_null_leaves_a_coordinate_free() -> None:
    pose = Pose.model_validate(side_kick())
    contact = pose.panel("start").contacts[2]  # type: ignore[index]
    assert contact.at == (0.0, None, None)
    assert pose.view.azimuth == -14.0


def test_a_joint_without_its_side_sets_both_and_its_own_side_has_the_last_word() -> None:
    flat = flatten_angles({"hip_r": {"flexion": 30}, "hip": {"flexion": 10, "abduction": 5}})
    assert flat == {"hip_l.flexion": 10, "hip_r.flexion": 30, "hip_l.abduction": 5, "hip_r.abduction": 5}


def test_a_panel_takes_single_angles_but_whole_lists_of_contacts() -> None:
    end = Pose.model_validate(side_kick()).panel("end")
    assert end.angles["hip_r"] == {"abduction": 28.0}
    assert end.angles["hip_l"] == {"abduction": 1.0}
    assert [contact.point for contact in end.contacts or ()] == ["foot_l", "palm_l"]
    assert end.free == ("arm_l",)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"camera": {}}, "Extra inputs"),
        ({"highlight": ["itb_r"]}, "is not a muscle"),
        ({"highlight": ["glute_med"]}, "with its side"),
        ({"base": {"angles": {"knee_r": {"abduction": 5}}}}, "knee_r has no abduction"),
        ({"base": {"free": ["tail"]}}, "neither an angle nor a joint"),
        ({"start": {"contacts": [{"point": "tail_r", "touch": "floor"}]}}, "not a point of the body"),
        ({"start": {"contacts": [{"point": "heel_r", "touch": "step"}]}}, "nothing named step"),
        ({"start": {"contacts": [{"point": "heel_r"}]}}, "needs one of touch"),
        ({"start": {"contacts": []}}, "no contacts"),
        ({"waive": {"floor": "because"}}, "its reason in words"),
        ({"waive": {"beauty": "it is a nice one"}}, "Input should be"),
        ({"arrow": {"point": "heel_r"}}, "give it a direction"),
        ({"asked": {"end": {"knee_r": {"abduction": 5}}}}, "neither an angle nor one of trunk.lean"),
        ({"asked": {"apart": [{"panel": "end", "angle": "knee_r.flexion", "why": "no"}]}}, "at least 20 characters"),
        ({"close": {"point": "low_back", "zoom": 9, "offset": [0, 40]}}, "less than or equal to 4"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_reason(change: dict[str, Any], message: str) -> None:
    assert message in refused(change)


def test_free_names_stand_for_angles() -> None:
    assert expand_free("knee_l") == ("knee_l.flexion",)
    assert expand_free("hip.flexion") == ("hip_l.flexion", "hip_r.flexion")
    assert len(expand_free("leg_r")) == 6
    assert expand_free("root.pitch") == ("root.pitch",)


def test_equal_poses_have_equal_hashes_and_a_changed_angle_another() -> None:
    one, other = Pose.model_validate(side_kick()), Pose.model_validate(side_kick())
    changed = side_kick()
    changed["end"]["angles"]["hip_r"]["abduction"] = "29"
    assert one.content_hash == other.content_hash != Pose.model_validate(changed).content_hash


@pytest.mark.parametrize("pose", [side_kick(), still()])
def test_its_own_json_is_that_of_the_models(pose: dict[str, Any]) -> None:
    found = Pose.model_validate(pose)
    assert json.dumps(found.as_json()) == json.dumps(found.model_dump(mode="json"))


def test_its_own_json_is_that_of_the_models_for_all_that_ships() -> None:
    for exercise in library().exercises.values():
        if exercise.pose is not None:
            assert json.dumps(exercise.pose.as_json()) == json.dumps(exercise.pose.model_dump(mode="json"))


def test_names_of_what_can_be_touched_are_those_of_the_surfaces_and_points() -> None:
    poses = [exercise.pose for exercise in library().exercises.values() if exercise.pose is not None]
    for pose in poses:
        assert list(surface_names(pose.props)) == list(surfaces(pose.props))
        assert list(prop_point_names(pose.props)) == list(prop_points(pose.props))
    assert len({prop.type for pose in poses for prop in pose.props}) > 6
