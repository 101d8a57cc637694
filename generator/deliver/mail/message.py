"""Messages: the words that were approved, one recipient, and the pack as it is.

The words (a `Letter`) are fixed when a message is drafted, so that what is sent is what somebody has approved. They
name nobody and are shared by many messages. The bytes of a message are made when it is sent or exported.
"""

from __future__ import annotations

import binascii
import hashlib
import html as html_
import re
import secrets
from collections.abc import Sequence
from dataclasses import field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache
from typing import Final

import numpy as np

from generator.errors import HandoutsError
from generator.models.brand import Brand
from generator.models.language import Language
from generator.models.mail_words import MailWords
from generator.values import dataclass

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9-]+")
"""What mail programs and file systems may trip over in the name of a file."""

_LINE_LENGTH: Final = 76
"""Characters in a line of base64 (RFC 2045, 6.8)."""


class UnsafeMessage(HandoutsError):
    """A message that does not have exactly the one recipient that it was made for. It is a fault of ours."""


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of a message. text and html say the same. file_name: of the attached PDF."""

    language: str
    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)
    file_name: str

    @property
    def key(self) -> str:
        """Names these words: the beginning of their SHA-256."""
        whole = "\0".join((self.language, self.subject, self.text, self.html, self.file_name))
        return hashlib.sha256(whole.encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Who it is from and to, and how it is told from others. sender: None in a file that a mail program will send."""

    sender: Address | None
    reply_to: Address | None = None
    recipient: Address = field(repr=False)
    message_id: str
    date: datetime | None = None


def letter(language: Language, words: MailWords, brand: Brand, *, sealed: bool) -> Letter:
    """The words of a message in a language and a brand. sealed: the file is locked with a passphrase."""
    questions = words.call_or_text if brand.texts else words.call
    paragraphs = [
        words.attached.format(clinic=brand.name),
        *([words.sealed] if sealed else []),
        words.consent,
        questions.format(phone=brand.phone),
        words.urgent.format(number=brand.emergency_number),
        words.wrong_person.format(phone=brand.phone),
    ]
    contact = (brand.name, brand.phone, brand.site)
    return Letter(
        language.code,
        words.subject,
        "\n\n".join([words.greeting, *paragraphs, "\n".join([words.closing, *contact])]) + "\n",
        _html(language, words, brand, paragraphs),
        f"{_UNSAFE.sub('', words.file_name)[:40] or 'document'}.pdf",
    )


def _html(language: Language, words: MailWords, brand: Brand, paragraphs: Sequence[str]) -> str:
    """Simple HTML in the brand's colors. It loads nothing and links only to the clinic's phone: no tracking."""

    def safe(text: str) -> str:
        return html_.escape(text).replace(
            html_.escape(brand.phone),
            f'<a href="{brand.phone_link}" style="color:{brand.colors.primary};white-space:nowrap">'
            f"{html_.escape(brand.phone)}</a>",
        )

    body = "".join(f'<p style="margin:0 0 14px">{safe(one)}</p>\n' for one in (words.greeting, *paragraphs))
    return (
        f'<!DOCTYPE html>\n<html lang="{language.code}" dir="{language.direction}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{html_.escape(words.subject)}</title>\n</head>\n"
        f'<body style="margin:0;padding:0;background:#ffffff;color:{brand.colors.ink}">\n'
        '<div style="max-width:560px;margin:0 auto;padding:20px;font:16px/1.5 Arial,Helvetica,sans-serif">\n'
        f'<p style="margin:0 0 18px;padding:0 0 8px;border-bottom:3px solid {brand.colors.primary};'
        f'color:{brand.colors.primary};font-size:20px;font-weight:bold">{html_.escape(brand.name)}</p>\n'
        f"{body}"
        f'<p style="margin:0">{html_.escape(words.closing)}<br>{html_.escape(brand.name)}<br>'
        f"{safe(brand.phone)}<br>{html_.escape(brand.site)}</p>\n"
        "</div>\n</body>\n</html>\n"
    )


def new_message_id(domain: str) -> str:
    """A Message-ID of chance alone: it tells neither the machine nor the hour."""
    return f"<{secrets.token_hex(16)}@{domain}>"


