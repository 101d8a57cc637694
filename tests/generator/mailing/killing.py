"""Senders that are killed at random moments: a process of its own, which forks one sender after another.

    python -m tests.generator.mailing.killing FOLDER ROSTER PORT KILLS SECONDS SEED

Each sender but the last is killed with SIGKILL, at a random moment within SECONDS after it has begun; the last one
does what is left. Nothing is said to a sender that is to die: what it does is what every sender does.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from generator.deliver.mail.outbox import Outbox, only_sender
from generator.deliver.mail.sending import Clock, due, send
from generator.deliver.mail.server import MailServer
from tests.generator.deliver.mail.test_server import settings
from tests.generator.mailing.clinic import Clinic
from tests.packs import library


def send_all(clinic: Clinic, port: int) -> None:
    """One whole run of the sender."""
    told, clock = settings(port, messages_a_minute=60_000), Clock()
    with Outbox(clinic.folder) as outbox, only_sender(clinic.folder), MailServer(told) as server:
        outbox.settle_cut_short()
        for _ in send(outbox, server, clinic.checking(outbox, told).parcel, due(outbox, clock), clock):
            pass


def killed(clinic: Clinic, port: int, seconds: float) -> bool:
    """Starts a sender and kills it after that time. Returns whether it was still at work."""
    child = os.fork()
    if child == 0:
        try:
            send_all(clinic, port)
        except BaseException:
            os._exit(1)
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), "the sender failed instead of ending"
    return status == signal.SIGKILL


def main(arguments: list[str]) -> None:
    """See the module's docstring. Prints how many senders were killed at work."""
    folder, roster, port, kills, seconds, seed = arguments
    clinic, chance = Clinic(Path(folder), Path(roster)), random.Random(int(seed))
    library()  # read once, before the senders are forked
    count = sum(killed(clinic, int(port), chance.uniform(0.0, float(seconds))) for _ in range(int(kills)))
    send_all(clinic, int(port))
    sys.stdout.write(str(count))


if __name__ == "__main__":
    main(sys.argv[1:])
