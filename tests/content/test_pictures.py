"""Shipped exercise pictures: all there, solved, through their checks, told apart in words, small on a page."""

from __future__ import annotations

import re

import deflate
import pytest

from generator.figures.alt_text import describe
from generator.figures.checks import CARD, FROM_NOTES, check
from generator.figures.measures import measure
from generator.figures.palette import palette_for
from generator.figures.picture import draw
from generator.load.poses import Poses
from generator.models.library import Library

LARGEST_CARD = 10_000
"""Bytes that a card's picture adds to a compressed page, at the writer's level."""

MOST_APART = 2
"""Angles of the notes that no picture can show; each says why in its pose."""
SAID_AS_A_CHANGE = {("pelvic-tilt", "end"): {10.0}}
"""Numbers of notes that are the way from picture 1 to picture 2: from an arch of 5 to a rounding of 5."""
_ANGLE = re.compile(r"\b(\d+)\b(?! cm)")


@pytest.fixture(scope="session")
def poses(library: Library) -> Poses:
    return Poses(library)


def test_every_exercise_has_a_picture(library: Library, poses: Poses) -> None:
    assert not [id for id, exercise in library.exercises.items() if id not in poses and exercise.picture is None]


def test_what_is_kept_is_what_the_poses_say(poses: Poses) -> None:
    assert not [id for id in poses if poses.kept(id) is None]


def test_no_picture_fails_a_check(poses: Poses) -> None:
    found = {id: [str(one) for one in check(solved) if one.severity == "fail"] for id, solved in poses.items()}
    assert not {id: failed for id, failed in found.items() if failed}


def test_waived_checks_say_why(poses: Poses) -> None:
    for id, solved in poses.items():
        assert all(len(reason.split()) >= 4 for reason in solved.pose.waive.values()), id


def test_no_two_pictures_are_told_in_the_same_words(library: Library, poses: Poses) -> None:
    words = library.languages["en"].figures
    told = [describe(solved, words) for solved in poses.values()]
    assert len(set(told)) == len(told)
    for id, solved in poses.items():
        if library.exercises[id].laterality == "each-side":
            assert describe(solved, words) != describe(solved, words, mirrored=True), id


def test_cards_draw_and_stay_small(poses: Poses) -> None:
    width, height = CARD
    for id, solved in poses.items():
        drawing = draw(solved, width=width, height=height, palette=palette_for())
        left, bottom, right, top = drawing.bbox
        assert -0.5 <= left < right <= width + 0.5, id
        assert -0.5 <= bottom < top <= height + 0.5, id
        assert len(deflate.zlib_compress(drawing.operators, 8)) <= LARGEST_CARD, id


def test_angles_of_the_notes_stand_beside_the_pose_as_numbers(library: Library, poses: Poses) -> None:
    """Every number of a note is a number of its picture: the check that holds the picture to them needs no reader."""
    for id, solved in poses.items():
        notes = library.exercises[id].pose_notes
        assert notes is not None, id
        for name in solved.pose.panels:
            said = {float(number) for number in _ANGLE.findall(notes.start if name == "start" else notes.end)}
            said -= SAID_AS_A_CHANGE.get((id, name), set())
            asked = {abs(value) for value in solved.pose.asked.angles(name).values()}
            assert said <= asked, (id, name, said - asked)
            assert asked, (id, name)


def test_no_angle_of_the_notes_is_waived_whole_and_those_apart_are_few(poses: Poses) -> None:
    assert not [id for id, solved in poses.items() if "angles" in solved.pose.waive]
    apart = [(id, one.angle) for id, solved in poses.items() for one in solved.pose.asked.apart]
    assert len(apart) <= MOST_APART, apart


def test_angles_that_stand_apart_really_do(poses: Poses) -> None:
    for id, solved in poses.items():
        for one in solved.pose.asked.apart:
            wanted = solved.pose.asked.angles(one.panel)[one.angle]
            assert abs(measure(solved.panel(one.panel), one.angle) - wanted) > FROM_NOTES, (id, one)
