"""The angles that an exercise's notes ask for, as numbers beside the pose: a check holds the picture to them.

The notes in an exercise's file say in words what the pictures must show ("right hip 45, right knee 90"). The same
numbers stand here by joint; the authored angles of a pose are only where the solver begins.
"""

from typing import Annotated, Final, Literal, TypeAlias

from pydantic import AfterValidator, Field

from generator.figures import body
from generator.figures.angles import flatten_angles
from generator.figures.fields import PanelName, PoseModel

MEASURES: Final = ("trunk.lean", "knees.tip")
"""What notes ask for that is no angle of one joint, in degrees: how far hips to neck lean forward from upright, and how
far both shins tip to the right from square to the mat when the figure lies on its back."""


def _known(angles: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    for name in flatten_angles(angles):
        if name not in body.ANGLE_INDEX and name not in MEASURES:
            raise ValueError(f"{name} is neither an angle nor one of {', '.join(MEASURES)}")
    return angles


AskedAngles: TypeAlias = Annotated[dict[str, dict[str, float]], AfterValidator(_known)]


class Apart(PoseModel):
    """An angle of the notes that the picture cannot show, and why."""

    panel: PanelName
    angle: str = Field(description='As "joint.motion", with its side.')
    why: Annotated[str, Field(min_length=20)] = Field(description="Why the notes cannot be met, in words.")


class Asked(PoseModel):
    """Joint -> motion -> degrees, as in a pose; a joint without its side means both."""

    both: AskedAngles = Field(default_factory=dict, description="Asked for in both pictures.")
    start: AskedAngles = Field(default_factory=dict, description="Asked for in picture 1.")
    end: AskedAngles = Field(default_factory=dict, description="Asked for in picture 2.")
    apart: tuple[Apart, ...] = Field((), description="Angles that cannot be met, with their reasons.")

    def angles(self, panel: Literal["start", "end"]) -> dict[str, float]:
        """ "joint.motion" -> degrees asked for in a picture, also those that stand apart."""
        return flatten_angles(self.both) | flatten_angles(self.start if panel == "start" else self.end)

    def stands_apart(self, panel: str, angle: str) -> bool:
        """Whether an angle of a picture is known to be out of reach."""
        return any(one.panel == panel and one.angle == angle for one in self.apart)
