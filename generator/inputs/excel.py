"""What spreadsheets do to a roster when they open and save it, recognized and named so that it can be undone.

Excel drops the zeros before a number, turns dates into its own form or into day numbers, separates columns by
semicolons in many countries, and leaves its own error words in cells. None of that is guessed back: a 3/4/2026 may be
March or April, and a record number without its zeros is another patient's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

AS_TEXT = "In Excel, format the column as text before you fill or paste it."

_DATE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?:\s.*)?|\d{4}[/.]\d{1,2}[/.]\d{1,2}(?:\s.*)?|\d{4}-\d\d-\d\d[ T]\d.*"
    r"|\d{1,2}[- ][A-Za-z]{3,9}\.?,?[- ](?:\d{4}|\d{2})|[A-Za-z]{3,9}\.? \d{1,2}, \d{4}"
)
_DAY_NUMBER = re.compile(r"[1-7]\d{4}(?:\.\d+)?")  # 1927 to 2119
_DAY_FRACTION = re.compile(r"0?[.,]\d+")
_CLOCK = re.compile(r"\d{1,2}:\d{2}:\d{2}(?:\s?[AaPp][Mm])?")
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+|\d+[.,]0+", re.IGNORECASE)
_ERROR = re.compile(r"#(?:NAME\?|VALUE!|REF!|N/A|NULL!|NUM!|DIV/0!|SPILL!|CALC!|WERT!|NOMBRE\?|NOM\?|#{2,})")

ERROR_MARK = re.compile(rf"(?:^|[,\n\"]){_ERROR.pattern}", re.MULTILINE)
"""Meets a text in which a cell may hold one of Excel's error words: cheap to ask of a whole file."""


def date_damage(cell: str) -> str | None:
    """How a cell that should be a day was changed, None if it does not look like that."""
    if _DATE.fullmatch(cell):
        return "is a date in a spreadsheet's own form: its day and month could be mixed up"
    if _DAY_NUMBER.fullmatch(cell):
        return "is a day number of Excel instead of a date"
    return None


def time_damage(cell: str) -> str | None:
    """How a cell that should be a time of day was changed."""
    if _DAY_FRACTION.fullmatch(cell):
        return "is a part of a day as Excel counts it instead of a time"
    if _CLOCK.fullmatch(cell):
        return "is a time in a spreadsheet's own form, with seconds"
    return None


def number_damage(id: str) -> str | None:
    """How a record number was changed."""
    return "is a number that Excel has rounded or rewritten" if _ROUNDED.fullmatch(id) else None


def error_word(cell: str) -> str | None:
    """Whether a cell holds an error word of Excel instead of what was typed."""
    return "holds an error word of Excel instead of what was typed" if _ERROR.fullmatch(cell) else None


def without_zeros(ids: Sequence[str]) -> frozenset[str]:
    """Record numbers that have lost their zeros for sure: others of the same list keep theirs and are longer."""
    padded = {len(id) for id in ids if id.isascii() and id.isdigit() and id.startswith("0")}
    if len(padded) != 1:
        return frozenset()
    (width,) = padded
    return frozenset(id for id in ids if id.isascii() and id.isdigit() and len(id) < width)


def perhaps_without_zeros(ids: Sequence[str]) -> int:
    """How many record numbers may have lost their zeros: nearly all have one length, and these few are shorter.

    Numbers that are simply counted up are not meant: those fill most of their range.
    """
    if not ids or not all(id.isascii() and id.isdigit() and not id.startswith("0") for id in ids):
        return 0
    lengths = Counter(len(id) for id in ids)
    usual, count = lengths.most_common(1)[0]
    shorter = sum(many for length, many in lengths.items() if length < usual)
    sparse = len(ids) < (10**usual - 10 ** (usual - 1)) / 20
    few = 0 < shorter <= 0.25 * len(ids)
    return shorter if usual >= 4 and few and sparse and max(lengths) == usual and count >= 3 else 0
