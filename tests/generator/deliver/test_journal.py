"""A record file survives being cut anywhere, says when it was damaged, and ends as the same bytes in any order."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.deliver.disk import StorageError
from generator.deliver.journal import DamagedRecord, Journal, Record

VALUES = st.dictionaries(st.sampled_from(["name", "state", "note"]), st.text(max_size=20) | st.integers(), max_size=3)
RECORDS = st.lists(st.builds(Record, st.sampled_from(["pack", "sheet"]), st.text(max_size=8), VALUES), max_size=12)


def opened(path: Path, *, writer: bool = True) -> Journal:
    return Journal(path, name="ledger", remedy="Restore it.", writer=writer)


def some(count: int, state: str = "done") -> list[Record]:
    return [Record("pack", f"{number:03}", {"state": state}) for number in range(count)]


def filled(path: Path, records: Iterable[Record]) -> bytes:
    with opened(path) as journal:
        journal.append(records)
    return path.read_bytes()


@settings(max_examples=50)
@given(records=RECORDS)
def test_what_was_appended_is_read_back_and_the_last_one_wins(
    tmp_path_factory: pytest.TempPathFactory, records: list[Record]
) -> None:
    path = tmp_path_factory.mktemp("journal") / "ledger.jsonl"
    journal = opened(path)
    for record in records:
        journal.append([record])
    journal.close(put_in_order=False)
    latest = {record.key: record for record in records}
    assert {record.key: record for record in opened(path).records()} == latest
    with opened(path):
        pass
    assert {record.key: record for record in opened(path).records()} == latest


def test_a_file_cut_at_any_byte_keeps_its_whole_lines_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    whole = filled(path, some(3))
    ends = [position + 1 for position, byte in enumerate(whole) if byte == ord("\n")]
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        lines = sum(end <= cut for end in ends)
        kept = opened(path, writer=False).records()
        assert len(kept) == max(0, lines - 1), "the header is a line, too"
        assert filled(path, some(3)) == whole


def test_a_torn_line_is_not_glued_to_the_next(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    whole = filled(path, some(2))
    path.write_bytes(whole[:-7])
    journal = opened(path)
    journal.append([Record("pack", "new", {})])
    journal.close(put_in_order=False)
    assert [record.id for record in opened(path).records()] == ["000", "new"]


@pytest.mark.parametrize("seed", range(20))
def test_a_changed_byte_in_an_earlier_line_is_named_with_its_line(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "ledger.jsonl"
    whole = bytearray(filled(path, some(6)))
    lines = bytes(whole).splitlines(keepends=True)
    chance = random.Random(seed)
    line = chance.randrange(1, 6)
    start = sum(map(len, lines[:line]))
    whole[start + chance.randrange(len(lines[line]) - 1)] ^= 1
    path.write_bytes(whole)
    with pytest.raises(DamagedRecord) as caught:
        opened(path)
    assert caught.value.place is not None
    assert caught.value.place.line == line + 1
    assert path.read_bytes() == whole


def test_order_and_history_leave_no_trace(tmp_path: Path) -> None:
    straight = filled(tmp_path / "a", some(40))
    shuffled = some(40)
    random.Random(1).shuffle(shuffled)
    with opened(tmp_path / "b") as journal:
        journal.append(some(40, "writing"))
    with opened(tmp_path / "b") as journal:
        for record in shuffled:
            journal.append([record])
        journal.append([Record("passing", "x", {})])
        journal.drop(("passing", "x"))
    assert (tmp_path / "b").read_bytes() == straight


def test_a_run_that_adds_nothing_does_not_touch_the_file(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    filled(path, some(3))
    before = path.stat()
    with opened(path) as journal:
        journal.append([])
    after = path.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_run_that_ends_badly_leaves_its_lines_as_they_came(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    journal = opened(path)
    journal.append(some(2, "writing"))
    journal.append(some(2))
    journal.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert len(path.read_bytes().splitlines()) == 5
    assert len(filled(path, []).splitlines()) == 3


def test_a_full_disk_leaves_no_part_of_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ledger.jsonl"
    journal = opened(path)
    journal.append(some(1))
    before = path.read_bytes()
    real_write = os.write
    written: list[int] = []

    def full_after_ten(descriptor: int, data: bytes) -> int:
        if written:
            raise OSError(28, "No space left on device")
        written.append(real_write(descriptor, data[:10]))
        return 10

    monkeypatch.setattr(os, "write", full_after_ten)
    with pytest.raises(StorageError, match="disk is full"):
        journal.append(some(5))
    monkeypatch.undo()
    assert path.read_bytes() == before
    journal.append(some(5))
    journal.close(put_in_order=True)
    assert len(opened(path).records()) == 5


def test_a_reader_beside_a_writer_sees_whole_lines_only(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    writer = opened(path)
    writer.append(some(2))
    with path.open("ab") as torn:
        torn.write(b'{"kind":"pack","id":"half')
    before = path.read_bytes()
    assert len(opened(path, writer=False).records()) == 2
    assert path.read_bytes() == before
    writer.close(put_in_order=False)


def test_a_file_of_a_newer_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ledger.jsonl"
    monkeypatch.setattr("generator.deliver.journal.FORMAT", 2)
    filled(path, some(1))
    monkeypatch.undo()
    with pytest.raises(DamagedRecord, match="newer version"):
        opened(path)
