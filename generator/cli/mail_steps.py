"""The commands of `handouts mail` that move messages on: approve, withdraw, send, resolve."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from generator.cli.mail_report import (
    ByOption,
    IdArgument,
    IdsArgument,
    PacksOption,
    SettingsOption,
    as_json,
    checking,
    chosen,
    end,
    known,
    person,
    say,
)
from generator.cli.options import DEFAULT_OUT, JsonOption, KeyOption
from generator.errors import HandoutsError, PlanError, UsageError

if TYPE_CHECKING:
    from generator.deliver.mail.outbox import Message

ASK = "See handouts mail list --state unknown, ask the patient or look at the server, then handouts mail resolve."


def approve(
    by: ByOption,
    ids: IdsArgument = None,
    all_: Annotated[bool, typer.Option("--all", help="All drafts.")] = False,
    packs: PacksOption = DEFAULT_OUT,
    json: JsonOption = False,
) -> None:
    """Record that a named person looked at drafts and lets them go."""
    from generator.deliver.mail.outbox import Outbox

    if all_ == bool(ids):
        raise UsageError("approve takes ids, or --all.")
    with Outbox(packs) as outbox, outbox.transaction():
        messages = chosen(outbox, ids, ("draft",))
        for message in messages:
            outbox.step(message, "approved", by=person(by))
    say(messages, "approved", json=json)


def withdraw(
    by: ByOption,
    ids: Annotated[list[str], typer.Argument(help="Ids of messages.", show_default=False)],
    packs: PacksOption = DEFAULT_OUT,
    json: JsonOption = False,
) -> None:
    """Take back messages that are not sent yet."""
    from generator.deliver.mail.outbox import Outbox
    from generator.deliver.mail.states import OPEN

    with Outbox(packs) as outbox, outbox.transaction():
        messages = chosen(outbox, ids, OPEN)
        for message in messages:
            outbox.step(message, "withdrawn", by=person(by))
    say(messages, "withdrawn", json=json)


def send(
    context: typer.Context,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="At most so many.", show_default=False)] = None,
    packs: PacksOption = DEFAULT_OUT,
    settings: SettingsOption = None,
    key: KeyOption = None,
    json: JsonOption = False,
) -> None:
    """Send approved messages through the clinic's mail server, each once."""
    from generator.deliver.mail.outbox import Outbox, only_sender
    from generator.deliver.mail.sending import Clock, due
    from generator.deliver.mail.sending import send as send_all
    from generator.deliver.mail.server import MailServer
    from generator.deliver.mail.settings import HOW_TO_SET_UP, mail_settings

    server_settings = mail_settings(settings)
    if server_settings is None:
        raise UsageError("No mail server is set up. Nothing was sent.", hint=HOW_TO_SET_UP)
    done: list[Message] = []
    errors: list[HandoutsError] = []
    with Outbox(packs) as outbox, only_sender(packs), MailServer(server_settings) as server:
        if count := outbox.settle_cut_short():
            errors.append(
                PlanError(f"Cut short in an earlier run, so that nobody knows whether sent: {count}.", hint=ASK)
            )
        messages = due(outbox, Clock())[:limit]
        checks = checking(context, outbox, packs, settings, key)
        try:
            for message in send_all(outbox, server, checks.parcel, messages, Clock()):
                done.append(message)
                if not json:
                    typer.echo(f"{message.id}  {known(message)}")
        except HandoutsError as problem:
            errors.append(problem)
        counts = outbox.counts()
    if not json:
        typer.echo("Outbox: " + (", ".join(f"{count} {state}" for state, count in counts.items()) or "empty"), err=True)
    failed = any(message.state not in ("sent", "deferred", "withdrawn") for message in done)
    result = {"messages": [as_json(message) for message in done], "outbox": counts}
    end(errors, result if json else None, failed=failed)


def resolve(
    id: IdArgument,
    was: Annotated[
        Literal["sent", "not-sent"], typer.Option("--was", help="What a person found out.", show_default=False)
    ],
    by: ByOption,
    packs: PacksOption = DEFAULT_OUT,
    json: JsonOption = False,
) -> None:
    """Decide about a message of which nobody knows whether it was sent, or that a mail program has."""
    from generator.deliver.mail.outbox import Outbox

    with Outbox(packs) as outbox:
        messages = chosen(outbox, [id], ("unknown", "exported"))
        back: Literal["approved", "draft"] = "approved" if messages[0].state == "unknown" else "draft"
        to: Literal["sent", "approved", "draft"] = "sent" if was == "sent" else back
        outbox.step(messages[0], to, by=person(by), note=f"a person says: {was}")
    say(messages, to, json=json)


STEPS: Final[dict[str, Callable[..., None]]] = {
    "approve": approve,
    "withdraw": withdraw,
    "send": send,
    "resolve": resolve,
}
"""Commands that move messages on, in the order of the help."""
