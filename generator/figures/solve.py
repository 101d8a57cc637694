"""From rough angles and contacts to a finished pose: a plain value that can be kept in a file.

The solver moves the body's place and the joints that the author set free until the contacts are met, staying near the
authored angles and inside the joints' limits (damped least squares after Levenberg and Marquardt). Angles are then
rounded to 0.1 degrees, so that every machine draws the same picture from the same file.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from generator.errors import ContentError, Place
from generator.figures import body
from generator.figures.angles import expand_free, flatten_angles
from generator.figures.arrow_paths import place_arrows
from generator.figures.contacts import Demand, demands
from generator.figures.fields import PanelName, centimeters
from generator.figures.pose import Pose
from generator.figures.rotations import Array
from generator.figures.skeleton import pose_skeleton
from generator.figures.solved import SolvedPanel, SolvedPose, pose_turn, source_hash
from generator.figures.solved_skeleton import panel_skeleton

TOLERANCE: Final = 0.01
"""Largest miss of a contact of weight 1, in fractions of stature (1.7 cm)."""

_CONTACT_WEIGHT: Final = 10.0
_STAY_WEIGHT: Final = 0.15
_LIMIT_WEIGHT: Final = 3.0
_PLACE_WEIGHT: Final = 0.01
_LARGEST_STEP: Final = 0.5
_ITERATIONS: Final = 80
_NUDGE: Final = 1e-6
_UPRIGHT_START: Final = (0.0, 0.0, 0.5)
_LYING_START: Final = (0.0, 0.0, 0.15)


def solve(pose: Pose, name: str, *, strict: bool = True, place: Place | None = None) -> SolvedPose:
    """Finishes a pose. name: the exercise's id, for errors. strict=False returns a pose whose contacts are not met.

    Raises ContentError naming exercise, picture, contact and the miss in cm for a person 170 cm tall.
    """
    panels: list[SolvedPanel] = []
    for panel_name in pose.panels:
        first = panels[0] if panels else None
        panel, asked = _solve_panel(pose, panel_name, first)
        panels.append(panel)
        if strict and "residual" not in pose.waive:
            _refuse_misses(asked, panel, name, panel_name, place)
    return SolvedPose(name, pose, tuple(panels), place_arrows(pose, tuple(panels)), source_hash(pose))


def _refuse_misses(
    asked: list[Demand], panel: SolvedPanel, name: str, panel_name: PanelName, place: Place | None
) -> None:
    weights = {demand.label: demand.weight for demand in asked}
    for label, miss in panel.misses:
        if miss * min(1.0, weights[label]) > centimeters(TOLERANCE):
            raise ContentError(
                f"{name}: in the {panel_name} picture the contact “{label}” is {miss:.1f} cm off.",
                hint="Set more joints free, or write angles that come nearer to it.",
                place=place,
            )


def _solve_panel(pose: Pose, panel_name: PanelName, first: SolvedPanel | None) -> tuple[SolvedPanel, list[Demand]]:
    panel = pose.panel(panel_name)
    posture = panel.posture or "standing"
    authored = np.zeros(len(body.ANGLES))
    for key, value in flatten_angles(panel.angles).items():
        authored[body.ANGLE_INDEX[key]] = value
    upright = pose_turn(posture) == "standing"
    root = np.array(first.root if first else _UPRIGHT_START if upright else _LYING_START)
    asked = demands(pose, panel.contacts or (), panel_skeleton(first) if first else None)
    free = sorted({body.ANGLE_INDEX[angle] for entry in panel.free or () for angle in expand_free(entry)})
    angles, root = _Problem(asked, posture, authored, root, free).finish()
    rounded = tuple(float(np.round(value, 1)) + 0.0 for value in angles)
    x, y, z = (float(np.round(value, 5)) + 0.0 for value in root)
    solved = SolvedPanel(posture, rounded, (x, y, z))
    skeleton = panel_skeleton(solved)
    misses = [(demand.label, round(centimeters(demand.miss(skeleton)), 2)) for demand in asked]
    shown = tuple(sorted((miss for miss in misses if miss[1] > 0.05), key=lambda miss: (-miss[1], miss[0])))
    return SolvedPanel(posture, rounded, (x, y, z), shown), asked


class _Problem:
    """Damped least squares over the body's place and its free angles (radians)."""

    def __init__(self, asked: list[Demand], posture: str, authored: Array, root: Array, free: list[int]) -> None:
        self.asked = asked
        self.posture = posture
        self.authored = authored
        self.free = free
        self.begin = np.concatenate((root, np.deg2rad(authored[free])))
        self.lowest = np.deg2rad(np.array([body.LIMITS[index][0] for index in free]))
        self.highest = np.deg2rad(np.array([body.LIMITS[index][1] for index in free]))

    def residuals(self, tries: Array) -> Array:
        """(N, m) weighted misses of N tries (N, 3 + free)."""
        angles = np.repeat(self.authored[None], len(tries), axis=0)
        angles[:, self.free] = np.rad2deg(tries[:, 3:])
        skeleton = pose_skeleton(angles, tries[:, :3], self.posture)
        rows = [_CONTACT_WEIGHT * demand.weight * demand.gap(skeleton) for demand in self.asked]
        turned = tries[:, 3:]
        rows.append(_STAY_WEIGHT * (turned - self.begin[3:]))
        rows.append(_LIMIT_WEIGHT * (np.minimum(0.0, turned - self.lowest) + np.maximum(0.0, turned - self.highest)))
        rows.append(_PLACE_WEIGHT * (tries[:, :3] - self.begin[:3]))
        return np.concatenate(rows, axis=1)

    def finish(self) -> tuple[Array, Array]:
        """(angles in degrees, root) at the least sum of squares found.

        The body is first moved as it is to where its contacts fit best, and only then do joints turn: so a joint turns
        no more than it must.
        """
        self.begin = self._descend(self.begin, 3)
        best = self._descend(self.begin, len(self.begin))
        angles = self.authored.copy()
        angles[self.free] = np.rad2deg(best[3:])
        return angles, best[:3]

    def _descend(self, best: Array, count: int) -> Array:
        """Damped least squares over the first `count` unknowns."""
        missed = self.residuals(best[None])[0]
        damping = 1e-3
        for _ in range(_ITERATIONS):
            nudged = best[None] + np.eye(len(best))[:count] * _NUDGE
            slope = (self.residuals(nudged) - missed).T / _NUDGE
            better = self._step(best, missed, slope, damping)
            if better is None:
                break
            best, new_missed, damping = better
            gained = missed @ missed - new_missed @ new_missed
            missed = new_missed
            if gained < 1e-10:
                break
        return best

    def _step(self, best: Array, missed: Array, slope: Array, damping: float) -> tuple[Array, Array, float] | None:
        normal, downhill = slope.T @ slope, slope.T @ missed
        for _ in range(8):
            step = np.zeros(len(best))
            step[: len(downhill)] = -np.linalg.solve(normal + damping * np.eye(len(downhill)), downhill)
            length = float(np.sqrt(step[3:] @ step[3:]))
            tried = best + step * min(1.0, _LARGEST_STEP / max(length, 1e-12))
            misses = self.residuals(tried[None])[0]
            if misses @ misses < missed @ missed:
                return tried, misses, max(1e-7, damping * 0.3)
            damping *= 4.0
        return None
