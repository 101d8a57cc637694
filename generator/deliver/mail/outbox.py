"""The outbox: one SQLite file beside the packs that knows of every message what became of it.

Built like a mail server's queue. Every change is one transaction that is on the disk when the call returns (WAL with
full sync), and leaves a line in the journal. Only steps of `states` are possible. The file holds names, addresses and
passphrases: only this user may read it.
"""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, fields
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final

from filelock import FileLock, Timeout

from generator.deliver import disk
from generator.deliver.mail.message import Letter
from generator.deliver.mail.schema import migrate
from generator.deliver.mail.states import MAYBE_OUT, OPEN, State
from generator.errors import HandoutsError, Place, UsageError
from generator.values import dataclass

OUTBOX_FILE: Final = ".handouts-outbox.sqlite3"
SENDER_LOCK: Final = ".handouts-outbox-lock"

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BUSY_SECONDS: Final = 20


class OutboxFault(HandoutsError):
    """The outbox cannot be used as it is, or a message is not in a state for what was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to one patient.

    whole_digest: of the plan when it was drafted. sha256, size: of its pack as the ledger had it. source: path of the
    plan or roster; source_sha256: of that file. consent: day and way. letter: key of its words. clinic: name of the
    sender. passphrase: of the attached file, None where it is attached as it is. next_try: seconds since 1970. reply:
    the server's last code. What is private stays out of reprs.
    """

    id: str
    state: State = "draft"
    pack_id: str
    plan_digest: str
    whole_digest: str
    sha256: str
    size: int
    source: str = field(repr=False)
    source_sha256: str
    name: str = field(repr=False)
    address: str = field(repr=False)
    consent: str = field(repr=False)
    letter: str
    clinic: str
    passphrase: str | None = field(repr=False)
    message_id: str
    made_at: str
    attempts: int = 0
    next_try: float | None = None
    reply: str = ""


@dataclass(frozen=True, slots=True)
class JournalLine:
    """Who did what to a message, when (UTC, ISO 8601)."""

    at: str
    before: str
    after: str
    by: str
    note: str


_COLUMNS: Final = tuple(one.name for one in fields(Message))


def new_id() -> str:
    """A random id for people to type, such as "K7Q2-M9TX": a slip of the keyboard meets no other message."""
    return _grouped("".join(secrets.choice(_ALPHABET) for _ in range(8)))


def _grouped(symbols: str) -> str:
    return f"{symbols[:4]}-{symbols[4:]}"


