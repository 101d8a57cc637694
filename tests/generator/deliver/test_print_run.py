"""Print runs: every pack on sheets of its own, nothing lost, nothing mixed, shared things stored once."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from generator.deliver.folder import PackFolder
from generator.deliver.print_run import PrintRun, plan_print_run, write_print_run
from generator.errors import ErrorList, UsageError
from tests.generator.deliver.runs_of_paper import ReadRun, fill, finished, read_run, workshop


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three packs: odd and even numbers of pages."""
    folder = fill(tmp_path_factory.mktemp("packs"), *(finished(number) for number in (1, 3, 9)))
    with PackFolder(folder) as held:
        assert {entry.pages % 2 for entry in held.ledger.entries()} == {0, 1}
    return folder


def _written(packs: Path, target: Path, times: int = 1, **options: bool) -> PrintRun:
    with PackFolder(packs) as folder:
        planned = plan_print_run(packs, folder.ledger.entries("pack") * times, workshop(), **options)
        return write_print_run(folder, planned, target, workshop())


def _run(packs: Path, target: Path, **options: bool) -> tuple[PrintRun, ReadRun]:
    run = _written(packs, target, **options)
    return run, read_run(target.read_bytes())


@pytest.mark.parametrize("separators", [False, True])
def test_each_pack_starts_on_a_new_sheet_and_is_whole_and_in_order(
    packs: Path, tmp_path: Path, separators: bool
) -> None:
    run, read = _run(packs, tmp_path / "run.pdf", separators=separators)
    starts = dict(read.bookmarks[1:])
    assert read.bookmarks[0] == ("List of packs", 0)
    assert list(starts) == [pack.id for pack in run.packs], "bookmarks are pack ids and nothing else"
    for entry, start in zip(run.packs, starts.values(), strict=True):
        assert start % 2 == 0, "on the front of a sheet"
        for number in range(entry.pages):
            assert entry.pack_id in read.texts[start + number]
            assert f"Page {number + 1} of {entry.pages}" in read.texts[start + number]
        assert read.texts[start + entry.pages : start + entry.pages + entry.pages % 2] == ("",) * (entry.pages % 2)
        if separators:
            assert entry.pack_id in read.texts[start - 2]
            assert read.texts[start - 1] == "", "the back of a separator"
    own = sum(entry.pages for entry in run.packs)
    assert len(read.texts) == run.plan.pages
    assert sum(not text for text in read.texts) == run.plan.blank_pages
    assert len(read.texts) - read.texts.count("") == own + run.plan.manifest_pages + run.plan.separator_sheets


