"""The one body that every picture shows: its bones, its joints' limits and its shape.

All lengths are fractions of stature, all angles degrees. Segment frames: x points forward (anterior), y to the body's
left, z toward the head; a limb's bone runs along -z from the joint that names the frame. Tables for paired segments are
those of the left side; the right side mirrors y.

Bone lengths, section radii and joint limits are the figure specification's own, drawn by eye to read as an adult of no
particular sex; they stay near the segment lengths of Drillis and Contini (1966, "Body segment parameters").
"""

from __future__ import annotations

from typing import Final, NamedTuple

STATURE_CM: Final = 170.0
"""Height of the person that authors think of. Lengths in pose files are centimeters of this person."""

SIDES: Final = {"l": 1.0, "r": -1.0}
"""Suffix of a paired part and the sign of its y axis."""


class Section(NamedTuple):
    """One elliptical slice of a limb or of the torso."""

    along: float
    """Limb: fraction of the bone from its upper joint. Torso: height above the hip joints."""
    half_depth: float
    half_width: float
    forward: float
    """Offset of the slice's center to the front: calf and buttock bulge back, quadriceps forward."""


class Ball(NamedTuple):
    """A sphere in a segment's frame; hulls of balls make feet, hands and shoulders."""

    x: float
    y: float
    z: float
    radius: float


class Muscle(NamedTuple):
    """An ellipse on the skin that marks a worked muscle, in a segment's frame."""

    segment: str
    center: tuple[float, float, float]
    normal: tuple[float, float, float]
    axis: tuple[float, float, float]
    long_radius: float
    short_radius: float


# ---------------------------------------------------------------------------------------------------------- bones

THIGH: Final = 0.250
SHANK: Final = 0.246
UPPER_ARM: Final = 0.172
FOREARM: Final = 0.142
BONES: Final = {"thigh": THIGH, "shank": SHANK, "upper_arm": UPPER_ARM, "forearm": FOREARM}
ANKLE_HEIGHT: Final = 0.039
HIP_HALF_WIDTH: Final = 0.046
SHOULDER: Final = (-0.004, 0.0945, 0.271)
"""Left shoulder joint in the chest's frame, arm hanging."""
NECK_JOINT: Final = (-0.012, 0.0, 0.300)
"""In the chest's frame."""
HEAD_JOINT: Final = (0.010, 0.0, 0.060)
"""In the neck's frame."""
TOE_JOINT: Final = (0.080, 0.0, -0.0235)
"""In the foot's frame, whose origin is the ankle joint."""
KNUCKLES: Final = 0.048
"""From the wrist to the finger joint, along the hand."""

SPINE_BEND_FROM: Final = 0.04
SPINE_BEND_TO: Final = 0.20
"""Trunk angles are spread evenly between these two heights above the hip joints."""

# --------------------------------------------------------------------------------------------------------- joints

_PAIRED: Final = {
    "hip": {"flexion": (-30, 125), "abduction": (-35, 55), "rotation": (-50, 60)},
    "knee": {"flexion": (0, 150)},
    "ankle": {"dorsiflexion": (-75, 30), "inversion": (-25, 35)},
    "foot": {"turn": (-25, 30)},
    "toes": {"extension": (-30, 70)},
    "shoulder": {"flexion": (-60, 180), "abduction": (-50, 180), "rotation": (-90, 90)},
    "elbow": {"flexion": (0, 150)},
    "forearm": {"pronation": (-90, 90)},
    "wrist": {"flexion": (-90, 85)},
    "fingers": {"curl": (0, 100)},
    "scapula": {"elevation": (-10, 40)},
}
_MIDLINE: Final = {
    "root": {"pitch": (-180, 180), "roll": (-180, 180), "yaw": (-180, 180)},
    "trunk": {"flexion": (-30, 90), "side_bend": (-40, 40), "rotation": (-50, 50)},
    "neck": {"flexion": (-60, 60), "side_bend": (-45, 45), "rotation": (-80, 80)},
}


def _joints() -> dict[str, dict[str, tuple[float, float]]]:
    joints = {
        name: {motion: (float(a), float(b)) for motion, (a, b) in axes.items()} for name, axes in _MIDLINE.items()
    }
    for name, axes in _PAIRED.items():
        for side in SIDES:
            joints[f"{name}_{side}"] = {motion: (float(a), float(b)) for motion, (a, b) in axes.items()}
    return joints


JOINTS: Final = _joints()
"""Joint -> motion -> (lowest, highest) angle in degrees. "root" turns the whole body, "foot" the foot on the shank."""
PAIRED_JOINTS: Final = frozenset(_PAIRED)
ANGLES: Final = tuple(f"{joint}.{motion}" for joint, axes in JOINTS.items() for motion in axes)
"""Every angle there is, as "joint.motion", in the order of the arrays that hold them."""
ANGLE_INDEX: Final = {name: index for index, name in enumerate(ANGLES)}
LIMITS: Final = tuple(limit for axes in JOINTS.values() for limit in axes.values())

