"""The picture in words: alternative text from the solved pose, good enough to do the exercise from.

All words come from the language file's section `figures`; this module only decides what is worth saying: the posture
and props, the joints that are bent in picture 1 and what hands and feet rest on, the largest changes to picture 2, the
arrows, and the worked muscles. Angles are rounded to 5 degrees.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np

from generator.figures import body
from generator.figures.measures import trunk_lean
from generator.figures.points import locate
from generator.figures.pose import Contact
from generator.figures.props import prop_types
from generator.figures.rotations import Array
from generator.figures.solved import SolvedPanel, SolvedPose
from generator.figures.solved_skeleton import panel_skeleton

_WORTH_SAYING: Final = 12.0
"""Smallest angle, or change of an angle, in degrees."""
_LEAN_CHANGE: Final = 8.0
_TILT: Final = 5.0
_MOST_CHANGES: Final = 5
_LIFT: Final = 0.03
"""Smallest change of the hips' height worth saying, in fractions of stature (5 cm)."""
_LEGS: Final = ("hip.flexion", "hip.abduction", "hip.rotation", "knee.flexion")
_ARMS: Final = ("shoulder.flexion", "shoulder.abduction", "elbow.flexion")
_CHANGES: Final = (*_LEGS, "ankle.dorsiflexion", "ankle.inversion", "foot.turn", *_ARMS, "shoulder.rotation")
_TRUNK: Final = ("trunk.flexion", "trunk.side_bend", "trunk.rotation")
_UPRIGHT: Final = ("standing", "seated", "kneeling")
_HANDS: Final = ("palm", "palm_thumb", "palm_little", "handflat", "hand", "hand_back", "grip", "wrist")
_FEET: Final = ("foot", "foot_flat", "heel", "toes", "ball", "foot_edge", "foot_inner")


def describe(solved: SolvedPose, words: Mapping[str, Any], *, mirrored: bool = False) -> str:
    """Alternative text of a picture. words: the language file's section `figures`. mirrored: for the other side."""
    return _Writer(solved, words, mirrored=mirrored).text()


