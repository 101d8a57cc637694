"""Pack ids, and the key that keeps them from telling whose they are.

A pack id is a keyed hash of the plan's id: the same plan has the same pack id on every run, and nobody who holds a
sheet of paper can work a record number out of it. The key belongs to the folder, as the packs in it would all change
their ids with another one.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from pathlib import Path
from typing import Final

from generator.deliver import disk
from generator.deliver.folder import PackFolder
from generator.deliver.index import Index
from generator.errors import Place, UsageError
from generator.models.plan import Plan

KEY_FILE: Final = ".handouts-key"

DEMO_KEY: Final = b"handouts demo: invented people only"
"""The key of `handouts demo`, whose pack is the same everywhere. It protects nobody, as there is nobody in the demo."""

PACK_ID: Final = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{6}")
"""How a pack id is printed."""

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L and O, which are read as digits, and no U."""

_SHORTEST_KEY: Final = 32
_LONGEST_KEY: Final = 4096


class KeyFault(UsageError):
    """A key is missing or cannot be one."""


def plan_digest(key: bytes, plan_id: str) -> str:
    """The whole keyed hash (HMAC-SHA256) of a plan's id, 64 hex digits: tells two plans apart whose pack ids are the
    same.
    """
    return hmac.new(key, b"handouts pack id\0" + plan_id.encode("utf-8"), hashlib.sha256).hexdigest()


def pack_id(key: bytes, plan_id: str) -> str:
    """The first 50 bits of the plan's digest in Crockford's base 32, as 4-6: "K7Q2-M9TX4R".

    Two of 10,000 plans share one with a probability of about 1 in 22 million; `delivery` refuses the second.
    """
    return pack_id_of(plan_digest(key, plan_id))


def pack_id_of(digest: str) -> str:
    """The pack id of a plan with this digest, see `plan_digest`."""
    number = int(digest[:13], 16) >> 2
    symbols = "".join(_ALPHABET[number >> shift & 31] for shift in range(45, -1, -5))
    return f"{symbols[:4]}-{symbols[4:]}"


def printed_digest(key: bytes, plan: Plan) -> str:
    """Keyed hash of all that a plan says but for its email part, which prints nowhere: tells a pack that was made from
    an earlier version of its plan. It stands in the ledger, as version "plan".
    """
    return _digest_of(key, plan.model_dump_json(warnings=False, exclude_defaults=True, exclude={"email"}))


def whole_digest(key: bytes, plan: Plan) -> str:
    """Keyed hash of all that a plan says, where its pack is mailed to included."""
    return _digest_of(key, plan.model_dump_json(warnings=False, exclude_defaults=True))


def _digest_of(key: bytes, text: str) -> str:
    return hmac.new(key, b"handouts plan\0" + text.encode("utf-8"), hashlib.sha256).hexdigest()


def read_key(file: Path) -> bytes:
    """The key of a file: its bytes without white space at both ends. Raises KeyFault, whose text never quotes the file.

    A key has 32 bytes at least (of text, too: a shorter one could be guessed) and 4096 at most (more is some other
    file).
    """
    place = Place(str(file))
    try:
        with file.open("rb") as stream:
            key = stream.read(_LONGEST_KEY + 1).strip()
    except OSError as problem:
        raise KeyFault(
            "The key file cannot be read.", hint="Check its path and your right to read it.", place=place
        ) from problem
    if len(key) < _SHORTEST_KEY:
        wrong = "is empty" if not key else f"is too short: it has {len(key)} bytes"
        hint = f"It needs {_SHORTEST_KEY} or more of chance, such as 64 hex digits from a password manager."
        raise KeyFault(f"The key file {wrong}.", hint=hint, place=place)
    if len(key) > _LONGEST_KEY:
        raise KeyFault("The key file is too long to be a key.", hint="Check that it is the right file.", place=place)
    return key


def folder_key(folder: PackFolder, given: bytes | None = None) -> bytes:
    """The key of a folder's pack ids. given: the user's own, or the demo's; None for the one that the folder keeps,
    which is made, and on the disk, before the folder's first pack.

    Raises KeyFault where packs made with another key are there, or made with one that is gone (a new key would give
    every patient a second pack under another id), and StorageError. Packs of the demo do not count: their key is known.
    """
    path = folder.path / KEY_FILE
    if given is not None:
        if given != DEMO_KEY and (_has_others(folder.path, given) or (path.exists() and read_key(path) != given)):
            raise KeyFault(
                "This folder's pack ids come from another key. With this one, each patient would get a second pack.",
                hint="Give the key that the folder's packs were made with, or name a new folder with --out.",
                place=Place(str(folder.path)),
            )
        return given
    if path.exists():
        return read_key(path)
    if _has_packs(folder.path):
        raise KeyFault(
            "This folder has packs, but the key of their ids is not here.",
            hint=f"Bring back its file {KEY_FILE}, give the key with --key FILE, or name a new folder with --out.",
            place=Place(str(folder.path)),
        )
    disk.write_whole(path, secrets.token_hex(32).encode() + b"\n", private=True)
    return read_key(path)


def _has_others(folder: Path, key: bytes) -> bool:
    """Whether the index names packs whose ids come from another key, the demo's aside."""
    known = (key, DEMO_KEY)
    return any(
        all(pack_id(one, entry.plan_id) != entry.pack_id for one in known) for entry in Index.load(folder).entries()
    )


def _has_packs(folder: Path) -> bool:
    """Whether the folder holds packs other than the demo's."""
    indexed = Index.load(folder).entries()
    demo = {entry.file for entry in indexed if pack_id(DEMO_KEY, entry.plan_id) == entry.pack_id}
    names = (path.name for path in folder.glob("*.pdf"))
    return any(PACK_ID.match(name) and name not in demo for name in names)
