"""Trunk and neck: shorts, shirt, shoulders, and the balls that let limbs join at every angle."""

from __future__ import annotations

from typing import Final

import numpy as np

from generator.figures import body
from generator.figures.parts import Line, Part, Scene
from generator.figures.paths import Path, circle, hull_of_circles
from generator.figures.rotations import Array
from generator.figures.sweep import Sweep, hem_path, one_sweep, torso_sweep

_BACK_SHOWS: Final = -0.3
"""Below this cosine between the chest's front and the camera the shirt is painted over the neck."""
_TORSO_SHADE: Final = 0.26
# Neck slices from the collar up: half depth, half width.
_NECK_RADII: Final = ((0.038, 0.038), (0.0325, 0.034), (0.0295, 0.030), (0.0285, 0.028), (0.030, 0.029))


def torso(scene: Scene) -> Part:
    """Trunk, shoulders and neck as one part; its depth is that of the spine."""
    palette, skeleton = scene.palette, scene.skeleton
    hem, waist = body.SHIRT_HEM, body.WAISTBAND
    sections = body.TORSO_SECTIONS
    sweep = torso_sweep(scene.camera, skeleton.spine[0], skeleton.spine_turns[0], sections, (hem, waist))
    neck = _neck(scene)
    part = Part("torso", float(np.mean(scene.camera.depth(sweep.centers))))
    hips, shoulders = _hip_balls(scene), _shoulders(scene)
    from_behind = scene.camera.faces(skeleton.turns["chest"][0][:, 0]) < _BACK_SHOWS
    trunk_path, neck_path = sweep.outline(), neck.outline(begin_hem=not from_behind)
    part.mask = [trunk_path, *hips, *shoulders]
    part.outlines = [*part.mask, neck_path]
    shorts_fills = [(path, palette.shorts) for path in (sweep.outline(0, waist), *hips)]
    if strip := sweep.shade(0, waist, share=_TORSO_SHADE, end=0.0):
        shorts_fills.append((strip, palette.shaded(palette.shorts)))
    shirt_fills = [(sweep.outline(hem, begin_hem=True), palette.top), *((path, palette.top) for path in shoulders)]
    if strip := sweep.shade(hem, share=_TORSO_SHADE, begin=0.0, end=0.0):
        shirt_fills.insert(1, (strip, palette.shaded(palette.top)))
    neck_fills = [(neck_path, palette.skin)]
    part.fills = shorts_fills + (neck_fills + shirt_fills if from_behind else shirt_fills + neck_fills)
    edge, collar = sweep.hem(hem), neck.hem(0)
    if edge is not None:
        part.lines.append(Line(hem_path(edge), palette.line))
    if collar is not None and not from_behind:
        part.lines.append(Line(hem_path(collar), palette.line))
    return part


def _neck(scene: Scene) -> Sweep:
    turns, joints = scene.skeleton.turns, scene.skeleton.joints
    chest, neck, head = (turns[name][0] for name in ("chest", "neck", "head"))
    at_chest, at_neck, at_head = (joints[name][0] for name in ("chest", "neck", "head"))
    centers = np.array(
        (
            at_chest + chest @ (-0.006, 0.0, 0.290),
            at_chest + chest @ (-0.010, 0.0, 0.305),
            at_neck + neck[:, 2] * 0.012,
            at_neck * 0.45 + at_head * 0.55,
            at_head + head @ (-0.004, 0.0, 0.020),
        )
    )
    # The collar is tilted forward: 18 degrees at the shirt, 12 above it.
    fronts = np.array(
        (
            chest[:, 0] * 0.951 - chest[:, 2] * 0.309,
            chest[:, 0] * 0.978 - chest[:, 2] * 0.208,
            neck[:, 0],
            neck[:, 0],
            head[:, 0],
        )
    )
    lefts = np.array((chest[:, 1], chest[:, 1], neck[:, 1], neck[:, 1], head[:, 1]))
    radii = np.array(_NECK_RADII)
    return one_sweep(scene.camera, centers, fronts * radii[:, :1], lefts * radii[:, 1:])


def _hip_balls(scene: Scene) -> list[Path]:
    skeleton, camera = scene.skeleton, scene.camera
    pelvis, root = skeleton.turns["pelvis"][0], skeleton.joints["pelvis"][0]
    paths = []
    for side, k in body.SIDES.items():
        hip = skeleton.joints[f"thigh_{side}"][0] + pelvis[:, 0] * body.HIP_BALL_FORWARD
        glute = root + pelvis @ (body.GLUTE_BALL.x, k * body.GLUTE_BALL.y, body.GLUTE_BALL.z)
        paths += [
            circle(camera.page(hip), body.HIP_BALL),
            circle(camera.page(glute), body.GLUTE_BALL.radius),
        ]
    return paths


def _shoulders(scene: Scene) -> list[Path]:
    chest, origin = scene.skeleton.turns["chest"][0], scene.skeleton.joints["chest"][0]
    paths = []
    for side, k in body.SIDES.items():
        joint: Array = scene.skeleton.joints[f"upper_arm_{side}"][0]
        places = [joint, *(origin + chest @ (ball.x, k * ball.y, ball.z) for ball in body.SHOULDER_HULL)]
        radii = np.array((body.DELTOID_BALL, *(ball.radius for ball in body.SHOULDER_HULL)))
        paths.append(hull_of_circles(scene.camera.project(np.array(places)), radii))
    return paths
