"""The safety questions, to be answered with a pen."""

from __future__ import annotations

from generator.blocks.text import Text
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class QuestionTable:
    """Questions with a box to tick for each answer. alarming: a yes stops everything; icon is its sign in words."""

    heading: str
    answers: tuple[str, ...]
    questions: tuple[str, ...]
    alarming: bool = False
    icon: str = ""


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """The safety questions for the clipboard. lines: captions under writing lines, the patient's name first."""

    title: str
    lead: Text
    lines: tuple[str, ...]
    tables: tuple[QuestionTable, ...]
