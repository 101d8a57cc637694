"""What the mail commands share: options, which messages are meant, and how a message is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from generator.cli.options import option
from generator.cli.report import SOME_FAILED, error_as_json, exit_code, print_json, show_errors
from generator.errors import HandoutsError, UsageError

if TYPE_CHECKING:
    from generator.deliver.mail.outbox import Message, Outbox
    from generator.deliver.mail.states import State
    from generator.mailing.checking import Checking

PacksOption = Annotated[Path, typer.Option("--packs", help="Folder of the packs; the outbox stands in it.")]
ByOption = Annotated[str, option("--by", "Name of the person who decides.")]
SettingsOption = Annotated[Path | None, option("--settings", "Mail server settings; else handouts-mail.toml here.")]
ToOption = Annotated[Path | None, option("--to", "Folder for the files. Default: .handouts-mail beside the packs.")]
IdsArgument = Annotated[list[str] | None, typer.Argument(help="Ids of messages.", show_default=False)]
IdArgument = Annotated[str, typer.Argument(help="Id of a message.", show_default=False)]


def checking(context: typer.Context, outbox: Outbox, packs: Path, settings: Path | None, key: Path | None) -> Checking:
    """What checks messages and makes their bytes; the library is loaded only if a plan has to be read again."""
    from generator.deliver.mail.settings import mail_settings
    from generator.load.content import content_folder
    from generator.load.library import load_library
    from generator.mailing.checking import Checking
    from generator.mailing.packs import Packs

    def library() -> Any:
        return load_library(content_folder(context.obj))

    return Checking(outbox, Packs(packs, key), library, mail_settings(settings))


def chosen(outbox: Outbox, ids: Sequence[str] | None, states: Sequence[State]) -> tuple[Message, ...]:
    """The messages of those ids, all of which must be in one of these states; without ids all that are.

    Raises UsageError before anything is done.
    """
    if not ids:
        return outbox.messages(*states)
    found = {message.id: message for message in map(outbox.message, ids)}
    for message in found.values():
        if message.state not in states:
            raise UsageError(
                f"Message {message.id} is {message.state}. Nothing was done.",
                hint=f"This is for messages that are {' or '.join(states)}.",
            )
    return tuple(found.values())


def person(name: str) -> str:
    """Who decides, for the journal. Raises UsageError where there is no name."""
    whole = " ".join(name.split())
    if not whole or len(whole) > 60:
        raise UsageError("--by takes the name of a person.", hint="Up to 60 characters.")
    return whole


def known(message: Message) -> str:
    """A message's state with what else is known of it."""
    when = ""
    if message.state == "deferred" and message.next_try is not None:
        when = f", next try {datetime.fromtimestamp(message.next_try).astimezone():%H:%M}"
    return f"{message.state}{f' ({message.reply})' if message.reply else ''}{when}"


def lock(message: Message) -> str:
    """Whether the attached file is locked."""
    return "" if message.passphrase is None else "encrypted"


def as_json(message: Message, *, passphrase: bool = False) -> dict[str, Any]:
    """A message for scripts; its passphrase only where that was asked for."""
    due = message.next_try
    told = {
        "id": message.id,
        "state": message.state,
        "pack_id": message.pack_id,
        "name": message.name,
        "address": message.address,
        "encrypted": message.passphrase is not None,
        "reply": message.reply,
        "attempts": message.attempts,
        "next_try": datetime.fromtimestamp(due, UTC).isoformat(timespec="seconds") if due is not None else None,
        "message_id": message.message_id,
    }
    return {**told, "passphrase": message.passphrase} if passphrase else told


def say(messages: Sequence[Message], state: str, *, json: bool) -> None:
    """What messages have become."""
    if json:
        print_json({"messages": [{"id": message.id, "state": state} for message in messages]})
    for message in [] if json else messages:
        typer.echo(f"{message.id}  {state}")
    if not messages and not json:
        typer.echo("There was nothing to do.", err=True)


def end(errors: Sequence[HandoutsError], result: dict[str, Any] | None, *, failed: bool = False) -> None:
    """The end of a run: the JSON document or the errors, and the exit code. failed: something else went wrong."""
    if result is not None:
        print_json({**result, "errors": [error_as_json(error) for error in errors]})
    else:
        show_errors(errors)
    code = max(exit_code(errors), SOME_FAILED if failed else 0)
    if code:
        raise typer.Exit(code)
