"""Commands about content: list, new, schema, check."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from generator import __version__
from generator.cli.days import AsOfOption, day
from generator.cli.guard import guarded
from generator.cli.report import (
    CONTENT_ERRORS,
    SOME_FAILED,
    exit_code,
    flat,
    print_json,
    progress,
    show_errors,
    show_findings,
    shown,
)
from generator.errors import ContentError, ErrorList, HandoutsError, UsageError
from generator.models.selection import Finding

if TYPE_CHECKING:
    from generator.models.library import Library

ListKind = Literal["handouts", "exercises", "programs", "layouts", "brands"]
NewKind = Literal["handout", "exercise", "program", "plan", "brand", "roster"]
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
    name: Annotated[str, typer.Argument(help="What it is called.", show_default=False)],
) -> None:
    """Write a commented starting file that works as it is: a plan or roster here, all else into the content folder."""
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


def check(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(help="Plans, or folders of them.", show_default=False)] = None,
    as_of: AsOfOption = None,
    explain: Annotated[
        str | None,
        typer.Option("--explain", metavar="CODE", help="Tell a rule's reason and source.", show_default=False),
    ] = None,
    sarif: Annotated[bool, typer.Option("--sarif", help="A SARIF document for editors and CI.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON document for scripts.")] = False,
) -> None:
    """Load and check everything, content, plans and brands, and report all findings at once."""
    from generator.checks.catalog import explain as explained

    if explain:
        typer.echo(explained(explain))
        return
    from generator.checks.report import as_json, as_sarif

    errors, findings, plans = _all_findings(context.obj, paths, as_of or datetime.now().astimezone().date())
    whole = [*(_as_finding(error) for error in errors), *findings]
    grave = [one for one in whole if one.severity == "error"]
    if sarif or json:
        print_json(as_sarif(whole, __version__) if sarif else as_json(whole))
    else:
        show_errors(errors)
        show_findings(findings)
        warnings = len(whole) - len(grave)
        said = f"{len(grave)} errors, {warnings} warnings and notes." if whole else "Nothing to report."
        typer.echo(f"{said} Checked: the library and {plans} plans.")
    if grave:
        refused = exit_code(errors) or (CONTENT_ERRORS if any(_is_content(one) for one in grave) else SOME_FAILED)
        raise typer.Exit(refused)


def _all_findings(
    given: Path | None, paths: list[Path] | None, today: date
) -> tuple[list[HandoutsError], list[Finding], int]:
    """Errors of loading, findings of the gates, and how many plans were looked at."""
    from generator.checks.library import check_library
    from generator.checks.plan import select
    from generator.cli.gating import records
    from generator.load.content import content_folder, plan_files, yaml_files
    from generator.load.library import read_library
    from generator.load.plans import load_plan

    content = content_folder(given)
    report, known = read_library(content), records(content)
    errors: list[HandoutsError] = list(report.errors)
    findings: list[Finding] = list(known.findings)
    library = report.library
    if library is not None and not errors:
        findings += check_library(library, today, reviews=known.reviews, scores=known.scores, silences=known.silences)
    plans = [one for path in paths or () for one in (yaml_files(path) if path.is_dir() else (path,))]
    plans = plans or ([] if paths else list(plan_files(content)))
    for path in progress(plans, "Checking"):
        try:
            plan = load_plan(path, library, shown=shown(path))
        except HandoutsError as error:
            errors += flat(error)
            continue
        if library is not None and not errors:
            options = {"reviews": known.reviews, "scores": known.scores}
            findings += select(plan, library, as_of=today, draft=True, **options)[1]  # type: ignore[arg-type]
    known.scores.save()
    return errors, findings, len(plans)


def _as_finding(error: HandoutsError) -> Finding:
    from generator.checks.files import READABLE

    return READABLE.found(error.message, hint=error.hint, place=error.place)


def _is_content(finding: Finding) -> bool:
    """Whether a finding is about shared content rather than about one plan."""
    return (
        finding.place is not None
        and finding.place.file.startswith(("handouts/", "layouts/"))
        and ("plans/" not in finding.place.file)
    )


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
    today = as_of or datetime.now().astimezone().date()
    entries = signed(item, known.entries, by=by, role=role, on=today, next_review=next_review)
    write_whole(content / RECORD, record_text(entries).encode("utf-8"))
    typer.echo(f"{id}, version {item.version}: signed off by {by}. Next review: {entries[-1].next_review}.")


def add_to(app: typer.Typer) -> None:
    """Registers the commands in the order of the help."""
    app.command("list")(guarded(list_))
    for command in (new, schema, check, sign_off):
        app.command()(guarded(command))
