"""`verify` finds every way in which a folder and its record can differ, and leaks that a roster can tell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.batch.run import Settings, run_batch
from generator.batch.verifying import Patients, Verified, verify
from generator.deliver.delivery import FinishedPack, deliver
from generator.deliver.folder import PackFolder
from generator.deliver.index import INDEX_FILE
from generator.deliver.keys import pack_id, plan_digest
from generator.models.roster import Roster
from tests.generator.batch.patients import KEY, kept_shop, patient, roster, tokens_of

PATIENTS = roster(3)


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    report = run_batch(kept_shop(), PATIENTS, Settings(out=tmp_path, inserts=tmp_path, key=KEY, workers=1))
    assert report.counts == {"done": 3}
    return tmp_path


def held(patients: Roster) -> Patients:
    return Patients(kept_shop(), patients, KEY)


def file_of(number: int) -> str:
    return f"{pack_id(KEY, patient(number).id)}.pdf"


def messages(found: Verified) -> list[tuple[str, str]]:
    return [(Path(str(error.place.file)).name if error.place else "", error.message) for error in found.errors]


def test_a_good_folder_has_no_fault(packs: Path) -> None:
    for patients in (None, held(PATIENTS)):
        found = verify(packs, patients)
        assert (found.packs, found.errors, found.notes) == (3, (), ())


def test_what_is_wrong_with_files_is_told_of_each(packs: Path) -> None:
    first, second, third = (packs / file_of(number) for number in range(3))
    data = first.read_bytes()
    first.write_bytes(data[:-9] + b"x" + data[-8:])
    second.unlink()
    (packs / "AAAA-000000.pdf").write_bytes(third.read_bytes())
    (packs / "print-run.pdf").write_bytes(b"not a pack")
    found = messages(verify(packs))
    assert sorted(found) == sorted(
        [
            (first.name, "This is not the file that was made: its checksum differs."),
            (second.name, "The ledger names this pack, but it is not here."),
            ("AAAA-000000.pdf", "No run has put this file here."),
        ]
    )


def test_packs_that_changed_places_are_found_although_they_are_whole(packs: Path) -> None:
    """Another patient's pack under this one's id, with a record that agrees: only reading it tells."""
    other, own = patient(1), patient(0)
    pdf = (packs / file_of(1)).read_bytes()
    wrong = FinishedPack(
        pack_id=pack_id(KEY, own.id),
        plan_digest=plan_digest(KEY, own.id),
        input_hash="other",
        plan_id=own.id,
        name=own.name,
        second_id="",
        pdf=pdf,
        pages=6,
        versions={},
    )
    with PackFolder(packs) as folder:
        deliver(folder, [wrong])
    ((name, message),) = messages(verify(packs))
    assert name == file_of(0)
    assert "own id" in message or "pages" in message
    assert not any(token in message for token in (*tokens_of(other), *tokens_of(own)))


def test_a_roster_tells_leaks_missing_words_and_missing_packs(packs: Path) -> None:
    changed = patient(1, goals=["Row across the bay"])
    found = verify(packs, held(Roster((PATIENTS.plans[0], changed, patient(7)))))
    assert [error.place.file if error.place else "" for error in found.errors][1:] == ["roster.jsonl"]
    assert '"goals.0"' in found.errors[0].message
    assert "no pack here" in found.errors[1].message
    assert found.notes == ("1 packs are of plans that this roster does not hold.",)


def test_a_lost_index_is_told(packs: Path) -> None:
    (packs / INDEX_FILE).unlink()
    assert {message for _, message in messages(verify(packs))} == {"The private index does not say whose this pack is."}


def test_nothing_is_written(packs: Path) -> None:
    before = {file.name: (file.stat().st_mtime_ns, file.stat().st_ino) for file in packs.iterdir()}
    verify(packs, held(replace(PATIENTS)))
    assert {file.name: (file.stat().st_mtime_ns, file.stat().st_ino) for file in packs.iterdir()} == before
