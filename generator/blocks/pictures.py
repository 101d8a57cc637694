"""Pictures with their alternative text: a drawing of the looks, a clinic's own file, an exercise's solved pose."""

from __future__ import annotations

from typing import Literal

from generator.figures.solved import SolvedPose
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Art:
    """A drawing that comes with the layouts or a brand, by its name, with words for its labels.

    labels: (anchor in the drawing, words). alt: alternative text, "" for decoration.
    """

    name: str
    alt: str = ""
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OwnPicture:
    """A clinic's own picture file (SVG, PNG or JPEG), read and checked; attribution is printed where not ""."""

    data: bytes
    kind: Literal["svg", "png", "jpeg"]
    alt: str
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """An exercise picture drawn from a solved pose. person: index of the person drawn, see `figures.palette`."""

    pose: SolvedPose
    alt: str
    mirrored: bool = False
    person: int = 0


Picture = DrawnPicture | OwnPicture
