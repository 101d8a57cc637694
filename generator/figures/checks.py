"""What makes a picture fit to hand out, as far as numbers can tell; the eye has the last word.

Each check returns findings; a pose's `waive` takes a check out, with its reason. Lengths are fractions of stature
unless said. Limits are those of the figure specification.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

import numpy as np

from generator.figures import body
from generator.figures.arrow_paths import Obstacles
from generator.figures.body_points import CENTER_OF_MASS, expand, find_point
from generator.figures.body_sweeps import body_sweeps
from generator.figures.camera import Camera
from generator.figures.contacts import demands
from generator.figures.drawing import card_scale
from generator.figures.fields import PanelName, centimeters
from generator.figures.measures import measure
from generator.figures.palette import Palette
from generator.figures.panels import gather, visible_area
from generator.figures.points import locate
from generator.figures.pose import CheckName
from generator.figures.props import Mat
from generator.figures.rotations import Array
from generator.figures.skeleton import Skeleton
from generator.figures.solids import boxes
from generator.figures.solve import TOLERANCE
from generator.figures.solved import SolvedPanel, SolvedPose
from generator.figures.solved_skeleton import panel_skeleton
from generator.figures.surfaces import Plane, Round, surfaces
from generator.figures.sweep import Sweep
from generator.values import dataclass

LIMIT_SLACK: Final = 1.0
FROM_NOTES: Final = 10.0
"""How far an angle may be from what the exercise's notes ask for, in degrees."""
FLOOR: Final = -0.012
INSIDE_PROP: Final = 0.012
OFF_BALANCE: Final = 0.04
ARROW_CLEAR: Final = 0.012
HIGHLIGHT_AREA: Final = 4.0
"""Square points on a card."""
SHORTENED: Final = 0.5
CARD: Final = (166.0, 108.0)
_FOOT_EDGE: Final = ("heel", "toe_tip", "foot_edge", "foot_inner", "ball_outer", "ball_inner")
_STANDS_ON: Final = 0.012


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that a picture does not pass. measured and limit: in the unit that `detail` names."""

    check: CheckName
    panel: PanelName
    measured: float
    limit: float
    detail: str
    severity: Literal["fail", "warn"] = "fail"

    def __str__(self) -> str:
        return (
            f"{self.severity} {self.check} ({self.panel}): {self.detail}: {self.measured:.2f}, limit {self.limit:.2f}"
        )


def check(solved: SolvedPose) -> tuple[Finding, ...]:
    """All findings of a solved pose, without those that its author waived."""
    found = [finding for finding in _every(solved) if finding.check not in solved.pose.waive]
    return tuple(found)


def _every(solved: SolvedPose) -> Iterator[Finding]:
    for name, panel in zip(solved.pose.panels, solved.panels, strict=True):
        skeleton = panel_skeleton(panel)
        yield from residual(solved, name, skeleton)
        yield from limits(name, panel)
        yield from angles(solved, name, panel)
        yield from floor(name, skeleton)
        yield from through_prop(solved, name, skeleton)
        yield from balance(solved, name, skeleton)
        yield from arrow(solved, name, skeleton)
    yield from highlight(solved)
    yield from foreshortening(solved)


def residual(solved: SolvedPose, name: PanelName, skeleton: Skeleton) -> Iterator[Finding]:
    """Contacts that are missed (cm); `moved` for points that should stay where they were."""
    start = panel_skeleton(solved.panels[0]) if name == "end" else None
    for demand in demands(solved.pose, solved.pose.panel(name).contacts or (), start):
        miss = demand.miss(skeleton)
        kind: CheckName = "moved" if demand.label.endswith("in the start") else "residual"
        if miss * min(1.0, demand.weight) > TOLERANCE:
            yield Finding(kind, name, centimeters(miss), centimeters(TOLERANCE), f"{demand.label}, cm")


def limits(name: PanelName, panel: SolvedPanel) -> Iterator[Finding]:
    """Angles beyond what a joint can do (degrees)."""
    for key, value, (low, high) in zip(body.ANGLES, panel.angles, body.LIMITS, strict=True):
        if not low - LIMIT_SLACK <= value <= high + LIMIT_SLACK:
            yield Finding("limits", name, value, low if value < low else high, f"{key}, degrees")


def angles(solved: SolvedPose, name: PanelName, panel: SolvedPanel) -> Iterator[Finding]:
    """Angles that are not what the notes ask for (degrees off), unless the pose says why they cannot be."""
    asked = solved.pose.asked
    for key, wanted in asked.angles(name).items():
        off = abs(measure(panel, key) - wanted)
        if off > FROM_NOTES and not asked.stands_apart(name, key):
            detail = f"{key} is {measure(panel, key):.0f}, the notes ask for {wanted:.0f}; degrees off"
            yield Finding("angles", name, off, FROM_NOTES, detail)


def _skin(sweep: Sweep) -> Array:
    """Points (n, 3) on the skin of a sweep's slices, eight to a slice."""
    t = np.arange(8) * (np.pi / 4)
    around = sweep.fronts[:, None] * np.cos(t)[None, :, None] + sweep.lefts[:, None] * np.sin(t)[None, :, None]
    return np.asarray((sweep.centers[:, None] + around).reshape(-1, 3))


