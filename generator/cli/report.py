"""Prints what happened: results to standard output, errors to standard error, one JSON document where it is asked for.

Exit codes are stable: 0 done, 1 some plans failed or were refused, 2 wrong usage, 3 content errors (3 beats 1).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import typer

from generator.errors import ErrorList, HandoutsError, Place

if TYPE_CHECKING:
    from generator.models.selection import Finding

DONE, SOME_FAILED, WRONG_USAGE, CONTENT_ERRORS = 0, 1, 2, 3
Item = TypeVar("Item")


def flat(error: HandoutsError) -> tuple[HandoutsError, ...]:
    """The single errors of an error."""
    return error.errors if isinstance(error, ErrorList) else (error,)


def exit_code(errors: Iterable[HandoutsError]) -> int:
    """The gravest of several errors' codes, 0 for none."""
    return max((error.exit_code for error in errors), default=DONE)


def show_errors(errors: Sequence[HandoutsError]) -> None:
    """Errors grouped by file on standard error, each with what to do."""
    last = None
    for error in sorted(errors, key=_where):
        file = error.place.file if error.place else ""
        if file != last and file:
            typer.secho(file, err=True, bold=True)
        last = file
        line = f"line {error.place.line}: " if error.place and error.place.line is not None else ""
        key = f" ({error.place.key})" if error.place and error.place.key else ""
        code = f" [{error.code}]" if error.code else ""
        typer.secho(f"  {line}{error.message}{key}{code}", err=True, fg=typer.colors.RED)
        if error.hint:
            typer.echo(f"    {error.hint}", err=True)


def _where(error: HandoutsError) -> tuple[str, int]:
    return (error.place.file, error.place.line or 0) if error.place else ("", 0)


def fail(error: HandoutsError) -> NoReturn:
    """Shows an error and ends the run with its code."""
    errors = flat(error)
    show_errors(errors)
    raise typer.Exit(exit_code(errors))


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def place_as_json(place: Place | None) -> dict[str, Any]:
    return {} if place is None else {"file": place.file, "line": place.line, "key": place.key}


def error_as_json(error: HandoutsError) -> dict[str, Any]:
    """An error as a finding of severity error. code: null where no rule but the work itself failed."""
    return {
        "code": error.code or None,
        "severity": "error",
        "message": error.message,
        "hint": error.hint,
        **place_as_json(error.place),
    }


def finding_as_json(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "hint": finding.hint,
        **place_as_json(finding.place),
    }


_COLORS = {"error": typer.colors.RED, "warning": typer.colors.YELLOW, "note": typer.colors.BLUE}


def show_findings(findings: Sequence[Finding]) -> None:
    """Warnings and notes on standard error."""
    for finding in findings:
        where = f"{finding.place}: " if finding.place else ""
        typer.secho(
            f"{finding.severity} {finding.code}: {where}{finding.message}", err=True, fg=_COLORS[finding.severity]
        )
        if finding.hint:
            typer.echo(f"    {finding.hint}", err=True)


def show_by_file(findings: Sequence[Finding]) -> None:
    """Findings on standard error below the file that they are about, in the order of its lines."""
    grouped: dict[str, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(finding.place.file if finding.place else "", []).append(finding)
    for file in sorted(grouped):
        if file:
            typer.secho(file, err=True, bold=True)
        for one in sorted(grouped[file], key=lambda one: (one.place.line or 0) if one.place else 0):
            line = f"line {one.place.line}: " if one.place and one.place.line is not None else ""
            key = f" ({one.place.key})" if one.place and one.place.key else ""
            words = f"  {line}{one.severity} {one.code}: {one.message}{key}"
            typer.secho(words, err=True, fg=_COLORS[one.severity])
            if one.hint:
                typer.echo(f"    {one.hint}", err=True)


def progress(items: Sequence[Item], label: str) -> Iterable[Item]:
    """The items, with a progress bar where a person watches and there are more than a few."""
    if len(items) < 3 or not sys.stderr.isatty():
        yield from items
        return
    with typer.progressbar(items, label=label, file=sys.stderr) as bar:
        yield from bar


def shown(path: Path) -> str:
    """A path as people write it: from here if it is below here."""
    whole = path.resolve()
    return whole.relative_to(Path.cwd()).as_posix() if whole.is_relative_to(Path.cwd()) else path.as_posix()
