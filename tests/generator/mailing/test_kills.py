"""Kills at random moments: whatever dies when, the server's own record shows no message twice and none lost in silence.

`benchmarks/mail_kills.py` does the same with 200 kills over 5,000 messages.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.generator.deliver.mail.servers import Handler, mail_server
from tests.generator.mailing.clinic import Clinic, patient
from tests.generator.mailing.test_sending import leaked, read_all

COUNT, KILLS, SECONDS = 80, 8, 0.25


pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills need POSIX")


def test_killed_senders_send_nothing_twice_and_lose_nothing(tmp_path: Path) -> None:
    clinic = Clinic.of(tmp_path, *(patient(number) for number in range(COUNT)))
    clinic.draft()
    clinic.approve()
    handler = Handler()
    with mail_server(handler) as port:
        told = (clinic.folder, clinic.roster, port, KILLS, SECONDS, 7)
        command = [sys.executable, "-m", "tests.generator.mailing.killing", *map(str, told)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0, "no sender was killed at work: make SECONDS smaller"
    copies = Counter(taken.recipients[0] for taken in handler.taken)
    assert set(copies.values()) == {1}, "sent twice"
    for message in clinic.messages():
        assert message.state in ("sent", "unknown")
        if message.state == "sent":
            assert copies[message.address] == 1, "said to be sent, and was not"
    assert set(copies) <= {message.address for message in clinic.messages()}
    for taken in handler.taken:
        assert leaked(read_all(taken)) == {taken.recipients[0].partition("@")[0].removeprefix("pat.")}


@dataclass
class Killer(Handler):
    """Kills the sender when it has the whole message and has not answered yet."""

    sender: subprocess.Popen[bytes] | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        if self.sender is not None:
            self.sender.send_signal(signal.SIGKILL)
            self.sender.wait()
        return answer


def test_a_sender_killed_between_message_and_answer_never_sends_it_again(tmp_path: Path) -> None:
    clinic = Clinic.of(tmp_path, patient(1), patient(2))
    clinic.draft()
    clinic.approve()
    handler = Killer()
    with mail_server(handler) as port:
        told = (clinic.folder, clinic.roster, port, 0, 0, 1)
        command = [sys.executable, "-m", "tests.generator.mailing.killing", *map(str, told)]
        with subprocess.Popen(command) as handler.sender:
            pass
        assert clinic.states() == ["sending", "queued"]
        handler.sender = None
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    assert clinic.states() == ["unknown", "sent"]
    assert [taken.recipients[0] for taken in handler.taken] == [message.address for message in clinic.messages()]
