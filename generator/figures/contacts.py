"""Contacts as numbers: how far each one is from being met, for many poses at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

import numpy as np

from generator.figures.body_points import expand, find_point
from generator.figures.fields import stature
from generator.figures.points import locate
from generator.figures.pose import Contact, Pose
from generator.figures.rotations import Array
from generator.figures.skeleton import Skeleton
from generator.figures.surfaces import Surface, prop_points, surfaces
from generator.values import dataclass

Gap: TypeAlias = Callable[[Skeleton], Array]
"""Skeleton of N poses -> (N, m) distances in fractions of stature; zero when the contact is met."""
_AXES: Final = {"x": 0, "y": 1, "z": 2}


@dataclass(frozen=True, slots=True)
class Demand:
    """One contact of one panel. label: how an error names it."""

    label: str
    weight: float
    gap: Gap

    def miss(self, skeleton: Skeleton) -> float:
        """How far the first pose is from meeting it, in fractions of stature."""
        gaps = self.gap(skeleton)[0]
        return float(np.sqrt(np.max(gaps * gaps))) if len(gaps) else 0.0


def _touch(part: str, surface: Surface, above_cm: float) -> Gap:
    padding = find_point(part).padding + stature(above_cm)
    return lambda skeleton: surface.distance(locate(skeleton, part))[:, None] - padding


def _at(part: str, place: tuple[float | None, ...]) -> Gap:
    wanted = [(axis, stature(value)) for axis, value in enumerate(place) if value is not None]
    axes, values = [axis for axis, _ in wanted], np.array([value for _, value in wanted])
    return lambda skeleton: locate(skeleton, part)[:, axes] - values


def _meets(part: str, target: Callable[[Skeleton], Array], offset: Array, axes: list[int]) -> Gap:
    return lambda skeleton: (locate(skeleton, part) - target(skeleton) - offset)[:, axes]


def _fixed(place: Array) -> Callable[[Skeleton], Array]:
    return lambda skeleton: place


def _moving(name: str) -> Callable[[Skeleton], Array]:
    return lambda skeleton: locate(skeleton, name)


def _gaps(
    contact: Contact, part: str, known: Mapping[str, Surface], spots: Mapping[str, Array], start: Skeleton | None
) -> Iterator[tuple[str, Gap]]:
    """(What is asked, gap) for one point of a contact."""
    offset = np.array(contact.offset) * stature(1.0)
    axes = [_AXES[axis] for axis in contact.axes] if contact.axes else None
    if contact.touch:
        yield f"touch {contact.touch}", _touch(part, known[contact.touch], contact.offset[2])
    if contact.at:
        yield "at its place", _at(part, contact.at)
    if contact.same and start is not None:
        yield "same as in the start", _meets(part, _fixed(locate(start, part)), offset, axes or [0, 1, 2])
    if contact.to:
        target = _fixed(spots[contact.to]) if contact.to in spots else _moving(contact.to)
        yield f"to {contact.to}", _meets(part, target, offset, axes or [0, 1, 2])
    if contact.above:
        yield f"above {contact.above}", _meets(part, _moving(contact.above), offset, axes or [0, 1])


def demands(pose: Pose, contacts: tuple[Contact, ...], start: Skeleton | None) -> list[Demand]:
    """What a panel's contacts ask for, one entry for each single point. start: picture 1, for contacts that stay."""
    known, spots = surfaces(pose.props), prop_points(pose.props)
    return [
        Demand(f"{part} {asked}", contact.weight, gap)
        for contact in contacts
        for part in expand(contact.point)
        for asked, gap in _gaps(contact, part, known, spots, start)
    ]
