"""Commented files to start from, one for each kind of content and one for rosters; they load as they are."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date
from pathlib import Path, PurePosixPath
from string import Template
from typing import Literal, get_args

from generator.errors import UsageError

StartingKind = Literal["handout", "exercise", "program", "plan", "brand", "roster"]
MAX_NAME = 60
PLACES: dict[StartingKind, str] = {
    "handout": "handouts/topics/{id}.yaml",
    "exercise": "handouts/exercises/{id}.yaml",
    "program": "handouts/programs/{id}.yaml",
    "plan": "handouts/plans/{id}.yaml",
    "brand": "layouts/brands/{id}/brand.yaml",
    "roster": "{id}.csv",
}


def starting_id(name: str) -> str:
    """An id made of a name: lower case, words joined by hyphens. Raises UsageError if no letter or digit is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    id = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MAX_NAME].strip("-")
    if not id:
        raise UsageError("The name holds no letter of a to z and no digit.", hint="Give a name such as wall-slide.")
    return id


def starting_path(kind: StartingKind, name: str) -> PurePosixPath:
    """Where the file belongs, relative to the content folder."""
    return PurePosixPath(PLACES[kind].format(id=starting_id(name)))


def starting_file(kind: StartingKind, name: str, *, today: date) -> str:
    """The text of a starting file. name: what it is called. today: date of a plan. Raises UsageError."""
    if kind not in get_args(StartingKind):
        raise UsageError(f'There is no starting file for "{kind}".', hint=f"Known: {', '.join(PLACES)}.")
    title = " ".join(name.split())
    if len(title) > MAX_NAME or any(not character.isprintable() for character in title):
        raise UsageError(f"The name must be one line of at most {MAX_NAME} characters.")
    template = f"{kind}{PurePosixPath(PLACES[kind]).suffix}"
    text = (Path(__file__).parent / "starting" / template).read_text(encoding="utf-8")
    quoted = json.dumps(title, ensure_ascii=False)
    return Template(text).substitute(id=starting_id(name), name=quoted, today=today.isoformat())
