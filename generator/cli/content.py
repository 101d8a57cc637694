"""Commands about content: list, new, schema, sign-off."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from generator.cli.days import AsOfOption, day
from generator.cli.options import JsonOption, today
from generator.cli.report import print_json
from generator.errors import ContentError, ErrorList, UsageError

if TYPE_CHECKING:
    from generator.models.library import Library

ListKind = Literal["handouts", "exercises", "programs", "layouts", "brands"]
NewKind = Literal["handout", "exercise", "program", "plan", "brand", "roster"]
SchemaKind = Literal["handout", "exercise", "program", "plan", "brand", "layout", "codes"]


def list_(
    context: typer.Context,
    kind: Annotated[ListKind, typer.Argument(help="What to list.", show_default=False)],
    json: JsonOption = False,
) -> None:
    """List what the library holds."""
    from generator.load.content import content_folder
    from generator.load.library import load_library

    library = load_library(content_folder(context.obj))
    rows = [_row(kind, one) for one in getattr(library, kind).values()]
    if json and kind == "exercises":
        _add_alternative_texts(rows, library)
    if json:
        print_json(rows)
        return
    widest = max((len(row["id"]) for row in rows), default=0)
    for row in rows:
        typer.echo(f"{row['id']:<{widest}}  {row['name']}" + (f"  ({row['about']})" if row.get("about") else ""))


def _row(kind: ListKind, one: Any) -> dict[str, Any]:
    """One line of a list; the JSON has the same fields."""
    match kind:
        case "handouts":
            return {"id": one.id, "name": one.title, "version": one.version, "reviewed": one.reviewed is not None}
        case "exercises":
            picture = "own" if one.picture else "drawn" if one.pose else "none"
            about = f"{one.region}, {one.position}"
            return {"id": one.id, "name": one.name, "about": about, "laterality": one.laterality, "picture": picture}
        case "programs":
            return {
                "id": one.id,
                "name": one.name,
                "about": one.description,
                "exercises": [e.id for e in one.exercises],
            }
        case "layouts":
            return {"id": one.id, "name": one.name, "about": one.description}
        case "brands":
            return {"id": one.id, "name": one.name, "about": one.site}


def _add_alternative_texts(rows: list[dict[str, Any]], library: Library) -> None:
    """What each picture says to those who do not see it; null without a picture."""
    from generator.figures.alt_text import describe
    from generator.load.poses import Poses

    poses, words = Poses(library), library.languages["en"].figures
    for row in rows:
        own = library.exercises[row["id"]].picture
        drawn = describe(poses[row["id"]], words) if row["picture"] == "drawn" else None
        row["alternative_text"] = own.alt if own else drawn


def new(
    context: typer.Context,
    kind: Annotated[NewKind, typer.Argument(help="What to start.", show_default=False)],
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called.", show_default=False)],
) -> None:
    """Write a commented starting file that works as it is: a plan or roster here, all else into the content folder."""
    from generator.load.starting_files import starting_file

    name = Path(name).stem if Path(name).suffix in (".yaml", ".yml", ".csv") else name
    target = _target(context.obj, kind, name)
    if target.exists():
        raise UsageError(f"{target} exists already.", hint="Choose another name; nothing was written.")
    words = starting_file(kind, name, today=today())
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("x", encoding="utf-8", newline="\n") as file:
        file.write(words)
    typer.echo(target.as_posix())


def _target(content: Path | None, kind: NewKind, name: str) -> Path:
    """Where a new file goes: a plan or a roster beside the user, everything else where the library looks for it."""
    from generator.load.starting_files import starting_path

    place = starting_path(kind, name)
    if kind in ("plan", "roster"):
        return Path(place.name)
    own = content or Path.cwd()
    if not (own / "handouts").is_dir() or not (own / "layouts").is_dir():
        raise UsageError(
            "This folder holds no content of yours.",
            hint="Go to a folder that holds handouts/ and layouts/, or name one with --content.",
        )
    return own / place


def schema(kind: Annotated[SchemaKind, typer.Argument(help="Kind of file.", show_default=False)]) -> None:
    """Print the JSON Schema of a kind of file, for completion in an editor."""
    from generator.load.schema import json_schema

    print_json(json_schema(kind))


def sign_off(
    context: typer.Context,
    id: Annotated[
        str, typer.Argument(help="Handout, exercise, program, evidence file, or safety.", show_default=False)
    ],
    by: Annotated[str, typer.Option("--by", help="Name of the clinician.", show_default=False)],
    role: Annotated[str, typer.Option("--role", help="Role, such as physical therapist.", show_default=False)],
    next_review: Annotated[
        date | None,
        typer.Option("--next-review", parser=day, metavar="DATE", help="Default: in 24 months.", show_default=False),
    ] = None,
    as_of: AsOfOption = None,
) -> None:
    """Record that a clinician has signed one piece of content off, in the clinic's own handouts/reviews.yaml."""
    from generator.checks.library import items_of
    from generator.checks.sign_off import RECORD, record_text
    from generator.checks.sign_off import sign_off as signed
    from generator.cli.gating import records
    from generator.deliver.disk import write_whole
    from generator.load.content import content_folder
    from generator.load.library import load_library

    content = content_folder(context.obj)
    if content.name == "shipped":
        raise UsageError(
            "The content that ships cannot be signed off.",
            hint="Copy handouts/ and layouts/ into a folder of your own, and sign it off there.",
        )
    item = next((one for one in items_of(load_library(content)) if one.id == id), None)
    if item is None:
        raise UsageError(f'There is no content "{id}" to sign off.', hint="handouts list exercises shows ids.")
    known = records(content)
    if known.findings:
        raise ErrorList(ContentError(one.message, hint=one.hint, place=one.place) for one in known.findings)
    entries = signed(item, known.entries, by=by, role=role, on=as_of or today(), next_review=next_review)
    write_whole(content / RECORD, record_text(entries).encode("utf-8"))
    typer.echo(f"{id}, version {item.version}: signed off by {by}. Next review: {entries[-1].next_review}.")
