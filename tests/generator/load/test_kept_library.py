"""A kept library is the library; whatever changes the content, the code or the kept text makes it be loaded anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from generator.load import kept_library
from generator.load.kept import KeptTexts
from generator.load.kept_library import kept_libraries, read_kept
from generator.load.library import read_library
from generator.models.library import Library
from tests.generator.load.conftest import SHIPPED, Edit

CLAMSHELL = "handouts/exercises/clamshell.yaml"


@pytest.fixture
def shipped(content: Path) -> Path:
    """The writable copy without links."""
    for part in ("fonts", "art"):
        (content / "layouts" / part).unlink()
        shutil.copytree(SHIPPED / "layouts" / part, content / "layouts" / part)
    return content


@pytest.fixture
def kept(tmp_path_factory: pytest.TempPathFactory) -> KeptTexts:
    return KeptTexts(tmp_path_factory.mktemp("kept"))


@pytest.fixture
def only_kept(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called on, nothing can be loaded any more."""
    return lambda: monkeypatch.setattr(kept_library, "read_library", None)


def assert_same(one: Any, other: Any) -> None:
    """Equal, of the same kinds all through, and with the same fields given."""
    assert type(one) is type(other)
    if isinstance(one, BaseModel):
        assert one.model_fields_set == other.model_fields_set
        one, other = one.__dict__, other.__dict__
    if isinstance(one, dict):
        assert list(one) == list(other)
        for key in one:
            assert_same(one[key], other[key])
    elif isinstance(one, tuple | list):
        assert len(one) == len(other)
        for members in zip(one, other, strict=True):
            assert_same(*members)
    else:
        assert one == other


def test_a_kept_library_is_the_library(kept: KeptTexts, only_kept: Callable[[], None]) -> None:
    loaded = read_kept(SHIPPED, kept).whole()
    only_kept()
    found = read_kept(SHIPPED, kept).whole()
    for field in fields(Library):
        if field.name not in ("places", "evidence"):
            assert_same(getattr(found, field.name), getattr(loaded, field.name))
    for field in fields(loaded.evidence):
        assert_same(getattr(found.evidence, field.name), getattr(loaded.evidence, field.name))
    assert list(found.places) == list(loaded.places)
    path = ("dosage", "reps", 1)
    assert found.place_of("exercise", "clamshell", *path) == loaded.place_of("exercise", "clamshell", *path)


def test_content_with_an_error_is_not_kept(shipped: Path, edit: Edit, kept: KeptTexts) -> None:
    edit(CLAMSHELL, "reps: [10, 15]", "reps: [15, 10]")
    assert len(read_kept(shipped, kept).errors) == 1
    assert list(kept.folder.iterdir()) == []


def test_an_error_is_told_although_the_content_was_right_before(shipped: Path, edit: Edit, kept: KeptTexts) -> None:
    read_kept(shipped, kept).whole()
    edit(CLAMSHELL, "reps: [10, 15]", "reps: [15, 10]")
    assert [str(error) for error in read_kept(shipped, kept).errors] == [str(e) for e in read_library(shipped).errors]


@pytest.mark.parametrize("file", ["handouts/language/mail.en.yaml", "layouts/art/new.svg", "handouts/exercises/x.png"])
def test_whatever_is_loaded_counts(file: str, shipped: Path, kept: KeptTexts, only_kept: Callable[[], None]) -> None:
    read_kept(shipped, kept).whole()
    with (shipped / file).open("a", encoding="utf-8") as target:
        target.write("# more\n")
    only_kept()
    with pytest.raises(TypeError):
        read_kept(shipped, kept)


def test_plans_do_not_count_and_are_not_in_it(shipped: Path, kept: KeptTexts, only_kept: Callable[[], None]) -> None:
    read_kept(shipped, kept).whole()
    (shipped / "handouts" / "plans" / "new.yaml").write_text("name: Maya Torgersen\n", "utf-8")
    only_kept()
    assert read_kept(shipped, kept).whole()
    assert not any("Torgersen" in file.read_text("utf-8") for file in kept.folder.iterdir())


@pytest.mark.parametrize("link", ["layouts/art/link.svg", "layouts"])
def test_content_with_links_is_not_kept(link: str, shipped: Path, kept: KeptTexts) -> None:
    if (shipped / link).exists():
        (shipped / link).rename(shipped / "elsewhere")
    (shipped / link).symlink_to(shipped / "elsewhere")
    read_kept(shipped, kept)
    assert list(kept.folder.iterdir()) == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:-20],
        lambda text: "",
        lambda text: text.replace("generator.models.exercise.Exercise", "os.system"),
        lambda text: text.replace('["id","name"', '["name","id"'),
        lambda text: text.replace('"library":[0,', '"library":[99999,'),
        lambda text: text.replace('"library":', '"library":[[[["'),
    ],
)
def test_a_text_that_is_not_as_it_was_written_is_not_used(
    damage: Callable[[str], str], kept: KeptTexts, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = read_kept(SHIPPED, kept).whole()
    (file,) = kept.folder.iterdir()
    text = kept.get(file.name)
    assert text is not None
    assert damage(text) != text
    kept.put(file.name, damage(text))
    assert read_kept(SHIPPED, kept).whole() == loaded
    assert kept.get(file.name) == text, "it is kept anew"


def test_only_a_few_are_kept(kept: KeptTexts) -> None:
    for number in range(6):
        KeptTexts(kept.folder, most=4).put(str(number), "text")
    assert sorted(file.name for file in kept.folder.iterdir()) == ["2", "3", "4", "5"]


def test_a_folder_that_cannot_be_made_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert read_kept(SHIPPED, KeptTexts(tmp_path / "file")).whole().exercises


def test_other_code_keeps_its_libraries_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    before = kept_libraries().folder
    monkeypatch.setattr("generator.load.kept.code_version", lambda packages: "another")
    assert kept_libraries().folder != before
