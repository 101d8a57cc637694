"""Easier and harder forms: what prints under an exercise must be as safe for the patient as the exercise itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.checks.rule import HOUSE_RULE, Rule
from generator.checks.safety import Decision, passes
from generator.models.exercise import Suggestion
from generator.models.library import Library
from generator.models.selection import Finding

SUGGESTION_LEFT_OUT = Rule(
    "S14",
    "note",
    "An easier or harder form that an answer bars is not printed; of a careful exercise, the harder one never is.",
    "A patient may try what the sheet suggests without asking first.",
    HOUSE_RULE,
)
RULES = (SUGGESTION_LEFT_OUT,)


def allowed(suggestion: Suggestion, library: Library, flags: Collection[str]) -> bool:
    """True if no answer bars the suggestion. The reason why there is none always prints."""
    if not flags or suggestion.why is not None:
        return True
    if any(tag in flags for tag in suggestion.avoid_if):
        return False
    return suggestion.id is None or passes(library.exercises[suggestion.id], flags)


def suggestions_for(
    decision: Decision, library: Library, flags: Collection[str]
) -> tuple[Suggestion | None, Suggestion | None]:
    """The easier and the harder form that print with a kept exercise; None where an answer bars one."""
    easier, harder = decision.asked.exercise.easier, decision.asked.exercise.harder
    careful = bool(decision.cautions) and harder.why is None
    return (
        easier if allowed(easier, library, flags) else None,
        harder if allowed(harder, library, flags) and not careful else None,
    )


def check_suggestions(decision: Decision, easier: Suggestion | None, harder: Suggestion | None) -> Iterator[Finding]:
    """Findings about forms that do not print. easier, harder: those that do."""
    for name, printed in (("easier", easier), ("harder", harder)):
        if printed is None:
            message = f"The {name} form of {decision.asked.id} is not printed."
            yield SUGGESTION_LEFT_OUT.found(message, place=decision.asked.place())
