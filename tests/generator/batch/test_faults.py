"""What can go wrong around a batch, and what must then be true."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator.batch.outcomes import Outcome, Report
from generator.batch.run import Settings, run_batch
from generator.cli.batch_report import as_csv
from generator.deliver import disk
from generator.deliver.folder import FolderBusy, PackFolder
from generator.deliver.index import INDEX_FILE
from generator.deliver.keys import pack_id
from generator.errors import ContentError, Place, PlanError
from generator.load.digest import ContentWatch
from generator.models.roster import Roster
from generator.pipeline import Options
from tests.generator.batch.patients import AS_OF, KEY, kept_shop, patient, quick_roster, shop
from tests.generator.deliver.test_delivery import contents, stamps
from tests.generator.deliver.test_kills import check_order, traced
from tests.packs import CONTENT

RUNS = "tests.generator.batch.runs"


def settings_for(path: Path, **changes: object) -> Settings:
    return replace(Settings(out=path, inserts=path, key=KEY, workers=1), **changes)  # type: ignore[arg-type]


def test_a_second_run_into_a_folder_refuses(tmp_path: Path) -> None:
    with PackFolder(tmp_path), pytest.raises(FolderBusy, match="Another run"):
        run_batch(kept_shop(), quick_roster(2), settings_for(tmp_path))
    assert not list(tmp_path.glob("*.pdf"))


def test_content_that_changes_during_a_run_is_noticed_and_nothing_made_of_it_is_released(tmp_path: Path) -> None:
    content, out = tmp_path / "content", tmp_path / "out"
    for part in ("handouts/topics", "layouts"):
        (content / part).mkdir(parents=True)
    topic = content / "handouts" / "topics" / "knee.yaml"
    topic.write_text("title: Knee")
    watch = ContentWatch(content)
    (content / "handouts" / "reviews.yaml").write_text("prints nowhere")
    watch.check()

    def change(done: int, _total: int) -> None:
        if done == 2:
            topic.write_text("title: Elbow")

    report = run_batch(kept_shop(), quick_roster(5), settings_for(out, watch=watch), change)
    assert isinstance(report.stopped, ContentError)
    assert "handouts/topics/knee.yaml" in str(report.stopped)
    assert report.counts == {"done": 2, "not tried": 3}
    assert report.exit_code == 3
    assert len(list(out.glob("*.pdf"))) == 2
    assert not list(out.glob(".handouts-*.tmp"))


def test_stopped_by_the_user(tmp_path: Path) -> None:
    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    report = run_batch(kept_shop(), quick_roster(5), settings_for(tmp_path), stop)
    assert (report.counts, report.exit_code) == ({"done": 2, "not tried": 3}, 130)
    assert run_batch(kept_shop(), quick_roster(5), settings_for(tmp_path)).counts == {"done": 3, "unchanged": 2}


def test_full_and_read_only_disks_leave_old_packs_as_they_are(tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    inside = 'mount -t tmpfs -o size=2200k none "$0" && exec "$@"'
    command = [unshare or "", "--map-root-user", "--mount", "sh", "-c", inside, str(tmp_path)]
    if unshare is None or subprocess.run([*command, "true"], check=False, capture_output=True).returncode:
        pytest.skip("no small disk to fill: needs Linux and the right to mount one")
    starved = [sys.executable, "-m", RUNS, "starve", str(tmp_path)]
    ran = subprocess.run([*command, *starved], check=False, capture_output=True, text=True, cwd=CONTENT)
    assert ran.returncode == 0, ran.stderr
    seen = json.loads(ran.stdout)
    assert "disk is full" in seen["full"]
    assert seen["full counts"]["not tried"] > 0
    assert seen["intact after full"]
    assert seen["intact after read only"]
    assert seen["temp files"] == []
    assert "cannot be written" in seen["read only"]
    assert set(seen["after"]) <= {"done", "unchanged"}


def test_order_of_system_calls_over_all_processes(tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    path = tmp_path / "packs"
    steps = traced(path, RUNS, str(path), "3", "2")
    check_order(path, steps, [pack_id(KEY, plan.id) for plan in quick_roster(3).plans])


def test_bytes_do_not_depend_on_time_zone_locale_or_hash_seed(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    run_batch(kept_shop(), quick_roster(2), settings_for(here, read_back=False))
    strange = {"TZ": "Pacific/Chatham", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "77"}
    command = [sys.executable, "-m", RUNS, str(there), "2", "1"]
    subprocess.run(command, check=True, cwd=CONTENT, env={**os.environ, **strange})
    assert contents(here) == contents(there)


def test_ids_and_names_never_meet_in_a_file_name(tmp_path: Path) -> None:
    ids = ("../../x", "CON", "con", "nul.pdf", "Zoe\u0301", "Zo\u00e9", "ZO\u00c9", "x" * 60, "-rf *", "a\tb")
    plans = tuple(patient(0, id=id, name="Ann Lee", exercises=[{"id": "cat-cow"}]) for id in ids)
    report = run_batch(kept_shop(), Roster(plans), settings_for(tmp_path))
    made = [outcome.file for outcome in report.outcomes if outcome.state == "done"]
    assert len(made) == len({file.casefold() for file in made}) == len(ids)
    assert not [file for file in tmp_path.parent.iterdir() if file.suffix == ".pdf"]


def test_a_report_for_spreadsheets_holds_no_formula() -> None:
    place = Place('=HYPERLINK("https://x.example").csv', 2, "=id")
    error = PlanError("+1 is not a number.", hint="-", place=place)
    report = Report((Outcome(place, "refused", errors=(error,)), Outcome(Place("\t=1"), "refused")), 1.0)
    rows = list(csv.reader(io.StringIO(as_csv(report))))
    assert rows[1][0] == '\'=HYPERLINK("https://x.example").csv'
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]


# ---- the same run over again


def unread() -> Roster:
    raise AssertionError("the roster was read")


def test_the_last_run_over_again_reads_no_roster_and_looks_at_every_pack(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, roster="digest of the roster")
    refused = patient(9, screened=None)
    patients = Roster((*quick_roster(3).plans, refused))
    first = run_batch(kept_shop(), patients, settings)
    before = stamps(tmp_path)
    again = run_batch(kept_shop(), unread, settings)
    assert again.counts == {"unchanged": 3, "refused": 1}
    assert [str(one) for one in again.outcomes[-1].errors] == [str(one) for one in first.outcomes[-1].errors]
    assert [one.findings for one in again.outcomes] == [one.findings for one in first.outcomes]
    assert [one.pages for one in again.outcomes] == [one.pages for one in first.outcomes]
    assert stamps(tmp_path) == before


@pytest.mark.parametrize("what", ["a pack", "the index", "the roster", "the day", "a missing pack"])
def test_after_any_change_everything_is_looked_at(tmp_path: Path, what: str) -> None:
    settings = settings_for(tmp_path, roster="digest of the roster")
    patients = quick_roster(2)
    run_batch(kept_shop(), patients, settings)
    whole = contents(tmp_path)
    workshop = kept_shop()
    pack = next(tmp_path.glob("*.pdf"))
    if what == "a pack":
        pack.write_bytes(pack.read_bytes()[:-1] + b"x")
    elif what == "a missing pack":
        pack.unlink()
    elif what == "the index":
        (tmp_path / INDEX_FILE).unlink()
    elif what == "the roster":
        settings = replace(settings, roster="another")
    else:
        workshop = shop()
        workshop.options = Options(AS_OF.replace(day=25), draft=True)
    with pytest.raises(AssertionError, match="was read"):
        run_batch(workshop, unread, settings)
    report = run_batch(workshop, patients, settings)
    assert set(report.counts) <= {"done", "unchanged"}
    assert contents(tmp_path) == whole


# ---- the clock


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """A clock that is a year ahead until this is undone: what runs read of it, and the times of files."""
    year = 365 * 24 * 3600
    now, rename = time.time_ns, disk.rename

    def stamped(source: Path, target: Path) -> None:
        os.utime(source, (time.time() + year, time.time() + year))
        rename(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(time, "time_ns", lambda: now() + year * 1_000_000_000)
        patch.setattr(disk, "rename", stamped)
        yield patch


@pytest.mark.parametrize("roster", ["", "digest of the roster"])
def test_a_clock_that_is_set_back_changes_no_byte_and_hides_nothing(
    tmp_path: Path, ahead: pytest.MonkeyPatch, roster: str
) -> None:
    """Packs of the future are whole and stay, also on another day; those that were tampered with, long before the last
    run as the clock has it, are made anew; and a folder of today has the same bytes.
    """
    packs, patients = tmp_path / "packs", quick_roster(3)
    settings = settings_for(packs, roster=roster)
    later = shop()
    later.options = Options(AS_OF.replace(year=AS_OF.year + 1), draft=True)
    assert run_batch(later, patients, settings).counts == {"done": 3}
    first, second, _ = sorted(packs.glob("*.pdf"))
    assert first.stat().st_mtime > time.time() + 1000
    ahead.undo()
    whole = contents(packs)
    first.write_bytes(first.read_bytes()[:-9] + b"x" + first.read_bytes()[-8:])
    assert run_batch(kept_shop(), patients, settings).counts == {"done": 1, "unchanged": 2}
    before = stamps(packs)
    for _ in range(2):
        assert run_batch(kept_shop(), patients, settings).counts == {"unchanged": 3}
        assert stamps(packs) == before
    then = second.stat()
    second.write_bytes(second.read_bytes()[:-9] + b"x" + second.read_bytes()[-8:])
    os.utime(second, ns=(then.st_atime_ns, then.st_mtime_ns))
    assert run_batch(kept_shop(), patients, settings).counts == {"done": 1, "unchanged": 2}
    assert contents(packs) == whole
    run_batch(kept_shop(), patients, settings_for(tmp_path / "today"))
    assert contents(tmp_path / "today") == whole


def test_the_days_on_which_the_clock_is_changed_change_no_byte(tmp_path: Path) -> None:
    """A day that lacks an hour, and one that has an hour twice, in zones on both sides of the date line."""
    here = tmp_path / "here"
    plans = [patient(0, exercises=[{"id": "cat-cow"}], date="2026-03-08", start_date="2026-03-08")]
    plans.append(patient(1, exercises=[{"id": "cat-cow"}], date="2026-11-01", start_date="2026-10-31"))
    run_batch(kept_shop(), Roster(tuple(plans)), settings_for(here))
    old = os.environ.get("TZ")
    try:
        for zone in ("America/Anchorage", "Pacific/Apia", "Europe/London"):
            os.environ["TZ"] = zone
            time.tzset()
            run_batch(kept_shop(), Roster(tuple(plans)), settings_for(tmp_path / zone))
            assert contents(tmp_path / zone) == contents(here)
    finally:
        if old is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = old
        time.tzset()
