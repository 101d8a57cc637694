"""Commands about content: list, new, schema, check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from generator.cli.guard import guarded
from generator.cli.report import error_as_json, exit_code, flat, print_json, progress, show_errors
from generator.errors import HandoutsError, UsageError

ListKind = Literal["handouts", "exercises", "programs", "layouts", "brands"]
NewKind = Literal["handout", "exercise", "program", "plan", "brand"]
SchemaKind = Literal["handout", "exercise", "program", "plan", "brand", "layout"]


def list_(
    context: typer.Context,
    kind: Annotated[ListKind, typer.Argument(help="What to list.", show_default=False)],
    json: Annotated[bool, typer.Option("--json", help="One JSON document for scripts.")] = False,
) -> None:
    """List what the library holds."""
    from generator.load.content import content_folder
    from generator.load.library import load_library

    library = load_library(content_folder(context.obj))
    rows = [_row(kind, one) for one in getattr(library, kind).values()]
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


def new(
    context: typer.Context,
    kind: Annotated[NewKind, typer.Argument(help="What to start.", show_default=False)],
    name: Annotated[str, typer.Argument(help="What it is called.", show_default=False)],
) -> None:
    """Write a commented starting file that builds as it is: a plan here, all else into the content folder."""
    from generator.load.starting_files import starting_file

    target = _target(context.obj, kind, name)
    if target.exists():
        raise UsageError(f"{target} exists already.", hint="Choose another name; nothing was written.")
    words = starting_file(kind, name, today=datetime.now().astimezone().date())
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("x", encoding="utf-8", newline="\n") as file:
        file.write(words)
    typer.echo(target.as_posix())


def _target(content: Path | None, kind: NewKind, name: str) -> Path:
    """Where a new file goes: a plan beside the user, everything else where the library looks for it."""
    from generator.load.starting_files import starting_path

    place = starting_path(kind, name)
    if kind == "plan":
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


def check(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(help="Plans, or folders of them.", show_default=False)] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON document for scripts.")] = False,
) -> None:
    """Load and check everything, and report all errors at once."""
    from generator.load.content import content_folder, plan_files, yaml_files
    from generator.load.library import read_library
    from generator.load.plans import load_plan

    content = content_folder(context.obj)
    report = read_library(content)
    errors: list[HandoutsError] = list(report.errors)
    plans = (
        [file for path in paths for file in (yaml_files(path) if path.is_dir() else (path,))]
        if paths
        else plan_files(content)
    )
    for path in plans:
        try:
            load_plan(path, report.library)
        except HandoutsError as error:
            errors += flat(error)
    _report(errors, len(plans), json=json)
    if errors:
        raise typer.Exit(exit_code(errors))


def _report(errors: Sequence[HandoutsError], plans: int, *, json: bool) -> None:
    if json:
        print_json({"findings": [error_as_json(error) for error in errors]})
        return
    show_errors(errors)
    typer.echo(f"{len(errors)} errors." if errors else f"No errors. The library and {plans} plans are fine.")


def poses(
    context: typer.Context,
    ids: Annotated[
        list[str] | None, typer.Argument(help="Exercises; all if none is named.", show_default=False)
    ] = None,
) -> None:
    """Solve the poses of exercise pictures and keep them beside the exercises, so that packs do not wait for it."""
    from generator.load.content import content_folder
    from generator.load.library import load_library
    from generator.load.poses import Poses

    found = Poses(load_library(content_folder(context.obj)))
    errors: list[HandoutsError] = []
    for id in progress(ids or list(found), "Solving"):
        if id not in found:
            errors.append(UsageError(f'There is no exercise "{id}" with a pose.'))
            continue
        try:
            typer.echo(f"{id}  {'solved' if found.keep(id) else 'kept already'}")
        except HandoutsError as error:
            errors += flat(error)
    show_errors(errors)
    if errors:
        raise typer.Exit(exit_code(errors))


def add_to(app: typer.Typer) -> None:
    """Registers the commands in the order of the help."""
    app.command("list")(guarded(list_))
    for command in (new, schema, check, poses):
        app.command()(guarded(command))
