"""Which exercises a patient's answers drop, which they keep with care, and what could be given instead."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.checks.asked import Asked
from generator.checks.rule import HOUSE_RULE, Rule
from generator.checks.screening import BONE_STRESS, LATEX_ALLERGY, NO_WEIGHT, NO_WEIGHT_ORDER, bears_weight
from generator.models.exercise import Exercise
from generator.models.library import Library
from generator.models.plan import Plan, Restored
from generator.models.selection import Finding
from generator.values import dataclass

TAG_SOURCES = (
    "The tags of each exercise, which a clinician must confirm. New hips: sunnybrook.ca, ageinplaceschool.com and "
    "midwestbonejoint.com. Rolling: bartsch-2021. Blood pressure: wiles-2018. Fragile bones: brooke-wavell-2022."
)

LEFT_OUT = Rule(
    "S06",
    "warning",
    "An exercise that an answer bars is left out, and the clinician is told what could be given instead.",
    "The exercise may harm this patient. What could be given instead never goes onto the sheet by itself.",
    TAG_SOURCES,
)
PUT_BACK = Rule(
    "S07",
    "warning",
    "A named clinician may put an exercise back with a reason; who, why and when stay in the report.",
    "The clinician knows the patient. The lowest dose holds, and the harder form is left out.",
    HOUSE_RULE,
)
RESTORE_INCOMPLETE = Rule(
    "S08",
    "warning",
    "To put an exercise back takes a name and a reason.",
    "Without both, nobody stands for the exception.",
    HOUSE_RULE,
)
RESTORE_IDLE = Rule(
    "S09",
    "note",
    "Only an exercise of the plan that an answer bars can be put back.",
    "A leftover exception would be used by the next answer that bars the exercise.",
    HOUSE_RULE,
)
CAUTION = Rule(
    "S10",
    "warning",
    "An exercise that an answer calls careful stays at its lowest dose, without its harder form.",
    "It can be done, but the clinician must know and may prefer another one.",
    TAG_SOURCES,
)
NOTHING_LEFT = Rule(
    "S11",
    "error",
    "At least one exercise of the plan is left.",
    "An exercise sheet without exercises is no plan.",
    HOUSE_RULE,
)
RULES = (LEFT_OUT, PUT_BACK, RESTORE_INCOMPLETE, RESTORE_IDLE, CAUTION, NOTHING_LEFT)


@dataclass(frozen=True, slots=True)
class Decision:
    """What the answers do to one exercise.

    barred: tags that bar it. cautions: tags that call it careful; those that bar it too once it is restored.
    offer: exercise to offer in the place of a dropped one, None if none passes.
    """

    asked: Asked
    barred: tuple[str, ...]
    cautions: tuple[str, ...]
    restored: Restored | None = None
    offer: str | None = None

    @property
    def kept(self) -> bool:
        return not self.barred or self.restored is not None


def barring_tags(exercise: Exercise, flags: Collection[str]) -> tuple[str, ...]:
    """Tags that bar an exercise: those that it names, in its order, then those that its band or load brings."""
    if not flags:
        return ()
    named = [tag for tag in exercise.avoid_if if tag in flags]
    if exercise.needs_band and LATEX_ALLERGY in flags:
        named.append(LATEX_ALLERGY)
    if bears_weight(exercise):
        named += [tag for tag in NO_WEIGHT if tag in flags]
    return tuple(dict.fromkeys(named))


def caution_tags(exercise: Exercise, flags: Collection[str]) -> tuple[str, ...]:
    """Tags that call an exercise careful, in its order."""
    return tuple(tag for tag in exercise.caution_if if tag in flags) if flags else ()


def passes(exercise: Exercise, flags: Collection[str]) -> bool:
    """True if no answer bars the exercise; it may still be one that takes care."""
    return not barring_tags(exercise, flags)


def swap_for(exercise: Exercise, tag: str) -> str | None:
    """What the exercise itself names for a tag. Suspected bone stress uses the entry of the no-weight order."""
    if tag == BONE_STRESS:
        return exercise.instead.get(tag) or exercise.instead.get(NO_WEIGHT_ORDER)
    return exercise.instead.get(tag)


def decide(asked: tuple[Asked, ...], plan: Plan, library: Library, flags: Collection[str]) -> tuple[Decision, ...]:
    """One decision for each exercise asked for, in the same order. flags: tags that count as yes."""
    planned = {one.id for one in asked}
    offered: set[str] = set()
    decisions = []
    for one in asked:
        barred = barring_tags(one.exercise, flags)
        restored = _restored(plan, one.id) if barred else None
        cautions = caution_tags(one.exercise, flags)
        if barred and restored is not None:
            cautions = tuple(dict.fromkeys((*barred, *cautions)))
        offer = None
        if barred and restored is None:
            offer = _offer(one.exercise, barred, library, flags, planned | offered)
            offered |= {offer} if offer else set()
        decisions.append(Decision(one, barred, cautions, restored, offer))
    return tuple(decisions)


def _restored(plan: Plan, exercise: str) -> Restored | None:
    """The exception for an exercise, if it names a clinician and a reason."""
    for restored in plan.restored:
        if restored.exercise == exercise and restored.by and restored.reason:
            return restored
    return None


def _offer(
    exercise: Exercise, barred: tuple[str, ...], library: Library, flags: Collection[str], taken: Collection[str]
) -> str | None:
    candidates = [swap_for(exercise, tag) for tag in barred]
    for candidate in (*candidates, exercise.easier.id):
        if candidate is not None and candidate not in taken and passes(library.exercises[candidate], flags):
            return candidate
    return None


def check_decisions(
    decisions: tuple[Decision, ...], plan: Plan, library: Library, flags: Collection[str]
) -> Iterator[Finding]:
    """Findings about what was left out, put back or takes care."""
    for decision in decisions:
        if not decision.kept:
            yield _left_out(decision, library, flags)
            continue
        if decision.restored is not None:
            yield _put_back(decision, decision.restored, plan)
        for tag in decision.cautions:
            yield _caution(decision, tag, library, flags, {one.asked.id for one in decisions})
    yield from _check_restored(decisions, plan)
    if decisions and not any(decision.kept for decision in decisions):
        dropped = "; ".join(f"{one.asked.id} ({', '.join(one.barred)})" for one in decisions)
        hint = "Choose other exercises, or give only the handouts."
        yield NOTHING_LEFT.found(f"No exercise is left: {dropped}.", hint=hint, place=plan.places.at("exercises"))


def _left_out(decision: Decision, library: Library, flags: Collection[str]) -> Finding:
    hint = "Nothing that it names instead passes."
    if decision.offer is not None:
        careful = caution_tags(library.exercises[decision.offer], flags)
        hint = f"Consider {decision.offer} instead{', with care (' + ', '.join(careful) + ')' if careful else ''}."
    message = f"{decision.asked.id} is left out: {', '.join(decision.barred)}."
    return LEFT_OUT.found(message, hint=hint, place=decision.asked.place())


def _put_back(decision: Decision, restored: Restored, plan: Plan) -> Finding:
    when = (restored.date or plan.date).isoformat()
    message = f"{decision.asked.id} is put back although {', '.join(decision.barred)} bars it."
    hint = f"By {restored.by}, {when}: {restored.reason}"
    return PUT_BACK.found(message, hint=hint, place=plan.places.at("restored", plan.restored.index(restored)))


def _caution(
    decision: Decision, tag: str, library: Library, flags: Collection[str], planned: Collection[str]
) -> Finding:
    exercise = decision.asked.exercise
    swap, easier = swap_for(exercise, tag), exercise.easier
    options = []
    if easier.text is not None and not any(barring in flags for barring in easier.avoid_if):
        options.append(f"its easier form ({easier.text.rstrip('.')})")
    if easier.id is not None and easier.id not in planned and passes(library.exercises[easier.id], flags):
        options.append(f"the easier {easier.id}")
    if swap is not None and swap not in (*planned, easier.id) and passes(library.exercises[swap], flags):
        options.append(f"{swap} instead")
    hint = f"Consider {' or '.join(options)}." if options else ""
    message = f"{exercise.id} takes care: {tag}. It stays at its lowest dose."
    return CAUTION.found(message, hint=hint, place=decision.asked.place())


def _check_restored(decisions: tuple[Decision, ...], plan: Plan) -> Iterator[Finding]:
    barred = {decision.asked.id for decision in decisions if decision.barred}
    for number, restored in enumerate(plan.restored):
        place = plan.places.at("restored", number)
        if restored.exercise not in barred:
            message = f"{restored.exercise} is put back, but no answer bars it."
            yield RESTORE_IDLE.found(message, hint="Take the exception out.", place=place)
        elif not (restored.by and restored.reason):
            message = f"{restored.exercise} stays out: to put it back takes a name and a reason."
            yield RESTORE_INCOMPLETE.found(message, hint="Add by and reason.", place=place)
