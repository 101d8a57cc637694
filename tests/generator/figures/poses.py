"""Small poses that the tests of the figures share, as the YAML reader would hand them over: scalars are strings."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from generator.figures.pose import Pose
from generator.figures.solve import solve
from generator.figures.solved import SolvedPose


def side_kick() -> dict[str, Any]:
    """Standing, right leg out to the side, left hand on a chair, loop band at the ankles."""
    return {
        "view": {"azimuth": "-14", "elevation": "6"},
        "props": [
            {"type": "chair", "at": ["10", "46"], "facing": "90"},
            {"type": "mini_band", "around": ["shank_r", "shank_l"], "at": "0.84"},
        ],
        "base": {
            "posture": "standing",
            "angles": {
                "hip": {"abduction": "1"},
                "shoulder_l": {"abduction": "22", "flexion": "10"},
                "elbow_l": {"flexion": "30"},
            },
            "free": ["arm_l"],
        },
        "start": {
            "contacts": [
                {"point": "foot_l", "touch": "floor"},
                {"point": "foot_r", "touch": "floor"},
                {"point": "ankle_l", "at": ["0", "null", "null"]},
                {"point": "palm_l", "to": "chair.back_top", "offset": ["0", "0", "1"]},
            ]
        },
        "end": {
            "angles": {"hip_r": {"abduction": "28"}},
            "contacts": [{"point": "foot_l", "same": "start"}, {"point": "palm_l", "same": "start"}],
        },
        "arrow": {"point": "ankle_r"},
        "highlight": ["glute_med_r"],
    }


def bridge() -> dict[str, Any]:
    """On the back, hips lifted."""
    return {
        "view": {"azimuth": "-80", "elevation": "10"},
        "props": [{"type": "mat", "at": ["-8", "0"], "size": ["180", "68"]}],
        "base": {
            "posture": "supine",
            "angles": {"hip": {"flexion": "45"}, "knee": {"flexion": "90"}, "shoulder": {"abduction": "12"}},
        },
        "start": {
            "contacts": [
                {"point": "buttock_l", "touch": "floor"},
                {"point": "buttock_r", "touch": "floor"},
                {"point": "upper_back", "touch": "floor"},
                {"point": "foot_l", "touch": "floor"},
                {"point": "foot_r", "touch": "floor"},
            ],
            "free": ["root.pitch", "hip", "ankle"],
        },
        "end": {
            "angles": {"root": {"pitch": "-26"}, "hip": {"flexion": "0"}, "neck": {"flexion": "40"}},
            "contacts": [
                {"point": "shoulders_back", "touch": "floor", "offset": ["0", "0", "1"]},
                {"point": "foot_l", "same": "start"},
                {"point": "foot_r", "same": "start"},
            ],
            "free": ["root.pitch", "knee", "ankle"],
        },
        "arrow": {"point": "pelvis"},
        "highlight": ["glute_max_r"],
    }


def still() -> dict[str, Any]:
    """Standing still: one picture, with an arrow that has a direction."""
    return {
        "view": {"azimuth": "10"},
        "start": {"contacts": [{"point": "foot_l", "touch": "floor"}, {"point": "foot_r", "touch": "floor"}]},
        "arrow": {"point": "thigh_side_r", "panel": "start", "direction": ["0", "-1", "0"], "length": "15"},
    }


@lru_cache
def solved(name: str) -> SolvedPose:
    """The solved pose of one of the functions above, by its name."""
    return solve(Pose.model_validate({"side_kick": side_kick, "bridge": bridge, "still": still}[name]()), name)
