"""Where the time of a pack goes, and how two workers scale beside two copies of a loop. All in memory.

    python -m benchmarks.stages [--packs N]

Processor time of each stage over packs of many prescriptions, after as many others; then packs a second of two
processes against one, beside the same for the calibration loop: the processors of a machine may share what they have.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import time
from collections.abc import Callable, Sequence
from itertools import pairwise

from benchmarks.batch import PACK_ID, shop_for_benchmarks
from benchmarks.packs import calibration, varied
from generator.batch.expecting import expected, phrases, shared_words
from generator.batch.run import prescription_of
from generator.compose.document import compose
from generator.deliver.proof import Proofreader
from generator.layout.pages import lay_out
from generator.models.plan import Plan
from generator.pipeline import Workshop
from generator.write.pdf import write

STAGES = ("gates", "compose", "layout", "write", "read back")
LOOPS = 200  # calibration loops of a process
ROUNDS = 3  # of scaling, packs and loops in turn; medians are told


def _in_order(shop: Workshop, count: int) -> list[Plan]:
    """Plans in the order in which a batch makes them."""
    return sorted(varied(shop, count), key=prescription_of)


def _stages(count: int) -> None:
    shop = shop_for_benchmarks()
    plans = _in_order(shop, 2 * count)
    reader = Proofreader(shared_words(shop.library), phrases(plans, shop.library))
    spent = [0.0] * len(STAGES)
    for number, plan in enumerate(plans):
        at = [time.process_time()]
        prepared = shop.prepare(plan)
        at.append(time.process_time())
        document = compose(shop.edition(plan), plan, prepared.selection, PACK_ID)
        at.append(time.process_time())
        drawn = lay_out(document, shop.studio(plan, document.keep_together))
        at.append(time.process_time())
        pdf = write(drawn)
        at.append(time.process_time())
        reader.check(pdf, expected(shop, prepared, PACK_ID, len(drawn.pages)))
        at.append(time.process_time())
        if number >= count:
            spent = [whole + after - before for whole, (before, after) in zip(spent, pairwise(at), strict=True)]
    print(f"calibration loop {calibration():.1f} ms; {count} packs after {count} others")
    for name, seconds in zip(STAGES, spent, strict=True):
        print(f"{name:10} {seconds / count * 1000:6.2f} ms a pack  {seconds / sum(spent):4.0%}")


def _packs(barrier: object, count: int) -> float:
    """Seconds for so many packs, after as many others."""
    shop = shop_for_benchmarks()
    plans = _in_order(shop, 2 * count)
    for number, plan in enumerate(plans):
        if number == count:
            barrier.wait()  # type: ignore[attr-defined]
            start = time.perf_counter()
        shop.make(shop.prepare(plan), PACK_ID)
    return time.perf_counter() - start


def _loops(barrier: object, count: int) -> float:
    """Seconds for so many calibration loops."""
    barrier.wait()  # type: ignore[attr-defined]
    start = time.perf_counter()
    for _ in range(count):
        calibration()
    return time.perf_counter() - start


def _gain(work: Callable[[object, int], float], count: int) -> float:
    """How many times as much two processes do as one in the same time."""
    context = multiprocessing.get_context("spawn")
    seconds = []
    for processes in (1, 2):
        with context.Manager() as manager, context.Pool(processes) as pool:
            barrier = manager.Barrier(processes)
            seconds.append(max(pool.starmap(work, [(barrier, count)] * processes, chunksize=1)))
    return 2 * seconds[0] / seconds[1]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packs", type=int, default=500)
    count = parser.parse_args(arguments).packs
    _stages(count)
    gains = [(_gain(_packs, count), _gain(_loops, LOOPS)) for _ in range(ROUNDS)]
    packs, loops = (statistics.median(gain) for gain in zip(*gains, strict=True))
    shares = ", ".join(f"{one / other:.2f}" for one, other in gains)
    print(f"two processes do {packs:.2f} times the packs of one, and {loops:.2f} times the loops: {packs / loops:.2f}")
    print(f"in each of {ROUNDS} rounds: {shares}")


if __name__ == "__main__":
    main()
