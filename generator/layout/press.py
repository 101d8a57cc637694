"""Drawing a block once: shapes, pictures and words, recorded with their marks and elements (`recorder`).

Drawing code counts y downward from the block's upper edge; the press turns that into the file's coordinates (origin
at the block's upper left corner, y upward), so a block is placed by one translation.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache

from reportlab.lib.colors import Color, HexColor

from generator.blocks import Text, plain
from generator.layout.recorder import Recorder
from generator.layout.text import Breaker, Line, stack_of
from generator.layout.tokens import Style, Tokens
from generator.marks import Form, Image

Dash = tuple[float, ...]
Measure = float | str | Dash
_SHAPES_KEPT = _LINES_KEPT = 20_000


@lru_cache(maxsize=1_000)
def _color(value: str) -> Color:
    return HexColor(value)


@lru_cache(maxsize=1_000)
def _fill_operator(value: str) -> str:
    paint = _color(value)
    return f"{paint.red:.4g} {paint.green:.4g} {paint.blue:.4g} rg"


class Press(Recorder):
    """Draws shapes, pictures and words of one block at a time: `begin`, draw, `finish`."""

    def __init__(self, tokens: Tokens, breaker: Breaker) -> None:
        super().__init__()
        self.tokens = tokens
        self.breaker = breaker
        self._shapes: dict[tuple[Measure, ...], str] = {}
        self._fixed: dict[tuple[str, Style, float, bool], tuple[Line, ...]] = {}
        self._passages: dict[Hashable, tuple[str, frozenset[str], float]] = {}

    # ---- shapes; lengths in points, y downward, colors as hex

    def rule(
        self, x0: float, y0: float, x1: float, y1: float, width: float, color: str, *, dash: tuple[float, ...] = ()
    ) -> None:
        self._shape(self._rule, x0, y0, x1, y1, width, color, dash)

    def _rule(self, x0: float, y0: float, x1: float, y1: float, width: float, color: str, dash: Dash) -> None:
        self.setStrokeColor(_color(color))
        self.setLineWidth(width)
        if dash:
            self.setDash(list(dash))
        self.line(x0, -y0, x1, -y1)

    def box(
        self,
        x: float,
        top: float,
        width: float,
        height: float,
        *,
        stroke: str = "",
        line: float = 1.0,
        fill: str = "",
        radius: float = 0.0,
        dash: tuple[float, ...] = (),
    ) -> None:
        """A rectangle; the stroke is centered on its edge."""
        self._shape(self._box, x, top, width, height, stroke, line, fill, radius, dash)

    def _box(
        self,
        x: float,
        top: float,
        width: float,
        height: float,
        stroke: str,
        line: float,
        fill: str,
        radius: float,
        dash: Dash,
    ) -> None:
        if stroke:
            self.setStrokeColor(_color(stroke))
            self.setLineWidth(line)
        if fill:
            self.setFillColor(_color(fill))
        if dash:
            self.setDash(list(dash))
        if radius:
            self.roundRect(x, -top - height, width, height, radius, stroke=int(bool(stroke)), fill=int(bool(fill)))
        else:
            self.rect(x, -top - height, width, height, stroke=int(bool(stroke)), fill=int(bool(fill)))

    def framed(
        self,
        x: float,
        top: float,
        width: float,
        height: float,
        *,
        stroke: str,
        line: float,
        fill: str = "",
        radius: float | None = None,
    ) -> None:
        """A box whose stroke lies inside the given edges; the brand's radius unless told."""
        inset = line / 2
        corner = self.tokens.radius if radius is None else radius
        self.box(
            x + inset, top + inset, width - line, height - line, stroke=stroke, line=line, fill=fill, radius=corner
        )

    def disc(self, x: float, y: float, radius: float, *, fill: str = "", stroke: str = "", line: float = 1.0) -> None:
        """A circle around (x, y)."""
        self._shape(self._disc, x, y, radius, fill, stroke, line)

    def _disc(self, x: float, y: float, radius: float, fill: str, stroke: str, line: float) -> None:
        if fill:
            self.setFillColor(_color(fill))
        if stroke:
            self.setStrokeColor(_color(stroke))
            self.setLineWidth(line)
        self.circle(x, -y, radius, stroke=int(bool(stroke)), fill=int(bool(fill)))

    def _shape(self, draw: Callable[..., None], *measures: Measure) -> None:
        """A shape in a graphics state of its own. ReportLab draws each one once: the same few come again and again."""
        self._need_mark()
        key = (draw.__name__, *measures)
        found = self._shapes.get(key)
        if found is None:
            if len(self._shapes) >= _SHAPES_KEPT:
                self._shapes.clear()
            start = len(self._code)
            self.saveState()
            draw(*measures)
            self.restoreState()
            found = self._shapes[key] = "\n".join(self._code[start:])
            del self._code[start:]
        self._code.append(found)

    def operators(self, code: bytes, x: float, bottom: float, scale: float = 1.0) -> None:
        """Ready-made operators with their own origin at (x, bottom), y upward."""
        self._need_mark()
        self._code.append(f"q {scale:g} 0 0 {scale:g} {x:.2f} {-bottom:.2f} cm {code.decode('latin-1')} Q")

    def form(self, form: Form, x: float, bottom: float, scale: float = 1.0) -> None:
        """A picture that is stored once a file, its origin at (x, bottom)."""
        self._need_mark()
        self._forms[form.name] = form
        self._code.append(f"q {scale:g} 0 0 {scale:g} {x:.2f} {-bottom:.2f} cm /{form.name} Do Q")

    def image(self, image: Image, x: float, bottom: float, width: float, height: float) -> None:
        """A bitmap stretched over a box."""
        self._need_mark()
        self._images[image.name] = image
        self._code.append(f"q {width:.2f} 0 0 {height:.2f} {x:.2f} {-bottom:.2f} cm /{image.name} Do Q")

    # ---- text

    def words(
        self, x: float, baseline: float, words: str, style: Style, *, align: str = "left", more: bool = False
    ) -> float:
        """One line of plain words; align: left, right or center of x. Returns its width.

        more: other words of the same element follow, so the line ends in a space that keeps them apart when read.
        """
        width = style.width(words)
        start = x if align == "left" else x - width if align == "right" else x - width / 2
        self._need_mark()
        shown = style.stack.show(words + " " if more else words, style.size)
        self._glyph_sets |= shown.glyph_sets
        self._text(start, baseline, style, [(style.color, shown.operators)])
        return width

    def line_of(self, line: Line, x: float, baseline: float, style: Style, *, last: bool = True) -> None:
        """One broken line.

        A line that is not the last of its passage ends in a space, so that words stay apart when read.
        """
        self._need_mark()
        parts: list[tuple[str, str]] = []
        for number, run in enumerate(line.runs):
            tail = "" if last or number < len(line.runs) - 1 or run.words.endswith("-") else " "
            shown = stack_of(style, run.emphasis).show(run.words + tail, style.size)
            self._glyph_sets |= shown.glyph_sets
            signal = run.emphasis if run.emphasis in ("go", "care", "stop") else ""
            parts.append((self.tokens.color(signal) if signal else style.color, shown.operators))
        self._text(x, baseline, style, parts)

    def _text(self, x: float, baseline: float, style: Style, parts: list[tuple[str, str]]) -> None:
        out = [f"BT 1 0 0 1 {x:.2f} {-baseline:.2f} Tm"]
        if style.tracking:
            out.append(f"{style.tracking:g} Tc")
        current = ""
        for color, code in parts:
            if color != current:
                out.append(_fill_operator(color))
                current = color
            out.append(code)
        if style.tracking:
            out.append("0 Tc")
        out.append("ET")
        self._code.append(" ".join(out))

    def passage(
        self,
        x: float,
        top: float,
        width: float,
        text: Text | str,
        style: Style,
        *,
        align: str = "left",
        at_hyphens: bool = False,
        more: bool = False,
    ) -> float:
        """A wrapped passage inside the mark that is open; more: as in `words`. Returns its height: lines × leading."""
        if isinstance(text, str):
            return self._fixed_passage(x, top, width, text, style, align, at_hyphens, more)
        return self._passage(x, top, width, text, style, align, at_hyphens, more)

    def _fixed_passage(
        self, x: float, top: float, width: float, text: str, style: Style, align: str, at_hyphens: bool, more: bool
    ) -> float:
        """A passage of fixed words: set once, since it comes again in every pack."""
        key = (x, top, width, text, style, align, at_hyphens, more)
        found = self._passages.get(key)
        if found is None:
            if len(self._passages) >= _LINES_KEPT:
                self._passages.clear()
            before, start = self._glyph_sets, len(self._code)
            self._glyph_sets = set()
            height = self._passage(x, top, width, plain(text), style, align, at_hyphens, more)
            found = self._passages[key] = "\n".join(self._code[start:]), frozenset(self._glyph_sets), height
            self._glyph_sets = before
            del self._code[start:]
        self._need_mark()
        code, glyph_sets, height = found
        if code:
            self._code.append(code)
            self._glyph_sets |= glyph_sets
        return height

    def _passage(
        self, x: float, top: float, width: float, text: Text, style: Style, align: str, at_hyphens: bool, more: bool
    ) -> float:
        lines = self.breaker.lines(text, style, width, at_hyphens=at_hyphens)
        for number, line in enumerate(lines):
            start = (
                x if align == "left" else x + width - line.width if align == "right" else x + (width - line.width) / 2
            )
            baseline = top + number * style.leading + style.first_baseline
            self.line_of(line, start, baseline, style, last=not more and number == len(lines) - 1)
        return len(lines) * style.leading

    def paragraph(
        self, x: float, top: float, width: float, text: Text | str, style: Style, *, role: str = "P"
    ) -> float:
        """A passage that is one structure element."""
        if not text:
            return 0.0
        with self.tagged(role):
            return self.passage(x, top, width, text, style)

    def lines(self, text: Text | str, style: Style, width: float, *, at_hyphens: bool = False) -> tuple[Line, ...]:
        """A passage broken into lines. Plain strings are fixed words, which come again in every pack."""
        if not isinstance(text, str):
            return self.breaker.lines(text, style, width, at_hyphens=at_hyphens)
        key = (text, style, width, at_hyphens)
        found = self._fixed.get(key)
        if found is None:
            if len(self._fixed) >= _LINES_KEPT:
                self._fixed.clear()
            found = self._fixed[key] = self.breaker.lines(plain(text), style, width, at_hyphens=at_hyphens)
        return found

    def height(self, text: Text | str, style: Style, width: float) -> float:
        """What `passage` would take."""
        return len(self.lines(text, style, width)) * style.leading
