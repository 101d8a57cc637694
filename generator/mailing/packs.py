"""A folder's packs as mail sees them: a pack is mailed only if it is whole, its plan's own, and made from its plan as
it is now.

Nothing is taken on trust. The ledger says whose pack it is, from which state of the plan it was made and what its
SHA-256 is; the file is read and hashed; and the pack id that is printed on it is read back out of the PDF. This is done
when a message is drafted and again just before it is sent, on the very bytes that are attached.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from generator.deliver.keys import KEY_FILE, PACK_ID, KeyFault, pack_id, plan_digest, printed_digest, read_key
from generator.deliver.ledger import LEDGER_FILE, Ledger, LedgerEntry
from generator.deliver.reading import first_page_strings
from generator.errors import Place, PlanError
from generator.models.plan import Plan

BUILD_AGAIN = "Build it again: handouts build PLAN --out DIR. Then draft again."

LAST_DICTIONARY = 16_384
"""Bytes at the end of a file in which its last dictionary begins."""


class PackFault(PlanError):
    """The pack must not be mailed as it is."""


class Packs:
    """The packs of one folder, for reading. The ledger is read again whenever it has changed."""

    def __init__(self, folder: Path, key_file: Path | None = None) -> None:
        self.folder = folder
        self._key_file = key_file or folder / KEY_FILE
        self._key: bytes | None = None
        self._stamp: tuple[int, int] | None = None
        self._ledger: Ledger | None = None

    @property
    def key(self) -> bytes:
        """The key of the pack ids. Raises KeyFault."""
        if self._key is None:
            if not self._key_file.exists():
                hint = "Name the folder of your packs with --packs, or the key's file with --key."
                raise KeyFault(
                    "This folder has no packs, or their key is kept elsewhere.",
                    hint=hint,
                    place=Place(str(self.folder)),
                )
            self._key = read_key(self._key_file)
        return self._key

    @property
    def ledger(self) -> Ledger:
        """The ledger as it is on the disk now. Raises DamagedRecord and StorageError."""
        path = self.folder / LEDGER_FILE
        stat = path.stat() if path.exists() else None
        stamp = (stat.st_mtime_ns, stat.st_size) if stat is not None else (0, 0)
        if self._ledger is None or stamp != self._stamp:
            self._ledger, self._stamp = Ledger.load(self.folder), stamp
        return self._ledger

    def of_plan(self, plan: Plan) -> tuple[LedgerEntry, bytes]:
        """The plan's own pack: its ledger entry and its bytes, checked. Raises PackFault."""
        id_, place = pack_id(self.key, plan.id), plan.places.at()
        entry = self.ledger.entry(id_)
        if entry is None or self.ledger.is_unfinished(id_) or entry.state != "done":
            raise PackFault("There is no finished pack of this plan in the folder.", hint=BUILD_AGAIN, place=place)
        if entry.plan_digest != plan_digest(self.key, plan.id):
            raise PackFault("The pack with this plan's id is another plan's.", hint="Do not mail it.", place=place)
        if entry.versions.get("plan") != printed_digest(self.key, plan):
            raise PackFault("The plan was changed after its pack was made.", hint=BUILD_AGAIN, place=place)
        try:
            return entry, self.intact(entry)
        except PackFault as problem:
            raise PackFault(problem.message, hint=problem.hint, place=place) from problem

    def intact(self, entry: LedgerEntry) -> bytes:
        """The bytes of a pack that is what the ledger says, and says itself which pack it is. Raises PackFault."""
        file = self.folder / f"{entry.id}.pdf"
        place = Place(file.name)
        try:
            data = file.read_bytes()
        except OSError as problem:
            raise PackFault("The pack's file cannot be read.", hint=BUILD_AGAIN, place=place) from problem
        if len(data) != entry.size or hashlib.sha256(data).hexdigest() != entry.sha256:
            hint = f"Find out who changed it. {BUILD_AGAIN}"
            raise PackFault(
                "The pack's file is not the one that was made: its checksum differs.", hint=hint, place=place
            )
        if is_locked(data):
            hint = "Build it again without --encrypt: handouts mail draft --encrypt locks it with its own passphrase."
            raise PackFault("The pack is encrypted, so that nobody can check whose it is.", hint=hint, place=place)
        if entry.pack_id not in printed_ids(data):
            raise PackFault("The pack does not say that it is this plan's.", hint="Do not mail it.", place=place)
        return data


def is_locked(pdf: bytes) -> bool:
    """Whether a PDF of our own making asks for a passphrase: the dictionary that ends the file says so."""
    return b"/Encrypt" in pdf[-LAST_DICTIONARY:]


def printed_ids(pdf: bytes) -> frozenset[str]:
    """What looks like a pack id on the first page. Empty for what is no PDF.

    One page is enough here: the checksum says that the file is the one that was read back as a whole when it was made.
    """
    return frozenset(PACK_ID.findall(first_page_strings(pdf)))
