"""A clinic's own pictures of exercises, read from beside the exercise files."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from generator.blocks import OwnPicture
from generator.errors import ContentError
from generator.models.library import Library

LARGEST_FILE = 5_000_000  # bytes; a picture of a card needs far less
KINDS: dict[str, Literal["svg", "png", "jpeg"]] = {".svg": "svg", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}


def own_pictures(library: Library) -> dict[str, OwnPicture]:
    """The own picture of each exercise that names one. Raises ContentError for a file that cannot be one."""
    found = {}
    for id, exercise in library.exercises.items():
        if exercise.picture is None:
            continue
        place = library.place_of("exercise", id, "picture", "file")
        path = Path(library.files["exercise", id, exercise.picture.file])
        kind = KINDS.get(path.suffix.lower())
        if kind is None:
            raise ContentError("This picture is of no known kind.", hint="Use SVG, PNG or JPEG.", place=place)
        data = path.read_bytes()
        if len(data) > LARGEST_FILE:
            hint = f"Save it smaller: {LARGEST_FILE // 1_000_000} MB are plenty."
            raise ContentError("This picture is too large a file.", hint=hint, place=place)
        found[id] = OwnPicture(data, kind, exercise.picture.alt, exercise.picture.attribution or "")
    return found
