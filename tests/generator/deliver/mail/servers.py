"""Real mail servers on 127.0.0.1 (aiosmtpd) that keep what they took, and misbehave as told.

What to do with a message is told by its recipient's address: `answers` maps the part before the @ to a list of what the
server does, one for each try: "rcpt 451 4.2.0 later", "end 452 4.3.1 full" (after the message), "drop before" and "drop
after" (with and without having taken it), "stall", "closing"; "mail 552 5.3.4 large" stands under "sender". What is not
told is taken.
"""

from __future__ import annotations

import asyncio
import base64
import ssl
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

PASSWORD, TOKEN, USER = "correct horse", "ya29.token", "clinic@example.org"


@dataclass
class Taken:
    """A message that the server has."""

    sender: str
    recipients: list[str]
    data: bytes


@dataclass
class Handler:
    """Keeps messages. logins: how clients logged in. peers: their connections."""

    answers: dict[str, list[str]] = field(default_factory=dict)
    taken: list[Taken] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    peers: set[object] = field(default_factory=set)

    def next_for(self, address: str, *kinds: str) -> str | None:
        """What was told for an address, if it is of one of these kinds; then it is done."""
        told = self.answers.get(address.partition("@")[0], [])
        if told and told[0].split()[0] in kinds:
            return told.pop(0)
        return None

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.peers.add(session.peer)
        session.host_name = hostname
        return responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        told = self.next_for("sender", "mail")
        if told:
            return told.partition(" ")[2]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        told = self.next_for(address, "rcpt", "closing")
        if told == "closing":
            server.transport.write(b"421 4.3.2 closing\r\n")
            server.transport.close()
            return "421 4.3.2 closing"
        if told:
            return told.partition(" ")[2]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        told = self.next_for(envelope.rcpt_tos[0], "end", "drop", "stall")
        if told == "stall":
            await asyncio.sleep(30)
        if told is not None and told.startswith("end"):
            return told.partition(" ")[2]
        if told != "drop before":
            self.taken.append(Taken(str(envelope.mail_from), list(envelope.rcpt_tos), bytes(envelope.content or b"")))
        if told is not None:
            server.transport.abort()
        return "250 2.0.0 taken"

    # ---- login

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
        said = base64.b64decode(args[1]).decode()
        self.logins.append("XOAUTH2")
        if said == f"user={USER}\1auth=Bearer {TOKEN}\1\1":
            return AuthResult(success=True, auth_data=USER)
        await server.challenge_auth(b'{"status":"401"}')
        return AuthResult(success=False, handled=False)


class _Controller(Controller):
    def __init__(self, handler: Handler, options: dict[str, Any], implicit: ssl.SSLContext | None) -> None:
        self._options = options
        super().__init__(handler, hostname="127.0.0.1", port=0, ssl_context=implicit)

    def factory(self) -> SMTP:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Requiring AUTH", UserWarning)  # TLS from the start is TLS, too
            return SMTP(self.handler, **self._options)

    def _trigger_server(self) -> None:
        """Port 0 means any free one: the real one is known only now."""
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(
    handler: Handler,
    *,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    auth: bool = False,
    size: int | None = None,
    without: tuple[str, ...] = (),
) -> Iterator[int]:
    """A server on a free port of 127.0.0.1, which it yields."""

    def login(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        handler.logins.append(mechanism)
        good = isinstance(data, LoginPassword) and data.login == USER.encode() and data.password == PASSWORD.encode()
        return AuthResult(success=good, handled=False)

    options: dict[str, Any] = {"hostname": "mail.example.org", "data_size_limit": size, "enable_SMTPUTF8": False}
    options["auth_exclude_mechanism"] = without
    if starttls is not None:
        options |= {"tls_context": starttls, "require_starttls": True}
    if auth:
        options |= {"auth_required": True, "authenticator": login, "auth_require_tls": tls is None}
    controller = _Controller(handler, options, tls)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()
