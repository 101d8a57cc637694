"""Kinds of value that stand in a pose file, shared by poses and props.

Scalars may arrive as strings, as the strict YAML reader keeps them; "null", "~" and "" stand for a free coordinate.
"""

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints

from generator.figures import body
from generator.figures.body_points import exists


class PoseModel(BaseModel):
    """Base of everything that stands in a pose file: frozen, no unknown keys, no patient data in error texts."""

    # Validators are built when they are first used: a library that was kept needs next to none of them.
    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, allow_inf_nan=False, defer_build=True
    )

    def as_json(self) -> dict[str, Any]:
        """The same as `model_dump(mode="json")`, which would first build a serializer for longer than this takes."""
        return {name: _as_json(value) for name, value in self.__dict__.items()}


def _as_json(value: Any) -> Any:
    if isinstance(value, PoseModel):
        return value.as_json()
    if isinstance(value, dict):
        return {key: _as_json(member) for key, member in value.items()}
    return [_as_json(member) for member in value] if isinstance(value, tuple) else value


def _free_coordinate(value: object) -> object:
    return None if isinstance(value, str) and value.strip() in ("", "~", "null") else value


def _known_point(name: str) -> str:
    if not exists(name):
        raise ValueError("is not a point of the body; docs/poses.md lists them")
    return name


def _known_muscle(name: str) -> str:
    base, _, side = name.rpartition("_")
    if name in body.MIDLINE_MUSCLES or (
        base in body.MUSCLES and side in body.SIDES and base not in body.MIDLINE_MUSCLES
    ):
        return name
    known = ", ".join(sorted(body.MUSCLES))
    raise ValueError(f"is not a muscle with its side, such as glute_med_r; known: {known}")


def _known_limb(name: str) -> str:
    base, _, side = name.rpartition("_")
    if (base in body.LIMB_SECTIONS or base == "foot") and side in body.SIDES:
        return name
    raise ValueError("is not a limb segment with its side, such as thigh_r, shank_l or foot_r")


Coordinate: TypeAlias = Annotated[float | None, BeforeValidator(_free_coordinate)]
BodyPoint: TypeAlias = Annotated[str, AfterValidator(_known_point)]
MuscleName: TypeAlias = Annotated[str, AfterValidator(_known_muscle)]
LimbName: TypeAlias = Annotated[str, AfterValidator(_known_limb)]
Name: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
PanelName: TypeAlias = Literal["start", "end"]
Side: TypeAlias = Literal["ahead", "behind", "left", "right"]


def stature(centimeters: float) -> float:
    """Centimeters of a person 170 cm tall as a fraction of stature."""
    return centimeters / body.STATURE_CM


def centimeters(fraction: float) -> float:
    """A fraction of stature as centimeters of a person 170 cm tall."""
    return fraction * body.STATURE_CM
