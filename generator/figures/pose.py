"""The pose schema: what stands under `pose:` in an exercise's file.

An author writes rough joint angles and says what touches what; `solve` finishes them. Lengths are centimeters of a
person 170 cm tall, angles degrees. Unknown keys are refused, and no key is a word that YAML reads as a truth value.
"""

import hashlib
import json
from typing import Literal, Self, TypeAlias

from pydantic import Field, model_validator

from generator.figures.angles import Angles, FreeNames, flatten_angles
from generator.figures.asked import Asked
from generator.figures.fields import BodyPoint, Coordinate, MuscleName, PanelName, PoseModel
from generator.figures.props import Prop, prop_point_names, surface_names

Posture: TypeAlias = Literal[
    "standing", "seated", "kneeling", "supine", "prone", "quadruped", "side_lying_left", "side_lying_right"
]
Axis: TypeAlias = Literal["x", "y", "z"]
PartName: TypeAlias = Literal["torso", "head", "leg_l", "leg_r", "arm_l", "arm_r"]
CheckName: TypeAlias = Literal[
    "residual", "limits", "moved", "floor", "through_prop", "balance", "arrow", "highlight", "foreshortening", "angles"
]


class View(PoseModel):
    """Where the camera stands."""

    azimuth: float = Field(description="Degrees around the figure's origin: 0 from +x, -90 from -y, 180 from -x.")
    elevation: float = Field(8.0, description="Degrees above the horizon.")


class Contact(PoseModel):
    """One thing that the solver brings about. At least one of touch, at, same, to, above is given."""

    point: BodyPoint = Field(description="Body point, or a group of points such as foot_r or handflat_l.")
    touch: str | None = Field(None, description="Surface that the point lies on: floor, or a prop's name.")
    at: tuple[Coordinate, Coordinate, Coordinate] | None = Field(
        None, description="Where the point is [x, y, z] in cm; null leaves a coordinate free."
    )
    same: Literal["start"] | None = Field(None, description="The point stays where it is in picture 1.")
    to: str | None = Field(None, description="Body point, or a prop's point, that it meets.")
    above: BodyPoint | None = Field(None, description="Body point that it is vertically in line with.")
    offset: tuple[float, float, float] = Field((0.0, 0.0, 0.0), description="Added to the target, [x, y, z] in cm.")
    axes: tuple[Axis, ...] | None = Field(None, description="Only these axes count for same, to and above.")
    weight: float = Field(1.0, gt=0, description="Strength; below 1 it is a wish and may be missed by more.")

    @model_validator(mode="after")
    def _has_a_target(self) -> Self:
        if not (self.touch or self.at or self.same or self.to or self.above):
            raise ValueError("a contact needs one of touch, at, same, to, above")
        return self


class Panel(PoseModel):
    """One picture. Angles override the base's by key; contacts and free, if given, replace the base's."""

    posture: Posture | None = Field(None, description="How the body lies before pitch, roll and yaw.")
    angles: Angles = Field(default_factory=dict, description="Joint -> motion -> degrees.")
    contacts: tuple[Contact, ...] | None = Field(None, description="What touches what.")
    free: FreeNames | None = Field(None, description="Angles and joints that the solver may change.")


class Arrow(PoseModel):
    """An arrow along the way of a body point from picture 1 to picture 2."""

    point: BodyPoint = Field(description="Body point whose way it follows.")
    panel: PanelName = Field("end", description="Picture that it stands in.")
    direction: tuple[float, float, float] | None = Field(
        None, description="World direction [x, y, z] for a straight arrow, where the way itself would not tell."
    )
    length: float | None = Field(None, gt=0, description="Length in cm of a straight arrow, or of the way shown.")
    both: bool = Field(False, description="Heads at both ends.")
    offset: tuple[float, float] | None = Field(
        None, description="Right and up in cm on the page from the way itself, in place of the search for a clear spot."
    )


class Guide(PoseModel):
    """A dashed line through two body points, drawn in both pictures."""

    through: tuple[BodyPoint, BodyPoint] = Field(description="The two points.")
    extend: float = Field(15.0, description="How far it goes on beyond each point, in cm.")


