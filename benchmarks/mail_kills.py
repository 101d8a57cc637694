"""200 kills over 5,000 messages: what the server's own record says afterwards.

    python benchmarks/mail_kills.py [MESSAGES] [KILLS]

Senders are killed (SIGKILL) at random moments, mostly while they send; the last one does what is left. The server
(`sink.py`) writes down each message that it took before it answers. Aims: no message twice, none lost without a state,
each with its own pack. Kills while a message is handed over leave it `unknown`, as promised: they are counted.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.generator.mailing.clinic import Clinic, patient

SECONDS = 2.0
"""Longest life of a sender that is killed: what it takes to start, and the time of some messages."""


def main(messages: int, kills: int) -> int:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        clinic = Clinic.of(folder, *(patient(number) for number in range(messages)))
        clinic.draft()
        clinic.approve()
        start = time.perf_counter()
        at_work = run(clinic, folder, kills)
        took = time.perf_counter() - start
        record = [line.split() for line in (folder / "record").read_text("utf-8").splitlines()]
        found = clinic.messages()
    states = Counter(message.state for message in found)
    by_id = {message.message_id: message for message in found}
    copies = Counter(id_ for _, id_, _ in record)
    twice = sum(count > 1 for count in copies.values())
    wrong = sum((by_id[id_].address, by_id[id_].sha256) != (address, sha256) for address, id_, sha256 in record)
    lost = sum(message.state == "sent" and not copies[message.message_id] for message in found)
    stray = sum(message.state not in ("sent", "unknown") for message in found)
    print(f"{messages} messages, {kills} kills ({at_work} of senders at work), {took:.0f} s: {dict(states)}")
    taken = sum(1 for message in found if message.state == "unknown" and copies[message.message_id])
    print(f"of the unknown, the server has {taken}")
    print(f"twice {twice}, with another's pack or address {wrong}, said to be sent and not {lost}, left over {stray}")
    return 1 if twice or wrong or lost or stray or len(found) != messages else 0


def run(clinic: Clinic, folder: Path, kills: int) -> int:
    """All senders. Returns how many were killed at work."""
    command = [sys.executable, str(Path(__file__).with_name("sink.py")), str(folder / "record")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as sink:
        assert sink.stdout is not None
        port = sink.stdout.readline().strip()
        told = (str(clinic.folder), str(clinic.roster), port, str(kills), str(SECONDS), "1")
        root = Path(__file__).resolve().parents[1]
        done = subprocess.run(
            [sys.executable, "-m", "tests.generator.mailing.killing", *told],
            cwd=root,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        sink.kill()
    return int(done.stdout)


if __name__ == "__main__":
    sizes = [int(one) for one in sys.argv[1:]]
    sys.exit(main(*(sizes + [5000, 200][len(sizes) :])))
