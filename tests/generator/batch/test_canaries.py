"""The canary test: 500 patients, every field unlike any other; each pack holds all of its own and no other's."""

from __future__ import annotations

import io
import random
import re
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from generator.batch.run import Settings, run_batch
from generator.deliver.keys import pack_id
from generator.models.roster import Roster
from tests.generator.batch.patients import KEY, kept_shop, patient, roster, tokens_of
from tests.reading import squeezed
from tests.verapdf import assert_pdf_ua

COUNT = 500
TOKEN = re.compile(r"Qx\d{4}[a-z]+?Zj")
CLIPPED = re.compile(r"Qx\d{4}")


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A batch by two workers, its roster shuffled."""
    folder = tmp_path_factory.mktemp("canaries")
    plans = list(roster(COUNT).plans)
    random.Random(500).shuffle(plans)
    report = run_batch(kept_shop(), Roster(tuple(plans)), Settings(out=folder, inserts=folder, key=KEY, workers=2))
    assert report.counts == {"done": COUNT}
    return folder


def file_of(folder: Path, number: int) -> Path:
    return folder / f"{pack_id(KEY, patient(number).id)}.pdf"


def text_of(pdf: bytes) -> str:
    """All text of a file, as pdfium reads it."""
    with pdfium.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def strings_in(pdf: bytes) -> str:
    """Every text in the file's objects: metadata, outline, links, alternative texts, attachments' names."""
    found: list[str] = []

    def walk(value: object, depth: int = 0) -> None:
        if isinstance(value, pikepdf.String):
            found.append(str(value))
        elif isinstance(value, pikepdf.Dictionary) and depth < 3:
            for _, one in value.items():
                if not (isinstance(one, pikepdf.Object) and one.is_indirect):
                    walk(one, depth + 1)
        elif isinstance(value, pikepdf.Array) and depth < 3:
            for one in value:
                if not (isinstance(one, pikepdf.Object) and one.is_indirect):
                    walk(one, depth + 1)

    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert "/Names" not in file.Root, "attachments"
        found.append(file.Root.Metadata.read_bytes().decode("utf-8"))
        for one in file.objects:
            walk(one.stream_dict if isinstance(one, pikepdf.Stream) else one)
    return "\n".join(found)


def test_each_pack_holds_all_of_its_own_and_none_of_any_other(packs: Path) -> None:
    for number in range(COUNT):
        pdf = file_of(packs, number).read_bytes()
        text = squeezed(text_of(pdf))
        assert set(TOKEN.findall(text)) == set(tokens_of(patient(number))), number
        assert set(CLIPPED.findall(text)) == {f"Qx{number:04}"}


def test_what_is_not_on_a_page_names_nobody(packs: Path) -> None:
    for number in range(0, COUNT, 25):
        hidden = strings_in(file_of(packs, number).read_bytes())
        assert len(hidden) > 2000
        assert "Qx" not in hidden
        assert f"MRN-{number:05}" not in hidden


def test_file_names_and_records_name_nobody_but_the_private_index(packs: Path) -> None:
    for file in packs.iterdir():
        private = file.name.startswith(".handouts-")
        assert "Qx" not in file.name
        if file.suffix != ".pdf" and not private:
            text = file.read_text("utf-8")
            assert "Qx" not in text
            assert "MRN" not in text


@pytest.mark.parametrize("workers", [1, 4])
def test_other_orders_and_other_numbers_of_workers_give_the_same_bytes(
    tmp_path: Path, packs: Path, workers: int
) -> None:
    numbers = random.Random(workers).sample(range(COUNT), 24)
    settings = Settings(out=tmp_path, inserts=tmp_path, key=KEY, workers=workers)
    run_batch(kept_shop(), Roster(tuple(patient(number) for number in numbers)), settings)
    for number in numbers:
        assert file_of(tmp_path, number).read_bytes() == file_of(packs, number).read_bytes()


def test_packs_of_a_batch_are_pdf_ua(packs: Path) -> None:
    assert_pdf_ua([file_of(packs, number) for number in range(0, COUNT, 100)])
