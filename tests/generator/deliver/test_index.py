"""The private index finds a person however the name is typed, is private, and can be lost."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from generator.deliver.delivery import PackLabel, deliver, unchanged
from generator.deliver.folder import PackFolder
from generator.deliver.index import INDEX_FILE, Index
from tests.generator.deliver.packs import finished

PEOPLE = {
    "mrn-1": "Zofia Żółkiewska",
    "mrn-2": "José Ångström-Núñez",
    "mrn-3": "Nguyễn Thị Ánh",
    "mrn-4": "Mary O'Brien",
    "mrn-5": "Jürgen Weiß",
    "mrn-6": "Søren Æbelø",
}


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("packs")
    with PackFolder(path) as folder:
        deliver(folder, [finished(plan_id, name=name) for plan_id, name in PEOPLE.items()])
    return path


@pytest.mark.parametrize(
    ("typed", "plan_ids"),
    [
        ("zolkiewska", {"mrn-1"}),
        ("ŻÓŁKIEWSKA", {"mrn-1"}),
        ("Żółk, Zof", {"mrn-1"}),
        ("angstrom jose", {"mrn-2"}),
        ("nguyen anh", {"mrn-3"}),
        ("o'brien", {"mrn-4"}),
        ("O’Brien", {"mrn-4"}),
        ("weiss", {"mrn-5"}),
        ("soren aebelo", {"mrn-6"}),
        ("MRN-4", {"mrn-4"}),
        ("19mrn-5", {"mrn-5"}),
        ("mrn-", set(PEOPLE)),
        ("zofia brien", set()),
        ("", set()),
        (" ,", set()),
    ],
)
def test_find(indexed: Path, typed: str, plan_ids: set[str]) -> None:
    assert {entry.plan_id for entry in Index.load(indexed).find(typed)} == plan_ids


def test_find_by_the_pack_id_as_people_type_it(indexed: Path) -> None:
    pack_id = finished("mrn-3").pack_id
    for typed in (pack_id, pack_id.lower(), pack_id.replace("-", ""), pack_id.replace("0", "o").replace("1", "l")):
        (entry,) = Index.load(indexed).find(typed)
        assert (entry.plan_id, entry.file) == ("mrn-3", f"{pack_id}.pdf")


def test_names_are_in_the_index_only_and_it_is_for_this_user_only(indexed: Path) -> None:
    for file in indexed.iterdir():
        held = "Zofia" in file.read_bytes().decode("latin-1")
        assert held == (file.name == INDEX_FILE), file.name
    if sys.platform != "win32":
        assert stat.S_IMODE((indexed / INDEX_FILE).stat().st_mode) == 0o600


def test_a_repr_that_ends_in_a_log_tells_nobody_who_it_is() -> None:
    pack = finished("mrn-1", name="Zofia Secret")
    for shown in (repr(pack), repr(pack.index_entry())):
        assert "Zofia" not in shown
        assert "mrn-1" not in shown
        assert "%PDF" not in shown


def test_a_lost_index_comes_back_and_a_new_name_is_taken_over_without_drawing_anything(tmp_path: Path) -> None:
    pack = finished("mrn-1", name="Zofia Old")
    with PackFolder(tmp_path) as folder:
        deliver(folder, [pack])
    (tmp_path / INDEX_FILE).unlink()
    label: PackLabel = finished("mrn-1", name="Zofia New")
    with PackFolder(tmp_path) as folder:
        assert unchanged(folder, [label]) == [True]
    (entry,) = Index.load(tmp_path).entries()
    assert entry.name == "Zofia New"
