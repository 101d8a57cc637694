"""Packs on paper: to the printer, or all of them in one file for it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from generator.cli.options import DEFAULT_OUT, BrandOption, JsonOption, today
from generator.cli.print_report import amount, run_as_json, show_history, show_run
from generator.cli.report import SOME_FAILED, error_as_json, exit_code, print_json, show_errors
from generator.errors import HandoutsError, UsageError

if TYPE_CHECKING:
    from generator.deliver.folder import PackFolder
    from generator.deliver.ledger import LedgerEntry
    from generator.deliver.print_run import PlannedRun, PrintRun, RunPages
    from generator.deliver.printer import PrintingSystem, PrintOptions

OutFolder = Annotated[Path, typer.Option("--out", help="Folder of the packs that are named by their ids.")]
PrinterOption = Annotated[
    str | None, typer.Option("--printer", help="Printer's name. Default: the computer's.", show_default=False)
]
CopiesOption = Annotated[int, typer.Option("--copies", min=1, max=99, help="Copies of each pack.")]
DuplexOption = Annotated[bool, typer.Option("--duplex", help="On both sides, turned on the long edge.")]
RunOption = Annotated[
    Path | None,
    typer.Option("--print-run", metavar="FILE", help="Put all packs into one PDF for a printer.", show_default=False),
]


def print_(
    context: typer.Context,
    packs: Annotated[
        list[str], typer.Argument(metavar="PACK|DIR", help="Files or ids of packs, or a folder.", show_default=False)
    ],
    out: OutFolder = DEFAULT_OUT,
    printer: PrinterOption = None,
    copies: CopiesOption = 1,
    duplex: DuplexOption = False,
    unprinted: Annotated[bool, typer.Option("--unprinted", help="Only what was not printed before.")] = False,
    print_run: RunOption = None,
    separators: Annotated[
        bool, typer.Option("--separators", help="With --print-run: a sheet before each pack.")
    ] = False,
    one_side: Annotated[
        bool, typer.Option("--one-side", help="With --print-run: for a printer that prints on one side.")
    ] = False,
    brand: BrandOption = None,
    history: Annotated[bool, typer.Option("--history", help="Print nothing; tell what was printed when.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would go where; print nothing.")] = False,
    json: JsonOption = False,
) -> None:
    """Print packs, or put a whole folder into one file for the printer."""
    from generator.cli.choosing import chosen, unprinted_of
    from generator.deliver.printer import PrintOptions

    if (separators or one_side or brand) and print_run is None:
        raise UsageError("--separators, --one-side and --brand go with --print-run.")
    if print_run and not printer and (copies > 1 or duplex):
        hint = "--print-run alone makes the file; add --printer NAME to print it as well."
        raise UsageError("--copies and --duplex need a printer.", hint=hint)
    choices = chosen(packs, out)
    if history:
        show_history([choice.folder for choice in choices], json=json)
        return
    if unprinted:
        choices = [unprinted_of(choice) for choice in choices]
    if print_run is None:
        _print(choices, PrintOptions(printer or "", copies, duplex), dry_run=dry_run, json=json)
        return
    if len(choices) > 1:
        raise UsageError("A print run takes its packs from one folder.")
    shop = _run_pages(context.obj, brand)
    kind = {"both_sides": not one_side, "separators": separators}
    job = _Job(printer, copies, not one_side) if printer else None
    choice = choices[0]
    _print_run(choice.folder, choice.entries, print_run, shop, kind, job, dry_run=dry_run, json=json)


# ---- printing


def _print(choices: Sequence[Any], options: PrintOptions, *, dry_run: bool, json: bool) -> None:
    """One job a pack."""
    from generator.deliver.folder import PackFolder
    from generator.deliver.printing import print_packs
    from generator.deliver.released import released

    system = _system()
    destination = system.destination(options, sum(len(choice.entries) for choice in choices))
    lines: list[dict[str, Any]] = []
    errors: list[HandoutsError] = []
    for choice in choices:
        if dry_run:
            good, refused = released(choice.folder, choice.entries)
            lines += [_line(entry, "would print", destination, "") for entry in good]
            errors += refused
            continue
        with PackFolder(choice.folder) as folder:
            outcome = print_packs(folder, choice.entries, system, options, destination=destination, now=_now)
        state = "opened" if system.way == "viewer" else "printed"
        lines += [_line(one.entry, state, destination, one.job) for one in outcome.printed]
        errors += outcome.refused
        if outcome.stopped:
            errors.append(outcome.stopped)
            break
    _report(lines, errors, options, json=json)


def _line(entry: LedgerEntry, state: str, destination: str, job: str) -> dict[str, Any]:
    return {"file": entry.id, "pages": entry.pages, "state": state, "printer": destination, "job": job}


def _report(lines: list[dict[str, Any]], errors: list[HandoutsError], options: PrintOptions, *, json: bool) -> None:
    if json:
        shared = {"copies": options.copies, "duplex": options.duplex}
        print_json({"packs": [line | shared for line in lines], "errors": [error_as_json(error) for error in errors]})
    else:
        copies = f"{options.copies} copies" if options.copies > 1 else ""
        for line in lines:
            job = f"job {line['job']}" if line["job"] else ""
            cells = (line["file"], amount(line["pages"], "page"), copies, line["state"], line["printer"], job)
            typer.echo("  ".join(filter(None, cells)))
        show_errors(errors)
        if not lines and not errors:
            typer.echo("Nothing to print.")
    if errors:
        raise typer.Exit(max(SOME_FAILED, exit_code(errors)))


def _system() -> PrintingSystem:
    from generator.deliver.printer import printing_system

    return printing_system(typer.launch)


def _now() -> datetime:
    return datetime.now().astimezone()


# ---- one file of all


def _run_pages(content: Path | None, brand: str | None) -> RunPages:
    """What draws the list and the separators: the shipped or the clinic's own looks."""
    from generator.cli.making import workshop
    from generator.pipeline import Options

    return workshop(content, Options(as_of=today(), brand=brand, draft=True))


