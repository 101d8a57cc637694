"""What keeping the tags costs: three two-page tagged files, merged here and appended by pypdf, which drops every tag.

    python benchmarks/merge.py [ROUNDS]

Prints the median of each way in milliseconds and how many times pypdf's append ours takes; the aim is at most four. The
last line of each shows what a batch pays for each further pack, since an insert is read once a run.
"""

from __future__ import annotations

import gc
import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pypdf import PdfWriter

from generator.merge.pack import Part, merge
from generator.merge.reading import read_pdf
from tests.generator.merge import samples

AIM = 4.0


def ours(files: list[bytes]) -> bytes:
    return merge([Part(read_pdf(pdf, "insert"), "insert") for pdf in files], title="Pack").pdf


def appended(files: list[bytes]) -> bytes:
    writer = PdfWriter()
    for pdf in files:
        writer.append(io.BytesIO(pdf))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def median_ms(call: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        gc.collect()
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def main(rounds: int) -> int:
    worst = 0.0
    for name, pdf in (("Typst", samples.guide()), ("WeasyPrint", samples.leaflet())):
        files = [pdf] * 3
        read = [Part(read_pdf(one, "insert"), "insert") for one in files]
        own = median_ms(lambda files=files: ours(files), rounds)
        theirs = median_ms(lambda files=files: appended(files), rounds)
        again = median_ms(lambda read=read: merge(read, title="Pack"), rounds)
        worst = max(worst, own / theirs)
        sizes = f"{len(ours(files)) / 1000:.0f} kB, pypdf {len(appended(files)) / 1000:.0f} kB"
        print(f"{name:10}  ours {own:5.1f} ms  pypdf {theirs:5.1f} ms  ratio {own / theirs:4.2f}  ({sizes})")
        print(f"{'':10}  once read {again:5.1f} ms a pack")
    print(f"worst ratio {worst:.2f}, aim {AIM:g}")
    return 0 if worst <= AIM else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 25))