# -------------------------------------------------------------------------------------------------------- sections

LIMB_SECTIONS: Final[dict[str, tuple[Section, ...]]] = {
    "thigh": (
        Section(0.00, 0.0540, 0.0500, -0.0040),
        Section(0.12, 0.0545, 0.0500, -0.0030),
        Section(0.25, 0.0525, 0.0485, 0.0005),
        Section(0.42, 0.0485, 0.0455, 0.0035),
        Section(0.60, 0.0430, 0.0405, 0.0045),
        Section(0.80, 0.0365, 0.0355, 0.0030),
        Section(0.92, 0.0338, 0.0335, 0.0015),
        Section(1.00, 0.0325, 0.0322, 0.0000),
    ),
    "shank": (
        Section(0.00, 0.0325, 0.0318, 0.0000),
        Section(0.08, 0.0318, 0.0312, -0.0020),
        Section(0.18, 0.0330, 0.0322, -0.0060),
        Section(0.30, 0.0338, 0.0330, -0.0085),
        Section(0.45, 0.0305, 0.0300, -0.0075),
        Section(0.62, 0.0245, 0.0240, -0.0045),
        Section(0.80, 0.0192, 0.0185, -0.0020),
        Section(1.00, 0.0180, 0.0172, 0.0000),
    ),
    "upper_arm": (
        Section(0.00, 0.0290, 0.0275, 0.0000),
        Section(0.15, 0.0290, 0.0272, 0.0000),
        Section(0.35, 0.0262, 0.0245, 0.0010),
        Section(0.60, 0.0232, 0.0218, 0.0015),
        Section(0.85, 0.0205, 0.0198, 0.0005),
        Section(1.00, 0.0195, 0.0190, 0.0000),
    ),
    "forearm": (
        Section(0.00, 0.0195, 0.0190, 0.0000),
        Section(0.14, 0.0208, 0.0205, 0.0010),
        Section(0.30, 0.0208, 0.0205, 0.0015),
        Section(0.55, 0.0178, 0.0172, 0.0005),
        Section(0.80, 0.0142, 0.0138, 0.0000),
        Section(1.00, 0.0122, 0.0132, 0.0000),
    ),
}
SHORTS_SECTIONS: Final = 4
"""Index of the thigh section at which the shorts end."""
SLEEVE_SECTIONS: Final = 2
"""Index of the upper-arm section at which the sleeve ends."""
CLOTH: Final = 0.003
"""How far clothing stands off the skin."""

TORSO_SECTIONS: Final = (
    Section(-0.045, 0.0400, 0.0660, -0.006),
    Section(-0.020, 0.0550, 0.0900, -0.008),
    Section(0.000, 0.0600, 0.0965, -0.009),
    Section(0.030, 0.0600, 0.0945, -0.009),
    Section(0.060, 0.0560, 0.0865, -0.006),
    Section(0.090, 0.0515, 0.0765, -0.001),
    Section(0.120, 0.0500, 0.0700, 0.002),
    Section(0.150, 0.0525, 0.0715, 0.003),
    Section(0.180, 0.0560, 0.0765, 0.003),
    Section(0.210, 0.0590, 0.0830, 0.004),
    Section(0.235, 0.0595, 0.0875, 0.004),
    Section(0.255, 0.0565, 0.0895, 0.002),
    Section(0.272, 0.0510, 0.0865, -0.002),
    Section(0.288, 0.0440, 0.0680, -0.007),
    Section(0.302, 0.0370, 0.0460, -0.012),
    Section(0.308, 0.0330, 0.0380, -0.013),
)
SPINE_HEIGHTS: Final = tuple(section.along for section in TORSO_SECTIONS)
HIPS_LEVEL: Final = 2
"""Index of the torso section at the hip joints."""
SHIRT_HEM: Final = 5
WAISTBAND: Final = 6
"""Torso sections at which the shirt ends and the shorts end (under the shirt)."""

HIP_BALL: Final = 0.0530
HIP_BALL_FORWARD: Final = -0.003
GLUTE_BALL: Final = Ball(-0.0225, 0.042, -0.010, 0.0465)
DELTOID_BALL: Final = 0.0295
SHOULDER_HULL: Final = (Ball(-0.01, 0.035, 0.288, 0.026), Ball(0.0, 0.050, 0.235, 0.045))
"""With the deltoid, the hull that joins an arm to the chest (chest frame, left)."""
KNEE_BALL: Final = 0.0322
ELBOW_BALL: Final = 0.0192
HIP_DISC: Final = 0.056
GLUTE_DISC: Final = 0.048
SHOULDER_DISC: Final = 0.031
"""Inside these circles a limb's own outline is left out, so that it grows out of the torso."""

# --------------------------------------------------------------------------------------------------- feet and hands

