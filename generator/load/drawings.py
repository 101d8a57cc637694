"""Drawn pictures that are kept on this computer from run to run: what was drawn once is only read.

Nothing of a patient is in them: a picture is an exercise's pose in a frame, before and after it gets the colors of a
brand and of one of the people who are drawn.
"""

from __future__ import annotations

from generator.load.kept import KeptTexts


def kept_drawings() -> KeptTexts:
    """Pictures of the user's cache folder, for the code that draws as it is now."""
    return KeptTexts.of_user("drawings", "generator.figures", "generator.layout")
