"""Packs on paper: one file of all of them for a printer."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from generator.cli.guard import guarded
from generator.cli.report import SOME_FAILED, error_as_json, print_json, show_errors
from generator.errors import Place, UsageError

if TYPE_CHECKING:
    from generator.deliver.folder import PackFolder
    from generator.deliver.ledger import LedgerEntry
    from generator.deliver.print_run import PrintRun, RunPages


def print_(
    context: typer.Context,
    packs: Annotated[Path, typer.Argument(help="Folder of packs.", metavar="DIR", show_default=False)],
    print_run: Annotated[Path, typer.Option("--print-run", help="File to write: all packs in one.")],
    separators: Annotated[bool, typer.Option("--separators", help="A sheet before each pack.")] = False,
    one_side: Annotated[bool, typer.Option("--one-side", help="For a printer that prints on one side only.")] = False,
    brand: Annotated[str | None, typer.Option("--brand", help="Look of the list of packs.", show_default=False)] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON document for scripts.")] = False,
) -> None:
    """Put all packs of a folder into one file for the printer."""
    from generator.cli.making import workshop
    from generator.deliver.folder import PackFolder
    from generator.deliver.ledger import LEDGER_FILE
    from generator.pipeline import Options

    if not (packs / LEDGER_FILE).is_file():
        hint = "Name the folder that handouts build wrote into."
        raise UsageError("There are no packs in this folder.", hint=hint, place=Place(packs.as_posix()))
    shop = workshop(context.obj, Options(as_of=datetime.now().astimezone().date(), brand=brand, draft=True))
    with PackFolder(packs) as folder:
        entries = folder.ledger.entries("pack")
        run = make_print_run(folder, entries, print_run, shop, both_sides=not one_side, separators=separators)
    if json:
        print_json({"print_run": run_as_json(run, print_run), "errors": [error_as_json(one) for one in run.refused]})
    else:
        show_run(run, print_run)
    if run.refused:
        raise typer.Exit(SOME_FAILED)


def make_print_run(
    folder: PackFolder,
    entries: tuple[LedgerEntry, ...],
    target: Path,
    shop: RunPages,
    *,
    both_sides: bool = True,
    separators: bool = False,
) -> PrintRun:
    """Writes a print run with a progress bar where a person watches."""
    from generator.deliver.print_run import write_print_run

    kinds: dict[str, Any] = {"both_sides": both_sides, "separators": separators}
    if len(entries) < 3 or not sys.stderr.isatty():
        return write_print_run(folder, entries, target, shop, **kinds)
    with typer.progressbar(length=len(entries), label="Print run", file=sys.stderr) as bar:
        return write_print_run(folder, entries, target, shop, tick=lambda: bar.update(1), **kinds)


def show_run(run: PrintRun, target: Path) -> None:
    """What is in a print run, and what was left out."""
    plan = run.plan
    typer.echo(f"{len(plan.packs)} packs  {plan.sheets} sheets  {plan.pages} pages  {target.as_posix()}")
    if run.other_paper:
        typer.echo(f"On other paper than the first pack: {', '.join(run.other_paper)}", err=True)
    show_errors(run.refused)


def run_as_json(run: PrintRun, target: Path) -> dict[str, Any]:
    """A print run for scripts."""
    plan = run.plan
    return {
        "file": target.as_posix(),
        "sha256": run.sha256,
        "packs": [
            {"id": pack.id, "pages": pack.pages, "first_sheet": pack.first_sheet, "sheets": pack.sheets}
            for pack in plan.packs
        ],
        "sheets": plan.sheets,
        "pages": plan.pages,
        "blank_pages": plan.blank_pages,
        "left_out": list(plan.left_out),
        "other_paper": list(run.other_paper),
    }


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command("print")(guarded(print_))
