"""Head: face, hair, ear and the few face lines that show where the person looks."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from generator.figures.palette import mix
from generator.figures.parts import Line, Part, Scene
from generator.figures.paths import (
    Path,
    Point,
    Points,
    area,
    circle,
    disc_outline,
    ellipse,
    ellipsoid_axes,
    hull_of_circles,
    hull_of_ellipses,
    pairs,
    smooth,
    smooth_ring,
)
from generator.figures.rotations import Array

# Ellipsoids of the head in its frame: center, half axes (front, left, up).
_CRANIUM: Final = ((0.004, 0.0, 0.052), (0.0575, 0.0475, 0.0555))
_FACE: Final = (
    _CRANIUM,
    ((0.020, 0.0, 0.010), (0.0355, 0.0365, 0.0360)),
    ((0.0435, 0.0, -0.0115), (0.0130, 0.0150, 0.0125)),
    ((0.046, 0.0, 0.050), (0.0145, 0.0300, 0.0260)),
)
_NOSE: Final = np.array(((0.0565, 0.0, 0.0440, 0.0045), (0.0655, 0.0, 0.0245, 0.0050), (0.0565, 0.0, 0.0185, 0.0055)))
_HAIR_SCALE: Final = (1.06, 1.085, 1.07)
_HAIR_AXIS: Final = np.array((-0.7413, 0.0, 0.6712))
_HAIR_EDGE: Final = -0.10
_BUN: Final = ((-0.066, 0.0, 0.072), 0.0215)
_BROW: Final = ((0.0565, 0.0125, 0.0575), (0.0540, 0.0200, 0.0595), (0.0480, 0.0275, 0.0570))
_MOUTH: Final = ((0.054, 0.013, 0.0035), (0.057, 0.006, -0.001), (0.057, -0.006, -0.001), (0.054, -0.013, 0.0035))
_MOUTH_SIDE: Final = ((0.0565, 0.0, 0.0), (0.049, 0.010, 0.0025))
_NOSE_LINE: Final = ((0.066, 0.0, 0.030), (0.0715, 0.0, 0.021), (0.064, 0.0, 0.0165))
_EAR_SHOWS: Final = 0.3
_ARC_POINTS: Final = 7


class _HeadFrame:
    """The head's frame on the page."""

    def __init__(self, scene: Scene) -> None:
        self.turn: Array = scene.skeleton.turns["head"][0]
        self.origin: Array = scene.skeleton.joints["head"][0]
        self.camera = scene.camera

    def world(self, local: tuple[float, float, float]) -> Array:
        return np.asarray(self.origin + self.turn @ local)

    def project(self, locals_: tuple[tuple[float, float, float], ...]) -> Array:
        return self.camera.project(self.origin + np.array(locals_) @ self.turn.T)

    def page(self, locals_: tuple[tuple[float, float, float], ...]) -> Points:
        return pairs(self.project(locals_))

    def vectors(self, locals_: tuple[tuple[float, float, float], ...]) -> Points:
        return self.camera.pages(np.array(locals_) @ self.turn.T)

    def axes(self, radii: tuple[float, float, float]) -> tuple[Point, Point]:
        return ellipsoid_axes(self.camera.project_vector((self.turn * radii).T).T)

    def faces(self, local: tuple[float, float, float]) -> float:
        normal = np.array(local)
        return self.camera.faces(self.turn @ (normal / math.sqrt(float(normal @ normal))))


def head(scene: Scene) -> Part:
    """The head as one part; its depth is that of the skull's center."""
    palette, frame = scene.palette, _HeadFrame(scene)
    part = Part("head", float(scene.camera.depth(frame.world(_CRANIUM[0]))))
    axes = [frame.axes(radii) for _, radii in _FACE]
    first, second = np.array([pair[0] for pair in axes]), np.array([pair[1] for pair in axes])
    face = smooth_ring(hull_of_ellipses(frame.project(tuple(center for center, _ in _FACE)), first, second, step=3))
    nose = hull_of_circles(scene.camera.project(frame.origin + _NOSE[:, :3] @ frame.turn.T), _NOSE[:, 3])
    part.outlines = [face, nose]
    part.fills = [(face, palette.skin), (nose, palette.skin)]
    _add_hair(part, scene, frame)
    _add_sides(part, scene, frame)
    _add_mouth(part, scene, frame)
    return part


def _add_hair(part: Part, scene: Scene, frame: _HeadFrame) -> None:
    color = scene.palette.hair
    cap = _hair_cap(frame)
    if cap is not None:
        part.outlines.append(cap)
        part.fills.append((cap, color))
    if scene.palette.hair_style == "bun":
        center = frame.world(_BUN[0])
        bun = circle(scene.camera.page(center), _BUN[1])
        part.outlines.append(bun)
        if float(scene.camera.depth(center)) < part.depth:
            part.fills.insert(0, (bun, color))
        else:
            part.fills.append((bun, color))
            part.lines.append(Line(disc_outline(bun), mix(color, scene.palette.line, 0.6)))


