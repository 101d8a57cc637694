"""Which picture an exercise gets: the clinic's own, else the drawn one for the prescribed side, with its words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from generator.blocks import DrawnPicture, OwnPicture, Picture
from generator.figures.picture import Keeper
from generator.figures.solved import SolvedPose
from generator.models.selection import Kept
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Pictures:
    """poses: solved pose by exercise. own: a clinic's own pictures by exercise. words: the language's for pictures.
    keeper: where alternative texts are kept between runs, None for nowhere.

    Alternative texts are told once a run: to describe a pose costs more than to place its picture.
    """

    poses: Mapping[str, SolvedPose] = field(default_factory=dict)
    own: Mapping[str, OwnPicture] = field(default_factory=dict)
    words: Mapping[str, Any] = field(default_factory=dict)
    keeper: Keeper | None = None
    _texts: dict[tuple[str, bool], str] = field(default_factory=dict, compare=False)

    def of(self, kept: Kept, person: int) -> Picture | None:
        """The picture of a prescribed exercise, mirrored where the plan says the other side than is drawn."""
        exercise = kept.exercise
        if exercise.id in self.own:
            return self.own[exercise.id]
        solved = self.poses.get(exercise.id)
        if solved is None:
            return None
        drawn, side = exercise.drawn_side, kept.prescribed.side
        mirrored = drawn is not None and side in ("left", "right") and side != drawn
        return DrawnPicture(solved, self._text(exercise.id, solved, mirrored=mirrored), mirrored, person)

    def _text(self, id: str, solved: SolvedPose, *, mirrored: bool) -> str:
        key = (id, mirrored)
        if key not in self._texts:
            self._texts[key] = self._kept(solved, mirrored=mirrored)
        return self._texts[key]

    def _kept(self, solved: SolvedPose, *, mirrored: bool) -> str:
        what = json.dumps([solved.content_hash, self.words, mirrored], sort_keys=True)
        key = "text-" + hashlib.sha256(what.encode("utf-8")).hexdigest()
        kept = self.keeper.get(key) if self.keeper is not None else None
        if kept is not None:
            return kept
        # To describe a pose loads numpy; most runs find the text kept.
        from generator.figures.alt_text import describe  # noqa: PLC0415

        text = describe(solved, self.words, mirrored=mirrored)
        if self.keeper is not None:
            self.keeper.put(key, text)
        return text
