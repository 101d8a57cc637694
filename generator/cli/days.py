"""Days on the command line."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer


def day(text: str) -> date:
    """A day from YYYY-MM-DD, or an error that says so."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("must be a day such as 2026-11-23 (year-month-day)") from None


AsOfOption = Annotated[
    date | None,
    typer.Option(
        "--as-of",
        parser=day,
        metavar="DATE",
        help="Day that review dates are judged by. Default: today.",
        show_default=False,
    ),
]
