"""Messages as .eml files: to look at, and to send with the clinic's own mail program.

The files hold an address and a patient's pack, so they stand in a folder that only this user can open, under the
message's id.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from generator.deliver import disk
from generator.deliver.mail.outbox import Message, Outbox
from generator.deliver.mail.sending import Stale
from generator.errors import HandoutsError, PlanError
from generator.mailing.checking import Checking
from generator.values import dataclass

MAIL_FOLDER: Final = ".handouts-mail"
"""Where files go unless another folder is named; beside the packs."""


@dataclass(frozen=True, slots=True)
class Written:
    """A message and its file."""

    message: Message
    file: Path


def write_view(checking: Checking, message: Message, folder: Path) -> Path:
    """The message as the patient will see it, in a file that mail programs open as received mail."""
    return _write(folder, f"{message.id}-view.eml", checking.file(message, unsent=False))


def export(
    outbox: Outbox, checking: Checking, messages: Iterable[Message], folder: Path
) -> tuple[list[Written], list[HandoutsError]]:
    """Writes messages as drafts for a mail program. From then on only a person knows whether they were sent: they are
    `exported`, and `send` passes them over. What has become stale is not written.
    """
    written: list[Written] = []
    errors: list[HandoutsError] = []
    for message in messages:
        try:
            data = checking.file(message, unsent=True)
        except Stale as problem:
            if message.state != "exported":
                outbox.step(message, "stale", note=problem.message)
            errors.append(PlanError(f"Message {message.id}: {problem.message}", hint="Draft it again."))
            continue
        if message.state != "exported":
            outbox.step(message, "exported", note="as a file for a mail program")
        written.append(Written(message, _write(folder, f"{message.id}.eml", data)))
    return written, errors


def _write(folder: Path, name: str, data: bytes) -> Path:
    with disk.storage_errors(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    disk.write_whole(folder / name, data, private=True)
    return folder / name
