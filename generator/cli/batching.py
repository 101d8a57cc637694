"""Commands over many patients: batch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from generator.cli.days import AsOfOption
from generator.cli.guard import guarded
from generator.cli.options import (
    DEFAULT_OUT,
    BrandOption,
    DraftOption,
    FromOption,
    JsonOption,
    KeyOption,
    LanguageOption,
    LayoutOption,
    LetterheadOption,
    OnlyOption,
    OutOption,
    OverdueOption,
    PaperOption,
    today,
)
from generator.cli.printing import RunOption, check_run_target, make_print_run, run_as_json, show_run
from generator.cli.report import (
    error_as_json,
    exit_code,
    finding_as_json,
    place_as_json,
    print_json,
    show_errors,
    show_findings,
)
from generator.cli.report import shown as as_shown
from generator.errors import UsageError

if TYPE_CHECKING:
    from generator.batch.outcomes import Outcome, Report
    from generator.deliver.print_run import PrintRun, RunPages

MOST_WORKERS = 256


def _workers(text: str) -> int:
    """A number of workers; 0 for "auto"."""
    if text == "auto":
        return 0
    if text.isdecimal() and 1 <= int(text) <= MOST_WORKERS:
        return int(text)
    raise typer.BadParameter(f"must be auto or a number from 1 to {MOST_WORKERS}")


def batch(
    context: typer.Context,
    roster: Annotated[Path, typer.Argument(help="Roster: CSV, YAML, JSON Lines, FHIR, or a folder of plans.")],
    out: OutOption = DEFAULT_OUT,
    layout: LayoutOption = None,
    paper: PaperOption = None,
    brand: BrandOption = None,
    letterhead: LetterheadOption = False,
    language: LanguageOption = None,
    only: OnlyOption = None,
    log_from: FromOption = None,
    draft: DraftOption = False,
    allow_overdue: OverdueOption = False,
    as_of: AsOfOption = None,
    key: KeyOption = None,
    workers: Annotated[
        int, typer.Option("--workers", parser=_workers, metavar="N|auto", help="Processes that make packs.")
    ] = "auto",  # type: ignore[assignment]
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Ask the gates, write nothing.")] = False,
    read_back: Annotated[
        bool, typer.Option("--read-back/--no-read-back", help="Read each finished pack before it is released.")
    ] = True,
    print_run: RunOption = None,
    json: JsonOption = False,
) -> None:
    """Make the packs of all patients of a roster; run it again to go on where it stopped."""
    from generator.batch.run import Settings, run_batch
    from generator.cli.making import workshop
    from generator.deliver.keys import read_key
    from generator.inputs.rosters import read_roster
    from generator.pipeline import Options

    if log_from and only != "log":
        raise UsageError("--from goes with --only log.")
    options = Options(
        as_of=as_of or today(),
        layout=layout,
        paper=paper,
        brand=brand,
        language=language,
        letterhead=letterhead,
        draft=draft,
        allow_overdue=allow_overdue,
        only=only,
        log_from=log_from,
    )
    if print_run:
        check_run_target(out, print_run)
    shop = workshop(context.obj, options)
    patients = read_roster(roster, shop.library, shown=as_shown(roster))
    settings = Settings(
        out=out,
        inserts=roster if roster.is_dir() else roster.parent,
        key=read_key(key) if key else None,
        workers=workers or None,
        dry_run=dry_run,
        read_back=read_back,
    )
    report = run_batch(shop, patients, settings)
    run = run_of(report, out, print_run, shop) if print_run and not dry_run else None
    _print(report, run, print_run, json=json)
    code = max(report.exit_code, exit_code(run.refused) if run else 0)
    if code:
        raise typer.Exit(code)


def run_of(report: Report, out: Path, target: Path, shop: RunPages) -> PrintRun | None:
    """The print run of a batch: all its packs in the order of the roster, also those that were there before."""
    from generator.batch.outcomes import GOOD
    from generator.deliver.folder import PackFolder

    names = [Path(outcome.file).stem for outcome in report.outcomes if outcome.state in GOOD and outcome.file]
    if not names:
        return None
    with PackFolder(out) as folder:
        found = [folder.ledger.entry(name) or folder.ledger.entry(name, "sheet") for name in names]
        return make_print_run(folder, [entry for entry in found if entry], target, shop)


def _print(report: Report, run: PrintRun | None, target: Path | None, *, json: bool) -> None:
    if json:
        print_json(_as_json(report) | ({"print_run": run_as_json(run, target)} if run and target else {}))
        return
    for outcome in report.outcomes:
        show_findings(outcome.findings)
    show_errors([error for outcome in report.outcomes for error in outcome.errors])
    if report.stopped is not None:
        show_errors([report.stopped])
    total = len(report.outcomes)
    words = ", ".join(f"{count} {state}" for state, count in report.counts.items())
    typer.echo(f"{total} patients: {words}. {report.seconds:.1f} s.")
    if run and target:
        show_run(run, target)


def _as_json(report: Report) -> dict[str, Any]:
    return {
        "counts": report.counts,
        "seconds": round(report.seconds, 3),
        "stopped": error_as_json(report.stopped) if report.stopped else None,
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


def add_to(app: typer.Typer) -> None:
    """Registers the commands."""
    app.command()(guarded(batch))
