"""A batch gives every patient one outcome; its packs are those of `build`, whoever makes them and in what order."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

from generator.batch.outcomes import Report
from generator.batch.run import Settings, chunks_of, prescription_of, run_batch
from generator.deliver.keys import pack_id
from generator.errors import Place, PlanError
from generator.models.roster import RefusedRow, Roster
from tests.generator.batch.patients import KEY, kept_shop, patient, roster
from tests.generator.deliver.test_delivery import contents, stamps


def ran(path: Path, patients: Roster, **settings: object) -> Report:
    given = {"workers": 1, **settings}
    return run_batch(kept_shop(), patients, Settings(out=path, inserts=path, key=KEY, **given))  # type: ignore[arg-type]


def test_packs_are_those_of_build_in_any_order_and_by_any_number_of_workers(tmp_path: Path) -> None:
    patients = roster(6)
    assert ran(tmp_path / "one", patients).counts == {"done": 6}
    plans = list(patients.plans)
    random.Random(1).shuffle(plans)
    assert ran(tmp_path / "two", Roster(tuple(plans)), workers=2).counts == {"done": 6}
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    workshop = kept_shop()
    for plan in patients.plans:
        id = pack_id(KEY, plan.id)
        assert (tmp_path / "one" / f"{id}.pdf").read_bytes() == workshop.make(workshop.prepare(plan), id).pdf


def test_one_bad_patient_touches_no_other(tmp_path: Path) -> None:
    good = roster(3)
    bad = (
        patient(3, screened=None),
        patient(4, name="Name 龘"),
        patient(5, layout="none-such"),
    )
    row = RefusedRow(Place("roster.jsonl", 9), (PlanError("A column is missing.", place=Place("roster.jsonl", 9)),))
    report = ran(tmp_path / "mixed", Roster((bad[0], good.plans[0], *bad[1:], *good.plans[1:]), (row,)))
    assert report.counts == {"done": 3, "refused": 4}
    assert report.exit_code == 1
    refused = [outcome for outcome in report.outcomes if outcome.state == "refused"]
    assert [outcome.place.line for outcome in refused] == [9, 4, 5, 6]
    assert all(outcome.errors for outcome in refused)
    ran(tmp_path / "good", good)
    assert contents(tmp_path / "mixed") == contents(tmp_path / "good")


def test_the_second_run_rewrites_nothing(tmp_path: Path) -> None:
    patients = roster(3)
    ran(tmp_path, patients)
    before = stamps(tmp_path)
    report = ran(tmp_path, patients)
    assert report.counts == {"unchanged": 3}
    assert [outcome.pages for outcome in report.outcomes] != [0, 0, 0]
    assert stamps(tmp_path) == before
    changed = Roster((patients.plans[0], patient(1, goals=["Row a boat"]), patients.plans[2]))
    assert [outcome.state for outcome in ran(tmp_path, changed).outcomes] == ["unchanged", "done", "unchanged"]


def test_a_chunk_ends_where_a_prescription_ends() -> None:
    for sizes in ((3, 3, 3, 3), (10, 10, 10), (40,), (1, 1, 1), (5, 9, 2, 7, 1, 8)):
        plans = [patient(prescription) for prescription, count in enumerate(sizes) for _ in range(count)]
        numbers = list(range(len(plans)))
        chunks = list(chunks_of(numbers, plans, 8))
        assert [number for chunk in chunks for number in chunk] == numbers
        assert all(1 <= len(chunk) <= 8 for chunk in chunks)
        for before, after in pairwise(chunks):
            parted = prescription_of(plans[after[0]])
            share = sum(prescription_of(plans[number]) == parted for number in before)
            assert share == 0 or (share >= 4 and len(before) == 8), "parted only where it fills half a chunk or more"
