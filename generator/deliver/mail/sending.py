"""The sender: takes approved messages one by one through the server, and writes down each step before and after.

The order that makes it safe, for each message: it is checked once more (by the caller); the server agrees to sender and
recipient; `sending` is on the disk; only then the message is handed over; then the answer is on the disk. A kill
anywhere leaves every message sent, surely not sent, or `unknown`.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from generator.deliver.mail.outbox import Message, Outbox, OutboxFault
from generator.deliver.mail.server import Answer, MailServer, ServerAway
from generator.deliver.mail.settings import MailSettings
from generator.errors import HandoutsError
from generator.values import dataclass

LONGEST_WAIT: Final = 4 * 3600.0
"""Seconds between two tries of a deferred message, at most."""

MOST_IN_A_ROW: Final = 5
"""So many messages that the server refuses one after the other speak of the server or the settings, not of them."""


class Stale(HandoutsError):
    """What was drafted is no longer so: plan, consent or pack have changed. The message is not sent."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message, checked and ready for the server. Addresses are bare."""

    sender: str
    recipient: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Clock:
    """Time and chance, as a test may want them otherwise. chance: a number from 0 to 1."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


Check = Callable[[Message], Parcel]


def due(outbox: Outbox, clock: Clock) -> tuple[Message, ...]:
    """Messages that a sender takes next: approved ones, those that a sender before has left in the queue, and deferred
    ones whose time has come.
    """
    return tuple(
        message
        for message in outbox.messages("approved", "queued", "deferred")
        if message.state != "deferred" or (message.next_try or 0) <= clock.now()
    )


def send(
    outbox: Outbox, server: MailServer, check: Check, messages: Sequence[Message], clock: Clock
) -> Iterator[Message]:
    """Sends messages that are `due`; yields each as it is afterwards. Only for the holder of the sender's lock.

    check: verifies a message and makes its bytes; it raises Stale where it must not go out. Raises ServerRefused and
    ServerAway where it makes no sense to go on: what was not handed over then stays in the queue.
    """
    pause = _Pause(60 / server.settings.messages_a_minute, clock)
    away = refused = 0
    with outbox.transaction():
        queued = [_moved(outbox, message, "queued") for message in messages]
    for message in queued:
        try:
            parcel = check(message)
        except Stale as problem:
            yield _moved(outbox, message, "stale", note=problem.message)
            continue
        pause.wait()
        try:
            after = _sent(outbox, server, message, parcel, clock)
        except OutboxFault:
            after = outbox.message(message.id)
            if after.state in ("queued", "sending"):
                raise
            yield after  # somebody has withdrawn it in the meantime
            continue
        yield after
        away = away + 1 if after.reply in ("connection lost", "421") else 0
        refused = refused + 1 if after.state == "failed" else 0
        if away == MOST_IN_A_ROW:
            raise ServerAway("The mail server drops every message.", hint="Run send again later.")
        if refused == MOST_IN_A_ROW:
            hint = "Check the sender's settings. If the addresses are wrong indeed, run send again for the rest."
            raise ServerAway(f"The mail server refused {refused} messages, one after the other.", hint=hint)


def _sent(outbox: Outbox, server: MailServer, message: Message, parcel: Parcel, clock: Clock) -> Message:
    """Hands one message over and writes down what became of it."""
    now_at = message

    def before_handover() -> None:
        nonlocal now_at
        now_at = _moved(outbox, message, "sending", attempts=message.attempts + 1)

    try:
        answer = server.deliver(parcel.sender, parcel.recipient, parcel.data, before_handover)
    except BaseException:
        if now_at.state == "sending":
            _moved(outbox, now_at, "unknown", note="cut short while it was handed over")
        raise
    if now_at.state != "sending":
        now_at = replace(now_at, attempts=now_at.attempts + 1)
    return _written_down(outbox, server.settings, now_at, answer, clock)


def _written_down(outbox: Outbox, settings: MailSettings, message: Message, answer: Answer, clock: Clock) -> Message:
    if answer.fate == "deferred" and message.attempts >= settings.most_attempts:
        note = f"gave up after {message.attempts} tries"
        return _moved(outbox, message, "failed", reply=answer.reply, attempts=message.attempts, note=note)
    next_try = clock.now() + wait(settings, message.attempts, clock) if answer.fate == "deferred" else None
    return _moved(outbox, message, answer.fate, reply=answer.reply, attempts=message.attempts, next_try=next_try)


def wait(settings: MailSettings, attempts: int, clock: Clock) -> float:
    """Seconds until a message that was deferred `attempts` times is tried again: twice as long each time, and a part of
    chance, so that many messages do not come back at the same moment.
    """
    longest = min(LONGEST_WAIT, settings.first_wait_s * 2.0 ** (attempts - 1))
    return longest * (0.75 + 0.5 * clock.chance())


def _moved(outbox: Outbox, message: Message, to: str, **facts: object) -> Message:
    """The message after a step that is on the disk."""
    if message.state == to:
        return message
    outbox.step(message, to, **facts)  # type: ignore[arg-type]
    kept = {name: value for name, value in facts.items() if name in ("reply", "attempts", "next_try") and value}
    return replace(message, state=to, **kept)  # type: ignore[arg-type]


class _Pause:
    """Keeps messages apart, from beginning to beginning."""

    def __init__(self, seconds: float, clock: Clock) -> None:
        self._seconds, self._clock = seconds, clock
        self._next = 0.0

    def wait(self) -> None:
        """Returns when the next message may go."""
        now = self._clock.now()
        if now < self._next:
            self._clock.sleep(self._next - now)
        self._next = max(now, self._next) + self._seconds
