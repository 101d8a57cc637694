"""Colors of a picture: who is drawn, in which clothes, and how that prints in grey.

Defaults are those of the print design. A brand gives the shirt, shorts, accent and line colors; skin and hair belong to
the person drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import lru_cache
from typing import Final, Literal

from generator.values import dataclass

HairStyle = Literal["bun", "short"]
SMALLEST_GREY_GAP: Final = 0.12
"""Difference in luma that parts which touch must keep, so that they stay apart in grey."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is drawn: colors as "#RRGGBB"."""

    name: str
    skin: str
    hair: str
    hair_style: HairStyle


@dataclass(frozen=True)
class Palette:
    """Colors as "#RRGGBB". shade_share and far_share: how much of `shade` is mixed in, 0 to 1."""

    skin: str = "#EBC8AB"
    hair: str = "#3B3430"
    hair_style: HairStyle = "bun"
    top: str = "#3A857C"
    shorts: str = "#33504D"
    shoe: str = "#F6F8F7"
    sole: str = "#6A7B78"
    line: str = "#16211F"
    shade: str = "#23403C"
    accent: str = "#C8481C"
    hatch: str = "#F6D9CC"
    badge: str = "#0E4A45"
    badge_digit: str = "#FFFFFF"
    shadow: str = "#D5DEDB"
    mat: str = "#DCE9E6"
    mat_side: str = "#B4CBC6"
    band: str = "#E5AE3C"
    wood: str = "#E2D6C3"
    wood_side: str = "#C3B299"
    wall: str = "#F3F7F6"
    wall_side: str = "#DCE5E2"
    door: str = "#E9E0D2"
    door_side: str = "#CDBFA9"
    foam: str = "#5F7673"
    cloth: str = "#F4F1EA"
    cloth_side: str = "#D8D2C4"
    iron: str = "#5F6C6A"
    shade_share: float = 0.13
    far_share: float = 0.20

    def shaded(self, color: str) -> str:
        """A color in the body's own shade."""
        return mix(color, self.shade, self.shade_share)

    def far(self, color: str) -> str:
        """A color on the side of the body away from the camera."""
        return mix(color, self.shade, self.far_share)


PEOPLE: Final = (
    Person("light skin, dark hair in a bun", "#EBC8AB", "#3B3430", "bun"),
    Person("deep skin, short black hair", "#8A5A3C", "#1E1A19", "short"),
    Person("medium skin, dark hair in a bun", "#CF9C72", "#2A211D", "bun"),
    Person("light skin, short grey hair", "#F0D2BC", "#8E8984", "short"),
    Person("tan skin, short brown hair", "#DDB18A", "#4A3323", "short"),
    Person("deep brown skin, black hair in a bun", "#6F452E", "#191615", "bun"),
)

INK_SAVER: Final = Palette(
    skin="#FFFFFF",
    hair="#8A8A8A",
    top="#D9D9D9",
    shorts="#8C8C8C",
    shoe="#FFFFFF",
    sole="#9A9A9A",
    line="#000000",
    shade="#000000",
    accent="#3A3A3A",
    hatch="#FFFFFF",
    badge="#000000",
    shadow="#EDEDED",
    mat="#FFFFFF",
    mat_side="#E6E6E6",
    band="#B4B4B4",
    wood="#FFFFFF",
    wood_side="#E6E6E6",
    wall="#FFFFFF",
    wall_side="#EDEDED",
    door="#FFFFFF",
    door_side="#E6E6E6",
    foam="#B4B4B4",
    cloth="#FFFFFF",
    cloth_side="#E6E6E6",
    iron="#9A9A9A",
    shade_share=0.06,
    far_share=0.10,
)
"""For ink-saver pages: white skin and props, pale greys, line color black."""

_TOUCHING: Final = (
    ("top", "shorts"),
    ("top", "skin"),
    ("shorts", "skin"),
    ("hatch", "accent"),
    ("band", "shorts"),
    ("sole", "shoe"),
    ("hair", "skin"),
)


