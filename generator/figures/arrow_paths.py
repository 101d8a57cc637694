"""Where arrows go: along the way of a body point, moved aside to a clear spot beside the body."""

from __future__ import annotations

import numpy as np

from generator.figures import body
from generator.figures.body_sweeps import body_sweeps
from generator.figures.camera import Camera
from generator.figures.fields import stature
from generator.figures.points import locate
from generator.figures.pose import Arrow, Pose
from generator.figures.rotations import Array
from generator.figures.skeleton import Skeleton, pose_skeleton
from generator.figures.solved import Polyline, SolvedPanel
from generator.figures.solved_skeleton import panel_skeleton

STEPS = 11
SHORTEST, LONGEST = 0.10, 0.45
"""Length of an arrow, in fractions of stature."""
_ENOUGH = 0.022
"""Clearance beyond which a spot is no better."""
_STRAIGHT = 0.13
_ASIDE = np.arange(-24, 25) * 0.01
_ALONG = np.arange(-6, 7) * 0.02


def place_arrows(pose: Pose, panels: tuple[SolvedPanel, ...]) -> tuple[Polyline, ...]:
    """The way of each arrow of a pose on the page plane, rounded to 0.0001 stature."""
    camera = Camera(pose.view.azimuth, pose.view.elevation)
    found = []
    for arrow in pose.arrow:
        panel = panels[0] if arrow.panel == "start" else panels[-1]
        way = _way(arrow, panels, panel, camera)
        if arrow.offset is not None:
            way = way + np.array(arrow.offset) * stature(1.0)
        else:
            way = _clear_spot(way, Obstacles(camera, panel_skeleton(panel)))
        found.append(tuple((round(float(x), 4) + 0.0, round(float(y), 4) + 0.0) for x, y in way))
    return tuple(found)


def _way(arrow: Arrow, panels: tuple[SolvedPanel, ...], panel: SolvedPanel, camera: Camera) -> Array:
    """The point's way on the page, (STEPS, 2), cut or stretched to a readable length."""
    if arrow.direction is not None:
        begin = locate(panel_skeleton(panel), arrow.point)[0]
        heading = np.array(arrow.direction) / np.sqrt(np.sum(np.square(arrow.direction)))
        length = stature(arrow.length) if arrow.length else _STRAIGHT
        t = np.linspace(-0.5, 0.5, STEPS) if arrow.both else np.linspace(0.0, 1.0, STEPS)
        return camera.project(begin + t[:, None] * heading * length)
    first, last = panels[0], panels[-1]
    t = np.linspace(0.0, 1.0, STEPS)[:, None]
    angles = np.array(first.angles) * (1 - t) + np.array(last.angles) * t
    roots = np.array(first.root) * (1 - t) + np.array(last.root) * t
    way = camera.project(locate(pose_skeleton(angles, roots, last.posture), arrow.point))
    return _fit_length(way, stature(arrow.length) if arrow.length else None)


def _fit_length(way: Array, wanted: float | None) -> Array:
    steps = np.diff(way, axis=0)
    length = float(np.sum(np.sqrt(np.sum(steps * steps, axis=1))))
    if wanted is not None:
        shortest = longest = wanted
    else:
        shortest, longest = SHORTEST, LONGEST
    if length < shortest:
        middle = way.mean(axis=0)
        return np.asarray(middle + (way - middle) * (shortest / max(length, 1e-3)))
    if length > longest:
        share = longest / length / 2
        t = np.linspace(0.54 - share, min(1.0, 0.54 + share), STEPS) * (STEPS - 1)
        return np.stack([np.interp(t, np.arange(STEPS), way[:, axis]) for axis in (0, 1)], axis=1)
    return way


def _clear_spot(way: Array, obstacles: Obstacles) -> Array:
    """The nearest place for the way that keeps clear of the body."""
    chord = way[-1] - way[0]
    along = chord / (np.sqrt(chord @ chord) + 1e-9)
    aside = np.array((-along[1], along[0]))
    best_score, best = -np.inf, way
    for shift in _ALONG:
        moved = way[None] + (_ASIDE[:, None] * aside + shift * along)[:, None]
        clear = obstacles.clearance(moved.reshape(-1, 2)).reshape(len(_ASIDE), -1).min(axis=1)
        scores = np.round(np.minimum(clear, _ENOUGH) * 25 - np.abs(_ASIDE) - 0.8 * abs(shift), 6)
        index = int(scores.argmax())
        if scores[index] > best_score:
            best_score, best = float(scores[index]), moved[index]
    return best


class Obstacles:
    """The body on the page as thick line segments."""

    def __init__(self, camera: Camera, skeleton: Skeleton) -> None:
        begins, ends, radii = [], [], []
        for sweep in body_sweeps(camera, skeleton).values():
            begins.append(sweep.middles[:-1])
            ends.append(sweep.middles[1:])
            radii.append((sweep.half_widths[:-1] + sweep.half_widths[1:]) / 2)
        blobs = [("head", (0.0, 0.0, 0.0), (0.0, 0.0, 0.06), 0.058)]
        for side in body.SIDES:
            blobs.append((f"foot_{side}", (-0.02, 0.0, -0.02), (0.10, 0.0, -0.025), 0.018))
            blobs.append((f"hand_{side}", (0.0, 0.0, 0.0), (0.0, 0.0, -0.08), 0.014))
        for segment, begin, end, radius in blobs:
            begins.append(camera.project(skeleton.place(segment, begin)))
            ends.append(camera.project(skeleton.place(segment, end)))
            radii.append(np.array((radius,)))
        self._begins = np.concatenate(begins)
        self._steps = np.concatenate(ends) - self._begins
        self._squares = np.sum(self._steps * self._steps, axis=1) + 1e-12
        self._radii = np.concatenate(radii)

    def clearance(self, points: Array) -> Array:
        """Distance of page points (n, 2) from the body's skin, negative inside."""
        away = points[:, None] - self._begins
        t = np.clip(np.sum(away * self._steps, axis=2) / self._squares, 0.0, 1.0)
        gap = away - t[..., None] * self._steps
        return np.asarray((np.sqrt(np.sum(gap * gap, axis=2)) - self._radii).min(axis=1))
