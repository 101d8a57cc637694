"""One hash of all shared content, so that a pack knows when what it was made from has changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

LEFT_OUT = (
    *("handouts/plans/", "handouts/reviews.yaml", "handouts/silenced.yaml", "handouts/scores.json"),
    "handouts/language/mail.",
)
"""What prints on no page."""


def content_hash(content: Path) -> str:
    """SHA-256 of every file of the content folder, with its path; what prints nowhere apart."""
    whole = hashlib.sha256()
    for part in ("handouts", "layouts"):
        for path in sorted((content / part).rglob("*")):
            name = path.relative_to(content).as_posix()
            if path.is_file() and not name.startswith(LEFT_OUT):
                whole.update(name.encode("utf-8") + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
