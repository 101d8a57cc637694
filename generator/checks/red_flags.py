"""Which warning signs a pack prints, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from generator.checks.rule import HOUSE_RULE, Rule
from generator.checks.same import Same
from generator.checks.screening import URGENCY_ORDER, Answers
from generator.models.common import Region
from generator.models.evidence import Evidence, RedFlag
from generator.models.plan import Plan
from generator.models.safety import Safety
from generator.models.selection import Finding, HardStop

NO_SIGNS = Rule(
    "F01",
    "error",
    "Every pack prints warning signs.",
    "A patient must be able to tell when exercises and waiting are wrong.",
    HOUSE_RULE,
)
RULES = (NO_SIGNS,)


def red_flags_for(
    regions: Iterable[Region],
    answers: Answers,
    stops: tuple[HardStop, ...],
    age: int | None,
    evidence: Evidence,
    safety: Safety,
) -> tuple[str, ...]:
    """Ids of the warning signs: most urgent first, in a group as the evidence file lists them.

    regions: of all exercises asked for and of the handouts. Tags that count as yes add theirs. A tag that stops
    everything brings its own to the head of their groups. age: None counts as below any limit.
    """
    found: set[str] = set()
    for region in set(regions):
        found.update(evidence.regions.get(region, ()))
    for tag in answers.flags & safety.avoid_tags.keys():
        found.update(safety.avoid_tags[tag].red_flags)
    heads = list(dict.fromkeys(flag for stop in stops for flag in safety.avoid_tags[stop.tag].red_flags))
    order = by_urgency(evidence, heads) if heads else _usual_order(Same(evidence))
    return tuple([flag for flag in order if flag in found and _holds(evidence.red_flags[flag], age)])


def by_urgency(evidence: Evidence, heads: Sequence[str] = ()) -> tuple[str, ...]:
    """All warning signs, most urgent first; heads lead their groups, the rest stands as the evidence lists it."""
    order = [*heads, *(flag for flag in evidence.red_flags if flag not in heads)]
    return tuple(sorted(order, key=lambda flag: URGENCY_ORDER.index(evidence.red_flags[flag].urgency)))


@lru_cache(maxsize=4)
def _usual_order(evidence: Same[Evidence]) -> tuple[str, ...]:
    return by_urgency(evidence.one)


def _holds(flag: RedFlag, age: int | None) -> bool:
    return flag.when is None or age is None or age < flag.when.age_below


def check_red_flags(flags: tuple[str, ...], plan: Plan) -> Iterator[Finding]:
    """Refuses a pack without a single warning sign."""
    if not flags:
        message = "No warning signs belong to this plan."
        hint = "Give its handouts the regions of the body that they are about."
        yield NO_SIGNS.found(message, hint=hint, place=plan.places.at("handouts"))
