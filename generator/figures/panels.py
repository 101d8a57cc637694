"""One picture: everything that stands in it, gathered first (for its bounds), then painted."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from itertools import groupby
from typing import Final

import numpy as np

from generator.figures.camera import Camera
from generator.figures.fields import PanelName, stature
from generator.figures.figure import far_limbs, figure_parts
from generator.figures.highlights import HATCH_EVERY, HATCH_WIDTH, Patch, hatch, patch
from generator.figures.ink import Ink
from generator.figures.lens import Lens, lens, paint_lens
from generator.figures.marks import draw_arrow, draw_guide, gap_shadow, guide_line, shadows
from generator.figures.palette import Palette, mix
from generator.figures.parts import Part, Scene
from generator.figures.paths import Path, Point, Points, array_of, covers, extremes, pairs
from generator.figures.prop_shapes import add_held, loops, prop_parts
from generator.figures.props import Mat
from generator.figures.rotations import Array
from generator.figures.skeleton import Skeleton
from generator.figures.solved import SolvedPose
from generator.figures.solved_skeleton import panel_skeletons
from generator.values import dataclass

LINE: Final = 0.62
BOLD_LINE: Final = 0.75
BOLD_FROM: Final = 130.0
"""Visible outline in points, and the height of a standing person in points from which it is bolder."""
THINNEST: Final = 0.5
_ARROW_MARGIN: Final = 0.025
_GAP_SHADE: Final = 0.35


@dataclass(frozen=True)
class Panel:
    """What stands in one picture, on the page plane (fractions of stature)."""

    scene: Scene
    parts: list[Part]
    back: list[Part]
    front: list[Part]
    loops: list[tuple[tuple[Path, str], tuple[Path, str]]]
    patches: list[Patch]
    shadows: list[Path]
    gap: Path | None
    guide: Path | None
    arrows: list[tuple[Array, bool]]
    lens: Lens | None

    @cached_property
    def cloud(self) -> Array:
        """Points (n, 2) of all outlines, for bounds and for finding empty spots."""
        found: Points = []
        for part in (*self.back, *self.parts, *self.front):
            for path in part.outlines:
                found += extremes(path)
            for path, _ in part.held:
                found += path.points
        for pair in self.loops:
            found += pair[0][0].points + pair[1][0].points
        for way, _ in self.arrows:
            found += pairs(np.concatenate((way - _ARROW_MARGIN, way + _ARROW_MARGIN)))
        if self.guide is not None:
            found += self.guide.points
        if self.lens is not None:
            found += self.lens.rim
        return array_of(found)

    @cached_property
    def low(self) -> Array:
        """Lower left corner of the bounds."""
        return np.asarray(self.cloud.min(axis=0))

    @cached_property
    def high(self) -> Array:
        """Upper right corner of the bounds."""
        return np.asarray(self.cloud.max(axis=0))


_SAMPLES: Final = 24


def gather(solved: SolvedPose, names: tuple[PanelName, ...], palette: Palette, *, mirrored: bool) -> list[Panel]:
    """Everything in each picture asked for; the worked muscles are shaded in "end"."""
    skeletons = panel_skeletons(solved.panels)
    return [_gather(solved, name, skeletons, palette, mirrored=mirrored) for name in names]


def _gather(
    solved: SolvedPose, name: PanelName, skeletons: list[Skeleton], palette: Palette, *, mirrored: bool
) -> Panel:
    pose, start = solved.pose, skeletons[0]
    skeleton = start if name == "start" else skeletons[-1]
    camera = Camera(pose.view.azimuth, pose.view.elevation, mirrored=mirrored)
    scene = Scene(skeleton, camera, palette)
    far = far_limbs(camera, start)
    parts = figure_parts(scene, far, pose.order)
    behind = add_held(scene, pose.props, parts, name)
    standing = prop_parts(scene, pose.props, name, start)
    trunk = next(part.depth for part in parts if part.name == "torso")
    front = [part for part, layer in standing if layer == "front" or (layer == "split" and part.depth > trunk)]
    flip = np.array((-1.0, 1.0)) if mirrored else np.array((1.0, 1.0))
    on_mat = any(isinstance(prop, Mat) for prop in pose.props)
    return Panel(
        scene=scene,
        parts=parts,
        back=[part for part, _ in standing if part not in front] + behind,
        front=front,
        loops=loops(scene, pose.props, name),
        patches=[found for muscle in pose.highlight if (found := patch(scene, muscle))] if name == "end" else [],
        shadows=[] if on_mat else shadows(scene),
        gap=gap_shadow(scene) if on_mat and _on_back(solved, name) else None,
        guide=guide_line(scene, pose.guide.through, stature(pose.guide.extend)) if pose.guide else None,
        arrows=[
            (np.array(way) * flip, arrow.both)
            for arrow, way in zip(pose.arrow, solved.arrows, strict=True)
            if arrow.panel == name or len(solved.panels) == 1
        ],
        lens=lens(pose.close, camera, start, mirrored=mirrored) if pose.close else None,
    )


def _on_back(solved: SolvedPose, name: PanelName) -> bool:
    return solved.panel(name).posture == "supine"


def visible_area(panel: Panel, muscle: str) -> float:
    """How much of a worked muscle is seen, in squares of stature: on its parts and not behind a nearer part."""
    one = patch(panel.scene, muscle)
    if one is None:
        return 0.0
    points = np.array(one.outline.points)
    low, high = points.min(axis=0), points.max(axis=0)
    steps = (np.arange(_SAMPLES) + 0.5) / _SAMPLES
    spots = np.stack(np.meshgrid(*(low + (high - low) * steps[:, None]).T), axis=-1).reshape(-1, 2)
    own = {index for index, part in enumerate(panel.parts) if part.name in one.parts}
    seen = covers([one.outline], spots) & covers([path for index in own for path in panel.parts[index].mask], spots)
    for part in panel.parts[max(own) + 1 :]:
        seen &= ~covers(part.mask, spots)
    return float(seen.mean() * np.prod(high - low))


def line_width(scale: float) -> float:
    """Visible width of outlines in points at a scale (points for one stature)."""
    return LINE if scale < BOLD_FROM else BOLD_LINE


def paint(panel: Panel, scale: float, dx: float, dy: float) -> str:
    """Operators of a picture: page plane times scale plus (dx, dy), in points."""
    ink = _paint_scene(panel, scale, dx, dy)
    if panel.lens is None:
        _paint_arrows(ink, panel, scale)
        return ink.operators()
    over, near = Ink(scale, dx, dy), _paint_scene(_seen_through(panel, panel.lens), scale, dx, dy).operators()
    _paint_arrows(over, panel, scale)
    magnified = paint_lens(panel.lens, near, scale, dx, dy, panel.scene.palette)
    return "\nQ\nq\n".join(text for text in (ink.operators(), magnified, over.operators()) if text)


def _seen_through(panel: Panel, one: Lens) -> Panel:
    """A picture without the parts that lie outside what a lens shows."""

    def near(part: Part) -> bool:
        return any(_overlaps(path, one.source, one.radius) for path in part.outlines)

    parts = [part for part in panel.parts if near(part) or part.name.startswith("leg")]
    names = {part.name for part in parts}
    return replace(
        panel,
        parts=parts,
        back=[part for part in panel.back if near(part)],
        front=[part for part in panel.front if near(part)],
        patches=[one for one in panel.patches if names.issuperset(one.parts)],
    )


def _paint_scene(panel: Panel, scale: float, dx: float, dy: float) -> Ink:
    """All but arrows and the lens."""
    ink = Ink(scale, dx, dy)
    palette, width = panel.scene.palette, line_width(scale)
    for path in panel.shadows:
        ink.fill(path, palette.shadow)
    for part in panel.back:
        _paint_part(ink, part, palette, width)
    if panel.gap is not None:
        ink.fill(panel.gap, mix(palette.mat_side, palette.line, _GAP_SHADE))
    _paint_body(ink, panel, scale, width)
    for part in panel.front:
        _paint_part(ink, part, palette, width)
    if panel.guide is not None:
        draw_guide(ink, panel.guide, palette)
    return ink


def _paint_arrows(ink: Ink, panel: Panel, scale: float) -> None:
    for way, both in panel.arrows:
        draw_arrow(ink, way, scale, panel.scene.palette, both=both)


def _paint_body(ink: Ink, panel: Panel, scale: float, width: float) -> None:
    palette = panel.scene.palette
    legs = [index for index, part in enumerate(panel.parts) if part.name.startswith("leg")]
    places = {part.name: index for index, part in enumerate(panel.parts)}
    for index, part in enumerate(panel.parts):
        if index == legs[0]:
            _paint_pieces(ink, [back for back, _ in panel.loops], palette, width)
        _paint_part(ink, part, palette, width)
        if index == legs[-1]:
            _paint_pieces(ink, [front for _, front in panel.loops], palette, width)
        for one in panel.patches:
            if index == max(places[name] for name in one.parts):
                _paint_patch(
                    ink, one, [path for name in one.parts for path in panel.parts[places[name]].mask], palette, scale
                )


def _paint_pieces(ink: Ink, pieces: list[tuple[Path, str]], palette: Palette, width: float) -> None:
    ink.stroke([path for path, _ in pieces], palette.line, 2 * width)
    for path, color in pieces:
        ink.fill(path, color)


def _paint_part(ink: Ink, part: Part, palette: Palette, width: float) -> None:
    _paint_pieces(ink, part.held, palette, width)
    ink.stroke(part.outlines, palette.line, 2 * width)
    for path, color in part.fills:
        ink.fill(path, color)
    for (color, thick, fill), lines in groupby(part.lines, key=lambda line: (line.color, line.width, line.fill)):
        paths = [line.path for line in lines]
        if fill is not None:
            for path in paths:
                ink.fill(path, fill)
        if thick > 0:
            ink.stroke(paths, color, max(THINNEST, thick * width / BOLD_LINE))


def _paint_patch(ink: Ink, one: Patch, mask: list[Path], palette: Palette, scale: float) -> None:
    near = [path for path in mask if _overlaps(path, one.center, one.reach)]
    ink.clip(near)
    ink.fill(one.outline, palette.accent)
    ink.clip([one.outline])
    ink.stroke([hatch(one, HATCH_EVERY / scale)], palette.hatch, HATCH_WIDTH)
    ink.restore()
    ink.stroke([one.outline], mix(palette.accent, palette.line, 0.5), 1.1)
    ink.restore()


def _overlaps(path: Path, center: Point, radius: float) -> bool:
    for values, middle in zip(zip(*extremes(path), strict=True), center, strict=True):
        if middle + radius <= min(values) or middle - radius >= max(values):
            return False
    return True
