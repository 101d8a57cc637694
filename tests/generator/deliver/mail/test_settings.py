"""Settings come from a file and the environment; as shipped there are none. What is wrong in them is not quoted."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import keyring
import keyring.backend
import pytest

from generator.deliver.mail import credentials
from generator.deliver.mail.settings import PREFIX, SETTINGS_FILE, MailSettings, mail_settings
from generator.errors import ErrorList, HandoutsError
from tests.packs import CONTENT

GOOD = 'host = "mail.example.org"\nfrom_address = "clinic@example.org"\n'


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder and an environment without settings."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
        monkeypatch.delenv(name)


def written(text: str) -> Path:
    path = Path("mail.toml")
    path.write_text(text, "utf-8")
    return path


def refused(text: str) -> str:
    with pytest.raises(HandoutsError) as caught:
        mail_settings(written(text))
    assert caught.value.exit_code == 2
    return str(caught.value)


def test_as_shipped_no_mail_server_is_set_up() -> None:
    assert mail_settings() is None
    assert not list(CONTENT.rglob(SETTINGS_FILE))


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOUTS_MAIL_PORT", "465")
    settings = mail_settings(written(GOOD + "port = 2525\ntimeout_s = 5\n"))
    assert settings is not None
    assert (settings.port, settings.timeout_s, settings.security, settings.auth) == (465, 5, "starttls", "password")
    assert (settings.login, settings.domain, settings.largest) == ("clinic@example.org", "example.org", 20_000_000)


def test_the_file_of_this_folder_is_found_and_the_environment_alone_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(SETTINGS_FILE).write_text(GOOD, "utf-8")
    settings = mail_settings()
    assert settings is not None
    Path(SETTINGS_FILE).unlink()
    monkeypatch.setenv("HANDOUTS_MAIL_HOST", "mail.example.org")
    monkeypatch.setenv("HANDOUTS_MAIL_FROM_ADDRESS", "clinic@example.org")
    found = mail_settings()
    assert found is not None
    assert found.model_dump() == settings.model_dump()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "missing"),
        (GOOD + "hots = 1\n", "not known"),
        (GOOD + 'password = "SECRET"\n', "never stands in a file"),
        (GOOD + 'token = "SECRET"\n', "never stands in a file"),
        (GOOD + 'port = "SECRET"\n', "port"),
        (GOOD + 'auth = "xoauth2"\n', "token_command"),
        (GOOD + 'security = "none"\n', "over TLS only"),
        (GOOD + 'security = "none"\nloopback_test_server = true\n', "over TLS only"),
        (GOOD.replace("clinic@", "a@b, SECRET@"), "one address"),
        (GOOD + 'from_name = "SECRET\\r\\nBcc: x@y.org"\n', "from_name"),
        (GOOD + "this is not TOML SECRET", "TOML"),
        (GOOD + "messages_a_minute = 0\n", "messages_a_minute"),
    ],
)
def test_what_is_wrong_is_named_and_not_quoted(text: str, words: str) -> None:
    said = refused(text)
    assert words in said
    assert "SECRET" not in said


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_only_a_loopback_test_server_may_go_without_tls(host: str) -> None:
    text = GOOD.replace("mail.example.org", host)
    assert "over TLS only" in refused(text + 'security = "none"\n')
    settings = mail_settings(written(text + 'security = "none"\nloopback_test_server = true\n'))
    assert settings is not None
    assert settings.security == "none"


def test_all_mistakes_come_together() -> None:
    with pytest.raises(ErrorList) as caught:
        mail_settings(written("port = 0\nauth = 1\n"))
    assert {error.place.key for error in caught.value.errors if error.place} == {"host", "from_address", "port", "auth"}


# ---- credentials


class _Keyring(keyring.backend.KeyringBackend):
    """A keyring in memory."""

    priority = 1  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        return "from the keyring" if (service, username) == ("handouts-mail", "clinic@example.org") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError


def settings(**fields: Any) -> MailSettings:
    values = {"host": "mail.example.org", "from_address": "clinic@example.org", **fields}
    return MailSettings.model_construct(**values)  # type: ignore[arg-type]


def printing(text: str) -> tuple[str, ...]:
    return (sys.executable, "-c", f"print({text!r})")


def test_environment_then_command_then_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(_Keyring())
    try:
        assert credentials.password(settings(username=None, password_command=None)) == "from the keyring"
        asked = settings(username=None, password_command=printing("from a command"))
        assert credentials.password(asked) == "from a command"
        monkeypatch.setenv("HANDOUTS_MAIL_PASSWORD", "from the environment")
        assert credentials.password(asked) == "from the environment"
        monkeypatch.delenv("HANDOUTS_MAIL_PASSWORD")
        with pytest.raises(credentials.NoCredentials, match="keyring set handouts-mail"):
            credentials.password(settings(username="another", password_command=None))
    finally:
        keyring.set_keyring(before)


def test_a_password_in_the_environment_is_no_unknown_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOUTS_MAIL_PASSWORD", "SECRET")
    found = mail_settings(written(GOOD))
    assert found is not None
    assert "SECRET" not in repr(found)


@pytest.mark.parametrize(
    "code", ["print('SECRET'); raise SystemExit(1)", "", "print()", "import sys; sys.stdout.buffer.write(b'\\xff')"]
)
def test_a_command_that_fails_is_named_and_what_it_printed_is_not_quoted(code: str) -> None:
    with pytest.raises(credentials.NoCredentials) as caught:
        credentials.printed_by((sys.executable, "-c", code), "token_command")
    assert "token_command" in str(caught.value)
    assert "SECRET" not in str(caught.value)


def test_a_command_may_be_one_line_and_no_shell_takes_part() -> None:
    assert credentials.printed_by(f'"{sys.executable}" -c "print(1); print(2)"', "x") == "1"
    with pytest.raises(credentials.NoCredentials):
        credentials.printed_by("no-such-program-here | echo leaked", "x")


def test_a_command_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credentials, "_COMMAND_SECONDS", 0.2)
    with pytest.raises(credentials.NoCredentials):
        credentials.printed_by((sys.executable, "-c", "import time; time.sleep(30)"), "x")
