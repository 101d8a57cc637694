"""The shipped library, and rosters written on the spot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import ErrorList
from generator.inputs.rosters import read_roster
from generator.models.library import Library
from generator.models.roster import Roster
from tests.packs import library as shipped_library

Read = Callable[..., Roster]


@pytest.fixture(scope="session")
def library() -> Library:
    return shipped_library()


@pytest.fixture
def read(tmp_path: Path, library: Library) -> Read:
    """Writes a roster and reads it: read("roster.csv", text)."""

    def reader(name: str, content: str | bytes, **options: object) -> Roster:
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return read_roster(path, library, shown=name, **options)  # type: ignore[arg-type]

    return reader


def refusals(roster: Roster) -> list[str]:
    """All errors of all refused rows, as people read them."""
    return [str(error) for row in roster.refused for error in row.errors]


def faults(read: Read, name: str, content: str | bytes, **options: object) -> list[str]:
    """What is wrong with a file as a whole."""
    with pytest.raises(ErrorList) as caught:
        read(name, content, **options)
    return [str(error) for error in caught.value.errors]
