"""Kills at random moments: whatever dies when, the server's own record shows no message twice and none lost in silence.

`benchmarks/mail_kills.py` does the same with 200 kills over 5,000 messages.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.generator.deliver.mail.servers import Handler, mail_server
from tests.generator.mailing.clinic import Clinic, patient
from tests.generator.mailing.test_sending import leaked, read_all

COUNT, KILLS, SECONDS = 80, 8, 0.25


@pytest.mark.skipif(os.name != "posix", reason="kills need POSIX")
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
