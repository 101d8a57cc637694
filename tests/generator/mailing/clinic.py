"""A clinic of people who do not exist: plans with consent in a roster, and a small real PDF for each."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from generator.deliver.delivery import FinishedPack, deliver
from generator.deliver.folder import PackFolder
from generator.deliver.keys import folder_key, pack_id, plan_digest, printed_digest
from generator.deliver.mail.outbox import Message, Outbox
from generator.deliver.mail.settings import MailSettings
from generator.inputs.rosters import read_roster
from generator.mailing.checking import Checking
from generator.mailing.drafting import Drafts, Wanted, draft
from generator.mailing.packs import Packs
from generator.models.plan import Plan
from tests.packs import library

TODAY = date(2026, 11, 28)
CONSENT = {"consent": "yes", "date": "2026-11-20", "how": "signed form", "unencrypted_warning_noted": "yes"}


def patient(number: int, **fields: Any) -> dict[str, Any]:
    """A plan's values, with a token of this patient in every field that could leak."""
    token = f"Zx{number:05}q"
    return {
        "id": f"MRN-{token}",
        "name": f"Pat {token} Canary",
        "second_id": f"Born {token}",
        "clinician": {"name": "Sam Keller"},
        "date": "2026-11-23",
        "summary": f"Sore {token} knee.",
        "email": {"address": f"pat.{token.lower()}@example.org", **CONSENT},
        **fields,
    }


def small_pdf(pack_id: str, words: tuple[str, ...], pages: int = 1, padding: int = 0) -> bytes:
    """A real PDF that says whose it is on each page."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1 if not padding else 0)
    for page in range(pages):
        for line, text in enumerate((pack_id, f"page {page + 1}", *words)):
            canvas.drawString(72, 700 - 20 * line, text)
        if padding:
            canvas._code.append("%" + "x" * padding)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@dataclass
class Clinic:
    """folder: of the packs. roster: JSON Lines of plans. plans: as they were written last."""

    folder: Path
    roster: Path
    plans: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, folder: Path, *plans: dict[str, Any], padding: int = 0) -> Clinic:
        """Plans in a roster, and a pack for each."""
        made = cls(folder / "packs", folder / "roster.jsonl")
        made.write(plans)
        made.build(padding=padding)
        return made

    def write(self, plans: Sequence[dict[str, Any]]) -> None:
        """Writes the roster."""
        self.plans = [dict(plan) for plan in plans]
        self.roster.write_text("".join(json.dumps(plan) + "\n" for plan in plans), "utf-8")

    def change(self, number: int, **fields: Any) -> None:
        """Changes one plan of the roster; its pack stays as it is."""
        self.plans[number] |= fields
        self.write(self.plans)

    def read(self) -> tuple[Plan, ...]:
        """The roster's plans."""
        return read_roster(self.roster, library()).plans

    def build(self, *, version: str = "1", padding: int = 0) -> None:
        """Puts a pack of each plan into the folder."""
        with PackFolder(self.folder) as folder:
            key = folder_key(folder)
            plans = self.read()
            for start in range(0, len(plans), 100):
                packs = [self._pack(key, plan, version, padding) for plan in plans[start : start + 100]]
                assert all(outcome.error is None for outcome in deliver(folder, packs))

    def _pack(self, key: bytes, plan: Plan, version: str, padding: int) -> FinishedPack:
        id_ = pack_id(key, plan.id)
        words = (plan.name, plan.second_id or "", plan.summary or "", f"version {version}")
        return FinishedPack(
            pack_id=id_,
            plan_digest=plan_digest(key, plan.id),
            input_hash=f"{plan.id}{version}".encode().hex(),
            plan_id=plan.id,
            name=plan.name,
            second_id=plan.second_id or "",
            pdf=small_pdf(id_, words, padding=padding),
            pages=1,
            versions={"product": "0.1", "content": "c0ffee", "plan": printed_digest(key, plan)},
        )

    # ---- mail

    @property
    def packs(self) -> Packs:
        return Packs(self.folder)

    def outbox(self) -> Outbox:
        """The folder's outbox."""
        return Outbox(self.folder, make=True)

    def draft(self, **wanted: Any) -> Drafts:
        """Drafts all plans of the roster."""
        with self.outbox() as outbox:
            return draft(outbox, self.packs, self.read(), library(), Wanted(**{"as_of": TODAY, **wanted}))

    def approve(self) -> None:
        """Approves all drafts."""
        with self.outbox() as outbox, outbox.transaction():
            for message in outbox.messages("draft"):
                outbox.step(message, "approved", by="Robin Front")

    def messages(self) -> tuple[Message, ...]:
        """All messages as they are now."""
        with self.outbox() as outbox:
            return outbox.messages()

    def states(self) -> list[str]:
        """States of all messages, oldest first."""
        return [message.state for message in self.messages()]

    def checking(self, outbox: Outbox, settings: MailSettings | None = None) -> Checking:
        """What checks messages before they go."""
        return Checking(outbox, self.packs, library, settings)
