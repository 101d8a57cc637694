from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from generator.errors import ContentError
from generator.figures.preview import main, read_pose

POSE = """
view: {azimuth: 10}
start:
  contacts:
    - {point: foot_l, touch: floor}
    - {point: foot_r, touch: floor}
"""


def test_it_writes_a_card_a_large_picture_and_a_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "stand.yaml").write_text(POSE, "utf-8")
    out = tmp_path / "out"
    assert main([str(tmp_path / "stand.yaml"), "--png", str(out), "--sheet", "--grey"]) == 0
    with Image.open(out / "stand-card.png") as card:
        assert card.size == (692, 451)
        red, green, blue = card.split()
        assert red.tobytes() == green.tobytes() == blue.tobytes()
        assert min(red.tobytes()) < 60
    assert (out / "stand-large.png").is_file()
    assert (out / "sheet.png").is_file()
    assert "trunk lean" in capsys.readouterr().out


def test_a_bad_pose_is_reported_and_the_others_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.yaml").write_text(POSE + "camera: high\n", "utf-8")
    (tmp_path / "good.yaml").write_text(POSE, "utf-8")
    assert main([str(tmp_path / "bad.yaml"), str(tmp_path / "good.yaml"), "--png", str(tmp_path), "--card"]) == 1
    assert "camera" in capsys.readouterr().out
    assert (tmp_path / "good-card.png").is_file()


def test_a_file_that_is_not_yaml_is_an_error_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("view: [1\nstart: }", "utf-8")
    with pytest.raises(ContentError) as fault:
        read_pose(tmp_path / "broken.yaml")
    assert fault.value.place is not None
    assert fault.value.place.line == 2
