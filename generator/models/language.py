"""Every fixed word that can appear on a page or in alternative text: one file for each language, none in code.

A template holds {slots}; which ones is said at each field, and a template must use exactly these. Plural forms carry
the CLDR categories (zero, one, two, few, many, other); which category a number takes is the caller's to ask of babel.
Dates are CLDR patterns (https://unicode.org/reports/tr35/tr35-dates.html).
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from generator.models.common import Frozen, LanguageCode, Line, Name, Sentence, slots_in

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
PluralCategory = Literal["zero", "one", "two", "few", "many", "other"]


def words(description: str, *slots: str) -> Any:
    """A field of fixed words. slots: what its template holds in braces."""
    return Field(description=description, min_length=1, max_length=300, json_schema_extra={"slots": list(slots)})


def forms(description: str, *slots: str) -> Any:
    """A field of plural forms. slots: what each form holds, {count} first; a form for one thing may leave it out."""
    return Field(description=description, json_schema_extra={"slots": list(slots)})


class Plural(Frozen):
    """Forms of a phrase by number."""

    zero: Line | None = Field(None, description="CLDR category zero.")
    one: Line | None = Field(None, description="CLDR category one.")
    two: Line | None = Field(None, description="CLDR category two.")
    few: Line | None = Field(None, description="CLDR category few.")
    many: Line | None = Field(None, description="CLDR category many.")
    other: Line = Field(description="CLDR category other; also stands for those not given.")

    def form(self, category: str) -> str:
        """The form of a CLDR category."""
        found: str | None = getattr(self, category)
        return found or self.other


class Section(Frozen):
    """A group of fixed words. Checks that each template uses its slots."""

    @model_validator(mode="after")
    def _uses_its_slots(self) -> Section:
        for name, info in type(self).model_fields.items():
            extra = info.json_schema_extra
            value = getattr(self, name)
            if not isinstance(extra, dict) or value is None:
                continue
            slots = extra.get("slots")
            wanted = frozenset(str(slot) for slot in slots) if isinstance(slots, list) else frozenset()
            forms = tuple(value.model_dump(exclude_none=True).values()) if isinstance(value, Plural) else ()
            text = value.other if isinstance(value, Plural) else value
            fits = not isinstance(text, str) or slots_in(text) == wanted
            if not fits or any(slots_in(form) - wanted for form in forms):
                listed = ", ".join(f"{{{slot}}}" for slot in sorted(wanted)) or "no slot"
                raise ValueError(f"must use in {name}: {listed}")
        return self


class Led(Frozen):
    """A sentence with a bold beginning."""

    lead: Line = Field(description="Bold words.")
    rest: Sentence = Field(description="What follows.")


class DatePatterns(Frozen):
    """CLDR date and time patterns."""

    full: Name = Field(description="Day of the plan: weekday, month, day and year.")
    short: Name = Field(description="Day in running headers.")
    month: Name = Field(description="Month and year of a review.")
    visit: Name = Field(description="Day of the next visit: weekday, month and day.")
    log_first: Name = Field(description="First day of a week or month in the log.")
    log_day: Name = Field(description="Other days in the log.")
    log_weekday: Name = Field(description="Weekday in the log.")
    time: Name = Field(description="Time of day, without am or pm.")


class CountryDates(DatePatterns):
    """Patterns of some countries."""

    countries: tuple[Country, ...] = Field(min_length=1, description="ISO 3166 codes.")


class Dates(Section):
    """Dates and times."""

    patterns: DatePatterns = Field(description="Patterns that hold where no others are given.")
    elsewhere: tuple[CountryDates, ...] = Field((), description="Patterns of some countries.")
    before_noon: str = words("A time before noon.", "time")
    after_noon: str = words("A time after noon.", "time")

    def patterns_for(self, country: str) -> DatePatterns:
        """The patterns for a brand's country (ISO 3166)."""
        return next((dates for dates in self.elsewhere if country in dates.countries), self.patterns)


