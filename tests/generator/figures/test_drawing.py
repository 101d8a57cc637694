from __future__ import annotations

import re
import zlib

import numpy as np
import pytest

from generator.figures.drawing import Drawing, draw
from generator.figures.palette import INK_SAVER, PEOPLE, SMALLEST_GREY_GAP, Palette, grey_gaps, palette_for
from generator.figures.panels import gather, line_width
from generator.figures.parts import INTERIOR_LINE
from generator.figures.solved import SolvedPose
from tests.generator.figures.poses import solved

CARD = (166.0, 108.0)
COLORS = r"-?[\d.]+ -?[\d.]+ -?[\d.]+ (?:rg|RG)"


def card(name: str, **options: object) -> Drawing:
    return draw(solved(name), width=CARD[0], height=CARD[1], palette=Palette(), **options)  # type: ignore[arg-type]


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
    plain, flipped = (gather(solved("side_kick"), "end", Palette(), mirrored=m, worked=True) for m in (False, True))
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
    assert len(gather(solved("still"), "end", Palette(), mirrored=False, worked=True).arrows) == 1


def test_the_worked_muscle_is_marked_in_the_last_picture_only() -> None:
    marked = b".784 .282 .110 rg".replace(b"0 rg", b" rg")
    start = gather(solved("side_kick"), "start", Palette(), mirrored=False, worked=False)
    end = gather(solved("side_kick"), "end", Palette(), mirrored=False, worked=True)
    assert not start.patches
    assert len(end.patches) == 1
    assert marked in card("side_kick").operators


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
