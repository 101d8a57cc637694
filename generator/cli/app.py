"""The commands of `handouts`. Each one parses its options, calls the stages and says what came out."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer

from generator import __version__
from generator.cli.commands import OnDemand
from generator.cli.report import SOME_FAILED

TRACEBACK = "HANDOUTS_TRACEBACK"
"""Environment variable for those who look for the fault."""

NO_PLUGINS = "PYDANTIC_DISABLE_PLUGINS"
"""Environment variable of pydantic: it would look through all installed packages for some that want to see what it
checks, and what it checks here are patients' plans.
"""

NEW_OBJECTS = 200_000
"""After so many Python looks for garbage. What a command loads lives as long as its process; to look for garbage among
it over and over, as Python does after every 700, takes a sixth of a short command's time and finds nothing.
"""

EPILOG = (
    "Exit codes: 0 done, 1 some plans failed or were refused, 2 wrong usage, 3 content errors (3 beats 1). "
    "Packs have opaque names: handouts find NAME tells whose is whose."
)

app = typer.Typer(
    name="handouts",
    cls=OnDemand,
    help="Patient handouts and exercise packs: from YAML to one branded, printable, accessible PDF per patient.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"handouts {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    content: Annotated[
        Path | None,
        typer.Option(
            "--content",
            help="Folder that holds handouts/ and layouts/. Default: this folder if it does, else ours.",
            show_default=False,
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Options of every command."""
    context.obj = content


def main() -> None:
    """Runs the command line. Whatever goes wrong becomes words and an exit code, never a traceback."""
    gc.set_threshold(NEW_OBJECTS, 20, 100)
    os.environ[NO_PLUGINS] = "__all__"
    try:
        app()
    except KeyboardInterrupt:
        typer.echo("Stopped. Packs that were finished are whole; nothing is half written.", err=True)
        sys.exit(130)
    except Exception as problem:
        if os.environ.get(TRACEBACK):
            raise
        typer.echo(_fault(problem), err=True)
        sys.exit(SOME_FAILED)
    finally:
        # The process ends: without this Python would search all that is left for garbage, which takes half a second.
        gc.freeze()


def _fault(problem: Exception) -> str:
    """A fault of ours in words. What the error says may quote a patient, so only its kind and its place are told."""
    frames = traceback.extract_tb(problem.__traceback__)
    ours = [frame for frame in frames if "generator" in Path(frame.filename).parts] or list(frames)
    where = f"{Path(ours[-1].filename).name}, line {ours[-1].lineno}"
    return (
        "A fault in handouts itself stopped this command. Packs that were finished are whole.\n"
        f"    Please report it: handouts {__version__}, {type(problem).__name__} in {where}.\n"
        f"    {TRACEBACK}=1 in the environment shows more; that may hold patients' data."
    )


if __name__ == "__main__":
    main()