def test_the_list_says_what_is_in_the_file(packs: Path, tmp_path: Path) -> None:
    run, read = _run(packs, tmp_path / "run.pdf")
    words = read.texts[0]
    listed = re.findall(r"(\d+)(?: to (\d+))? ([0-9A-Z]{4}-[0-9A-Z]{6}) (\d+)", words)
    assert [id_ for _, _, id_, _ in listed] == [pack.id for pack in run.packs]
    starts = dict(read.bookmarks)
    for first, last, id_, pages in listed:
        assert starts[id_] == (int(first) - 1) * 2
        assert int(last or first) - int(first) + 1 == (int(pages) + 1) // 2
    assert f"Packs {len(run.packs)}" in words.replace("Packs Pages of packs Sheets of paper", "Packs")
    assert str(len(read.texts) // 2) in words


def test_long_lists_take_pages_of_their_own_and_still_add_up(packs: Path, tmp_path: Path) -> None:
    run = _written(packs, tmp_path / "run.pdf", times=20)
    read = read_run((tmp_path / "run.pdf").read_bytes())
    assert run.plan.manifest_pages > 1
    assert read.texts[run.plan.manifest_sheets * 2].endswith(f"Page 1 of {run.packs[0].pages}")
    listed = " ".join(read.texts[: run.plan.manifest_pages])
    assert all(listed.count(entry.id) == 20 for entry in run.packs)
    last = run.plan.packs[-1]
    assert f"{last.first_sheet} to {last.last_sheet} {last.id}" in listed
    assert last.last_sheet * 2 == len(read.texts)


def test_no_name_is_in_it_but_on_the_packs_own_pages(packs: Path, tmp_path: Path) -> None:
    run, read = _run(packs, tmp_path / "run.pdf", separators=True)
    starts = dict(read.bookmarks)
    of_packs = {starts[entry.id] + number for entry in run.packs for number in range(entry.pages)}
    added = [text for number, text in enumerate(read.texts) if number not in of_packs]
    names = [finished(number).name for number in (1, 3, 9)]
    assert all(any(name in read.texts[number] for number in of_packs) for name in names)
    assert len(added) == run.plan.pages - run.plan.pack_pages
    assert not any(name in text for name in names for text in added)
    with pikepdf.open(tmp_path / "run.pdf") as run:
        seen = repr(dict(run.docinfo)) + repr([str(one.title) for one in run.open_outline().root])
        labels = run.Root.PageLabels.Nums.unparse().decode("latin-1")
    assert not any(name.encode().hex() in labels.lower() or name in seen for name in names)


def test_on_one_side_no_page_is_added(packs: Path, tmp_path: Path) -> None:
    run, read = _run(packs, tmp_path / "run.pdf", both_sides=False)
    assert "" not in read.texts
    assert run.plan.sheets == len(read.texts) == sum(entry.pages for entry in run.packs) + run.plan.manifest_pages


def test_what_packs_share_is_stored_once_and_the_tags_are_gone(packs: Path, tmp_path: Path) -> None:
    target = tmp_path / "run.pdf"
    run, _ = _run(packs, target)
    with pikepdf.open(target) as file:
        fonts = [one for one in file.objects if isinstance(one, pikepdf.Stream) and "/Length1" in one]
        digests = [hashlib.sha256(one.read_raw_bytes()).digest() for one in fonts]
        assert len(digests) == len(set(digests)) > 0
        assert "/StructTreeRoot" not in file.Root
        assert "/MarkInfo" not in file.Root
        assert not any("/Annots" in page.obj for page in file.pages)
        assert file.check_pdf_syntax() == []
    assert run.size == target.stat().st_size < 0.75 * sum(entry.size for entry in run.packs)
    assert hashlib.sha256(target.read_bytes()).hexdigest() == run.sha256


def test_pages_look_as_in_the_pack(packs: Path, tmp_path: Path) -> None:
    run, read = _run(packs, tmp_path / "run.pdf")
    entry = run.packs[0]
    start = dict(read.bookmarks)[entry.id]
    with pdfium.PdfDocument(packs / f"{entry.id}.pdf") as one, pdfium.PdfDocument(tmp_path / "run.pdf") as other:
        for number in range(entry.pages):
            seen, printed = one[number].render(scale=0.5).to_numpy(), other[start + number].render(scale=0.5).to_numpy()
            assert (seen == printed).all()


def test_the_same_packs_give_the_same_bytes(packs: Path, tmp_path: Path) -> None:
    first, _ = _run(packs, tmp_path / "a.pdf")
    second, _ = _run(packs, tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert first.sha256 == second.sha256


def test_a_changed_or_lost_file_is_left_out_and_named(tmp_path: Path) -> None:
    folder = fill(tmp_path / "packs", finished(1), finished(3), finished(9))
    changed, lost = finished(3).pack_id, finished(9).pack_id
    path = folder / f"{changed}.pdf"
    path.write_bytes(path.read_bytes().replace(b"/Producer", b"/producer", 1) + b"\n")
    (folder / f"{lost}.pdf").unlink()
    run, read = _run(folder, tmp_path / "run.pdf")
    assert [entry.pack_id for entry in run.packs] == [finished(1).pack_id]
    assert sorted(run.plan.left_out) == sorted([changed, lost])
    assert {error.place.file.rsplit("/", 1)[1] for error in run.refused if error.place} == {
        f"{changed}.pdf",
        f"{lost}.pdf",
    }
    assert changed in read.texts[0]
    assert not any(changed in text for text in read.texts[1:])


def test_nothing_is_written_where_every_pack_is_refused(tmp_path: Path) -> None:
    folder = fill(tmp_path / "packs", finished(1))
    (folder / finished(1).file_name).write_bytes(b"%PDF-1.7 something else")
    with pytest.raises(ErrorList, match="checksum"):
        _written(folder, tmp_path / "run.pdf")
    assert not (tmp_path / "run.pdf").exists()


def test_a_run_that_does_not_add_up_leaves_what_was_there(tmp_path: Path) -> None:
    """The ledger says more pages than the file has: the run would shift every pack behind it."""
    folder = fill(tmp_path / "packs", replace(finished(1), pages=finished(1).pages + 1), finished(3))
    (tmp_path / "run.pdf").write_bytes(b"the last run")
    with pytest.raises(Exception, match="does not add up"):
        _written(folder, tmp_path / "run.pdf")
    assert (tmp_path / "run.pdf").read_bytes() == b"the last run"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["run.pdf"]


@pytest.mark.parametrize("name", ["run.txt", "packs", "nowhere/run.pdf", "pack"])
def test_files_that_a_run_may_not_be(tmp_path: Path, name: str) -> None:
    folder = fill(tmp_path / "packs", finished(1))
    target = folder / finished(1).file_name if name == "pack" else tmp_path / name
    with pytest.raises(UsageError):
        _written(folder, target)
    assert (folder / finished(1).file_name).read_bytes() == finished(1).pdf


def test_packs_on_other_paper_keep_it_and_are_named(tmp_path: Path) -> None:
    folder = fill(tmp_path / "packs", finished(1), finished(3, "a4"))
    run, read = _run(folder, tmp_path / "run.pdf")
    assert run.other_paper == (run.packs[1].id,)
    start = dict(read.bookmarks)[run.packs[1].id]
    assert len(set(read.sizes[start:])) == 1
    assert read.sizes[start] != read.sizes[0], "the list is on the first pack's paper"


def test_an_empty_folder_has_nothing_to_print(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no pack"):
        _written(tmp_path / "packs", tmp_path / "run.pdf")


def test_a_pack_that_is_locked_is_refused(tmp_path: Path) -> None:
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(finished(1).pdf)) as pack:
        pack.save(data, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    folder = fill(tmp_path / "packs", replace(finished(1), pdf=data.getvalue()))
    with pytest.raises(Exception, match="passphrase"):
        _written(folder, tmp_path / "run.pdf")
