"""Batches beside Typst: gated, durable and in the ledger, with and without read-back, in one run on the same machine.

    python -m benchmarks.batch [--packs N] [--typst N] [--rounds N]

Typst sets the same words and pictures in the same fonts, tagged (PDF/UA-1), in one process that uses all cores; each of
its files is written and synced. Ours is `run_batch` with as many workers as there are cores; their start is counted.
Sides take turns; the table shows medians.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium

from benchmarks.packs import calibration, varied
from benchmarks.rival import Rival, as_data, words_in
from generator.batch.run import Settings, run_batch
from generator.blocks import Document
from generator.compose.document import compose
from generator.load.content import content_folder
from generator.load.digest import content_hash
from generator.load.drawings import kept_drawings
from generator.load.library import load_library
from generator.load.poses import Poses
from generator.models.plan import Plan
from generator.models.roster import Roster
from generator.pipeline import Options, Workshop

PACK_ID = "K7Q2-M9TX4R"


def _shop() -> Workshop:
    content = content_folder(None)
    library = load_library(content)
    return Workshop(
        library,
        Options(date(2026, 11, 24), draft=True),
        content_hash(content),
        Poses(library),
        drawings=kept_drawings(),
    )


def _ours(plans: Sequence[Plan], folder: Path, *, read_back: bool) -> None:
    """A whole batch into an empty folder, as `handouts batch` runs it."""
    report = run_batch(_shop(), Roster(tuple(plans), ()), Settings(folder, folder, key=bytes(32), read_back=read_back))
    assert report.exit_code == 0, report


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
    shop = _shop()
    plans = varied(shop, asked.packs)
    documents = _documents(shop, plans[: asked.typst])
    rival, data = Rival(content_folder(None) / "layouts" / "fonts"), [as_data(one) for one in documents]
    ours, theirs = shop.make(shop.prepare(plans[0]), PACK_ID).pdf, rival.pack(data[0])
    print(f"calibration loop {calibration():.1f} ms; {asked.packs} packs of ours, {asked.typst} of Typst a round")
    print(f"a pack: ours {len(ours) / 1000:.0f} kB, Typst {len(theirs) / 1000:.0f} kB; ", end="")
    print(f"words missing: ours {_missing(documents[0], ours)}, Typst {_missing(documents[0], theirs)}")
    seconds: dict[str, list[float]] = {"Typst": [], "ours": [], "ours, read back": [], "ours again, unchanged": []}
    for _ in range(asked.rounds):
        with tempfile.TemporaryDirectory() as scratch:
            root = Path(scratch)
            seconds["Typst"].append(_timed(lambda root=root: _theirs(rival, data, root / "typst")) / asked.typst)
            for name, folder, read_back in (
                ("ours", "plain", False),
                ("ours, read back", "read", True),
                ("ours again, unchanged", "read", True),
            ):
                taken = _timed(lambda at=root / folder, read=read_back: _ours(plans, at, read_back=read))
                seconds[name].append(taken / asked.packs)
    base = statistics.median(seconds["Typst"])
    for name, each in seconds.items():
        median = statistics.median(each)
        print(f"{name:24} {1 / median:8.1f} packs/s  {median * 1000:7.2f} ms a pack  {base / median:6.1f} times Typst")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    print(f"largest worker: {peak:.0f} MB")


if __name__ == "__main__":
    main()
