"""One pack from a fresh process: `handouts demo` beside plain ReportLab, with what batch and check cost to start.

    python -m benchmarks.cold [--rounds N] [--commands]

Plain ReportLab (`plain_pack.py`) is handed the sample plan's words as JSON and sets them in the same fonts; nothing is
loaded, checked, drawn, tagged or kept. Both sides have compiled modules and warm caches, each round makes its pack into
an empty folder, and the sides take turns. The table shows medians.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium

from benchmarks.packs import calibration
from benchmarks.rival import as_data
from generator.compose.document import compose
from generator.load.content import content_folder
from generator.load.digest import content_hash
from generator.load.library import load_library
from generator.load.plans import load_plan
from generator.load.poses import Poses
from generator.pipeline import Options, Workshop

ROOT = Path(__file__).resolve().parent.parent
PLAIN = Path(__file__).with_name("plain_pack.py")
HANDOUTS = "from generator.cli.app import main; main()"
"""What the installed command `handouts` runs."""
SIDES = ("plain ReportLab", "handouts demo")
PACK_ID = "K7Q2-M9TX4R"


def _sample(content: Path) -> str:
    """The sample plan's pack as the plain side reads it."""
    library = load_library(content)
    shop = Workshop(library, Options(date(2026, 11, 24), draft=True), content_hash(content), Poses(library))
    plan = load_plan(content / "handouts" / "plans" / "sample-01.yaml", library)
    return as_data(compose(shop.edition(plan), plan, shop.prepare(plan).selection, PACK_ID))


def _timed(command: Sequence[str]) -> tuple[float, float]:
    """Wall and CPU seconds of a fresh process, its children included."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _command(name: str, scratch: Path, round_: int) -> list[str]:
    """The command line of a side, into a folder of its own."""
    out = str(scratch / f"{name.replace(' ', '-')}-{round_}")
    match name:
        case "plain ReportLab":
            fonts = str(ROOT / "layouts" / "fonts")
            return [sys.executable, str(PLAIN), str(scratch / "pack.json"), fonts, f"{out}.pdf"]
        case "handouts batch":
            roster = str(scratch / "roster")
            return [sys.executable, "-c", HANDOUTS, "batch", roster, "--out", out, "--draft", "--workers", "1"]
        case "handouts check":
            return [sys.executable, "-c", HANDOUTS, "check"]
        case _:
            return [sys.executable, "-c", HANDOUTS, "demo", "--out", out]


def _pages(file: Path) -> int:
    with pdfium.PdfDocument(file) as document:
        return len(document)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--commands", action="store_true", help="also batch (of one plan) and check")
    asked = parser.parse_args(arguments)
    names = (*SIDES, "handouts batch", "handouts check") if asked.commands else SIDES
    content = content_folder(ROOT)
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        (scratch / "pack.json").write_text(_sample(content), "utf-8")
        (scratch / "roster").mkdir()
        sample = content / "handouts" / "plans" / "sample-01.yaml"
        (scratch / "roster" / sample.name).write_bytes(sample.read_bytes())
        for round_ in range(asked.rounds + 1):
            for name in names:
                seconds = _timed(_command(name, scratch, round_))
                if round_:
                    taken[name].append(seconds)
        plain = scratch / "plain-ReportLab-1.pdf"
        ours = next((scratch / "handouts-demo-1").glob("*.pdf"))
        print(f"calibration loop {calibration():.1f} ms; {asked.rounds} rounds on {os.cpu_count()} cores; ", end="")
        print(f"plain: {_pages(plain)} pages, ours: {_pages(ours)}")
    wall_base, cpu_base = (statistics.median(column) for column in zip(*taken[SIDES[0]], strict=True))
    for name in names:
        wall, cpu = (statistics.median(column) for column in zip(*taken[name], strict=True))
        print(f"{name:16} {wall:6.2f} s wall  {cpu:6.2f} s CPU  ", end="")
        print(f"{wall / wall_base:5.1f} and {cpu / cpu_base:5.1f} times plain ReportLab")


if __name__ == "__main__":
    main()
