"""Commands over many patients: batch, and verify, which looks at what batches left."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli.days import AsOfOption
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
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.batch.outcomes import Report
    from generator.batch.run import Settings
    from generator.deliver.print_run import PrintRun, RunPages
    from generator.load.digest import ContentWatch
    from generator.models.library import Library
    from generator.models.roster import Roster
    from generator.pipeline import Options, Workshop

MOST_WORKERS = 256


def _workers(text: str) -> int:
    """A number of workers; 0 for "auto"."""
    if text == "auto":
        return 0
    if text.isdecimal() and 1 <= int(text) <= MOST_WORKERS:
        return int(text)
    raise typer.BadParameter(f"must be auto or a number from 1 to {MOST_WORKERS}")


RosterArgument = Annotated[
    Path, typer.Argument(metavar="ROSTER", help="Roster: CSV, YAML, JSON Lines, FHIR, or a folder of plans.")
]
SideFileOption = Annotated[Path | None, option("--side-file", "With FHIR: CSV with the screening by record number.")]
WorkersOption = Annotated[
    int, typer.Option("--workers", parser=_workers, metavar="N|auto", help="Processes that make packs.")
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Ask the gates, write nothing.")]
ReadBackOption = Annotated[
    bool, typer.Option("--read-back/--no-read-back", help="Read each finished pack before it is released.")
]
DaskOption = Annotated[
    str | None, typer.Option("--dask", metavar="ADDRESS", help="Dask scheduler whose workers make the packs.")
]
ReportOption = Annotated[
    Path | None, typer.Option("--report", metavar="FILE", help="Report of all patients, as .json or .csv.")
]


def batch(
    context: typer.Context,
    roster: RosterArgument,
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
    workers: WorkersOption = "auto",  # type: ignore[assignment]
    dry_run: DryRunOption = False,
    read_back: ReadBackOption = True,
    dask: DaskOption = None,
    report_file: ReportOption = None,
    print_run: RunOption = None,
    json: JsonOption = False,
) -> None:
    """Make the packs of all patients of a roster; run it again to go on where it stopped."""
    from generator.batch.run import Settings
    from generator.cli.batch_report import save
    from generator.deliver.keys import read_key
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
    watch, shop = _watched_workshop(context.obj, options)
    source = _RosterFiles(roster, side_file)
    settings = Settings(
        out=out,
        inserts=source.folder,
        key=read_key(key) if key else None,
        workers=workers or None,
        dask=dask,
        passphrase=passphrase,
        read_back=read_back,
        watch=watch,
        roster=source.digest(shop.library),
    )
    report = _report_of(shop, source, settings, dry_run=dry_run)
    if report_file is not None:
        save(report, report_file)
    run = run_of(report, out, print_run, shop) if print_run and not dry_run else None
    _tell(report, run, print_run, json=json)
    code = max(report.exit_code, exit_code(run.refused) if run else 0)
    if code:
        raise typer.Exit(code)


@dataclass(frozen=True, slots=True)
class _RosterFiles:
    """A roster and, with FHIR, the side file that goes with it."""

    roster: Path
    side: Path | None

    @property
    def folder(self) -> Path:
        """Where the files stand that its plans name."""
        return self.roster if self.roster.is_dir() else self.roster.parent

    def read(self, library: Library) -> Roster:
        """Its plans. Raises ErrorList if a file as a whole is wrong."""
        from generator.inputs.rosters import read_roster

        side_shown = as_shown(self.side) if self.side else None
        return read_roster(self.roster, library, shown=as_shown(self.roster), side=self.side, side_shown=side_shown)

    def digest(self, library: Library) -> str:
        """Hash of all files that say what its plans are, see `roster_digest`."""
        from generator.batch.last_run import roster_digest
        from generator.inputs.codes import FILE as CODES

        return roster_digest(self.roster, as_shown(self.roster), [self.side, Path(library.root) / CODES])


def _watched_workshop(content: Path | None, options: Options) -> tuple[ContentWatch, Workshop]:
    """As `gated_workshop`, with a watch over its content. Raises ContentError if that changed while it was loaded."""
    from generator.cli.making import gated_workshop
    from generator.load.content import content_folder
    from generator.load.digest import ContentWatch

    watch = ContentWatch(content_folder(content))
    shop = gated_workshop(content, options)
    watch.check()
    return watch, shop


def _report_of(shop: Workshop, source: _RosterFiles, settings: Settings, *, dry_run: bool) -> Report:
    """Makes the packs, or only asks the gates."""
    from generator.batch.rehearsal import rehearse
    from generator.batch.run import run_batch
    from generator.cli.batch_report import Progress
    from generator.deliver.seen import SEEN_FILE

    read = partial(source.read, shop.library)
    if dry_run:
        return rehearse(shop, read(), settings, Progress())
    # after an earlier run it may be that nothing has to be read; else a roster at fault must not leave a new folder
    is_again = source.roster.exists() and (settings.out / SEEN_FILE).exists()
    return run_batch(shop, read if is_again else read(), settings, Progress())


def _tell(report: Report, run: PrintRun | None, target: Path | None, *, json: bool) -> None:
    """What became of the patients, and of the print run where there is one."""
    from generator.cli.batch_report import as_json, show

    if json:
        print_json(as_json(report) | ({"print_run": run_as_json(run, target)} if run and target else {}))
        return
    show_findings(report.notes)
    show(report)
    if run and target:
        show_run(run, target)


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
    from generator.pipeline import Options

    if not folder.is_dir():
        raise UsageError("There is no such folder.", place=Place(str(folder)))
    patients = None
    errors: list[HandoutsError] = []
    if roster is not None:
        shop = workshop(context.obj, Options(as_of or today(), draft=True, allow_overdue=True))
        read = _RosterFiles(roster, side_file).read(shop.library)
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
