"""What a rule is: a code that never changes, and why the rule exists, so that a refusal can be explained.

Each family of rules stands in a module of its own, which defines its `Rule` values beside the code that applies them;
`catalog` gathers them all.
"""

from __future__ import annotations

from generator.errors import Place
from generator.models.selection import Finding, Severity
from generator.values import dataclass

HOUSE_RULE = "House rule; a clinician must confirm."


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    code: a letter for the family and two digits; never reused. severity: how a finding counts unless the rule says
    otherwise where it is applied. title: what is asked for. reason: why. source: where that comes from.
    """

    code: str
    severity: Severity
    title: str
    reason: str
    source: str

    def found(
        self, message: str, *, hint: str = "", place: Place | None = None, as_: Severity | None = None
    ) -> Finding:
        """A finding of this rule. as_: its severity where that is not the rule's own."""
        return Finding(self.code, as_ or self.severity, message, hint, place)
