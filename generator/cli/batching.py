"""Commands over many patients: batch, and verify, which looks at what batches left."""

from __future__ import annotations

from functools import partial
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
    option,
    today,
)
from generator.cli.print_report import run_as_json, show_run
from generator.cli.printing import RunOption, check_run_target, make_print_run
from generator.cli.report import SOME_FAILED, error_as_json, exit_code, print_json, show_errors, show_findings
from generator.cli.report import shown as as_shown
from generator.cli.sealing import EncryptOption, PassphraseOption, asked_passphrase
from generator.errors import HandoutsError, Place, UsageError

if TYPE_CHECKING:
    from generator.batch.outcomes import Report
    from generator.deliver.print_run import PrintRun, RunPages

MOST_WORKERS = 256
SideFileOption = Annotated[Path | None, option("--side-file", "With FHIR: CSV with the screening by record number.")]


def _workers(text: str) -> int:
    """A number of workers; 0 for "auto"."""
    if text == "auto":
        return 0
    if text.isdecimal() and 1 <= int(text) <= MOST_WORKERS:
        return int(text)
    raise typer.BadParameter(f"must be auto or a number from 1 to {MOST_WORKERS}")


def batch(
    context: typer.Context,
    roster: Annotated[
        Path, typer.Argument(metavar="ROSTER", help="Roster: CSV, YAML, JSON Lines, FHIR, or a folder of plans.")
    ],
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
    encrypt: EncryptOption = False,
    passphrase_file: PassphraseOption = None,
    side_file: SideFileOption = None,
    workers: Annotated[
        int, typer.Option("--workers", parser=_workers, metavar="N|auto", help="Processes that make packs.")
    ] = "auto",  # type: ignore[assignment]
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Ask the gates, write nothing.")] = False,
    read_back: Annotated[
        bool, typer.Option("--read-back/--no-read-back", help="Read each finished pack before it is released.")
    ] = True,
    dask: Annotated[
        str | None, typer.Option("--dask", metavar="ADDRESS", help="Dask scheduler whose workers make the packs.")
    ] = None,
    report_file: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Report of all patients, as .json or .csv.")
    ] = None,
    print_run: RunOption = None,
    json: JsonOption = False,
) -> None:
    """Make the packs of all patients of a roster; run it again to go on where it stopped."""
    from generator.batch.last_run import roster_digest
    from generator.batch.rehearsal import rehearse
    from generator.batch.run import Settings, run_batch
    from generator.cli.batch_report import Progress, as_json, save, show
    from generator.cli.making import gated_workshop
    from generator.deliver.keys import read_key
    from generator.deliver.seen import SEEN_FILE
    from generator.inputs.codes import FILE as CODES
    from generator.inputs.rosters import read_roster
    from generator.load.content import content_folder
    from generator.load.digest import ContentWatch
    from generator.pipeline import Options

    if log_from and only != "log":
        raise UsageError("--from goes with --only log.")
    if report_file is not None and report_file.suffix.lower() not in (".json", ".csv"):
        raise UsageError("A report is .json or .csv.", hint="Give --report a name with one of these endings.")
    passphrase = asked_passphrase(encrypt, passphrase_file)
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
    watch = ContentWatch(content_folder(context.obj))
    shop = gated_workshop(context.obj, options)
    watch.check()
    read = partial(read_roster, roster, shop.library, shown=as_shown(roster), **_beside(side_file))
    is_again = roster.exists() and (out / SEEN_FILE).exists() and not dry_run
    settings = Settings(
        out=out,
        inserts=roster if roster.is_dir() else roster.parent,
        key=read_key(key) if key else None,
        workers=workers or None,
        dask=dask,
        passphrase=passphrase,
        read_back=read_back,
        watch=watch,
        roster=roster_digest(roster, as_shown(roster), [side_file, Path(shop.library.root) / CODES]),
    )
    if dry_run:
        report = rehearse(shop, read(), settings, Progress())
    else:
        report = run_batch(shop, read if is_again else read(), settings, Progress())
    if report_file is not None:
        save(report, report_file)
    run = run_of(report, out, print_run, shop) if print_run and not dry_run else None
    if json:
        print_json(as_json(report) | ({"print_run": run_as_json(run, print_run)} if run and print_run else {}))
    else:
        show_findings(report.notes)
        show(report)
        if run and print_run:
            show_run(run, print_run)
    code = max(report.exit_code, exit_code(run.refused) if run else 0)
    if code:
        raise typer.Exit(code)


def _beside(side_file: Path | None) -> Any:
    """The side file of a roster, if there is one, as `read_roster` takes it."""
    return {"side": side_file, "side_shown": as_shown(side_file)} if side_file else {}


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


def verify(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Folder of packs.", metavar="DIR")],
    roster: Annotated[
        Path | None, typer.Option("--roster", help="Hold the packs against these plans too: names, and leaks.")
    ] = None,
    side_file: SideFileOption = None,
    as_of: AsOfOption = None,
    key: KeyOption = None,
    json: JsonOption = False,
) -> None:
    """Hold a folder's ledger against its files: checksums, pages, ids, names. Writes nothing."""
    from generator.batch.verifying import Patients
    from generator.batch.verifying import verify as verified
    from generator.cli.batch_report import Progress
    from generator.cli.making import workshop
    from generator.deliver.keys import KEY_FILE, read_key
    from generator.inputs.rosters import read_roster
    from generator.pipeline import Options

    if not folder.is_dir():
        raise UsageError("There is no such folder.", place=Place(str(folder)))
    patients = None
    errors: list[HandoutsError] = []
    if roster is not None:
        shop = workshop(context.obj, Options(as_of or today(), draft=True, allow_overdue=True))
        read = read_roster(roster, shop.library, shown=as_shown(roster), **_beside(side_file))
        errors = [error for row in read.refused for error in row.errors]
        patients = Patients(shop, read, read_key(key or folder / KEY_FILE))
    found = verified(folder, patients, Progress("packs"))
    errors += found.errors
    if json:
        report = {"packs": found.packs, "errors": [error_as_json(error) for error in errors], "notes": found.notes}
        print_json(report)
    else:
        show_errors(errors)
        for note in found.notes:
            typer.echo(note)
        typer.echo(f"{found.packs:,} packs: {'nothing is wrong' if not errors else f'{len(errors)} errors'}.")
    if errors:
        raise typer.Exit(SOME_FAILED)


def add_to(app: typer.Typer) -> None:
    """Registers the commands."""
    for command in (batch, verify):
        app.command()(guarded(command))
