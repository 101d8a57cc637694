"""Where an insert's pages are blank near their edges, seen by rendering them.

Contents cannot say reliably what they leave blank (clips, white boxes, layers, fonts), pixels can. Rendering foreign
files is done only in the guarded reading process.
"""

from __future__ import annotations

import math

import pypdfium2

from generator.merge.original import Margins

BAND = 54.0
"""How far from the upper and lower edge is looked, points."""
CELL = 2.0
"""Side of a cell, points: fine enough for a hairline, which colors its cell gray."""
_WHITE = 255
_MARKS = bytes(0 if level == _WHITE else 1 for level in range(256))


def measure_margins(data: bytes, sizes: tuple[tuple[float, float], ...]) -> tuple[Margins, ...]:
    """Blank cells of every page. sizes: as displayed, points. Raises pypdfium2's errors for what it cannot render."""
    document = pypdfium2.PdfDocument(data)
    try:
        if len(document) != len(sizes):
            return ()
        document.init_forms()
        return tuple(_page(document[index], *size) for index, size in enumerate(sizes))
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage, width: float, height: float) -> Margins:
    scale = width / CELL / page.get_width()
    bitmap = page.render(scale=scale, grayscale=True)
    stride, pixels = bitmap.stride, bytes(bitmap.buffer)
    columns, count = bitmap.width, bitmap.height
    rows = [pixels[row * stride : row * stride + columns].translate(_MARKS) for row in range(count)]
    cell = max(width / columns, height / count)
    deep = min(count, math.ceil(BAND / cell))
    bitmap.close()
    page.close()
    return Margins(cell, columns, tuple(rows[:deep]), tuple(reversed(rows[count - deep :])))
