"""Language codes: which are valid, and which one a file speaks (BCP 47 by shape; ISO 14289-1 rule 7.2-29)."""

from __future__ import annotations

import re

_SHAPE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def valid_language(code: str) -> bool:
    """Whether a code has the shape of a language tag: "en", "es-US"."""
    return _SHAPE.fullmatch(code) is not None
