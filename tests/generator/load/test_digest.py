"""Hashes of content: every file counts by its path and its bytes, in an order that holds on every computer."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from generator.load.digest import content_hash, library_hash

FILES = ("handouts/a-b.yaml", "handouts/a/x.yaml", "handouts/a/y/z.yaml", "layouts/fonts/f.ttf", "layouts/pages/p.yaml")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    for name in (*reversed(FILES), "handouts/plans/patient.yaml", "handouts/scores.json"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, "utf-8")
    return tmp_path


def test_the_hash_of_content_is_that_of_its_files_in_the_order_of_their_paths(small: Path) -> None:
    whole = hashlib.sha256()
    for name in sorted(FILES, key=lambda name: name.split("/")):
        whole.update(name.encode() + b"\0" + hashlib.sha256(name.encode()).digest())
    assert content_hash(small) == whole.hexdigest()


@pytest.mark.parametrize("name", FILES)
def test_each_file_counts_by_its_bytes_and_its_name(name: str, small: Path) -> None:
    before, library = content_hash(small), library_hash(small)
    (small / name).write_text("other", "utf-8")
    assert content_hash(small) != before
    assert (library_hash(small) == library) == name.startswith("layouts/fonts")
    (small / name).rename((small / name).with_suffix(".old"))
    assert library_hash(small) != library


def test_plans_and_records_do_not_count(small: Path) -> None:
    before = content_hash(small), library_hash(small)
    for name in ("handouts/plans/patient.yaml", "handouts/scores.json"):
        (small / name).write_text("other", "utf-8")
    assert (content_hash(small), library_hash(small)) == before


@pytest.mark.parametrize("link", ["handouts/a/y", "layouts/fonts", "layouts"])
def test_content_with_a_link_has_no_hash_of_its_library(link: str, small: Path) -> None:
    (small / link).rename(small / "elsewhere")
    (small / link).symlink_to(small / "elsewhere")
    assert library_hash(small) is None
