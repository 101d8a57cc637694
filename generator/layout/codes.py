"""QR codes: level M, black on white, with the quiet zone that readers need.

Made by zxing-cpp, which the print gate reads them back with: a pack's code is its own, and this library makes one in a
thirtieth of the time that segno takes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import methodcaller
from typing import Any

import zxingcpp

from generator.layout.studio import Studio

QUIET_MODULES = 4
_DARK = re.compile(rb"\x00+")
_SPAN = methodcaller("span")


@lru_cache(maxsize=4096)
def _modules(target: str) -> tuple[int, bytes]:
    """Modules along an edge, and the dark ones as rectangles with the origin at the lower left, one unit a module."""
    code = zxingcpp.create_barcode(target, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = code.to_image(scale=1, add_quiet_zones=False)
    rows = memoryview(image)
    size, modules = len(rows), rows.tobytes()
    out: list[bytes] = []
    for row in range(size):
        darks = _DARK.finditer(modules, row * size, (row + 1) * size)
        spans = [(start - row * size, end - start) for start, end in map(_SPAN, darks)]
        out += [_rectangle(start, size - row - 1, width) for start, width in spans]
    return size, b" ".join([*out, b"f"])


@lru_cache(maxsize=50_000)
def _rectangle(x: int, y: int, width: int) -> bytes:
    return b"%d %d %d 1 re" % (x, y, width)


def lone_code(studio: Studio, target: str, edge: float) -> float:
    """A code by itself, with its quiet zone: to see whether it can be read."""
    size, _ = _modules(target)
    quiet = QUIET_MODULES * edge / size
    draw_code(studio, target, target, quiet, quiet, edge)
    return edge + 2 * quiet


def draw_code(studio: Studio, target: str, alt: str, x: float, top: float, edge: float) -> None:
    """A code with its modules filling the given square; what stands around it keeps the quiet zone free."""
    size, rectangles = _modules(target)
    with studio.press.figure(alt, x, top, edge, edge):
        studio.press.operators(b"0 g " + rectangles, x, top + edge, edge / size)
