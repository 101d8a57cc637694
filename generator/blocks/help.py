"""When to get help: the signs by their urgency, on a page of their own and as a strip on other sheets."""

from __future__ import annotations

from typing import Literal

from generator.blocks.text import Text
from generator.values import dataclass

Urgency = Literal["emergency", "same-day", "same-week"]


@dataclass(frozen=True, slots=True)
class HelpStrip:
    """The "Get help now" strip of page one. page_line: template with {page}."""

    heading: str
    page_line: str
    number: str
    signs: tuple[str, ...]
    icon: str


@dataclass(frozen=True, slots=True)
class HelpGroup:
    """Warning signs of one urgency.

    number: in the octagon of the emergency group. phone: "" for the emergency group.
    """

    urgency: Urgency
    word: str
    signs: tuple[Text, ...]
    icon: str
    number: str = ""
    phone: str = ""
    phone_link: str = ""


@dataclass(frozen=True, slots=True)
class HelpBlock:
    """The full "When to get help" list, by urgency; never split within a group. continued: template with {page}."""

    title: str
    lead: Text
    groups: tuple[HelpGroup, ...]
    end: Text
    end_link: str
    continued: str
