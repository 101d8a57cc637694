"""Arms and legs, with their clothes, shoes and hands."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np

from generator.figures import body
from generator.figures.body import Ball
from generator.figures.body_sweeps import LimbSweeps
from generator.figures.open_sides import Disc, open_sides
from generator.figures.palette import Palette
from generator.figures.parts import Line, Part, Scene
from generator.figures.paths import Path, circle, hull_of_circles
from generator.figures.rotations import Array
from generator.figures.sweep import Sweep, hem_path

_SOLE_SHOWS: Final = -0.12
"""Above this cosine between the foot's top and the camera the sole is painted before the shoe."""
_THUMB_LINE: Final = 0.002
_STRAIGHT: Final = 1.0 + 2.0 * 0.97
"""Trace of the turn between two segments that are less than 14 degrees apart."""
_NEARER: Final = 0.02
"""A forearm or shank is painted over the sleeve or trouser leg when it is nearer by this."""
_Cluster: TypeAlias = tuple[str, tuple[Ball, ...]]


def ball_hull(scene: Scene, k: float, *clusters: tuple[str, tuple[Ball, ...]]) -> Path:
    """The hull of balls given with the segments that they are fixed to. k: +1 left, -1 right."""
    centers, radii = [], []
    for segment, balls in clusters:
        places, sizes = _table(balls, k)
        centers.append(scene.skeleton.joints[segment][0] + places @ scene.skeleton.turns[segment][0].T)
        radii.append(sizes)
    return hull_of_circles(scene.camera.project(np.concatenate(centers)), np.concatenate(radii))


@lru_cache(maxsize=64)
def _table(balls: tuple[Ball, ...], k: float) -> tuple[Array, Array]:
    """Centers (n, 3) and radii (n,) of balls of the left side (k = 1) or mirrored."""
    table = np.array(balls) * (1.0, k, 1.0, 1.0)
    return table[:, :3], table[:, 3]


def _hulls(scene: Scene, k: float, first: _Cluster, second: _Cluster) -> list[Path]:
    """Two clusters of balls: one hull while the joint between them is nearly straight, else two."""
    one, other = (scene.skeleton.turns[segment][0] for segment, _ in (first, second))
    if float(np.vdot(one, other)) > _STRAIGHT:
        return [ball_hull(scene, k, first, second)]
    return [ball_hull(scene, k, first), ball_hull(scene, k, second)]


def leg(scene: Scene, sweeps: LimbSweeps, side: str, *, far: bool) -> Part:
    """One leg. far: on the side away from the camera, so painted in the far tint."""
    colors = _Colors(scene.palette, far)
    part = Part(f"leg_{side}")
    pelvis, k = scene.skeleton.turns["pelvis"][0], body.SIDES[side]
    glute = scene.skeleton.joints["pelvis"][0] + pelvis @ (body.GLUTE_BALL.x, k * body.GLUTE_BALL.y, body.GLUTE_BALL.z)
    hip = scene.skeleton.joints[f"thigh_{side}"][0]
    discs = [(scene.camera.page(hip), body.HIP_DISC), (scene.camera.page(glute), body.GLUTE_DISC)]
    _two_segments(scene, sweeps, part, (f"thigh_{side}", f"shank_{side}"), discs, body.KNEE_BALL, colors)
    _shoe(scene, part, side, k, colors)
    return part


def arm(scene: Scene, sweeps: LimbSweeps, side: str, *, far: bool) -> Part:
    """One arm. far: on the side away from the camera, so painted in the far tint."""
    colors = _Colors(scene.palette, far)
    part = Part(f"arm_{side}")
    shoulder = scene.skeleton.joints[f"upper_arm_{side}"][0]
    discs = [(scene.camera.page(shoulder), body.SHOULDER_DISC)]
    _two_segments(scene, sweeps, part, (f"upper_arm_{side}", f"forearm_{side}"), discs, body.ELBOW_BALL, colors)
    _hand(scene, part, side, body.SIDES[side], colors)
    return part


class _Colors:
    """A palette's colors, tinted for a far limb."""

    def __init__(self, palette: Palette, far: bool) -> None:
        worn = (palette.skin, palette.top, palette.shorts, palette.shoe, palette.sole)
        self.skin, self.top, self.shorts, self.shoe, self.sole = map(palette.far, worn) if far else worn
        self.line, self.palette = palette.line, palette

    def shaded(self, color: str) -> str:
        return self.palette.shaded(color)


