"""Encrypted batches: only the passphrase opens a pack, and nothing of it or of a patient stands anywhere else."""

from __future__ import annotations

import io
import json
import logging
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from generator.batch.rehearsal import rehearse
from generator.batch.run import Settings, run_batch
from generator.batch.seal import Seal
from generator.batch.verifying import verify
from generator.batch.worker import Equipment
from generator.deliver import disk
from generator.deliver.index import INDEX_FILE
from generator.deliver.keys import pack_id
from generator.deliver.ledger import Ledger
from generator.deliver.seen import SEEN_FILE
from generator.deliver.storing import Store, StoredFile
from generator.models.roster import Roster
from generator.pipeline import Pack, Prepared, Workshop
from tests.generator.batch.patients import KEY, kept_shop, patient, quick_roster, tokens_of
from tests.generator.cli.test_commands import handouts
from tests.generator.cli.test_sealing import PASSPHRASE, unlocked
from tests.generator.deliver.test_delivery import contents, stamps
from tests.generator.merge.graph import elements
from tests.reading import words_of

PATIENTS = quick_roster(3)


def settings_for(path: Path, **changes: object) -> Settings:
    settings = Settings(out=path, inserts=path, key=KEY, workers=1, passphrase=PASSPHRASE)
    return replace(settings, **changes)  # type: ignore[arg-type]


def locked_in(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.glob("*.pdf")}


def is_locked(pdf: bytes, passphrase: str = "") -> bool:
    try:
        pikepdf.open(io.BytesIO(pdf), password=passphrase).close()
    except pikepdf.PasswordError:
        return True
    return False


def assert_same_packs(path: Path, passphrase: str = PASSPHRASE) -> None:
    """That each pack of a folder, once opened, is the one that is made without encryption."""
    workshop = kept_shop()
    for plan in PATIENTS.plans:
        id_ = pack_id(KEY, plan.id)
        plain = workshop.make(workshop.prepare(plan), id_).pdf
        opened = unlocked((path / f"{id_}.pdf").read_bytes(), passphrase)
        assert words_of(opened) == words_of(plain)
        assert elements(opened) == elements(plain)


@pytest.mark.parametrize("workers", [1, 2])
def test_only_the_passphrase_opens_the_packs_whoever_made_them(tmp_path: Path, workers: int) -> None:
    assert run_batch(kept_shop(), PATIENTS, settings_for(tmp_path, workers=workers)).counts == {"done": 3}
    for pdf in locked_in(tmp_path).values():
        assert is_locked(pdf)
        assert is_locked(pdf, "another one")
    assert_same_packs(tmp_path)
    found = verify(tmp_path)
    assert (found.packs, found.errors, len(found.notes)) == (3, (), 1)
    # other workers find these packs to be what they would make
    before = stamps(tmp_path)
    again = run_batch(kept_shop(), PATIENTS, settings_for(tmp_path, workers=3 - workers))
    assert again.counts == {"unchanged": 3}
    assert stamps(tmp_path) == before


@pytest.mark.parametrize("roster", ["", "digest of the roster"])
@pytest.mark.parametrize("forgotten", [False, True])
def test_the_same_passphrase_again_writes_nothing(tmp_path: Path, roster: str, forgotten: bool) -> None:
    """Encryption is random, so any pack that was made again would have other bytes."""
    settings = settings_for(tmp_path, roster=roster)
    run_batch(kept_shop(), PATIENTS, settings)
    before, written = contents(tmp_path), stamps(tmp_path)
    if forgotten:
        (tmp_path / SEEN_FILE).unlink()
    assert rehearse(kept_shop(), PATIENTS, settings).counts == {"unchanged": 3}
    assert run_batch(kept_shop(), PATIENTS, settings).counts == {"unchanged": 3}
    assert (contents(tmp_path), stamps(tmp_path)) == (before, written)


@pytest.mark.parametrize("roster", ["", "digest of the roster"])
def test_another_passphrase_makes_every_pack_anew_and_so_does_none(tmp_path: Path, roster: str) -> None:
    settings = settings_for(tmp_path, roster=roster)
    run_batch(kept_shop(), PATIENTS, settings)
    assert run_batch(kept_shop(), PATIENTS, replace(settings, passphrase="another one")).counts == {"done": 3}
    assert all(is_locked(pdf, PASSPHRASE) for pdf in locked_in(tmp_path).values())
    assert_same_packs(tmp_path, "another one")
    plain = replace(settings, passphrase=None)
    assert run_batch(kept_shop(), PATIENTS, plain).counts == {"done": 3}
    run_batch(kept_shop(), PATIENTS, replace(plain, out=tmp_path / "plain"))
    assert locked_in(tmp_path) == locked_in(tmp_path / "plain")
    assert run_batch(kept_shop(), PATIENTS, settings).counts == {"done": 3}
    assert_same_packs(tmp_path)


