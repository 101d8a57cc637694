"""A clinic's own pictures of exercises, read from beside the exercise files."""

from __future__ import annotations

from pathlib import Path

from generator.blocks import OwnPicture
from generator.load.picture_files import KINDS
from generator.models.library import Library


def own_pictures(library: Library) -> dict[str, OwnPicture]:
    """The own picture of each exercise that names one; loading the library has looked at the files."""
    found = {}
    for id, exercise in library.exercises.items():
        if exercise.picture is not None:
            file = Path(library.files["exercise", id, exercise.picture.file])
            kind = KINDS[file.suffix.lower()]
            found[id] = OwnPicture(file.read_bytes(), kind, exercise.picture.alt, exercise.picture.attribution or "")
    return found
