"""Findings about shared content that are kept on this computer from run to run."""

from __future__ import annotations

from typing import Final

from generator.load.kept import KeptTexts

MADE_BY: Final = (
    *("generator", "generator.checks", "generator.figures", "generator.models"),
    *("generator.layout", "generator.write"),
)
"""Packages whose code judges content, the last two as the fonts and codes that it prints with."""
MOST: Final = 64


def kept_findings() -> KeptTexts:
    """Findings of the user's cache folder, for the code that judges as it is now."""
    return KeptTexts.of_user("findings", *MADE_BY, most=MOST)
