"""A plan and what the gates let through become a document: this is the order of a pack.

Cover, warning signs, handouts, exercises, log. After a hard stop only the cover that says so and the warning signs.
"""

from __future__ import annotations

import zlib
from collections.abc import Hashable
from dataclasses import field, replace
from datetime import date

from generator.blocks import (
    Document,
    ExerciseCard,
    Furniture,
    HelpStrip,
    Insert,
    LogRow,
    PlanRow,
    Sheet,
    StockHead,
    Text,
    plain,
)
from generator.compose.cover import cover, help_only_cover, plan_rows, sign_off, strip
from generator.compose.exercises import Cards, exercises, of_card
from generator.compose.handouts import HandoutComposer
from generator.compose.help import help_block
from generator.compose.log import log, log_rows
from generator.compose.pictures import Pictures
from generator.compose.say import Say
from generator.compose.screening import question_form
from generator.models.brand import Brand
from generator.models.exercise import Exercise
from generator.models.handout import Handout
from generator.models.language import Language
from generator.models.library import Library
from generator.models.plan import Plan
from generator.models.selection import Kept, ReviewState, Selection
from generator.values import dataclass

_PRESCRIPTIONS_KEPT = 500  # a batch makes packs of one prescription one after another


@dataclass(frozen=True, slots=True)
class Prescription:
    """What follows from a prescription alone, whoever has it. exercises: kept alive, as their ids tell them apart."""

    exercises: tuple[Exercise, ...]
    cards: tuple[ExerciseCard, ...]
    plan_rows: tuple[PlanRow, ...]
    log_rows: tuple[LogRow, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """What all packs of a run share. pictures: of exercises; without one, their cards leave room for a sketch.

    people: how many people there are to draw. letterhead: the paper is printed already. What packs of a run share is
    composed once: sheets without a patient's words, and cards.
    """

    library: Library
    brand: Brand
    language: Language
    pictures: Pictures = field(default_factory=Pictures)
    people: int = 1
    letterhead: bool = False
    _sheets: dict[tuple[int, tuple[str, ...]], tuple[Handout | None, Sheet]] = field(
        default_factory=dict, compare=False
    )
    cards: Cards = field(default_factory=Cards, compare=False)
    _prescriptions: dict[Hashable, Prescription] = field(default_factory=dict, compare=False)
    _say: list[Say] = field(default_factory=list, compare=False)

    @property
    def say(self) -> Say:
        """The edition's language, made once."""
        if not self._say:
            self._say.append(Say(self.language, self.brand.country, self.brand.emergency_number))
        return self._say[0]

    def prescription(self, kept: tuple[Kept, ...], person: int) -> Prescription:
        """Cards and rows of what prints: the same value for the same exercises, doses and sides.

        person: which of the people is drawn.
        """
        key = (person, *map(of_card, kept))
        found = self._prescriptions.get(key)
        if found is None:
            if len(self._prescriptions) >= _PRESCRIPTIONS_KEPT:
                self._prescriptions.clear()
            say, library = self.say, self.library
            cards = tuple(
                [
                    self.cards.card(say, library, one, number, self.pictures, person)
                    for number, one in enumerate(kept, 1)
                ]
            )
            exercises = tuple([one.exercise for one in kept])
            found = Prescription(exercises, cards, plan_rows(say, kept), log_rows(say, kept))
            self._prescriptions[key] = found
        return found

    def help_sheet(self, red_flags: tuple[str, ...]) -> Sheet:
        """The warning signs: the same value for the same flags."""
        key = (0, red_flags)
        if key not in self._sheets:
            signs = help_block(self.say, self.library.evidence, self.brand, red_flags)
            self._sheets[key] = (None, Sheet("help", "help", self.language.pdf.help, (signs,), shared=True))
        return self._sheets[key][1]

    def handout_sheet(self, handout: Handout, red_flags: tuple[str, ...]) -> Sheet:
        """A handout in a pack with these warning signs: the same value for the same two."""
        key = (id(handout), red_flags)
        if key not in self._sheets:
            blocks = HandoutComposer(self.say, self.library, self.brand, handout, red_flags).blocks()
            self._sheets[key] = (handout, Sheet("handout", handout.id, handout.title, blocks, shared=True))
        return self._sheets[key][1]


def compose(
    edition: Edition,
    plan: Plan,
    selection: Selection,
    pack_id: str,
    *,
    inserts: tuple[Insert, ...] = (),
    log_from: date | None = None,
) -> Document:
    """One patient's pack. pack_id: as printed. log_from: first day of the log, if not the plan's."""
    say, library, brand = edition.say, edition.library, edition.brand
    pdf = say.words.pdf
    signs = edition.help_sheet(selection.red_flags)
    if selection.hard_stops:
        first = help_only_cover(say, library, brand, plan, selection)
        sheets = [Sheet("cover", "cover", pdf.cover, first), signs]
        return _document(edition, say, plan, selection.state, pack_id, pdf.help_title, tuple(sheets), ())
    kept = selection.kept
    prescribed = edition.prescription(kept, _person(kept, edition.people))
    first = cover(say, library, brand, plan, selection, prescribed.plan_rows, pack_id)
    sheets = [Sheet("cover", "cover", pdf.cover, first), signs]
    program = library.programs[plan.program] if plan.program else None
    for id in plan.all_handouts(program):
        sheets.append(edition.handout_sheet(library.handouts[id], selection.red_flags))
    if kept:
        foot = edition.cards.foot(say, library, videos_page=1 if plan.videos or edition.brand.videos else None)
        cards = exercises(say, kept, prescribed.cards, foot)
        sheets.append(Sheet("exercises", "exercises", say.words.exercises.plain, (cards,)))
        days = log(say, plan, kept, prescribed.log_rows, log_from or plan.first_day, library.safety.pain_zones)
        sheets.append(Sheet("log", "log", say.words.log.title, (days,)))
    return _document(edition, say, plan, selection.state, pack_id, pdf.title, tuple(sheets), inserts)


def stock_copy(
    edition: Edition, handout: Handout, red_flags: tuple[str, ...], state: ReviewState, pack_id: str
) -> Document:
    """A handout without a patient: writing lines for name and date, the strip, then the warning signs."""
    say, library = edition.say, edition.library
    words = say.words
    body = HandoutComposer(say, library, edition.brand, handout, red_flags).blocks()
    heads = (StockHead((words.stock.name, words.stock.date)),)
    emergency: tuple[HelpStrip, ...] = (strip(say, library.evidence, red_flags),)
    after = _after_opening(body)
    blocks = (*heads, *body[:after], *emergency, *body[after:], sign_off(say, state))
    sheets = (Sheet("handout", handout.id, handout.title, blocks), edition.help_sheet(red_flags))
    stock = plain(words.furniture.stock)
    state_word = words.furniture.draft_stock if state == "draft" else words.furniture.stock
    furniture = _furniture(edition, say, pack_id, state_word, stock, stock, stock)
    title = words.pdf.stock_title.format(title=handout.title, clinic=edition.brand.name)
    return _whole(edition, say, title, furniture, sheets, ())


def sample_card(edition: Edition, kept: Kept, pack_id: str) -> Document:
    """One exercise's card, marked as a sample."""
    say = edition.say
    words = say.words
    foot = edition.cards.foot(say, edition.library, videos_page=None)
    cards = exercises(say, (kept,), edition.prescription((kept,), 0).cards, foot)
    sheets = (Sheet("exercises", "exercises", words.exercises.plain, (cards,)),)
    sample = plain(words.furniture.sample)
    furniture = _furniture(edition, say, pack_id, words.furniture.sample, sample, sample, sample)
    title = words.pdf.sample_title.format(exercise=kept.exercise.name, clinic=edition.brand.name)
    return _whole(edition, say, title, furniture, sheets, ())


def screening_form(edition: Edition, tags: tuple[str, ...], state: ReviewState, pack_id: str) -> Document:
    """The safety questions of these tags, with lines for the patient's name; it holds nothing of a patient."""
    say = edition.say
    words = say.words
    form = question_form(say, edition.library.safety, tags)
    sheets = (Sheet("screening", "screening", words.screening.title, (form,)),)
    clinic = plain(edition.brand.name)
    state_word = {"draft": words.furniture.draft, "overdue": words.furniture.under_review, "signed": ""}[state]
    furniture = _furniture(edition, say, pack_id, state_word, clinic, clinic, clinic)
    title = words.pdf.screening_title.format(clinic=edition.brand.name)
    return _whole(edition, say, title, furniture, sheets, ())


def _after_opening(blocks: tuple[object, ...]) -> int:
    """How many blocks come before a stock copy's strip: title, its figure and the short version."""
    names = [type(block).__name__ for block in blocks]
    opening = 0
    for name in names:
        if name not in ("Display", "Figure", "Callout"):
            break
        opening += 1
    return opening


def _person(kept: tuple[Kept, ...], people: int) -> int:
    """Which of the people is drawn: the same in all pictures of a pack, and in packs with the same prescription."""
    prescription = " ".join(f"{one.exercise.id} {one.prescribed.side}" for one in kept)
    return zlib.crc32(prescription.encode("utf-8")) % max(1, people)


def _document(
    edition: Edition,
    say: Say,
    plan: Plan,
    state: ReviewState,
    pack_id: str,
    title: str,
    sheets: tuple[Sheet, ...],
    inserts: tuple[Insert, ...],
) -> Document:
    words = say.words.furniture
    day = say.day(plan.date, say.patterns.short)
    header = plain(words.header.format(name=plan.name, date=day), personal=True)
    on_title = plain(words.header_on_title.format(name=plan.name, date=day), personal=True)
    name = plain(words.header_name.format(name=plan.name), personal=True)
    state_word = {"draft": words.draft, "overdue": words.under_review, "signed": ""}[state]
    furniture = _furniture(edition, say, pack_id, state_word, header, on_title, name)
    if state == "draft":
        furniture = replace(furniture, state_in_full=say.words.sign_off.draft)
    return _whole(edition, say, title.format(clinic=edition.brand.name), furniture, sheets, inserts)


def _furniture(
    edition: Edition, say: Say, pack_id: str, state: str, header: Text, on_title: Text, name: Text
) -> Furniture:
    brand = edition.brand
    return Furniture(
        pack_id=pack_id,
        state=state,
        page_of=say.words.furniture.page_of,
        between=say.words.furniture.between.strip(),
        header=header,
        title_header=on_title,
        header_name=name,
        footer=(brand.name, brand.phone, brand.site),
        cover_footer=brand.name,
        phone=brand.phone,
        letterhead=edition.letterhead,
    )


def _whole(
    edition: Edition,
    say: Say,
    title: str,
    furniture: Furniture,
    sheets: tuple[Sheet, ...],
    inserts: tuple[Insert, ...],
) -> Document:
    code = edition.language.code
    return Document(
        title=title,
        language=f"{code}-{edition.brand.country}" if "-" not in code else code,
        author=edition.brand.name,
        furniture=furniture,
        sheets=sheets,
        inserts=inserts,
        keep_together=say.words.keep_together,
    )