def test_a_pack_is_read_back_before_it_is_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A leak cannot hide behind the lock, and what is kept back never touches the disk."""
    real = Workshop.make

    def leaking(self: Workshop, prepared: Prepared, id_: str, inserts: object = ()) -> Pack:
        if prepared.plan.id == patient(1).id:
            prepared = replace(prepared, plan=prepared.plan.model_copy(update={"goals": patient(2).goals}))
        return real(self, prepared, id_, inserts)  # type: ignore[arg-type]

    monkeypatch.setattr(Workshop, "make", leaking)
    report = run_batch(kept_shop(), PATIENTS, settings_for(tmp_path))
    assert [outcome.state for outcome in report.outcomes] == ["done", "failed", "done"]
    assert "goals" in str(report.outcomes[1].errors[0])
    assert f"{pack_id(KEY, patient(1).id)}.pdf" not in locked_in(tmp_path)
    assert len(locked_in(tmp_path)) == 2


@pytest.fixture
def on_disk(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bytes]]:
    """All that a run of one worker writes under temp names, as names and bytes."""
    seen: list[tuple[str, bytes]] = []
    write, whole = Store.write, disk.write_whole

    def watched(self: Store, data: bytes) -> StoredFile:
        stored = write(self, data)
        seen.append((stored.temp.name, data))
        return stored

    def watched_whole(path: Path, data: bytes, *, private: bool = False) -> None:
        seen.append((path.name, data))
        whole(path, data, private=private)

    monkeypatch.setattr(Store, "write", watched)
    monkeypatch.setattr(disk, "write_whole", watched_whole)
    return seen


def test_nothing_of_passphrase_or_patient_is_in_records_temp_files_logs_or_errors(
    tmp_path: Path,
    on_disk: list[tuple[str, bytes]],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    refused, faulty = patient(3, screened=None), patient(4, exercises=[{"id": "cat-cow"}])
    real = Workshop.make

    def breaking(self: Workshop, prepared: Prepared, id_: str, inserts: object = ()) -> Pack:
        if prepared.plan.id == faulty.id:
            raise ValueError(f"{prepared.plan.name} {PASSPHRASE}")
        return real(self, prepared, id_, inserts)  # type: ignore[arg-type]

    monkeypatch.setattr(Workshop, "make", breaking)
    plans = (*PATIENTS.plans, refused, faulty)
    settings = settings_for(tmp_path, roster="digest of the roster")
    report = run_batch(kept_shop(), Roster(plans), settings)
    assert report.counts == {"done": 3, "refused": 1, "failed": 1}
    packs = [data for name, data in on_disk if data.startswith(b"%PDF")]
    assert len(packs) == 3
    assert all(is_locked(pdf) for pdf in packs), "an open pack was on the disk, if only for a moment"
    said = [repr(report), *(str(error) for outcome in report.outcomes for error in outcome.errors)]
    said += [
        caplog.text,
        *capfd.readouterr(),
        *(name for name, _ in on_disk),
        *(file.name for file in tmp_path.iterdir()),
    ]
    seal = Seal.of(PASSPHRASE, KEY)
    said += [repr(settings), repr(seal), repr(Equipment(kept_shop(), tmp_path, tmp_path, seal=seal))]
    private = [PASSPHRASE, *(word for plan in plans for word in (*tokens_of(plan), plan.id))]
    for text in said:
        assert not [word for word in private if word in text]
    for name, data in (*on_disk, *contents(tmp_path).items()):
        words = [PASSPHRASE] if name == INDEX_FILE else private
        assert not [word for word in words if word.encode() in data], name


def test_what_the_ledger_says_of_a_passphrase_is_slow_to_guess(tmp_path: Path) -> None:
    """The input hash is all that the passphrase is in, and it takes the folder's key and a costly hash to try one."""
    run_batch(kept_shop(), PATIENTS, settings_for(tmp_path))
    run_batch(kept_shop(), PATIENTS, settings_for(tmp_path / "plain", passphrase=None))
    plain = {entry.id: entry.input_hash for entry in Ledger.load(tmp_path / "plain").entries()}
    seal = Seal.of(PASSPHRASE, KEY)
    for entry in Ledger.load(tmp_path).entries():
        assert entry.input_hash == seal.marked(plain[entry.id])
        assert entry.input_hash != Seal.of(PASSPHRASE, KEY[::-1]).marked(plain[entry.id])


def test_the_command(tmp_path: Path) -> None:
    handouts("new", "roster", "January", cwd=tmp_path)
    (tmp_path / "passphrase.txt").write_text(f"{PASSPHRASE}\n", "utf-8")
    command = ("batch", "january.csv", "--draft", "--workers", "1", "--encrypt", "--passphrase-file", "passphrase.txt")
    said = []
    for counts in ({"done": 2}, {"unchanged": 2}):
        done = handouts(*command, "--json", "--report", "report.csv", cwd=tmp_path)
        assert json.loads(done.stdout)["counts"] == counts, done.stderr
        said += [done.stdout, done.stderr, (tmp_path / "report.csv").read_text("utf-8")]
    assert not [text for text in said if PASSPHRASE in text]
    for pdf in locked_in(tmp_path / "output").values():
        assert is_locked(pdf)
        assert "your plan" in words_of(unlocked(pdf))
    assert handouts("verify", "output", cwd=tmp_path).returncode == 0
