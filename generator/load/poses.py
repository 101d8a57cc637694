"""Solved poses that are kept with the content: no pack waits for the solver, and every machine draws the same.

`handouts/exercises/solved/<id>.json` holds what the solver made of an exercise's pose. A file that does not belong to
the pose as it is now written is not used: the pose is then solved on the spot, and `handouts poses` keeps it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.errors import ContentError, HandoutsError
from generator.figures.solved import SolvedPose, source_hash
from generator.models.library import Library

FOLDER = Path("handouts") / "exercises" / "solved"


class Poses(Mapping[str, SolvedPose]):
    """Solved pose of each exercise that has one, read or solved when it is first asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._folder = Path(library.root) / FOLDER
        self._ids = tuple(id for id, exercise in library.exercises.items() if exercise.pose is not None)
        self._known: dict[str, SolvedPose] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, id: object) -> bool:
        return id in self._ids

    def __getitem__(self, id: str) -> SolvedPose:
        """Raises KeyError for an exercise without a pose, ContentError for a pose that cannot be solved."""
        if id not in self._ids:
            raise KeyError(id)
        if id not in self._known:
            self._known[id] = self.kept(id) or self.solved(id)
        return self._known[id]

    def kept(self, id: str) -> SolvedPose | None:
        """What is kept for an exercise, None if there is nothing or it belongs to another pose."""
        file, pose = self._folder / f"{id}.json", self._library.exercises[id].pose
        if pose is None or not file.is_file():
            return None
        try:
            found = SolvedPose.from_json(file.read_text("utf-8"), pose)
        except (HandoutsError, ValueError, KeyError, TypeError):
            return None
        return found if found.source == source_hash(pose) else None

    def solved(self, id: str, *, strict: bool = True) -> SolvedPose:
        """The pose as the solver finishes it; strict=False also where it misses its contacts.

        Raises ContentError: exercise, panel, contact and how far it is off.
        """
        pose = self._library.exercises[id].pose
        if pose is None:
            raise ContentError(f'The exercise "{id}" has no pose.')
        # Poses are nearly always kept; the solver would load numpy.
        from generator.figures.solve import solve  # noqa: PLC0415

        return solve(pose, id, strict=strict, place=self._library.place_of("exercise", id, "pose"))

    def keep(self, id: str) -> bool:
        """Writes what the solver makes of an exercise's pose; False if that is kept already."""
        if self.kept(id) is not None:
            return False
        self._folder.mkdir(parents=True, exist_ok=True)
        self._known[id] = self.solved(id)
        (self._folder / f"{id}.json").write_text(self._known[id].to_json() + "\n", "utf-8", newline="\n")
        return True
