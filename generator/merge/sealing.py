"""Encryption with AES-256, revision 6 (ISO 32000-2, 7.6.4): a passphrase opens the file, everything is then allowed.

qpdf does it, through pikepdf. All permissions are set, also that of assistive technology, which PDF/UA-1 asks for (rule
7.16-1). Encryption is random by design: the same pack twice gives two files.
"""

from __future__ import annotations

import secrets
import unicodedata
from io import BytesIO

import pikepdf

from generator.errors import UsageError

_MAX_PASSPHRASE = 127  # bytes; readers cut longer ones (ISO 32000-2, 7.6.4.3.3)


def encrypt(pdf: bytes, passphrase: str) -> bytes:
    """A PDF of our own making, encrypted; structure and everything else stay.

    passphrase: at least one character, at most 127 bytes in UTF-8 after normalization (NFKC; SASLprep's other steps
    concern characters that nobody types). Raises UsageError for another one.
    """
    user = prepared(passphrase)
    # Nobody needs the owner's passphrase: it would only allow what the user's allows already.
    lock = pikepdf.Encryption(user=user, owner=secrets.token_urlsafe(32), R=6, allow=pikepdf.Permissions())
    sealed = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        document.save(sealed, encryption=lock, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return sealed.getvalue()


def prepared(passphrase: str) -> str:
    """A passphrase as it goes into a file. Raises UsageError for one that is empty or too long."""
    normal = unicodedata.normalize("NFKC", passphrase)
    if not normal or len(normal.encode("utf-8")) > _MAX_PASSPHRASE:
        raise UsageError("The passphrase is empty or too long.", hint="Use three to six random words.")
    return normal
