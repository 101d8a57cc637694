"""The command for those who write exercise pictures: solve poses, keep them, say what they came to and show them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli.report import exit_code, flat, progress, show_errors
from generator.errors import HandoutsError, UsageError

if TYPE_CHECKING:
    from generator.figures.solved import SolvedPose


def poses(
    context: typer.Context,
    ids: Annotated[
        list[str] | None, typer.Argument(help="Exercises; all if none is named.", show_default=False)
    ] = None,
    angles: Annotated[
        bool, typer.Option("--angles", help="Print the solved angles, missed contacts and what the checks find.")
    ] = False,
    png: Annotated[
        Path | None, typer.Option("--png", help="Folder for a large picture of each.", show_default=False)
    ] = None,
    grey: Annotated[bool, typer.Option("--grey", help="Pictures as a grey print shows them.")] = False,
    ink_saver: Annotated[bool, typer.Option("--ink-saver", help="Pictures in the ink-saver colors.")] = False,
    mirrored: Annotated[bool, typer.Option("--mirrored", help="Pictures for the other side of the body.")] = False,
    person: Annotated[int, typer.Option("--person", min=0, max=5, help="Who is drawn.")] = 0,
) -> None:
    """Solve the poses of exercise pictures and keep them beside the exercises, so that packs do not wait for it."""
    from generator.cli.pictures import Look, large_picture
    from generator.deliver.disk import write_whole
    from generator.load.content import content_folder
    from generator.load.library import load_library
    from generator.load.poses import Poses

    found = Poses(load_library(content_folder(context.obj)))
    look = Look(grey=grey, ink_saver=ink_saver, mirrored=mirrored, person=person)
    errors: list[HandoutsError] = []
    for id in progress(ids or list(found), "Solving"):
        if id not in found:
            errors.append(UsageError(f'There is no exercise "{id}" with a pose.'))
            continue
        try:
            typer.echo(f"{id}  {'solved' if found.keep(id) else 'kept already'}")
            solved = found[id]
        except HandoutsError as error:
            errors += flat(error)
            solved = found.solved(id, strict=False)
        if angles:
            _tell(solved)
        if png is not None:
            png.mkdir(parents=True, exist_ok=True)
            write_whole(png / f"{id}.png", large_picture(solved, look))
    show_errors(errors)
    if errors:
        raise typer.Exit(exit_code(errors))


def _tell(solved: SolvedPose) -> None:
    from generator.figures.checks import check
    from generator.figures.report import report

    for line in report(solved):
        typer.echo(line)
    for finding in check(solved):
        typer.echo(f"  {finding}")