def message_bytes(words: Letter, envelope: Envelope, pdf: bytes, *, unsent: bool = False) -> bytes:
    """The whole message, lines ended by CRLF, seven bits.

    unsent: marked so that mail programs open it as a draft. Raises UnsafeMessage unless the finished bytes, read back,
    have the one recipient and no other address line.
    """
    boundary = f"={secrets.token_hex(16)}=".encode()
    made = b"".join(
        (
            _head(words, envelope, unsent=unsent),
            b'Content-Type: multipart/mixed;\r\n boundary="' + boundary + b'"\r\n\r\n--' + boundary + b"\r\n",
            _body(words),
            b"\r\n--" + boundary + b"\r\n",
            _attachment_head(words.file_name),
            _base64(pdf),
            b"--" + boundary + b"--\r\n",
        )
    )
    _assert_one_recipient(made, envelope.recipient)
    return made


def _head(words: Letter, envelope: Envelope, *, unsent: bool) -> bytes:
    """The header without its content type."""
    sender, reply_to = envelope.sender, envelope.reply_to
    lines = [
        _address_line("From", *_parts(sender)) if sender is not None else b"",
        _address_line("Reply-To", *_parts(reply_to)) if reply_to is not None else b"",
        _address_line("To", *_parts(envelope.recipient)),
        _line("Subject", words.subject),
        _line("Date", format_datetime(envelope.date)) if envelope.date is not None else b"",
        _line("Message-ID", envelope.message_id),
        _line("Content-Language", words.language),
        _line("MIME-Version", "1.0"),
    ]
    if unsent:
        lines += [_line("X-Unsent", "1"), _line("X-Uniform-Type-Identifier", "com.apple.mail-draft")]
    return b"".join(lines)


@lru_cache(maxsize=64)
def _line(name: str, value: str) -> bytes:
    """A header line; most are the same in each message of a run. Raises ValueError for a value with a line break."""
    return SMTP.fold_binary(*SMTP.header_store_parse(name, value))


@lru_cache(maxsize=64)
def _address_line(name: str, display_name: str, username: str, domain: str) -> bytes:
    """A header line with one address."""
    return SMTP.fold_binary(*SMTP.header_store_parse(name, Address(display_name, username, domain)))


def _parts(address: Address) -> tuple[str, str, str]:
    return address.display_name, address.username, address.domain


@lru_cache(maxsize=64)
def _body(words: Letter) -> bytes:
    """Plain text and HTML of the same words; most messages of a run share them."""
    body = EmailMessage(policy=SMTP)
    body.set_content(words.text, cte="quoted-printable")
    body.add_alternative(words.html, subtype="html", cte="quoted-printable")
    for part in body.walk():
        del part["MIME-Version"]
    return body.as_bytes()


def _attachment_head(file_name: str) -> bytes:
    return (
        b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
        b'Content-Disposition: attachment; filename="' + file_name.encode("ascii") + b'"\r\n\r\n'
    )


def _base64(data: bytes) -> bytes:
    """Base64 in lines of 76 characters. The standard library makes each line in Python, and splits and joins them again
    when the message is written, which takes most of a message's time.
    """
    flat = binascii.b2a_base64(data, newline=False)
    whole = len(flat) // _LINE_LENGTH
    lines = np.empty((whole, _LINE_LENGTH + 2), np.uint8)
    lines[:, :-2] = np.frombuffer(flat, np.uint8, whole * _LINE_LENGTH).reshape(whole, _LINE_LENGTH)
    lines[:, -2:] = (13, 10)
    rest = flat[whole * _LINE_LENGTH :]
    return lines.tobytes() + (rest + b"\r\n" if rest else b"")


def _assert_one_recipient(made: bytes, wanted: Address) -> None:
    found = BytesHeaderParser(policy=SMTP).parsebytes(made[: made.index(b"\r\n\r\n") + 4])
    to = found.get_all("To", [])
    others = [name for name in ("Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc", "Apparently-To") if name in found]
    if len(to) != 1 or others or [one.addr_spec for one in to[0].addresses] != [wanted.addr_spec]:
        raise UnsafeMessage("The message would not go to its one recipient alone. It was not made.")