def _two_segments(
    scene: Scene,
    sweeps: LimbSweeps,
    part: Part,
    segments: tuple[str, str],
    discs: list[Disc],
    joint_radius: float,
    colors: _Colors,
) -> None:
    hem = body.SHORTS_SECTIONS if segments[0].startswith("thigh") else body.SLEEVE_SECTIONS
    upper, lower = (sweeps.skin[segment] for segment in segments)
    bend = circle(scene.camera.page(scene.skeleton.joints[segments[1]][0]), joint_radius)
    upper_path, lower_path = upper.outline(hem - 1), lower.outline()
    part.outlines = [upper_path, bend, lower_path]
    part.mask = [upper_path, bend, lower_path]
    lower_in_front = _depth(scene, upper) + _NEARER < _depth(scene, lower)
    skin, shaded = colors.skin, colors.shaded(colors.skin)
    pieces = [(upper_path, skin), (bend, skin)], [(lower_path, skin)]
    shades = [upper.shade(hem - 1, end=0.0), lower.shade(begin=0.0)]
    order = (0, 1) if lower_in_front else (1, 0)
    for index in order:
        part.fills += pieces[index]
    part.fills += [(strip, shaded) for index in order if (strip := shades[index])]
    _garment(part, sweeps.cloth[segments[0]], segments[0], discs, colors)
    if lower_in_front:
        part.fills.append((lower_path, skin))
        if strip := shades[1]:
            part.fills.append((strip, shaded))


def _depth(scene: Scene, sweep: Sweep) -> float:
    return float(scene.camera.depth(sweep.centers).mean())


def _garment(part: Part, cloth: Sweep, segment: str, discs: list[Disc], colors: _Colors) -> None:
    """Trouser leg or sleeve over the first slices of a limb."""
    color = colors.shorts if segment.startswith("thigh") else colors.top
    path = cloth.outline(end_hem=True)
    part.fills.append((path, color))
    part.mask.append(path)
    if segment.startswith("thigh") and (strip := cloth.shade(end=0.0)):
        part.fills.append((strip, colors.shaded(color)))
    part.outlines += open_sides(cloth, discs)
    hem = cloth.hem(cloth.last)
    if hem is not None:
        part.lines.append(Line(hem_path(hem), colors.line))


def _shoe(scene: Scene, part: Part, side: str, k: float, colors: _Colors) -> None:
    foot, toes = f"foot_{side}", f"toes_{side}"
    uppers = _hulls(scene, k, (foot, body.SHOE_REAR), (toes, body.SHOE_TOES))
    soles = _hulls(scene, k, (foot, body.SOLE_REAR), (toes, body.SOLE_TOES))
    part.outlines += uppers + soles
    shoe, sole = [(path, colors.shoe) for path in uppers], [(path, colors.sole) for path in soles]
    from_above = scene.camera.faces(scene.skeleton.turns[foot][0][:, 2]) > _SOLE_SHOWS
    part.fills += [*sole, *shoe] if from_above else [*shoe, *sole]


def _hand(scene: Scene, part: Part, side: str, k: float, colors: _Colors) -> None:
    hand = f"hand_{side}"
    pieces = _hulls(scene, k, (hand, body.PALM), (f"fingers_{side}", body.FINGERS))
    pieces.append(ball_hull(scene, k, (hand, body.THUMB)))
    part.outlines += pieces
    part.fills += [(path, colors.skin) for path in pieces]
    thumb_toward = scene.skeleton.turns[hand][0] @ np.array((0.02, -0.009 * k, -0.004))
    if scene.camera.depth(thumb_toward) > _THUMB_LINE:
        part.lines.append(Line(thumb_crease(scene, hand, k), colors.line))


def thumb_crease(scene: Scene, hand: str, k: float) -> Path:
    """The line between thumb and palm, for a hand whose thumb side faces the camera."""
    crease = np.array(((0.016, -0.004 * k, -0.022), (0.0155, -0.005 * k, -0.031), (0.0165, -0.006 * k, -0.040)))
    turn, joint = scene.skeleton.turns[hand][0], scene.skeleton.joints[hand][0]
    return Path("mll", scene.camera.pages(joint + crease @ turn.T))
