from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.figures import body
from generator.figures.alt_text import describe
from generator.figures.pose import Pose
from generator.figures.props import Prop
from generator.figures.skeleton import POSTURES
from generator.figures.solve import solve
from tests.generator.figures.poses import side_kick, solved

WORDS = Path(__file__).parents[3] / "handouts" / "language" / "figures.en.yaml"


@pytest.fixture(scope="module")
def words() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(WORDS.read_text("utf-8"))
    return found


def test_it_says_posture_props_support_movement_arrow_and_muscle(words: dict[str, Any]) -> None:
    text = describe(solved("side_kick"), words)
    assert text.startswith("Standing, with a chair and a loop band. Picture 1: ")
    assert "left hand on the back of the chair" in text
    assert "Picture 2: right leg 30 degrees out to the side." in text
    assert "The arrow at the right ankle points to the right." in text
    assert "side of the right hip" in text


def test_the_other_side_swaps_every_left_and_right(words: dict[str, Any]) -> None:
    plain, mirrored = (describe(solved("side_kick"), words, mirrored=m) for m in (False, True))
    swapped = plain.replace("left", "#").replace("right", "left").replace("#", "right")
    assert mirrored == swapped != plain


def test_alike_sides_are_said_once_and_lifted_hips_are_said(words: dict[str, Any]) -> None:
    text = describe(solved("bridge"), words)
    assert "both knees bent 90 degrees" in text
    assert "Picture 2: hips lifted" in text
    assert "left knee" not in text


def test_one_picture_has_no_numbers(words: dict[str, Any]) -> None:
    text = describe(solved("still"), words)
    assert "Picture" not in text
    assert "The arrow at the right thigh points to the right." in text


def test_hand_written_text_takes_the_place_of_the_described_one(words: dict[str, Any]) -> None:
    pose = side_kick() | {"alt": {"end": "Picture 2: the {right} foot draws an arc."}}
    written = solve(Pose.model_validate(pose), "side-kick")
    assert "Picture 2: the right foot draws an arc." in describe(written, words)
    assert "Picture 2: the left foot draws an arc." in describe(written, words, mirrored=True)
    assert "Picture 1: left" in describe(written, words)


def test_everything_that_a_pose_can_name_has_words(words: dict[str, Any]) -> None:
    kinds = {kind.model_fields["type"].annotation.__args__[0] for kind in Prop.__args__[0].__args__}
    assert kinds == set(words["props"])
    assert set(POSTURES) == set(words["postures"])
    assert set(body.MUSCLES) == set(words["muscles"])
    assert set(body.SIDES) == set(words["sides"])
