"""What records from elsewhere do not hold (the screening above all), from a CSV file beside them, by record number."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path

from generator.errors import Place, PlanError
from generator.inputs.columns import COLUMNS
from generator.inputs.csv_text import read_table
from generator.inputs.roster_csv import RowReader
from generator.models.library import Library
from generator.source import Source, decoded, read_bytes
from generator.validation.references import Known
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class SideRow:
    """What the side file says of one patient. source: as a plan file would say it, with what is wrong."""

    line: int
    source: Source = field(repr=False)


@dataclass(slots=True)
class SideFile:
    """Rows by record number. places: of rows that share one."""

    shown: str = ""
    columns: tuple[str, ...] = ()
    rows: dict[str, list[SideRow]] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def take(self, id: str) -> SideRow | None:
        """The row of a patient. Raises PlanError if there are two."""
        self.asked.add(id)
        rows = self.rows.get(id, [])
        if len(rows) > 1:
            lines = " and ".join(str(row.line) for row in rows[:2])
            message = f"The same id stands on lines {lines} of the side file."
            raise PlanError(message, hint="Keep one of them.", place=Place(self.shown, rows[0].line, "id"))
        return rows[0] if rows else None

    @property
    def unused(self) -> list[int]:
        """Lines of rows that no patient asked for."""
        return sorted(row.line for id, rows in self.rows.items() if id not in self.asked for row in rows)


def read_side_file(path: Path, shown: str, library: Library, known: Known, limit: int) -> SideFile:
    """A CSV file with the columns of a roster, of which only id must be there. Raises HandoutsError."""
    text = decoded(read_bytes(path, shown, PlanError, limit=limit), shown, PlanError, limit=limit)
    table = read_table(text, shown, tuple(COLUMNS), ("id",))
    reader = RowReader(table.header, shown, library, known)
    side = SideFile(shown, table.header)
    for row, id in zip(table.rows, table.column("id"), strict=True):
        side.rows.setdefault(id, []).append(SideRow(row.line, reader.source(row)))
    return side
