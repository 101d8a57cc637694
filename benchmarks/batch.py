"""Batches beside Typst: gated, durable and in the ledger, with and without read-back, in one run on the same machine.

    python -m benchmarks.batch [--packs N] [--typst N] [--rounds N]

Typst sets the same words and pictures in the same fonts, tagged (PDF/UA-1), in one process that uses all cores; each of
its files is written and synced. Ours is `run_batch` with as many workers as there are cores; their start is counted.
Sides take turns; the table shows medians. Below it: what a further pack costs early and late in a run, and the most
memory that one process took. `benchmarks.stages` tells where the time goes, and how two workers scale.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import psutil
import pypdfium2 as pdfium

from benchmarks.packs import calibration, varied
from benchmarks.rival import Rival, as_data, words_in
from generator.batch.run import Settings, run_batch
from generator.blocks import Document
from generator.cli.making import gated_workshop
from generator.compose.document import compose
from generator.load.content import content_folder
from generator.models.plan import Plan
from generator.models.roster import Roster
from generator.pipeline import Options, Workshop

PACK_ID = "K7Q2-M9TX4R"
CHECKED = 10  # documents whose words are looked for in both files
EARLY, LATE = 100, 1_000  # packs after which a further one is timed


class _Memory(threading.Thread):
    """Watches the processes below this one; most: resident MB of the largest."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0.0
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(0.2):
            for process in psutil.Process().children(recursive=True):
                try:
                    self.most = max(self.most, process.memory_info().rss / 1e6)
                except psutil.Error:
                    continue

    def end(self) -> None:
        self._over.set()
        self.join()


def shop_for_benchmarks() -> Workshop:
    """The content that ships, as the command makes a batch of drafts of it: sign-offs, grades and kept findings too."""
    return gated_workshop(None, Options(date(2026, 11, 24), draft=True))


def _ours(plans: Sequence[Plan], folder: Path, *, read_back: bool) -> list[tuple[int, float]]:
    """A whole batch into a folder, as `handouts batch` runs it. Returns packs done, and after how many seconds."""
    start, marks = time.perf_counter(), []
    settings = Settings(folder, folder, key=bytes(32), read_back=read_back)
    report = run_batch(
        shop_for_benchmarks(),
        Roster(tuple(plans), ()),
        settings,
        lambda done, _: marks.append((done, time.perf_counter() - start)),
    )
    assert report.exit_code == 0, report
    return marks


def _further(marks: Sequence[tuple[int, float]], first: int, last: int) -> str:
    """What a pack costs between two numbers of packs, milliseconds."""
    low, high = (next((mark for mark in marks if mark[0] >= number), None) for number in (first, last))
    if low is None or high is None or low[0] == high[0]:
        return f"packs {first} to {last}: not reached"
    return f"packs {first} to {last}: {(high[1] - low[1]) / (high[0] - low[0]) * 1000:.2f} ms a pack"


def _theirs(rival: Rival, data: Sequence[str], folder: Path) -> None:
    """Typst's files, each written and synced."""
    folder.mkdir()
    for number, one in enumerate(data):
        with (folder / f"{number}.pdf").open("wb") as file:
            file.write(rival.pack(one))
            file.flush()
            os.fsync(file.fileno())


def _timed(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _documents(shop: Workshop, plans: Sequence[Plan]) -> list[Document]:
    return [compose(shop.edition(plan), plan, shop.prepare(plan).selection, PACK_ID) for plan in plans]


def _missing(document: Document, pdf: bytes) -> int:
    """How many of the document's longer words a file lacks."""
    words = {word for text in words_in(document) for word in text.split() if word.isalpha() and len(word) > 3}
    with pdfium.PdfDocument(pdf) as file:
        text = " ".join(page.get_textpage().get_text_bounded() for page in file)
    return sum(word not in text for word in words)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packs", type=int, default=2000)
    parser.add_argument("--typst", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args(arguments)
    shop = shop_for_benchmarks()
    plans = varied(shop, asked.packs)
    documents = _documents(shop, plans[: asked.typst])
    rival, data = Rival(content_folder(None) / "layouts" / "fonts"), [as_data(one) for one in documents]
    ours, theirs = shop.make(shop.prepare(plans[0]), PACK_ID).pdf, rival.pack(data[0])
    print(f"calibration loop {calibration():.1f} ms; {asked.packs} packs of ours, {asked.typst} of Typst a round")
    print(f"a pack: ours {len(ours) / 1000:.0f} kB, Typst {len(theirs) / 1000:.0f} kB; ", end="")
    print("words missing: ", end="")
    for side, made in (
        ("ours", lambda n: shop.make(shop.prepare(plans[n]), PACK_ID).pdf),
        ("Typst", lambda n: rival.pack(data[n])),
    ):
        count = min(CHECKED, asked.typst)
        print(f"{side} {sum(_missing(documents[n], made(n)) for n in range(count))} in {count} packs  ", end="")
    print()
    seconds: dict[str, list[float]] = {"Typst": [], "ours": [], "ours, read back": [], "ours again, unchanged": []}
    further: dict[str, list[tuple[int, float]]] = {}
    memory = _Memory()
    memory.start()
    # Nothing is removed before the end: file systems are slower where many files were deleted a moment ago.
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(asked.rounds):
            root = Path(scratch) / str(number)
            root.mkdir()
            seconds["Typst"].append(_timed(lambda root=root: _theirs(rival, data, root / "typst")) / asked.typst)
            for name, folder, read_back in (
                ("ours", "plain", False),
                ("ours, read back", "read", True),
                ("ours again, unchanged", "read", True),
            ):
                start = time.perf_counter()
                further[name] = _ours(plans, root / folder, read_back=read_back)
                seconds[name].append((time.perf_counter() - start) / asked.packs)
    memory.end()
    base = statistics.median(seconds["Typst"])
    for name, each in seconds.items():
        median = statistics.median(each)
        print(f"{name:24} {1 / median:8.1f} packs/s  {median * 1000:7.2f} ms a pack  {base / median:6.1f} times Typst")
    for name in ("ours", "ours, read back"):
        spans = ((EARLY, LATE), (LATE, asked.packs))
        print(f"{name}, last round: " + "; ".join(_further(further[name], *span) for span in spans))
    print(f"largest worker: {memory.most:.0f} MB")


if __name__ == "__main__":
    main()
