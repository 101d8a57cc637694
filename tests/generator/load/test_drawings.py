from __future__ import annotations

from pathlib import Path

import pytest

from generator.figures import drawing, picture
from generator.figures.palette import PEOPLE, palette_for
from generator.figures.picture import Drawing, draw
from generator.load.drawings import kept_drawings
from generator.load.kept import KeptTexts
from generator.load.poses import Poses
from tests.packs import library

POSES = Poses(library())


def drawn(keeper: KeptTexts | None, height: float = 90.0, person: int = 0) -> Drawing:
    picture._lines.cache_clear()
    return draw(
        POSES["glute-bridge"], width=150, height=height, palette=palette_for(person=PEOPLE[person]), keeper=keeper
    )


def test_a_kept_drawing_is_the_drawing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = KeptTexts(tmp_path)
    plain = [drawn(None), drawn(None, person=2), drawn(None, height=72.0)]
    assert drawn(keeper) == plain[0]
    assert drawn(keeper, height=72.0) == plain[2]
    monkeypatch.setattr(drawing, "paint", None)  # nothing can be drawn any more
    assert [drawn(keeper), drawn(keeper, person=2), drawn(keeper, height=72.0)] == plain
    assert len(list(tmp_path.iterdir())) == 2, "one for each frame, whatever the colors"


@pytest.mark.parametrize("damage", [lambda text: text[:-20], lambda text: "", lambda text: text.replace("1", "2")])
def test_a_damaged_file_is_drawn_anew(tmp_path: Path, damage: object) -> None:
    keeper, plain = KeptTexts(tmp_path), drawn(None)
    drawn(keeper)
    (file,) = tmp_path.iterdir()
    whole = file.read_text("utf-8")
    file.write_text(damage(whole), "utf-8")  # type: ignore[operator]
    assert drawn(keeper) == plain
    assert file.read_text("utf-8") == whole


def test_a_folder_that_cannot_be_made_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert drawn(KeptTexts(tmp_path / "file")) == drawn(None)


def test_other_code_keeps_its_drawings_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    before = kept_drawings().folder
    monkeypatch.setattr("generator.load.kept.code_version", lambda packages: "another")
    after = kept_drawings().folder
    assert (before.parent, before.name) != (after.parent, after.name) == (before.parent, "another")
