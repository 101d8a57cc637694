"""Batches of plans with files of the clinic's own: made as by `build`, and no file in another patient's pack."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from generator.batch.outcomes import Report
from generator.batch.packing import read_inserts
from generator.batch.run import Settings, run_batch
from generator.batch.verifying import Patients, verify
from generator.cli.making import build
from generator.deliver.delivery import FinishedPack, deliver
from generator.deliver.folder import PackFolder
from generator.deliver.keys import pack_id, plan_digest
from generator.inputs.rosters import read_roster
from generator.merge.looking import Shelf
from generator.models.plan import Plan
from generator.models.roster import Roster
from generator.pipeline import Pack, PlacedInsert, Prepared, Workshop
from tests.generator.batch.patients import KEY, kept_shop, patient
from tests.generator.deliver.test_delivery import contents, stamps
from tests.generator.merge import samples
from tests.packs import library
from tests.reading import words_of

STOPPED = {"by": "Sam Keller", "date": "2026-11-23", "yes": ["suspected-dvt"], "all_others": "no"}


def letter(*pages: str, margin: bool = True) -> bytes:
    """A file of the clinic's own. margin: whether there is room for a pack id."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(500, 700), invariant=1)
    for text in pages:
        if not margin:
            canvas.setFillGray(0.8)
            canvas.rect(0, 0, 500, 700, stroke=0, fill=1)
            canvas.setFillGray(0)
        canvas.drawString(72, 400, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def with_insert(number: int, *files: str, **fields: object) -> Plan:
    """A patient whose pack gets these files; one named after the patient unless told."""
    inserts = [{"file": file, "place": "end"} for file in files or (f"own-{number}.pdf",)]
    return patient(number, **{"exercises": [{"id": "cat-cow"}], "inserts": inserts, **fields})


def own_word(number: int) -> str:
    """A word that only one patient's file has."""
    return f"Zy{number}insertword"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a file for each of three patients, and one that all may have."""
    for number in range(3):
        (tmp_path / f"own-{number}.pdf").write_bytes(letter(f"Results {own_word(number)} of Tuesday", "Second page"))
    (tmp_path / "map.pdf").write_bytes(letter("The way to the clinic"))
    return tmp_path


def ran(desk: Path, *plans: Plan, **changes: object) -> Report:
    settings = Settings(out=desk / "out", inserts=desk, key=KEY, workers=1)
    return run_batch(kept_shop(), Roster(plans), replace(settings, **changes))  # type: ignore[arg-type]


def states(report: Report) -> list[str]:
    return [outcome.state for outcome in report.outcomes]


def text_in(folder: Path, number: int) -> str:
    return words_of((folder / f"{pack_id(KEY, patient(number).id)}.pdf").read_bytes())


@pytest.mark.parametrize("workers", [1, 2])
def test_packs_are_those_of_build(desk: Path, workers: int) -> None:
    plans = desk / "plans"
    plans.mkdir()
    for number, files in enumerate([("own.pdf", "map.pdf"), (), ("map.pdf",)]):
        one = with_insert(number, *files) if files else patient(number, exercises=[{"id": "cat-cow"}])
        (plans / f"plan-{number}.yaml").write_text(one.model_dump_json(exclude_defaults=True), "utf-8")
    (plans / "own.pdf").write_bytes((desk / "own-0.pdf").read_bytes())
    (plans / "map.pdf").write_bytes((desk / "map.pdf").read_bytes())
    assert not build(kept_shop(), sorted(plans.glob("*.yaml")), desk / "built", KEY).errors
    roster = read_roster(plans, library(), shown="plans")
    settings = Settings(out=desk / "out", inserts=plans, key=KEY, workers=workers)
    report = run_batch(kept_shop(), roster, settings)
    assert report.counts == {"done": 3}
    assert contents(desk / "out") == contents(desk / "built")
    assert own_word(0) in text_in(desk / "out", 0)
    assert any("own.pdf" in finding.message for finding in report.outcomes[0].findings)


def test_patients_whose_files_cannot_be_used_are_named_and_the_others_go_on(desk: Path) -> None:
    """One file each that is missing, cut short, empty, and a web page; a good one before, between and after."""
    good = (desk / "own-1.pdf").read_bytes()
    for number, data in ((4, good[:300]), (5, b""), (6, b"<html>No</html>")):
        (desk / f"own-{number}.pdf").write_bytes(data)
    report = ran(desk, *(with_insert(number) for number in (0, 3, 4, 1, 5, 6, 2)))
    assert states(report) == ["done", "refused", "refused", "done", "refused", "refused", "done"]
    assert report.exit_code == 1
    lines = []
    for outcome in report.outcomes:
        for error in outcome.errors:
            assert error.hint
            assert error.place is not None
            assert error.place.file == "roster.jsonl"
            lines.append(error.place.line)
            assert "own-" not in str(error), "what a clinic calls a file may name the patient"
    assert lines == [4, 5, 6, 7]
    for number in range(3):
        assert own_word(number) in text_in(desk / "out", number)
    assert len(list((desk / "out").glob("*.pdf"))) == 3
    (desk / "own-5.pdf").write_bytes(good)
    assert states(ran(desk, with_insert(0), with_insert(5))) == ["unchanged", "done"]


def test_only_a_file_that_changed_makes_packs_anew(desk: Path) -> None:
    """Also where the roster is the same: its bytes do not say what stands in the files that it names."""
    roster = "digest of the roster"
    plans = [with_insert(0), with_insert(1, "own-1.pdf", "map.pdf"), with_insert(2, "map.pdf")]
    assert states(ran(desk, *plans, roster=roster)) == ["done"] * 3
    before = stamps(desk / "out")
    for file in desk.glob("*.pdf"):
        os.utime(file, (1, 1))
    assert states(ran(desk, *plans, roster=roster)) == ["unchanged"] * 3
    assert stamps(desk / "out") == before
    (desk / "own-0.pdf").write_bytes(letter("Results of Friday", "Second page"))
    assert states(ran(desk, *plans, roster=roster)) == ["done", "unchanged", "unchanged"]
    assert "Friday" in text_in(desk / "out", 0)
    assert own_word(0) not in text_in(desk / "out", 0)
    (desk / "map.pdf").write_bytes(letter("Another map"))
    assert states(ran(desk, *plans, roster=roster)) == ["unchanged", "done", "done"]


def test_files_with_the_same_name_in_two_folders_are_told_apart(desk: Path) -> None:
    """The same name means another file once the roster has moved."""
    other = desk / "moved"
    other.mkdir()
    (other / "own-0.pdf").write_bytes(letter("Results of Friday"))
    assert states(ran(desk, with_insert(0))) == ["done"]
    assert states(ran(desk, with_insert(0), inserts=other)) == ["done"]
    assert "Friday" in text_in(desk / "out", 0)


# ---- read-back


@pytest.mark.parametrize("mixed_up", ["swapped", "added", "left out"])
def test_another_patients_file_in_a_pack_is_caught(desk: Path, monkeypatch: pytest.MonkeyPatch, mixed_up: str) -> None:
    plans = [with_insert(number) for number in range(3)]

    def mixed(shop: Workshop, plan: Plan, folder: Path, shelf: Shelf) -> Sequence[PlacedInsert]:
        own, others = (read_inserts(shop, one, folder, shelf) for one in (plan, plans[2]))
        if plan.id != plans[1].id:
            return own
        return {"swapped": others, "added": [*own, *others], "left out": []}[mixed_up]

    monkeypatch.setattr("generator.batch.worker.read_inserts", mixed)
    report = ran(desk, *plans)
    assert states(report) == ["done", "failed", "done"]
    assert "not released" in str(report.outcomes[1].errors[0])
    assert not any(own_word(number) in repr(report) for number in range(3))
    assert len(list((desk / "out").glob("*.pdf"))) == 2
    assert not list((desk / "out").glob(".handouts-*.tmp"))


@pytest.mark.parametrize(
    "goal", [own_word(2), "Nobody wrote qwertzuiop", "Results of Tuesday"], ids=["its word", "strange", "its words"]
)
def test_a_planted_word_is_caught_although_the_pack_has_a_file_of_its_own(
    desk: Path, monkeypatch: pytest.MonkeyPatch, goal: str
) -> None:
    """ "Results of Tuesday" stands in both patients' files, so in a goal it tells nothing; a word of one file does."""
    real = Workshop.make

    def leaking(self: Workshop, prepared: Prepared, id_: str, inserts: Sequence[PlacedInsert] = ()) -> Pack:
        if prepared.plan.id == patient(1).id:
            goals = (*prepared.plan.goals, goal)
            prepared = replace(prepared, plan=prepared.plan.model_copy(update={"goals": goals}))
        return real(self, prepared, id_, inserts)

    monkeypatch.setattr(Workshop, "make", leaking)
    report = ran(desk, *(with_insert(number) for number in range(3)))
    caught = goal != "Results of Tuesday"
    assert states(report) == ["done", "failed" if caught else "done", "done"]


def test_files_of_all_makers_and_without_a_margin_pass_and_verify_finds_nothing_wrong(desk: Path) -> None:
    files = {
        "guide": samples.guide(),
        "leaflet": samples.leaflet(),
        "form": samples.form(),
        "scan": samples.scan(),
        "bleed": letter("Poster", margin=False),
    }
    for name, data in files.items():
        (desk / f"{name}.pdf").write_bytes(data)
    plans = [with_insert(number, f"{name}.pdf") for number, name in enumerate(files)]
    plans.append(with_insert(8, *(f"{name}.pdf" for name in files)))
    report = ran(desk, *plans)
    assert report.counts == {"done": 6}, [str(error) for one in report.outcomes for error in one.errors]
    for patients in (None, Patients(kept_shop(), Roster(tuple(plans)), KEY)):
        found = verify(desk / "out", patients)
        assert (found.packs, [str(error) for error in found.errors]) == (6, [])
        assert len(found.notes) == 1
        assert found.notes[0].startswith("2 pages show no pack id")


def test_verify_finds_a_pack_with_files_under_another_patients_id(desk: Path) -> None:
    """No page of it shows this pack's id; those without a margin show none."""
    (desk / "bleed.pdf").write_bytes(letter("Poster", margin=False))
    plans = [with_insert(0, "bleed.pdf"), with_insert(1, "bleed.pdf")]
    assert ran(desk, *plans).counts == {"done": 2}
    own, other = (pack_id(KEY, plan.id) for plan in plans)
    pdf = (desk / "out" / f"{other}.pdf").read_bytes()
    digest = plan_digest(KEY, plans[0].id)
    name = {"plan_id": plans[0].id, "name": plans[0].name, "second_id": ""}
    with PackFolder(desk / "out") as folder:
        entry = folder.ledger.entry(other)
        assert entry is not None
        wrong = {"pack_id": own, "plan_digest": digest, "input_hash": "other", "pages": entry.pages, "versions": {}}
        deliver(folder, [FinishedPack(pdf=pdf, **name, **wrong)])  # type: ignore[arg-type]
    (error,) = verify(desk / "out").errors
    assert error.place is not None
    assert Path(str(error.place.file)).name == f"{own}.pdf"
    assert "own id" in error.message


def test_help_pages_are_without_files_and_read_like_any_pack(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped = with_insert(0, screened=STOPPED)
    assert states(ran(desk, stopped)) == ["done"]
    assert own_word(0) not in text_in(desk / "out", 0)
    real = Workshop.make

    def leaking(self: Workshop, prepared: Prepared, id_: str, inserts: Sequence[PlacedInsert] = ()) -> Pack:
        plan = prepared.plan.model_copy(update={"name": f"{prepared.plan.name} qwertzuiop"})
        return real(self, replace(prepared, plan=plan), id_, inserts)

    monkeypatch.setattr(Workshop, "make", leaking)
    assert states(ran(desk, stopped, out=desk / "leaking")) == ["failed"]