class Units(Section):
    """Numbers with their units."""

    range: str = words("From one number to another.", "low", "high")
    of_ten: str = words("A value on a scale of ten.", "value")
    second: Plural = forms("Seconds in running text.", "count")
    second_short: Plural = forms("Seconds in a narrow cell.", "count")
    minute: Plural = forms("Minutes in running text.", "count")
    minute_short: Plural = forms("Minutes in a narrow cell.", "count")
    day: Plural = forms("Days.", "count")
    week: Plural = forms("Weeks.", "count")
    day_a_week: Plural = forms("Days in each week.", "count")
    every_day: str = words("Seven days a week.")
    time_a_day: Plural = forms("Times on a day.", "count")
    both: str = words("Two parts of one value, such as times a day and days a week.", "first", "second")


class Cover(Section):
    """First page."""

    title: str = words("Title.", "name")
    patient: str = words("Label of the patient's name.")
    clinician: str = words("Label of the clinician's name.")
    date: str = words("Label of the date.")
    why: str = words("Heading of the reason.")
    goals: str = words("Heading of the goals.")
    note: str = words("Heading of the clinician's notes.")
    exercises: str = words("Heading of the plan at a glance.")
    handouts: str = words("Heading of the list of handouts in a plan without exercises.")
    dose: str = words("Column head of sets and reps.")
    often: str = words("Column head of how often.")
    page: str = words("Column head of the page.")
    sets_by: str = words("Sets and reps, or sets and seconds.", "sets", "amount")
    next_visit: str = words("Heading of the next visit.")
    visit: str = words("Time and person of the next visit.", "time", "person")
    bring: str = words("What to bring to the next visit.")
    questions: str = words("Heading of the contact.")
    call_or_text: str = words("Above a phone number that takes text messages.")
    call: str = words("Above a phone number that takes none.")
    videos: str = words("Heading beside the code.")
    scan: str = words("Below it.")


class Help(Section):
    """Strip of the first page, and the page of warning signs."""

    strip: str = words("Heading of the strip.", "number")
    strip_page: str = words("Where the full list is.", "page")
    title: str = words("Title of the page.")
    lead: str = words("Below it.")
    end: str = words("Closing line with the phone number.", "sentence", "phone")
    continued: str = words("At the foot of a page whose list goes on.", "page")


class DoseLabels(Section):
    """Labels of the dose strip."""

    sets: str = words("Sets in a session.")
    reps: str = words("Reps in a set.")
    time: str = words("Work time of a set.")
    hold: str = words("Time held.")
    rest: str = words("Rest between sets.")
    often: str = words("Days a week.")
    side: str = words("Side of the body.")
    effort: str = words("Effort from 0 to 10.")
    weeks: str = words("Weeks before it is looked at again.")
    load: str = words("Weight or band.")
    tempo: str = words("Pace.")


class Compact(Section):
    """Lines of the compact card."""

    side_weeks: str = words("Side and weeks.", "side", "weeks")
    hold: str = words("Hold.", "value")
    rest: str = words("Rest.", "value")
    effort: str = words("Effort.", "value")
    load: str = words("Weight or band.", "value")


class Sides(Section):
    """Sides, as a slot in a sentence, as a value and in a compact line."""

    left: str = words("In a sentence.")
    right: str = words("In a sentence.")
    left_value: str = words("As a value.")
    right_value: str = words("As a value.")
    both_value: str = words("As a value.")
    left_side: str = words("In a compact line.")
    right_side: str = words("In a compact line.")
    both_sides: str = words("In a compact line.")
    each_way: str = words("In a compact line, for exercises that go both ways in turn.")
    then_other: str = words("After the last step where both sides are prescribed.")
    means: str = words("What the prescribed side is.", "side", "part")