def _body_skin(skeleton: Skeleton) -> dict[str, Array]:
    """Points on the skin of every part, by segment."""
    found = {name: _skin(sweep) for name, sweep in body_sweeps(Camera(0, 0), skeleton).items()}
    clusters: list[tuple[str, tuple[body.Ball, ...]]] = [("head", (body.Ball(0.004, 0.0, 0.052, 0.050),))]
    for side in body.SIDES:
        clusters += [(f"foot_{side}", body.SOLE_REAR), (f"toes_{side}", body.SOLE_TOES)]
        clusters += [(f"hand_{side}", body.PALM), (f"fingers_{side}", body.FINGERS)]
    directions = np.concatenate((np.eye(3), -np.eye(3)))
    for segment, balls in clusters:
        k = body.SIDES.get(segment[-1], 1.0) if segment != "head" else 1.0
        table = np.array(balls) * (1.0, k, 1.0, 1.0)
        centers = skeleton.joints[segment][0] + table[:, :3] @ skeleton.turns[segment][0].T
        found[segment] = (centers[:, None] + directions[None] * table[:, None, 3:]).reshape(-1, 3)
    return found


def floor(name: PanelName, skeleton: Skeleton) -> Iterator[Finding]:
    """Parts of the body below the floor (cm)."""
    for segment, places in _body_skin(skeleton).items():
        lowest = float(places[:, 2].min())
        if lowest < FLOOR:
            yield Finding("floor", name, centimeters(lowest), centimeters(FLOOR), f"{segment} below the floor, cm")


def through_prop(solved: SolvedPose, name: PanelName, skeleton: Skeleton) -> Iterator[Finding]:
    """Parts of the body inside a step, bench, chair, wall or roller (cm)."""
    skin = _body_skin(skeleton)
    start = panel_skeleton(solved.panels[0])
    for prop in solved.pose.props:
        if prop.only not in (None, name) or isinstance(prop, Mat):
            continue
        place = getattr(prop, "at", None)
        solids = boxes(prop, locate(start, place)[0] if isinstance(place, str) else None)
        surface = surfaces([prop]).get(prop.key)
        for segment, places in skin.items():
            deep = max((float(box.depth_inside(places).max()) for box in solids), default=0.0)
            if isinstance(surface, Round):
                deep = max(deep, -float(surface.distance(places).min()))
            if deep > INSIDE_PROP:
                detail = f"{segment} inside the {prop.key}, cm"
                yield Finding("through_prop", name, centimeters(deep), centimeters(INSIDE_PROP), detail)


