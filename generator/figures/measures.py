"""What a solved picture measures, in degrees: joint angles, and what notes say of the whole body."""

from __future__ import annotations

import math

import numpy as np

from generator.figures.solved import SolvedPanel
from generator.figures.solved_skeleton import panel_skeleton


def measure(panel: SolvedPanel, name: str) -> float:
    """Degrees of a "joint.motion", or of one of `asked.MEASURES`."""
    match name:
        case "trunk.lean":
            return trunk_lean(panel)
        case "knees.tip":
            return knees_tip(panel)
        case _:
            return panel.angle(name)


def trunk_lean(panel: SolvedPanel) -> float:
    """Degrees that hips to neck lean forward from upright; negative when they lean back."""
    skeleton = panel_skeleton(panel)
    way = skeleton.joints["neck"][0] - skeleton.joints["pelvis"][0]
    ahead = skeleton.turns["pelvis"][0][:, 0] * (1.0, 1.0, 0.0)
    length = math.sqrt(float(ahead @ ahead))
    return math.degrees(math.atan2(float(way @ ahead) / max(length, 1e-9), float(way[2])))


def knees_tip(panel: SolvedPanel) -> float:
    """Degrees that both shins tip to the body's right, seen along the chest's axis; 0 when they stand upright."""
    joints, chest = panel_skeleton(panel).joints, panel_skeleton(panel).turns["chest"][0]
    shins = [joints[f"shank_{side}"][0] - joints[f"foot_{side}"][0] for side in ("l", "r")]
    way = np.asarray((shins[0] + shins[1]) @ chest)
    return math.degrees(math.atan2(-float(way[1]), float(way[0])))
