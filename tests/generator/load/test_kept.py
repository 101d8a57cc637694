"""Texts are kept for the code that made them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from generator.load import kept
from generator.load.kept import KeptTexts, code_version
from generator.load.looks import kept_looks


def test_code_has_another_version_when_any_module_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    versions = set()
    for name, text in (("one_package", "A = 1"), ("two_package", "A = 2"), ("three_package", "A = 1")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("")
        (tmp_path / name / "module.py").write_text(text)
        versions.add(code_version((name,)))
    assert len(versions) == 2
    assert "one_package" not in sys.modules


def test_code_that_is_not_there_has_no_version() -> None:
    with pytest.raises(ModuleNotFoundError):
        code_version(("no_such_package",))


@pytest.mark.parametrize("package", ["generator.layout", "svgelements"])
def test_other_code_keeps_its_looks_apart(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before, known = kept_looks().folder, kept._package_hash
    monkeypatch.setattr(kept, "_package_hash", lambda name: b"another" if name == package else known(name))
    assert kept_looks().folder != before


def test_texts_of_the_oldest_versions_go(tmp_path: Path) -> None:
    folders = [tmp_path / f"version-{number}" for number in range(kept.VERSIONS + 3)]
    for number, folder in enumerate(folders):
        KeptTexts(folder).put("key", str(number))
        os.utime(folder, (number, number))
    assert sorted(tmp_path.iterdir()) == folders[-kept.VERSIONS :]
    assert KeptTexts(folders[-1]).get("key") == str(len(folders) - 1)
