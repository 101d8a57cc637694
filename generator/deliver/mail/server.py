"""The clinic's mail server: one connection for many messages, and an honest word on what became of each.

The standard library's smtplib speaks the protocol; its `sendmail` does not, since it cannot tell a connection that
dropped before the message was complete (surely not sent) from one that dropped after (nobody knows). Here the last
line, the dot that makes a message complete, is a step of its own.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Final, Literal

from generator.deliver.mail import credentials
from generator.deliver.mail.settings import MailSettings
from generator.errors import HandoutsError, Place, UsageError
from generator.values import dataclass

Fate = Literal["sent", "deferred", "failed", "unknown"]

_ENHANCED: Final = re.compile(rb"\b[245]\.\d{1,3}\.\d{1,3}\b")
_TOO_LARGE: Final = 552
_SERVICE_CLOSING: Final = 421
UNTRUSTED: Final = "The mail server's certificate is not to be trusted."
TRUST: Final = "Nothing was sent. Check the host's name. A clinic's own certificates are named in ca_file."
_LOGIN_CODES: Final = (530, 534, 535, 538)


class ServerRefused(UsageError):
    """The server cannot be used as the settings say: nothing was sent, and nothing more is tried."""


class ServerAway(HandoutsError):
    """The server cannot be reached or does not take mail now."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a message. reply: the server's code and enhanced code ("550 5.1.1"), or our own words. Never its
    text, which often quotes the address. handed_over: whether the message was begun to be handed over.
    """

    fate: Fate
    reply: str
    handed_over: bool = False


class MailServer:
    """A connection that is opened when it is first needed and again when the server has closed it."""

    def __init__(self, settings: MailSettings) -> None:
        self.settings = settings
        self._smtp: smtplib.SMTP | None = None
        self._used = False

    def __enter__(self) -> MailServer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Says goodbye and closes the connection, if there is one."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException), self._limit(smtp, 5):
                smtp.quit()
            smtp.close()

    @property
    def largest(self) -> int:
        """Largest message in bytes that the server takes, as far as it is known; else that of the settings."""
        own = self.settings.largest
        said = str(self._smtp.esmtp_features.get("size", "")) if self._smtp is not None else ""
        return min(own, int(said)) if said.isdigit() and int(said) else own

    def deliver(self, sender: str, recipient: str, message: bytes, before_handover: Callable[[], None]) -> Answer:
        """Hands one message to the server. before_handover: called when the server has agreed to sender and recipient,
        just before the message itself; what it raises leaves the message here.

        Raises ServerRefused and ServerAway; then the message was not handed over.
        """
        if len(message) > self.settings.largest:
            return Answer("failed", "too large for the settings")
        for _ in range(2):
            smtp = self.connected()
            if len(message) > self.largest:
                return Answer("failed", "too large for the server")
            reused, self._used = self._used, True
            try:
                agreed = self._agree(smtp, sender, recipient, len(message))
            except (smtplib.SMTPException, OSError):
                self._drop()
                if reused:  # the server closed an idle connection: nothing of this message was said
                    continue
                return Answer("deferred", "connection lost")
            return agreed or self._hand_over(smtp, message, before_handover)
        return Answer("deferred", "connection lost")

    # ---- connecting

    def connected(self) -> smtplib.SMTP:
        """The connection, logged in. Raises ServerRefused and ServerAway."""
        if self._smtp is None:
            self._smtp, self._used = self._connect(), False
        return self._smtp

    def _connect(self) -> smtplib.SMTP:
        settings = self.settings
        place = Place(f"{settings.host}:{settings.port}")
        try:
            smtp = self._opened()
        except ssl.SSLCertVerificationError as problem:
            raise ServerRefused(UNTRUSTED, hint=TRUST, place=place) from problem
        except ssl.SSLError as problem:
            hint = "Port 587 goes with security = starttls, port 465 with tls."
            raise ServerRefused("No safe connection to the mail server.", hint=hint, place=place) from problem
        except (OSError, smtplib.SMTPException) as problem:
            hint = "Check the network, host and port, then run send again."
            raise ServerAway("The mail server cannot be reached.", hint=hint, place=place) from problem
        try:
            with self._limit(smtp):
                self._secure(smtp, place)
                self._log_in(smtp, place)
        except BaseException as problem:
            smtp.close()
            if isinstance(problem, OSError | smtplib.SMTPException):
                raise _of_connecting(problem, place) from problem
            raise
        return smtp

    def _opened(self) -> smtplib.SMTP:
        settings = self.settings
        host, port, ourselves, seconds = settings.host, settings.port, settings.domain, settings.timeout_s
        if settings.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, port, ourselves, timeout=seconds, context=self._context())
        else:
            smtp = smtplib.SMTP(host, port, ourselves, timeout=seconds)
        if smtp.sock is not None:  # the dot is a packet of its own, and must not wait for the answer to the last one
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return smtp

    def _context(self) -> ssl.SSLContext:
        """Verifies the certificate and the name; at least TLS 1.2."""
        file = self.settings.ca_file
        try:
            context = ssl.create_default_context(cafile=str(file) if file is not None else None)
        except (OSError, ssl.SSLError) as problem:
            message, where = "The ca_file of the settings cannot be read.", Place(str(file))
            raise ServerRefused(message, hint="It must be PEM.", place=where) from problem
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context

    def _secure(self, smtp: smtplib.SMTP, place: Place) -> None:
        smtp.ehlo_or_helo_if_needed()
        if self.settings.security != "starttls":
            return
        if not smtp.has_extn("starttls"):
            hint = "Nothing was sent. Ask who runs the server for its safe port, or use security = tls on port 465."
            raise ServerRefused("The mail server offers no STARTTLS.", hint=hint, place=place)
        smtp.starttls(context=self._context())
        smtp.ehlo_or_helo_if_needed()

    def _log_in(self, smtp: smtplib.SMTP, place: Place) -> None:
        settings = self.settings
        if settings.auth == "none":
            return
        if settings.auth == "password":
            smtp.login(settings.login, credentials.password(settings))
            return
        if not smtp.has_extn("auth") or "XOAUTH2" not in smtp.esmtp_features["auth"].split():
            hint = "Set auth to password, or ask who runs the server."
            raise ServerRefused("The mail server does not take XOAUTH2.", hint=hint, place=place)
        spoken = f"user={settings.login}\1auth=Bearer {credentials.token(settings)}\1\1"

        def answer(challenge: bytes | None = None) -> str:
            """The token; to an error, which comes as a challenge, an empty line asks for the reply."""
            return spoken if challenge is None else ""

        smtp.auth("XOAUTH2", answer)

    # ---- one message

    def _agree(self, smtp: smtplib.SMTP, sender: str, recipient: str, size: int) -> Answer | None:
        """Tells sender and the one recipient. None if the server takes both, else what becomes of the message."""
        with self._limit(smtp):
            options = [f"SIZE={size}"] if smtp.has_extn("size") else []
            code, text = smtp.mail(sender, options)
            refused = code // 100 == 5 and code != _TOO_LARGE
            if code // 100 == 2:
                code, text = smtp.rcpt(recipient)
            if code // 100 == 2:
                return None
            if code != _SERVICE_CLOSING:
                smtp.rset()
        if code == _SERVICE_CLOSING:
            self._drop()
        if refused or code in _LOGIN_CODES:
            hint = "Nothing was sent. Check from_address and username: the server must allow the one for the other."
            raise ServerRefused(f"The mail server refuses this sender ({_reply(code, text)}).", hint=hint)
        return Answer("failed" if code // 100 == 5 else "deferred", _reply(code, text))

    def _hand_over(self, smtp: smtplib.SMTP, message: bytes, before_handover: Callable[[], None]) -> Answer:
        complete = False
        try:
            before_handover()
            with self._limit(smtp):
                code, text = smtp.docmd("DATA")
                if code == 354:
                    smtp.send(_stuffed(message))
                    complete = True
                    smtp.send(b".\r\n")
                    code, text = smtp.getreply()
                elif code // 100 == 2:
                    code, text = 451, b""
        except (smtplib.SMTPException, OSError):
            self._drop()
            return Answer("unknown" if complete else "deferred", "connection lost", handed_over=True)
        except BaseException:
            self._drop()
            raise
        if code // 100 not in (2, 5) or code == _SERVICE_CLOSING:
            if code // 100 == 4:
                return self._after_421(code, Answer("deferred", _reply(code, text), handed_over=True))
            self._drop()
            return Answer("unknown" if complete else "deferred", "no clear answer", handed_over=True)
        return Answer("sent" if code // 100 == 2 else "failed", _reply(code, text), handed_over=True)

    def _after_421(self, code: int, answer: Answer) -> Answer:
        if code == _SERVICE_CLOSING:
            self._drop()
        return answer

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()

    @contextlib.contextmanager
    def _limit(self, smtp: smtplib.SMTP, seconds: float | None = None) -> Iterator[None]:
        """Cuts the connection when the block takes longer than a step may. A time limit of the socket alone starts
        anew with every byte, so that a server that drips would hold us for ever.
        """
        with _limits(smtp, seconds or self.settings.timeout_s):
            yield


@contextlib.contextmanager
def _limits(smtp: smtplib.SMTP, seconds: float) -> Iterator[None]:
    late = threading.Event()

    def cut() -> None:
        late.set()
        sock = smtp.sock
        with contextlib.suppress(OSError):
            if sock is not None:
                sock.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(seconds, cut)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
    if late.is_set():  # what was read last may be the half of an answer
        raise TimeoutError


def _of_connecting(problem: BaseException, place: Place) -> HandoutsError:
    """What went wrong between the first word and the login, without the server's own text."""
    if isinstance(problem, smtplib.SMTPAuthenticationError):
        hint = "Check username and password or token. Microsoft 365 and Google take tokens (auth = xoauth2)."
        code = _reply(problem.smtp_code, b"")
        return ServerRefused(f"The mail server did not accept the login ({code}).", hint=hint, place=place)
    if isinstance(problem, ssl.SSLCertVerificationError):
        return ServerRefused(UNTRUSTED, hint=TRUST, place=place)
    if isinstance(problem, ssl.SSLError | smtplib.SMTPNotSupportedError):
        hint = "Nothing was sent. Check security, port and auth in the settings."
        return ServerRefused("No safe connection and login to the mail server.", hint=hint, place=place)
    if isinstance(problem, smtplib.SMTPResponseException) and problem.smtp_code // 100 == 5:
        hint = "Check the settings, or ask who runs the server."
        return ServerRefused(f"The mail server refused us ({problem.smtp_code}).", hint=hint, place=place)
    return ServerAway("The mail server does not answer.", hint="Run send again later.", place=place)


def _reply(code: int, text: bytes) -> str:
    found = _ENHANCED.search(text)
    return f"{code} {found[0].decode()}" if found else str(code)


def _stuffed(message: bytes) -> bytes:
    """Ready for DATA: ended by CRLF, a dot doubled at the beginning of a line (RFC 5321, 4.5.2)."""
    whole = message if message.endswith(b"\r\n") else message + b"\r\n"
    whole = whole.replace(b"\r\n.", b"\r\n..")
    return b"." + whole if whole.startswith(b".") else whole
