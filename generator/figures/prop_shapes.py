"""How props look on the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from generator.figures import body
from generator.figures.bands import limb_loop, ribbon_between
from generator.figures.body_points import find_point
from generator.figures.fields import PanelName, stature
from generator.figures.palette import mix
from generator.figures.parts import Line, Part, Scene
from generator.figures.paths import Path, circle, ellipse, hull_of_circles
from generator.figures.points import locate
from generator.figures.props import (
    DoorAnchor,
    Dumbbell,
    ExerciseBall,
    LongBand,
    MiniBand,
    Pillow,
    Prop,
    Roller,
    Stick,
    Towel,
)
from generator.figures.rotations import Array
from generator.figures.skeleton import Skeleton
from generator.figures.solids import box_part, boxes
from generator.figures.surfaces import prop_points
from generator.figures.sweep import one_sweep

_AXES: Final = np.eye(3)
_END_SHOWS: Final = 0.1
_CORE: Final = 0.42


def prop_parts(scene: Scene, props: Iterable[Prop], panel: PanelName, start: Skeleton) -> list[tuple[Part, str]]:
    """The props of a picture that stand by themselves, as (part, layer), those farther away first.

    start: picture 1, which tells where props lie whose place is a body point.
    """
    found: list[tuple[Part, str]] = []
    for prop in props:
        if prop.only in (None, panel) and not (isinstance(prop, Towel) and _holder(prop)):
            pieces = _pieces(scene, prop, start)
            found += [(piece, prop.layer) for piece in sorted(pieces, key=lambda piece: piece.depth)]
    return found


def _pieces(scene: Scene, prop: Prop, start: Skeleton) -> list[Part]:
    place = getattr(prop, "at", None)
    spot = locate(start, place)[0] if isinstance(place, str) else None
    match prop:
        case Roller():
            center = np.array((*prop.at, prop.radius)) * stature(1.0)
            axis = _AXES["xy".index(prop.axis)]
            return [_cylinder(scene, center, axis, stature(prop.length), stature(prop.radius), "foam", core=True)]
        case Pillow():
            return [_cushion(scene, _on_floor(prop.at, spot, 0.0, prop.size), prop.size)]
        case Towel():
            return [_towel(scene, prop, spot)]
        case Stick():
            return [_stick(scene, prop)]
        case ExerciseBall():
            return [_ball(scene, prop, spot)]
        case DoorAnchor():
            return [*(box_part(scene.camera, scene.palette, box) for box in boxes(prop)), _anchor_plate(scene, prop)]
        case _:
            return [box_part(scene.camera, scene.palette, box) for box in boxes(prop, spot)]


def _on_floor(at: object, spot: Array | None, base: float, size: tuple[float, float, float]) -> Array:
    x, y = (spot[:2] if spot is not None else np.array(at) * stature(1.0)).tolist()
    return np.array((x, y, stature(base + size[2] / 2)))


def _cylinder(
    scene: Scene, center: Array, axis: Array, length: float, radius: float, kind: str, *, core: bool = False
) -> Part:
    """A cylinder, with its near end where that can be seen. core: a hole in the end."""
    palette, camera = scene.palette, scene.camera
    color = getattr(palette, kind)
    across = np.cross(axis, _AXES[2] if abs(float(axis[2])) < 0.9 else _AXES[0])
    across = across / np.sqrt(across @ across)
    other = np.cross(axis, across)
    centers = np.array((center - axis * length / 2, center + axis * length / 2))
    sweep = one_sweep(
        camera, centers, np.array((across, across)) * radius, np.array((other, other)) * radius, ratio=1.0
    )
    outline = sweep.outline()
    part = Part("prop", float(camera.depth(center * (1.0, 1.0, 0.0))), [outline], [(outline, color)])
    facing = camera.faces(axis)
    if abs(facing) > _END_SHOWS:
        near = camera.page(centers[1] if facing > 0 else centers[0])
        first, second = camera.page(across * radius), camera.page(other * radius)
        end = ellipse(near, first, second)
        part.lines.append(Line(end, palette.line, fill=mix(color, "#FFFFFF", 0.25)))
        if core:
            hole = ellipse(near, camera.page(across * radius * _CORE), camera.page(other * radius * _CORE))
            part.lines.append(Line(hole, palette.line, fill=mix(color, palette.line, 0.35)))
    return part


def _cushion(scene: Scene, center: Array, size: tuple[float, float, float]) -> Part:
    """A soft box: the hull of balls in its corners."""
    half = np.array(size) * stature(0.5)
    radius = float(half[2]) * 0.95
    inner = half - radius
    signs = np.array([(i, j, k) for i in (-1, 1) for j in (-1, 1) for k in (-1, 1)], dtype=float)
    corners = scene.camera.project(center + signs * inner)
    outline = hull_of_circles(corners, np.full(len(corners), radius))
    palette = scene.palette
    part = Part("prop", float(scene.camera.depth(center * (1.0, 1.0, 0.0))), [outline], [(outline, palette.cloth)])
    lower = signs.copy()
    lower[:, 2] = -1.0
    shadow = hull_of_circles(scene.camera.project(center + lower * inner), np.full(len(corners), radius * 0.72))
    part.fills.append((shadow, palette.cloth_side))
    upper = hull_of_circles(
        scene.camera.project(center + signs * (1, 1, 0) * inner), np.full(len(corners), radius * 0.9)
    )
    part.fills.append((upper, palette.cloth))
    return part


def _towel(scene: Scene, towel: Towel, spot: Array | None) -> Part:
    if towel.tucked is not None:
        center = locate(scene.skeleton, towel.tucked)[0]
    else:
        center = _on_floor(towel.at or (0.0, 0.0), spot, towel.base, towel.size)
    if towel.shape == "folded":
        return _cushion(scene, center, towel.size)
    index = "xyz".index(towel.axis)
    radius = stature(min(towel.size)) / 2
    return _cylinder(scene, center, _AXES[index], stature(towel.size[index]), radius, "cloth")


def _stick(scene: Scene, stick: Stick) -> Part:
    first, second = (locate(scene.skeleton, name)[0] for name in stick.through)
    axis = second - first
    length = float(np.sqrt(axis @ axis))
    axis = axis / max(length, 1e-9)
    before, after = (stature(value) for value in stick.extend)
    center = (first - axis * before + second + axis * after) / 2
    return _cylinder(scene, center, axis, length + before + after, stature(stick.radius), "wood")


def _ball(scene: Scene, ball: ExerciseBall, spot: Array | None) -> Part:
    center = spot if spot is not None else np.array(ball.at, dtype=float) * stature(1.0)
    outline = circle(scene.camera.page(center), stature(ball.radius))
    return Part("prop", float(scene.camera.depth(center)), [outline], [(outline, scene.palette.band)])


def _anchor_plate(scene: Scene, anchor: DoorAnchor) -> Part:
    """The strap that comes out at the door's edge."""
    center = scene.camera.page(np.array(anchor.at) * stature(1.0))
    plate = circle(center, stature(2.2))
    part = Part("prop", 9.0, [plate], [(plate, scene.palette.iron)])
    return part


