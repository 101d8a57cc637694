"""Packs go to the printer: on a real CUPS, and in the way of systems that have none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from generator.deliver.delivery import FinishedPack
from generator.deliver.folder import PackFolder
from generator.deliver.journal import Record
from generator.deliver.keys import pack_id
from generator.deliver.ledger import Ledger
from generator.deliver.printer import Cups, PrinterError, PrintingSystem, PrintOptions, Viewer, Windows
from generator.deliver.printing import PrintOutcome, print_packs
from generator.deliver.printings import PRINTED, Printing, last_printed, printings
from generator.errors import UsageError
from tests.generator.deliver import cups
from tests.generator.deliver.packs import NAME
from tests.generator.deliver.packs import finished as dummy
from tests.generator.deliver.runs_of_paper import fill, finished

NOON = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


class Paper:
    """A printing system that keeps what it gets."""

    way = "cups"

    def __init__(self, fails_at: int = -1) -> None:
        self.jobs: list[tuple[str, bytes, PrintOptions]] = []
        self._fails_at = fails_at

    def destination(self, options: PrintOptions, files: int) -> str:
        return options.printer or "Front"

    def send(self, title: str, path: Path, data: bytes, options: PrintOptions) -> str:
        if len(self.jobs) == self._fails_at:
            raise PrinterError("The print service refused: no paper.")
        self.jobs.append((title, data, options))
        return f"Front-{len(self.jobs)}"


def _print(
    path: Path, system: PrintingSystem, options: PrintOptions | None = None, at: datetime = NOON
) -> PrintOutcome:
    options = options or PrintOptions()
    with PackFolder(path) as folder:
        entries = folder.ledger.entries("pack")
        destination = system.destination(options, len(entries))
        return print_packs(folder, entries, system, options, destination=destination, now=lambda: at)


# ---- the ledger


def test_what_was_printed_when_is_in_the_ledger(tmp_path: Path) -> None:
    path = fill(tmp_path, dummy("a"), dummy("b"))
    paper = Paper()
    _print(path, paper, PrintOptions("Front", copies=2, duplex=True))
    _print(path, paper, at=datetime(2026, 12, 1, 8, 30, tzinfo=UTC))
    first, _, _, again = printings(Ledger.load(path))
    assert first == Printing(
        file=first.file,
        pack_id=first.pack_id,
        sha256=next(entry.sha256 for entry in Ledger.load(path).entries() if entry.id == first.file),
        at="2026-11-28T12:00:00Z",
        way="cups",
        printer="Front",
        copies=2,
        duplex=True,
        job="Front-1",
    )
    assert (again.at, again.copies, again.duplex) == ("2026-12-01T08:30:00Z", 1, False)
    assert len(printings(Ledger.load(path))) == 4, "a second printing does not take the place of the first"
    assert last_printed(Ledger.load(path))[first.file, first.sha256].at == "2026-12-01T08:30:00Z"


def test_no_name_gets_into_the_ledger_or_to_the_printer(tmp_path: Path) -> None:
    path = fill(tmp_path, dummy("a"))
    paper = Paper()
    _print(path, paper)
    assert NAME not in (path / "ledger.jsonl").read_text("utf-8")
    assert [title for title, _, _ in paper.jobs] == [dummy("a").pack_id]


def test_printing_leaves_the_packs_entries_as_they_were(tmp_path: Path) -> None:
    path = fill(tmp_path, dummy("a"), dummy("b"))
    before = Ledger.load(path).entries()
    _print(path, Paper())
    assert sorted(map(repr, Ledger.load(path).entries())) == sorted(map(repr, before))


def test_a_line_of_another_version_is_read_and_kept(tmp_path: Path) -> None:
    """An older version wrote fewer keys, a newer one more."""
    path = fill(tmp_path, dummy("a"))
    older = {"file": "A", "pack_id": "A", "sha256": "0", "at": "2026-01-01T00:00:00Z", "way": "cups"}
    with PackFolder(path) as folder:
        folder.ledger.record([Record(PRINTED, "A#1", older), Record(PRINTED, "B#1", {**older, "file": "B", "tray": 3})])
    _print(path, Paper())
    assert [one.file for one in printings(Ledger.load(path))][:2] == ["A", "B"]
    assert b'"tray":3' in (path / "ledger.jsonl").read_bytes()


# ---- what may be printed


def test_a_changed_file_is_refused_and_the_others_go_on(tmp_path: Path) -> None:
    path = fill(tmp_path, *(dummy(name) for name in "abc"))
    (path / dummy("b").file_name).write_bytes(dummy("b", version="2").pdf)
    paper = Paper()
    outcome = _print(path, paper)
    assert sorted(title for title, _, _ in paper.jobs) == sorted([dummy("a").pack_id, dummy("c").pack_id])
    (error,) = outcome.refused
    assert "checksum" in error.message
    assert error.place
    assert error.place.file.endswith(dummy("b").file_name)
    assert len(printings(Ledger.load(path))) == 2


def test_what_goes_to_the_printer_is_what_was_made(tmp_path: Path) -> None:
    path = fill(tmp_path, dummy("a"))
    paper = Paper()
    _print(path, paper)
    assert paper.jobs[0][1] == dummy("a").pdf


def test_a_printer_that_refuses_ends_the_run_and_only_what_it_took_is_in_the_ledger(tmp_path: Path) -> None:
    path = fill(tmp_path, *(dummy(name) for name in "abc"))
    outcome = _print(path, Paper(fails_at=1))
    assert len(outcome.printed) == 1
    assert outcome.stopped is not None
    assert [one.file for one in printings(Ledger.load(path))] == [outcome.printed[0].entry.id]


# ---- CUPS


@pytest.fixture(scope="module")
def service() -> Iterator[cups.PrintService]:
    if reason := cups.missing():
        pytest.skip(reason)
    with cups.print_service() as running:
        yield running


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A print service without printers."""
    if reason := cups.missing():
        pytest.skip(reason)
    with cups.print_service() as running:
        monkeypatch.setenv("CUPS_SERVER", running.server)
        yield