class ExerciseWords(Section):
    """Exercise pages."""

    plain: str = words("Title, and the bookmark.")
    one: str = words("Title of a page with one exercise.", "first")
    two: str = words("Title of a page with two.", "first", "last")
    many: str = words("Title of a page with more.", "first", "last")
    glance: str = words("Title of the compact page.")
    numbered: str = words("An exercise in a bookmark.", "number", "name")
    dose: DoseLabels = Field(description="Labels of the dose strip.")
    compact: Compact = Field(description="Lines of the compact card.")
    side: Sides = Field(description="Sides of the body.")
    easier: str = words("Before an easier form.")
    harder: str = words("Before a harder form.")
    suggested: str = words("An exercise as an easier or harder form.", "name")
    move_on: str = words("Beginning of when to move on; the exercise's sentence starts with it.")
    stop_if: str = words("Beginning of a stop sign; most stop texts start with it.")
    stop_or: str = words("Two stop signs in one line.", "first", "second")
    watch: str = words("Beside the code of a video.")
    practiced: str = words("Beside a box to tick.")
    sketch: str = words("In place of a picture.")
    effort: str = words("What the effort numbers mean.")
    videos: str = words("Where the compact page's videos are.", "page")


class PainZoneWords(Frozen):
    """What to do in each zone of the pain scale."""

    go: Led = Field(description="Little or no pain.")
    care: Led = Field(description="Some pain.")
    stop: Led = Field(description="Too much pain.")


class LogWords(Section):
    """The 14-day log."""

    title: str = words("Title, and the bookmark.")
    title_week: str = words("Title of a page that holds one week.", "number")
    intro: str = words("How to use it.")
    rest_days: str = words("Added when there is strength work.")
    week: str = words("Heading of a week.", "number")
    goal: str = words("Column head of the goal.")
    optional: str = words("Goal of an exercise that is optional.")
    pain_during: str = words("Row of pain during exercise.")
    pain_next: str = words("Row of pain the next morning.")
    pain_range: str = words("Range of the pain numbers.")
    scale: str = words("Heading of the pain scale.")
    no_pain: str = words("Lower end of the scale.")
    worst_pain: str = words("Upper end of the scale.")
    zones: PainZoneWords = Field(description="Captions of the zones.")
    easier: str = words("Heading above writing lines.")
    hard: str = words("Heading above writing lines.")
    bring: str = words("Before the day of the next visit.")
    bring_when: str = words("Day and time of the next visit.", "date", "time")


class WaitStep(Frozen):
    """A step of what to do until the patient was checked."""

    title: Name = Field(description="A few words.")
    text: Line = Field(description="One sentence.")


class HelpOnly(Section):
    """First page of a pack without exercises, after a hard stop."""

    title: str = words("Title.", "name")
    lead: str = words("Below it.")
    emergency: str = words("Word of the action box.", "number")
    same_day: str = words("Word of the action box.")
    same_week: str = words("Word of the action box.")
    told: str = words("Above what the patient said.")
    not_ruled_out: str = words("Above what was not answered.")
    do: str = words("Above what to do.")
    until: str = words("Heading of the steps.")
    steps: tuple[WaitStep, ...] = Field(min_length=2, max_length=4, description="What to do until then.")
    checker: str = words("Heading of the form to hand back.", "name")
    cleared: str = words("Beside a box to tick.")
    not_cleared: str = words("Beside a box to tick.")
    name_and_role: str = words("Below a writing line.")
    date: str = words("Below a writing line.")


class HandoutWords(Section):
    """Handouts."""

    myth: str = words("Column head.")
    fact: str = words("Column head.")
    quoted: str = words("A belief in quotation marks.", "words")
    sources: str = words("Heading of the references.")
    et_al: str = words("First of more than two authors.", "author")
    two_authors: str = words("Two authors.", "first", "second")
    note: str = words("Version and author.", "title", "version", "role")
    last_review: str = words("Day of the last review.", "date")
    next_review: str = words("Day when the next review is due.", "date")


class Furniture(Section):
    """Running headers and footers."""

    header: str = words("Header.", "name", "date")
    header_on_title: str = words("Header of pages whose title stands in it.", "name", "date")
    header_name: str = words("Header where the date does not fit.", "name")
    page_of: str = words("Number of the page.", "page", "total")
    between: str = words("Between parts of a header or footer.")
    draft: str = words("In the footer of a draft.")
    under_review: str = words("In the footer of content past its review.")
    stock: str = words("Header of a copy without a patient.")
    draft_stock: str = words("In the footer of a draft without a patient.")
    sample: str = words("Header of a sample card.")