def add_held(scene: Scene, props: Iterable[Prop], parts: list[Part], panel: PanelName) -> list[Part]:
    """Puts what is held with the arms that hold it. Returns the bands that run behind the trunk, painted before it."""
    named = {part.name: part for part in parts}
    spots = prop_points(props_list := list(props))
    behind = []
    for prop in props_list:
        if prop.only not in (None, panel):
            continue
        if isinstance(prop, Dumbbell):
            named[f"arm_{prop.hand}"].held += _dumbbell(scene, prop.hand)
        elif isinstance(prop, Towel) and (holder := _holder(prop)):
            named[holder].held += _towel(scene, prop, None).fills
        elif isinstance(prop, LongBand):
            anchor = spots[f"{prop.anchor}.anchor"]
            for point in prop.hands:
                hand = locate(scene.skeleton, point)[0]
                ribbon = ribbon_between(scene.camera, anchor, hand, stature(prop.width))
                if _passes_behind(scene, anchor, hand, named["torso"].depth):
                    behind.append(Part("prop", outlines=[ribbon], fills=[(ribbon, scene.palette.band)]))
                else:
                    named[f"arm_{point[-1]}"].held.append((ribbon, scene.palette.band))
    return behind


def _holder(towel: Towel) -> str | None:
    """The arm that a towel is tucked under, if it is one."""
    segment = find_point(towel.tucked).segment if towel.tucked else ""
    return f"arm_{segment[-1]}" if segment.startswith("upper_arm") else None


def _passes_behind(scene: Scene, begin: Array, end: Array, trunk_depth: float) -> bool:
    """Whether a straight band is farther away than the trunk where it comes nearest to it on the page."""
    way = begin + np.linspace(0.0, 1.0, 21)[:, None] * (end - begin)
    chest = scene.camera.project(scene.skeleton.joints["chest"][0])
    away = scene.camera.project(way) - chest
    nearest = way[int(np.round(np.sum(away * away, axis=1), 9).argmin())]
    return float(scene.camera.depth(nearest)) < trunk_depth


def _dumbbell(scene: Scene, side: str) -> list[tuple[Path, str]]:
    turn, wrist = scene.skeleton.turns[f"hand_{side}"][0], scene.skeleton.joints[f"hand_{side}"][0]
    center = wrist + turn @ (0.0, body.SIDES[side] * -0.014, -0.052)
    axis = turn[:, 0] * (1.0, 1.0, 0.0)
    axis = axis / max(float(np.sqrt(axis @ axis)), 1e-9)
    pieces = ((0.0, 0.100, 0.007), (-0.0565, 0.037, 0.028), (0.0565, 0.037, 0.028))
    found: list[tuple[Path, str]] = []
    for along, length, radius in pieces:
        part = _cylinder(scene, center + axis * along, axis, length, radius, "iron")
        found += part.fills
    return found


def loops(scene: Scene, props: Iterable[Prop], panel: PanelName) -> list[tuple[tuple[Path, str], tuple[Path, str]]]:
    """Bands around limbs, each as its far and its near half with their colors."""
    props_list = list(props)
    spots = prop_points(props_list)
    found = []
    for prop in props_list:
        if prop.only not in (None, panel):
            continue
        if isinstance(prop, MiniBand):
            pair = limb_loop(scene, prop.around[0], prop.around[1], prop.at, stature(prop.width))
        elif isinstance(prop, LongBand) and prop.around:
            pair = limb_loop(scene, prop.around, spots[f"{prop.anchor}.anchor"], prop.at, stature(prop.width))
        else:
            continue
        back, front = pair
        found.append(((back, mix(scene.palette.band, scene.palette.line, 0.35)), (front, scene.palette.band)))
    return found
