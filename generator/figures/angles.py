"""Names of joint angles as authors write them, and what they stand for."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import AfterValidator

from generator.figures import body

CHAINS = {
    "leg": ("hip", "knee", "ankle"),
    "arm": ("shoulder", "elbow"),
    "hand": ("forearm", "wrist"),
}
"""Short names in `free` for several joints of one side."""


def expand_free(name: str) -> tuple[str, ...]:
    """The angles that a name in `free` stands for. Raises KeyError.

    "hip_r.flexion" one angle; "hip_r" all of a joint; "leg_r", "arm_r", "hand_r" a chain; without a side, both sides.
    """
    if name in body.ANGLE_INDEX:
        return (name,)
    if name in body.JOINTS:
        return tuple(f"{name}.{motion}" for motion in body.JOINTS[name])
    joint, dot, motion = name.partition(".")
    if joint in body.PAIRED_JOINTS or joint in CHAINS:
        return tuple(angle for side in body.SIDES for angle in expand_free(f"{joint}_{side}{dot}{motion}"))
    base, _, side = name.rpartition("_")
    if base in CHAINS and side in body.SIDES:
        return tuple(angle for part in CHAINS[base] for angle in expand_free(f"{part}_{side}"))
    raise KeyError(name)


def flatten_angles(angles: dict[str, dict[str, float]]) -> dict[str, float]:
    """ "joint.motion" -> degrees. A joint named without its side sets both; a side of its own has the last word."""
    flat: dict[str, float] = {}
    for joint in sorted(angles, key=lambda name: name not in body.PAIRED_JOINTS):
        sides = tuple(f"{joint}_{side}" for side in body.SIDES) if joint in body.PAIRED_JOINTS else (joint,)
        for sided in sides:
            flat.update({f"{sided}.{motion}": value for motion, value in angles[joint].items()})
    return flat


def _known_angles(angles: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    for name in flatten_angles(angles):
        if name not in body.ANGLE_INDEX:
            joint, _, motion = name.partition(".")
            known = ", ".join(body.JOINTS[joint]) if joint in body.JOINTS else ", ".join(sorted(body.PAIRED_JOINTS))
            raise ValueError(f"{joint} has no {motion}; known: {known}")
    return angles


def _known_free(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        try:
            expand_free(name)
        except KeyError:
            raise ValueError(
                f"{name} is neither an angle nor a joint nor one of leg, arm, hand, with or without side"
            ) from None
    return names


Angles: TypeAlias = Annotated[dict[str, dict[str, float]], AfterValidator(_known_angles)]
FreeNames: TypeAlias = Annotated[tuple[str, ...], AfterValidator(_known_free)]
