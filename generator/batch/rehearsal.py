"""A dry run: the gates are asked about every plan, and nothing is written, not even the folder.

Asking the gates takes a moment a plan, so this needs no workers.
"""

from __future__ import annotations

import time

from generator.batch.outcomes import Interrupted, Outcome, Report
from generator.batch.packing import label_of
from generator.batch.run import Progress, Settings
from generator.batch.seal import Seal
from generator.batch.worker import Bench, Equipment, Order
from generator.deliver.keys import KEY_FILE, pack_id, plan_digest, read_key
from generator.deliver.ledger import Ledger
from generator.errors import HandoutsError
from generator.models.plan import Plan
from generator.models.roster import Roster
from generator.pipeline import Workshop


def rehearse(shop: Workshop, roster: Roster, settings: Settings, progress: Progress | None = None) -> Report:
    """What a batch would come to. Raises KeyFault or DamagedRecord."""
    started = time.monotonic()
    kept = settings.out / KEY_FILE
    key = settings.key or (read_key(kept) if kept.exists() else None)
    seal = Seal.of(settings.passphrase, key) if settings.passphrase is not None and key is not None else None
    bench = Bench(Equipment(shop, settings.inserts, None, dry_run=True, seal=seal))
    ledger = Ledger.load(settings.out)
    outcomes = [Outcome(row.place, "refused", errors=row.errors) for row in roster.refused]
    stopped: HandoutsError | None = None
    try:
        for number, plan in enumerate(roster.plans, start=1):
            outcomes.append(_outcome(shop, bench, ledger, key, plan))
            if progress is not None:
                progress(number, len(roster.plans))
    except KeyboardInterrupt:
        stopped = Interrupted("The dry run was stopped.")
    tried = len(outcomes) - len(roster.refused)
    outcomes += [Outcome(plan.places.at(), "not tried") for plan in roster.plans[tried:]]
    return Report(tuple(outcomes), time.monotonic() - started, stopped, roster.notes)


def _outcome(shop: Workshop, bench: Bench, ledger: Ledger, key: bytes | None, plan: Plan) -> Outcome:
    """What would become of a plan. key: None if the folder has none yet, so no pack either."""
    id_, known, pages = "", None, 0
    if key is not None:
        label = label_of(plan, pack_id(key, plan.id), plan_digest(key, plan.id), "", "", shop.options.only)
        entry = ledger.entry(label.id, label.kind)
        id_ = label.pack_id
        if entry is not None and entry.plan_digest == label.plan_digest and ledger.is_intact(entry):
            known, pages = entry.input_hash, entry.pages
    (made,) = bench.work([Order(0, plan, id_, known)])
    pages = pages if made.state == "unchanged" else 0
    return Outcome(plan.places.at(), made.state, id_, "", pages, made.errors, made.findings)
