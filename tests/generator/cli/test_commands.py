"""The commands as a user types them, in processes of their own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packs import CONTENT
from tests.reading import read, words_of
from tests.verapdf import assert_pdf_ua

PLAN = CONTENT / "handouts" / "plans" / "sample-02.yaml"


def handouts(*arguments: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the command line in a folder that holds no content of its own."""
    command = [sys.executable, "-m", "generator.cli.app", *map(str, arguments)]
    env = {**os.environ, "PYTHONPATH": str(CONTENT), "COLUMNS": "200", **environment}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


def pack_in(folder: Path) -> Path:
    (found,) = folder.glob("????-??????.pdf")
    return found


def test_demo_makes_the_sample_pack_and_says_where(tmp_path: Path) -> None:
    done = handouts("demo", "--out", "packs", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    pack = pack_in(tmp_path / "packs")
    assert f"packs/{pack.name}" in done.stdout
    text = words_of(pack.read_bytes())
    assert "Maya, here is your plan" in text
    assert "Draft, not signed off by a clinician" in text


def test_a_second_demo_takes_no_drawing_apart(tmp_path: Path) -> None:
    def modules_of_a_demo(out: str) -> str:
        done = handouts("demo", "--out", out, cwd=tmp_path, XDG_CACHE_HOME=str(tmp_path), PYTHONVERBOSE="1")
        return "\n".join(line for line in done.stderr.splitlines() if line.startswith("import "))

    assert "import 'svgelements'" in modules_of_a_demo("one")
    assert "import 'svgelements'" not in (again := modules_of_a_demo("two"))
    assert "import 'reportlab'" in again
    assert pack_in(tmp_path / "one").read_bytes() == pack_in(tmp_path / "two").read_bytes()


def test_no_plugin_of_pydantic_sees_a_plan(tmp_path: Path) -> None:
    (tmp_path / "spy.py").write_text("raise SystemExit('A plugin was loaded.')", "utf-8")
    (tmp_path / "spy-1.0.dist-info").mkdir()
    (tmp_path / "spy-1.0.dist-info" / "METADATA").write_text("Name: spy\nVersion: 1.0\n", "utf-8")
    (tmp_path / "spy-1.0.dist-info" / "entry_points.txt").write_text("[pydantic]\nspy = spy:plugin\n", "utf-8")
    done = handouts("screening", PLAN, cwd=tmp_path, PYTHONPATH=os.pathsep.join((str(CONTENT), str(tmp_path))))
    assert done.returncode == 0, done.stderr


def test_an_unsigned_library_builds_only_as_a_draft(tmp_path: Path) -> None:
    done = handouts("build", PLAN, cwd=tmp_path)
    assert done.returncode == 1
    assert "Not signed off" in done.stderr
    assert not list(tmp_path.rglob("*.pdf"))


def test_a_second_run_leaves_the_pack_alone(tmp_path: Path) -> None:
    handouts("build", PLAN, "--draft", cwd=tmp_path)
    pack = pack_in(tmp_path / "output")
    before = pack.stat().st_mtime_ns, pack.read_bytes()
    done = handouts("build", PLAN, "--draft", "--json", cwd=tmp_path)
    assert json.loads(done.stdout)["packs"][0]["state"] == "unchanged"
    assert (pack.stat().st_mtime_ns, pack.read_bytes()) == before


def test_another_key_is_refused_where_packs_are(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).write_text(name[0] * 64)
    assert handouts("build", PLAN, "--draft", "--key", "one", cwd=tmp_path).returncode == 0
    done = handouts("build", PLAN, "--draft", "--key", "two", cwd=tmp_path)
    assert done.returncode == 2
    assert "come from another key" in done.stderr
    assert pack_in(tmp_path / "output")  # one pack, not two


def test_bytes_do_not_depend_on_process_time_zone_or_locale(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("k" * 64)
    places = (("Pacific/Kiritimati", "C"), ("America/Anchorage", "C.UTF-8"))
    packs = []
    for number, (zone, locale) in enumerate(places):
        out = tmp_path / str(number)
        done = handouts(
            "build",
            PLAN,
            "--draft",
            "--out",
            out,
            "--key",
            key,
            cwd=tmp_path,
            TZ=zone,
            LC_ALL=locale,
            PYTHONHASHSEED=str(number),
        )
        assert done.returncode == 0, done.stderr
        packs.append(pack_in(out).read_bytes())
    assert packs[0] == packs[1]


def test_one_sheet_again_stands_beside_the_pack(tmp_path: Path) -> None:
    handouts("build", PLAN, "--draft", cwd=tmp_path)
    pack = pack_in(tmp_path / "output")
    before = pack.read_bytes()
    done = handouts("build", PLAN, "--draft", "--only", "log", "--from", "2026-12-07", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    log = pack.with_name(f"{pack.stem}-log.pdf")
    pages = read(log.read_bytes())
    assert "Dec 7" in pages[0].text
    assert f"Page {len(read(before))} of {len(read(before))}" in pages[-1].text
    assert pack.read_bytes() == before


def test_good_plans_go_through_beside_bad_ones(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(PLAN.read_text("utf-8").replace("exercises:", "excercises:"), "utf-8")
    done = handouts("build", bad, PLAN, "--draft", cwd=tmp_path)
    assert done.returncode == 1
    assert 'Did you mean "exercises"?' in done.stderr
    assert "bad.yaml" in done.stderr
    assert pack_in(tmp_path / "output").is_file()
    assert "Traceback" not in done.stderr


def test_content_errors_stop_the_run_with_code_3(tmp_path: Path) -> None:
    for part in ("handouts", "layouts"):
        (tmp_path / part).mkdir()
    done = handouts("build", PLAN, "--draft", cwd=tmp_path)
    assert done.returncode == 3
    assert "safety.yaml" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["build", "nope.yaml"], 1),
        (["build"], 2),
        (["build", "x.yaml", "--paper", "a3"], 2),
        (["build", "x.yaml", "--from", "2026-12-07"], 2),
        (["preview", "no-such-thing"], 2),
        (["--content", "nowhere", "check"], 2),
    ],
)
def test_exit_codes(tmp_path: Path, arguments: list[str], code: int) -> None:
    done = handouts(*arguments, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


def test_preview_of_a_handout_is_a_stock_copy(tmp_path: Path) -> None:
    done = handouts("preview", "it-band-myths", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    pages = read((tmp_path / "output" / "preview-it-band-myths.pdf").read_bytes())
    assert "Stock copy" in pages[0].text
    assert "Get help now" in pages[0].text
    assert "When to get help" in pages[1].text


def test_preview_of_an_exercise_is_a_sample_that_says_so(tmp_path: Path) -> None:
    done = handouts("preview", "clamshell", "--png", "--dpi", "50", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "output" / "preview-clamshell-1.png").read_bytes().startswith(b"\x89PNG")
    handouts("preview", "clamshell", cwd=tmp_path)
    assert "Sample, not for patients" in words_of((tmp_path / "output" / "preview-clamshell.pdf").read_bytes())


@pytest.mark.parametrize(
    ("kind", "some"),
    [
        ("handouts", "it-band-myths"),
        ("exercises", "clamshell"),
        ("programs", "knee-basics"),
        ("layouts", "compact"),
        ("brands", "ascent"),
    ],
)
def test_list_as_json_and_for_people(tmp_path: Path, kind: str, some: str) -> None:
    rows = json.loads(handouts("list", kind, "--json", cwd=tmp_path).stdout)
    assert some in [row["id"] for row in rows]
    assert some in handouts("list", kind, cwd=tmp_path).stdout


def test_a_new_roster_is_written_beside_the_user(tmp_path: Path) -> None:
    assert handouts("new", "roster", "January", cwd=tmp_path).stdout.strip() == "january.csv"
    assert (tmp_path / "january.csv").read_bytes().count(b"\njanuary-") == 2


def test_a_new_plan_builds_as_it_is(tmp_path: Path) -> None:
    assert handouts("new", "plan", "Jordan", cwd=tmp_path).stdout.strip() == "jordan.yaml"
    done = handouts("build", "jordan.yaml", "--draft", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    again = handouts("new", "plan", "Jordan", cwd=tmp_path)
    assert again.returncode == 2
    assert "exists already" in again.stderr


def test_schema_is_one_json_document(tmp_path: Path) -> None:
    schema = json.loads(handouts("schema", "plan", cwd=tmp_path).stdout)
    assert schema["properties"]["screened"]["description"]


def test_find_tells_whose_pack_it_is(tmp_path: Path) -> None:
    handouts("build", PLAN, "--draft", cwd=tmp_path)
    name = next(
        line.partition(":")[2].strip() for line in PLAN.read_text("utf-8").splitlines() if line.startswith("name:")
    )
    done = handouts("find", name.split()[0].lower(), cwd=tmp_path)
    assert done.returncode == 0
    assert name in done.stdout
    assert pack_in(tmp_path / "output").name in done.stdout
    assert handouts("find", "zzzz", cwd=tmp_path).returncode == 1


def test_nothing_of_the_patient_leaves_the_pack_but_for_the_private_index(tmp_path: Path) -> None:
    words = {"name": "Zebedeeson", "why": "Quincequest", "goal": "Wumpushunt", "id": "REC-77123-X"}
    plan = tmp_path / "p.yaml"
    plan.write_text(
        f"""id: {words["id"]}
name: Ada {words["name"]}
age: 40
clinician: {{name: Sam Keller}}
date: 2026-11-23
why: Your {words["why"]} hurts.
goals: [Do a {words["goal"]}]
exercises: [{{id: clamshell, side: right}}]
screened: {{by: Sam Keller, date: 2026-11-23, all_others: no}}
""",
        "utf-8",
    )
    temp = tmp_path / "temp"
    temp.mkdir()
    good = handouts("build", plan, "--draft", cwd=tmp_path, TMPDIR=str(temp))
    assert good.returncode == 0, good.stderr
    broken = tmp_path / "broken.yaml"
    broken.write_text(plan.read_text("utf-8").replace("age: 40", f"age: {words['name']}"), "utf-8")
    bad = handouts("build", broken, "--draft", "--out", "other", cwd=tmp_path, TMPDIR=str(temp))
    assert bad.returncode == 1
    said = good.stdout + good.stderr + bad.stdout + bad.stderr
    names = " ".join(path.name for path in tmp_path.rglob("*"))
    ledger = (tmp_path / "output" / "ledger.jsonl").read_text("utf-8")
    pack = pack_in(tmp_path / "output").read_bytes()
    for word in words.values():
        assert word not in said
        assert word not in names
        assert word not in ledger
        assert word.encode() not in pack.partition(b"/Type/XRef")[2]
        assert word.encode("utf-16-be") not in pack
    assert not list(temp.iterdir())
    assert words["id"] not in words_of(pack)


def _own_content(folder: Path) -> None:
    for part in ("handouts", "layouts"):
        shutil.copytree(CONTENT / part, folder / part)


def test_signed_content_builds_and_says_who_signed_it(tmp_path: Path) -> None:
    _own_content(tmp_path)
    for id in ("clamshell", "glute-bridge", "safety", "red-flags"):
        done = handouts(
            "sign-off", id, "--by", "Sam Keller, DC", "--role", "chiropractor", "--as-of", "2026-11-24", cwd=tmp_path
        )
        assert done.returncode == 0, done.stderr
    handouts("new", "plan", "Jordan", cwd=tmp_path)
    done = handouts("build", "jordan.yaml", "--as-of", "2026-11-24", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    text = words_of(pack_in(tmp_path / "output").read_bytes())
    assert "Reviewed Nov 2026 by Sam Keller, DC. Next review Nov 2028." in text
    assert "Draft" not in text
    late = handouts("build", "jordan.yaml", "--out", "late", "--as-of", "2029-01-01", cwd=tmp_path)
    assert late.returncode == 1
    assert "Review past due" in late.stderr
    exercise = tmp_path / "handouts" / "exercises" / "clamshell.yaml"
    exercise.write_text(
        exercise.read_text("utf-8").replace("Keep your hips stacked.", "Keep your hips still."), "utf-8"
    )
    changed = handouts("build", "jordan.yaml", "--out", "changed", "--as-of", "2026-11-24", cwd=tmp_path)
    assert changed.returncode == 1
    assert "Changed since the sign-off: clamshell" in changed.stderr


def test_the_content_that_ships_has_no_error_and_no_silenced_rule(tmp_path: Path) -> None:
    done = handouts("check", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)["findings"]
    assert {one["code"] for one in found if one["severity"] == "note"} <= {"V01"}
    assert not (CONTENT / "handouts" / "silenced.yaml").exists()


def test_check_explains_a_rule(tmp_path: Path) -> None:
    assert "Why:" in handouts("check", "--explain", "V01", cwd=tmp_path).stdout


def test_inserts_are_merged_and_counted(tmp_path: Path) -> None:
    own = handouts("preview", "clamshell", "--out", tmp_path, cwd=tmp_path).stdout.strip()
    handouts("new", "plan", "Jordan", cwd=tmp_path)
    plan = tmp_path / "jordan.yaml"
    inserts = f"inserts: [{{file: {Path(own).name}, place: front}}, {{file: {Path(own).name}, place: end}}]\n"
    plan.write_text(plan.read_text("utf-8") + inserts, "utf-8")
    done = handouts("build", plan, "--draft", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    pack = pack_in(tmp_path / "output")
    pages = read(pack.read_bytes())
    assert "When to get help" in pages[1].text
    assert "Sample, not for patients" in pages[2].text
    assert "Sample, not for patients" in pages[-1].text
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page.text
        assert pack.stem in page.text
    assert_pdf_ua([pack])


def test_merge_alone(tmp_path: Path) -> None:
    own = handouts("preview", "clamshell", "--out", tmp_path, cwd=tmp_path).stdout.strip()
    done = handouts("merge", own, own, "-o", "two.pdf", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(read((tmp_path / "two.pdf").read_bytes())) == 2
    assert handouts("merge", own, "-o", own, cwd=tmp_path).returncode == 2


def test_a_character_without_a_font_names_character_field_and_line(tmp_path: Path) -> None:
    plan = tmp_path / "li.yaml"
    plan.write_text(PLAN.read_text("utf-8") + "notes: [Rest well., 好的 rest.]\n", "utf-8")
    done = handouts("build", plan, "--draft", cwd=tmp_path)
    assert done.returncode == 1
    assert "U+597D" in done.stderr
    assert "(notes.1)" in done.stderr
    assert f"line {len(plan.read_text('utf-8').splitlines())}" in done.stderr
    assert not list(tmp_path.rglob("*.pdf"))
