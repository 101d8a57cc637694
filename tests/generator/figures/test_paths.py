from __future__ import annotations

import numpy as np
import pytest

from generator.figures.ink import Ink
from generator.figures.paths import (
    Path,
    Points,
    area,
    circle,
    covers,
    disc_outline,
    extremes,
    flatten,
    hull_of_circles,
    polygon,
    smooth,
    smooth_ring,
)


def counterclockwise(path: Path) -> bool:
    return area(flatten(path)) > 0


def test_the_hull_of_two_equal_circles_is_a_stadium() -> None:
    hull = hull_of_circles(np.array([[0.0, 0.0], [1.0, 0.0]]), np.array([0.5, 0.5]))
    low, high = flatten(hull).min(axis=0), flatten(hull).max(axis=0)
    assert np.allclose((*low, *high), (-0.5, -0.5, 1.5, 0.5), atol=0.01)
    assert area(flatten(hull)) == pytest.approx(1 + np.pi / 4, rel=0.02)
    assert counterclockwise(hull)


def test_a_circle_inside_another_leaves_the_outer_one() -> None:
    hull = hull_of_circles(np.array([[0.0, 0.0], [0.1, 0.0]]), np.array([1.0, 0.2]))
    assert area(flatten(hull)) == pytest.approx(np.pi, rel=0.03)


@pytest.mark.parametrize("corners", [[(0, 0), (1, 0), (1, 1), (0, 1)], [(0, 0), (0, 1), (1, 1), (1, 0)]])
def test_closed_paths_run_counterclockwise_so_that_clips_add_up(corners: Points) -> None:
    assert counterclockwise(polygon(corners))
    assert counterclockwise(smooth_ring(corners))
    assert counterclockwise(disc_outline(circle((3.0, 2.0), 0.5)))


def test_a_smooth_path_goes_through_its_points() -> None:
    points = [(0.0, 0.0), (1.0, 1.0), (2.0, 0.0), (3.0, 1.0)]
    path = smooth(points)
    assert path.verbs == "mccc"
    assert path.points[::3] == points


def test_covers_counts_what_is_inside_any_path() -> None:
    square = polygon([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)])
    spots = np.array([[0.5, 0.5], [2.0, 0.5], [3.0, 0.5]])
    assert covers([square, circle((3.0, 0.5), 0.2)], spots).tolist() == [True, False, True]


def test_a_disc_is_a_dot_of_a_round_pen_and_curves_in_a_clip() -> None:
    disc = circle((10.0, 5.0), 2.0)
    assert max(extremes(disc)) == (12, 5)
    ink = Ink(1.0, 0.0, 0.0)
    ink.fill(disc, "#FF0000")
    ink.clip([disc])
    ink.restore()
    lines = ink.operators().split("\n")
    assert lines[:3] == ["1 0 0 RG", "40 w", "100 50 m 100 50 l S"]
    assert lines[3] == "q"
    assert lines[4].endswith("h")
    assert lines[5:] == ["W n", "Q"]


def test_settings_are_written_once_and_again_after_a_clip() -> None:
    line = Path("ml", [(0.0, 0.0), (1.0, 1.0)])
    ink = Ink(1.0, 0.0, 0.0)
    for _ in range(2):
        ink.stroke([line], "#000000", 1.0)
    ink.clip([polygon([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)])])
    ink.stroke([line], "#FFFFFF", 1.0)
    ink.restore()
    ink.stroke([line], "#FFFFFF", 1.0)
    text = ink.operators()
    assert text.count("0 0 0 RG") == 1
    assert text.count("1 1 1 RG") == 2
