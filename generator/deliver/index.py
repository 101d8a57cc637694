"""The private index: which pack is whose. It is the only file of a folder that holds names, and is for this user's eyes
only.

`handouts find NAME` reads it. It stands beside the packs as `.handouts-index.jsonl` (mode 0600), is written after the
packs, and can be lost without harm: the next run over the same plans writes it anew.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import field
from pathlib import Path
from typing import Final

from generator.deliver.journal import Journal, Record
from generator.values import dataclass

INDEX_FILE: Final = ".handouts-index.jsonl"

_KIND: Final = "patient"
_REMEDY: Final = "Delete the file and run the same command again: the index is written anew."
_UNDIVIDED: Final = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "ʻ": "'",
        "ʼ": "'",
        "’": "'",
    }
)
"""Letters that Unicode does not divide into a base and an accent, with what people type instead."""

_MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
"""Letters that no pack id has, with the digit that was meant (as Crockford's base 32 reads them)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """Whose file it is. file: its name in the folder. Everything else is private and stays out of reprs and so out of
    logs.
    """

    file: str
    pack_id: str
    plan_id: str = field(repr=False)
    name: str = field(repr=False)
    second_id: str = field(repr=False)

    def to_record(self) -> Record:
        """The entry as a line of the index."""
        values = {"pack_id": self.pack_id, "plan_id": self.plan_id, "name": self.name, "second_id": self.second_id}
        return Record(_KIND, self.file, values)

    @classmethod
    def of_record(cls, record: Record) -> IndexEntry:
        """The entry that a line of the index holds."""
        values = {name: str(record.values.get(name, "")) for name in ("pack_id", "plan_id", "name", "second_id")}
        return cls(file=record.id, **values)


class Index:
    """A folder's index. To look into it: `Index.load(folder)`. To add to it: `PackFolder(folder).index`."""

    def __init__(self, folder: Path, *, writer: bool = False) -> None:
        """Raises DamagedRecord or StorageError."""
        self._journal = Journal(folder / INDEX_FILE, name="index", remedy=_REMEDY, private=True, writer=writer)

    @classmethod
    def load(cls, folder: Path) -> Index:
        """The index as it is on the disk, for reading. A folder without one has an empty index."""
        return cls(folder)

    def entries(self) -> tuple[IndexEntry, ...]:
        """Whose files the folder holds, by name and then by file."""
        entries = (IndexEntry.of_record(record) for record in self._journal.records(_KIND))
        return tuple(sorted(entries, key=lambda entry: (folded(entry.name), entry.file)))

    def find(self, text: str) -> tuple[IndexEntry, ...]:
        """Entries in which each word of `text` is a part of the name, of an identifier or of the pack id.

        Case and accents make no difference, nor does the order of the words; a pack id may be typed without its hyphen
        and with O for 0. Nothing is found by an empty text.
        """
        words = [word for word in re.split(r"[\s,;]+", folded(text)) if word]
        return tuple(entry for entry in self.entries() if words and _matches(entry, words))

    def knows(self, file: str) -> bool:
        """Whether the index says whose this file is."""
        return self._journal.get(_KIND, file) is not None

    def holds(self, entry: IndexEntry) -> bool:
        """Whether the index already says just this."""
        return self._journal.get(_KIND, entry.file) == entry.to_record()

    def record(self, entries: Iterable[IndexEntry]) -> None:
        """Adds what the index does not say already. Durable when it returns. Raises StorageError."""
        self._journal.append(entry.to_record() for entry in entries if not self.holds(entry))

    def close(self, *, put_in_order: bool) -> None:
        """Ends writing; see `Journal.close`."""
        self._journal.close(put_in_order=put_in_order)


def folded(text: str) -> str:
    """`text` without case, accents and variants of form, for comparing: "Żółć" is "zolc"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_UNDIVIDED))
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark)).casefold()


def _matches(entry: IndexEntry, words: Iterable[str]) -> bool:
    private = [folded(field_) for field_ in (entry.name, entry.plan_id, entry.second_id)]
    return all(any(word in field_ for field_ in private) or _in_pack_id(word, entry.pack_id) for word in words)


def _in_pack_id(word: str, pack_id: str) -> bool:
    bare = word.upper().replace("-", "").translate(_MISREAD)
    return bool(bare) and bare in pack_id.replace("-", "")
