"""Whole packs, judged by others: veraPDF, qpdf, MuPDF, Ghostscript and pdf.js.

Some 300 packs where HANDOUTS_ALL_PACKS=1, as CI has it; some thirty of every kind elsewhere.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.merge.looking import Shelf
from tests.generator.merge.graph import faults
from tests.many_packs import INSERTS, LOOKS, WORDS, Case, cases, make, some
from tests.spoken import spoken
from tests.verapdf import assert_pdf_ua

ALL = os.environ.get("HANDOUTS_ALL_PACKS") == "1"
EVERY = 1 if ALL else 11
CHOSEN = 20
PDFJS = "HANDOUTS_PDFJS"
_MUPDF_SAYS_OF_ITSELF = "warning: ICC support is not available"


@dataclass(frozen=True)
class Made:
    case: Case
    file: Path


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> list[Made]:
    folder, shelf = tmp_path_factory.mktemp("packs"), Shelf()
    made = []
    for case in some(EVERY):
        pack = make(case, shelf, folder)
        assert not [note for note in pack.notes if "PDF/UA" in note], (case.name, pack.notes)
        made.append(Made(case, folder / f"{case.name}.pack.pdf"))
        made[-1].file.write_bytes(pack.pdf)
    return made


@pytest.fixture(scope="module")
def chosen(packs: list[Made]) -> list[Made]:
    """Twenty of them, of every kind."""
    return packs[:: max(1, len(packs) // CHOSEN)][:CHOSEN]


def test_the_packs_are_of_every_kind() -> None:
    whole = list(cases())
    assert len(whole) >= 300
    for every in (1, 11):
        seen = some(every)
        assert {one.look for one in seen} == set(LOOKS)
        assert {one.exercises for one in seen} == set(range(-1, 13))
        assert {one.words for one in seen} == set(WORDS)
        assert {one.inserts for one in seen} == {(), *INSERTS}


def test_every_pack_is_pdf_ua(packs: list[Made]) -> None:
    assert_pdf_ua(one.file for one in packs)


def test_every_pack_has_a_sound_graph(packs: list[Made]) -> None:
    for one in packs[:: 1 if not ALL else 5]:
        assert faults(one.file.read_bytes()) == [], one.case.name


def test_packs_stay_small(packs: list[Made]) -> None:
    """Also with the fonts of two more scripts, or with all inserts; a plain pack takes some 250 kB."""
    heavy = {one.case.name: one.file.stat().st_size for one in packs if one.file.stat().st_size > 800_000}
    assert not heavy


def _said(*command: object) -> str:
    """What a tool says of a file, beside its output."""
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done
    return done.stderr


def test_qpdf_finds_no_fault(packs: list[Made]) -> None:
    for one in packs:
        assert _said("qpdf", "--check", one.file) == "", one.case.name


def test_mupdf_reads_without_a_warning(chosen: list[Made]) -> None:
    for one in chosen:
        lines = _said("mutool", "draw", "-q", "-F", "text", "-o", os.devnull, one.file).splitlines()
        assert [line for line in lines if line != _MUPDF_SAYS_OF_ITSELF] == [], one.case.name


def test_ghostscript_reads_without_a_warning(chosen: list[Made]) -> None:
    command = ("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=nullpage", "-sstdout=%stderr")
    assert _said(*command, *(one.file for one in chosen)) == ""


def _letters(words: str) -> str:
    """Without spaces, and without hyphens: pdfium takes one at the end of a line for a broken word."""
    return "".join(one for one in words if not one.isspace() and one not in "-\x02\ufffe")


def test_pdfjs_reads_without_a_warning_and_in_the_same_order(chosen: list[Made]) -> None:
    folder = os.environ.get(PDFJS)
    if not folder:
        pytest.skip(f"{PDFJS} names no folder of pdfjs-dist 5")
    script = Path(__file__).parents[1] / "pdfjs.mjs"
    command = ["node", str(script), folder, *(str(one.file) for one in chosen)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["file"] for line in lines] == [str(one.file) for one in chosen]
    for one, line in zip(chosen, lines, strict=True):
        assert line["warnings"] == [], one.case.name
        tree = spoken(one.file.read_bytes())
        for page, words in enumerate(line["words"]):
            heard = "".join(part.own for part in tree.walk() if part.page == page and not part.alt)
            assert _letters("".join(words)) == _letters(heard), (one.case.name, page)
