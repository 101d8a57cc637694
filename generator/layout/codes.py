"""QR codes: level M, black on white, with the quiet zone that readers need."""

from __future__ import annotations

from functools import lru_cache

import segno

from generator.layout.studio import Studio

QUIET_MODULES = 4


@lru_cache(maxsize=4096)
def _modules(target: str) -> tuple[int, bytes]:
    """Modules along an edge, and the dark ones as rectangles with the origin at the lower left, one unit a module."""
    code = segno.make(target, error="m", micro=False, boost_error=False)
    rows = [list(row) for row in code.matrix]
    size = len(rows)
    out: list[str] = []
    for number, row in enumerate(rows):
        start = 0
        while start < size:
            if not row[start]:
                start += 1
                continue
            end = start
            while end < size and row[end]:
                end += 1
            out.append(f"{start} {size - number - 1} {end - start} 1 re")
            start = end
    return size, " ".join([*out, "f"]).encode("ascii")


def draw_code(studio: Studio, target: str, alt: str, x: float, top: float, edge: float) -> None:
    """A code with its modules filling the given square; what stands around it keeps the quiet zone free."""
    size, rectangles = _modules(target)
    with studio.press.figure(alt, x, top, edge, edge):
        studio.press.operators(b"0 g " + rectangles, x, top + edge, edge / size)
