"""The server's side is real (aiosmtpd, TLS and login included). Rows 33 to 36 and 39 of the faults that must be met."""

from __future__ import annotations

import socket
import ssl
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from generator.deliver.mail.server import Answer, MailServer, ServerAway, ServerRefused
from generator.deliver.mail.settings import MailSettings
from tests.generator.deliver.mail.certificates import Certificates, certificates, server_context
from tests.generator.deliver.mail.servers import PASSWORD, TOKEN, USER, Handler, mail_server

BODY = b"Subject: x\r\n\r\n.\r\n..two\r\nMAIL FROM:<x@y.org>\r\n"


@pytest.fixture(scope="session")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("certificates"))


def settings(port: int, **fields: Any) -> MailSettings:
    """Settings of a test server without TLS or login, unless told."""
    values: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "loopback_test_server": True,
        "auth": "none",
        "from_address": USER,
        "messages_a_minute": 6000,
        "timeout_s": 10,
        **fields,
    }
    return MailSettings.model_validate(values)


def hand_over(told: MailSettings, *addresses: str, body: bytes = BODY) -> list[Answer]:
    """What becomes of a message to each address, over one connection."""
    with MailServer(told) as server:
        return [server.deliver(USER, address, body, lambda: None) for address in addresses or ("pat@example.org",)]


# ---- safe connections


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_message_goes_through_tls_with_a_login(
    pem: Certificates, security: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDOUTS_MAIL_PASSWORD", PASSWORD)
    handler = Handler()
    context = server_context(pem.server)
    with mail_server(handler, **{security: context}, auth=True) as port:  # type: ignore[arg-type]
        (answer,) = hand_over(settings(port, security=security, ca_file=pem.authority, auth="password"))
    assert answer == Answer("sent", "250 2.0.0", handed_over=True)
    (taken,) = handler.taken
    assert (taken.sender, taken.recipients, taken.data) == (USER, ["pat@example.org"], BODY)
    assert handler.logins


def refused(told: MailSettings, words: str) -> None:
    """The server is refused before anything is said of a message."""
    called: list[int] = []
    with MailServer(told) as server, pytest.raises(ServerRefused, match=words) as caught:
        server.deliver(USER, "pat@example.org", BODY, lambda: called.append(1))
    assert called == []
    assert "pat@" not in str(caught.value)
    assert PASSWORD not in str(caught.value)


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("which", ["stranger", "other_name"])
def test_a_certificate_that_proves_nothing_is_refused(pem: Certificates, security: str, which: str) -> None:
    handler = Handler()
    context = server_context(getattr(pem, which))
    with mail_server(handler, **{security: context}) as port:  # type: ignore[arg-type]
        refused(settings(port, security=security, ca_file=pem.authority), "not to be trusted")
    assert handler.taken == []


def test_the_system_does_not_trust_our_test_authority(pem: Certificates) -> None:
    with mail_server(Handler(), starttls=server_context(pem.server)) as port:
        refused(settings(port, security="starttls"), "not to be trusted")


def test_a_server_without_starttls_gets_nothing(pem: Certificates) -> None:
    handler = Handler()
    with mail_server(handler) as port:
        refused(settings(port, security="starttls", ca_file=pem.authority), "no STARTTLS")
    assert handler.taken == []


def test_an_old_tls_is_refused(pem: Certificates) -> None:
    context = server_context(pem.server)
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    with mail_server(Handler(), starttls=context) as port:
        refused(settings(port, security="starttls", ca_file=pem.authority), "No safe connection")


def test_a_wrong_port_for_the_kind_of_tls_says_so(pem: Certificates) -> None:
    with mail_server(Handler()) as port:
        refused(settings(port, security="tls", ca_file=pem.authority), "No safe connection")


# ---- login


def test_a_wrong_password_stops_the_run(pem: Certificates, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOUTS_MAIL_PASSWORD", "wrong")
    with mail_server(Handler(), starttls=server_context(pem.server), auth=True) as port:
        refused(settings(port, security="starttls", ca_file=pem.authority, auth="password"), r"login \(535\)")


def test_without_a_login_the_server_refuses_the_sender(pem: Certificates) -> None:
    with mail_server(Handler(), starttls=server_context(pem.server), auth=True) as port:
        refused(settings(port, security="starttls", ca_file=pem.authority, auth="none"), "refuses this sender .530")


def test_xoauth2_logs_in_with_a_token_from_a_command(pem: Certificates) -> None:
    handler = Handler()
    command = (sys.executable, "-c", f"print('{TOKEN}')")
    with mail_server(handler, starttls=server_context(pem.server), auth=True) as port:
        told = settings(port, security="starttls", ca_file=pem.authority, auth="xoauth2", token_command=command)
        (answer,) = hand_over(told)
    assert answer.fate == "sent"
    assert handler.logins == ["XOAUTH2"]


def test_an_expired_token_stops_the_run(pem: Certificates) -> None:
    command = (sys.executable, "-c", "print('expired')")
    with mail_server(Handler(), starttls=server_context(pem.server), auth=True) as port:
        told = settings(port, security="starttls", ca_file=pem.authority, auth="xoauth2", token_command=command)
        refused(told, "login")


def test_a_server_without_xoauth2_says_so(pem: Certificates) -> None:
    command = (sys.executable, "-c", "print('token')")
    with mail_server(Handler(), starttls=server_context(pem.server), without=("XOAUTH2",)) as port:
        told = settings(port, security="starttls", ca_file=pem.authority, auth="xoauth2", token_command=command)
        refused(told, "does not take XOAUTH2")


# ---- answers


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        ("rcpt 421 4.3.2 later", Answer("deferred", "421 4.3.2")),
        ("rcpt 450 4.2.1 busy", Answer("deferred", "450 4.2.1")),
        ("rcpt 451 4.7.1 pat@example.org greylisted", Answer("deferred", "451 4.7.1")),
        ("rcpt 452 4.2.2 full", Answer("deferred", "452 4.2.2")),
        ("rcpt 550 5.1.1 <pat@example.org> unknown", Answer("failed", "550 5.1.1")),
        ("rcpt 552 5.2.2 full", Answer("failed", "552 5.2.2")),
        ("end 451 4.3.0 later", Answer("deferred", "451 4.3.0", handed_over=True)),
        ("end 452 4.3.1 full", Answer("deferred", "452 4.3.1", handed_over=True)),
        ("end 421 4.3.2 closing", Answer("deferred", "421 4.3.2", handed_over=True)),
        ("end 550 5.7.1 no", Answer("failed", "550 5.7.1", handed_over=True)),
        ("end 552 5.3.4 large", Answer("failed", "552 5.3.4", handed_over=True)),
        ("closing", Answer("deferred", "421 4.3.2")),
        ("drop after", Answer("unknown", "connection lost", handed_over=True)),
        ("drop before", Answer("unknown", "connection lost", handed_over=True)),
    ],
)
def test_each_answer_has_one_meaning_and_the_next_message_goes_through(told: str, answer: Answer) -> None:
    handler = Handler({"pat": [told]})
    with mail_server(handler) as port:
        first, second = hand_over(settings(port), "pat@example.org", "next@example.org")
    assert first == answer
    assert second.fate == "sent"
    assert [taken.recipients for taken in handler.taken][-1] == ["next@example.org"]


