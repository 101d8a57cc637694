"""What the gates said of a plan the last time, so that a run over thousands of unchanged plans does not ask them again.

Gates look at the plan, the content, the sign-offs, the options and the day, and at nothing else. Where all of these
are what they were, so is the verdict. On another day, or after any change, the gates run again.
"""

from __future__ import annotations

import hashlib

from generator.batch.last_run import run_parts
from generator.batch.plain_values import finding_of, of_finding
from generator.batch.worker import Made
from generator.deliver.delivery import PackLabel
from generator.deliver.ledger import Ledger
from generator.errors import Place
from generator.models.plan import Plan
from generator.pipeline import Workshop


class Verdicts:
    """Verdicts over the plans of one run, kept beside the packs in the file of `deliver.seen`.

    lock: mark of the passphrase that packs are encrypted with.
    """

    def __init__(self, shop: Workshop, ledger: Ledger, lock: bytes = b"") -> None:
        self._ledger = ledger
        self._run = hashlib.sha256("\0".join(run_parts(shop)).encode("utf-8") + lock)

    def recalled(self, number: int, plan: Plan, label: PackLabel) -> Made | None:
        """That a pack is unchanged, and what the gates found; None if they must be asked."""
        entry = self._ledger.entry(label.id, label.kind)
        if plan.inserts or self._ledger.seen is None or entry is None or entry.plan_digest != label.plan_digest:
            return None
        kept = self._ledger.seen.notes.get(label.id)
        if kept is None or kept["input_hash"] != entry.input_hash or kept["key"] != self._key(plan.places.at(), label):
            return None
        if not self._ledger.is_intact(entry):
            return None
        return Made(number, "unchanged", entry.input_hash, findings=tuple(finding_of(one) for one in kept["findings"]))

    def keep(self, plan: Plan, place: Place, label: PackLabel, made: Made) -> None:
        """What the gates said of a plan whose pack is in the folder. place: of the plan."""
        if self._ledger.seen is not None and not plan.inserts:
            findings = [of_finding(finding) for finding in made.findings]
            note = {"key": self._key(place, label), "input_hash": made.input_hash, "findings": findings}
            self._ledger.seen.note(label.id, note)

    def _key(self, place: Place, label: PackLabel) -> str:
        """Hash of all that the gates look at. The label's keyed digest stands for what the plan says."""
        whole = self._run.copy()
        whole.update(f"{place}\0{label.printed_digest}".encode())
        return whole.hexdigest()
