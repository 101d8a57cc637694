"""The gates of one plan, in the order of a clinician's questions: who was asked, may anything print, what, how much."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.checks.age import age_of, check_age
from generator.checks.asked import Asked, asked_by, program_of
from generator.checks.claims import check_sentences
from generator.checks.codes import ReadCode, check_plan_addresses
from generator.checks.dose import check_limits, check_lowered, check_usual, lowest_dose
from generator.checks.glyphs import Glyphs, check_name_glyphs, check_word_glyphs
from generator.checks.plain import check_text
from generator.checks.red_flags import check_red_flags, red_flags_for
from generator.checks.review import Judged, Reviews, check_reviews, contents_of, first_due, judged, state_of
from generator.checks.safety import Decision, check_decisions, decide
from generator.checks.scores import Scores
from generator.checks.screening import Answers, answers_of, check_hard_stops, check_screening, hard_stops
from generator.checks.sheet import NOTHING_ASKED, check_count, in_order
from generator.checks.silence import Silence, without_silenced
from generator.checks.suggestions import check_suggestions, suggestions_for
from generator.checks.texts import plan_texts
from generator.models.library import Library
from generator.models.plan import Plan
from generator.models.program import Dose
from generator.models.selection import Finding, HardStop, Kept, Selection

NO_ANSWERS = Answers(frozenset(), frozenset())


def select(
    plan: Plan,
    library: Library,
    *,
    as_of: date,
    draft: bool,
    allow_overdue: bool = False,
    reviews: Reviews | None = None,
    scores: Scores | None = None,
    glyphs: Glyphs | None = None,
    read_code: ReadCode | None = None,
    silences: tuple[Silence, ...] = (),
) -> tuple[Selection | None, tuple[Finding, ...]]:
    """What of a plan may print, and all that the gates noticed.

    as_of: the day that ages and review dates are judged by. draft: content that is not signed off may print, marked as
    a draft. allow_overdue: content past its review may print, marked as such. reviews: the clinic's sign-offs; None
    for none. scores: known reading grades; None leaves the grades of the clinician's own words out. glyphs: what the
    fonts of the plan's brand hold; read_code: draws a code as it prints and reads it back; None leaves either out.
    silences: places where a reviewer let a rule be broken. The selection is None if an error refuses the plan.
    """
    gates = _Gates(plan, library, as_of, draft, allow_overdue, reviews or Reviews(), scores, glyphs, read_code)
    selection, findings = gates.run()
    findings = without_silenced(findings, silences) if silences else findings
    refused = any(finding.severity == "error" for finding in findings)
    return (None if refused else selection), findings


class _Gates:
    """One run of the gates over one plan."""

    def __init__(
        self,
        plan: Plan,
        library: Library,
        as_of: date,
        draft: bool,
        allow_overdue: bool,
        reviews: Reviews,
        scores: Scores | None,
        glyphs: Glyphs | None,
        read_code: ReadCode | None,
    ) -> None:
        self.plan = plan
        self.library = library
        self.as_of = as_of
        self.draft = draft
        self.allow_overdue = allow_overdue
        self.reviews = reviews
        self.scores = scores
        self.glyphs = glyphs
        self.read_code = read_code
        self.safety = library.safety
        self.asked = asked_by(plan, library)
        self.program = program_of(plan, library)
        self.handouts = plan.all_handouts(self.program)
        self.answers = answers_of(plan.screened, library.safety) if plan.screened is not None else NO_ANSWERS
        self.flags = self.answers.barring(latex_free=plan.flags.bands_latex_free)

    def run(self) -> tuple[Selection, tuple[Finding, ...]]:
        stops = hard_stops(self.answers, self.safety)
        findings = [*check_screening(self.plan, self.safety, self.as_of), *check_hard_stops(self.plan, stops)]
        selection, more = self._help_pages(stops) if stops else self._whole_pack()
        names = check_name_glyphs(self.plan, self.glyphs) if self.glyphs is not None else ()
        return selection, (*findings, *more, *names)

    def _help_pages(self, stops: tuple[HardStop, ...]) -> tuple[Selection, list[Finding]]:
        flags = self._red_flags(stops)
        items = self._judged((), (), flags)
        selection = Selection((), stops, flags, state_of(items), first_due(items, self.reviews))
        return selection, [*self._check_reviews(items)]

    def _whole_pack(self) -> tuple[Selection, list[Finding]]:
        decisions = decide(self.asked, self.plan, self.library, self.flags)
        left = [(decision, self._kept(decision)) for decision in decisions if decision.kept]
        kept = in_order([one for _, one in left])
        flags = self._red_flags(())
        items = self._judged(tuple(one.exercise.id for one in kept), self.handouts, flags)
        findings = [
            *check_age(self.plan, self.as_of),
            *self._check_reviews(items),
            *check_decisions(decisions, self.plan, self.library, self.flags),
        ]
        for decision, one in left:
            findings += check_suggestions(decision, one.easier, one.harder)
        for decision, one in left:
            findings += self._check_dose(decision, one.dose)
        findings += check_count(len(kept), self.safety.limits.exercises, self.plan)
        if self.asked or self.handouts:
            findings += check_red_flags(flags, self.plan)
        else:
            message = "The plan has no exercise and no handout."
            findings.append(NOTHING_ASKED.found(message, hint="Add one.", place=self.plan.places.at()))
        findings += self._check_own_words()
        return Selection(kept, (), flags, state_of(items), first_due(items, self.reviews)), findings

    def _kept(self, decision: Decision) -> Kept:
        easier, harder = suggestions_for(decision, self.library, self.flags)
        asked = decision.asked
        return Kept(asked.exercise, asked.prescribed, self._dose(decision), easier, harder, self._stop_texts(asked))

    def _dose(self, decision: Decision) -> Dose:
        asked = decision.asked
        if not decision.cautions:
            return asked.dose
        reasoned = any(reason.exercise == asked.id for reason in self.plan.dose_reasons)
        return lowest_dose(asked, reasoned=reasoned)

    def _check_dose(self, decision: Decision, dose: Dose) -> Iterator[Finding]:
        yield from check_limits(decision.asked, self.safety.limits)
        yield from check_usual(decision.asked, dose)
        if decision.cautions:
            yield from check_lowered(decision.asked, dose, self.plan)

    def _check_own_words(self) -> Iterator[Finding]:
        texts = tuple(plan_texts(self.plan))
        for text in texts:
            yield from check_text(text, self.scores, own_words=True)
        yield from check_sentences(texts, self.library.evidence, own_words=True)
        if self.glyphs is not None:
            yield from check_word_glyphs(self.plan, texts, self.glyphs)
        yield from check_plan_addresses(self.plan, self.library, self.read_code)

    def _stop_texts(self, asked: Asked) -> tuple[str, ...]:
        """Stop texts of an exercise; those that concern only some patients print for these."""
        when = self.safety.stop_when
        flags = self.answers.flags
        return tuple(stop for stop in asked.exercise.stop_if if stop not in when or not flags.isdisjoint(when[stop]))

    def _red_flags(self, stops: tuple[HardStop, ...]) -> tuple[str, ...]:
        regions = [one.exercise.region for one in self.asked]
        regions += [region for id in self.handouts for region in self.library.handouts[id].regions]
        age = age_of(self.plan, self.as_of)
        return red_flags_for(regions, self.answers, stops, age, self.library.evidence, self.safety)

    def _judged(
        self, exercises: tuple[str, ...], handouts: tuple[str, ...], flags: tuple[str, ...]
    ) -> tuple[Judged, ...]:
        program = self.plan.program if exercises else None
        items = contents_of(self.library).of_pack(exercises, handouts, flags, program)
        return judged(items, self.reviews, self.as_of)

    def _check_reviews(self, items: tuple[Judged, ...]) -> Iterator[Finding]:
        return check_reviews(items, self.plan, draft=self.draft, allow_overdue=self.allow_overdue)