SHOE_REAR: Final = (
    Ball(-0.026, 0.0, -0.0130, 0.0205),
    Ball(-0.022, 0.0, -0.0060, 0.0190),
    Ball(0.008, 0.0, -0.0080, 0.0195),
    Ball(0.045, 0.002, -0.0125, 0.0190),
    Ball(0.080, -0.011, -0.0190, 0.0145),
    Ball(0.080, 0.011, -0.0200, 0.0135),
)
SHOE_TOES: Final = (
    Ball(0.0, -0.011, 0.0045, 0.0145),
    Ball(0.0, 0.011, 0.0035, 0.0135),
    Ball(0.030, -0.008, 0.0015, 0.0115),
    Ball(0.026, 0.010, 0.0005, 0.0105),
)
SOLE_REAR: Final = tuple(
    Ball(x, y, -0.0348, 0.0042)
    for x, y in ((-0.0435, 0.0), (-0.026, 0.0165), (-0.026, -0.0165), (0.080, -0.022), (0.080, 0.021))
)
SOLE_TOES: Final = tuple(
    Ball(x, y, -0.0113, 0.0042) for x, y in ((0.0, -0.022), (0.0, 0.021), (0.036, -0.012), (0.031, 0.014))
)
PALM: Final = (
    Ball(0.0, 0.0, 0.0, 0.0125),
    Ball(0.011, 0.0, -0.046, 0.0095),
    Ball(-0.012, 0.0, -0.044, 0.0092),
    Ball(0.009, -0.002, -0.020, 0.0115),
)
FINGERS: Final = (
    Ball(0.011, 0.0, 0.0, 0.0094),
    Ball(-0.012, 0.0, 0.002, 0.0090),
    Ball(0.006, -0.003, -0.040, 0.0078),
    Ball(-0.008, -0.003, -0.036, 0.0074),
)
THUMB: Final = (
    Ball(0.010, -0.004, -0.014, 0.0085),
    Ball(0.023, -0.009, -0.034, 0.0072),
    Ball(0.022, -0.011, -0.052, 0.0062),
)

# ---------------------------------------------------------------------------------------------------------- muscles

MUSCLES: Final = {
    "glute_med": Muscle("torso", (-0.014, 0.084, 0.026), (-0.30, 0.95, 0.10), (0.15, 0, 1), 0.050, 0.042),
    "tfl": Muscle("torso", (0.030, 0.080, 0.014), (0.50, 0.86, 0.0), (-0.15, 0, 1), 0.044, 0.026),
    "glute_max": Muscle("torso", (-0.056, 0.048, -0.010), (-0.90, 0.44, 0.0), (0, 0, 1), 0.048, 0.042),
    "obliques": Muscle("torso", (0.016, 0.066, 0.125), (0.25, 0.95, 0.0), (0, 0, 1), 0.044, 0.032),
    "abdominals": Muscle("torso", (0.052, 0.0, 0.110), (1, 0, 0), (0, 0, 1), 0.050, 0.030),
    "low_back": Muscle("torso", (-0.045, 0.020, 0.100), (-1, 0.2, 0), (0, 0, 1), 0.050, 0.024),
    "upper_back": Muscle("torso", (-0.056, 0.032, 0.215), (-1, 0.25, 0), (0, 0, 1), 0.045, 0.026),
    "chest": Muscle("torso", (0.058, 0.040, 0.225), (0.93, 0.37, 0), (0, 1, 0.3), 0.036, 0.026),
    "rotator_cuff": Muscle("torso", (-0.048, 0.062, 0.245), (-0.90, 0.44, 0), (0, 1, 0.25), 0.036, 0.024),
    "quads": Muscle("thigh", (0.040, 0.014, -0.125), (0.93, 0.37, 0), (0, 0, 1), 0.078, 0.030),
    "hamstrings": Muscle("thigh", (-0.038, 0.010, -0.125), (-0.93, 0.37, 0), (0, 0, 1), 0.075, 0.028),
    "adductors": Muscle("thigh", (0.004, -0.040, -0.100), (0.2, -1, 0), (0, 0, 1), 0.070, 0.028),
    "calf": Muscle("shank", (-0.034, 0.008, -0.075), (-0.95, 0.3, 0), (0, 0, 1), 0.058, 0.024),
    "soleus": Muscle("shank", (-0.026, 0.008, -0.135), (-0.95, 0.3, 0), (0, 0, 1), 0.050, 0.020),
    "shin": Muscle("shank", (0.016, 0.020, -0.095), (0.6, 0.8, 0), (0, 0, 1), 0.058, 0.016),
    "peroneals": Muscle("shank", (-0.002, 0.029, -0.095), (0.1, 1, 0), (0, 0, 1), 0.058, 0.016),
    "deltoid": Muscle("upper_arm", (0.0, 0.026, -0.020), (0, 1, 0), (0, 0, 1), 0.025, 0.018),
    "biceps": Muscle("upper_arm", (0.022, 0.0, -0.090), (1, 0.2, 0), (0, 0, 1), 0.042, 0.016),
    "triceps": Muscle("upper_arm", (-0.022, 0.0, -0.090), (-1, 0.2, 0), (0, 0, 1), 0.042, 0.016),
}
MIDLINE_MUSCLES: Final = frozenset({"abdominals"})
"""Named without a side."""
