"""Print gates of brands and layouts: colors that can be read, also in grey."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from generator.checks.rule import Rule
from generator.errors import Place
from generator.models.library import Library
from generator.models.selection import Finding

WHITE = "#FFFFFF"
# Contrast on white that the print design asks of each color.
ON_WHITE = {"primary": 7.0, "accent": 4.5, "ink": 12.0, "slate": 7.0, "box": 4.5, "go": 4.5, "care": 4.5, "stop": 4.5}
# What is set on something else than white: (upper color, lower color, contrast).
ON_OTHERS = (("ink", "care_tint", 4.5),)
# Clothes of the people in pictures, which show how a limb lies: on the page, and on the mat. In a layout without color
# outlines do that.
IN_PICTURES = (("top", WHITE), ("shorts", WHITE), ("top", "mat"), ("shorts", "mat"))
GRAPHICS = frozenset({"box", "top", "shorts"})
TEXT_AA, GRAPHICS_AA = 4.5, 3.0
GREY_GAP = 0.12

LOW_CONTRAST = Rule(
    "P01",
    "error",
    "Each color has the contrast on white that its use asks for.",
    "Pale print is the first thing that older eyes and old printers lose.",
    "WCAG 2.2, success criteria 1.4.3 and 1.4.11; the print design's own, higher limits.",
)
LOW_GREY = Rule(
    "P02",
    "error",
    "Each color stays readable when it is printed or copied in grey.",
    "Clinics print in black and white, and a color of good contrast may turn into a pale grey.",
    "WCAG 2.2, success criteria 1.4.3 and 1.4.11, on the grey that a printer makes of the color.",
)
SAME_GREY = Rule(
    "P03",
    "error",
    "Shirt and shorts of the people in pictures differ in grey.",
    "Where they melt together, nobody sees which way the hip bends.",
    "Print design: a grey gap of at least 0.12.",
)
RULES = (LOW_CONTRAST, LOW_GREY, SAME_GREY)


def luminance(color: str) -> float:
    """Relative luminance of #RRGGBB, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colors, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def grey_level(color: str) -> float:
    """How light a printer makes a color in grey, 0 to 1: luma of ITU-R BT.601."""
    red, green, blue = _channels(color)
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def grey_of(color: str) -> str:
    """The grey that a printer makes of a color."""
    level = round(grey_level(color) * 255)
    return f"#{level:02X}{level:02X}{level:02X}"


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def check_looks(library: Library) -> Iterator[Finding]:
    """Findings about all brands, and about the colors that a layout puts in their place."""
    for brand in library.brands.values():
        place = partial(library.place_of, "brand", brand.id, "colors")
        yield from check_colors(brand.colors.model_dump(), place, in_pictures=True)
    for layout in library.layouts.values():
        place = partial(library.place_of, "layout", layout.id, "colors")
        yield from check_colors(layout.colors, place)


def check_colors(
    colors: Mapping[str, str], place: Callable[[str], Place], *, in_pictures: bool = False
) -> Iterator[Finding]:
    """Findings about colors by their names, as far as they are given.

    place: where a color stands. in_pictures: exercise pictures are filled with them.
    """
    pairs = [(name, colors[name], WHITE, least) for name, least in ON_WHITE.items() if name in colors]
    pairs += [
        (name, colors[name], colors[below], least) for name, below, least in ON_OTHERS if {name, below} <= colors.keys()
    ]
    pairs += [(name, colors[name], colors.get(below, below), GRAPHICS_AA) for name, below in IN_PICTURES if in_pictures]
    for name, upper, lower, least in pairs:
        on = "white" if lower == WHITE else next(name for name, color in colors.items() if color == lower)
        found = contrast(upper, lower)
        if found < least:
            message = f"{name} has a contrast of {_down(found)} on {on}; {least:g} is the least."
            yield LOW_CONTRAST.found(message, hint="Choose a darker color.", place=place(name))
        grey, least = contrast(grey_of(upper), grey_of(lower)), GRAPHICS_AA if name in GRAPHICS else TEXT_AA
        if grey < least:
            message = f"{name} has a contrast of {_down(grey)} on {on} in grey; {least:g} is the least."
            yield LOW_GREY.found(message, hint="Choose a darker color.", place=place(name))
    if {"top", "shorts"} <= colors.keys():
        gap = abs(grey_level(colors["top"]) - grey_level(colors["shorts"]))
        if gap < GREY_GAP:
            message = f"top and shorts differ by {gap:.2f} in grey; {GREY_GAP:g} is the least."
            yield SAME_GREY.found(message, hint="Make one of them lighter.", place=place("top"))


def _down(ratio: float) -> str:
    """One decimal, cut and not rounded, so that a failing ratio never reads like a passing one."""
    return f"{int(ratio * 10) / 10:g}"
