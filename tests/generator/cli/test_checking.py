"""The commands that judge: what a user sees of refusals, warnings and reports."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.generator.cli.test_commands import PLAN, handouts
from tests.packs import CONTENT

SCREENED = "screened: {by: Dana Ruiz, date: 2026-11-23, all_others: no}"


def changed(folder: Path, *pairs: tuple[str, str]) -> Path:
    """The sample plan in a folder of its own, with some words replaced."""
    words = PLAN.read_text("utf-8")
    for before, after in pairs:
        assert before in words
        words = words.replace(before, after)
    path = folder / "plan.yaml"
    path.write_text(words, "utf-8")
    return path


def test_a_refused_plan_tells_codes_and_warnings_in_one_run(tmp_path: Path) -> None:
    yes = SCREENED.replace("all_others", "yes: [recent-knee-surgery], all_others")
    plan = changed(tmp_path, (SCREENED, yes), ("birth_year: 1968", "birth_year: 2015"))
    done = handouts("build", plan.name, "--draft", cwd=tmp_path)
    assert done.returncode == 1
    assert "[A01]" in done.stderr
    assert "warning S06: " in done.stderr or "warning S10: " in done.stderr
    document = json.loads(handouts("build", plan.name, "--draft", "--json", cwd=tmp_path).stdout)
    assert [one["code"] for one in document["errors"]] == ["A01"]
    assert {one["code"] for one in document["findings"]} >= {"V01"}
    assert not list(tmp_path.rglob("*.pdf"))


def test_check_groups_by_file_with_line_and_key(tmp_path: Path) -> None:
    shutil.copytree(CONTENT / "handouts", tmp_path / "handouts")
    shutil.copytree(CONTENT / "layouts", tmp_path / "layouts")
    broken = tmp_path / "handouts" / "plans" / "sample-02.yaml"
    words = broken.read_text("utf-8")
    broken.write_text(words.replace("goals: ", "gaols: "), "utf-8")
    later = tmp_path / "handouts" / "plans" / "sample-03.yaml"
    later.write_text(later.read_text("utf-8").replace("all_others: no", "all_others: maybe"), "utf-8")
    done = handouts("check", cwd=tmp_path)
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    at = lines.index("handouts/plans/sample-02.yaml")
    assert lines[at + 1].startswith("  line ")
    assert "error X01: " in lines[at + 1]
    assert lines[at + 1].endswith("(gaols)")
    assert "handouts/plans/sample-03.yaml" in lines
    after = lines.index("handouts/plans/sample-04.yaml")
    assert any("warning K01: " in line for line in lines[after:])
    assert done.stdout.startswith("2 errors, ")


def test_understand_scores_and_names_pages(tmp_path: Path) -> None:
    done = handouts("understand", "it-band-myths", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "  PEMAT-P understanding: 100 of 100 of what a program can tell; the aim is 70" in done.stdout
    assert "    PEMAT-P understanding 18: Are pictures clear and uncluttered? look (page 1, 4)" in done.stdout
    (document,) = json.loads(handouts("understand", "it-band-myths", "--json", cwd=tmp_path).stdout)
    assert document["scores"]["CDC index"] >= document["aim"] == 70
    assert len(document["items"]) == 17 + 7 + 20
    looked_at = [item for item in document["items"] if item["verdict"] == "look"]
    assert looked_at
    assert all(item["pages"] for item in looked_at)


def test_understand_knows_its_handouts(tmp_path: Path) -> None:
    done = handouts("understand", "nothing", cwd=tmp_path)
    assert done.returncode == 2
    assert 'There is no handout "nothing".' in done.stderr


def own_content(folder: Path) -> Path:
    """A copy of the content to change."""
    shutil.copytree(CONTENT / "handouts", folder / "handouts")
    shutil.copytree(CONTENT / "layouts", folder / "layouts")
    return folder


def test_no_pack_leaves_with_an_error_in_shared_content(tmp_path: Path) -> None:
    content = own_content(tmp_path / "clinic")
    topic = content / "handouts" / "topics" / "when-and-how-to-roll.yaml"
    words = topic.read_text("utf-8")
    text = "{type: paragraph, text: The IT band has zero stretch., claims: none}"
    topic.write_text(words.rstrip("\n") + f"\n  - {text}\n", "utf-8")
    done = handouts("--content", content, "build", PLAN, "--draft", cwd=tmp_path)
    assert done.returncode == 3
    assert '"The IT band has zero stretch." says what claim C02 says to avoid.' in done.stderr
    assert "[E01]" in done.stderr
    assert not list(tmp_path.rglob("*.pdf"))
    line = len(topic.read_text("utf-8").splitlines())
    assert f"line {line}: " in done.stderr
    key = done.stderr.partition("(blocks.")[2].partition(")")[0]
    (content / "handouts" / "silenced.yaml").write_text(
        "silenced:\n  - {code: E01, file: handouts/topics/when-and-how-to-roll.yaml, "
        f"key: blocks.{key}, reason: Quoted to be answered in class., by: Dana Ruiz}}\n",
        "utf-8",
    )
    assert handouts("--content", content, "build", PLAN, "--draft", cwd=tmp_path).returncode == 0


def test_a_brand_that_cannot_print_the_content_makes_no_pack(tmp_path: Path) -> None:
    content = own_content(tmp_path / "clinic")
    brand = content / "layouts" / "brands" / "harbor-street" / "brand.yaml"
    words = brand.read_text("utf-8")
    name = next(line for line in words.splitlines() if line.startswith("name: "))
    brand.write_text(words.replace(name, "name: Harbor \u4e00 Therapy"), "utf-8")
    done = handouts("--content", content, "build", PLAN, "--draft", cwd=tmp_path)
    assert done.returncode == 3
    assert "can print U+4E00 (cjk unified ideograph-4e00). (name) [P05]" in done.stderr
    assert not list(tmp_path.rglob("*.pdf"))
