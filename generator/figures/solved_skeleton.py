"""The skeletons of finished pictures."""

from __future__ import annotations

import numpy as np

from generator.figures.skeleton import Skeleton, pose_skeleton
from generator.figures.solved import SolvedPanel


def panel_skeleton(panel: SolvedPanel) -> Skeleton:
    """The skeleton (N = 1) of a finished picture."""
    return pose_skeleton(np.array([panel.angles]), np.array([panel.root]), panel.posture)


def panel_skeletons(panels: tuple[SolvedPanel, ...]) -> list[Skeleton]:
    """The skeleton (N = 1) of each finished picture, worked out together where their postures allow."""
    if len({panel.posture for panel in panels}) > 1:
        return [panel_skeleton(panel) for panel in panels]
    angles, roots = np.array([panel.angles for panel in panels]), np.array([panel.root for panel in panels])
    together = pose_skeleton(angles, roots, panels[0].posture)
    return [together.one(index) for index in range(len(panels))]
