"""Which folder is loaded from."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import UsageError
from generator.load.content import content_folder, plan_files, yaml_files
from tests.generator.load.conftest import SHIPPED


def test_the_folder_that_is_named_wins(content: Path, tmp_path: Path) -> None:
    assert content_folder(content, current=SHIPPED) == content
    with pytest.raises(UsageError, match="no folder handouts and no folder layouts"):
        content_folder(tmp_path)


def test_else_the_current_folder_if_it_has_both(content: Path, tmp_path: Path) -> None:
    assert content_folder(current=content) == content
    (tmp_path / "handouts").mkdir()
    assert content_folder(current=tmp_path) == SHIPPED


def test_files_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yml", ".hidden.yaml", "c.txt"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert [path.name for path in yaml_files(tmp_path)] == ["a.yml", "b.yaml"]
    assert yaml_files(tmp_path / "none") == ()
    assert len(plan_files(SHIPPED)) >= 13