def _hair_cap(frame: _HeadFrame) -> Path | None:
    """The visible part of a cap on the skull: bounded by the skull's outline and by the cap's own edge.

    Worked out on the unit sphere that the skull is a stretched image of.
    """
    radii = np.array(_CRANIUM[1]) * _HAIR_SCALE
    toward = frame.turn.T @ frame.camera.toward / radii
    toward = toward / math.sqrt(float(toward @ toward))
    rim = _arc_on_sphere(toward, 0.0, _HAIR_AXIS, _HAIR_EDGE)
    edge = _arc_on_sphere(_HAIR_AXIS, _HAIR_EDGE, toward, 0.0)
    if rim is None and edge is None:
        return None
    stretch = (frame.turn * radii).T
    center = frame.camera.project(frame.world(_CRANIUM[0]))
    pages = [pairs(center + frame.camera.project_vector(arc @ stretch)) for arc in (rim, edge) if arc is not None]
    if len(pages) == 1:
        return smooth_ring(pages[0])
    outer, inner = pages
    if math.dist(outer[-1], inner[0]) > math.dist(outer[-1], inner[-1]):
        inner = inner[::-1]
    joined = smooth(outer).points + smooth(inner).points
    curves = "c" * (_ARC_POINTS - 1)
    return Path(f"m{curves}l{curves}h", joined if area(outer + inner) > 0 else joined[::-1])


def _arc_on_sphere(axis: Array, offset: float, other: Array, other_offset: float) -> Array | None:
    """Points of the circle {p: p . axis = offset} on the unit sphere where p . other >= other_offset.

    None when nothing of it is there; a full ring when all of it is.
    """
    side = other - axis * float(axis @ other)
    length = math.sqrt(float(side @ side))
    radius = math.sqrt(1 - offset * offset)
    middle = offset * float(axis @ other)
    if length < 1e-9:
        return None
    share = (other_offset - middle) / (radius * length)
    if share >= 1.0:
        return None
    half = math.pi if share <= -1.0 else math.acos(share)
    u = side / length
    v = np.cross(axis, u)
    t = np.linspace(-half, half, _ARC_POINTS + (1 if half == math.pi else 0))
    if half == math.pi:
        t = t[:-1]
    return np.asarray(axis * offset + radius * (np.cos(t)[:, None] * u + np.sin(t)[:, None] * v))


def _add_sides(part: Part, scene: Scene, frame: _HeadFrame) -> None:
    """Ear, eye and brow of each side that faces the camera."""
    palette = scene.palette
    brow_color = mix(palette.hair, palette.skin, 0.25)
    for k in (1.0, -1.0):
        if frame.faces((0.0, k, 0.0)) > _EAR_SHOWS:
            center = frame.page(((-0.004, k * 0.047, 0.030),))[0]
            across, up = frame.vectors(((0.0085, 0.0, -0.002), (-0.002, 0.0, 0.0145)))
            part.lines.append(Line(ellipse(center, across, up), palette.line, fill=palette.skin))
        if frame.faces((0.92, k * 0.38, 0.0)) > 0.18:
            center = frame.page(((0.0525, k * 0.0195, 0.044),))[0]
            across, up = frame.vectors(((-0.0028, k * 0.0034, 0.0), (0.0, 0.0, 0.0052)))
            part.lines.append(Line(ellipse(center, across, up), palette.line, 0.0, palette.line))
            brow = tuple((x, k * y, z) for x, y, z in _BROW)
            part.lines.append(Line(smooth(frame.page(brow)), brow_color))


def _add_mouth(part: Part, scene: Scene, frame: _HeadFrame) -> None:
    palette = scene.palette
    ahead, left = frame.faces((1.0, 0.0, 0.0)), frame.faces((0.0, 1.0, 0.0))
    if ahead > 0.35:
        part.lines.append(Line(smooth(frame.page(_NOSE_LINE)), mix(palette.skin, palette.line, 0.55)))
        part.lines.append(Line(smooth(frame.page(_MOUTH)), mix(palette.skin, palette.line, 0.6)))
    elif abs(left) > 0.5:
        k = 1.0 if left > 0 else -1.0
        mouth = tuple((x, k * y, z) for x, y, z in _MOUTH_SIDE)
        part.lines.append(Line(smooth(frame.page(mouth)), mix(palette.skin, palette.line, 0.6)))