def now() -> str:
    """This moment in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class Outbox:
    """A folder's outbox; closed at the end of the `with` block."""

    def __init__(self, folder: Path, *, make: bool = False) -> None:
        """Opens it, migrated to this version. make: it is made where there is none yet.

        Raises OutboxFault where there is none, where it is damaged or of a newer version, and StorageError.
        """
        self.path = folder / OUTBOX_FILE
        if not self.path.exists():
            if not make:
                hint = "Draft first: handouts mail draft PLAN... --packs DIR."
                raise OutboxFault("This folder has no outbox.", hint=hint, place=Place(str(folder)))
            disk.write_whole(self.path, b"", private=True)
        with self._faults():
            self._db = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None)
            self._db.row_factory = sqlite3.Row
            try:
                self._set_up()
            except BaseException:
                self._db.close()
                raise

    def _set_up(self) -> None:
        pragmas = ["journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "trusted_schema = OFF"]
        if sys.platform == "darwin":
            pragmas += ["fullfsync = ON", "checkpoint_fullfsync = ON"]
        for pragma in pragmas:
            self._db.execute(f"PRAGMA {pragma}")
        if self._db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("damaged")
        migrate(self._db)

    def __enter__(self) -> Outbox:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Ends the use; what was done is on the disk already."""
        self._db.close()

    # ---- reading

    def message(self, id_: str) -> Message:
        """The message of that id (case and hyphen make no difference). Raises UsageError where there is none."""
        rows = self._rows("WHERE id = ?", (_grouped(id_.upper().replace("-", "")),))
        if not rows:
            hint = "handouts mail list shows all ids."
            raise UsageError("There is no such message in this outbox.", hint=hint, place=Place(str(self.path.parent)))
        return rows[0]

    def holds(self, id_: str) -> bool:
        """Whether there is a message of that id."""
        with self._faults():
            return self._db.execute("SELECT 1 FROM message WHERE id = ?", (id_,)).fetchone() is not None

    def messages(self, *states: State) -> tuple[Message, ...]:
        """Messages in any of these states (without any: all), oldest first."""
        marks = ", ".join("?" * len(states))
        return self._rows(f"WHERE state IN ({marks}) ORDER BY rowid" if states else "ORDER BY rowid", states)

    def of_plan(self, plan_digest: str) -> tuple[Message, ...]:
        """All messages of one plan, oldest first."""
        return self._rows("WHERE plan_digest = ? ORDER BY rowid", (plan_digest,))

    def letter(self, key: str) -> Letter:
        """The words of a message."""
        with self._faults():
            row = self._db.execute("SELECT * FROM letter WHERE key = ?", (key,)).fetchone()
        return Letter(**{name: row[name] for name in ("language", "subject", "text", "html", "file_name")})

    def journal(self, id_: str) -> tuple[JournalLine, ...]:
        """What happened to a message, oldest first."""
        with self._faults():
            asked = "SELECT at, before, after, by, note FROM journal WHERE message = ? ORDER BY number"
            return tuple(JournalLine(*row) for row in self._db.execute(asked, (id_,)))

    def counts(self) -> dict[State, int]:
        """How many messages are in each state that has any."""
        with self._faults():
            return dict(self._db.execute("SELECT state, count(*) FROM message GROUP BY state").fetchall())

    # ---- writing

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written in the block is on the disk when it ends, or none of it. Blocks may be nested."""
        if self._db.in_transaction:
            yield
            return
        with self._faults():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def add(self, message: Message, letter: Letter, *, note: str = "") -> None:
        """Takes up a draft. Raises OutboxFault where the plan has a message that is not sent yet."""
        row = [getattr(message, name) for name in _COLUMNS]
        with self.transaction():
            self._db.execute(
                "INSERT OR IGNORE INTO letter VALUES (?, ?, ?, ?, ?, ?)",
                (message.letter, letter.language, letter.subject, letter.text, letter.html, letter.file_name),
            )
            marks = ", ".join("?" * len(row))
            self._db.execute(f"INSERT INTO message ({', '.join(_COLUMNS)}) VALUES ({marks})", row)
            self._write_journal(message.id, "", message.state, "", note)

    def step(
        self,
        message: Message,
        to: State,
        *,
        by: str = "",
        note: str = "",
        reply: str = "",
        attempts: int | None = None,
        next_try: float | None = None,
    ) -> None:
        """One step of a message, on the disk when this returns.

        Raises OutboxFault where the message is no longer in the state that `message` says, or where there is no such
        step; then nothing has changed.
        """
        with self.transaction():
            done = self._db.execute(
                "UPDATE message SET state = ?, reply = ?, attempts = ?, next_try = ? WHERE id = ? AND state = ?",
                (
                    to,
                    reply or message.reply,
                    message.attempts if attempts is None else attempts,
                    next_try,
                    message.id,
                    message.state,
                ),
            )
            if done.rowcount != 1:
                raise OutboxFault(
                    f"Message {message.id} was changed by another command. Nothing was done to it.",
                    hint="See handouts mail list, then decide again.",
                )
            self._write_journal(message.id, message.state, to, by, note)

    def _write_journal(self, id_: str, before: str, after: str, by: str, note: str) -> None:
        self._db.execute(
            "INSERT INTO journal (at, message, before, after, by, note) VALUES (?, ?, ?, ?, ?, ?)",
            (now(), id_, before, after, by, note),
        )

    def settle_cut_short(self) -> int:
        """What a killed sender left in `sending` becomes `unknown`. Only for the holder of the sender's lock."""
        left = self.messages("sending")
        with self.transaction():
            for message in left:
                self.step(message, "unknown", note="the sender was cut short while it handed the message over")
        return len(left)

    # ---- the file

    def _rows(self, where: str, values: Sequence[object]) -> tuple[Message, ...]:
        with self._faults():
            found = self._db.execute(f"SELECT {', '.join(_COLUMNS)} FROM message {where}", tuple(values))
            return tuple(Message(**dict(row)) for row in found)

    @contextlib.contextmanager
    def _faults(self) -> Iterator[None]:
        """SQLite's failures as errors for a clinician; they quote nothing of the messages."""
        try:
            yield
        except (sqlite3.Error, ValueError) as problem:
            raise _fault(problem, self.path) from problem


def _fault(problem: Exception, path: Path) -> HandoutsError:
    place, text = Place(str(path)), str(problem)
    if isinstance(problem, ValueError) and text == "newer":
        return OutboxFault("This outbox was made by a newer version of handouts.", hint="Update handouts.", place=place)
    if isinstance(problem, sqlite3.IntegrityError):
        hint = "See handouts mail list, then decide again."
        return OutboxFault("The message is not in a state for this. Nothing was done.", hint=hint, place=place)
    if isinstance(problem, sqlite3.OperationalError) and "locked" in text:
        hint = "Wait until the other command has ended, then run this one again."
        return OutboxFault("Another command is using the outbox.", hint=hint, place=place)
    if isinstance(problem, sqlite3.OperationalError) and "full" in text:
        return disk.StorageError("The disk is full. The outbox is as it was.", hint="Free some space.", place=place)
    if isinstance(problem, sqlite3.OperationalError):
        hint = "Check your right to write there. The folder must be on a local drive."
        return disk.StorageError("The outbox cannot be read or written.", hint=hint, place=place)
    hint = "Restore it from a backup. Do not delete it: it knows what was sent."
    return OutboxFault("The outbox is damaged, or is no outbox.", hint=hint, place=place)


@contextlib.contextmanager
def only_sender(folder: Path) -> Iterator[None]:
    """Holds the outbox's sender lock. Raises UsageError where another sender has it, and StorageError."""
    lock = FileLock(folder / SENDER_LOCK, thread_local=False)
    with disk.storage_errors(folder):
        try:
            lock.acquire(timeout=0)
        except Timeout as problem:
            raise UsageError(
                "Another command is sending from this outbox.",
                hint="Wait until it has finished: two senders could send a message twice.",
                place=Place(str(folder)),
            ) from problem
    try:
        yield
    finally:
        lock.release()


def open_of(messages: Iterable[Message]) -> tuple[Message, ...]:
    """Those not handed to anybody yet."""
    return tuple(message for message in messages if message.state in OPEN)


def maybe_out(messages: Iterable[Message]) -> tuple[Message, ...]:
    """Those of which only a person can say whether they went out."""
    return tuple(message for message in messages if message.state in MAYBE_OUT)
