"""What a message can be, and what may become of it. No other step is ever taken: the outbox's own triggers refuse it.

`sending` is written before a message is handed to the mail server. Whatever is found in it later was cut short there,
so nobody knows whether it went out: it becomes `unknown`, and a person decides. It is never sent again by itself.
`exported` is the same for a file that a mail program has: only a person knows whether it was sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, get_args

State = Literal[
    "draft",
    "approved",
    "exported",
    "queued",
    "sending",
    "sent",
    "deferred",
    "failed",
    "unknown",
    "stale",
    "withdrawn",
]

STATES: Final[tuple[State, ...]] = get_args(State)

STEPS: Final[Mapping[State, tuple[State, ...]]] = {
    "draft": ("approved", "exported", "stale", "withdrawn"),
    "approved": ("queued", "exported", "stale", "withdrawn"),
    "exported": ("sent", "draft"),
    "queued": ("sending", "deferred", "failed", "stale", "withdrawn"),
    "sending": ("sent", "deferred", "failed", "unknown"),
    "deferred": ("queued", "failed", "stale", "withdrawn"),
    "unknown": ("sent", "approved"),
    "sent": (),
    "failed": (),
    "stale": (),
    "withdrawn": (),
}
"""From each state, those that may follow."""

OPEN: Final[tuple[State, ...]] = ("draft", "approved", "queued", "deferred")
"""Not handed to anybody yet: may still be taken back."""

MAYBE_OUT: Final[tuple[State, ...]] = ("exported", "sending", "unknown")
"""May have reached the patient: a person decides before another one is drafted."""

MEANING: Final[Mapping[State, str]] = {
    "draft": "waits for approval",
    "approved": "waits to be sent",
    "exported": "is in a mail program: say with resolve whether it was sent",
    "queued": "is next to be sent",
    "sending": "is being sent now",
    "sent": "the mail server took it",
    "deferred": "the mail server said not now: a later send tries again",
    "failed": "the mail server refused it for good",
    "unknown": "nobody knows whether it was sent: see resolve",
    "stale": "plan, consent or pack changed: draft it again",
    "withdrawn": "taken back before it was sent",
}
