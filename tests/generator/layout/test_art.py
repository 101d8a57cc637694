"""Drawings from SVG files: what is kept of them is what was read."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import ContentError
from generator.layout import art
from generator.layout.art import Drawing, drawing_of, painted, read_drawing
from tests.kit import LAYOUTS
from tests.memory import Memory

FILES = (*sorted((LAYOUTS / "art").glob("*.svg")), *sorted((LAYOUTS / "brands").glob("*/*.svg")))


@pytest.fixture(autouse=True)
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a new process."""
    monkeypatch.setattr(art, "_read", {})


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_kept_drawing_is_the_drawing(file: Path) -> None:
    drawn = drawing_of(file.read_bytes(), file.name)
    assert Drawing.from_json(drawn.to_json()) == drawn
    assert painted(Drawing.from_json(drawn.to_json()), str) == painted(drawn, str)


def test_what_was_kept_is_not_taken_apart_again(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory()
    first = read_drawing(FILES[0], memory)
    monkeypatch.setattr(art, "_read", {})
    monkeypatch.setattr(art, "drawing_of", None)
    assert read_drawing(FILES[0], memory) == first


def test_a_changed_file_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, memory = tmp_path / "mark.svg", Memory()
    text = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><path d="M0 0 L5 5" stroke="#000"/></svg>'
    file.write_text(text)
    before = read_drawing(file, memory)
    monkeypatch.setattr(art, "_read", {})
    file.write_text(text.replace("5 5", "9 9"))
    assert read_drawing(file, memory) != before


def test_a_broken_file_is_named_and_not_kept(tmp_path: Path) -> None:
    file, memory = tmp_path / "broken.svg", Memory()
    file.write_text("<svg")
    with pytest.raises(ContentError, match=r"broken\.svg: This drawing cannot be read\."):
        read_drawing(file, memory)
    assert not memory.texts
