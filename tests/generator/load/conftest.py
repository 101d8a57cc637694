"""Content folders to break: a copy of what ships, fonts and drawings linked and not copied."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

SHIPPED = Path(__file__).parents[3]
Edit = Callable[[str, str, str], None]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A writable copy of the shipped content."""
    folder = tmp_path / "clinic"
    shutil.copytree(SHIPPED / "handouts", folder / "handouts")
    for part in ("brands", "pages"):
        shutil.copytree(SHIPPED / "layouts" / part, folder / "layouts" / part)
    for part in ("fonts", "art"):
        (folder / "layouts" / part).symlink_to(SHIPPED / "layouts" / part, target_is_directory=True)
    return folder


@pytest.fixture
def edit(content: Path) -> Edit:
    """Replaces text that must stand in a file of the copy."""

    def replace(name: str, old: str, new: str) -> None:
        path = content / name
        text = path.read_text(encoding="utf-8")
        assert old in text, (name, old)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace
