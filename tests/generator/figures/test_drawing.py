from __future__ import annotations

import re
import zlib
from typing import Any

import numpy as np
import pytest

from generator.figures.coloring import color_operands
from generator.figures.palette import INK_SAVER, PEOPLE, SMALLEST_GREY_GAP, Palette, grey_gaps, palette_for
from generator.figures.panels import gather, line_width
from generator.figures.parts import INTERIOR_LINE
from generator.figures.picture import Drawing, draw
from generator.figures.pose import Pose
from generator.figures.solve import solve
from generator.figures.solved import SolvedPose
from tests.generator.figures.poses import side_kick, solved, still

CARD = (166.0, 108.0)
COLORS = r"-?[\d.]+ -?[\d.]+ -?[\d.]+ (?:rg|RG)"


def card(name: str, **options: object) -> Drawing:
    return draw(solved(name), width=CARD[0], height=CARD[1], palette=Palette(), **options)  # type: ignore[arg-type]


def shown(pose: dict[str, Any]) -> Drawing:
    return draw(solve(Pose.model_validate(pose), "x"), width=CARD[0], height=CARD[1], palette=Palette())


def numbers(drawing: Drawing) -> list[str]:
    """Operands of paths."""
    text = re.sub(COLORS, "", drawing.operators.decode())
    return [word for line in re.findall(r"^.*\b(?:m|l|c|h)\b.*$", text, re.M) for word in re.findall(r"[-\d.]+", line)]


def test_the_same_pose_gives_the_same_bytes_also_from_its_file() -> None:
    again = SolvedPose.from_json(solved("bridge").to_json())
    assert card("bridge").operators == draw(again, width=166, height=108, palette=Palette()).operators


def test_operators_stand_alone_and_have_whole_coordinates() -> None:
    text = card("side_kick").operators.decode("ascii")
    opened = [word for word in text.split() if word in ("q", "Q")]
    depth = 0
    for word in opened:
        depth += 1 if word == "q" else -1
        assert depth >= 0
    assert depth == 0
    assert text.startswith("q ")
    assert all("." not in word for word in numbers(card("side_kick")))
    assert not re.search(r"\b(Tf|Tj|Do)\b", text)


@pytest.mark.parametrize("name", ["side_kick", "bridge", "still"])
@pytest.mark.parametrize("frame", [(166.0, 108.0), (130.0, 94.0), (344.0, 146.0), (166.0, 126.0)])
def test_everything_stands_inside_the_frame(name: str, frame: tuple[float, float]) -> None:
    drawing = draw(solved(name), width=frame[0], height=frame[1], palette=Palette())
    left, bottom, right, top = drawing.bbox
    assert 0 <= left < right <= frame[0]
    assert 0 <= bottom < top <= frame[1]
    assert max(right - left - frame[0], top - bottom - frame[1]) > -30


def test_mirroring_is_a_mirror_image() -> None:
    (plain,), (flipped,) = (gather(solved("side_kick"), ("end",), Palette(), mirrored=m) for m in (False, True))
    assert [part.name for part in plain.parts] == [part.name for part in flipped.parts]
    assert np.allclose(plain.low[0], -flipped.high[0], atol=0.004)
    assert np.allclose(plain.arrows[0][0] * (-1, 1), flipped.arrows[0][0])
    assert card("side_kick", mirrored=True).operators != card("side_kick").operators


def test_the_last_picture_alone_has_no_numbers_and_is_larger() -> None:
    both, end = card("side_kick"), card("side_kick", panels="end")
    assert len(end.operators) < 0.6 * len(both.operators)
    assert end.bbox[3] - end.bbox[1] >= both.bbox[3] - both.bbox[1] - 1


def test_a_pose_without_an_end_is_one_picture_with_its_arrow() -> None:
    assert card("still").operators == card("still", panels="end").operators
    (only,) = gather(solved("still"), ("end",), Palette(), mirrored=False)
    assert len(only.arrows) == 1


