"""What can go wrong, said so that a clinician can act on it.

Every error carries a message (what is wrong), a hint (what to do) and a place (file, line, key). Errors know their exit
code; only the command line prints them. A message never quotes a patient's data: it names the place instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands.

    file: path as the user knows it (relative to the content folder or as given on the command line), never a temp path.
    line: 1 for the first line, None where there is none (a missing file, a folder).
    key: dotted path of the key inside the file, such as "exercises.2.sets", or "".
    """

    file: str
    line: int | None = None
    key: str = ""

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where} ({self.key})" if self.key else where


class HandoutsError(Exception):
    """Base of every error that a user sees. exit_code is the process's, see `cli`. code: of the rule that found it."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str = "", place: Place | None = None, code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.place = place
        self.code = code

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        what_to_do = f" {self.hint}" if self.hint else ""
        return f"{where}{self.message}{what_to_do}"

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.message, self.hint, self.place, self.code))


def _rebuild(kind: type[HandoutsError], message: str, hint: str, place: Place | None, code: str) -> HandoutsError:
    """Unpickles an error that crossed from a worker process."""
    return kind(message, hint=hint, place=place, code=code)


class ContentError(HandoutsError):
    """Something shared (a handout, an exercise, a brand, a layout) is wrong: the whole run stops."""

    exit_code = 3


class PlanError(HandoutsError):
    """One patient's plan is wrong or was refused: that plan stops, the others go on."""

    exit_code = 1


class UsageError(HandoutsError):
    """The command was called wrongly."""

    exit_code = 2


class ErrorList(HandoutsError):
    """Several errors that were found together. exit_code is the gravest of theirs: 3 beats 2 beats 1."""

    def __init__(self, errors: Iterable[HandoutsError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(str(error) for error in self.errors))
        self.exit_code = max((error.exit_code for error in self.errors), default=1)  # type: ignore[misc]

    def __reduce__(self) -> tuple[object, ...]:
        return (ErrorList, (self.errors,))
