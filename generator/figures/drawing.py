"""A solved pose as a drawing: the two pictures in a frame, as PDF operators. The same value gives the same bytes."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from generator.figures.ink import MATRIX, Ink
from generator.figures.marks import draw_badge
from generator.figures.palette import Palette
from generator.figures.panels import Panel, gather, paint
from generator.figures.picture import BADGE_RADIUS, PADDING, Drawing
from generator.figures.solved import SolvedPose
from generator.values import dataclass

GAP: Final = 9.0
LARGEST_SCALE: Final = 200.0
"""Points: between pictures; tallest standing person."""
_BADGE_CLEAR: Final = 2.0
_MARGINS: Final = (0.0, 3.0, 6.0, 9.0, 12.0, 15.0)
_SIDE_BIAS: Final = 0.97
"""Side by side is kept unless stacked is larger by more than this."""
_WISH_BIAS: Final = 1.2
"""What the pose asks for is kept unless the other is larger by more than this, as in a frame of another shape."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a picture stands: its plane's origin in points, and its badge's center."""

    x: float
    y: float
    badge: tuple[float, float] | None


def drawn(
    solved: SolvedPose,
    width: float,
    height: float,
    palette: Palette,
    panels: Literal["both", "end"],
    mirrored: bool,
    badge_radius: float,
) -> Drawing:
    """A picture with names for its colors, see `picture.draw`."""
    two = panels == "both" and len(solved.panels) == 2
    names: tuple[Literal["start", "end"], ...] = ("start", "end") if two else ("end",)
    found = gather(solved, names, palette, mirrored=mirrored)
    badge = badge_radius if two else 0.0
    if two:
        scale, places = _arrange(found, width, height, badge, solved.pose.layout)
    else:
        scale, places = _alone(found[0], width, height)
    ink = Ink(1.0, 0.0, 0.0)
    texts = [paint(panel, scale, place.x, place.y) for panel, place in zip(found, places, strict=True)]
    for number, place in enumerate(places, start=1):
        if place.badge is not None:
            draw_badge(ink, number, *place.badge, badge, palette)
    body = "\nq\n".join(f"{text}\nQ" for text in (*texts, ink.operators()) if text)
    operators = f"q {MATRIX} 1 j 1 J\nq\n{body}\nQ\n".encode("ascii")
    return Drawing(width, height, operators, _bbox(found, places, scale, badge))


def card_scale(solved: SolvedPose, width: float, height: float) -> float:
    """Points for one stature when both pictures stand in a frame."""
    found = gather(solved, solved.pose.panels, Palette(), mirrored=False)
    if len(found) == 1:
        return _alone(found[0], width, height)[0]
    return _arrange(found, width, height, BADGE_RADIUS, solved.pose.layout)[0]


def _bbox(found: list[Panel], places: list[_Place], scale: float, badge: float) -> tuple[float, float, float, float]:
    corners = [
        corner * scale + (place.x, place.y)
        for panel, place in zip(found, places, strict=True)
        for corner in (panel.low, panel.high)
    ]
    for place in places:
        if place.badge is not None:
            corners += [np.array(place.badge) - badge, np.array(place.badge) + badge]
    (left, bottom), (right, top) = np.min(corners, axis=0).tolist(), np.max(corners, axis=0).tolist()
    return round(left, 2), round(bottom, 2), round(right, 2), round(top, 2)


def _alone(panel: Panel, width: float, height: float) -> tuple[float, list[_Place]]:
    size = panel.high - panel.low
    scale = min((width - 2 * PADDING) / size[0], (height - 2 * PADDING) / size[1], LARGEST_SCALE)
    x, y = (np.array((width, height)) - size * scale) / 2 - panel.low * scale
    return float(scale), [_Place(float(x), float(y), None)]