class Close(PoseModel):
    """A round lens that shows one place larger, for a movement too small to see at card size."""

    point: BodyPoint = Field(description="Body point of picture 1 that it looks at.")
    radius: float = Field(14.0, gt=0, le=40, description="How much of the body it shows, in cm around the point.")
    zoom: float = Field(2.2, ge=1.2, le=4, description="How many times larger it shows that.")
    offset: tuple[float, float] = Field(description="Right and up in cm on the page from the point to its center.")


class AltText(PoseModel):
    """Alternative text written by hand, in place of the described one. Sides are written {left} and {right}."""

    start: str = Field("", description="Picture 1 in one or two plain sentences; empty: described from the pose.")
    end: str = Field("", description="Picture 2; empty: described from the pose.")


class Pose(PoseModel):
    """All that a picture of an exercise needs."""

    view: View
    props: tuple[Prop, ...] = ()
    base: Panel = Field(default_factory=Panel, description="What both pictures share.")
    start: Panel = Field(default_factory=Panel, description="Picture 1.")
    end: Panel | None = Field(None, description="Picture 2; left out when nothing moves.")
    arrow: tuple[Arrow, ...] = Field((), description="One arrow or a list of them.")
    highlight: tuple[MuscleName, ...] = Field((), description="Worked muscles with their side, such as glute_med_r.")
    guide: Guide | None = None
    close: Close | None = None
    asked: Asked = Field(default_factory=Asked, description="Angles that the notes ask for, for a check.")
    layout: Literal["auto", "side", "stacked"] = Field("auto", description="How the two pictures stand.")
    order: dict[PartName, Literal["front", "behind"]] = Field(
        default_factory=dict, description="Paints a part before or behind the torso against its depth."
    )
    alt: AltText | None = None
    waive: dict[CheckName, str] = Field(default_factory=dict, description="Check that may fail, and why that is right.")

    @model_validator(mode="before")
    @classmethod
    def _one_arrow_is_a_list(cls, data: object) -> object:
        if isinstance(data, dict) and isinstance(data.get("arrow"), dict):
            return {**data, "arrow": [data["arrow"]]}
        return data

    @model_validator(mode="after")
    def _names_fit(self) -> Self:
        known = set(surface_names(self.props))
        spots = set(prop_point_names(self.props))
        for panel in (self.base, self.start, self.end):
            for contact in (panel.contacts or ()) if panel else ():
                if contact.touch and contact.touch not in known:
                    raise ValueError(f"nothing named {contact.touch} to touch; there is {', '.join(sorted(known))}")
                if contact.to and contact.to not in spots:
                    _check_point(contact.to)
        for name in self.panels:
            if not self.panel(name).contacts:
                raise ValueError(f"no contacts: nothing says what the figure stands or lies on in {name}")
        if any(len(reason.split()) < 3 for reason in self.waive.values()):
            raise ValueError("a waived check needs its reason in words")
        if self.end is None and any(arrow.panel == "end" and arrow.direction is None for arrow in self.arrow):
            raise ValueError("without an end there is no way for an arrow to follow: give it a direction")
        return self

    @property
    def panels(self) -> tuple[PanelName, ...]:
        """Names of the pictures: start, and end if there is one."""
        return ("start", "end") if self.end else ("start",)

    @property
    def content_hash(self) -> str:
        """SHA-256 over the pose's canonical JSON, in hex: equal poses have equal hashes in every process."""
        canonical = json.dumps(self.as_json(), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def panel(self, name: PanelName) -> Panel:
        """A picture with everything it takes from the base filled in."""
        own = self.start if name == "start" or self.end is None else self.end
        angles = {joint: dict(axes) for joint, axes in self.base.angles.items()}
        flat = flatten_angles(angles) | flatten_angles(own.angles)
        nested: dict[str, dict[str, float]] = {}
        for key, value in flat.items():
            joint, _, motion = key.partition(".")
            nested.setdefault(joint, {})[motion] = value
        return Panel(
            posture=own.posture or self.base.posture or "standing",
            angles=nested,
            contacts=own.contacts if own.contacts is not None else self.base.contacts or (),
            free=own.free if own.free is not None else self.base.free or (),
        )


def _check_point(name: str) -> None:
    Contact(point=name, touch="floor")
