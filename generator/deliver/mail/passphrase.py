"""Passphrases that a front desk can tell by phone.

Six words of the EFF's short list (words of up to five letters, CC BY 3.0, in the package xkcdpass; the 1,295 without a
hyphen) from the system's secure random source: 6 × log2(1295) = 62 bits. A date of birth has 15: all of them were tried
in under four minutes on AES-256. At a million guesses a second, half of all these passphrases take 70,000 years.
"""

from __future__ import annotations

import secrets
from functools import lru_cache
from typing import Final

from xkcdpass import xkcd_password

WORDS: Final = 6
LIST: Final = "eff-short"


@lru_cache(maxsize=1)
def word_list() -> tuple[str, ...]:
    """The words, each once."""
    file = xkcd_password.locate_wordfile(LIST)
    words = xkcd_password.generate_wordlist(wordfile=file, min_length=3, max_length=9)
    return tuple(sorted(word for word in set(words) if word.isalpha()))


def new_passphrase() -> str:
    """Six words with one space between."""
    return " ".join(secrets.choice(word_list()) for _ in range(WORDS))
