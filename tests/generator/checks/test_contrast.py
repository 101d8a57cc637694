"""Print gates: contrast in color and in grey."""

from __future__ import annotations

import pytest

from generator.checks.contrast import check_colors, contrast, grey_of
from generator.errors import Place
from tests.generator.checks.bench import library
from tests.generator.checks.content import messages, with_colors


@pytest.mark.parametrize(
    ("color", "ratio"),
    [("#16211F", 16.5), ("#0E4A45", 10.1), ("#465A57", 7.3), ("#5B6E6A", 5.4), ("#B3401A", 5.7), ("#000000", 21.0)],
)
def test_contrast_on_white_is_that_of_the_print_design(color: str, ratio: float) -> None:
    assert round(contrast(color, "#FFFFFF"), 1) == ratio
    assert contrast(color, "#FFFFFF") == contrast("#FFFFFF", color)


def test_grey_is_what_a_printer_makes_of_a_color() -> None:
    assert grey_of("#FF0000") == "#4C4C4C"
    assert grey_of("#FFFFFF") == "#FFFFFF"


def test_shipped_brands_and_layouts_pass() -> None:
    assert [one for one in messages(library()) if one.startswith("P")] == []


@pytest.mark.parametrize(
    ("name", "color", "message"),
    [
        ("primary", "#666666", "P01 error: primary has a contrast of 5.7 on white; 7 is the least."),
        ("accent", "#777777", "P01 error: accent has a contrast of 4.4 on white; 4.5 is the least."),
        ("ink", "#444444", "P01 error: ink has a contrast of 9.7 on white; 12 is the least."),
        ("slate", "#5F5F5F", "P01 error: slate has a contrast of 6.3 on white; 7 is the least."),
        ("box", "#7A7A7A", "P01 error: box has a contrast of 4.2 on white; 4.5 is the least."),
        ("top", "#A0A0A0", "P01 error: top has a contrast of 2.6 on white; 3 is the least."),
        ("shorts", "#9A9A9A", "P01 error: shorts has a contrast of 2.8 on white; 3 is the least."),
        ("shorts", "#8E8E8E", "P01 error: shorts has a contrast of 2.6 on mat; 3 is the least."),
        ("accent", "#8566C0", "P02 error: accent has a contrast of 4.2 on white in grey; 4.5 is the least."),
    ],
)
def test_pale_colors_are_refused(name: str, color: str, message: str) -> None:
    assert message in messages(with_colors("ascent", **{name: color}))


def test_shirt_and_shorts_differ_in_grey() -> None:
    assert messages(with_colors("ascent", top="#3A857C", shorts="#7C6A3A")) == [
        "P03 error: top and shorts differ by 0.01 in grey; 0.12 is the least."
    ]


def test_colors_of_a_layout_are_measured_too() -> None:
    found = list(check_colors({"stop": "#FF8888"}, lambda name: Place("layout.yaml", 3, name)))
    assert found[0].message == "stop has a contrast of 2.3 on white; 4.5 is the least."
    assert str(found[0].place) == "layout.yaml:3 (stop)"
    tinted = list(check_colors({"ink": "#000000", "care_tint": "#555555"}, lambda name: Place("layout.yaml")))
    assert [one.code for one in tinted] == ["P01", "P02"]
