"""Messages → bytes for the server, each checked once more against the plan, the ledger and the pack as they are now."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from email.headerregistry import Address
from pathlib import Path

from generator.deliver.keys import KeyFault, plan_digest, whole_digest
from generator.deliver.mail.addresses import recipient
from generator.deliver.mail.message import Envelope, message_bytes
from generator.deliver.mail.outbox import Message, Outbox
from generator.deliver.mail.sending import Parcel, Stale
from generator.deliver.mail.settings import MailSettings
from generator.errors import HandoutsError
from generator.inputs.rosters import read_roster
from generator.mailing.packs import PackFault, Packs
from generator.merge.sealing import encrypt
from generator.models.library import Library


class Checking:
    """Checks messages and makes their bytes, for one run. library: makes it, when a plan has to be read again."""

    def __init__(
        self, outbox: Outbox, packs: Packs, library: Callable[[], Library], settings: MailSettings | None
    ) -> None:
        self.outbox, self.packs, self.settings = outbox, packs, settings
        self._make_library = library
        self._library: Library | None = None
        self._hashes: dict[str, tuple[tuple[int, int, int], str]] = {}
        self._plans: dict[tuple[str, str], dict[str, str]] = {}

    def parcel(self, message: Message) -> Parcel:
        """The message as the server gets it. Raises Stale where it must not go out."""
        assert self.settings is not None, "nothing is sent without settings"
        pdf = self.pack(message)
        envelope = self.envelope(message, date=datetime.now(UTC))
        data = message_bytes(self.outbox.letter(message.letter), envelope, self.sealed(message, pdf))
        return Parcel(self.settings.from_address, message.address, data)

    def file(self, message: Message, *, unsent: bool) -> bytes:
        """The message as an .eml file. unsent: a mail program opens it as a draft. Raises Stale."""
        pdf = self.sealed(message, self.pack(message))
        envelope = self.envelope(message, date=None if unsent else datetime.now(UTC))
        return message_bytes(self.outbox.letter(message.letter), envelope, pdf, unsent=unsent)

    def envelope(self, message: Message, *, date: datetime | None) -> Envelope:
        """Sender, recipient and id of a message; without settings there is no sender yet."""
        settings, sender, reply_to = self.settings, None, None
        if settings is not None:
            sender = _address(settings.from_name or message.clinic, settings.from_address)
            reply_to = _address("", settings.reply_to) if settings.reply_to else None
        return Envelope(
            sender=sender,
            reply_to=reply_to,
            recipient=recipient(message.name, message.address),
            message_id=message.message_id,
            date=date,
        )

    def pack(self, message: Message) -> bytes:
        """The pack's bytes, if plan, consent, ledger and file are as they were when it was drafted. Raises Stale."""
        try:
            entry = self.packs.ledger.entry(message.pack_id)
            if entry is None or self.packs.ledger.is_unfinished(message.pack_id):
                raise Stale("The pack is not finished any more.")
            if entry.plan_digest != message.plan_digest:
                raise Stale("The pack's id belongs to another plan now.")
            if entry.sha256 != message.sha256:
                raise Stale("The pack was made anew after it was drafted.")
            if self._plan_now(message) != message.whole_digest:
                raise Stale("The plan was changed after it was drafted.")
            return self.packs.intact(entry)
        except PackFault as problem:
            raise Stale(problem.message) from problem

    def sealed(self, message: Message, pdf: bytes) -> bytes:
        """The file to attach: the pack as it is, or locked with the message's passphrase (AES-256)."""
        return pdf if message.passphrase is None else encrypt(pdf, message.passphrase)

    # ---- the plan as it is now

    def _plan_now(self, message: Message) -> str | None:
        """Digest of the message's plan as its file has it now; the plan is read again only if the file has changed."""
        now = self._file_hash(message.source)
        if now == message.source_sha256:
            return message.whole_digest
        if now is None:
            return None
        key = (message.source, now)
        if key not in self._plans:
            self._plans[key] = self._read(Path(message.source))
        return self._plans[key].get(message.plan_digest)

    def _file_hash(self, source: str) -> str | None:
        """SHA-256 of a file, None if it is gone. A file that has not been touched is not read twice in a run."""
        path = Path(source)
        try:
            stat = path.stat()
            stamp = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if source not in self._hashes or self._hashes[source][0] != stamp:
                self._hashes[source] = (stamp, hashlib.sha256(path.read_bytes()).hexdigest())
        except OSError:
            return None
        return self._hashes[source][1]

    def _read(self, path: Path) -> dict[str, str]:
        """The digests of all plans of a file, by plan digest; none where it cannot be read as a whole."""
        if self._library is None:
            self._library = self._make_library()
        try:
            roster, key = read_roster(path, self._library), self.packs.key
        except KeyFault:
            raise
        except HandoutsError:
            return {}
        return {plan_digest(key, plan.id): whole_digest(key, plan) for plan in roster.plans}


def _address(name: str, address: str) -> Address:
    username, _, domain = address.rpartition("@")
    return Address(display_name=name, username=username, domain=domain)
