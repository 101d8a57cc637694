"""CPU time of the gates of one plan, over the sample plans: `python -m benchmarks.gates`.

Batches ask the gates for each of thousands of plans, so what depends on the library alone is worked out once. The best
of many rounds counts, since other programs only ever make a round slower.
"""

from __future__ import annotations

import argparse
import time
from datetime import date
from pathlib import Path

from generator.cli.gating import Gates, records
from generator.load.content import plan_files
from generator.load.library import load_library
from generator.load.plans import load_plan

CONTENT = Path(__file__).parent.parent
TODAY = date(2026, 11, 24)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="Rounds over all sample plans.")
    rounds = parser.parse_args().rounds
    library = load_library(CONTENT)
    plans = [load_plan(path, library) for path in plan_files(CONTENT)]
    gates = Gates.of(library, records(CONTENT), TODAY)

    def gate_all() -> float:
        started = time.process_time()
        for plan in plans:
            gates.on_plan(plan)
        return (time.process_time() - started) / len(plans) * 1000

    cold = gate_all()
    best = min(gate_all() for _ in range(rounds))
    print(f"{len(plans)} plans: {cold:.2f} ms a plan in the first round, {best:.2f} ms at best")


if __name__ == "__main__":
    main()
