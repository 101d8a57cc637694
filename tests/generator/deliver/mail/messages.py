"""Messages for tests: drafts that nobody has sent, to people who do not exist."""

from __future__ import annotations

from typing import Any

from generator.deliver.mail.message import Letter, letter
from generator.deliver.mail.outbox import Message, new_id, now
from tests.packs import library

NAME, ADDRESS = "Zofia Canary", "zofia.canary@example.org"


def words(*, sealed: bool = False, brand: str = "ascent") -> Letter:
    """The shipped words in English."""
    language = library().languages["en"]
    assert language.mail is not None
    return letter(language, language.mail, library().brands[brand], sealed=sealed)


def message(**fields: Any) -> Message:
    """A draft; any field can be given."""
    id_ = new_id()
    values: dict[str, Any] = {
        "id": id_,
        "pack_id": "K7Q2-M9TX4R",
        "plan_digest": f"plan {id_}",
        "whole_digest": "whole",
        "sha256": "0" * 64,
        "size": 3,
        "source": "/clinic/zofia.yaml",
        "source_sha256": "1" * 64,
        "name": NAME,
        "address": ADDRESS,
        "consent": "2026-11-20: signed form",
        "letter": words().key,
        "clinic": "Ascent",
        "passphrase": None,
        "message_id": f"<{id_}@example.org>",
        "made_at": now(),
    }
    return Message(**{**values, **fields})
