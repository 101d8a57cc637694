"""How to reach the clinic's mail server: a settings file, and the environment, which wins.

Nothing here has a value that could reach a real server: without a `host` of the clinic's own, nothing is sent. The
password and tokens stand in none of these: see `credentials`.
"""

from __future__ import annotations

import ipaddress
import os
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final, Literal

from email_validator import EmailNotValidError, validate_email
from pydantic import BeforeValidator, Field, StringConstraints, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from generator.errors import ErrorList, Place, UsageError

SETTINGS_FILE: Final = "handouts-mail.toml"
PREFIX: Final = "HANDOUTS_MAIL_"
MEGABYTE: Final = 1_000_000

HOW_TO_SET_UP: Final = (
    f"Write {SETTINGS_FILE} (docs/email.md has one for Microsoft 365, Google Workspace and a plain server), or set "
    f"{PREFIX}HOST and the rest in the environment. Until then, handouts mail export writes files that Outlook, Apple "
    "Mail and Thunderbird open as drafts."
)


def _one_address(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        found = validate_email(value, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise ValueError("must be one address such as clinic@example.com") from None
    return found.ascii_email


MailAddress = Annotated[str, BeforeValidator(_one_address)]
Host = Annotated[str, StringConstraints(min_length=1, max_length=253, pattern=r"^[A-Za-z0-9.:-]+$")]
OneLine = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f\x7f]+$")]


class MailSettings(BaseSettings):
    """The mail server and the sender. In the environment each name has HANDOUTS_MAIL_ before it."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True
    )
    file: ClassVar[Path | None] = None

    host: Host = Field(description="Name of the mail server.")
    port: int = Field(587, ge=1, le=65535, description="Port: 587 for starttls, 465 for tls.")
    security: Literal["starttls", "tls", "none"] = Field("starttls", description="none: a loopback test server only.")
    loopback_test_server: bool = Field(False, description="true: allows security none to a test server on 127.0.0.1.")
    ca_file: Path | None = Field(None, description="Certificates to trust instead of the system's (PEM).")
    auth: Literal["password", "xoauth2", "none"] = Field("password", description="How to log in.")
    username: OneLine | None = Field(None, description="Who logs in; the sender's address if not given.")
    password_command: tuple[str, ...] | str | None = Field(None, description="Command that prints the password.")
    token_command: tuple[str, ...] | str | None = Field(None, description="Command that prints a token, for xoauth2.")
    from_address: MailAddress = Field(description="The clinic's own address.")
    from_name: OneLine | None = Field(None, description="Name beside it; the clinic's name if not given.")
    reply_to: MailAddress | None = Field(None, description="Where answers go, if not to the sender.")
    messages_a_minute: float = Field(25, gt=0, le=60_000, description="Most messages in a minute.")
    timeout_s: float = Field(60, gt=0, le=600, description="Most seconds that one step may take.")
    largest_mb: float = Field(20, gt=0, le=150, description="Largest message, in MB as it is mailed.")
    most_attempts: int = Field(8, ge=1, le=50, description="Tries before a deferred message counts as failed.")
    first_wait_s: float = Field(300, gt=0, le=86_400, description="Seconds before a deferred message is tried again.")

    @model_validator(mode="after")
    def _is_safe(self) -> MailSettings:
        if self.security == "none" and not (self.loopback_test_server and _is_loopback(self.host)):
            raise ValueError("mail is sent over TLS only: none is for a loopback test server, with its switch")
        if self.auth == "xoauth2" and not self.token_command:
            raise ValueError("auth is xoauth2, which needs a token_command")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment, then the settings file."""
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=cls.file))

    @property
    def login(self) -> str:
        """Who logs in."""
        return self.username or self.from_address

    @property
    def domain(self) -> str:
        """The sender's domain: of Message-IDs, and what we call ourselves to the server."""
        return self.from_address.rpartition("@")[2]

    @property
    def largest(self) -> int:
        """Largest message in bytes."""
        return int(self.largest_mb * MEGABYTE)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def mail_settings(file: Path | None = None) -> MailSettings | None:
    """The settings of a file (by default handouts-mail.toml in this folder, if it is there) and of the environment;
    None if neither names a mail server. Raises ErrorList of UsageErrors, which quote no value.
    """
    found = file or (Path(SETTINGS_FILE) if Path(SETTINGS_FILE).is_file() else None)
    if file is not None and not file.is_file():
        raise UsageError("The settings file was not found.", hint="Check its path.", place=Place(str(file)))
    if found is None and not any(name.upper().startswith(PREFIX) for name in os.environ):
        return None
    shown = str(found) if found is not None else "environment"
    chosen = type("FileSettings", (MailSettings,), {"file": found, "__doc__": MailSettings.__doc__})
    try:
        settings: MailSettings = chosen()
    except ValidationError as problem:
        raise ErrorList(
            UsageError(_words(entry), hint=_hint(entry), place=Place(shown, None, ".".join(map(str, entry["loc"]))))
            for entry in problem.errors(include_input=False, include_url=False)
        ) from None
    except (SettingsError, ValueError, OSError) as problem:
        hint = "It must be TOML: name = value, text in quotation marks. See docs/email.md."
        raise UsageError("The settings cannot be read.", hint=hint, place=Place(shown)) from problem
    return settings


def _words(entry: Any) -> str:
    if entry["type"] == "missing":
        return "This setting is missing."
    if entry["type"] == "extra_forbidden":
        return "This setting is not known."
    if entry["type"] == "value_error":
        text = str(entry["ctx"]["error"])
        return f"{text[0].upper()}{text[1:]}."
    return "This setting is not right."


def _hint(entry: Any) -> str:
    name = str(entry["loc"][0]) if entry["loc"] else ""
    info = MailSettings.model_fields.get(name)
    if entry["type"] == "extra_forbidden" and name in ("password", "token"):
        return f"A {name} never stands in a file: see docs/email.md for the keyring and {name}_command."
    return info.description or "" if info is not None else "docs/email.md lists them all."
