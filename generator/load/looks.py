"""Fonts and art that are kept on this computer as they were read: measures and cut programs of font files, and the
strokes of SVG files. All of it comes from files of the content folder; nothing of a patient is in it.
"""

from __future__ import annotations

from typing import Final

from generator.load.kept import KeptTexts

MADE_BY: Final = ("generator.layout", "svgelements")
"""Packages that read such files; the version of ReportLab is part of what it reads."""
MOST: Final = 500
"""Texts that are kept: a brand has about fifty."""


def kept_looks() -> KeptTexts:
    """What was read of fonts and art, in the user's cache folder, for the code that reads them as it is now."""
    return KeptTexts.of_user("looks", *MADE_BY, most=MOST)
