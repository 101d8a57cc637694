"""One part of an exercise in the compact notation: `3x10`, `R`, `3/week`, `hold 2s`. See `notation`."""

from __future__ import annotations

import re
from functools import lru_cache

_RANGE = r"\d{1,4}(?:\s?[-–]\s?\d{1,4})?"
_UNIT = r"(?i:seconds|second|secs|sec|s|minutes|minute|mins|min)"
_TIMES = r"\s?[xX×*]\s?"
_A = r"\s?(?:/|(?i:a|per)\s)\s?"
_QUOTED = r"(?:\"[^\"]*\"|'[^']*'|“[^”]*”)"
_PART = rf"""
      (?P<dose> {_RANGE}{_TIMES}{_RANGE}(?:{_TIMES}{_RANGE})?(?:\s?{_UNIT})? )
    | (?P<side> (?i:left|right|both|l|r) )
    | (?P<week> {_RANGE} )(?:\s?(?i:days?|x))?{_A}(?i:week|wk)
    | (?P<day> {_RANGE} )(?:\s?(?i:times?|x))?{_A}(?i:day)
    | (?P<weeks> {_RANGE} )\s?(?i:weeks|week|wks|wk)
    | (?P<timed> (?i:hold|rest|time) )\s(?P<seconds> {_RANGE}(?:\s?{_UNIT})? )
    | (?P<counted> (?i:sets|reps|effort|rpe|order) )\s(?P<number> {_RANGE} )
    | (?P<worded> (?i:load|when|tempo|note) )\s?(?P<words> {_QUOTED} )
    | (?i:video)\s(?P<video> https://[^\s;]+ )
    | (?P<daily> (?i:daily) )
    | (?P<optional> (?i:optional) )
"""
_WHOLE = re.compile(_PART, re.VERBOSE)
PART = re.compile(rf"(?P<part>{_PART})(?=[\s,;]|$)[\s,]*", re.VERBOSE)
"""A part with the space behind it."""
OPENED = re.compile(r"(?i:load|when|tempo|note)\s?(?P<quote>[\"'“])")
"""Where quoted words start."""

KEYWORDS = (
    "left", "right", "both", "daily", "week", "day", "weeks", "hold", "rest", "time", "sets", "reps", "effort", "rpe",
    "order", "load", "when", "tempo", "note", "video", "optional",
)  # fmt: skip
_FIELDS = {"effort": "effort_rpe", "rpe": "effort_rpe", "hold": "hold_s", "rest": "rest_s", "time": "time_s"}
_NUMBER = re.compile(_RANGE)
_ENDING_UNIT = re.compile(rf"{_UNIT}$")


@lru_cache(maxsize=8192)
def meaning(part: str) -> tuple[str, str]:
    """The plan's key that a part fills, and its value as text. ("dose", part) for a dose: see `dose_numbers`."""
    found = _WHOLE.fullmatch(part)
    if found is None:
        raise ValueError("is no part of the notation")
    match found.lastgroup:
        case "dose":
            return "dose", part
        case "side":
            return "side", {"l": "left", "r": "right"}.get(part.lower(), part.lower())
        case "week":
            return "per_week", _tight(found["week"])
        case "daily":
            return "per_week", "7"
        case "day":
            return "times_a_day", _tight(found["day"])
        case "weeks":
            return "weeks", _tight(found["weeks"])
        case "seconds":
            return _FIELDS[found["timed"].lower()], in_seconds(found["seconds"])
        case "number":
            name = found["counted"].lower()
            return _FIELDS.get(name, name), _tight(found["number"])
        case "words":
            return found["worded"].lower(), found["words"][1:-1].strip()
        case "video":
            return "video", found["video"]
        case _:
            return "optional", "true"


@lru_cache(maxsize=8192)
def dose_numbers(dose: str) -> tuple[tuple[str, ...], bool]:
    """The two or three ranges of a dose such as 3x8-12, and whether the last one is a time; it is then in seconds."""
    numbers = [_tight(number) for number in _NUMBER.findall(dose)]
    unit = _ENDING_UNIT.search(dose)
    if unit is not None:
        numbers[-1] = in_seconds(numbers[-1] + unit[0])
    return tuple(numbers), unit is not None


def in_seconds(time: str) -> str:
    """A time such as 20, 20-30s or 1 min as a range of whole seconds."""
    factor = 60 if re.search(r"min[a-z]*$", time, re.IGNORECASE) else 1
    return "-".join(str(int(end) * factor) for end in re.findall(r"\d+", time))


def _tight(number: str) -> str:
    """A range without spaces, with a hyphen."""
    return "-".join(re.findall(r"\d+", number))
