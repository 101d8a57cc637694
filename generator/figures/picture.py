"""A picture of a solved pose, ready to be placed: its lines as they were kept, else drawn, in the colors asked for."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from functools import lru_cache
from typing import Final, Literal, Protocol

from generator.figures.coloring import colored
from generator.figures.palette import Palette, colors_by_name
from generator.figures.solved import SolvedPose
from generator.values import dataclass

BADGE_RADIUS: Final = 5.6
PADDING: Final = 3.0
"""Points: of a picture's number, and between frame and picture."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """width, height: the frame in points. operators: PDF content stream, origin lower left, whole in q ... Q.

    bbox: what is really covered, as (left, bottom, right, top) in points.
    """

    width: float
    height: float
    operators: bytes
    bbox: tuple[float, float, float, float]

    def to_json(self) -> str:
        """As JSON, to be kept."""
        return json.dumps({**asdict(self), "operators": self.operators.decode("ascii")}, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Drawing:
        """The value that `to_json` wrote. Raises ValueError, KeyError or TypeError for anything else."""
        value = json.loads(text)
        left, bottom, right, top = (float(edge) for edge in value["bbox"])
        operators = value["operators"].encode("ascii")
        return cls(float(value["width"]), float(value["height"]), operators, (left, bottom, right, top))


class Keeper(Protocol):
    """Where drawings are kept from run to run. It may forget, but never returns what it was not given."""

    def __hash__(self) -> int: ...

    def get(self, key: str) -> str | None:
        """What was put under a key, None if it is not there."""

    def put(self, key: str, text: str) -> None:
        """Keeps a text, if it can."""


def draw(
    solved: SolvedPose,
    *,
    width: float,
    height: float,
    palette: Palette,
    panels: Literal["both", "end"] = "both",
    mirrored: bool = False,
    badge_radius: float = BADGE_RADIUS,
    keeper: Keeper | None = None,
) -> Drawing:
    """Draws a solved pose into a frame of width x height points.

    panels: both pictures with their numbers, or the last one alone. mirrored: for the other side of the body. keeper:
    where lines are kept between runs.
    The lines of a picture are the same for all who are drawn and all brands; a run draws them once and colors them.
    """
    lines = _lines(solved, width, height, colors_by_name(palette), panels, mirrored, badge_radius, keeper)
    return replace(lines, operators=colored(lines.operators.decode("ascii"), palette).encode("ascii"))


@lru_cache(maxsize=256)
def _lines(
    solved: SolvedPose,
    width: float,
    height: float,
    palette: Palette,
    panels: Literal["both", "end"],
    mirrored: bool,
    badge_radius: float,
    keeper: Keeper | None,
) -> Drawing:
    """A picture with names for its colors, as it was kept or drawn."""
    if keeper is None:
        return _picture(solved, width, height, palette, panels, mirrored, badge_radius)
    what = (solved.content_hash, width, height, palette, panels, mirrored, badge_radius)
    key = hashlib.sha256(repr(what).encode("utf-8")).hexdigest()
    if (kept := keeper.get(key)) is not None:
        return Drawing.from_json(kept)
    drawing = _picture(solved, width, height, palette, panels, mirrored, badge_radius)
    keeper.put(key, drawing.to_json())
    return drawing


def _picture(
    solved: SolvedPose,
    width: float,
    height: float,
    palette: Palette,
    panels: Literal["both", "end"],
    mirrored: bool,
    badge_radius: float,
) -> Drawing:
    # Most runs find their pictures kept; only who draws waits for numpy and for all that draws with it.
    from generator.figures.drawing import drawn  # noqa: PLC0415

    return drawn(solved, width, height, palette, panels, mirrored, badge_radius)
