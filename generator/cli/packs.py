"""Commands that make packs or look after them: demo, build, preview, find."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
    OpenOption,
    OutOption,
    OverdueOption,
    PaperOption,
    today,
)
from generator.cli.report import (
    SOME_FAILED,
    error_as_json,
    exit_code,
    finding_as_json,
    print_json,
    progress,
    show_errors,
    show_findings,
)
from generator.cli.sealing import EncryptOption, PassphraseOption, asked_passphrase
from generator.errors import Place, UsageError

if TYPE_CHECKING:
    from generator.cli.making import Made, Result

SAMPLE_PLAN = "sample-01.yaml"


def build(
    context: typer.Context,
    plans: Annotated[list[Path], typer.Argument(metavar="PLAN.yaml", help="Plan files (YAML).", show_default=False)],
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
    open_: OpenOption = False,
    json: JsonOption = False,
) -> None:
    """Build one pack for each plan."""
    from generator.cli.making import build as build_packs
    from generator.cli.making import gated_workshop
    from generator.deliver.keys import DEMO_KEY, read_key
    from generator.load.content import content_folder
    from generator.pipeline import Options

    if log_from and only != "log":
        raise UsageError("--from goes with --only log.")
    _refuse_rosters(plans)
    passphrase = asked_passphrase(encrypt, passphrase_file)
    is_demo = not plans
    options = Options(
        as_of=as_of or today(),
        layout=layout,
        paper=paper,
        brand=brand,
        language=language,
        letterhead=letterhead,
        draft=draft or is_demo,
        allow_overdue=allow_overdue,
        only=only,
        log_from=log_from,
    )
    shop = gated_workshop(context.obj, options)
    files = plans or [content_folder(context.obj) / "handouts" / "plans" / SAMPLE_PLAN]
    secret = read_key(key) if key else DEMO_KEY if is_demo else None
    made = build_packs(shop, progress(files, "Building"), out, secret, passphrase)
    _report(made, json=json)
    if open_ and made.results:
        typer.launch(str(Path(made.results[-1].file).resolve()))
    if made.errors:
        raise typer.Exit(exit_code(made.errors))


def _refuse_rosters(plans: Sequence[Path]) -> None:
    """Who names many patients at once means another command."""
    for path in plans:
        if path.is_dir() or path.suffix.lower() in (".csv", ".jsonl", ".ndjson"):
            what = "a folder" if path.is_dir() else "a roster"
            hint = f"handouts batch {path.as_posix()} makes the packs of all patients in it."
            raise UsageError(f"This is {what}, not a plan.", hint=hint, place=Place(path.as_posix()))


def _report(made: Made, *, json: bool) -> None:
    if json:
        packs = [_as_json(result) for result in made.results]
        noticed = [finding_as_json(finding) for finding in made.findings]
        print_json({"packs": packs, "errors": [error_as_json(error) for error in made.errors], "findings": noticed})
        return
    for result in made.results:
        show_findings(result.findings)
        typer.echo(f"{result.pack_id}  {result.pages} pages  {result.state}  {result.file}")
    show_findings(made.findings)
    show_errors(made.errors)


def _as_json(result: Result) -> dict[str, Any]:
    return {
        "plan": result.plan,
        "pack_id": result.pack_id,
        "file": result.file,
        "pages": result.pages,
        "state": result.state,
        "findings": [finding_as_json(finding) for finding in result.findings],
    }


def _as_demo(command: Callable[..., None]) -> Callable[..., None]:
    """`build` with all its options but no plans: it takes the sample plan."""
    signature = inspect.signature(command, eval_str=True)

    def demo(**options: Any) -> None:
        command(plans=[], **options)

    kept = [parameter for name, parameter in signature.parameters.items() if name != "plans"]
    demo.__signature__ = signature.replace(parameters=kept)  # type: ignore[attr-defined]
    demo.__annotations__ = {parameter.name: parameter.annotation for parameter in kept}
    demo.__doc__ = "Build the sample plan's pack from the content that ships, and print where it is."
    return demo


demo = _as_demo(build)


def preview(
    context: typer.Context,
    id: Annotated[str | None, typer.Argument(help="Id of a handout or an exercise.", show_default=False)] = None,
    out: OutOption = DEFAULT_OUT,
    layout: LayoutOption = None,
    paper: PaperOption = None,
    brand: BrandOption = None,
    language: LanguageOption = None,
    png: Annotated[bool, typer.Option("--png", help="Pictures of the pages instead of a PDF.")] = False,
    dpi: Annotated[int, typer.Option("--dpi", min=36, max=600, help="Dots per inch of the pictures.")] = 100,
    sheet: Annotated[bool, typer.Option("--sheet", help="One PNG picture of all drawn exercises.")] = False,
    grey: Annotated[bool, typer.Option("--grey", help="With --sheet: as a grey print shows it.")] = False,
    ink_saver: Annotated[bool, typer.Option("--ink-saver", help="With --sheet: in the ink-saver colors.")] = False,
    open_: OpenOption = False,
) -> None:
    """Make a handout without a patient (a stock copy for the rack), one exercise's card, or a sheet of all pictures."""
    from generator.cli.making import preview as make_preview
    from generator.cli.making import preview_sheet, workshop
    from generator.cli.pictures import Look
    from generator.deliver.keys import DEMO_KEY
    from generator.pipeline import Options

    if sheet == (id is not None) or ((grey or ink_saver) and not sheet):
        raise UsageError("preview takes one id, or --sheet (with --grey or --ink-saver) without an id.")
    options = Options(as_of=today(), layout=layout, paper=paper, brand=brand, language=language, draft=True)
    shop = workshop(context.obj, options)
    if id is None:
        files: Sequence[Path] = [preview_sheet(shop, out, Look(grey=grey, ink_saver=ink_saver))]
    else:
        files = make_preview(shop, id, out, DEMO_KEY, dpi=dpi if png else None)
    for file in files:
        typer.echo(str(file))
    if open_:
        typer.launch(str(files[0].resolve()))


def find(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Part of a name, or an id.", show_default=False)],
    out: OutOption = DEFAULT_OUT,
    json: JsonOption = False,
) -> None:
    """Tell which pack is whose, from the private index beside the packs."""
    from generator.deliver.index import Index

    found = Index.load(out).find(name)
    if json:
        fields = ("pack_id", "file", "name", "second_id")
        print_json([{field: getattr(one, field) for field in fields} for one in found])
    for one in [] if json else found:
        second = f", {one.second_id}" if one.second_id else ""
        typer.echo(f"{one.pack_id}  {one.name}{second}  {out / one.file}")
    if not found:
        typer.echo(f"Nobody of this name or id has a pack in {out.as_posix()}.", err=True)
        raise typer.Exit(SOME_FAILED)