def test_a_refused_sender_stops_the_run_but_a_full_store_does_not() -> None:
    with mail_server(Handler({"sender": ["mail 550 5.7.60 not yours"]})) as port:
        refused(settings(port), r"refuses this sender .550 5\.7\.60")
    with mail_server(Handler({"sender": ["mail 452 4.3.1 full", "mail 552 5.3.4 large"]})) as port:
        assert [answer.fate for answer in hand_over(settings(port), "a@x.org", "b@x.org")] == ["deferred", "failed"]


def test_one_connection_serves_many_messages() -> None:
    handler = Handler()
    with mail_server(handler) as port:
        answers = hand_over(settings(port), *(f"p{number}@example.org" for number in range(20)))
    assert {answer.fate for answer in answers} == {"sent"}
    assert len(handler.peers) == 1


def test_an_idle_connection_that_the_server_closed_is_opened_again() -> None:
    handler = Handler()
    with mail_server(handler) as port, MailServer(settings(port)) as server:
        assert server.deliver(USER, "a@x.org", BODY, lambda: None).fate == "sent"
        server.connected().sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]
        assert server.deliver(USER, "b@x.org", BODY, lambda: None).fate == "sent"
    assert len(handler.peers) == 2
    assert len(handler.taken) == 2


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with MailServer(settings(port)) as server, pytest.raises(ServerAway, match="cannot be reached"):
        server.deliver(USER, "pat@example.org", BODY, lambda: None)


# ---- sizes


def test_a_large_message_is_refused_before_connecting() -> None:
    with MailServer(settings(1, largest_mb=1)) as server:
        answer = server.deliver(USER, "pat@example.org", b"x" * 1_000_001, lambda: None)
    assert answer == Answer("failed", "too large for the settings")


def test_the_servers_own_limit_is_heeded() -> None:
    handler = Handler()
    with mail_server(handler, size=5000) as port:
        small, large = (hand_over(settings(port), body=b"x\r\n" * count)[0] for count in (500, 3000))
    assert small.fate == "sent"
    assert large == Answer("failed", "too large for the server")
    assert len(handler.taken) == 1


# ---- time


def test_a_server_that_never_answers_the_message_is_unknown_in_time() -> None:
    handler = Handler({"pat": ["stall"]})
    with mail_server(handler) as port:
        start = time.monotonic()
        (answer,) = hand_over(settings(port, timeout_s=0.5))
        assert time.monotonic() - start < 8
    assert answer == Answer("unknown", "connection lost", handed_over=True)


@pytest.fixture
def dripping() -> Iterator[int]:
    """A server that answers EHLO one byte at a time, without end."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.sendall(b"220 hello\r\n")
                connection.recv(100)
                try:
                    for _ in range(600):
                        connection.sendall(b"2")
                        time.sleep(0.05)
                except OSError:
                    pass

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        thread.join(10)


def test_a_server_that_drips_does_not_hold_us(dripping: int) -> None:
    start = time.monotonic()
    with MailServer(settings(dripping, timeout_s=0.5)) as server, pytest.raises(ServerAway, match="does not answer"):
        server.deliver(USER, "pat@example.org", BODY, lambda: None)
    assert time.monotonic() - start < 8


def test_what_the_caller_finds_before_the_handover_keeps_the_message_here() -> None:
    handler = Handler()

    def taken_back() -> None:
        raise KeyboardInterrupt

    with mail_server(handler) as port, MailServer(settings(port)) as server:
        with pytest.raises(KeyboardInterrupt):
            server.deliver(USER, "pat@example.org", BODY, taken_back)
        assert server.deliver(USER, "next@example.org", BODY, lambda: None).fate == "sent"
    assert [taken.recipients for taken in handler.taken] == [["next@example.org"]]
