"""Where blocks are drawn: one press, one set of tokens, and a memory of every block that packs share."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from generator.figures.picture import Keeper
from generator.layout.art import ArtBox
from generator.layout.flow import LaidSheet
from generator.layout.press import Press
from generator.layout.text import Breaker
from generator.layout.tokens import LIVE_WIDTH, Style, Tokens
from generator.marks import Body, DrawnBlock, GlyphSet

Arguments = ParamSpec("Arguments")
Size = float | tuple[float, float]  # a height over the live width, or width and height, in points
_REMEMBERED = 20_000  # blocks; a run over all exercises, sides and doses needs a few thousand


class Studio:
    """Draws blocks. A painter is a function of the studio and a block; it draws and returns the size it took."""

    def __init__(self, tokens: Tokens, keep_together: tuple[str, ...] = (), *, drawings: Keeper | None = None) -> None:
        """keep_together: patterns of words that no line end parts. drawings: where pictures are kept between runs."""
        self.tokens = tokens
        self.drawings = drawings
        self.press = Press(tokens, Breaker(keep_together))
        self.art = ArtBox(tokens)
        self.sheets: dict[int, LaidSheet] = {}  # those that packs share, by the identity of their sheet
        self.bodies: dict[Hashable, Body] = {}  # parts of pages that some packs share
        self.arrangements: dict[Hashable, Any] = {}  # of exercise cards, see `exercise_pages`
        self._drawn: dict[Hashable, DrawnBlock] = {}
        self._personal: dict[tuple[int, ...], tuple[object, DrawnBlock]] = {}
        self._glyph_sets: dict[str, GlyphSet] = {}

    def drawn(
        self,
        painter: Callable[Concatenate[Studio, Arguments], Size],
        *block: Arguments.args,
        **options: Arguments.kwargs,
    ) -> DrawnBlock:
        """A block that packs share: drawn at its first use, the same value ever after."""
        key = (painter, block, tuple(sorted(options.items())))
        found = self._drawn.get(key)
        if found is None:
            if len(self._drawn) >= _REMEMBERED:
                self._drawn.clear()
            found = self._drawn[key] = self._draw(painter, block, options, shared=True)
        return found

    def drawn_once(
        self,
        painter: Callable[Concatenate[Studio, Arguments], Size],
        *block: Arguments.args,
        **options: Arguments.kwargs,
    ) -> DrawnBlock:
        """A block with one patient's words: kept for their pack only, see `new_pack`."""
        key = (id(painter), *map(id, block), *map(id, options.values()))
        found = self._personal.get(key)  # it keeps what it was drawn from, so that nothing else has those ids
        if found is None:
            drawn = self._draw(painter, block, options, shared=False)
            found = self._personal[key] = ((painter, block, options), drawn)
        return found[1]

    def new_pack(self) -> None:
        """Forgets what was drawn for the patient before."""
        self._personal.clear()

    def _draw(
        self, painter: Callable[..., Size], block: tuple[object, ...], options: dict[str, object], *, shared: bool
    ) -> DrawnBlock:
        self.press.begin()
        size = painter(self, *block, **options)
        width, height = size if isinstance(size, tuple) else (LIVE_WIDTH, size)
        return self.press.finish(width, height, shared=shared)

    def style(self, role: str) -> Style:
        return self.tokens.style(role)

    def color(self, name: str) -> str:
        return self.tokens.color(name)

    def icon(self, name: str, x: float, top: float, size: float) -> None:
        """An icon inside the mark that is open."""
        self.art.icon(self.press, name, x, top, size)

    def glyph_set(self, name: str) -> GlyphSet:
        """The font resource of that name, cut once a run."""
        if name not in self._glyph_sets:
            self._glyph_sets[name] = self.tokens.glyph_set(name)
        return self._glyph_sets[name]

    @cached_property
    def logo_file(self) -> Path | None:
        """The brand's own mark, if it has one."""
        name = self.tokens.brand.logo.file
        if name is None:
            return None
        return next((folder / name for folder in self.tokens.art_folders if (folder / name).is_file()), None)
