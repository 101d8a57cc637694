"""The clinic's table of codes, read and asked: which exercise, program or handout does an activity mean?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.errors import ContentError, ErrorList, HandoutsError, Place
from generator.models.codes import Activity, CodeTable, activity_key
from generator.models.library import Library
from generator.source import read_source
from generator.validation.findings import validated
from generator.validation.plans import known_to_plans
from generator.values import dataclass

FILE = "handouts/codes.yaml"


@dataclass(frozen=True, slots=True)
class Codes:
    """The table, ready to be asked."""

    table: CodeTable
    by_key: dict[tuple[str, str], Activity]
    requests: frozenset[tuple[str, str]]
    sides: dict[tuple[str, str], str]

    def meant_by(self, keys: Iterable[tuple[str, str]]) -> list[Activity]:
        """Entries for the codes and words of one activity, each once."""
        found = (self.by_key.get(key) for key in keys)
        return list(dict.fromkeys(entry for entry in found if entry is not None))


def read_codes(library: Library) -> Codes:
    """The table of a content folder. Raises one ErrorList of ContentErrors: it is missing or wrong."""
    path = Path(library.root) / FILE
    if not path.is_file():
        hint = "Copy the one that ships, and edit it: it says which exercise a code or text means."
        raise ErrorList((ContentError("There is no table of codes.", hint=hint, place=Place(FILE)),))
    source = read_source(path, FILE, ContentError)
    errors: list[HandoutsError] = list(source.errors)
    table, findings = validated(CodeTable, source, ContentError)
    errors += findings
    errors += known_to_plans(library).unknown("codes", source, ContentError, tuple(errors))
    if errors or table is None:
        raise ErrorList(errors)
    return codes_of(table)


def codes_of(table: CodeTable) -> Codes:
    """A table, ready to be asked."""
    return Codes(
        table,
        {activity_key(one.system, one.code, one.text): one for one in table.activities},
        frozenset((one.system, one.code) for one in table.exercise_requests),
        {(one.system, one.code): one.side for one in table.sides},
    )
