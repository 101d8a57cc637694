"""What an exercise picture costs: milliseconds to draw a two-picture card and its bytes on a compressed page.

    python -m benchmarks.figures [ROUNDS]

Prints, for every shipped exercise with a pose, the best time and the deflated size, and beside them a calibration loop
(a fixed amount of numpy and string work), so that figures from two machines or two days can be compared. The aims:
28 ms and 10,000 bytes a card.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import deflate
import numpy as np

from generator.figures.drawing import draw
from generator.figures.palette import Palette
from generator.figures.solved import SolvedPose

ROOT = Path(__file__).resolve().parents[1]
CARD = (166.0, 108.0)
AIM_MS, AIM_BYTES = 28, 10_000


def calibration() -> None:
    """Small matrix products and number formatting, in about the proportion that a drawing needs."""
    turn = np.eye(3)
    for _ in range(2000):
        turn = turn @ np.eye(3)
    " ".join(str(value) for value in range(20_000))


def best(work: Callable[[], object], rounds: int) -> float:
    """Least milliseconds of several runs."""
    spent = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        spent.append((time.perf_counter() - begin) * 1000)
    return min(spent)


def main(rounds: int) -> None:
    """Prints the table."""
    poses = [
        SolvedPose.from_json(file.read_text("utf-8")) for file in sorted(ROOT.glob("handouts/exercises/solved/*.json"))
    ]
    width, height = CARD
    rows = []
    for pose in poses:
        drawing = draw(pose, width=width, height=height, palette=Palette())
        spent = best(lambda pose=pose: draw(pose, width=width, height=height, palette=Palette()), rounds)  # type: ignore[misc]
        rows.append((spent, len(deflate.deflate_compress(drawing.operators, 12)), pose.name))
        print(f"{pose.name:32} {spent:6.1f} ms {rows[-1][1]:7} bytes")
    if rows:
        slowest, largest = max(rows)[0], max(size for _, size, _ in rows)
        mean_ms, mean_size = (sum(row[i] for row in rows) / len(rows) for i in (0, 1))
        print(f"{'mean':32} {mean_ms:6.1f} ms {mean_size:7.0f} bytes")
        print(f"{f'most (aims {AIM_MS} ms, {AIM_BYTES} bytes)':32} {slowest:6.1f} ms {largest:7} bytes")
    print(f"{'calibration loop':32} {best(calibration, rounds):6.1f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
