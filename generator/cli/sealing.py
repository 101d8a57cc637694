"""The option --encrypt: where the passphrase comes from. Never from the command line, which other users can read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from generator.errors import Place, UsageError

EncryptOption = Annotated[
    bool,
    typer.Option("--encrypt", help="Lock the file with a passphrase (AES-256). Asks for it, unless a file is named."),
]
PassphraseOption = Annotated[
    Path | None,
    typer.Option("--passphrase-file", help="With --encrypt: file that holds the passphrase.", show_default=False),
]


def asked_passphrase(encrypt: bool, file: Path | None) -> str | None:
    """The passphrase to encrypt with, from a file or typed in twice; None where nothing is encrypted.

    Raises UsageError for one that cannot be used, and where there is nobody to ask.
    """
    if not encrypt:
        if file is not None:
            raise UsageError("--passphrase-file goes with --encrypt.")
        return None
    from generator.merge.sealing import prepared

    if file is not None:
        return prepared(_first_line(file))
    if not sys.stdin.isatty():
        raise UsageError("There is nobody to ask for the passphrase.", hint="Name its file with --passphrase-file.")
    return prepared(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=True, err=True))


def _first_line(file: Path) -> str:
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        message = "The file with the passphrase could not be read."
        raise UsageError(message, hint="It is a text file in UTF-8.", place=Place(str(file))) from problem
    if len(lines) != 1:
        message = "The file with the passphrase holds more or less than one line."
        raise UsageError(message, hint="Write the passphrase on its only line.", place=Place(str(file)))
    return lines[0]
