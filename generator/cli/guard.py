"""Turns the errors of a command into words and an exit code."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from generator.cli.report import fail
from generator.errors import HandoutsError


def guarded(command: Callable[..., None]) -> Callable[..., None]:
    """The same command, which ends with a message and a code where it would have raised."""

    @functools.wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except HandoutsError as error:
            fail(error)

    return run
