"""The ledger believes the file on the disk, not itself, and keeps what later versions wrote into it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from generator.deliver.delivery import deliver
from generator.deliver.folder import PackFolder
from generator.deliver.journal import Record
from generator.deliver.ledger import LEDGER_FILE, Ledger
from tests.generator.deliver.packs import NAME, finished


def test_an_entry_says_what_the_file_is(tmp_path: Path) -> None:
    pack = finished("plan-1")
    with PackFolder(tmp_path) as folder:
        deliver(folder, [pack])
    entry = Ledger.load(tmp_path).entry(pack.pack_id)
    assert entry is not None
    assert (entry.kind, entry.pages, entry.size, entry.state) == ("pack", 6, len(pack.pdf), "done")
    assert entry.sha256 == hashlib.sha256((tmp_path / pack.file_name).read_bytes()).hexdigest()
    assert (entry.plan_digest, entry.input_hash) == (pack.plan_digest, pack.input_hash)
    assert dict(entry.versions) == {"product": "0.1", "content": "c0ffee"}
    assert Ledger.load(tmp_path).entry("0000-000000") is None


@pytest.mark.parametrize("harm", ["gone", "shorter", "one byte", "other inputs", "a folder"])
def test_a_pack_is_current_only_while_file_and_inputs_are_the_same(tmp_path: Path, harm: str) -> None:
    pack = finished("plan-1")
    with PackFolder(tmp_path) as folder:
        deliver(folder, [pack])
    file = tmp_path / pack.file_name
    input_hash = pack.input_hash
    assert Ledger.load(tmp_path).is_current(pack.pack_id, input_hash)
    if harm in ("gone", "a folder"):
        file.unlink()
    if harm == "a folder":
        file.mkdir()
    if harm == "shorter":
        file.write_bytes(pack.pdf[:-1])
    if harm == "one byte":
        file.write_bytes(pack.pdf[:-9] + b"!" + pack.pdf[-8:])
    if harm == "other inputs":
        input_hash = "other"
    assert not Ledger.load(tmp_path).is_current(pack.pack_id, input_hash)


def test_the_ledger_holds_no_name_no_plan_id_and_no_time(tmp_path: Path) -> None:
    with PackFolder(tmp_path) as folder:
        deliver(folder, [finished("MRN-77", name=NAME)])
    text = (tmp_path / LEDGER_FILE).read_text("utf-8")
    for private in ("MRN-77", "Zofia", "Canary", "19MRN-77"):
        assert private not in text
    assert not any(word in text for word in ("time", "date", "202"))


def test_kinds_that_this_version_does_not_know_are_kept(tmp_path: Path) -> None:
    printed = Record("printed", "K7Q2-M9TX4R/1", {"printer": "front desk", "copies": 2})
    with PackFolder(tmp_path) as folder:
        folder.ledger.record([printed])
    with PackFolder(tmp_path) as folder:
        deliver(folder, [finished("plan-1")])
    ledger = Ledger.load(tmp_path)
    assert ledger.records("printed") == (printed,)
    assert len(ledger.entries()) == 1


def test_a_state_of_a_later_version_is_not_taken_for_done(tmp_path: Path) -> None:
    pack = finished("plan-1")
    with PackFolder(tmp_path) as folder:
        deliver(folder, [pack])
        record = pack.ledger_entry().to_record()
        folder.ledger.record([Record(record.kind, record.id, {**record.values, "state": "withdrawn"})])
    assert not Ledger.load(tmp_path).is_current(pack.pack_id, pack.input_hash)


def test_nobody_writes_without_the_folders_lock(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="lock"):
        Ledger.load(tmp_path).record([finished("plan-1").ledger_entry()])
