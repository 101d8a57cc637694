"""A pack is replaced by its own plan only; one that is refused stops nobody else; a second run rewrites nothing."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from generator.deliver import keys
from generator.deliver.delivery import FinishedPack, deliver, unchanged
from generator.deliver.folder import PackFolder
from generator.deliver.index import INDEX_FILE, Index
from generator.deliver.ledger import LEDGER_FILE, Ledger
from generator.deliver.seen import SEEN_FILE
from generator.errors import PlanError
from tests.generator.deliver.packs import NAME, finished, group


def contents(path: Path) -> dict[str, bytes]:
    """Everything in a folder but its lock, which is empty, and what runs note of file times, which is no record."""
    return {file.name: file.read_bytes() for file in path.iterdir() if file.stat().st_size and file.name != SEEN_FILE}


def stamps(path: Path) -> dict[str, tuple[int, int]]:
    """Inode and time of the last change of each of these files: what was written again has others."""
    return {name: (stat.st_ino, stat.st_mtime_ns) for name in contents(path) for stat in [(path / name).stat()]}


def delivered(path: Path, packs: list[FinishedPack]) -> list[str]:
    with PackFolder(path) as folder:
        return [outcome.state for outcome in deliver(folder, packs)]


def test_packs_come_into_the_folder_as_they_are(tmp_path: Path) -> None:
    packs = group(70)
    assert delivered(tmp_path, packs) == ["written"] * 70
    held = contents(tmp_path)
    assert {pack.file_name: pack.pdf for pack in packs}.items() <= held.items()
    assert set(held) - {pack.file_name for pack in packs} == {LEDGER_FILE, INDEX_FILE}
    assert len(Ledger.load(tmp_path).entries("pack")) == len(Index.load(tmp_path).entries()) == 70


def test_the_second_run_rewrites_nothing(tmp_path: Path) -> None:
    packs = group(5)
    delivered(tmp_path, packs)
    before = stamps(tmp_path)
    with PackFolder(tmp_path) as folder:
        assert unchanged(folder, packs) == [True] * 5
    assert delivered(tmp_path, packs) == ["unchanged"] * 5
    assert stamps(tmp_path) == before


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    delivered(tmp_path, group(4))
    packs = [*group(2), *group(4, "2")[2:]]
    with PackFolder(tmp_path) as folder:
        assert unchanged(folder, packs) == [True, True, False, False]
    assert delivered(tmp_path, packs) == ["unchanged", "unchanged", "written", "written"]
    assert {pack.file_name: pack.pdf for pack in packs}.items() <= contents(tmp_path).items()


def test_any_order_and_any_number_of_calls_give_the_same_folder(tmp_path: Path) -> None:
    packs = group(40)
    delivered(tmp_path / "one", packs)
    random.Random(7).shuffle(packs)
    with PackFolder(tmp_path / "two") as folder:
        for start in range(0, 40, 9):
            deliver(folder, packs[start : start + 9])
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def colliding(pack: FinishedPack) -> FinishedPack:
    """A pack of another plan that came, by chance, to the same pack id."""
    other = finished("another plan", name="Somebody Else")
    return FinishedPack(
        pack_id=pack.pack_id,
        plan_digest=other.plan_digest,
        input_hash=other.input_hash,
        plan_id=other.plan_id,
        name=other.name,
        second_id=other.second_id,
        pdf=other.pdf,
        pages=2,
        versions={},
    )


@pytest.mark.parametrize("together", [True, False])
def test_a_pack_id_that_is_another_plans_is_refused_and_the_rest_go_on(tmp_path: Path, together: bool) -> None:
    first, second, third = finished("plan-1"), colliding(finished("plan-1")), finished("plan-3")
    with PackFolder(tmp_path) as folder:
        outcomes = deliver(folder, [first, second, third]) if together else deliver(folder, [first])
    if not together:
        with PackFolder(tmp_path) as folder:
            assert unchanged(folder, [second]) == [False]
            outcomes += deliver(folder, [second, third])
    assert [outcome.state for outcome in outcomes] == ["written", "refused", "written"]
    error = outcomes[1].error
    assert isinstance(error, PlanError)
    assert "already that of another plan" in str(error)
    assert not any(private in str(error) for private in ("Somebody", 'another plan"', NAME))
    assert (tmp_path / first.file_name).read_bytes() == first.pdf
    assert [entry.name for entry in Index.load(tmp_path).find("somebody")] == []


def test_another_plans_pack_is_not_this_plans_even_if_all_it_prints_is_the_same(tmp_path: Path) -> None:
    pack = finished("plan-1")
    delivered(tmp_path, [pack])
    with PackFolder(tmp_path) as folder:
        assert unchanged(folder, [replace(pack, plan_digest="0" * 64)]) == [False]


def test_the_other_sheets_of_a_pack_id_are_another_plans_too(tmp_path: Path) -> None:
    delivered(tmp_path, [finished("plan-1", sheet="log")])
    assert delivered(tmp_path, [colliding(finished("plan-1"))]) == ["refused"]


@pytest.mark.parametrize("kind", ["file", "folder", "dangling link"])
def test_what_no_run_has_made_is_never_overwritten(tmp_path: Path, kind: str) -> None:
    pack = finished("plan-1")
    stranger = tmp_path / pack.file_name
    if kind == "file":
        stranger.write_bytes(b"a letter")
    elif kind == "folder":
        stranger.mkdir()
    else:
        stranger.symlink_to(tmp_path / "nowhere")
    with PackFolder(tmp_path) as folder:
        refused, written = deliver(folder, [pack, finished("plan-2")])
    assert (refused.state, written.state) == ("refused", "written")
    assert "no run has put it there" in str(refused.error)
    assert stranger.is_symlink() if kind == "dangling link" else stranger.exists()
    if kind == "file":
        assert stranger.read_bytes() == b"a letter"
        stranger.unlink()
        assert delivered(tmp_path, [pack]) == ["written"]


def test_a_pack_that_was_tampered_with_is_put_right_by_its_own_plan(tmp_path: Path) -> None:
    pack = finished("plan-1")
    delivered(tmp_path, [pack])
    (tmp_path / pack.file_name).write_bytes(b"not this")
    assert delivered(tmp_path, [pack]) == ["written"]
    assert (tmp_path / pack.file_name).read_bytes() == pack.pdf


@pytest.mark.parametrize("first_is_skipped", [True, False])
def test_two_plans_of_one_run_with_one_id_do_not_replace_each_other(tmp_path: Path, first_is_skipped: bool) -> None:
    first, second = finished("plan-1"), finished("plan-1", version="2", name="Somebody Else")
    if first_is_skipped:
        delivered(tmp_path, [first])
    with PackFolder(tmp_path) as folder:
        if first_is_skipped:
            assert unchanged(folder, [first]) == [True]
        else:
            deliver(folder, [first])
        (outcome,) = deliver(folder, [second])
    assert "have the same id" in str(outcome.error)
    assert (tmp_path / first.file_name).read_bytes() == first.pdf
    assert not Index.load(tmp_path).find("somebody")


def test_the_same_plan_twice_in_one_run_is_one_pack(tmp_path: Path) -> None:
    assert delivered(tmp_path, [finished("plan-1"), finished("plan-1")]) == ["written", "unchanged"]


def test_a_sheet_stands_beside_its_pack(tmp_path: Path) -> None:
    pack, sheet = finished("plan-1"), finished("plan-1", sheet="log")
    with PackFolder(tmp_path) as folder:
        deliver(folder, [pack])
    assert delivered(tmp_path, [sheet]) == ["written"]
    assert sheet.file_name == f"{pack.pack_id}-log.pdf"
    held = contents(tmp_path)
    assert (held[pack.file_name], held[sheet.file_name]) == (pack.pdf, sheet.pdf)
    ledger = Ledger.load(tmp_path)
    assert [entry.id for entry in ledger.entries("sheet")] == [f"{pack.pack_id}-log"]
    assert ledger.is_current(pack.pack_id, pack.input_hash)
    assert not ledger.is_current(pack.pack_id, sheet.input_hash)
    assert delivered(tmp_path, [pack, sheet]) == ["unchanged", "unchanged"]


def test_a_file_that_is_held_open_elsewhere_is_refused_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    delivered(tmp_path, group(3))
    packs = group(3, "2")

    def in_use(source: Path, target: Path) -> None:
        if target.name == packs[1].file_name:
            raise PermissionError(13, "in use")
        source.replace(target)

    monkeypatch.setattr("generator.deliver.disk.rename", in_use)
    assert delivered(tmp_path, packs) == ["written", "refused", "written"]
    monkeypatch.undo()
    ledger = Ledger.load(tmp_path)
    assert ledger.is_current(packs[1].pack_id, group(3)[1].input_hash), "the old one is whole and still recorded"
    assert not ledger.is_unfinished(packs[1].pack_id)
    assert delivered(tmp_path, packs) == ["unchanged", "written", "unchanged"]


def test_nothing_private_is_in_any_file_name_or_error(tmp_path: Path) -> None:
    packs = [finished("MRN-4711", name=NAME), finished("MRN-4711", version="2", name=NAME)]
    with PackFolder(tmp_path) as folder:
        keys.folder_key(folder)
        (tmp_path / finished("MRN-4712").file_name).mkdir()
        outcomes = deliver(folder, [*packs, finished("MRN-4712"), colliding(packs[0])])
    assert [outcome.state for outcome in outcomes] == ["written", "refused", "refused", "refused"]
    shown = [repr(outcomes), *(str(outcome.error) for outcome in outcomes), *(file.name for file in tmp_path.iterdir())]
    for private in ("MRN", "4711", "Zofia", "Canary", "Somebody"):
        assert not any(private in text for text in shown), private
