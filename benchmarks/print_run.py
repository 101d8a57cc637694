"""Time, size and memory of a print run of many packs, beside what libraries need to append the same files.

    python -m benchmarks.print_run [--packs N] [--keep FOLDER]

Each way runs in a process of its own, so that its peak memory is its own. The packs are distinct, with pictures.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pikepdf
from pypdf import PdfWriter

from benchmarks.packs import _varied as varied_plans
from generator.cli.making import workshop
from generator.deliver.delivery import FinishedPack, deliver
from generator.deliver.folder import GROUP, PackFolder
from generator.deliver.keys import DEMO_KEY, pack_id, plan_digest
from generator.deliver.print_run import plan_print_run, write_print_run
from generator.pipeline import Options, Workshop

MOST_MEMORY_MB = 300


def _workshop() -> Workshop:
    return workshop(None, Options(date(2026, 11, 24), draft=True))


def _fill(folder: Path, count: int) -> None:
    """Distinct packs over all exercises."""
    shop = _workshop()
    with PackFolder(folder) as held:
        group: list[FinishedPack] = []
        for plan in varied_plans(shop, count):
            prepared, id_ = shop.prepare(plan), pack_id(DEMO_KEY, plan.id)
            pack = shop.make(prepared, id_)
            group.append(
                FinishedPack(
                    pack_id=id_,
                    plan_digest=plan_digest(DEMO_KEY, plan.id),
                    input_hash=prepared.input_hash,
                    plan_id=plan.id,
                    name=plan.name,
                    second_id="",
                    pdf=pack.pdf,
                    pages=pack.pages,
                    versions={"product": "benchmark"},
                )
            )
            if len(group) == GROUP:
                deliver(held, group)
                group = []
        deliver(held, group)


def _ours(folder: Path, target: Path, count: int) -> None:
    shop = _workshop()
    with PackFolder(folder) as held:
        planned = plan_print_run(folder, held.ledger.entries("pack")[:count], shop, separators=False)
        write_print_run(held, planned, target, shop)


def _pikepdf(folder: Path, target: Path, count: int) -> None:
    with pikepdf.new() as out:
        sources = [pikepdf.open(path) for path in sorted(folder.glob("*.pdf"))[:count]]
        for source in sources:
            out.pages.extend(source.pages)
        out.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _pypdf(folder: Path, target: Path, count: int) -> None:
    writer = PdfWriter()
    for path in sorted(folder.glob("*.pdf"))[:count]:
        writer.append(path, import_outline=False)
    writer.compress_identical_objects()
    writer.write(target)


WAYS: dict[str, Callable[[Path, Path, int], None]] = {"ours": _ours, "pikepdf": _pikepdf, "pypdf": _pypdf}


def _measure(way: str, folder: Path, target: Path, count: int) -> None:
    """One way in this process; prints a row of the table."""
    start = time.perf_counter()
    WAYS[way](folder, target, count)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    with pikepdf.open(target) as made:
        pages = len(made.pages)
    size = target.stat().st_size / 1e6
    print(f"{way:8} {count:6} packs {pages:6} pages  {size:7.1f} MB  peak {peak:5.0f} MB  {seconds:6.1f} s", flush=True)
    if way == "ours" and peak > MOST_MEMORY_MB:
        sys.exit(f"more than {MOST_MEMORY_MB} MB")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packs", type=int, default=1000)
    parser.add_argument("--keep", type=Path, help="folder of packs, made if it is empty")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder, target = given.keep or Path(scratch) / "packs", Path(scratch) / "run.pdf"
        if given.way:
            _measure(given.way, folder, target, given.packs)
            return
        if not list(folder.glob("*.pdf")):
            _fill(folder, given.packs)
        for way, count in (
            ("ours", given.packs // 10),
            ("ours", given.packs),
            ("pikepdf", given.packs),
            ("pypdf", 100),
        ):
            command = [sys.executable, "-m", "benchmarks.print_run", "--way", way, "--keep", str(folder)]
            done = subprocess.run([*command, "--packs", str(min(count, given.packs))], check=False)
            if done.returncode:
                sys.exit(done.returncode)


if __name__ == "__main__":
    main()