def test_the_worked_muscle_is_marked_in_the_last_picture_only() -> None:
    marked = b".784 .282 .110 rg".replace(b"0 rg", b" rg")
    start, end = gather(solved("side_kick"), ("start", "end"), Palette(), mirrored=False)
    assert not start.patches
    assert len(end.patches) == 1
    assert marked in card("side_kick").operators


def test_a_lens_repeats_what_it_looks_at_larger_and_costs_next_to_nothing() -> None:
    close = {"point": "forefoot_r", "radius": "14", "zoom": "2.5", "offset": ["-70", "60"]}
    plain, close_up = card("side_kick"), shown(side_kick() | {"close": close})
    matrices = re.findall(rb"2\.5 0 0 2\.5 -?\d+ -?\d+ cm", close_up.operators)
    assert len(matrices) == 2
    assert len(zlib.compress(close_up.operators, 9)) < len(zlib.compress(plain.operators, 9)) + 1200
    (panel,) = gather(
        solve(Pose.model_validate(side_kick() | {"close": close}), "x"), ("end",), Palette(), mirrored=True
    )
    assert panel.lens is not None
    assert panel.lens.place[0] > panel.lens.source[0]
    assert panel.high[0] >= panel.lens.place[0] + panel.lens.radius * panel.lens.zoom - 1e-9


def test_a_towel_under_the_arm_is_painted_with_the_arm() -> None:
    towel = {"type": "towel", "shape": "roll", "tucked": "upper_arm_inner_r@0.7", "axis": "x", "size": ["15", "7", "7"]}
    pose = Pose.model_validate(still() | {"props": [towel]})
    (panel,) = gather(solve(pose, "x"), ("end",), Palette(), mirrored=False)
    assert [part.name for part in panel.parts if part.held] == ["arm_r"]
    assert not panel.back


@pytest.mark.parametrize(("azimuth", "behind"), [("-170", True), ("10", False)])
def test_a_band_across_the_front_hides_behind_the_trunk_when_seen_from_behind(azimuth: str, behind: bool) -> None:
    band = [
        {"type": "door_anchor", "at": ["26", "66", "108"], "side": "left"},
        {"type": "long_band", "hands": ["grip_r"]},
    ]
    arm = {"shoulder_r": {"rotation": "-40"}, "elbow_r": {"flexion": "90"}}
    pose = still() | {"props": band, "view": {"azimuth": azimuth}}
    pose["start"] |= {"angles": arm}
    (panel,) = gather(solve(Pose.model_validate(pose), "x"), ("end",), Palette(), mirrored=False)
    held = [part.name for part in panel.parts if part.held]
    assert held == ([] if behind else ["arm_r"])


@pytest.mark.parametrize("prop", [{"type": "dumbbell", "hand": "r"}, {"type": "ball", "at": ["30", "0", "11"]}])
def test_a_dumbbell_and_a_ball_are_drawn(prop: dict[str, str]) -> None:
    plain, with_prop = shown(still()), shown(still() | {"props": [prop]})
    color = Palette().iron if prop["type"] == "dumbbell" else Palette().band
    fill = color_operands(color).encode()
    assert fill not in plain.operators
    assert fill in with_prop.operators


@pytest.mark.parametrize("name", ["side_kick", "bridge"])
def test_a_card_packs_small(name: str) -> None:
    assert len(zlib.compress(card(name).operators, 9)) < 12_000


def test_lines_are_thick_enough_to_print() -> None:
    assert line_width(80) >= 0.5
    assert line_width(140) > line_width(80)
    assert INTERIOR_LINE >= 0.5


@pytest.mark.parametrize("palette", [INK_SAVER, *(palette_for(person=person) for person in PEOPLE)])
def test_parts_that_touch_stay_apart_in_grey(palette: Palette) -> None:
    close = [(a, b, round(gap, 2)) for a, b, gap in grey_gaps(palette) if gap < SMALLEST_GREY_GAP]
    assert not close