def _arrange(found: list[Panel], width: float, height: float, badge: float, layout: str) -> tuple[float, list[_Place]]:
    """Side by side or one above the other, whichever is larger, with room for the badges left of the pictures.

    layout: what the pose asks for; it holds unless the pictures would be far smaller for it.
    """
    side, stacked = _side_by_side(found, width, height, badge), _stacked(found, width, height, badge)
    bias = {"side": 1 / _WISH_BIAS, "stacked": _WISH_BIAS}.get(layout, _SIDE_BIAS)
    return stacked if stacked[0] * bias > side[0] else side


def _side_by_side(found: list[Panel], width: float, height: float, badge: float) -> tuple[float, list[_Place]]:
    low = min(float(panel.low[1]) for panel in found)
    tall = max(float(panel.high[1]) for panel in found) - low
    wide = [float(panel.high[0] - panel.low[0]) for panel in found]
    level = height - PADDING - badge
    room, margins, scale = width - 2 * PADDING - GAP, [0.0, 0.0], 1.0
    for _ in range(3):
        scale = min((room - sum(margins)) / sum(wide), (height - 2 * PADDING) / tall, LARGEST_SCALE)
        ground = PADDING + (height - 2 * PADDING - tall * scale) / 2 - low * scale
        margins = [_margin(panel, scale, level - ground, badge) for panel in found]
    scale = min((room - sum(margins)) / sum(wide), (height - 2 * PADDING) / tall, LARGEST_SCALE)
    ground = PADDING + (height - 2 * PADDING - tall * scale) / 2 - low * scale
    spare = (room - sum(margins) - sum(wide) * scale) / 3
    places, x = [], PADDING + spare
    for panel, margin, breadth in zip(found, margins, wide, strict=True):
        places.append(_Place(x + margin - float(panel.low[0]) * scale, ground, (x + badge, level)))
        x += margin + breadth * scale + GAP + spare
    return scale, places


def _stacked(found: list[Panel], width: float, height: float, badge: float) -> tuple[float, list[_Place]]:
    left = min(float(panel.low[0]) for panel in found)
    breadth = max(float(panel.high[0]) for panel in found) - left
    tall = [float(panel.high[1] - panel.low[1]) for panel in found]
    gap, margin, scale = 4.0, 0.0, 1.0
    room = height - 2 * PADDING - gap
    for _ in range(3):
        scale = min((width - 2 * PADDING - margin) / breadth, room / sum(tall), LARGEST_SCALE)
        needs = [_stacked_margin(panel, scale, left, badge) for panel in found]
        margin = max(needs)
    scale = min((width - 2 * PADDING - margin) / breadth, room / sum(tall), LARGEST_SCALE)
    x = PADDING + margin + (width - 2 * PADDING - margin - breadth * scale) / 2
    spare = (room - sum(tall) * scale) / 3
    places, top = [], height - PADDING - spare
    for panel, high in zip(found, tall, strict=True):
        badge_at = (max(PADDING + badge, x - margin + badge), max(top - badge, top - high * scale / 2))
        places.append(_Place(x - left * scale, top - float(panel.high[1]) * scale, badge_at))
        top -= high * scale + gap + spare
    return scale, places


def _stacked_margin(panel: Panel, scale: float, left: float, badge: float) -> float:
    top = float(panel.high[1]) * scale
    level = max(top - badge, top - float(panel.high[1] - panel.low[1]) * scale / 2)
    shift = (float(panel.low[0]) - left) * scale
    return max(0.0, _margin(panel, scale, level, badge) - shift)


def _margin(panel: Panel, scale: float, level: float, badge: float) -> float:
    """Least room left of a picture in which a badge, at a height on the page plane, stays clear of it."""
    clear = badge + _BADGE_CLEAR
    x, y = (panel.cloud[:, 0] - panel.low[0]) * scale - badge, panel.cloud[:, 1] * scale - level
    near = (np.abs(y) <= clear) & (x <= clear)
    spots = list(zip(x[near].tolist(), (y[near] ** 2).tolist(), strict=True))
    for margin in _MARGINS:
        if all((right + margin) ** 2 + square > clear**2 for right, square in spots):
            return margin
    return _MARGINS[-1]
