"""A finished pose as a plain value: what the solver hands to drawing, describing and checking, kept as JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import field
from typing import Any, Final, TypeAlias

from generator.errors import ContentError
from generator.figures import body
from generator.figures.pose import Pose
from generator.values import dataclass

SOLVER_VERSION: Final = 1
"""Goes up when the solver or the skeleton makes something else of a pose; kept files of another version are old."""
Polyline: TypeAlias = tuple[tuple[float, float], ...]
"""Points on the page plane, in fractions of stature."""


@dataclass(frozen=True, slots=True)
class SolvedPanel:
    """One finished picture. angles: degrees in the order of body.ANGLES. root: midway between the hip joints."""

    posture: str
    angles: tuple[float, ...]
    root: tuple[float, float, float]
    misses: tuple[tuple[str, float], ...] = ()
    """Contact and how far it was missed, in cm, largest first; only those above 0.05 cm."""

    def angle(self, name: str) -> float:
        """Degrees of "joint.motion"."""
        return self.angles[body.ANGLE_INDEX[name]]


@dataclass(frozen=True, slots=True)
class SolvedPose:
    """A pose with its contacts met: all that drawing and describing need. Hashable, comparable, kept as JSON."""

    name: str
    pose: Pose = field(hash=False)
    panels: tuple[SolvedPanel, ...] = field(hash=False)
    arrows: tuple[Polyline, ...] = field(hash=False)
    """The way of each of the pose's arrows, in a clear spot, seen by the pose's own camera (not mirrored)."""
    source: str
    """Content hash of the authored pose and the solver's version: tells a kept file that is out of date."""

    def panel(self, name: str) -> SolvedPanel:
        """The picture "start" or "end"; a pose of one picture has the same for both."""
        return self.panels[0] if name == "start" else self.panels[-1]

    @property
    def content_hash(self) -> str:
        """SHA-256 of the canonical JSON, in hex."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def to_json(self) -> str:
        """Canonical JSON: the same text in every process."""
        panels = [
            {"posture": panel.posture, "angles": _named(panel), "root": panel.root, "misses": panel.misses}
            for panel in self.panels
        ]
        value = {
            "name": self.name,
            "source": self.source,
            "pose": self.pose.as_json(),
            "panels": panels,
            "arrows": self.arrows,
        }
        return json.dumps(value, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str, pose: Pose | None = None) -> SolvedPose:
        """The value that `to_json` wrote. Raises ContentError for anything else.

        pose: used in place of the one that was written; `source` tells whether it is the same.
        """
        try:
            value: Mapping[str, Any] = json.loads(text)
            panels = tuple(
                SolvedPanel(
                    str(panel["posture"]),
                    tuple(float(panel["angles"].get(name, 0.0)) for name in body.ANGLES),
                    (float(panel["root"][0]), float(panel["root"][1]), float(panel["root"][2])),
                    tuple((str(label), float(miss)) for label, miss in panel["misses"]),
                )
                for panel in value["panels"]
            )
            arrows = tuple(tuple((float(x), float(y)) for x, y in arrow) for arrow in value["arrows"])
            pose = pose if pose is not None else Pose.model_validate(value["pose"])
            return cls(str(value["name"]), pose, panels, arrows, str(value["source"]))
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            raise ContentError("This solved pose cannot be read.", hint="Delete the file; it is made again.") from None


def source_hash(pose: Pose) -> str:
    """What `SolvedPose.source` holds for this pose today."""
    return hashlib.sha256(f"{SOLVER_VERSION}:{pose.content_hash}".encode()).hexdigest()


def _named(panel: SolvedPanel) -> dict[str, float]:
    return {name: value for name, value in zip(body.ANGLES, panel.angles, strict=True) if value}


def pose_turn(posture: str) -> str:
    """Name of the first posture with the same turn: standing, seated and kneeling are one."""
    return {"seated": "standing", "kneeling": "standing", "quadruped": "prone"}.get(posture, posture)
