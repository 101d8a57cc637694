"""Named points on the body: what contacts, arrows, bands and guides refer to.

A name is a point and a side ("heel_r", "knee_l"), a point on the midline ("pelvis", "head_back"), or a point on the
skin of a limb at a fraction of its length ("thigh_side_r@0.8": outer face of the right thigh, 80 % down to the knee).
Coordinates are in fractions of stature, in the frame of the left segment; see `body` for the axes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from generator.figures import body


class Point(NamedTuple):
    """A point in a segment's frame. padding: how far inside the skin it lies, for joints and other points of a bone."""

    segment: str
    x: float
    y: float
    z: float
    padding: float = 0.0


PAIRED_POINTS: Final[Mapping[str, Point]] = {
    # Feet. heel, ball and toe lie on the sole.
    "heel": Point("foot", -0.030, 0.0, -0.039),
    "ball": Point("foot", 0.080, 0.0, -0.039),
    "ball_outer": Point("foot", 0.080, 0.020, -0.039),
    "ball_inner": Point("foot", 0.080, -0.020, -0.039),
    "toe": Point("toes", 0.028, 0.0, -0.0155),
    "toe_base": Point("toes", 0.0, 0.0, -0.0155),
    "toe_tip": Point("toes", 0.040, 0.0, 0.0),
    "foot_edge": Point("foot", 0.030, 0.026, -0.025),
    "foot_inner": Point("foot", 0.030, -0.024, -0.020),
    "forefoot": Point("foot", 0.055, 0.0, -0.018),
    "foot_middle": Point("foot", 0.025, 0.0, -0.039),
    "heel_back": Point("foot", -0.048, 0.0, -0.018),
    "heel_side": Point("foot", -0.026, 0.020, -0.018),
    "instep": Point("foot", 0.050, 0.0, 0.008),
    "ankle": Point("foot", 0.0, 0.0, 0.0, 0.018),
    # Legs.
    "knee": Point("shank", 0.034, 0.0, 0.0),
    "knee_side": Point("shank", 0.0, 0.033, 0.0),
    "knee_inner": Point("shank", 0.0, -0.033, 0.0),
    "knee_back": Point("shank", -0.030, 0.0, 0.010),
    "knee_joint": Point("shank", 0.0, 0.0, 0.0, 0.0325),
    "shin": Point("shank", 0.025, 0.0, -0.120),
    "shin_side": Point("shank", -0.006, 0.030, -0.090),
    "thigh_back": Point("thigh", -0.045, 0.0, -0.150),
    "thigh_side": Point("thigh", 0.0, 0.047, -0.125),
    "thigh_front": Point("thigh", 0.050, 0.0, -0.125),
    "hip_joint": Point("thigh", 0.0, 0.0, 0.0),
    # Pelvis and trunk.
    "hip_side": Point("pelvis", 0.0, 0.096, -0.005),
    "hip_front": Point("pelvis", 0.048, 0.052, 0.020),
    "crest": Point("pelvis", 0.035, 0.085, 0.065),
    "waist": Point("torso", 0.0, 0.075, 0.110),
    "waist_back": Point("torso", -0.044, 0.045, 0.105),
    "low_ribs": Point("torso", 0.052, 0.050, 0.160),
    "ribs": Point("torso", 0.003, 0.078, 0.185),
    "ischium": Point("pelvis", -0.030, 0.040, -0.062),
    "buttock": Point("pelvis", -0.072, 0.042, -0.005),
    "chest_side": Point("torso", 0.055, 0.045, 0.225),
    # Arms.
    "shoulder": Point("upper_arm", 0.0, 0.026, 0.0),
    "shoulder_joint": Point("upper_arm", 0.0, 0.0, 0.0, 0.029),
    "shoulder_back": Point("chest", -0.062, 0.060, 0.235),
    "shoulder_front": Point("chest", 0.045, 0.075, 0.255),
    "elbow": Point("forearm", 0.0, 0.0, 0.0, 0.0205),
    "elbow_tip": Point("forearm", -0.021, 0.0, 0.004),
    "elbow_side": Point("upper_arm", 0.0, 0.020, -0.165),
    "elbow_inner": Point("upper_arm", 0.0, -0.022, -0.150),
    "forearm_under": Point("forearm", -0.018, 0.0, -0.070),
    "wrist": Point("hand", 0.0, 0.0, 0.0, 0.0135),
    "palm": Point("hand", 0.0, -0.012, -0.035),
    "palm_thumb": Point("hand", 0.014, -0.012, -0.035),
    "palm_little": Point("hand", -0.014, -0.012, -0.035),
    "hand": Point("hand", 0.0, 0.0, -0.045, 0.010),
    "hand_back": Point("hand", 0.0, 0.011, -0.035),
    "grip": Point("fingers", 0.0, -0.016, -0.012),
    "fingertip": Point("fingers", 0.0, -0.007, -0.038),
    "ear": Point("head", -0.004, 0.052, 0.040),
    "head_side": Point("head", 0.0, 0.052, 0.045),
}
MIDLINE_POINTS: Final[Mapping[str, Point]] = {
    "pelvis": Point("pelvis", 0.0, 0.0, 0.0),
    "sacrum": Point("pelvis", -0.062, 0.0, 0.020),
    "tailbone": Point("pelvis", -0.068, 0.0, -0.012),
    "pelvis_front": Point("pelvis", 0.050, 0.0, 0.005),
    "belly": Point("torso", 0.052, 0.0, 0.100),
    "low_back": Point("torso", -0.049, 0.0, 0.110),
    "mid_back": Point("torso", -0.053, 0.0, 0.180),
    "upper_back": Point("chest", -0.064, 0.0, 0.215),
    "shoulders_back": Point("chest", -0.053, 0.0, 0.262),
    "chest": Point("chest", 0.066, 0.0, 0.200),
    "breastbone": Point("chest", 0.060, 0.0, 0.235),
    "neck_back": Point("neck", -0.034, 0.0, 0.025),
    "head": Point("head", 0.004, 0.0, 0.052, 0.055),
    "head_back": Point("head", -0.058, 0.0, 0.045),
    "head_front": Point("head", 0.062, 0.0, 0.060),
    "head_top": Point("head", 0.0, 0.0, 0.110),
    "chin": Point("head", 0.050, 0.0, -0.020),
}
CENTER_OF_MASS: Final = "center_of_mass"
"""The whole body's, for balance."""
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "foot": ("heel", "ball"),
    "foot_flat": ("heel", "ball_inner", "ball_outer"),
    "handflat": ("palm", "fingertip", "palm_thumb", "palm_little"),
    "forearm": ("elbow", "wrist"),
    "toes": ("toe_base", "toe"),
    "shin_flat": ("knee", "instep"),
}
"""Contact names that stand for several points of the same side."""
_FACES: Final = {"front": (1.0, 0.0), "back": (-1.0, 0.0), "side": (0.0, 1.0), "inner": (0.0, -1.0)}


