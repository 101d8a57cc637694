"""The cover: whose plan it is, why, the plan at a glance, whom to reach; or, in place of a plan, what to do now."""

from __future__ import annotations

from typing import Literal

from generator.blocks.help import Urgency
from generator.blocks.text import Text
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class CoverTitle:
    """ "Maya, here is your plan" and the line below it."""

    title: Text
    lead: Text


@dataclass(frozen=True, slots=True)
class Fact:
    """A cell of the facts row.

    small: a second line in small type, such as the second identifier, or None. brief: the value in fewer words, for
    where only these fit on a line.
    """

    label: str
    value: Text
    small: Text | None = None
    brief: Text | None = None


@dataclass(frozen=True, slots=True)
class FactsRow:
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class WhyAndGoals:
    """Either part drops when its texts are empty."""

    why_heading: str
    why: Text
    goals_heading: str
    goals: tuple[Text, ...]
    goal_icon: str


@dataclass(frozen=True, slots=True)
class PlanNotes:
    """The clinician's own words for the whole plan."""

    heading: str
    notes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """number: as on the card. dose: "2 × 8". often: "3 days a week"."""

    number: int
    exercise: str
    name: str
    role: str
    dose: str
    often: str


@dataclass(frozen=True, slots=True)
class PlanTable:
    """The plan at a glance: one row an exercise; the layout adds the page where its card stands."""

    heading: str
    dose_label: str
    often_label: str
    page_label: str
    rows: tuple[PlanRow, ...]


@dataclass(frozen=True, slots=True)
class ContactColumn:
    """lines: each a passage; link: target of the line with that index, such as tel:+19075550142 or https://..."""

    heading: str
    lines: tuple[Text, ...]
    links: tuple[tuple[int, str], ...] = ()

    @property
    def personal(self) -> bool:
        """Whether any of it was typed for one patient."""
        return any(line.personal for line in self.lines)


@dataclass(frozen=True, slots=True)
class Contact:
    """The closing row of the cover. code: target of the QR code beside the last column, "" for none."""

    columns: tuple[ContactColumn, ...]
    code: str = ""
    code_alt: str = ""


@dataclass(frozen=True, slots=True)
class SignOff:
    """Draft, signed or overdue. text: "Draft, not signed off by a clinician" or "Reviewed Nov 2026 by ..."."""

    state: Literal["draft", "signed", "overdue"]
    text: Text
    icon: str


@dataclass(frozen=True, slots=True)
class ActionBox:
    """The box of a help-only cover: what the patient said and what to do."""

    urgency: Urgency
    word: str
    phone: str
    phone_link: str
    told: tuple[tuple[str, tuple[str, ...]], ...]
    do_label: str
    do: tuple[str, ...]
    icon: str


@dataclass(frozen=True, slots=True)
class HandBack:
    """The form for the person who checks a patient.

    boxes: words beside tick boxes, which box_word stands for; lines: captions under writing lines.
    """

    heading: Text
    boxes: tuple[str, ...]
    box_word: str
    lines: tuple[str, ...]
