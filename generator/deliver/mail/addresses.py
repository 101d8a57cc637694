"""One recipient, and only one: the address checked, the name harmless.

A second address in one field, a line break, a name that poses as another address: each has sent mail to strangers.
"""

from __future__ import annotations

import unicodedata
from email.headerregistry import Address
from typing import Final

from email_validator import EmailNotValidError, validate_email

from generator.errors import PlanError

_MOST_NAME: Final = 60
_TRICKY: Final = frozenset('@<>()[]:;,"\\=?%\N{FULLWIDTH COMMERCIAL AT}\N{SMALL COMMERCIAL AT}')
"""Characters with a meaning in an address header, or that make a name look like an address."""


class BadAddress(PlanError):
    """An address that nothing can be mailed to, or that may mean more than one mailbox. Its text never quotes it."""


def checked_address(text: str) -> str:
    """The address in its normal form (email-validator: one mailbox, no name, no comment, no quotes, a real kind of
    domain in ASCII). Raises BadAddress. Nothing is asked of the network.
    """
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False, allow_quoted_local=False)
    except EmailNotValidError as problem:
        hint = "Give one address such as name@example.com. Letters before the @ must be plain ones."
        raise BadAddress("This is not one address that mail can be sent to.", hint=hint) from problem
    if found.ascii_email is None:
        raise BadAddress("This address has letters that many mail servers do not take.", hint="Ask for another one.")
    return found.ascii_email


def recipient(name: str, address: str) -> Address:
    """The only entry of a To line. The name is left out where it could pass for an address or hold a control mark."""
    username, _, domain = address.rpartition("@")
    harmless = len(name) <= _MOST_NAME and not any(
        character in _TRICKY or unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs", "Co")
        for character in name
    )
    return Address(display_name=name if harmless else "", username=username, domain=domain)
