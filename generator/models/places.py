"""Where loaded values stand, kept beside the models so that a gate can name file, line and key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.errors import Place
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Places:
    """Lines of one file's values.

    file: as shown in errors. lines: a tree like the file's own: an int for a scalar, else (line, members), where
    members is a dict or a list of such trees. It is plain data, so that it crosses to workers cheaply; read back from
    JSON, each pair is a list.
    """

    file: str
    lines: Any = 1

    def at(self, *path: str | int) -> Place:
        """The place of the value at path. Keys that the file does not hold are skipped: the nearest one is named."""
        tree, found = self.lines, []
        for part in path:
            below = _member(tree, part)
            if below is not None:
                tree = below
                found.append(str(part))
        return Place(self.file, tree if isinstance(tree, int) else tree[0], ".".join(found))


@dataclass(frozen=True, slots=True)
class RowPlaces(Places):
    """Values of one row of a table. lines: the row's own line. columns: the header, which all rows share."""

    columns: tuple[str, ...] = ()

    def at(self, *path: str | int) -> Place:
        """The place of the value at path: its column, and which of the cell's entries it is."""
        column, entry = "", ""
        for part in path:
            below = f"{column}.{part}" if column else str(part)
            if isinstance(part, int) and column:
                entry = f".{part}"
                break
            if not any(name == below or name.startswith(f"{below}.") for name in self.columns):
                break
            column = below
        return Place(self.file, self.lines, f"{column}{entry}")


@dataclass(frozen=True, slots=True)
class TracedPlaces(Places):
    """Values that were gathered from several places of other people's files.

    lines: the line of the patient. traces: the place of each value that has one, by its dotted path in the plan.
    """

    traces: tuple[tuple[str, Place], ...] = ()

    def at(self, *path: str | int) -> Place:
        """The place of the value at path, or of what it is part of."""
        known = dict(self.traces)
        for length in range(len(path), -1, -1):
            found = known.get(".".join(str(part) for part in path[:length]))
            if found is not None:
                return found
        return Place(self.file, self.lines)


def _member(tree: Any, part: str | int) -> Any:
    """The tree below one key or index, None where there is none."""
    members = None if isinstance(tree, int) else tree[1]
    if isinstance(members, dict):
        return members.get(part)
    if isinstance(members, list) and isinstance(part, int) and part < len(members):
        return members[part]
    return None


def path_of_character(value: object, character: str) -> tuple[str | int, ...]:
    """Path of the first text of a plan that holds a character, () if none does."""
    members: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, dict):
        members = value.items()
    elif isinstance(value, list | tuple):
        members = enumerate(value)
    for key, member in members:
        if isinstance(member, str) and character in member:
            return (key,)
        below = path_of_character(member, character)
        if below:
            return (key, *below)
    return ()
