"""Options that several commands share, so that they read and mean the same everywhere."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from generator.cli.days import day

Paper = Literal["letter", "a4"]
DEFAULT_OUT = Path("output")


def today() -> date:
    """The day where this computer stands."""
    return datetime.now().astimezone().date()


def option(name: str, words: str) -> Any:
    """An option without a default in the help."""
    return typer.Option(name, help=words, show_default=False)


def day_option(name: str, words: str) -> Any:
    """An option that takes a day."""
    return typer.Option(name, parser=day, metavar="DATE", help=words, show_default=False)


OutOption = Annotated[Path, typer.Option("--out", help="Folder for the packs; made if it is not there.")]
LayoutOption = Annotated[str | None, option("--layout", "standard, compact, large-print or ink-saver.")]
PaperOption = Annotated[Paper | None, option("--paper", "Paper size.")]
BrandOption = Annotated[str | None, option("--brand", "Id of the clinic's brand.")]
LanguageOption = Annotated[str | None, option("--language", "Code of the language.")]
LetterheadOption = Annotated[
    bool, typer.Option("--letterhead", help="Leave the masthead blank, for pre-printed paper.")
]
OnlyOption = Annotated[
    str | None, option("--only", "Print one sheet again: cover, help, a handout's id, exercises or log.")
]
FromOption = Annotated[date | None, day_option("--from", "First day of the log, with --only log.")]
DraftOption = Annotated[
    bool, typer.Option("--draft", help="Build from content that nobody has signed off; pages say so.")
]
OverdueOption = Annotated[
    bool, typer.Option("--allow-overdue", help='Print content past its review, marked "under review".')
]
KeyOption = Annotated[Path | None, option("--key", "File with the key of the pack ids.")]
OpenOption = Annotated[bool, typer.Option("--open", help="Open the file when it is done.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document for scripts.")]
