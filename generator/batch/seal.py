"""The lock on encrypted packs, the same for `build` and for `batch`."""

from __future__ import annotations

import hashlib
from dataclasses import field

from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Seal:
    """Encrypts packs. mark: stands for the passphrase in the input hash of a pack."""

    passphrase: str = field(repr=False)
    mark: bytes

    @classmethod
    def of(cls, passphrase: str, key: bytes) -> Seal:
        """A seal for a folder with this key."""
        # Cost as in RFC 7914, 2, for what a person types: the ledger must not help anybody to guess it.
        return cls(passphrase, hashlib.scrypt(passphrase.encode(), salt=key, n=2**14, r=8, p=1))

    def marked(self, input_hash: str) -> str:
        """The input hash of an encrypted pack: with another passphrase it is another pack."""
        return hashlib.sha256(input_hash.encode("ascii") + self.mark).hexdigest()

    def on(self, pdf: bytes) -> bytes:
        """A file, encrypted."""
        # pikepdf loads slowly, and few packs are encrypted.
        from generator.merge.sealing import encrypt  # noqa: PLC0415

        return encrypt(pdf, self.passphrase)
