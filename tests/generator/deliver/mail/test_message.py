"""A message holds the approved words, one recipient and the pack, whatever names and addresses try."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.deliver.mail.addresses import BadAddress, checked_address, recipient
from generator.deliver.mail.message import Envelope, UnsafeMessage, message_bytes, new_message_id
from tests.generator.deliver.mail.messages import ADDRESS, NAME, words
from tests.packs import library

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 41 + b"\r\n.\r\nMAIL FROM:<x@y>\r\n%%EOF"
SENDER = Address("Ascent Health", "clinic", "example.com")


def envelope(name: str = NAME, address: str = ADDRESS) -> Envelope:
    return Envelope(
        sender=SENDER,
        recipient=recipient(name, address),
        message_id=new_message_id("example.com"),
        date=datetime(2026, 11, 28, tzinfo=UTC),
    )


def parsed(made: bytes) -> EmailMessage:
    return BytesParser(policy=policy.default).parsebytes(made)  # type: ignore[return-value]


def assert_whole(made: bytes, pdf: bytes = PDF) -> EmailMessage:
    """What the standard library reads in a message: one recipient, three parts, the file byte for byte."""
    message = parsed(made)
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds[2:] == ["text/plain", "text/html", "application/pdf"]
    assert [defect for part in message.walk() for defect in part.defects] == []
    (attached,) = message.iter_attachments()
    assert attached.get_content() == pdf
    assert attached.get_filename() == "document.pdf"
    assert not {"cc", "bcc"} & {name.lower() for name in message.keys()}  # noqa: SIM118
    return message


def test_a_message_read_back_is_what_was_put_in() -> None:
    message = assert_whole(message_bytes(words(), envelope(), PDF))
    assert str(message["To"]) == f"{NAME} <{ADDRESS}>"
    assert str(message["From"]) == "Ascent Health <clinic@example.com>"
    assert message["Subject"] == words().subject
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == words().text
    assert html.get_content().replace("\r\n", "\n") == words().html


def test_every_line_is_short_ascii_and_ends_as_the_protocol_asks() -> None:
    made = message_bytes(words(), envelope("Åsa Øyvind-Łukasz Nguyễn"), PDF)
    lines = made.split(b"\r\n")
    assert made.endswith(b"\r\n")
    assert b"\n" not in made.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 78
    assert made.isascii()


HOSTILE = [
    "Pat\r\nBcc: thief@example.net",
    "Pat\nTo: thief@example.net",
    "thief@example.net",
    "thief@example.net,",
    '"Pat" <thief@example.net>',
    "Pat <thief@example.net>, x",
    "group: thief@example.net;",
    "Pat\u2028Bcc: thief@example.net",
    "Pat\u202e ten.elpmaxe@feiht",
    "=?utf-8?q?thief=40example.net?=",
    "Pat\x00",
    "(Pat)",
    "thief＠example.net",
    "x" * 400,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_tries_something_is_left_out(name: str) -> None:
    message = assert_whole(message_bytes(words(), envelope(name), PDF))
    assert str(message["To"]) == ADDRESS


@pytest.mark.parametrize("name", ["O'Neil", "Ana-María", "Dr. Kim", "李小龍", "Нина", "Jr", "Siân Ó Briain"])
def test_real_names_stand_beside_the_address(name: str) -> None:
    message = assert_whole(message_bytes(words(), envelope(name), PDF))
    (to,) = message["To"].addresses
    assert (to.display_name, to.addr_spec) == (name, ADDRESS)


@settings(max_examples=60)
@given(st.text(max_size=70))
@example("a\r\nb")
def test_whatever_the_name_there_is_one_recipient(name: str) -> None:
    message = parsed(message_bytes(words(), envelope(name), b"%PDF"))
    (to,) = message["To"].addresses
    assert to.addr_spec == ADDRESS
    assert message.get_all("Bcc") is None
    assert "thief" not in str(message["From"])


@pytest.mark.parametrize(
    "address",
    [
        "a@x.org, b@y.org", "a@x.org;b@y.org", "a@x.org b@y.org", "Pat <a@x.org>", "a@x.org\r\nBcc: b@y.org",
        "a@b@x.org", '"a b"@x.org', "a@x", "a@x..org", "a@-x.org", "@x.org", "a@", "a@x.org.", "a%b@x.org@y.org",
        "a@localhost", "a@x.test", "a@x.local", "a@x.invalid", "a@[1.2.3.4]", "a(c)@x.org", "ä@x.org", "a\0@x.org",
    ],
)  # fmt: skip
def test_what_is_not_one_address_is_refused(address: str) -> None:
    with pytest.raises(BadAddress) as caught:
        checked_address(address)
    assert address not in str(caught.value)


@pytest.mark.parametrize(
    ("given_", "kept"),
    [("Pat.Doe+pt@Example.ORG", "Pat.Doe+pt@example.org"), ("a@münchen.example.de", "a@xn--mnchen-3ya.example.de")],
)
def test_addresses_have_one_form(given_: str, kept: str) -> None:
    assert checked_address(given_) == kept


def test_a_second_recipient_is_never_made() -> None:
    two = Envelope(sender=SENDER, recipient=recipient("Pat", ADDRESS), message_id="<a@b>\r\nBcc: thief@example.net")
    with pytest.raises((UnsafeMessage, ValueError)):
        message_bytes(words(), two, PDF)


# ---- the words


def test_subject_and_file_name_tell_nothing_and_name_nobody() -> None:
    for brand in library().brands.values():
        seen = (words(brand=brand.id).subject + words(brand=brand.id).file_name).lower()
        for told in (NAME, brand.name, "pain", "exercise", "health", "therapy", "clinic", "plan", "patient", "knee"):
            assert told.lower() not in seen


class _Reader(HTMLParser):
    """Collects the words of HTML, and whatever would make a mail program fetch something."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.fetched: list[tuple[str, str]] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "br"):
            self.words.append(" ")
        for name, value in attrs:
            if name in ("src", "href", "background", "action", "data") and not str(value).startswith("tel:"):
                self.fetched.append((tag, str(value)))
        if tag in ("img", "script", "link", "iframe", "object", "form"):
            self.fetched.append((tag, ""))


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize("brand", ["ascent", "harbor-street"])
def test_html_says_what_the_text_says_and_fetches_nothing(brand: str, sealed: bool) -> None:
    reader = _Reader()
    made = words(brand=brand, sealed=sealed)
    reader.feed(made.html)
    assert reader.fetched == []
    assert "url(" not in made.html
    clinic = library().brands[brand]
    said = " ".join("".join(reader.words).split())
    for paragraph in made.text.split("\n\n"):
        assert " ".join(paragraph.split()) in said
    assert clinic.colors.primary in made.html
    assert clinic.phone in made.text
    assert clinic.emergency_number in made.text
    assert "wrong person" in made.text
    assert ("passphrase" in made.text) == sealed


def test_no_sentence_is_long() -> None:
    for sentence in re.split(r"(?<=[.!?])\s+", words(sealed=True).text):
        assert len(sentence.split()) <= 15, sentence


def test_a_draft_for_a_mail_program_is_marked_as_one() -> None:
    bare = Envelope(sender=None, recipient=recipient(NAME, ADDRESS), message_id="<a@b>")
    message = assert_whole(message_bytes(words(), bare, PDF, unsent=True))
    assert message["X-Unsent"] == "1"
    assert message["From"] is None
    assert message["Date"] is None
    assert "X-Unsent" not in parsed(message_bytes(words(), envelope(), PDF))
