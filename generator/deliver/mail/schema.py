"""The outbox's tables, and how an older outbox becomes one of this version.

Each entry of MIGRATIONS leads from one version to the next, in one transaction; the database's `user_version` says how
many it has had. Nothing is ever dropped. A database of a newer version is refused.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

from generator.deliver.mail.states import STATES, STEPS

APPLICATION_ID: Final = 0x48444F42
"""Marks the file as an outbox of ours ("HDOB")."""

_FIRST: Final = """
CREATE TABLE letter (
    key TEXT PRIMARY KEY,
    language TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    file_name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE message (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL REFERENCES state(name),
    pack_id TEXT NOT NULL,
    plan_digest TEXT NOT NULL,
    whole_digest TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    source TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    consent TEXT NOT NULL,
    letter TEXT NOT NULL REFERENCES letter(key),
    clinic TEXT NOT NULL,
    passphrase TEXT,
    message_id TEXT NOT NULL UNIQUE,
    made_at TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try REAL,
    reply TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX message_by_state ON message(state);
CREATE INDEX message_by_plan ON message(plan_digest);
CREATE UNIQUE INDEX message_open ON message(plan_digest) WHERE state IN ('draft', 'approved', 'queued', 'deferred');

CREATE TABLE journal (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    message TEXT NOT NULL REFERENCES message(id),
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    by TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX journal_by_message ON journal(message);

CREATE TABLE state (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE step (before TEXT NOT NULL, after TEXT NOT NULL, PRIMARY KEY (before, after)) STRICT, WITHOUT ROWID;

CREATE TRIGGER message_steps BEFORE UPDATE OF state ON message
WHEN NOT EXISTS (SELECT 1 FROM step WHERE before = OLD.state AND after = NEW.state)
BEGIN SELECT RAISE(ABORT, 'no such step'); END;
CREATE TRIGGER message_stays BEFORE DELETE ON message BEGIN SELECT RAISE(ABORT, 'messages stay'); END;
CREATE TRIGGER message_is_fixed BEFORE UPDATE OF
    id, pack_id, plan_digest, whole_digest, sha256, size, name, address, consent, letter, passphrase, message_id
ON message
BEGIN SELECT RAISE(ABORT, 'what was drafted stays'); END;
CREATE TRIGGER journal_stays BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal stays'); END;
CREATE TRIGGER journal_is_fixed BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal stays'); END;
"""

MIGRATIONS: Sequence[str] = (_FIRST,)


def migrate(connection: sqlite3.Connection, migrations: Sequence[str] = MIGRATIONS) -> None:
    """Brings a database, also an empty one, to this version: whole or not at all.

    Raises ValueError where it is not an outbox or of a newer version, and sqlite3.Error.
    """
    version = _number(connection, "user_version")
    if version > len(migrations) or (version and _number(connection, "application_id") != APPLICATION_ID):
        raise ValueError("newer" if version > len(migrations) else "strange")
    if version == len(migrations):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for script in migrations[_number(connection, "user_version") :]:
            for statement in _statements(script):
                connection.execute(statement)
        connection.executemany("INSERT OR IGNORE INTO state VALUES (?)", [(state,) for state in STATES])
        steps = [(before, after) for before, afters in STEPS.items() for after in afters]
        connection.executemany("INSERT OR IGNORE INTO step VALUES (?, ?)", steps)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _statements(script: str) -> list[str]:
    """A script's statements; `executescript` would commit before it starts."""
    found, part = [], ""
    for line in script.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            found.append(part)
            part = ""
    return found
