"""What is told of print runs and of what was printed when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from generator.cli.report import print_json, show_errors

if TYPE_CHECKING:
    from generator.deliver.print_run import PlannedRun


def show_run(run: PlannedRun, target: Path) -> None:
    """What is in a print run, and what was left out."""
    from generator.deliver.print_run import PrintRun

    plan = run.plan
    state = "" if isinstance(run, PrintRun) else "would be written  "
    amounts = (amount(len(plan.packs), "pack"), amount(plan.sheets, "sheet"), amount(plan.pages, "page"))
    typer.echo(f"{'  '.join(amounts)}  {state}{target.as_posix()}")
    if isinstance(run, PrintRun) and run.other_paper:
        typer.echo(f"On other paper than the first pack: {', '.join(run.other_paper)}", err=True)
    show_errors(run.refused)


def amount(number: int, thing: str) -> str:
    """A number with its English word: "1 pack", "2 packs"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def run_as_json(run: PlannedRun, target: Path) -> dict[str, Any]:
    """A print run for scripts."""
    from generator.deliver.print_run import PrintRun

    plan = run.plan
    written = {"sha256": run.sha256, "other_paper": list(run.other_paper)} if isinstance(run, PrintRun) else {}
    return {
        "file": target.as_posix(),
        "written": isinstance(run, PrintRun),
        "packs": [
            {"id": pack.id, "pages": pack.pages, "first_sheet": pack.first_sheet, "sheets": pack.sheets}
            for pack in plan.packs
        ],
        "sheets": plan.sheets,
        "pages": plan.pages,
        "blank_pages": plan.blank_pages,
        "left_out": list(plan.left_out),
        **written,
    }


def show_history(folders: Sequence[Path], *, json: bool) -> None:
    """Each printing of some folders, the earliest first."""
    from generator.deliver.ledger import Ledger
    from generator.deliver.printings import printings

    found = [printing for folder in folders for printing in printings(Ledger.load(folder))]
    if json:
        print_json([asdict(printing) for printing in found])
        return
    for one in found:
        copies = f"  {one.copies} copies" if one.copies > 1 else ""
        ways = {"print-run": "", "viewer": "opened to print"}
        where = (ways.get(one.way, f"{one.printer} {one.job}"), f"print run {one.run[:12]}" if one.run else "")
        typer.echo(f"{one.at}  {one.file}{copies}  {'  '.join(filter(None, where))}")
    if not found:
        typer.echo("Nothing was printed from here yet.")
