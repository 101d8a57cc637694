"""The safety questions on paper: a form for the clipboard, before there is a plan or for one that waits for answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli.days import AsOfOption
from generator.cli.options import (
    DEFAULT_OUT,
    BrandOption,
    JsonOption,
    LanguageOption,
    LayoutOption,
    OpenOption,
    OutOption,
    PaperOption,
    today,
)
from generator.cli.report import print_json, shown

if TYPE_CHECKING:
    from generator.models.plan import Plan


def screening(
    context: typer.Context,
    plan: Annotated[
        Path | None, typer.Argument(help="Plan file: only what its exercises need to know.", show_default=False)
    ] = None,
    out: OutOption = DEFAULT_OUT,
    layout: LayoutOption = None,
    paper: PaperOption = None,
    brand: BrandOption = None,
    language: LanguageOption = None,
    as_of: AsOfOption = None,
    tags: Annotated[bool, typer.Option("--tags", help="Print each question with its tag for the plan file.")] = False,
    open_: OpenOption = False,
    json: JsonOption = False,
) -> None:
    """Make the safety questions as a one-page form for the clipboard: all, or those that a plan's exercises need."""
    from generator.cli.making import workshop
    from generator.deliver.disk import write_whole
    from generator.load.plans import load_plan
    from generator.pipeline import Options

    shop = workshop(context.obj, Options(as_of or today(), layout, paper, brand, language, draft=True))
    asked = load_plan(plan, shop.library, shown=shown(plan)) if plan is not None else None
    out.mkdir(parents=True, exist_ok=True)
    id = _id(out, asked)
    form = shop.screening(asked, id)
    file = out / ("screening.pdf" if asked is None else f"screening-{id}.pdf")
    write_whole(file, form.pdf)
    rules = shop.library.safety.avoid_tags
    questions: list[dict[str, str | bool]] = [
        {"tag": tag, "ask": rules[tag].ask, "hard_stop": rules[tag].hard_stop} for tag in shop.questions(asked)
    ]
    if json:
        print_json({"file": file.as_posix(), "pages": form.pages, "questions": questions})
    else:
        _tell(file.as_posix(), form.pages, questions if tags else [])
    if open_:
        typer.launch(str(file.resolve()))


def _tell(file: str, pages: int, questions: list[dict[str, str | bool]]) -> None:
    widest = max((len(str(one["tag"])) for one in questions), default=0)
    for one in questions:
        typer.echo(f"{one['tag']:<{widest}}  {one['ask']}")
    typer.echo(f"{pages} {'page' if pages == 1 else 'pages'}  {file}")


def _id(out: Path, plan: Plan | None) -> str:
    """What stands in the footer: the id of the plan's pack, so that form and pack are found together."""
    from generator.deliver.folder import PackFolder
    from generator.deliver.keys import DEMO_KEY, folder_key, pack_id

    if plan is None:
        return pack_id(DEMO_KEY, "screening")
    with PackFolder(out) as folder:
        return pack_id(folder_key(folder), plan.id)
