"""Kinds of values that many content files share, each with its limit.

Content arrives as text (see `source`): these types turn it into numbers, dates and ranges, and refuse what is not one.
No error that they raise quotes a value, since a value may be a patient's.

Modules of models do without `from __future__ import annotations`: it makes texts of the kinds of all fields, which
pydantic compiles one by one at every start.
"""

import re
from datetime import date, time
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from generator.values import dataclass

EMERGENCY = "{{EMERGENCY}}"
SLOT = re.compile(r"(?<!\{)\{([a-z_]+)\}(?!\})")

_ONE_LINE = r"^[^\n\r]*$"
_RANGE = re.compile(r"^(\d{1,4})(?:\s*(?:-|–|to)\s*(\d{1,4}))?$")
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_TIME = re.compile(r"^(\d{1,2}):(\d{2})\s*(am|pm)?$", re.IGNORECASE)


class Frozen(BaseModel):
    """Base of all content: immutable, and refuses keys that it does not know."""

    # Validators are built when they are first used: a library that was kept needs next to none of them.
    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, str_strip_whitespace=True, defer_build=True
    )


class FromWords(Frozen):
    """Base of what may be written as plain words instead of a mapping with the key text."""

    @model_validator(mode="before")
    @classmethod
    def _from_words(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """A string is as good as the mapping."""
        return {"anyOf": [{"type": "string"}, handler(core_schema)]}


@dataclass(frozen=True, slots=True)
class Range:
    """Whole numbers from low to high, both included; low equals high for a single number."""

    low: int
    high: int

    @property
    def single(self) -> bool:
        return self.low == self.high

    def holds(self, other: "Range") -> bool:
        """True if all of other lies inside."""
        return self.low <= other.low and other.high <= self.high


def read_range(value: object) -> Range:
    """A range from 8, "8", "8-12", "8 to 12" or [8, 12]. Raises ValueError."""
    if isinstance(value, Range):
        return value
    if isinstance(value, dict) and value.keys() == {"low", "high"}:
        value = [value["low"], value["high"]]
    if isinstance(value, list | tuple) and len(value) == 2 and all(re.fullmatch(r"\d{1,4}", str(end)) for end in value):
        low, high = (int(end) for end in value)
    else:
        found = _RANGE.match(str(value).strip()) if isinstance(value, str | int) else None
        if found is None:
            raise ValueError("must be a whole number such as 8, or a range such as [8, 12]")
        low, high = int(found[1]), int(found[2] or found[1])
    if low > high:
        raise ValueError("has a low end above its high end")
    return Range(low, high)


def read_yes_no(value: object) -> bool:
    """True or False from true, false, yes or no. Raises ValueError."""
    if isinstance(value, bool):
        return value
    answers = {"true": True, "yes": True, "false": False, "no": False}
    if not isinstance(value, str) or value.lower() not in answers:
        raise ValueError("must be yes or no")
    return answers[value.lower()]


def read_date(value: object) -> date:
    """A day from YYYY-MM-DD. Raises ValueError."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DATE.match(value):
        raise ValueError("must be a date such as 2026-11-23 (year-month-day)")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("is not a day of the calendar") from None


def read_time(value: object) -> time:
    """A time of day from 14:30 or 2:30 pm. Raises ValueError."""
    if isinstance(value, time):
        return value
    found = _TIME.match(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError('must be a time such as "9:30" or "2:15 pm"')
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        raise ValueError("is not a time of day")
    hour = hour % 12 + 12 if half == "pm" else hour % 12 if half == "am" else hour
    if hour > 23 or minute > 59:
        raise ValueError("is not a time of day")
    return time(hour, minute)


def slots_in(text: str) -> frozenset[str]:
    """Names of the {slots} in a text, EMERGENCY apart."""
    return frozenset(SLOT.findall(text))


def check_parts(whole: str, parts: tuple[str, ...]) -> None:
    """Raises ValueError unless every part stands in the whole: bold marks words, it never changes them."""
    if any(part not in whole for part in parts):
        raise ValueError("has words in strong or lead that are not in its text")


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
EvidenceId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,6}[0-9]{1,4}$")]
FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_. /-]*$", max_length=120)]
Https = Annotated[str, StringConstraints(pattern=r"^https://[^\s/]+\.[^\s]+$", max_length=200)]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")]

Name = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=_ONE_LINE)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=_ONE_LINE)]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=_ONE_LINE)]
Note = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Passage = Annotated[str, StringConstraints(min_length=1, max_length=1200)]
Reason = Annotated[str, StringConstraints(min_length=3, max_length=300)]

YesNo = Annotated[bool, BeforeValidator(read_yes_no), WithJsonSchema({"enum": ["yes", "no", True, False]})]
IsoDate = Annotated[date, BeforeValidator(read_date)]
TimeOfDay = Annotated[time, BeforeValidator(read_time), WithJsonSchema({"type": "string", "pattern": _TIME.pattern})]
Span = Annotated[
    Range,
    PlainValidator(read_range),
    WithJsonSchema(
        {
            "description": "A whole number, or the two ends of a range.",
            "anyOf": [
                {"type": "integer", "minimum": 0},
                {"type": "string", "pattern": r"^\d{1,4}(\s*(-|–|to)\s*\d{1,4})?$"},
                {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2},
            ],
        }
    ),
]

Region = Literal["hip", "trunk", "knee", "ankle", "low-back", "shoulder"]
Urgency = Literal["emergency", "same-day", "same-week"]
Side = Literal["left", "right"]


class Review(Frozen):
    """Who signed something off. Shipped content has none: a clinic keeps its own record."""

    by: Name = Field(description="Name of the clinician.")
    role: Name = Field(description="Role, such as physical therapist.")
    date: IsoDate = Field(description="Day of the review, YYYY-MM-DD.")
