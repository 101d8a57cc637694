"""How a batch tells what it does: while it runs, at its end for people, and as JSON or CSV for other programs."""

from __future__ import annotations

import csv
import io
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import typer

from generator.batch.outcomes import Outcome, Report
from generator.cli.report import error_as_json, finding_as_json, place_as_json, show_errors
from generator.deliver.disk import write_whole

MOST_SHOWN = 40
"""Refused or failed patients that are listed on the screen; the others are in the report."""

_COLUMNS = ("file", "line", "pack_id", "state", "pack", "pages", "reasons", "warnings")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Progress:
    """One line on a terminal that a person watches: how many, how fast, how long still. Silent in a pipe."""

    def __init__(self, what: str = "patients") -> None:
        self._what = what
        self._started = time.monotonic()
        self._shown = 0.0
        self._watched = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if not self._watched or (now - self._shown < 0.1 and done < total):
            return
        self._shown = now
        rate = done / max(now - self._started, 0.001)
        left = (total - done) / rate if rate else 0
        words = f"{done:,} of {total:,} {self._what}, {rate:.0f} a second, {_span(left)} left"
        end = "\n" if done == total else ""
        sys.stderr.write(f"\r\x1b[K{words}{end}")
        sys.stderr.flush()


def _span(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def show(report: Report) -> None:
    """For people: what was refused or failed and why, how many warnings, and the counts."""
    bad = [outcome for outcome in report.outcomes if outcome.errors]
    show_errors([error for outcome in bad[:MOST_SHOWN] for error in outcome.errors])
    if len(bad) > MOST_SHOWN:
        typer.echo(f"... and {len(bad) - MOST_SHOWN} more: --report FILE or --json lists them all.", err=True)
    for (severity, code), count in sorted(_findings(report).items()):
        typer.echo(f"{severity} {code}: {count} times. handouts check --explain {code} tells what it means.", err=True)
    if report.stopped is not None:
        show_errors([report.stopped])
    words = ", ".join(f"{count:,} {state}" for state, count in report.counts.items())
    typer.echo(f"{len(report.outcomes):,} patients: {words}. {_took(report)}")


def _findings(report: Report) -> Counter[tuple[str, str]]:
    return Counter((one.severity, one.code) for outcome in report.outcomes for one in outcome.findings)


def _took(report: Report) -> str:
    tried = sum(count for state, count in report.counts.items() if state != "not tried")
    return f"{report.seconds:.1f} s, {tried / max(report.seconds, 0.001):,.0f} a second."


def as_json(report: Report) -> dict[str, Any]:
    """The whole report as plain values. It names places and pack ids, and no patient."""
    return {
        "counts": report.counts,
        "seconds": round(report.seconds, 3),
        "stopped": error_as_json(report.stopped) if report.stopped else None,
        "notes": [finding_as_json(note) for note in report.notes],
        "patients": [_outcome_as_json(outcome) for outcome in report.outcomes],
    }


def _outcome_as_json(outcome: Outcome) -> dict[str, Any]:
    return {
        **place_as_json(outcome.place),
        "pack_id": outcome.pack_id,
        "state": outcome.state,
        "pack": outcome.file,
        "pages": outcome.pages,
        "errors": [error_as_json(error) for error in outcome.errors],
        "findings": [finding_as_json(finding) for finding in outcome.findings],
    }


def as_csv(report: Report) -> str:
    """One row a patient. No cell is a formula, whatever a file is called: spreadsheets would run it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for outcome in report.outcomes:
        reasons = " ".join(f"{error.message} {error.hint}".strip() for error in outcome.errors)
        warnings = " ".join(f"{one.code}: {one.message}" for one in outcome.findings)
        place = outcome.place
        cells = (place.file, place.line or "", outcome.pack_id, outcome.state, outcome.file, outcome.pages or "")
        writer.writerow([_plain(str(cell)) for cell in (*cells, reasons, warnings)])
    return out.getvalue()


def _plain(cell: str) -> str:
    """A cell that a spreadsheet takes for text."""
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell.startswith(_FORMULA) else cell


def save(report: Report, file: Path) -> None:
    """Writes the report: as a table if the name ends in .csv, else as JSON. Raises StorageError."""
    match file.suffix.lower():
        case ".csv":
            text = "\ufeff" + as_csv(report)
        case _:
            text = json.dumps(as_json(report), ensure_ascii=False, indent=2) + "\n"
    write_whole(file, text.encode("utf-8"))