class _Writer:
    def __init__(self, solved: SolvedPose, words: Mapping[str, Any], *, mirrored: bool) -> None:
        self.solved, self.words, self.mirrored = solved, words, mirrored

    def text(self) -> str:
        say, alt, panels = self.words["sentences"], self.solved.pose.alt, self.solved.panels
        sentences = [self._opening()]
        state = self._state(panels[0])
        names = {"left": self._side("l"), "right": self._side("r")}
        if len(panels) == 1:
            sentences.append(alt.start.format(**names) if alt and alt.start else say["only"].format(state=state))
        else:
            sentences.append(alt.start.format(**names) if alt and alt.start else say["first"].format(state=state))
            second = say["second"].format(changes=self._changes(panels[0], panels[-1]))
            sentences.append(alt.end.format(**names) if alt and alt.end else second)
        sentences += self._arrows()
        if self.solved.pose.highlight:
            sentences.append(say["worked"].format(muscles=self._join(self._muscles())))
        return " ".join(sentence[:1].upper() + sentence[1:] for sentence in sentences)

    # ------------------------------------------------------------------------------------------------- small words

    def _side(self, side: str) -> str:
        """The word for a body side, swapped in a mirrored picture."""
        shown = {"l": "r", "r": "l"}[side] if self.mirrored else side
        return str(self.words["sides"][shown])

    def _join(self, phrases: Iterable[str]) -> str:
        unique = list(dict.fromkeys(phrases))
        joint = self.words["list"]
        head, tail = unique[:-1], unique[-1:]
        return str(joint["and"]).join([*([str(joint["comma"]).join(head)] if head else []), *tail])

    def _part(self, name: str, sides: str) -> str:
        one, both = self.words["parts"][name]
        return str(both) if len(sides) == 2 else str(one).format(side=self._side(sides))

    def _opening(self) -> str:
        posture = self.solved.panels[0].posture
        if self.mirrored and posture.startswith("side_lying"):
            posture = {"side_lying_left": "side_lying_right"}.get(posture, "side_lying_left")
        named = str(self.words["postures"][posture])
        props = [str(self.words["props"][prop.type]) for prop in self.solved.pose.props]
        say = self.words["sentences"]
        if not props:
            return str(say["opening"].format(posture=named))
        return str(say["opening_with_props"].format(posture=named, props=self._join(props)))

    def _muscles(self) -> list[str]:
        found = []
        for name in self.solved.pose.highlight:
            base, _, side = name.rpartition("_")
            if name in body.MIDLINE_MUSCLES:
                base, side = name, "l"
            found.append(str(self.words["muscles"][base]).format(side=self._side(side)))
        return found

    # ------------------------------------------------------------------------------------------------------ states

    def _state(self, panel: SolvedPanel) -> str:
        resting, hands = self._resting()
        phrases = []
        lean = trunk_lean(panel)
        if panel.posture in _UPRIGHT and abs(lean) >= _WORTH_SAYING:
            phrases.append(self._body("lean", lean))
        phrases += [self._body(name, panel.angle(name)) for name in _TRUNK if abs(panel.angle(name)) >= _WORTH_SAYING]
        phrases += self._tilt(panel, None)
        shown = {name: _both_sides(panel, name) for name in (*_LEGS, *_ARMS)}
        for name, angles in shown.items():
            worth = {
                side: value
                for side, value in angles.items()
                if abs(value) >= _WORTH_SAYING and not (name in _ARMS and side in hands)
            }
            phrases += self._motion(name, worth)
        return self._join(phrases + resting) or str(self.words["sentences"]["neutral"])

    def _motion(self, name: str, values: Mapping[str, float]) -> list[str]:
        """Words for an angle of one or both sides; both together when they are alike."""
        if len(values) == 2 and abs(_round(values["l"]) - _round(values["r"])) < 5:
            return [self._motion_of(name, "lr", (values["l"] + values["r"]) / 2)]
        return [self._motion_of(name, side, value) for side, value in values.items()]

    def _motion_of(self, name: str, sides: str, value: float) -> str:
        part, more, less, zero = self.words["motions"][name]
        template = zero if _round(value) == 0 else more if value > 0 or not less else less
        return str(template).format(part=self._part(part, sides), degrees=abs(_round(value)))

    def _body(self, name: str, value: float) -> str:
        sided = f"{name}.mirrored"
        more, less, zero = self.words["body"][sided if self.mirrored and sided in self.words["body"] else name]
        return str(zero if _round(value) == 0 else more if value > 0 else less).format(degrees=abs(_round(value)))

    def _tilt(self, panel: SolvedPanel, before: SolvedPanel | None) -> list[str]:
        """Which side of a standing figure's pelvis is lower, if one clearly is."""
        if panel.posture not in _UPRIGHT:
            return []
        tilt = panel.angle("root.roll")
        said = abs(tilt) >= _TILT
        if before is not None:
            said = abs(tilt - before.angle("root.roll")) >= _TILT
        return [self._body("tilt", tilt if abs(tilt) >= 3 else 0.0)] if said else []

    def _resting(self) -> tuple[list[str], set[str]]:
        """What hands, feet and head rest on in picture 1, and the sides whose hand does."""
        places: dict[tuple[str, str], str] = {}
        types = prop_types(self.solved.pose.props)
        upright = self.solved.panels[0].posture == "standing"
        for contact in self.solved.pose.panel("start").contacts or ():
            base, _, side = contact.point.rpartition("_")
            part = _rested_part(base, contact)
            place = self._place(contact, types)
            if part is None or place is None or (part == "foot" and upright and contact.touch in ("floor", "mat")):
                continue
            places.setdefault((part, side), place)
        phrases = []
        for part in ("head", "forearm", "hand", "fingertips", "foot"):
            by_place: dict[str, str] = {}
            for side in body.SIDES:
                if (part, side) in places:
                    by_place[places[part, side]] = by_place.get(places[part, side], "") + side
            phrases += [f"{self._part(part, sides)} {place}" for place, sides in by_place.items()]
        return phrases, {side for part, side in places if part in ("hand", "fingertips", "forearm")}

    def _place(self, contact: Contact, types: Mapping[str, str]) -> str | None:
        target = contact.touch or contact.to
        if target is None:
            return None
        prop, _, spot = target.partition(".")
        key = types.get(prop, prop)
        if key == "chair" and spot.startswith("back"):
            key = "chair_back"
        found = self.words["places"].get(key) or self.words["places"].get(target.rpartition("_")[0])
        return str(found) if found else None

    # ----------------------------------------------------------------------------------------------------- changes

    def _changes(self, first: SolvedPanel, last: SolvedPanel) -> str:
        found: list[tuple[float, str]] = []
        if first.posture != last.posture:
            found.append((1000.0, str(self.words["postures"][last.posture]).lower()))
        rise = last.root[2] - first.root[2]
        if abs(rise) >= _LIFT:
            found.append((900.0, str(self.words["body"]["height"][0 if rise > 0 else 1])))
        if last.posture in _UPRIGHT and abs(trunk_lean(last) - trunk_lean(first)) >= _LEAN_CHANGE:
            found.append((abs(trunk_lean(last) - trunk_lean(first)), self._body("lean", trunk_lean(last))))
        for name in _TRUNK:
            change = abs(last.angle(name) - first.angle(name))
            if change >= _WORTH_SAYING:
                found.append((change, self._body(name, last.angle(name))))
        found += [(500.0, phrase) for phrase in self._tilt(last, first)]
        for name in _CHANGES:
            before, after = _both_sides(first, name), _both_sides(last, name)
            moved = {side: value for side, value in after.items() if abs(value - before[side]) >= _WORTH_SAYING}
            size = max((abs(after[side] - before[side]) for side in moved), default=0.0)
            found += [(size, phrase) for phrase in self._motion(name, moved)]
        ranked = sorted(found, key=lambda one: -one[0])[:_MOST_CHANGES]
        return self._join(phrase for _, phrase in ranked) or str(self.words["sentences"]["same"])

    # ------------------------------------------------------------------------------------------------------ arrows

    def _arrows(self) -> list[str]:
        found = []
        for arrow in self.solved.pose.arrow:
            base, _, side = arrow.point.partition("@")[0].rpartition("_")
            name = base if side in body.SIDES else arrow.point
            point = str(self.words["points"].get(name, self.words["points"]["body"]))
            heading = np.array(arrow.direction) if arrow.direction else self._heading(arrow.point)
            template = self.words["sentences"]["arrow_both" if arrow.both else "arrow"]
            named = point.format(side=self._side(side)) if side in body.SIDES else point
            found.append(str(template).format(point=named, direction=self._direction(heading)))
        return found

    def _heading(self, point: str) -> Array:
        first, last = (panel_skeleton(panel) for panel in (self.solved.panels[0], self.solved.panels[-1]))
        return np.asarray(locate(last, point)[0] - locate(first, point)[0])

    def _direction(self, heading: Array) -> str:
        """Up or down where that leads, else as the body itself would say it."""
        turn = panel_skeleton(self.solved.panels[0]).turns["pelvis"][0]
        flat = {name: float(heading @ turn[:, axis]) for axis, name in enumerate(("ahead", "left", "head"))}
        name = max(flat, key=lambda key: abs(flat[key]))
        if abs(float(heading[2])) >= 0.6 * abs(flat[name]):
            return str(self.words["directions"]["up" if heading[2] > 0 else "down"])
        if flat[name] < 0:
            name = {"ahead": "behind", "left": "right", "head": "feet"}[name]
        if self.mirrored:
            name = {"left": "right", "right": "left"}.get(name, name)
        return str(self.words["directions"][name])


def _round(value: float) -> int:
    return 5 * round(value / 5)


def _both_sides(panel: SolvedPanel, name: str) -> dict[str, float]:
    joint, _, motion = name.partition(".")
    return {side: panel.angle(f"{joint}_{side}.{motion}") for side in body.SIDES}


def _rested_part(base: str, contact: Contact) -> str | None:
    """Which part rests, by the point that a contact names."""
    if base in _HANDS:
        return "hand"
    if base == "fingertip":
        return "fingertips"
    if base in ("forearm", "elbow"):
        return "forearm"
    if base in _FEET and contact.touch:
        return "foot"
    if base in ("head_side", "ear") or contact.point == "head_back":
        return "head"
    return None
