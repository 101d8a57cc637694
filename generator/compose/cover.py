"""The first page: of a pack with exercises, and of one that says to get checked first."""

from __future__ import annotations

from generator.blocks import (
    ActionBox,
    Block,
    Contact,
    ContactColumn,
    CoverTitle,
    Fact,
    FactsRow,
    Flow,
    HandBack,
    HelpStrip,
    PlanNotes,
    PlanRow,
    PlanTable,
    SignOff,
    Step,
    Text,
    WhyAndGoals,
    marked_lead,
    plain,
)
from generator.compose.exercises import amount, often
from generator.compose.say import Say, marked
from generator.models.brand import Brand
from generator.models.evidence import Evidence
from generator.models.library import Library
from generator.models.plan import NextVisit, Plan
from generator.models.selection import HardStop, Kept, ReviewState, Selection, Signed

URGENCIES = ("emergency", "same-day", "same-week")


def strip(say: Say, evidence: Evidence, red_flags: tuple[str, ...]) -> HelpStrip:
    """The emergency signs of a pack in short."""
    words = say.words.help
    flags = [evidence.red_flags[flag] for flag in red_flags]
    signs = tuple(flag.short for flag in flags if flag.urgency == "emergency")
    heading = words.strip.format(number=say.number)
    return HelpStrip(heading, words.strip_page, say.number, signs, say.words.alt.emergency)


def sign_off(say: Say, state: ReviewState, signed: Signed | None = None) -> SignOff:
    """Whether a clinician has signed this off, and who."""
    words, alt = say.words.sign_off, say.words.alt
    if state == "signed" and signed:
        month, due = say.month(signed.on), say.month(signed.next_review)
        rest = words.signed_by.format(who=signed.by, next=due)
        return SignOff("signed", marked_lead(words.signed.format(month=month), rest), alt.signed)
    if state == "overdue":
        return SignOff("overdue", plain(words.under_review), alt.draft)
    return SignOff("draft", plain(words.draft), alt.draft)


def _facts(say: Say, plan: Plan) -> FactsRow:
    words = say.words.cover
    second = plain(plan.second_id, personal=True) if plan.second_id else None
    return FactsRow(
        (
            Fact(words.patient, plain(plan.name, personal=True), second),
            Fact(words.clinician, plain(plan.clinician.full, personal=True)),
            Fact(words.date, plain(say.full_date(plan.date)), brief=plain(say.brief_date(plan.date))),
        )
    )


def cover(
    say: Say,
    library: Library,
    brand: Brand,
    plan: Plan,
    selection: Selection,
    rows: tuple[PlanRow, ...],
    pack_id: str,
) -> tuple[Block, ...]:
    """Page one of a pack with exercises or handouts. rows: of the exercises, see `plan_rows`."""
    words = say.words.cover
    title = plain(words.title.format(name=plan.first_name), personal=True)
    blocks: list[Block] = [CoverTitle(title, plain(plan.summary or "", personal=True)), _facts(say, plan)]
    goals = tuple(plain(goal, personal=True) for goal in plan.goals)
    if plan.why or goals:
        why = plain(plan.why or "", personal=True)
        blocks.append(WhyAndGoals(words.why, why, words.goals, goals, say.words.alt.goal))
    if plan.notes:
        blocks.append(PlanNotes(words.note, tuple(plain(note, personal=True) for note in plan.notes)))
    blocks.append(strip(say, library.evidence, selection.red_flags))
    if rows:
        blocks.append(PlanTable(words.exercises, words.dose, words.often, words.page, rows))
    blocks.append(_contact(say, brand, plan, pack_id, with_code=bool(selection.kept)))
    blocks.append(sign_off(say, selection.state, selection.signed))
    return tuple(blocks)


def plan_rows(say: Say, kept: tuple[Kept, ...]) -> tuple[PlanRow, ...]:
    """The plan at a glance: a row an exercise."""
    return tuple(
        PlanRow(
            number,
            one.exercise.id,
            one.exercise.name,
            one.exercise.role,
            amount(say, one.dose),
            often(say, one.dose),
        )
        for number, one in enumerate(kept, 1)
    )


def _contact(say: Say, brand: Brand, plan: Plan, pack_id: str, *, with_code: bool) -> Contact:
    words = say.words.cover
    columns: list[ContactColumn] = []
    if plan.next_visit:
        columns.append(ContactColumn(words.next_visit, _visit(say, plan, plan.next_visit)))
    call = words.call_or_text if brand.texts else words.call
    lines = (plain(call), marked(brand.phone, (brand.phone,)), plain(brand.site))
    columns.append(ContactColumn(words.questions, lines, ((1, brand.phone_link), (2, brand.site_link))))
    code = (plan.videos or brand.videos_for(pack_id)) if with_code else ""
    if code:
        columns.append(ContactColumn(words.videos, (plain(words.scan),)))
    return Contact(tuple(columns), code, say.words.alt.videos_code.format(address=code) if code else "")


def _visit(say: Say, plan: Plan, visit: NextVisit) -> tuple[Text, ...]:
    words = say.words.cover
    day = say.visit_day(visit)
    person = visit.with_whom or plan.clinician.called
    who = words.visit.format(time=say.clock(visit.time), person=person) if visit.time else person
    bring = visit.bring or words.bring
    return (
        marked(day, (day,), personal=True),
        marked(who, (who,), personal=True),
        plain(bring, personal=visit.bring is not None),
    )


def help_only_cover(say: Say, library: Library, brand: Brand, plan: Plan, selection: Selection) -> tuple[Block, ...]:
    """Page one after a hard stop: what the patient said, what to do, and the form for the person who checks."""
    words = say.words.help_only
    name = plan.first_name
    steps = tuple(Step(step.title, plain(step.text)) for step in words.steps)
    heading = plain(words.checker.format(name=name), personal=True)
    return (
        CoverTitle(plain(words.title.format(name=name), personal=True), plain(words.lead)),
        _facts(say, plan),
        _action(say, library, brand, selection.hard_stops),
        strip(say, library.evidence, selection.red_flags),
        Flow(words.until, steps),
        HandBack(heading, (words.cleared, words.not_cleared), say.words.alt.box, (words.name_and_role, words.date)),
        sign_off(say, selection.state, selection.signed),
    )


def _action(say: Say, library: Library, brand: Brand, stops: tuple[HardStop, ...]) -> ActionBox:
    words, tags = say.words.help_only, library.safety.avoid_tags
    urgency = min((tags[stop.tag].urgency or "same-week" for stop in stops), key=URGENCIES.index)
    word = {
        "emergency": words.emergency.format(number=say.number),
        "same-day": words.same_day,
        "same-week": words.same_week,
    }[urgency]
    told = tuple(tags[stop.tag].told or "" for stop in stops if stop.answered)
    open_questions = tuple(tags[stop.tag].told or "" for stop in stops if not stop.answered)
    do = tuple(dict.fromkeys(say.filled(tags[stop.tag].do or "") for stop in stops))
    icon = say.words.alt.stop if urgency == "emergency" else say.words.alt.care
    told_parts = ((words.told, told), (words.not_ruled_out, open_questions))
    return ActionBox(urgency, word, brand.phone, brand.phone_link, told_parts, words.do, do, icon)
