"""Many patients' plans, as one file or folder gave them: those that can be made, and those that cannot."""

from __future__ import annotations

from generator.errors import HandoutsError, Place
from generator.models.plan import Plan
from generator.models.selection import Finding
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One patient who gets no pack. place: where the row stands. errors: why; they quote nothing of the patient."""

    place: Place
    errors: tuple[HandoutsError, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """Plans and refused rows, each in the order of the file; no two plans have the same id.

    notes: what looks odd but stops nothing, such as record numbers that may have lost their zeros.
    """

    plans: tuple[Plan, ...]
    refused: tuple[RefusedRow, ...] = ()
    notes: tuple[Finding, ...] = ()
