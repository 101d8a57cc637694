"""The form with the safety questions, as a user asks for it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.generator.cli.test_commands import PLAN, handouts
from tests.packs import CONTENT, library
from tests.reading import read, squeezed


def test_without_a_plan_all_questions_print(tmp_path: Path) -> None:
    done = handouts("screening", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "1 page  output/screening.pdf\n"
    text = squeezed(read((tmp_path / "output" / "screening.pdf").read_bytes())[0].text)
    assert all(squeezed(rule.ask) in text for rule in library().safety.avoid_tags.values())


def test_a_plan_gets_its_own_questions_and_the_id_of_its_pack(tmp_path: Path) -> None:
    done = handouts("screening", PLAN, "--json", cwd=tmp_path)
    found = json.loads(done.stdout)
    assert found["pages"] == 1
    tags = [one["tag"] for one in found["questions"]]
    assert set(library().safety.hard_stops) < set(tags) < set(library().safety.avoid_tags)
    form = tmp_path / found["file"]
    built = json.loads(handouts("build", PLAN, "--draft", "--json", cwd=tmp_path).stdout)
    assert form.name == f"screening-{built['packs'][0]['pack_id']}.pdf"
    name = PLAN.read_text("utf-8").partition("\nname: ")[2].partition("\n")[0].strip('"')
    assert name
    assert name not in read(form.read_bytes())[0].text


def test_an_unscreened_plan_gets_a_form_though_no_pack(tmp_path: Path) -> None:
    lines = PLAN.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("screened:")]
    assert len(kept) == len(lines) - 1
    (tmp_path / "plan.yaml").write_text("\n".join(kept), "utf-8")
    refused = handouts("build", "plan.yaml", "--draft", cwd=tmp_path)
    assert refused.returncode == 1
    assert "Screen first" in refused.stderr
    assert handouts("screening", "plan.yaml", cwd=tmp_path).returncode == 0


def test_tags_are_told_for_the_plan_file(tmp_path: Path) -> None:
    done = handouts("screening", "--tags", "--layout", "large-print", "--paper", "a4", cwd=tmp_path)
    assert "suspected-dvt                 Do you have new swelling, heat or pain in one leg?\n" in done.stdout
    assert done.stdout.endswith("3 pages  output/screening.pdf\n")


def test_an_unknown_brand_is_refused(tmp_path: Path) -> None:
    done = handouts("screening", "--brand", "nowhere", "--content", CONTENT, cwd=tmp_path)
    assert done.returncode == 2
    done = handouts("screening", "--brand", "nowhere", cwd=tmp_path)
    assert done.returncode == 1
    assert 'There is no brand "nowhere".' in done.stderr
    assert not list(tmp_path.rglob("*.pdf"))
