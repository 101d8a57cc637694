"""Parts that several blocks are made of: headings, numbers in rings and discs, the octagon, live phone numbers."""

from __future__ import annotations

from generator.blocks import Text
from generator.layout.studio import Studio
from generator.layout.tokens import LIVE_WIDTH, Style


def section_heading(studio: Studio, x: float, top: float, words: str, *, role: str = "H2", width: float = 0) -> float:
    """A section's heading; returns the height that it takes with the gap below it."""
    style = studio.style("section")
    with studio.press.tagged(role):
        taken = studio.press.passage(x, top, width or LIVE_WIDTH - x, words, style)
    return taken + 4


def octagon(studio: Studio, x: float, top: float, edge: float, number: str, alt: str) -> None:
    """The octagon that holds the emergency number."""
    press = studio.press
    with press.figure(alt, x, top, edge, edge):
        studio.art.draw(press, "octagon", x, top, edge / 20)
        color = studio.color("ink") if studio.tokens.mono else studio.color("white")
        style = studio.style("emergency").sized(edge * 0.335, edge * 0.4).colored(color)
        press.words(x + edge / 2, top + edge * 0.618, number, style, align="center")


def tick_box(studio: Studio, x: float, top: float, alt: str = "", *, edge: float | None = None) -> None:
    """An empty box to tick. alt: for one that stands before words, which without it would read as if they were so;
    in a grid, row and column say all, and the frame is decoration. edge: its size, if not the layout's own.
    """
    press, tokens, edge = studio.press, studio.tokens, edge or studio.tokens.sizes.tick
    with press.figure(alt, x, top, edge, edge):
        press.box(
            x,
            top,
            edge,
            edge,
            stroke=tokens.color("box"),
            line=tokens.strokes.box,
            radius=min(2.0, tokens.radius),
        )


def ring(studio: Studio, x: float, top: float, number: int, diameter: float) -> None:
    """A number in a ring, inside the mark that is open."""
    size = diameter * 10.5 / 18
    style = studio.style("value").sized(size, size).colored(studio.color("primary"))
    radius = diameter / 2
    studio.press.disc(x + radius, top + radius, radius - 0.5, stroke=studio.color("primary"), line=1.0)
    studio.press.words(x + radius, top + radius + size * 0.34, str(number), style, align="center", more=True)


def link_line(studio: Studio, x: float, top: float, words: str, target: str) -> float:
    """A phone number that can be clicked, in its own style."""
    press, style = studio.press, studio.style("phone")
    with press.element("P"), press.element("Link"):
        with press.mark():
            width = press.words(x, top + style.first_baseline, words, style)
        press.link(x, top, width, style.leading, target, words)
    return style.leading


def linked_passage(
    studio: Studio, x: float, top: float, width: float, text: Text | str, style: Style, target: str
) -> float:
    """A wrapped paragraph that is a link as a whole; returns its height."""
    press = studio.press
    lines = press.lines(text, style, width)
    with press.element("P"), press.element("Link"):
        with press.mark():
            height = press.passage(x, top, width, text, style)
        words = text if isinstance(text, str) else text.words
        press.link(x, top, max(line.width for line in lines), height, target, words)
    return height


def bullet(studio: Studio, x: float, y: float, size: float, color: str) -> None:
    """A round bullet for text of this size, centered on (x, y), inside the mark that is open."""
    studio.press.disc(x, y, size * 0.152, fill=studio.color(color))


def number_disc(studio: Studio, x: float, y: float, number: int, diameter: float) -> None:
    """A number in a solid disc (an outlined one without color), centered on (x, y), inside the mark that is open."""
    press, radius = studio.press, diameter / 2
    size = diameter * 13 / 24
    style = studio.style("value").sized(size, size)
    if studio.tokens.mono:
        press.disc(x, y, radius - 0.8, stroke=studio.color("ink"), line=1.4, fill=studio.color("white"))
        style = style.colored(studio.color("ink"))
    else:
        press.disc(x, y, radius, fill=studio.color("primary"))
        style = style.colored(studio.color("white"))
    press.words(x, y + size * 0.35, str(number), style, align="center", more=True)
