"""What a solved pose came to, in numbers for its author: missed contacts, angles, lean and balance."""

from __future__ import annotations

import math
from collections.abc import Iterator

from generator.figures import body
from generator.figures.solved import SolvedPanel, SolvedPose, panel_skeleton

_ALWAYS = ("hip", "knee", "ankle", "shoulder", "elbow")


def report(solved: SolvedPose, *, angles: bool = False) -> list[str]:
    """Lines to print. angles: every angle that is not zero, not only those of the large joints."""
    lines = [solved.name]
    for name, panel in zip(solved.pose.panels, solved.panels, strict=True):
        lines.append(f"  {name}: trunk lean {trunk_lean(panel):.0f}")
        lines += [f"    {text}" for text in _angle_lines(panel, every=angles)]
        lines += [f"    missed {miss:.1f} cm: {label}" for label, miss in panel.misses if miss >= 0.3]
    return lines


def _angle_lines(panel: SolvedPanel, *, every: bool) -> Iterator[str]:
    for joint, motions in body.JOINTS.items():
        shown = [(motion, panel.angle(f"{joint}.{motion}")) for motion in motions]
        shown = [(motion, value) for motion, value in shown if abs(value) >= (0.05 if every else 1.0)]
        if shown and (every or joint.rpartition("_")[0] in _ALWAYS or joint in ("root", "trunk", "neck")):
            yield f"{joint}: " + ", ".join(f"{motion} {value:.0f}" for motion, value in shown)


def trunk_lean(panel: SolvedPanel) -> float:
    """Degrees between the line from hips to neck and upright."""
    skeleton = panel_skeleton(panel)
    x, y, z = (skeleton.joints["neck"][0] - skeleton.joints["pelvis"][0]).tolist()
    return math.degrees(math.atan2(math.hypot(x, y), z))
