"""Colors as PDF operands, and how a drawing gets those that it knows by name only."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from generator.figures.palette import NamedColor, Palette, channels, named_color

_NAMED: Final = re.compile(r"\{([^}]+)\}")


@lru_cache(maxsize=4096)
def color_operands(color: str) -> str:
    """ "#RRGGBB" as three operands; a color known by name only is put in later, see `colored`."""
    if isinstance(color, NamedColor):
        return f"{{{color}}}"
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".").replace("0.", ".", 1) or "0" for value in channels(color))


def colored(operators: str, palette: Palette) -> str:
    """Operators with the palette's colors where they know a color by name only."""
    pieces = list(_cut(operators))
    pieces[1::2] = [_operands(name, palette) for name in pieces[1::2]]
    return "".join(pieces)


@lru_cache(maxsize=32)
def _cut(operators: str) -> tuple[str, ...]:
    """Operators cut at the names of colors: every second piece is a name."""
    return tuple(_NAMED.split(operators))


@lru_cache(maxsize=20_000)
def _operands(name: str, palette: Palette) -> str:
    return color_operands(named_color(name, palette))