def palette_for(
    *,
    top: str = Palette.top,
    shorts: str = Palette.shorts,
    accent: str = Palette.accent,
    line: str = Palette.line,
    badge: str = Palette.badge,
    person: Person = PEOPLE[0],
) -> Palette:
    """The palette of a brand and a person; every color "#RRGGBB".

    Shirt and shorts become a little lighter or darker where they would print in the same grey as the skin.
    """
    worn = set_apart(top, person.skin)
    return replace(
        Palette(),
        top=worn,
        shorts=set_apart(shorts, person.skin, worn),
        accent=accent,
        line=line,
        badge=badge,
        hatch=mix(accent, "#FFFFFF", 0.78),
        skin=person.skin,
        hair=person.hair,
        hair_style=person.hair_style,
    )


def set_apart(color: str, *neighbors: str) -> str:
    """The nearest lighter or darker color SMALLEST_GREY_GAP away from all neighbors; the color if there is none."""
    for step in range(20):
        for other in ("#000000", "#FFFFFF"):
            tried = mix(color, other, step * 0.04)
            if all(abs(luma(tried) - luma(neighbor)) >= SMALLEST_GREY_GAP for neighbor in neighbors):
                return tried
    return color


@lru_cache(maxsize=4096)
def channels(color: str) -> tuple[float, float, float]:
    """Red, green and blue from 0 to 1."""
    value = color.lstrip("#")
    red, green, blue = (int(value[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


class NamedColor(str):
    """A color that a palette gives later: the name of its field, or (color other share) for two colors mixed."""

    __slots__ = ()


def colors_by_name(palette: Palette) -> Palette:
    """The same palette with names for colors: what is drawn with it takes the colors of others like it later."""
    names = {one.name: NamedColor(one.name) for one in fields(palette) if str(getattr(palette, one.name))[:1] == "#"}
    return replace(palette, **names)  # type: ignore[arg-type]


@lru_cache(maxsize=20_000)
def named_color(name: str, palette: Palette) -> str:
    """The color that a palette gives a `NamedColor`, "#RRGGBB"."""
    return _named(iter(re.findall(r"[()]|[^() ]+", name)), palette)


def _named(words: Iterator[str], palette: Palette) -> str:
    word = next(words)
    if word != "(":
        return word if word.startswith("#") else str(getattr(palette, word))
    color, other, share = _named(words, palette), _named(words, palette), float(next(words))
    next(words)
    return mix(color, other, share)


@lru_cache(maxsize=4096)
def mix(color: str, other: str, share: float) -> str:
    """`color` with a share (0 to 1) of `other` in it."""
    if isinstance(color, NamedColor) or isinstance(other, NamedColor):
        return NamedColor(f"({color} {other} {share})")
    mixed = (a * (1 - share) + b * share for a, b in zip(channels(color), channels(other), strict=True))
    return "#" + "".join(f"{round(value * 255):02X}" for value in mixed)


def luma(color: str) -> float:
    """Brightness from 0 to 1 as a grey print shows it (ITU-R BT.709 weights)."""
    red, green, blue = channels(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def grey(color: str) -> str:
    """The grey that a color prints as."""
    level = f"{round(luma(color) * 255):02X}"
    return f"#{level}{level}{level}"


def contrast(color: str, other: str) -> float:
    """Contrast ratio from 1 to 21 (WCAG 2.2, relative luminance)."""
    first, second = sorted((_luminance(color), _luminance(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _luminance(color: str) -> float:
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(color))
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def grey_gaps(palette: Palette) -> Iterator[tuple[str, str, float]]:
    """(Part, part it touches, difference in luma) for all parts that touch; the line between them is not counted."""
    for one, other in _TOUCHING:
        yield one, other, abs(luma(getattr(palette, one)) - luma(getattr(palette, other)))
