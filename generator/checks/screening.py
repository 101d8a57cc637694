"""The safety questions: were they asked, what counts as a yes, and does an answer stop everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from generator.checks.rule import HOUSE_RULE, Rule
from generator.models.common import Urgency
from generator.models.exercise import Exercise
from generator.models.library import Library
from generator.models.plan import Plan, Screening
from generator.models.safety import Safety
from generator.models.selection import Finding, HardStop
from generator.values import dataclass

LATEX_ALLERGY = "latex-allergy"
NO_WEIGHT_ORDER = "non-weight-bearing-order"
BONE_STRESS = "suspected-bone-stress-injury"
NO_WEIGHT = (NO_WEIGHT_ORDER, BONE_STRESS)
URGENCY_ORDER: tuple[Urgency, ...] = ("emergency", "same-day", "same-week")

SCREEN_FIRST = Rule(
    "S01",
    "error",
    "A plan says who asked the safety questions, and when.",
    "Without answers nobody can tell which exercises are safe for this patient.",
    HOUSE_RULE,
)
UNANSWERED = Rule(
    "S02",
    "note",
    "A safety question without an answer counts as yes.",
    "A question that was not asked rules nothing out.",
    HOUSE_RULE,
)
HARD_STOP = Rule(
    "S03",
    "warning",
    "Some answers stop everything: only the two help pages print.",
    "The patient may need care today, and exercises would delay it.",
    HOUSE_RULE,
)
NO_OVERRIDE = Rule(
    "S04",
    "warning",
    "Nobody puts an exercise back while an answer stops everything.",
    "A reason for one exercise does not rule out an emergency.",
    HOUSE_RULE,
)
SCREENED_LATER = Rule(
    "S05",
    "warning",
    "The screening is not dated after the day that the plan is judged by.",
    "A date that is still to come is a slip, and hides how old the answers are.",
    HOUSE_RULE,
)
RULES = (SCREEN_FIRST, UNANSWERED, HARD_STOP, NO_OVERRIDE, SCREENED_LATER)


@dataclass(frozen=True, slots=True)
class Answers:
    """Safety tags answered yes, and those that were not asked or stay unknown."""

    yes: frozenset[str]
    unanswered: frozenset[str]

    @property
    def flags(self) -> frozenset[str]:
        """All tags that count as yes."""
        return self.yes | self.unanswered

    def barring(self, *, latex_free: bool) -> frozenset[str]:
        """The flags that may bar an exercise. latex_free: the bands given out hold no latex."""
        return self.flags - {LATEX_ALLERGY} if latex_free else self.flags


def answers_of(screened: Screening, safety: Safety) -> Answers:
    """The answers to all questions of the safety file."""
    yes = frozenset(screened.yes)
    not_listed = frozenset() if screened.all_others == "no" else frozenset(safety.avoid_tags)
    return Answers(yes, (frozenset(screened.unknown) | not_listed) - yes)


def questions_for(exercises: Iterable[Exercise], library: Library) -> tuple[str, ...]:
    """Tags that must be asked before these exercises, in the order of the safety file: hard stops, and whatever bars,
    limits or adds to one of them or to an easier or harder form that prints with it."""
    safety = library.safety
    needed = set(safety.hard_stops)
    for exercise in exercises:
        needed |= {*exercise.caution_if, *_bars(exercise)}
        needed |= {tag for stop in exercise.stop_if for tag in safety.stop_when.get(stop, ())}
        for form in (exercise.easier, exercise.harder):
            needed |= {*form.avoid_if, *(_bars(library.exercises[form.id]) if form.id else ())}
    return tuple(tag for tag in safety.avoid_tags if tag in needed)


def _bars(exercise: Exercise) -> frozenset[str]:
    """All tags that may bar an exercise."""
    band = {LATEX_ALLERGY} if exercise.needs_band else set()
    load = set(NO_WEIGHT) if bears_weight(exercise) else set()
    return frozenset({*exercise.avoid_if, *band, *load})


def bears_weight(exercise: Exercise) -> bool:
    """True if a patient who must keep weight off a leg cannot do it: it loads the legs, or is done standing."""
    return exercise.weight_bearing != "none" or exercise.position == "standing"


def check_screening(plan: Plan, safety: Safety, as_of: date) -> Iterator[Finding]:
    """Findings about the questions themselves."""
    if plan.screened is None:
        hint = "Ask the questions of `handouts screening`, then add who asked, when, and the answers under screened."
        yield SCREEN_FIRST.found("Screen first: the plan has no screening.", hint=hint, place=plan.places.at())
        return
    if plan.screened.date > as_of:
        place = plan.places.at("screened", "date")
        yield SCREENED_LATER.found("The screening is dated in the future.", hint="Check the date.", place=place)
    count = len(answers_of(plan.screened, safety).unanswered)
    if count:
        questions = (
            "1 safety question has no answer and counts"
            if count == 1
            else f"{count} safety questions have no answer and count"
        )
        hint = "Ask, and list each yes. If all others were denied, say all_others: no."
        yield UNANSWERED.found(f"{questions} as yes.", hint=hint, place=plan.places.at("screened"))


def hard_stops(answers: Answers, safety: Safety) -> tuple[HardStop, ...]:
    """The tags that stop everything, most urgent first, else in the order of the safety file."""
    if not answers.flags:
        return ()
    tags = [tag for tag in safety.hard_stops if tag in answers.flags]
    tags.sort(key=lambda tag: URGENCY_ORDER.index(safety.avoid_tags[tag].urgency or "emergency"))
    return tuple(HardStop(tag, tag in answers.yes) for tag in tags)


def check_hard_stops(plan: Plan, stops: tuple[HardStop, ...]) -> Iterator[Finding]:
    """Findings about answers that stop everything, and about exercises that someone tried to put back."""
    for stop in stops:
        how = "is answered yes" if stop.answered else "has no answer"
        message = f"{stop.tag} {how}: only the two help pages print."
        yield HARD_STOP.found(message, hint="The patient needs to be seen first.", place=plan.places.at("screened"))
    if stops:
        for number, restored in enumerate(plan.restored):
            message = f"{restored.exercise} cannot be put back: only the help pages print."
            place = plan.places.at("restored", number)
            yield NO_OVERRIDE.found(message, hint="Build again once the patient has been seen.", place=place)
