"""CSV bytes → a header and rows that know their lines. Whatever casts doubt on the whole file raises here.

A quote that is not closed swallows the rows behind it, and a row with a cell too many puts every value under the wrong
heading. Such a file is refused whole: no pack is better than a pack with another patient's words.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import field
from difflib import get_close_matches

from generator.errors import ErrorList, Place, PlanError
from generator.values import dataclass

MAX_NAMED = 20
EXCEL_CSV = 'Save it as "CSV UTF-8 (comma delimited)".'


@dataclass(frozen=True, slots=True)
class Row:
    """One row. line: where it starts. cells: as many as the header has, without space around them."""

    line: int
    cells: list[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Table:
    """header: names of the columns. rows: those that hold anything."""

    header: tuple[str, ...]
    rows: list[Row]

    def column(self, name: str) -> list[str]:
        """The cells of a column."""
        at = self.header.index(name)
        return [row.cells[at] for row in self.rows]


def read_table(text: str, shown: str, known: Sequence[str], required: Sequence[str]) -> Table:
    """The table of a CSV text. known: headers that may stand, in any order; required: those that must.

    Raises ErrorList of PlanErrors: another separator, wrong headers, a quote that is not closed, rows of another width.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    records = (row for row in _records(unified, shown) if not _is_note(row.cells))
    first = next(records, None)
    if first is None:
        raise ErrorList((PlanError("The file is empty.", place=Place(shown, 1)),))
    header = tuple(first.cells)
    _check_separator(first, shown)
    _check_header(header, Place(shown, first.line), known, required)
    rows, wrong = [], []
    for row in records:
        if len(row.cells) == len(header):
            rows.append(row)
        else:
            wrong.append(_wrong_width(row, len(header), shown))
    if wrong:
        more = len(wrong) - MAX_NAMED
        if more > 0:
            wrong[MAX_NAMED:] = [PlanError(f"So do {more} more rows.", place=Place(shown))]
        raise ErrorList(wrong)
    return Table(header, rows)


def _records(text: str, shown: str) -> Iterator[Row]:
    """All records, each with the line on which it starts."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    strip = str.strip
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise ErrorList((_broken(text, line, reader.line_num, shown),)) from None
        yield Row(line, list(map(strip, cells)))


def _is_note(cells: list[str]) -> bool:
    """Whether a row is empty, or a note: its first cell starts with # and the others are empty."""
    return not any(cells) if not cells or cells[0][:1] != "#" else not any(cells[1:])


def _broken(text: str, line: int, last: int, shown: str) -> PlanError:
    """Why the record that starts on a line cannot be read: a quote opens in it and never closes rightly."""
    opened = _open_quote(io.StringIO(text, newline=""), line, last)
    if opened is None:
        return PlanError("A cell of this row is far too long.", place=Place(shown, line))
    where = "" if last <= opened else f" Reading went wrong on line {last}."
    hint = f"Close the quote. A quote inside a quoted cell is written twice.{where}"
    return PlanError("A quote opens on this line and is not closed rightly.", hint=hint, place=Place(shown, opened))


def _open_quote(lines: Iterator[str], line: int, last: int) -> int | None:
    """The line of the quote that opened the cell in which reading went wrong."""
    opened: int | None = None
    inside, fresh = False, True
    for number, words in enumerate(lines, start=1):
        if number < line:
            continue
        if number > last:
            break
        for character in words:
            if character == '"' and fresh:
                opened, inside, fresh = number, True, False
            elif character == '"' and opened is not None:
                inside = not inside
            elif not inside:
                fresh = character in ",\r\n"
                if fresh:
                    opened = None
                elif opened is not None:
                    return opened
    return opened


def _check_separator(first: Row, shown: str) -> None:
    """Columns are separated by commas; what else spreadsheets use is named."""
    whole = ",".join(first.cells)
    message, hint = "", EXCEL_CSV
    if whole.lower().startswith("sep="):
        message, hint = 'The first line is a note to Excel ("sep=") and not the header.', "Delete the line."
    for separator, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if not message and len(whole.split(separator)) > max(2, len(first.cells)):
            message = f"The columns are separated by {name} instead of commas."
            hint = f"Excel does so in some countries. {EXCEL_CSV}" if separator == ";" else EXCEL_CSV
    if message:
        raise ErrorList((PlanError(message, hint=hint, place=Place(shown, first.line)),))


def _check_header(header: tuple[str, ...], place: Place, known: Sequence[str], required: Sequence[str]) -> None:
    """Headers must be known, stand once, and hold all that is required. None is quoted: it may be a patient's row."""
    errors: list[PlanError] = []
    meant: set[str] = set()

    def wrong(message: str, hint: str = "") -> None:
        errors.append(PlanError(message, hint=hint, place=place))

    for number, name in enumerate(header):
        column = f"Column {number + 1} ({_letters(number)})"
        if not name:
            wrong(f"{column} has no heading.", "Delete the column.")
        elif name not in known:
            near = get_close_matches(name.lower().replace(" ", "_").replace("-", "_"), known, 1, 0.6)
            meant.update(near)
            hint = f'Did you mean "{near[0]}"?' if near else "docs/rosters.md lists the headings."
            wrong(f"{column} has a heading that is not known.", hint)
        elif name in header[:number]:
            first = _letters(header.index(name))
            wrong(f'The heading "{name}" stands over columns {first} and {_letters(number)}.', "Keep one of the two.")
    for name in required:
        if name not in header and name not in meant:
            wrong(f'The column "{name}" is missing.')
    if len(errors) >= max(3, len(header) - 1) and not set(header) & set(known):
        hint = "The first line names the columns. handouts new roster NAME writes a file to start from."
        errors = [PlanError("The first line is no header of a roster.", hint=hint, place=place)]
    if errors:
        raise ErrorList(errors)


def _letters(number: int) -> str:
    """A column as spreadsheets name it: A, B, ... Z, AA."""
    letters = ""
    number += 1
    while number:
        number, below = divmod(number - 1, 26)
        letters = chr(65 + below) + letters
    return letters


def _wrong_width(row: Row, width: int, shown: str) -> PlanError:
    count = len(row.cells)
    hint = "Put quotes around a cell that holds a comma." if count > width else "A cell or a comma is missing."
    tall = sum(cell.count("\n") for cell in row.cells)
    if tall:
        hint += f" It runs on to line {row.line + tall}: a quote may be missing before."
    cells = "1 cell" if count == 1 else f"{count} cells"
    return PlanError(f"This row has {cells}, the header has {width}.", hint=hint, place=Place(shown, row.line))
