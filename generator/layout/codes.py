"""QR codes: level M, black on white, with the quiet zone that readers need.

Made by zxing-cpp, which the print gate reads them back with: a pack's code is its own, and this library makes one in a
thirtieth of the time that segno takes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import zxingcpp

from generator.layout.studio import Studio

QUIET_MODULES = 4
_BITS = bytes.maketrans(b"\x00\xff", b"01")  # of the library's picture: dark and light


@lru_cache(maxsize=128)
def _modules(target: str) -> tuple[int, bytes]:
    """Modules along an edge, and the code as a stencil with the origin at the lower left, one unit a module.

    A stencil (ISO 32000-1, 8.9.6.2) has no seams between its rows, as rectangles side by side have on screens.
    """
    code = zxingcpp.create_barcode(target, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = code.to_image(scale=1, add_quiet_zones=False)
    rows = memoryview(image)
    size, modules = len(rows), rows.tobytes().translate(_BITS)
    fill = b"1" * (-size % 8)  # rows end on whole bytes
    bits = b"".join([modules[start : start + size] + fill for start in range(0, size * size, size)])
    data = b"%0*X" % (len(bits) // 4, int(bits, 2))
    return size, b"%d 0 0 %d 0 0 cm BI /W %d /H %d /BPC 1 /IM true /F /AHx ID %b> EI" % (size, size, size, size, data)


def lone_code(studio: Studio, target: str, edge: float) -> float:
    """A code by itself, with its quiet zone: to see whether it can be read."""
    size, _ = _modules(target)
    quiet = QUIET_MODULES * edge / size
    draw_code(studio, target, target, quiet, quiet, edge)
    return edge + 2 * quiet


def draw_code(studio: Studio, target: str, alt: str, x: float, top: float, edge: float) -> None:
    """A code with its modules filling the given square; what stands around it keeps the quiet zone free."""
    size, stencil = _modules(target)
    with studio.press.figure(alt, x, top, edge, edge):
        studio.press.operators(b"0 g " + stencil, x, top + edge, edge / size)
