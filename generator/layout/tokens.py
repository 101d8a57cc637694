"""The tokens of one run: a brand and a layout resolved into styles, colors and measures that drawing can use at once.

Figures are those of the print design system. All lengths are points; x to the right from the page's left edge, y
downward from its upper edge.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from generator.figures.picture import Keeper
from generator.layout.faces import Face, Stack
from generator.marks import GlyphSet
from generator.models.brand import Brand
from generator.models.layout import Layout, Strokes, TypeRole
from generator.values import dataclass

LIVE_WIDTH = 522.0
GUTTER = 12.0
COLUMN = 32.5
HEADER_BOTTOM = 84.0
TITLE_HEADER_BOTTOM = 80.0
TOP = 34.0

# The reference palette: art is drawn in it, and each of its colors becomes the brand's color of that name.
REFERENCE = {
    "#16211F": "ink",
    "#0E4A45": "primary",
    "#465A57": "slate",
    "#5B6E6A": "box",
    "#9AAAA6": "rule",
    "#B3401A": "accent",
    "#1F6B3B": "go",
    "#8A5A00": "care",
    "#A3201D": "stop",
    "#FBEBC8": "care_tint",
    "#FFFFFF": "white",
    "#000000": "ink",
    "#333333": "slate",
    "#999999": "rule",
}
SAFETY = {"go": "#1F6B3B", "care": "#8A5A00", "stop": "#A3201D", "care_tint": "#FBEBC8", "white": "#FFFFFF"}
_BOLD = {"body": "bold", "semi": "bold", "note": "note", "bold": "bold", "italic": "bold"}


def span(columns: int) -> float:
    """Width of so many of the twelve columns with the gutters between them."""
    return columns * COLUMN + (columns - 1) * GUTTER


def column(number: int) -> float:
    """Left edge of a column, 1 to 12, measured from the left edge of the live area."""
    return (number - 1) * (COLUMN + GUTTER)


class Style(NamedTuple):
    """How a text is set. bold and italic: stacks of its emphases."""

    stack: Stack
    bold: Stack
    italic: Stack
    size: float
    leading: float
    color: str
    tracking: float = 0.0

    def width(self, words: str) -> float:
        return self.stack.width(words, self.size) + self.tracking * max(0, len(words) - 1)

    def colored(self, color: str) -> Style:
        return self._replace(color=color)

    def sized(self, size: float, leading: float) -> Style:
        return self._replace(size=size, leading=leading)

    def shrunk(self, factor: float) -> Style:
        """The same style in smaller type."""
        return self if factor == 1.0 else self.sized(self.size * factor, self.leading * factor)

    def tightened(self, factor: float) -> Style:
        """The same type on closer lines."""
        return self if factor == 1.0 else self.sized(self.size, self.leading * factor)

    @property
    def first_baseline(self) -> float:
        """From the top of a line to its baseline: the x-height is centered in the leading."""
        return self.leading / 2 + self.size * 0.335


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper size; the live width is the same on both, so margins differ."""

    name: str
    width: float
    height: float

    @property
    def left(self) -> float:
        return (self.width - LIVE_WIDTH) / 2


PAPERS = {"letter": Paper("letter", 612.0, 792.0), "a4": Paper("a4", 595.28, 841.89)}


class Tokens:
    """Everything that drawing asks for. Made once a run; faces are shared, so that codes stay the same."""

    def __init__(
        self,
        brand: Brand,
        layout: Layout,
        paper: Paper,
        font_file: Callable[[str], Path],
        art_folders: tuple[Path, ...],
        kept: Keeper | None = None,
    ) -> None:
        """font_file: path of a font named in the brand. art_folders: searched in order for drawings.

        kept: what was read of fonts and art in earlier runs.
        """
        self.brand, self.layout, self.paper, self.art_folders = brand, layout, paper, art_folders
        self.kept = kept
        self.mono = layout.mono
        self.large = layout.cards == "singles"
        self.strokes: Strokes = layout.strokes
        self.sizes = layout.sizes
        self.radius = brand.radius
        self.colors: dict[str, str] = {**SAFETY, **brand.colors.model_dump(), **layout.colors}
        self._faces: dict[str, Face] = {}
        self._stacks: dict[str, Stack] = {}
        for role, files in brand.fonts.model_dump().items():
            self._stacks[role] = Stack(tuple(self._face(name, font_file(name)) for name in files))
        self._styles = {name: self._style(name, role) for name, role in layout.type}

    def _face(self, name: str, path: Path) -> Face:
        if name not in self._faces:
            self._faces[name] = Face(f"F{len(self._faces) + 1}", path, self.kept)
        return self._faces[name]

    def _style(self, name: str, role: TypeRole) -> Style:
        stacks = self._stacks
        size, leading = role.size, role.leading
        if name == "cover_title" and not self.large:
            size, leading = self.brand.title_size, self.brand.title_size + 2
        return Style(
            stacks[role.font],
            stacks[_BOLD.get(role.font, role.font)],
            stacks["italic"],
            size,
            leading,
            self.colors[role.color],
            role.tracking,
        )

    def style(self, role: str) -> Style:
        """The style of a type role, see `models.layout.TypeRoles`."""
        return self._styles[role]

    def color(self, name: str) -> str:
        """Hex color of a token."""
        return self.colors[name]

    def recolored(self, hex_color: str) -> str:
        """A color of the reference palette as the brand's own; any other color stays."""
        token = REFERENCE.get(hex_color.upper())
        return str(self.colors[token]) if token else hex_color

    @property
    def live_left(self) -> float:
        return self.paper.left

    @property
    def footer_rule(self) -> float:
        """y of the rule above the footer."""
        return self.paper.height - self.sizes.footer_rule

    @property
    def bottom(self) -> float:
        """y that content may not pass: 8 above the footer's rule."""
        return self.footer_rule - 8

    def stack(self, font: str) -> Stack:
        return self._stacks[font]

    def characters(self) -> dict[str, tuple[frozenset[str], ...]]:
        """By role of the brand's fonts: the characters of each font of its stack, first choice first."""
        files = self.brand.fonts.model_dump()
        return {role: tuple(self._faces[name].characters for name in names) for role, names in files.items()}

    def glyph_set(self, name: str) -> GlyphSet:
        """The font resource of that name, such as F1+0."""
        resource, number = name.split("+")
        face = next(face for face in self._faces.values() if face.resource == resource)
        return face.glyph_set(int(number))


def font_finder(brand_folder: Path, shared: Path) -> Callable[[str], Path]:
    """Path of a font: the brand's own file, else one of the shared families."""

    def find(name: str) -> Path:
        own = brand_folder / name
        return own if own.is_file() else shared / name

    return find
