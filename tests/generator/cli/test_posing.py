"""The commands for authors of exercise pictures, as a user types them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image

from tests.generator.cli.test_commands import handouts
from tests.packs import CONTENT


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A clinic's own copy of the content."""
    for part in ("handouts", "layouts"):
        shutil.copytree(CONTENT / part, tmp_path / part)
    return tmp_path


def is_grey(picture: Image.Image) -> bool:
    red, green, blue = picture.convert("RGB").split()
    return red.tobytes() == green.tobytes() == blue.tobytes()


def test_a_changed_pose_is_solved_told_in_numbers_and_shown(content: Path) -> None:
    file = content / "handouts" / "exercises" / "clamshell.yaml"
    file.write_text(file.read_text("utf-8").replace("highlight:", "alt: {end: Knees apart.}\n  highlight:"), "utf-8")
    done = handouts("poses", "clamshell", "--angles", "--png", "out", "--grey", cwd=content)
    assert done.returncode == 0, done.stderr
    assert "clamshell  solved" in done.stdout
    assert "trunk lean" in done.stdout
    assert "knee_r: flexion" in done.stdout
    with Image.open(content / "out" / "clamshell.png") as picture:
        assert picture.size == (1434, 609)
        assert is_grey(picture)
        assert min(picture.convert("L").tobytes()) < 60
    assert "clamshell  kept already" in handouts("poses", "clamshell", cwd=content).stdout


def test_a_pose_that_misses_its_contacts_is_an_error_but_is_shown(content: Path) -> None:
    file = content / "handouts" / "exercises" / "calf-raise.yaml"
    words = file.read_text("utf-8")
    kept = content / "handouts" / "exercises" / "solved" / "calf-raise.json"
    before = kept.read_bytes()
    file.write_text(words.replace("at: [0, null, null]", "at: [0, null, 90]"), "utf-8")
    done = handouts("poses", "calf-raise", "no-such", "--angles", "--png", "out", cwd=content)
    assert done.returncode == 3
    assert "cm off" in done.stderr
    assert 'no exercise "no-such"' in done.stderr
    assert "missed" in done.stdout
    assert (content / "out" / "calf-raise.png").is_file()
    assert kept.read_bytes() == before


def test_the_sheet_shows_all_pictures_in_color_and_grey(tmp_path: Path) -> None:
    for options, name in (((), "preview-sheet.png"), (("--grey",), "preview-sheet-grey.png")):
        done = handouts("preview", "--sheet", *options, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        with Image.open(tmp_path / "output" / name) as sheet:
            assert is_grey(sheet) == bool(options)
            assert sheet.height > 9 * 225


@pytest.mark.parametrize("arguments", [[], ["clamshell", "--sheet"], ["clamshell", "--grey"]])
def test_preview_takes_an_id_or_the_sheet(tmp_path: Path, arguments: list[str]) -> None:
    done = handouts("preview", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "--sheet" in done.stderr


def test_the_list_says_what_each_picture_shows(tmp_path: Path) -> None:
    rows = {row["id"]: row for row in json.loads(handouts("list", "exercises", "--json", cwd=tmp_path).stdout)}
    assert rows["clamshell"]["picture"] == "drawn"
    assert "knee" in rows["clamshell"]["alternative_text"]


@pytest.mark.parametrize("name", ["clam.png", "clam.jpg", "clam.svg"])
def test_a_clinic_s_own_picture_takes_the_place_of_the_drawn_one(content: Path, name: str) -> None:
    folder = content / "handouts" / "exercises"
    if name.endswith(".svg"):
        shape = '<rect width="90" height="60" fill="red"/>'
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 60">{shape}</svg>'
        (folder / name).write_text(drawing, "utf-8")
    else:
        Image.new("RGB", (90, 60), "red").save(folder / name)
    words = (folder / "clamshell.yaml").read_text("utf-8")
    own = f'picture: {{file: {name}, alt: "Our own view.", attribution: "Photo: A. Clinic"}}\nversion: 1'
    (folder / "clamshell.yaml").write_text(words.replace("version: 1", own), "utf-8")
    rows = {row["id"]: row for row in json.loads(handouts("list", "exercises", "--json", cwd=content).stdout)}
    assert (rows["clamshell"]["picture"], rows["clamshell"]["alternative_text"]) == ("own", "Our own view.")
    done = handouts("preview", "clamshell", cwd=content)
    assert done.returncode == 0, done.stderr
    (pdf,) = (content / "output").glob("*.pdf")
    with pikepdf.open(pdf) as document:
        told = [str(one.Alt) for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
        assert "Our own view." in told
    with pdfium.PdfDocument(pdf) as document:
        assert "Photo: A. Clinic" in document[0].get_textpage().get_text_bounded()
        page = document[0].render(scale=0.5).to_pil().convert("RGB")
        red = sum(count for count, (r, g, b) in page.getcolors(page.width * page.height) or () if r > 240 > 20 > g + b)
        assert red > 2000
