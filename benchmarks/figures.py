"""What an exercise picture costs: time to draw a two-picture card and its bytes on a compressed page.

    python -m benchmarks.figures [ROUNDS]

Prints, for every shipped exercise, the median time of interleaved rounds and the deflated size as the writer stores it,
and beside them a calibration loop (a fixed amount of numpy and string work), so that figures from two machines or two
days can be compared. The aims: a tenth of the drawing prototype, which took 25 calibration loops a card; 10,000 bytes.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import deflate
import numpy as np

from generator.figures.palette import Palette
from generator.figures.picture import draw
from generator.figures.solved import SolvedPose

ROOT = Path(__file__).resolve().parents[1]
CARD = (166.0, 108.0)
AIM_LOOPS, AIM_BYTES = 2.5, 10_000
DEFLATE_LEVEL = 8  # as in generator.write


def calibration() -> None:
    """Small matrix products and number formatting, in about the proportion that a drawing needs."""
    turn = np.eye(3)
    for _ in range(2000):
        turn = turn @ np.eye(3)
    " ".join(str(value) for value in range(20_000))


def spent(work: Callable[[], object]) -> float:
    """Milliseconds of processor time of one run."""
    begin = time.process_time()
    work()
    return (time.process_time() - begin) * 1000


def main(rounds: int) -> None:
    """Prints the table."""
    poses = [
        SolvedPose.from_json(file.read_text("utf-8")) for file in sorted(ROOT.glob("handouts/exercises/solved/*.json"))
    ]
    width, height = CARD
    times: dict[str, list[float]] = {pose.name: [] for pose in poses}
    loops: list[float] = []
    for turn in range(rounds):
        for pose in poses:
            # A new width each round, since drawings are remembered; what is timed is the first time that one is drawn.
            one = partial(draw, pose, width=width + turn / 1000, height=height, palette=Palette())
            times[pose.name].append(spent(one))
            loops.append(spent(calibration))
    sizes = {}
    for pose in poses:
        operators = draw(pose, width=width, height=height, palette=Palette()).operators
        sizes[pose.name] = len(deflate.zlib_compress(operators, DEFLATE_LEVEL))
        print(f"{pose.name:32} {median(times[pose.name]):6.1f} ms {sizes[pose.name]:7} bytes")
    loop, card = median(loops), median([value for each in times.values() for value in each])
    print(f"{'median card':32} {card:6.1f} ms {median(sizes.values()):7.0f} bytes")
    print(f"{'calibration loop':32} {loop:6.1f} ms")
    print(f"{'median card':32} {card / loop:6.2f} loops (aim {AIM_LOOPS})")
    print(f"{'largest card':32} {max(sizes.values()):6} bytes (aim {AIM_BYTES})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