class SignOffWords(Section):
    """Line of the sign-off."""

    draft: str = words("Nobody has signed it off.")
    under_review: str = words("Past its review.")
    signed: str = words("Month of the sign-off, bold.", "month")
    signed_by: str = words("Who signed, and the next review.", "who", "next")


class StockWords(Section):
    """Copy of a handout without a patient."""

    name: str = words("Before a writing line.")
    date: str = words("Before a writing line.")


class AlternativeTexts(Section):
    """Words for readers who cannot see."""

    emergency: str = words("Octagon with the emergency number.")
    care: str = words("Triangle.")
    week: str = words("Calendar.")
    stop: str = words("Stop sign.")
    go: str = words("Ring with a tick.")
    myth: str = words("Ring with a cross.")
    fact: str = words("Disc with a tick.")
    yes: str = words("Tick before a line.")
    no: str = words("Cross before a line.")
    goal: str = words("Flag before a goal.")
    easier: str = words("Arrow down.")
    harder: str = words("Arrow up.")
    onward: str = words("Arrow to the right.")
    draft: str = words("Dashed ring.")
    signed: str = words("Disc with a tick, of a sign-off.")
    logo: str = words("Logo.", "clinic")
    box: str = words("Empty box to tick.")
    box_day: str = words("Empty box of the log.", "exercise", "day")
    write_day: str = words("Empty cell of the log.", "row", "day")
    writing_line: str = words("Empty line to write on.")
    videos_code: str = words("Code on the first page.", "address")
    video_code: str = words("Code on a card.", "exercise", "address")
    pain_scale: str = words("The pain scale.")
    no_picture: str = words("Empty frame of a picture.", "exercise")
    arrow: str = words("Arrow between steps.")


class PdfWords(Section):
    """Metadata and bookmarks. None of them names a patient."""

    title: str = words("Title of a pack.", "clinic")
    help_title: str = words("Title of a pack without exercises.", "clinic")
    stock_title: str = words("Title of a copy without a patient.", "title", "clinic")
    sample_title: str = words("Title of a sample card.", "exercise", "clinic")
    cover: str = words("Bookmark of the first page.")
    help: str = words("Bookmark of the warning signs.")
    insert: str = words("Bookmark of a clinic's own pages that have no description.")


class Language(Frozen):
    """All fixed words of one language."""

    code: LanguageCode = Field(description="BCP 47 code; name of its file.")
    name: Name = Field(description="Name of the language in itself.")
    direction: Literal["ltr", "rtl"] = Field("ltr", description="Writing direction.")
    keep_together: tuple[Line, ...] = Field((), description="Regular expressions of what never breaks over lines.")
    dates: Dates = Field(description="Dates and times.")
    units: Units = Field(description="Numbers with their units.")
    cover: Cover = Field(description="First page.")
    help: Help = Field(description="Warning signs.")
    exercises: ExerciseWords = Field(description="Exercise pages.")
    log: LogWords = Field(description="The 14-day log.")
    help_only: HelpOnly = Field(description="Pack without exercises, after a hard stop.")
    handout: HandoutWords = Field(description="Handouts.")
    furniture: Furniture = Field(description="Running headers and footers.")
    sign_off: SignOffWords = Field(description="Line of the sign-off.")
    stock: StockWords = Field(description="Copy without a patient.")
    alt: AlternativeTexts = Field(description="Words for readers who cannot see.")
    pdf: PdfWords = Field(description="Metadata and bookmarks.")
    figures: dict[str, Any] = Field(default_factory=dict, description="Words of exercise pictures' alternative texts.")

    @model_validator(mode="after")
    def _patterns_compile(self) -> Language:
        try:
            re.compile("|".join(self.keep_together))
        except re.error:
            raise ValueError("has a keep_together that is not a regular expression") from None
        return self
