"""A durable list of small records in one file: what the ledger and the private index have in common.

JSON Lines, one record a line, only ever added to. Each line carries a checksum of itself, so that a line torn by a kill
or a full disk is known for what it is and dropped. A later record with the same kind and id replaces an earlier one.
When a run ends well the file is put in order (one line a record, sorted), which makes it the same bytes whatever
happened on the way: other workers, another order, a kill in between. There is no time of day in it unless a record's
maker puts one there.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType

from generator.deliver import disk
from generator.errors import HandoutsError, Place
from generator.values import dataclass

Values = Mapping[str, object]
Key = tuple[str, str]

FORMAT = 1
"""Version of the line format, kept in each file's first record."""

_HEADER = "format"
_LINE = re.compile(rb'(\{.*),"check":"([0-9a-f]{16})"\}', re.DOTALL)


class DamagedRecord(HandoutsError):
    """A record file holds a line that no kill can explain, or was made by a newer version."""


@dataclass(frozen=True, slots=True)
class Record:
    """One line. kind and id name it; values is what it says, in JSON's types, without the keys kind, id and check."""

    kind: str
    id: str
    values: Values

    @property
    def key(self) -> Key:
        return (self.kind, self.id)


class Journal:
    """The records of one file. Reading needs no lock; only the holder of the folder's lock may open it as a writer."""

    def __init__(self, path: Path, *, name: str, remedy: str, private: bool = False, writer: bool = False) -> None:
        """Loads the file; a file that is not there is an empty one. Raises DamagedRecord or StorageError.

        name: what the file is, for its header ("ledger"). remedy: what to do if a line in its midst is damaged.
        private: only this user may read it.
        """
        self._path = path
        self._header = Record(_HEADER, name, {"version": FORMAT})
        self._remedy = remedy
        self._private = private
        self._writer = writer
        self._descriptor: int | None = None
        self._records: dict[Key, Record] = {}
        self._lines: dict[Key, bytes] = {}
        data = _read(path)
        self._length = self._load(data)
        self._in_order = data in (b"", self._ordered())

    # ---- reading

    def get(self, kind: str, id_: str) -> Record | None:
        """The record of that kind and id."""
        return self._records.get((kind, id_))

    def records(self, *kinds: str) -> tuple[Record, ...]:
        """All records of those kinds (without any: of every kind), in the order in which they were first made."""
        wanted = (record for key, record in self._records.items() if key != self._header.key)
        return tuple(record for record in wanted if not kinds or record.kind in kinds)

    # ---- writing

    def append(self, records: Iterable[Record], *, drop: Iterable[Key] = ()) -> None:
        """Adds records, all on the disk when this returns. Raises StorageError; then the file is as it was.

        drop: records that the new ones make void. They leave the file when it is next put in order.
        """
        assert self._writer, "only the holder of the folder's lock writes"
        new = {record.key: (record, _line(record)) for record in records}
        if new:
            self._write(b"".join(line for _, line in new.values()))
            self._in_order = False
        for key, (record, line) in new.items():
            self._records[key] = record
            self._lines[key] = line
        for key in drop:
            self.drop(key)

    def drop(self, key: Key) -> None:
        """Takes a record out. It leaves the file when that is next put in order."""
        if self._records.pop(key, None):
            del self._lines[key]
            self._in_order = False

    def close(self, *, put_in_order: bool) -> None:
        """Ends writing. put_in_order: rewrite the file with one sorted line a record, if it is not like that already.

        A rewrite that fails is no loss: the old file says the same in more lines, and the next run tries again.
        """
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        if put_in_order and self._writer and not self._in_order:
            data = self._ordered()
            with contextlib.suppress(disk.StorageError):
                disk.write_whole(self._path, data, private=self._private)
                self._length, self._in_order = len(data), True

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.close(put_in_order=kind is None)

    # ---- the file

    def _load(self, data: bytes) -> int:
        """Fills the records from the file's bytes. Returns the length of the good part; what follows is torn."""
        good = 0
        torn_at: int | None = None
        position = 0
        for number, raw in enumerate(data.splitlines(keepends=True), start=1):
            position += len(raw)
            record = _parse(raw)
            if record is None:
                torn_at = torn_at or number
                continue
            if torn_at is not None:
                raise self._damaged(torn_at)
            self._check_header(record)
            self._records[record.key] = record
            self._lines[record.key] = raw
            good = position
        return good

    def _check_header(self, record: Record) -> None:
        version = record.values.get("version")
        if record.kind == _HEADER and (
            record.id != self._header.id or not isinstance(version, int) or version > FORMAT
        ):
            raise DamagedRecord(
                "This file was made by a newer version of handouts.",
                hint="Update handouts (pip install --upgrade clinic-handouts), then run again.",
                place=Place(str(self._path)),
            )

    def _damaged(self, line: int) -> DamagedRecord:
        return DamagedRecord(
            "This line was changed or damaged: its checksum does not fit, and good lines follow it.",
            hint=self._remedy,
            place=Place(str(self._path), line),
        )

    def _ordered(self) -> bytes:
        """The whole file with one line a record, sorted by kind and id, the header first."""
        lines = sorted((key, line) for key, line in self._lines.items() if key != self._header.key)
        return b"".join([_line(self._header), *(line for _, line in lines)])

    def _write(self, data: bytes) -> None:
        with disk.storage_errors(self._path.parent):
            if self._descriptor is None:
                self._descriptor = self._open()
            try:
                disk.write_all(self._descriptor, data)
                disk.sync_file(self._descriptor)
            except BaseException:
                with contextlib.suppress(OSError):
                    os.ftruncate(self._descriptor, self._length)
                raise
        self._length += len(data)

    def _open(self) -> int:
        """Opens the file for adding, cut to its good part; makes it first if there is none."""
        if not self._length:
            header = _line(self._header)
            disk.write_whole(self._path, header, private=self._private)
            self._length = len(header)
        descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
        if os.fstat(descriptor).st_size != self._length:
            os.ftruncate(descriptor, self._length)
        return descriptor


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as problem:
        raise disk.storage_error(problem, path.parent) from problem


def _line(record: Record) -> bytes:
    body = json.dumps({"kind": record.kind, "id": record.id, **record.values}, separators=(",", ":"))
    return f'{body[:-1]},"check":"{_checksum(body.encode())}"}}\n'.encode()


def _parse(line: bytes) -> Record | None:
    """The record of a line, None if the line is torn: without its end, or with a checksum that does not fit."""
    match = _LINE.fullmatch(line[:-1]) if line.endswith(b"\n") else None
    if match is None:
        return None
    body = match[1] + b"}"
    if _checksum(body) != match[2].decode():
        return None
    values: dict[str, object] = json.loads(body)
    return Record(str(values.pop("kind")), str(values.pop("id")), values)


def _checksum(body: bytes) -> str:
    """The first 64 bits of SHA-256: ample against chance; a ledger does not guard against forgers."""
    return hashlib.sha256(body).hexdigest()[:16]
