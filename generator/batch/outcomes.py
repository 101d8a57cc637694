"""What became of each patient of a batch, and the report of it."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from generator.errors import HandoutsError, Place
from generator.models.selection import Finding
from generator.values import dataclass

State = Literal["done", "unchanged", "ready", "refused", "failed", "not tried"]

STATES: tuple[State, ...] = ("done", "unchanged", "ready", "refused", "failed", "not tried")
"""In the order of a report. ready: a dry run found nothing against it. refused: the plan must be changed. failed: it
was not the plan's fault, or nobody knows. not tried: the run stopped before.
"""


class Interrupted(HandoutsError):
    """The user stopped the run."""

    exit_code = 130


GOOD: frozenset[State] = frozenset({"done", "unchanged", "ready"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one patient. It names the place of the plan, never the patient.

    pack_id: "" where the plan could not be read. file: path of the pack. errors: why there is none. findings: warnings
    and notes.
    """

    place: Place
    state: State
    pack_id: str = ""
    file: str = ""
    pages: int = 0
    errors: tuple[HandoutsError, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Outcomes in the order of the roster. stopped: what ended the run early, None if nothing did. notes: of the roster
    itself.
    """

    outcomes: tuple[Outcome, ...]
    seconds: float
    stopped: HandoutsError | None = None
    notes: tuple[Finding, ...] = ()

    @property
    def counts(self) -> dict[State, int]:
        """How many patients came to which state; states that nobody came to are left out."""
        found = Counter(outcome.state for outcome in self.outcomes)
        return {state: found[state] for state in STATES if found[state]}

    @property
    def exit_code(self) -> int:
        """0 if every patient has a pack, else the gravest error's code, 1 at least."""
        errors = [error for outcome in self.outcomes for error in outcome.errors]
        if self.stopped is not None:
            errors.append(self.stopped)
        grave = max((error.exit_code for error in errors), default=0)
        whole = all(outcome.state in GOOD for outcome in self.outcomes)
        return grave if whole else max(1, grave)
