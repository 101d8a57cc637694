"""What the last run over a roster came to, so that the same run over an untouched folder has nothing to do but look.

Where the roster, the content, the sign-offs, the options, the key, the program and the day are byte for byte what they
were, so are all plans and verdicts. What is left is to see that every pack is in its place and whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from generator import __version__
from generator.batch.outcomes import GOOD, Outcome, Report
from generator.batch.plain_values import finding_of, of_finding, of_place
from generator.deliver.folder import PackFolder
from generator.errors import HandoutsError, Place, PlanError
from generator.pipeline import Workshop

_NOTE: Final = "last run"


def run_parts(shop: Workshop) -> tuple[str, ...]:
    """All that a verdict of the gates depends on, besides the plan."""
    return (__version__, shop.content_hash, repr(shop.options), repr(shop.reviews), str(shop.scores is None))


def roster_digest(roster: Path, shown: str, beside: Sequence[Path | None] = ()) -> str:
    """Hash of a roster's bytes, with the names of its files; "" if they cannot be read.

    beside: other files that say what its rows mean: answers to the screening, the table of codes. They may be missing.
    """
    whole = hashlib.sha256(shown.encode())
    try:
        for other in beside:
            there = other is not None and other.is_file()
            whole.update(hashlib.sha256(other.read_bytes()).digest() if other is not None and there else b"none")
        for file in sorted(roster.iterdir()) if roster.is_dir() else [roster]:
            if file.is_file():
                whole.update(b"\0" + file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    except OSError:
        return ""
    return whole.hexdigest()


class LastRun:
    """The last run into a folder, if it was this one. roster: see `roster_digest`; "" for a run that is not kept."""

    def __init__(self, shop: Workshop, folder: PackFolder, key: bytes, lock: bytes, roster: str) -> None:
        self._folder = folder
        parts = "\0".join((*run_parts(shop), roster)).encode()
        self._key = hashlib.sha256(parts + b"\0" + key + lock).hexdigest() if roster else ""

    def report(self) -> Report | None:
        """Its report, with all packs unchanged; None if it was another run, or any pack is not as it was."""
        seen = self._folder.ledger.seen
        note = seen.notes.get(_NOTE) if seen is not None else None
        if not self._key or note is None or note["key"] != self._key:
            return None
        if not all(self._stands(*pack) for pack in note["packs"]):
            return None
        outcomes = tuple(_outcome(kept, self._folder.path) for kept in note["outcomes"])
        return Report(outcomes, 0.0, notes=tuple(finding_of(kept) for kept in note["notes"]))

    def keep(self, report: Report) -> None:
        """Remembers a run in which every patient came to a pack or was refused."""
        seen = self._folder.ledger.seen
        settled = all(outcome.state in GOOD or _is_refused(outcome) for outcome in report.outcomes)
        if not self._key or seen is None or report.stopped is not None or not settled:
            return
        packs = []
        for outcome in report.outcomes:
            if outcome.file:
                id_ = Path(outcome.file).stem
                kind = "pack" if id_ == outcome.pack_id else "sheet"
                entry = self._folder.ledger.entry(id_, "pack" if kind == "pack" else "sheet")
                packs.append([id_, kind, entry.input_hash if entry is not None else ""])
        kept = [_kept(outcome) for outcome in report.outcomes]
        notes = [of_finding(finding) for finding in report.notes]
        seen.note(_NOTE, {"key": self._key, "packs": packs, "outcomes": kept, "notes": notes})

    def _stands(self, id_: str, kind: str, input_hash: str) -> bool:
        """Whether a pack is as the run left it, and the index knows whose it is."""
        ledger = self._folder.ledger
        entry = ledger.entry(id_, "pack" if kind == "pack" else "sheet")
        if entry is None or entry.input_hash != input_hash or ledger.is_unfinished(id_):
            return False
        return self._folder.index.knows(f"{id_}.pdf") and ledger.is_intact(entry)


def _is_refused(outcome: Outcome) -> bool:
    return outcome.state == "refused" and all(isinstance(error, PlanError) for error in outcome.errors)


def _kept(outcome: Outcome) -> dict[str, Any]:
    errors = [
        {"message": one.message, "hint": one.hint, "place": of_place(one.place) if one.place else None}
        for one in outcome.errors
    ]
    return {
        "place": of_place(outcome.place),
        "refused": outcome.state == "refused",
        "pack_id": outcome.pack_id,
        "file": Path(outcome.file).name if outcome.file else "",
        "pages": outcome.pages,
        "errors": errors,
        "findings": [of_finding(finding) for finding in outcome.findings],
    }


def _outcome(kept: dict[str, Any], folder: Path) -> Outcome:
    return Outcome(
        Place(**kept["place"]),
        "refused" if kept["refused"] else "unchanged",
        kept["pack_id"],
        (folder / kept["file"]).as_posix() if kept["file"] else "",
        kept["pages"],
        tuple(_error(one) for one in kept["errors"]),
        tuple(finding_of(one) for one in kept["findings"]),
    )


def _error(kept: dict[str, Any]) -> HandoutsError:
    return PlanError(kept["message"], hint=kept["hint"], place=Place(**kept["place"]) if kept["place"] else None)
