"""What is merged: an input with the words that a user has for it, and where it goes. To name it needs no parser."""

from __future__ import annotations

from generator.merge.original import Original
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One input. name: the file as the user knows it. describes: a person's words for a file without tags, which become
    the alternative text of its pages; a tagged file speaks for itself. title: of its bookmark; "" takes the file's own.
    """

    original: Original
    name: str
    describes: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Insert:
    """A part and after how many of the host's pages it comes: 0 puts it first."""

    part: Part
    after_page: int
