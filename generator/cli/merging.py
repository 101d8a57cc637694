"""The merge alone, for anyone: no plan, no brand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from generator.cli.report import print_json
from generator.cli.sealing import EncryptOption, PassphraseOption, asked_passphrase
from generator.errors import UsageError


def merge(
    files: Annotated[
        list[Path], typer.Argument(help="PDF files in their order.", metavar="FILE.pdf", show_default=False)
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write.", show_default=False)],
    title: Annotated[str, typer.Option("--title", help="Title of the merged file. Default: the first file's.")] = "",
    language: Annotated[
        str, typer.Option("--language", help="Language, such as en-US. Default: the first named.")
    ] = "",
    encrypt: EncryptOption = False,
    passphrase_file: PassphraseOption = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON document for scripts.")] = False,
) -> None:
    """Merge PDF files and keep their tags, bookmarks, links and forms."""
    from generator.deliver.disk import write_whole
    from generator.merge.pack import merge_files
    from generator.merge.sealing import encrypt as sealed

    if output.exists() and any(output.resolve() == file.resolve() for file in files):
        raise UsageError("The merged file cannot replace one of its inputs.", hint="Name another file with -o.")
    passphrase = asked_passphrase(encrypt, passphrase_file)
    result = merge_files(files, title=title, language=language)
    write_whole(output, result.pdf if passphrase is None else sealed(result.pdf, passphrase))
    notes = [str(finding) for finding in result.findings]
    if json:
        done = {"file": output.as_posix(), "pages": result.pages, "pdf_ua": result.claims_pdf_ua, "notes": notes}
        print_json(done)
        return
    for note in notes:
        typer.echo(note, err=True)
    claim = "PDF/UA-1" if result.claims_pdf_ua else "does not claim PDF/UA"
    typer.echo(f"{result.pages} pages  {claim}  {output.as_posix()}")