@pytest.fixture
def printer(service: cups.PrintService, monkeypatch: pytest.MonkeyPatch) -> cups.PrintService:
    monkeypatch.setenv("CUPS_SERVER", service.server)
    monkeypatch.setenv("CUPS_USER", cups.NOBODY)
    monkeypatch.setenv("HOME", str(service.folder))
    for name in ("LPDEST", "PRINTER"):
        monkeypatch.delenv(name, raising=False)
    return service


def _unlike(number: int, tmp_path: Path) -> FinishedPack:
    """A pack whose id no other test run prints at the same time."""
    id_ = pack_id(str(tmp_path).encode(), f"plan-{number}")
    return replace(finished(number), pack_id=id_)


def test_without_a_printer_it_says_so(bare: None) -> None:
    with pytest.raises(UsageError, match="No printer is set up"):
        Cups().destination(PrintOptions(), 1)


def test_packs_come_out_of_a_real_printer(printer: cups.PrintService, tmp_path: Path) -> None:
    printer.add_printer("Front")
    printer.add_printer("Back")
    packs = [_unlike(number, tmp_path) for number in (1, 3)]
    path = fill(tmp_path / "packs", *packs)
    outcome = _print(path, Cups(), PrintOptions("Front", copies=2, duplex=True))
    assert (outcome.refused, outcome.stopped) == ((), None)
    jobs = {one.file: one for one in printings(Ledger.load(path))}
    for pack in packs:
        with pdfium.PdfDocument(printer.printed(pack.pack_id)) as paper:
            texts = [page.get_textpage().get_text_bounded() for page in paper]
        whole = pack.pages + pack.pages % 2  # CUPS lets each copy start on a new sheet
        assert len(texts) == 2 * whole
        for number, text in enumerate(texts):
            page = number % whole + 1
            wanted = f"Page {page} of {pack.pages}" if page <= pack.pages else ""
            assert wanted in " ".join(text.split())
        assert jobs[pack.pack_id].job.startswith("Front-")
        (line,) = [line for line in printer.log() if pack.pack_id in line]
        assert line.split("|") == ["Front", "total", str(2 * whole), pack.pack_id, "two-sided-long-edge"]


def test_the_default_printer_takes_what_names_none(printer: cups.PrintService, tmp_path: Path) -> None:
    printer.add_printer("Front")
    printer.add_printer("Back")
    printer.set_default("Back")
    pack = _unlike(3, tmp_path)
    path = fill(tmp_path / "packs", pack)
    assert _print(path, Cups()).stopped is None
    printer.printed(pack.pack_id)
    (printing,) = printings(Ledger.load(path))
    assert printing.printer == "Back"
    assert printing.job.startswith("Back-")


def test_a_printer_that_is_not_there_is_named_with_those_that_are(printer: cups.PrintService) -> None:
    printer.add_printer("Front")
    with pytest.raises(UsageError) as caught:
        Cups().destination(PrintOptions("Basement"), 1)
    assert "Front" in caught.value.hint


def test_a_print_service_that_is_off_is_said_and_nothing_entered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if reason := cups.missing():
        pytest.skip(reason)
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:9")
    path = fill(tmp_path, dummy("a"))
    with pytest.raises(PrinterError, match="not running"):
        _print(path, Cups())
    assert printings(Ledger.load(path)) == ()


# ---- other systems


def test_windows_gets_its_print_verb_for_each_copy(tmp_path: Path) -> None:
    calls: list[tuple[object, ...]] = []
    path = fill(tmp_path, dummy("a"))
    _print(path, Windows(lambda *arguments: calls.append(arguments)), PrintOptions("Front Desk", copies=2))
    file = str((path / dummy("a").file_name).resolve())
    assert calls == [(file, "printto", '"Front Desk"')] * 2
    _print(path, Windows(lambda *arguments: calls.append(arguments)))
    assert calls[-1] == (file, "print")
    assert {one.way for one in printings(Ledger.load(path))} == {"windows"}


def test_windows_says_what_it_cannot_do(tmp_path: Path) -> None:
    def start(*arguments: object) -> None:
        raise OSError(1155, "No application is associated with the specified file")

    path = fill(tmp_path, dummy("a"))
    outcome = _print(path, Windows(start))
    assert outcome.stopped is not None
    assert "no program" in outcome.stopped.message
    with pytest.raises(UsageError, match="--duplex"):
        _print(path, Windows(start), PrintOptions(duplex=True))


def test_elsewhere_the_file_is_opened(tmp_path: Path) -> None:
    opened: list[str] = []
    path = fill(tmp_path, dummy("a"))
    _print(path, Viewer(opened.append))
    assert opened == [str((path / dummy("a").file_name).resolve())]
    assert printings(Ledger.load(path))[0].way == "viewer"


@pytest.mark.parametrize("options", [PrintOptions("Front"), PrintOptions(copies=2), PrintOptions(duplex=True)])
def test_a_viewer_takes_no_options(options: PrintOptions) -> None:
    with pytest.raises(UsageError):
        Viewer(print).destination(options, 1)


def test_a_viewer_does_not_open_a_whole_folder() -> None:
    with pytest.raises(UsageError) as caught:
        Viewer(print).destination(PrintOptions(), 300)
    assert "--print-run" in caught.value.hint
