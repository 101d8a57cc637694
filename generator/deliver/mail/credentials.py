"""Passwords and tokens: from the environment, a command or the system's keyring, and never from a file of ours.

They go to the mail server and nowhere else. No error quotes what a command printed.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from typing import Final

import keyring
import keyring.errors

from generator.deliver.mail.settings import PREFIX, MailSettings
from generator.errors import UsageError

SERVICE: Final = "handouts-mail"
"""Name of the entry in the keyring."""

PASSWORD_VARIABLE: Final = f"{PREFIX}PASSWORD"
_COMMAND_SECONDS: Final = 60


class NoCredentials(UsageError):
    """There is no password or token to log in with."""


def password(settings: MailSettings) -> str:
    """The password of `settings.login`. Raises NoCredentials."""
    given = os.environ.get(PASSWORD_VARIABLE)
    if given:
        return given
    if settings.password_command:
        return printed_by(settings.password_command, "password_command")
    try:
        kept = keyring.get_password(SERVICE, settings.login)
    except keyring.errors.KeyringError:
        kept = None
    if kept:
        return kept
    raise NoCredentials(
        "There is no password for the mail server.",
        hint=f"Store it with: keyring set {SERVICE} USERNAME. Or set {PASSWORD_VARIABLE}, or a password_command.",
    )


def token(settings: MailSettings) -> str:
    """A fresh OAuth 2.0 access token. Raises NoCredentials."""
    assert settings.token_command, "the settings ask for it with xoauth2"
    return printed_by(settings.token_command, "token_command")


def printed_by(command: tuple[str, ...] | str, name: str) -> str:
    """The first line that a command prints; no shell takes part. Raises NoCredentials."""
    parts = shlex.split(command, posix=os.name == "posix") if isinstance(command, str) else list(command)
    try:
        done = subprocess.run(
            parts, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=_COMMAND_SECONDS
        )
        lines = done.stdout.decode("utf-8").splitlines()
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError, ValueError, IndexError):
        lines = []
    if not lines or not lines[0].strip():
        hint = "Run it by hand: it must print one line and end with code 0, within a minute."
        raise NoCredentials(f"The {name} of the settings gave nothing.", hint=hint)
    return lines[0].strip()