@lru_cache(maxsize=1024)
def find_point(name: str) -> Point:
    """The point that a name stands for, mirrored for the right side. Raises KeyError for a name that does not exist."""
    if name in MIDLINE_POINTS:
        return MIDLINE_POINTS[name]
    if "@" in name:
        return _skin_point(name)
    base, _, side = name.rpartition("_")
    point = PAIRED_POINTS[base]
    k = body.SIDES[side]
    segment = (
        point.segment if point.segment in ("pelvis", "torso", "chest", "neck", "head") else f"{point.segment}_{side}"
    )
    return Point(segment, point.x, k * point.y, point.z, point.padding)


def _skin_point(name: str) -> Point:
    """ "thigh_side_r@0.8": segment, face, side, fraction of the bone."""
    named, _, fraction = name.partition("@")
    base, _, side = named.rpartition("_")
    segment, _, face = base.rpartition("_")
    forward, outward = _FACES[face]
    k = body.SIDES[side]
    sections = body.LIMB_SECTIONS[segment]
    try:
        along = float(fraction)
    except ValueError:
        raise KeyError(name) from None
    depth, width, offset = (_between(sections, along, i) for i in (1, 2, 3))
    return Point(f"{segment}_{side}", offset + forward * depth, k * outward * width, -along * body.BONES[segment])


def _between(sections: Sequence[body.Section], along: float, column: int) -> float:
    """A measure of a limb between two of its sections, beyond its ends that of the last one."""
    for low, high in pairwise(sections):
        if low[0] <= along < high[0]:
            return (high[column] - low[column]) / (high[0] - low[0]) * (along - low[0]) + low[column]
    return sections[0 if along < sections[0][0] else -1][column]


def expand(name: str) -> tuple[str, ...]:
    """The single points of a contact name: "foot_r" gives heel and ball; other names give themselves."""
    base, _, side = name.rpartition("_")
    return tuple(f"{part}_{side}" for part in GROUPS[base]) if base in GROUPS and side in body.SIDES else (name,)


def exists(name: str) -> bool:
    """Whether a name is a point or a group of points."""
    try:
        for part in expand(name):
            if part != CENTER_OF_MASS:
                find_point(part)
    except KeyError:
        return False
    return True
