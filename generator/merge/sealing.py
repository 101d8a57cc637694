"""Encryption with AES-256, revision 6 (ISO 32000-2, 7.6.4): a passphrase opens the file, everything is then allowed.

All permissions are set, also that of assistive technology, which PDF/UA-1 asks for (rule 7.16-1). Encryption is random
by design: the same pack twice gives two files, so hashes are taken before.
"""

from __future__ import annotations

import hashlib
import os
import struct
import unicodedata
from io import BytesIO

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from pypdf import PdfReader

from generator.errors import UsageError
from generator.merge.copying import Copier
from generator.merge.opening import raw
from generator.merge.table import OURS, Table
from generator.merge.values import Dictionary, Name, Out
from generator.merge.writing import write_pdf

_ALL_ALLOWED = -4
"""All permission bits of table 22, the two lowest clear as required."""
_MAX_PASSPHRASE = 127
_KEY_BYTES = 32


def encrypt(pdf: bytes, passphrase: str) -> bytes:
    """A PDF of our own making, encrypted; structure and everything else stay.

    passphrase: at least one character, at most 127 bytes in UTF-8 after normalization (NFKC; SASLprep's other steps
    concern characters that nobody types). Raises UsageError for another one.
    """
    seal = _Aes256(_prepared(passphrase))
    reader = PdfReader(BytesIO(pdf))
    copier = Copier({}, left_out=frozenset())
    root, info = (copier.own(raw(reader.trailer, key)) or copier.add({}) for key in ("/Root", "/Info"))
    copier.drain()
    table = Table(list(copier.objects), [OURS] * len(copier.objects))
    return write_pdf(table, Out(root), Out(info), {}, seal)


def _prepared(passphrase: str) -> bytes:
    prepared = unicodedata.normalize("NFKC", passphrase).encode()
    if not prepared or len(prepared) > _MAX_PASSPHRASE:
        raise UsageError("The passphrase is empty or too long.", hint="Use three to six random words.")
    return prepared


class _Aes256:
    """The seal of `writing`: one file key for all strings and streams."""

    def __init__(self, passphrase: bytes) -> None:
        self._key = os.urandom(_KEY_BYTES)
        user, user_key = _verifier(passphrase, self._key, b"")
        owner, owner_key = _verifier(os.urandom(_KEY_BYTES), self._key, user)
        permissions = struct.pack("<iI", _ALL_ALLOWED, 0xFFFFFFFF) + b"Tadb" + os.urandom(4)
        self.entries: Dictionary = {
            "/Filter": Name("/Standard"),
            "/V": 5,
            "/R": 6,
            "/Length": 256,
            "/P": _ALL_ALLOWED,
            "/U": user,
            "/UE": user_key,
            "/O": owner,
            "/OE": owner_key,
            "/Perms": Cipher(algorithms.AES(self._key), modes.ECB()).encryptor().update(permissions),
            "/EncryptMetadata": True,
            "/CF": {"/StdCF": {"/CFM": Name("/AESV3"), "/AuthEvent": Name("/DocOpen"), "/Length": 32}},
            "/StmF": Name("/StdCF"),
            "/StrF": Name("/StdCF"),
        }

    def __call__(self, data: bytes) -> bytes:
        start = os.urandom(16)
        padder = padding.PKCS7(128).padder()
        return start + _cbc(self._key, start, padder.update(data) + padder.finalize())


def _cbc(key: bytes, start: bytes, data: bytes) -> bytes:
    encryptor = Cipher(algorithms.AES(key), modes.CBC(start)).encryptor()
    return encryptor.update(data) + encryptor.finalize()


def _verifier(passphrase: bytes, key: bytes, user: bytes) -> tuple[bytes, bytes]:
    """The entries that check a passphrase and hold the file key (algorithms 8 and 9)."""
    check_salt, key_salt = os.urandom(8), os.urandom(8)
    check = _hash(passphrase, check_salt, user) + check_salt + key_salt
    return check, _cbc(_hash(passphrase, key_salt, user), bytes(16), key)


def _hash(passphrase: bytes, salt: bytes, user: bytes) -> bytes:
    """Algorithm 2.B: at least 64 rounds of AES and SHA-2."""
    found = hashlib.sha256(passphrase + salt + user).digest()
    count, last = 0, 0
    while count < 64 or last > count - 32:
        mixed = _cbc(found[:16], found[16:32], (passphrase + found + user) * 64)
        chosen = (hashlib.sha256, hashlib.sha384, hashlib.sha512)[sum(mixed[:16]) % 3]
        found, last, count = chosen(mixed).digest(), mixed[-1], count + 1
    return found[:32]