def balance(solved: SolvedPose, name: PanelName, skeleton: Skeleton) -> Iterator[Finding]:
    """A standing figure's center of mass beyond its feet (cm), unless it leans or sits on something else."""
    if solved.panel(name).posture != "standing" or _leans(solved, name):
        return
    known = surfaces(solved.pose.props).values()
    heights = [surface.offset for surface in known if isinstance(surface, Plane) and surface.normal[2] == 1.0]
    ground = []
    for side in body.SIDES:
        edge = np.array([locate(skeleton, f"{point}_{side}")[0] for point in _FOOT_EDGE])
        low = min(float(locate(skeleton, f"{point}_{side}")[0, 2]) for point in ("heel", "ball", "toe"))
        if any(abs(low - height) < _STANDS_ON for height in heights):
            ground.append(edge[:, :2])
    if not ground:
        return
    away = _outside_hull(locate(skeleton, CENTER_OF_MASS)[0, :2], np.concatenate(ground))
    if away > OFF_BALANCE:
        detail = "center of mass beyond the standing feet, cm"
        yield Finding("balance", name, centimeters(away), centimeters(OFF_BALANCE), detail, "warn")


def _leans(solved: SolvedPose, name: PanelName) -> bool:
    """Whether anything but feet and fingertips touches a prop."""
    for contact in solved.pose.panel(name).contacts or ():
        if contact.point == CENTER_OF_MASS or contact.point.startswith("fingertip"):
            continue
        rests = contact.touch or contact.same or (contact.to and "." in contact.to)
        if rests and not find_point(expand(contact.point)[0]).segment.startswith(("foot", "toes")):
            return True
    return False


def _outside_hull(point: Array, corners: Array) -> float:
    """How far a point on the floor lies outside the convex hull of corners; 0 inside."""
    angles = np.arange(72) * (2 * np.pi / 72)
    compass = np.stack((np.cos(angles), np.sin(angles)), axis=1)
    return max(0.0, float((compass @ point - (corners @ compass.T).max(axis=0)).max()))


def arrow(solved: SolvedPose, name: PanelName, skeleton: Skeleton) -> Iterator[Finding]:
    """Arrows that touch the body (cm)."""
    obstacles = Obstacles(Camera(solved.pose.view.azimuth, solved.pose.view.elevation), skeleton)
    for one, way in zip(solved.pose.arrow, solved.arrows, strict=True):
        if one.panel == name or len(solved.panels) == 1:
            clear = float(obstacles.clearance(np.array(way)).min())
            if clear < ARROW_CLEAR:
                detail = f"arrow at {one.point} from the body, cm"
                yield Finding("arrow", name, centimeters(clear), centimeters(ARROW_CLEAR), detail)


def highlight(solved: SolvedPose) -> Iterator[Finding]:
    """Worked muscles that hardly show on a card (square points)."""
    (panel,) = gather(solved, ("end",), Palette(), mirrored=False)
    scale = card_scale(solved, *CARD)
    for muscle in solved.pose.highlight:
        area = visible_area(panel, muscle) * scale * scale
        if area < HIGHLIGHT_AREA:
            yield Finding("highlight", solved.pose.panels[-1], area, HIGHLIGHT_AREA, f"{muscle} seen, square points")


def foreshortening(solved: SolvedPose) -> Iterator[Finding]:
    """A working limb that points at the viewer (projected to true length)."""
    camera = Camera(solved.pose.view.azimuth, solved.pose.view.elevation)
    sweeps = body_sweeps(camera, panel_skeleton(solved.panels[-1]))
    for one in solved.pose.arrow:
        segment = find_point(expand(one.point)[0]).segment
        side = segment[-1]
        if segment.startswith(("foot", "toes", "shank", "thigh")):
            working = (f"thigh_{side}", f"shank_{side}")
        elif segment.startswith(("hand", "fingers", "forearm", "upper_arm")):
            working = (f"upper_arm_{side}", f"forearm_{side}")
        else:
            continue
        for name in working:
            if sweeps[name].ratio < SHORTENED:
                detail = f"{name} points at the viewer"
                yield Finding("foreshortening", solved.pose.panels[-1], sweeps[name].ratio, SHORTENED, detail, "warn")
