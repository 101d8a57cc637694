"""What stands on the floor or is held: the props of a pose file, and the names of what a contact can touch of them.

Lengths in these models are centimeters of a person 170 cm tall, in world axes (x ahead of a standing figure, y to its
left, z up); `surfaces` and `solids` tell where the props are.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field

from generator.figures.fields import BodyPoint, LimbName, Name, PanelName, PoseModel, Side

GroundPlace: TypeAlias = tuple[float, float] | BodyPoint
"""Center on the floor as [x, y] in cm, or the body point of picture 1 that it lies under."""
Layer: TypeAlias = Literal["back", "front", "split"]


class PropBase(PoseModel):
    """What all props share."""

    name: Name | None = Field(None, description="Name that contacts use; the type if left out.")
    only: PanelName | None = Field(None, description="Show in this picture only.")
    layer: Layer = Field("back", description="Painted behind the body, before it, or each piece by its own depth.")

    @property
    def key(self) -> str:
        """The name that contacts use."""
        return self.name or str(getattr(self, "type", ""))


class Mat(PropBase):
    """Exercise mat; its top is the floor level z = 0."""

    type: Literal["mat"]
    at: GroundPlace = Field((0.0, 0.0), description="Center [x, y] in cm.")
    size: tuple[float, float] = Field((190.0, 62.0), description="Length along x and width along y in cm.")


class Step(PropBase):
    """A low box to stand on."""

    type: Literal["step"]
    at: GroundPlace = Field((0.0, 0.0), description="Center [x, y] in cm.")
    size: tuple[float, float, float] = Field((42.0, 50.0, 15.0), description="Along x, along y, height in cm.")


class Bench(PropBase):
    """A padded bench on legs."""

    type: Literal["bench"]
    at: GroundPlace = Field((0.0, 0.0), description="Center [x, y] in cm.")
    size: tuple[float, float, float] = Field((40.0, 110.0, 35.0), description="Along x, along y, height in cm.")


class Chair(PropBase):
    """A firm chair without arms."""

    type: Literal["chair"]
    at: tuple[float, float] = Field((0.0, 0.0), description="Center of the seat [x, y] in cm.")
    facing: float = Field(0.0, description="Degrees; where a person who sits on it looks: 0 ahead (+x), 90 left (+y).")
    height: float = Field(45.0, description="Height of the seat in cm.")
    back_height: float = Field(88.0, description="Height of the top of the back in cm.")
    size: tuple[float, float] = Field((42.0, 42.0), description="Depth and width of the seat in cm.")


class Wall(PropBase):
    """A piece of wall, drawn as a slab."""

    type: Literal["wall"]
    side: Side = Field(description="On which side of the world's origin it stands: ahead +x, left +y.")
    distance: float = Field(description="From the origin to its face in cm.")
    extent: tuple[float, float] = Field((-40.0, 40.0), description="From and to along the wall in cm (x or y).")
    height: float = Field(180.0, description="Height in cm.")


class Roller(PropBase):
    """Foam roller on the floor."""

    type: Literal["roller"]
    at: tuple[float, float] = Field((0.0, 0.0), description="Center [x, y] in cm.")
    axis: Literal["x", "y"] = Field("y", description="Axis that the roller lies along.")
    length: float = Field(58.0, description="Length in cm.")
    radius: float = Field(7.5, description="Radius in cm.")


class Pillow(PropBase):
    """A pillow on the floor or the mat."""

    type: Literal["pillow"]
    at: GroundPlace = Field("head", description="Center [x, y] in cm, or the body point it lies under.")
    size: tuple[float, float, float] = Field((30.0, 44.0, 10.0), description="Along x, along y, height in cm.")


class Towel(PropBase):
    """A rolled or folded towel on the floor, or tucked against the body."""

    type: Literal["towel"]
    shape: Literal["roll", "folded"] = Field("folded", description="Rolled or folded.")
    at: GroundPlace | None = Field(
        None, description="Center on the floor [x, y] in cm, or the body point it lies under."
    )
    base: float = Field(0.0, description="Height of what it lies on, in cm.")
    tucked: BodyPoint | None = Field(None, description="Body point that it is held against, in place of `at`.")
    axis: Literal["x", "y", "z"] = Field("y", description="Axis that a rolled towel lies along.")
    size: tuple[float, float, float] = Field((24.0, 30.0, 4.0), description="Along x, along y, height in cm.")


class Stick(PropBase):
    """A straight stick through two body points."""

    type: Literal["stick"]
    through: tuple[BodyPoint, BodyPoint] = Field(description="Two body points that it touches.")
    extend: tuple[float, float] = Field((12.0, 12.0), description="How far it goes on beyond each point, in cm.")
    radius: float = Field(1.3, description="Radius in cm.")


class MiniBand(PropBase):
    """A loop band around two limb segments."""

    type: Literal["mini_band"]
    around: tuple[LimbName, LimbName] = Field(description="The two segments inside the loop.")
    at: float = Field(0.86, ge=0, le=1, description="Fraction along the segments, from the upper joint.")
    width: float = Field(5.0, description="Width of the band in cm.")


class DoorAnchor(PropBase):
    """The edge of a closed door that holds a long band."""

    type: Literal["door_anchor"]
    at: tuple[float, float, float] = Field(description="Where the band comes out [x, y, height] in cm.")
    side: Side = Field(description="Side of the figure that the door stands on.")
    extent: tuple[float, float] = Field(
        (-22.0, 22.0), description="Width of door drawn on either side of the anchor, cm."
    )
    height: float = Field(180.0, description="Height of the door in cm.")


class LongBand(PropBase):
    """A long band from a door anchor to the hands, or around a limb."""

    type: Literal["long_band"]
    anchor: Name = Field("door_anchor", description="Name of the door anchor.")
    hands: tuple[BodyPoint, ...] = Field((), description="Body points that hold the band's ends, such as grip_r.")
    around: LimbName | None = Field(None, description="Limb segment inside the band's loop.")
    at: float = Field(0.5, ge=0, le=1, description="Fraction along that segment, from the upper joint.")
    width: float = Field(3.0, description="Width of the band in cm.")


class Dumbbell(PropBase):
    """A dumbbell held with a level handle."""

    type: Literal["dumbbell"]
    hand: Literal["l", "r"] = Field(description="Hand that holds it.")


class ExerciseBall(PropBase):
    """A ball, on the floor or held."""

    type: Literal["ball"]
    at: tuple[float, float, float] | BodyPoint = Field(
        description="Center [x, y, z] in cm, or the body point it touches."
    )
    radius: float = Field(11.0, description="Radius in cm.")


Prop: TypeAlias = Annotated[
    Mat
    | Step
    | Bench
    | Chair
    | Wall
    | Roller
    | Pillow
    | Towel
    | Stick
    | MiniBand
    | DoorAnchor
    | LongBand
    | Dumbbell
    | ExerciseBall,
    Field(discriminator="type"),
]

CHAIR_SEAT_THICKNESS: Final = 3.8
CHAIR_LEG: Final = 3.4
CHAIR_POINTS: Final = ("back_top", "back_left", "back_right", "seat_left", "seat_right", "seat_front")
WALL_THICKNESS: Final = 8.0


def prop_types(props: Iterable[Prop]) -> dict[str, str]:
    """The type of each prop by the name that contacts use."""
    return {prop.key: prop.type for prop in props}


def surface_names(props: Iterable[Prop]) -> Iterator[str]:
    """What a contact can touch: the floor and the props' surfaces, "chair.back" for a chair's top; see `surfaces`."""
    yield "floor"
    for prop in props:
        match prop:
            case Mat() | Step() | Bench() | Pillow() | Wall() | Roller():
                yield prop.key
            case Towel() if prop.tucked is None:
                yield prop.key
            case Chair():
                yield from (prop.key, f"{prop.key}.back")
            case ExerciseBall() if not isinstance(prop.at, str):
                yield prop.key
            case _:
                pass


def prop_point_names(props: Iterable[Prop]) -> Iterator[str]:
    """Fixed points of props that a contact can go `to`, such as "chair.back_top" or "door_anchor.anchor"."""
    for prop in props:
        if isinstance(prop, Chair):
            yield from (f"{prop.key}.{name}" for name in CHAIR_POINTS)
        elif isinstance(prop, DoorAnchor):
            yield f"{prop.key}.anchor"
