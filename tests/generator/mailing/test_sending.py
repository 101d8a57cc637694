"""From draft to sent: each message once, to its own patient, with its own pack, and an honest word on the rest."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from generator.deliver.folder import PackFolder
from generator.deliver.mail.outbox import Message, only_sender
from generator.deliver.mail.sending import LONGEST_WAIT, Clock, due, send, wait
from generator.deliver.mail.server import MailServer, ServerAway, ServerRefused
from generator.errors import UsageError
from tests.generator.deliver.mail.servers import USER, Handler, Taken, mail_server
from tests.generator.deliver.mail.test_server import settings
from tests.generator.mailing.clinic import CONSENT, Clinic, patient


@dataclass
class Time:
    """A clock that goes only when somebody sleeps."""

    now: float = 1_800_000_000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.now, self.sleep, lambda: 0.5)


def run(clinic: Clinic, port: int, time: Time | None = None, limit: int | None = None, **told: Any) -> list[Message]:
    """One run of the sender; what became of each message, in order."""
    clock = (time or Time()).clock
    server_settings = settings(port, **told)
    with clinic.outbox() as outbox, only_sender(clinic.folder), MailServer(server_settings) as server:
        outbox.settle_cut_short()
        check = clinic.checking(outbox, server_settings).parcel
        return list(send(outbox, server, check, due(outbox, clock)[:limit], clock))


def approved(tmp_path: Path, count: int = 1, **wanted: Any) -> Clinic:
    clinic = Clinic.of(tmp_path, *(patient(number) for number in range(1, count + 1)))
    assert len(clinic.draft(**wanted).drafted) == count
    clinic.approve()
    return clinic


def address(number: int) -> str:
    return f"pat.zx{number:05}q"


def parsed(taken: Taken) -> EmailMessage:
    return BytesParser(policy=policy.default).parsebytes(taken.data)  # type: ignore[return-value]


def file_in(message: EmailMessage) -> bytes:
    (attached,) = message.iter_attachments()
    content: bytes = attached.get_content()
    return content


def words_in(message: EmailMessage) -> str:
    """Headers and text of a message, without its file."""
    parts = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*(f"{name}: {value}" for name, value in message.items()), *parts])


def text_of(pdf: bytes, password: str | None = None) -> str:
    with pdfium.PdfDocument(io.BytesIO(pdf), password=password) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.fixture
def handler() -> Handler:
    return Handler()


@pytest.fixture
def port(handler: Handler) -> Iterator[int]:
    with mail_server(handler) as port:
        yield port


def test_the_pack_arrives_byte_for_byte(tmp_path: Path, handler: Handler, port: int) -> None:
    clinic = approved(tmp_path)
    (sent,) = run(clinic, port)
    assert (sent.state, sent.reply, sent.attempts) == ("sent", "250 2.0.0", 1)
    (taken,) = handler.taken
    (file,) = clinic.folder.glob("*.pdf")
    message = parsed(taken)
    assert file_in(message) == file.read_bytes()
    assert (taken.sender, taken.recipients) == (USER, [sent.address])
    assert message["Message-ID"] == sent.message_id
    assert str(message["From"]) == f"{sent.clinic} <{USER}>"
    assert clinic.states() == ["sent"]
    with clinic.outbox() as outbox:
        steps = [(line.after, line.by) for line in outbox.journal(sent.id)]
    assert steps == [("draft", ""), ("approved", "Robin Front"), ("queued", ""), ("sending", ""), ("sent", "")]


def test_nothing_leaves_without_approval_and_nothing_twice(tmp_path: Path, handler: Handler, port: int) -> None:
    clinic = Clinic.of(tmp_path, patient(1))
    clinic.draft()
    assert run(clinic, port) == []
    clinic.approve()
    assert len(run(clinic, port)) == 1
    assert run(clinic, port) == []
    assert len(handler.taken) == 1


def test_an_encrypted_pack_opens_with_its_passphrase_alone(tmp_path: Path, handler: Handler, port: int) -> None:
    clinic = approved(tmp_path, 2, encrypt=True)
    sent = run(clinic, port)
    for message, taken, other in zip(sent, handler.taken, reversed(sent), strict=True):
        sealed = file_in(parsed(taken))
        assert message.passphrase is not None
        assert message.passphrase.encode() not in taken.data
        assert message.passphrase not in words_in(parsed(taken))
        assert message.pack_id in text_of(sealed, message.passphrase)
        for wrong in (None, other.passphrase):
            with pytest.raises(pdfium.PdfiumError):
                text_of(sealed, wrong)


# ---- just before sending


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        ("tampered", "checksum differs"),
        ("gone", "cannot be read"),
        ("built anew", "made anew"),
        ("plan changed", "plan was changed"),
        ("consent withdrawn", "plan was changed"),
        ("address changed", "plan was changed"),
        ("plan gone", "plan was changed"),
        ("roster gone", "plan was changed"),
        ("roster broken", "plan was changed"),
        ("being written", "not finished"),
    ],
)
def test_what_has_changed_since_the_draft_is_not_sent(
    tmp_path: Path, handler: Handler, port: int, harm: str, reason: str
) -> None:
    clinic = approved(tmp_path, 2)
    first = clinic.messages()[0]
    file = clinic.folder / f"{first.pack_id}.pdf"
    match harm:
        case "tampered":
            file.write_bytes(file.read_bytes().replace(b"%PDF-1.", b"%PDF-2."))
        case "gone":
            file.unlink()
        case "built anew":
            clinic.write([clinic.plans[0]])
            clinic.build(version="2")
            clinic.write([clinic.plans[0], patient(2)])
        case "plan changed":
            clinic.change(0, summary="The other knee.")
        case "consent withdrawn":
            clinic.change(0, email={"address": first.address, **CONSENT, "consent": "no"})
        case "address changed":
            clinic.change(0, email={"address": "new@example.org", **CONSENT})
        case "plan gone":
            clinic.write(clinic.plans[1:])
        case "roster gone":
            clinic.roster.unlink()
        case "roster broken":
            clinic.roster.write_text('{"id": "', "utf-8")
        case "being written":
            with PackFolder(clinic.folder) as folder:
                entry = folder.ledger.entry(first.pack_id)
                assert entry is not None
                folder.ledger.announce([entry])
    after = run(clinic, port)
    assert after[0].state == "stale"
    both = harm.startswith("roster")
    assert [message.state for message in after] == ["stale", "stale" if both else "sent"]
    assert [taken.recipients for taken in handler.taken] == ([] if both else [[after[1].address]])
    with clinic.outbox() as outbox:
        assert reason in outbox.journal(first.id)[-1].note
    assert run(clinic, port) == []


def test_another_row_of_the_roster_may_change(tmp_path: Path, handler: Handler, port: int) -> None:
    clinic = approved(tmp_path, 2)
    clinic.change(1, summary="The other knee.")
    clinic.write([*reversed(clinic.plans), patient(3)])
    assert [message.state for message in run(clinic, port)] == ["sent", "stale"]


def test_a_message_withdrawn_while_it_waits_for_the_server_stays(tmp_path: Path, handler: Handler, port: int) -> None:
    clinic = approved(tmp_path, 3)
    server_settings, clock = settings(port), Time().clock
    with clinic.outbox() as outbox, MailServer(server_settings) as server:
        sending = send(outbox, server, clinic.checking(outbox, server_settings).parcel, due(outbox, clock), clock)
        next(sending)
        with clinic.outbox() as other:
            other.step(other.messages()[1], "withdrawn", by="Robin Front")
        assert [message.state for message in sending] == ["withdrawn", "sent"]
    assert clinic.states() == ["sent", "withdrawn", "sent"]
    assert len(handler.taken) == 2


# ---- rows 33 to 35: what the server answers


@pytest.mark.parametrize("told", ["rcpt 421 4.3.2 x", "rcpt 451 4.7.1 x", "end 452 4.3.1 x", "closing"])
def test_deferred_messages_are_tried_again_later(tmp_path: Path, handler: Handler, port: int, told: str) -> None:
    handler.answers[address(1)] = [told]
    clinic, time = approved(tmp_path, 2), Time()
    first, second = run(clinic, port, time)
    assert (first.state, first.attempts, second.state) == ("deferred", 1, "sent")
    assert first.next_try == pytest.approx(time.now + 300, abs=5)
    assert run(clinic, port, time) == [], "not before its time"
    time.now += 301
    (again,) = run(clinic, port, time)
    assert (again.state, again.attempts) == ("sent", 2)
    assert [taken.recipients[0] for taken in handler.taken] == [second.address, first.address]


def test_the_wait_doubles_has_a_part_of_chance_and_an_end() -> None:
    told = settings(1, first_wait_s=300)
    waits = [wait(told, attempts, Time().clock) for attempts in range(1, 12)]
    assert waits[:4] == [300, 600, 1200, 2400]
    assert waits[-1] == LONGEST_WAIT
    by_chance = {wait(told, 1, Clock(chance=lambda share=share: share)) for share in (0.0, 0.5, 1.0)}  # type: ignore[misc]
    assert by_chance == {225, 300, 375}


def test_a_message_that_is_deferred_too_often_has_failed(tmp_path: Path, handler: Handler, port: int) -> None:
    handler.answers[address(1)] = ["rcpt 451 4.7.1 x"] * 9
    clinic, time = approved(tmp_path), Time()
    states = []
    for _ in range(4):
        states += [message.state for message in run(clinic, port, time, most_attempts=3)]
        time.now += LONGEST_WAIT * 2
    assert states == ["deferred", "deferred", "failed"]


@pytest.mark.parametrize("told", ["rcpt 550 5.1.1 x", "rcpt 552 5.2.2 x", "end 550 5.7.1 x", "end 552 5.3.4 x"])
def test_refused_messages_are_not_tried_again(tmp_path: Path, handler: Handler, port: int, told: str) -> None:
    handler.answers[address(1)] = [told]
    clinic, time = approved(tmp_path, 2), Time()
    assert [message.state for message in run(clinic, port, time)] == ["failed", "sent"]
    time.now += 10 * LONGEST_WAIT
    assert run(clinic, port, time) == []


@pytest.mark.parametrize("told", ["drop after", "drop before"])
def test_a_connection_lost_after_the_message_is_unknown_and_a_person_decides(
    tmp_path: Path, handler: Handler, port: int, told: str
) -> None:
    handler.answers[address(1)] = [told]
    clinic, time = approved(tmp_path, 2), Time()
    first, second = run(clinic, port, time)
    assert (first.state, second.state) == ("unknown", "sent")
    time.now += 10 * LONGEST_WAIT
    assert run(clinic, port, time) == []
    copies = [taken for taken in handler.taken if taken.recipients == [first.address]]
    assert len(copies) == (1 if told == "drop after" else 0)
    with clinic.outbox() as outbox:
        outbox.step(first, "sent" if copies else "approved", by="Robin Front")
    run(clinic, port, time)
    copies = [taken for taken in handler.taken if taken.recipients == [first.address]]
    assert len(copies) == 1
    assert clinic.states() == ["sent", "sent"]


def test_a_server_that_refuses_everything_stops_the_run(tmp_path: Path, handler: Handler, port: int) -> None:
    for number in range(1, 9):
        handler.answers[address(number)] = ["rcpt 550 5.7.1 relaying denied"]
    clinic = approved(tmp_path, 8)
    with pytest.raises(ServerAway, match="one after the other"):
        run(clinic, port)
    assert clinic.states() == ["failed"] * 5 + ["queued"] * 3


def test_what_was_not_tried_stays_in_the_queue(tmp_path: Path, handler: Handler) -> None:
    clinic = approved(tmp_path, 2)
    with pytest.raises(ServerAway, match="cannot be reached"):
        run(clinic, 1)
    with mail_server(handler) as port:
        with pytest.raises(ServerRefused, match="no STARTTLS"):
            run(clinic, port, security="starttls")
        assert clinic.states() == ["queued", "queued"]
        assert [message.state for message in run(clinic, port)] == ["sent", "sent"]


# ---- pace and limits


def test_the_pace_limit_keeps_messages_apart(tmp_path: Path, handler: Handler, port: int) -> None:
    clinic, time = approved(tmp_path, 4), Time()
    run(clinic, port, time, messages_a_minute=30)
    assert time.slept == [2.0, 2.0, 2.0]


def test_a_limit_leaves_the_rest_for_later(tmp_path: Path, handler: Handler, port: int) -> None:
    clinic = approved(tmp_path, 3)
    assert len(run(clinic, port, limit=2)) == 2
    assert clinic.states() == ["sent", "sent", "approved"]
    assert len(handler.peers) == 1


def test_a_large_message_never_reaches_the_server(tmp_path: Path) -> None:
    clinic = approved(tmp_path)
    (message,) = run(clinic, 1, largest_mb=0.001)
    assert (message.state, message.reply) == ("failed", "too large for the settings")


def test_two_senders_are_one_too_many(tmp_path: Path) -> None:
    clinic = approved(tmp_path)
    with only_sender(clinic.folder), pytest.raises(UsageError, match="Another command is sending"):
        run(clinic, 1)


# ---- nobody gets another one's


def test_five_hundred_patients_get_their_own_and_nothing_of_any_other(
    tmp_path: Path, handler: Handler, port: int
) -> None:
    count = 500
    clinic = approved(tmp_path, count)
    assert {message.state for message in run(clinic, port)} == {"sent"}
    assert len(handler.taken) == count
    tokens = [f"zx{number:05}q" for number in range(1, count + 1)]
    found = [(taken, read_all(taken)) for taken in handler.taken]
    assert [leaked(text) for _, text in found] == [{token} for token in tokens]
    for (taken, text), token in zip(found, tokens, strict=True):
        assert taken.recipients == [f"pat.{token}@example.org"]
        for own in (f"pat{token}canary", f"born{token}", f"sore{token}knee"):
            assert own in text


def read_all(taken: Taken) -> str:
    """All that a message and its file say, without white space."""
    message = parsed(taken)
    pdf = file_in(message)
    return "".join((words_in(message) + text_of(pdf) + pdf.decode("latin-1")).lower().split())


def leaked(text: str) -> set[str]:
    """Whose tokens stand in a text."""
    return set(re.findall(r"zx\d{5}q", text))


def test_the_canary_sees_a_planted_leak(tmp_path: Path, handler: Handler, port: int) -> None:
    clinic = Clinic.of(tmp_path, patient(1, summary="Sore Zx00002q knee."))
    clinic.draft()
    clinic.approve()
    run(clinic, port)
    assert leaked(read_all(handler.taken[0])) == {"zx00001q", "zx00002q"}
