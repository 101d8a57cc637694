"""Where blocks are drawn: one press, one set of tokens, and a memory of every block that packs share."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Concatenate, Final, NamedTuple, ParamSpec

from generator.figures.picture import Keeper
from generator.layout.art import ArtBox
from generator.layout.faces import first_sets
from generator.layout.flow import LaidSheet
from generator.layout.press import Press
from generator.layout.text import Breaker
from generator.layout.tokens import LIVE_WIDTH, Style, Tokens
from generator.marks import Body, DrawnBlock, Element, GlyphSet, Link, Placement
from generator.values import dataclass

Arguments = ParamSpec("Arguments")
Size = float | tuple[float, float]  # a height over the live width, or width and height, in points
Place = str | type | tuple[str, int]  # of a patient's own words: a name, a kind of block, or one of several
_REMEMBERED = 20_000  # blocks; a run over all exercises, sides and doses needs a few thousand
_NO_LINK: Final = Link((0.0, 0.0, 0.0, 0.0), "", "")


class Own(NamedTuple):
    """What of a patient's own words a page has, and how it is drawn.

    place: which words, see `alike.own_words`. common: they are not this patient's alone (dates of a log), so that
    their block is one that packs share.
    """

    place: Place
    painter: Callable[..., Size]
    arguments: tuple[Any, ...]
    common: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Blank(DrawnBlock):
    """A block as large as one with a patient's own words, with elements, marks and links like it, that says nothing.

    glyph_sets: the first sets of faces, which most words are set in.
    Pages are set with blanks, so that patients whose words take the same room have their pages in common.
    """

    own: Own

    def takes(self, block: DrawnBlock) -> bool:
        """Whether a block can stand in this one's place, and nothing around it would change."""
        return (
            self.height == block.height
            and self.width == block.width
            and self.owners == block.owners
            and self.elements == _unspoken(block.elements)
            and len(self.links) == len(block.links)
            and self.forms == block.forms
            and self.images == block.images
        )


def _unspoken(elements: tuple[Element, ...]) -> tuple[Element, ...]:
    """Elements without what their alternative texts say."""
    return tuple([one._replace(alt="…") if one.alt else one for one in elements])


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
        self.arrangements: dict[Hashable, LaidSheet] = {}  # of exercise cards, see `exercise_pages`
        self.settings: dict[Hashable, Any] = {}  # of whole packs, see `alike`
        self._drawn: dict[Hashable, DrawnBlock] = {}
        self._words: Mapping[Place, Any] = {}
        self._filled: dict[Own, DrawnBlock] = {}
        self._blanks: dict[Own, Blank] = {}
        self._glyph_sets: dict[str, GlyphSet] = {}

    def drawn(
        self,
        painter: Callable[Concatenate[Studio, Arguments], Size],
        *block: Arguments.args,
        **options: Arguments.kwargs,
    ) -> DrawnBlock:
        """A block that packs share: drawn at its first use, the same value ever after."""
        key = (painter, block, tuple(sorted(options.items()))) if options else (painter, block)
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
        """A block that nothing else has in common, and that is not kept."""
        return self._draw(painter, block, options, shared=False)

    # ---- a patient's own words

    def new_pack(self, words: Mapping[Place, Any]) -> None:
        """Forgets the patient before. words: of this one, by their places."""
        self._words = words
        self._filled.clear()
        self._blanks.clear()

    def blank(self, place: Place, painter: Callable[..., Size], *arguments: Any, common: bool = False) -> Blank:
        """Room for the words of a place, as the painter draws them. arguments: what the painter is told besides.

        common: as in `Own`.
        """
        own = Own(place, painter, arguments, common)
        found = self._blanks.get(own)
        if found is None:
            found = self._blanks[own] = self._blank(own)
        return found

    def _blank(self, own: Own) -> Blank:
        block = self.filled(own)
        return Blank(
            width=block.width,
            height=block.height,
            operators=(b"",) * len(block.operators),
            elements=_unspoken(block.elements),
            owners=block.owners,
            links=(_NO_LINK,) * len(block.links),
            forms=block.forms,
            images=block.images,
            glyph_sets=first_sets(block.glyph_sets),
            shared=False,
            own=own,
        )

    def asked(self) -> list[Blank]:
        """All blanks of this pack, in the order in which its pages asked for them."""
        return list(self._blanks.values())

    def in_place(self, placements: tuple[Placement, ...]) -> tuple[Placement, ...]:
        """The same placements with what this patient has in the place of their blanks."""
        return tuple(
            [
                one._replace(block=self.filled(one.block.own)) if isinstance(one.block, Blank) else one
                for one in placements
            ]
        )

    def filled(self, own: Own) -> DrawnBlock:
        """What this patient has in the place of a blank."""
        found = self._filled.get(own)
        if found is None:
            words = self._words[own.place]
            if own.common:
                found = self.drawn(own.painter, words, *own.arguments)
            else:
                found = self._draw(own.painter, (words, *own.arguments), {}, shared=False)
            self._filled[own] = found
        return found

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
