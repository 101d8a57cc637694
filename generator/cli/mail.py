"""The commands of `handouts mail` that make and show messages. `mail_steps` has the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from generator.cli.guard import guarded
from generator.cli.mail_report import (
    IdArgument,
    IdsArgument,
    PacksOption,
    SettingsOption,
    ToOption,
    as_json,
    checking,
    chosen,
    end,
    known,
    lock,
)
from generator.cli.mail_steps import STEPS
from generator.cli.options import DEFAULT_OUT, JsonOption, KeyOption, today
from generator.cli.report import print_json, progress, shown
from generator.errors import HandoutsError, UsageError


def draft(
    context: typer.Context,
    plans: Annotated[list[Path], typer.Argument(help="Plans, rosters, or folders of plans.", show_default=False)],
    packs: PacksOption = DEFAULT_OUT,
    encrypt: Annotated[bool, typer.Option("--encrypt", help="Lock each file with a passphrase of its own.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Also packs that their patient was mailed before.")] = False,
    settings: SettingsOption = None,
    key: KeyOption = None,
    json: JsonOption = False,
) -> None:
    """Draft one message for each pack whose patient agreed to email. Nothing is sent."""
    from generator.deliver.mail.outbox import Outbox
    from generator.deliver.mail.settings import mail_settings
    from generator.load.content import content_folder
    from generator.load.library import load_library
    from generator.mailing.drafting import DEFAULT_LARGEST, Drafts, Wanted, plans_of
    from generator.mailing.drafting import draft as draft_all
    from generator.mailing.packs import Packs

    library = load_library(content_folder(context.obj))
    server = mail_settings(settings)
    wanted = Wanted(
        as_of=today(),
        encrypt=encrypt,
        again=again,
        domain=server.domain if server else None,
        largest=server.largest if server else DEFAULT_LARGEST,
    )
    errors: list[HandoutsError] = []
    found = plans_of(progress(plans, "Reading"), library, errors, shown)
    folder, drafts = Packs(packs, key), Drafts()
    if found:
        _ = folder.key  # without the folder's key there is nothing to draft, and no outbox to make
        with Outbox(packs, make=True) as outbox:
            drafts = draft_all(outbox, folder, progress(found, "Drafting"), library, wanted)
    for one in [] if json else drafts.drafted:
        typer.echo(f"{one.message.id}  {one.state:<8}  pack {one.message.pack_id}  {lock(one.message)}".rstrip())
    made = [{**as_json(one.message), "outcome": one.state} for one in drafts.drafted]
    end([*errors, *drafts.errors], {"drafts": made} if json else None)


def list_(
    packs: PacksOption = DEFAULT_OUT,
    state: Annotated[str | None, typer.Option("--state", help="Only those in this state.", show_default=False)] = None,
    passphrases: Annotated[
        bool, typer.Option("--passphrases", help="Passphrases, for the front desk to tell by phone.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """List messages and what became of each."""
    from generator.deliver.mail.outbox import Outbox
    from generator.deliver.mail.states import MEANING, STATES

    asked = tuple(one for one in STATES if one == state)
    if state is not None and not asked:
        raise UsageError("There is no such state.", hint=f"States: {', '.join(STATES)}.")
    with Outbox(packs) as outbox:
        found, counts = outbox.messages(*asked), outbox.counts()
    if passphrases:
        found = tuple(message for message in found if message.passphrase is not None)
    if json:
        print_json([as_json(message, passphrase=passphrases) for message in found])
        return
    for message in found:
        what = message.passphrase if passphrases else known(message)
        typer.echo(f"{message.id}  {message.pack_id}  {message.name} <{message.address}>  {what}")
    for name, count in counts.items():
        typer.echo(f"{count} {name}: {MEANING[name]}", err=True)


def show(
    context: typer.Context,
    id: IdArgument,
    packs: PacksOption = DEFAULT_OUT,
    to: ToOption = None,
    settings: SettingsOption = None,
    key: KeyOption = None,
    json: JsonOption = False,
) -> None:
    """Show a message as the patient will see it and what happened to it, and write it as a file to open."""
    from generator.deliver.mail.outbox import Outbox
    from generator.deliver.mail.sending import Stale
    from generator.mailing.files import MAIL_FOLDER, write_view

    with Outbox(packs) as outbox:
        message = outbox.message(id)
        words, journal = outbox.letter(message.letter), outbox.journal(message.id)
        checks = checking(context, outbox, packs, settings, key)
        envelope = checks.envelope(message, date=None)
        file, problem = "", ""
        try:
            file = write_view(checks, message, to or packs / MAIL_FOLDER).as_posix()
        except Stale as stale:
            problem = stale.message
    told: dict[str, Any] = {
        "from": str(envelope.sender) if envelope.sender else None,
        "to": str(envelope.recipient),
        "subject": words.subject,
        "attached": words.file_name,
        "size": message.size,
        "consent": message.consent,
        "text": words.text,
        "journal": [
            {"at": one.at, "before": one.before, "after": one.after, "by": one.by, "note": one.note} for one in journal
        ],
        "file": file or None,
        "problem": problem,
    }
    if json:
        print_json({**as_json(message), **told})
        return
    head = {
        "Message": f"{message.id}, {known(message)}",
        "From": told["from"] or "set up with the mail server",
        "To": told["to"],
        "Subject": words.subject,
        "Attached": f"{words.file_name}, {message.size / 1000:.0f} kB, pack {message.pack_id} {lock(message)}",
        "Consent": message.consent,
    }
    for name, value in head.items():
        typer.echo(f"{name + ':':<10}{value}".rstrip())
    typer.echo(f"\n{words.text}")
    for one in journal:
        typer.echo(f"{one.at}  {one.before or 'new'} to {one.after}  {one.by}  {one.note}".rstrip())
    typer.echo(f"Cannot be sent any more: {problem}" if problem else f"To open in a mail program: {file}")


def export(
    context: typer.Context,
    ids: IdsArgument = None,
    packs: PacksOption = DEFAULT_OUT,
    to: ToOption = None,
    settings: SettingsOption = None,
    key: KeyOption = None,
    json: JsonOption = False,
) -> None:
    """Write files that Outlook, Apple Mail and Thunderbird open as drafts: all that wait, if none is named."""
    from generator.deliver.mail.outbox import Outbox, only_sender
    from generator.mailing.files import MAIL_FOLDER
    from generator.mailing.files import export as export_all

    with Outbox(packs) as outbox, only_sender(packs):
        wanted = chosen(outbox, ids, ("draft", "approved", "exported") if ids else ("draft", "approved"))
        checks = checking(context, outbox, packs, settings, key)
        written, errors = export_all(outbox, checks, progress(wanted, "Writing"), to or packs / MAIL_FOLDER)
    for one in [] if json else written:
        typer.echo(f"{one.message.id}  exported  {one.file}")
    if written and not json:
        typer.echo("Then say for each: handouts mail resolve ID --was sent|not-sent --by NAME", err=True)
    files = [{**as_json(one.message), "state": "exported", "file": one.file.as_posix()} for one in written]
    end(errors, {"files": files} if json else None)


mail = typer.Typer(
    name="mail",
    help="Email packs: drafted for patients who agreed, approved by a named person, sent once.",
    no_args_is_help=True,
    add_completion=False,
)
_COMMANDS: Final[dict[str, Callable[..., None]]] = {"draft": draft, "list": list_, "show": show, "export": export}
for _name, _command in {**_COMMANDS, **STEPS}.items():
    mail.command(_name)(guarded(_command))