def _print_run(
    path: Path,
    entries: Sequence[LedgerEntry],
    target: Path,
    shop: RunPages,
    kind: dict[str, bool],
    job: _Job | None,
    *,
    dry_run: bool,
    json: bool,
) -> None:
    """Plans a print run and, unless it is a dry one, writes it and hands it to the job, if there is one."""
    from generator.deliver.folder import PackFolder
    from generator.deliver.print_run import plan_print_run

    check_run_target(path, target)
    destination = job.destination if job else ""
    if dry_run:
        planned = plan_print_run(path, entries, shop, **kind)
        _report_run(planned, target, destination, "", json=json)
        return
    with PackFolder(path) as folder:
        run = make_print_run(folder, entries, target, shop, kind)
        number = job.send(folder, run, target) if job else ""
    _report_run(run, target, destination, number, json=json)


class _Job:
    """A print run as one job of a printer. Raises UsageError where there is no such printer."""

    def __init__(self, printer: str, copies: int, duplex: bool) -> None:
        from generator.deliver.printer import PrintOptions

        self._system = _system()
        # elsewhere the printer's own setting holds, and the file itself asks for both sides
        self._options = PrintOptions(printer, copies, duplex and self._system.way == "cups")
        self.destination = self._system.destination(self._options, 1)

    def send(self, folder: PackFolder, run: PrintRun, target: Path) -> str:
        """Hands the file over and enters that for each of its packs; returns the job's id."""
        from generator.deliver.printings import PrintedHow, record_printed

        options = self._options
        number = self._system.send(f"print-run-{run.sha256[:12]}", target, target.read_bytes(), options)
        how = PrintedHow(
            at=_now(),
            way=self._system.way,
            printer=self.destination,
            copies=options.copies,
            duplex=options.duplex,
            job=number,
            run=run.sha256,
        )
        record_printed(folder.ledger, run.packs, how)
        return number


def check_run_target(folder: Path, target: Path) -> None:
    """Whether a print run may have this name, asked before any work is done. Raises UsageError."""
    from generator.deliver.ledger import Ledger
    from generator.deliver.print_run import check_target

    check_target(folder, Ledger.load(folder), target)


def make_print_run(
    folder: PackFolder,
    entries: Sequence[LedgerEntry],
    target: Path,
    shop: RunPages,
    kind: dict[str, bool] | None = None,
) -> PrintRun:
    """Writes a print run, with a progress bar where a person watches, and enters in the ledger what is in it."""
    from generator.deliver.print_run import plan_print_run, write_print_run
    from generator.deliver.printings import PrintedHow, record_printed

    planned = plan_print_run(folder.path, entries, shop, **(kind or {}))
    if len(planned.packs) < 3 or not sys.stderr.isatty():
        run = write_print_run(folder, planned, target, shop)
    else:
        with typer.progressbar(length=len(planned.packs), label="Print run", file=sys.stderr) as bar:
            run = write_print_run(folder, planned, target, shop, tick=lambda: bar.update(1))
    how = PrintedHow(at=_now(), way="print-run", duplex=run.plan.both_sides, run=run.sha256)
    record_printed(folder.ledger, run.packs, how)
    return run


def _report_run(run: PlannedRun, target: Path, destination: str, job: str, *, json: bool) -> None:
    if json:
        done = run_as_json(run, target) | {"printer": destination, "job": job}
        print_json({"print_run": done, "errors": [error_as_json(one) for one in run.refused]})
    else:
        show_run(run, target)
        if destination:
            typer.echo(f"{target.name}  to {destination}{f'  job {job}' if job else ''}")
    if run.refused:
        raise typer.Exit(SOME_FAILED)
