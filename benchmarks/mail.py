"""What email costs us: drafts of a whole clinic, and our own time for each message that is sent.

    python benchmarks/mail.py [MESSAGES]

The packs are real ones (the sample plan's, about 200 kB), made by a batch before the clock starts. Drafts are timed
with everything that a draft takes: the roster is read, each pack is read, hashed and its id read back, and the
outbox is on the disk; the aim is 5,000 in under 30 s. Sending goes to a minimal server on this machine (`sink.py`),
in a process of its own, as it would go to the clinic's: checked again, encoded, both syncs included; the aim is 10
ms a message or less. The pace limit is out of the way. Processor time is told beside: on a busy machine, it is what
says something.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import yaml

from generator.batch.run import Settings, run_batch
from generator.cli.making import workshop
from generator.deliver.mail.outbox import Outbox, only_sender
from generator.deliver.mail.sending import Clock, due, send
from generator.deliver.mail.server import MailServer
from generator.inputs.rosters import read_roster
from generator.pipeline import Options
from tests.generator.deliver.mail.test_server import settings
from tests.generator.mailing.clinic import TODAY, Clinic, patient
from tests.packs import CONTENT, library

DRAFT_AIM_S, SEND_AIM_MS = 30.0, 10.0
SAMPLE = CONTENT / "handouts" / "plans" / "sample-01.yaml"


def main(messages: int) -> int:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        clinic = Clinic(folder / "packs", folder / "roster.jsonl")
        sample = yaml.load(SAMPLE.read_text("utf-8"), yaml.BaseLoader)
        clinic.write([{**sample, **patient(number)} for number in range(messages)])
        build(clinic)
        start, busy = time.perf_counter(), time.process_time()
        drafted = len(clinic.draft().drafted)
        scale = 5000 / messages
        drafting, busy_drafting = (time.perf_counter() - start) * scale, (time.process_time() - busy) * scale
        assert drafted == messages
        clinic.approve()
        busy = time.process_time()
        each = sorted(sending(clinic, folder))
        busy_sending = 1000 * (time.process_time() - busy) / messages
    syncs = sync_ms(Path.cwd())
    own, mean, last = busy_sending + syncs, statistics.fmean(each), each[len(each) * 99 // 100]
    print(f"drafts   {drafting:5.1f} s for 5,000 ({busy_drafting:.1f} s of processor time), aim {DRAFT_AIM_S:g}")
    print(f"sending  {own:5.2f} ms of our own a message: {busy_sending:.2f} of processor time", end="")
    print(f" and {syncs:.2f} for two syncs, aim {SEND_AIM_MS:g}")
    print(f"         {mean:5.2f} ms from one message to the next, the server's time included (99%: {last:.2f})")
    return 0 if drafting <= DRAFT_AIM_S and own <= SEND_AIM_MS else 1


def build(clinic: Clinic) -> None:
    """A real pack for each plan."""
    shop = workshop(CONTENT, Options(as_of=TODAY, draft=True))
    report = run_batch(shop, read_roster(clinic.roster, library()), Settings(clinic.folder, CONTENT, read_back=False))
    assert all(outcome.state == "done" for outcome in report.outcomes)


def sending(clinic: Clinic, folder: Path) -> list[float]:
    """Milliseconds from one message to the next."""
    command = [sys.executable, str(Path(__file__).with_name("sink.py")), str(folder / "record"), "--fast"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as sink:
        assert sink.stdout is not None
        told, clock = settings(int(sink.stdout.readline()), messages_a_minute=60_000), Clock(sleep=lambda seconds: None)
        times = []
        with Outbox(clinic.folder) as outbox, only_sender(clinic.folder), MailServer(told) as server:
            waiting = due(outbox, clock)
            last = time.perf_counter()
            for message in send(outbox, server, clinic.checking(outbox, told).parcel, waiting, clock):
                assert message.state == "sent", message.state
                now = time.perf_counter()
                times.append(1000 * (now - last))
                last = now
        sink.kill()
    return times


def sync_ms(folder: Path) -> float:
    """Time of two small writes that are on the disk when they return, by the median."""
    times = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(50):
            start = time.perf_counter()
            os.write(file.fileno(), b"x" * 8192)
            os.fsync(file.fileno())
            times.append(1000 * (time.perf_counter() - start))
    return 2 * statistics.median(times)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000))
