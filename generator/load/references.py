"""Checks that what one file names exists in another: ids of exercises, tags, claims, references and drawings.

An id whose own file has errors counts as existing, so that one mistake gives one finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.errors import ContentError, HandoutsError, PlanError
from generator.load.findings import suggestion
from generator.models.evidence import EvidenceFile
from generator.models.exercise import Exercise
from generator.models.handout import FigureBlock, Handout, SourcesBlock
from generator.models.places import Places
from generator.models.plan import Plan
from generator.models.program import Program
from generator.models.safety import Safety

Named = tuple[str, tuple[str | int, ...], str]


@dataclass(frozen=True, slots=True)
class Known:
    """Ids that exist, by what they are called in a finding ("exercise", "safety tag", ...). None: cannot be told."""

    ids: dict[str, frozenset[str] | None]

    def unknown(self, named: Iterable[Named], places: Places, error: type[HandoutsError]) -> Iterator[HandoutsError]:
        """A finding for each (what, path, id) whose id does not exist."""
        for what, path, id in named:
            ids = self.ids.get(what)
            if ids is None or id in ids:
                continue
            quoted = "" if issubclass(error, PlanError) else f' "{id}"'
            yield error(f"Unknown {what}{quoted}.", hint=suggestion(id, sorted(ids)), place=places.at(*path))


def _each(what: str, ids: Iterable[str], *path: str | int) -> Iterator[Named]:
    for number, id in enumerate(ids):
        yield what, (*path, number), id


def named_by_exercise(exercise: Exercise) -> Iterator[Named]:
    """What an exercise refers to."""
    for name in ("easier", "harder"):
        suggested = getattr(exercise, name)
        if suggested.id is not None:
            yield "exercise", (name, "id"), suggested.id
        yield from _each("safety tag", suggested.avoid_if, name, "avoid_if")
    yield from _each("safety tag", exercise.avoid_if, "avoid_if")
    yield from _each("safety tag", exercise.caution_if, "caution_if")
    yield from _each("stop text", exercise.stop_if, "stop_if")
    for tag, other in exercise.instead.items():
        yield "safety tag", ("instead", tag), tag
        yield "exercise", ("instead", tag), other


def named_by_evidence(evidence: EvidenceFile) -> Iterator[Named]:
    """What an evidence file refers to."""
    for number, claim in enumerate(evidence.claims):
        yield from _each("reference", claim.supported_by, "claims", number, "supported_by")
        yield from _each("reference", claim.tempered_by, "claims", number, "tempered_by")
    for number, reference in enumerate(evidence.references):
        yield from _each("claim", reference.supports, "references", number, "supports")
        yield from _each("claim", reference.tempers, "references", number, "tempers")
    for region, flags in evidence.regions.items():
        yield from _each("red flag", flags, "regions", region)


def named_by_safety(safety: Safety) -> Iterator[Named]:
    """What the safety file refers to."""
    for tag, rule in safety.avoid_tags.items():
        yield from _each("red flag", rule.red_flags, "avoid_tags", tag, "red_flags")
    yield from _each("stop text", safety.stop_always, "stop_always")
    for stop, tags in safety.stop_when.items():
        yield "stop text", ("stop_when", stop), stop
        yield from _each("safety tag", tags, "stop_when", stop)


def named_by_handout(handout: Handout) -> Iterator[Named]:
    """What a handout refers to."""
    for path, claim in handout.claim_places():
        yield "claim", path, claim
    for number, block in enumerate(handout.blocks):
        if isinstance(block, FigureBlock):
            yield "drawing", ("blocks", number, "art"), block.art
        if isinstance(block, SourcesBlock):
            yield from _each("reference", block.references, "blocks", number, "references")


def named_by_program(program: Program) -> Iterator[Named]:
    """What a program refers to."""
    for number, prescribed in enumerate(program.exercises):
        yield "exercise", ("exercises", number, "id"), prescribed.id
    yield from _each("handout", program.handouts, "handouts")


def named_by_plan(plan: Plan) -> Iterator[Named]:
    """What a plan refers to."""
    for name, what in (("program", "program"), ("layout", "layout"), ("brand", "brand"), ("language", "language")):
        id = getattr(plan, name)
        if id is not None:
            yield what, (name,), id
    for group in ("exercises", "restored", "dose_reasons"):
        key = "id" if group == "exercises" else "exercise"
        for number, entry in enumerate(getattr(plan, group)):
            yield "exercise", (group, number, key), getattr(entry, key)
    yield from _each("handout", plan.handouts, "handouts")
    yield from _each("exercise", plan.without, "without")
    if plan.screened is not None:
        yield from _each("safety tag", plan.screened.yes, "screened", "yes")
        yield from _each("safety tag", plan.screened.unknown, "screened", "unknown")


def missing_instead(exercise: Exercise, places: Places) -> Iterator[HandoutsError]:
    """Swaps for a tag that does not touch the exercise."""
    for tag in exercise.instead:
        if tag not in exercise.avoid_if and tag not in exercise.caution_if:
            message = f'"instead" names the tag "{tag}", which is neither in avoid_if nor in caution_if.'
            yield ContentError(message, place=places.at("instead", tag))
