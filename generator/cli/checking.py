"""Commands that judge content and plans: check, and how easy handouts are to understand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from generator import __version__
from generator.cli.days import AsOfOption
from generator.cli.options import JsonOption, today
from generator.cli.report import (
    CONTENT_ERRORS,
    SOME_FAILED,
    exit_code,
    flat,
    print_json,
    progress,
    show_by_file,
    shown,
)
from generator.errors import HandoutsError, Place, UsageError

if TYPE_CHECKING:
    from generator.checks.understanding import Understanding
    from generator.models.library import Library
    from generator.models.roster import Roster
    from generator.models.selection import Finding


def check(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(help="Plans, rosters, or folders.", show_default=False)] = None,
    as_of: AsOfOption = None,
    explain: Annotated[
        str | None,
        typer.Option("--explain", metavar="CODE", help="Tell a rule's reason and source.", show_default=False),
    ] = None,
    sarif: Annotated[bool, typer.Option("--sarif", help="A SARIF document for editors and CI.")] = False,
    json: JsonOption = False,
) -> None:
    """Load and check everything, content, plans and brands, and report all findings at once."""
    from generator.checks.catalog import explain as explained

    if explain:
        typer.echo(explained(explain))
        return
    from generator.checks.report import as_json, as_sarif

    errors, findings, plans = _all_findings(context.obj, paths, as_of or today())
    whole = [*(_as_finding(error) for error in errors), *findings]
    grave = [one for one in whole if one.severity == "error"]
    if sarif or json:
        print_json(as_sarif(whole, __version__) if sarif else as_json(whole))
    else:
        show_by_file(whole)
        warnings = len(whole) - len(grave)
        said = f"{len(grave)} errors, {warnings} warnings and notes." if whole else "Nothing to report."
        typer.echo(f"{said} Checked: the library and {plans} plans.")
    if grave:
        refused = exit_code(errors) or (CONTENT_ERRORS if any(_is_content(one) for one in grave) else SOME_FAILED)
        raise typer.Exit(refused)


def _all_findings(
    given: Path | None, paths: list[Path] | None, day: date
) -> tuple[list[HandoutsError], list[Finding], int]:
    """Errors of loading, findings of the gates, and how many plans were looked at."""
    from generator.checks.silence import SILENCES, silenced
    from generator.cli.gating import Gates, records
    from generator.inputs.codes import FILE as CODES
    from generator.inputs.codes import read_codes
    from generator.load.content import content_folder, plan_files
    from generator.load.kept_library import kept_libraries, read_kept

    content = content_folder(given)
    report, known = read_kept(content, kept_libraries()), records(content)
    errors: list[HandoutsError] = list(report.errors)
    findings: list[Finding] = list(known.findings)
    library = report.library if not errors else None
    gates = Gates.of(library, known, day) if library is not None else None
    findings += gates.on_library() if gates is not None else ()
    if report.library is not None and (content / CODES).is_file():
        try:
            read_codes(report.library)
        except HandoutsError as error:
            errors += flat(error)
    seen, count = set[str](), 0
    for path in progress(paths or list(plan_files(content)), "Checking"):
        roster, refused = _plans(path, report.library)
        errors += refused
        findings += roster.notes
        count += len(roster.plans) + len(roster.refused)
        seen |= {shown(path), *(plan.places.file for plan in roster.plans), *(row.place.file for row in roster.refused)}
        if gates is not None:
            for plan in roster.plans:
                findings += gates.on_plan(plan)
    known.scores.save()
    if library is not None:
        looked_at = seen | {places.file for places in library.places.values()}
        gone = {one.file for one in known.silences if not (content / one.file).exists() and not Path(one.file).exists()}
        findings = list(silenced(findings, known.silences, Place(SILENCES), looked_at | gone))
    return errors, findings, count


def _plans(path: Path, library: Library | None) -> tuple[Roster, list[HandoutsError]]:
    """The plans of a file, a roster or a folder, and what is wrong with the others.

    Without a library only the form of plan files can be checked.
    """
    from generator.inputs.rosters import read_roster
    from generator.load.content import yaml_files
    from generator.load.plans import load_plan
    from generator.models.roster import Roster

    errors: list[HandoutsError] = []
    if library is not None:
        try:
            roster = read_roster(path, library, shown=shown(path))
        except HandoutsError as error:
            return Roster(()), list(flat(error))
        return roster, [error for row in roster.refused for error in row.errors]
    plans = []
    for file in yaml_files(path) if path.is_dir() else (path,):
        try:
            plans.append(load_plan(file, None, shown=shown(file)))
        except HandoutsError as error:
            errors += flat(error)
    return Roster(tuple(plans)), errors


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


def understand(
    context: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(help="Handouts; all if none is named.", show_default=False)] = None,
    json: JsonOption = False,
) -> None:
    """Score how easy handouts are to understand (PEMAT-P, CDC index), and list what a person must look at.

    Pages are those of the stock copy that `handouts preview ID` makes.
    """
    from generator.checks.understanding import understanding_of
    from generator.cli.making import workshop
    from generator.pipeline import Options

    shop = workshop(context.obj, Options(today(), draft=True))
    handouts = shop.library.handouts
    unknown = next((id for id in ids or () if id not in handouts), None)
    if unknown is not None:
        raise UsageError(f'There is no handout "{unknown}".', hint="handouts list handouts shows them all.")
    reports = [
        understanding_of(handouts[id], shop.library, shop.pages_of_blocks(id))
        for id in progress(ids or list(handouts), "Reading")
    ]
    if json:
        print_json([_as_json(report) for report in reports])
        return
    for report in reports:
        _tell(report)


def _tell(report: Understanding) -> None:
    from generator.checks.understanding import AIM, SCALES

    typer.secho(report.handout, bold=True)
    for scale in SCALES:
        score = report.score(scale)
        said = "nothing decided" if score is None else f"{score} of 100 of what a program can tell; the aim is {AIM}"
        typer.echo(f"  {scale}: {said}")
    for title, answers in (("To mend", report.failed()), ("To look at", report.to_look_at())):
        if answers:
            typer.echo(f"  {title}:")
        for answer in answers:
            typer.echo(f"    {answer}")


def _as_json(report: Understanding) -> dict[str, Any]:
    from generator.checks.understanding import AIM, SCALES

    return {
        "handout": report.handout,
        "aim": AIM,
        "scores": {scale: report.score(scale) for scale in SCALES},
        "items": [
            {
                "scale": answer.question.scale,
                "number": answer.question.number,
                "asks": answer.question.asks,
                "verdict": answer.verdict,
                "pages": list(answer.pages),
            }
            for answer in report.answers
        ],
    }
