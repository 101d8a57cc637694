"""Every fixed word that can appear on a page or in alternative text: one file for each language, none in code.

A template holds {slots}; which ones is said at each field, and a template must use exactly these. Plural forms carry
the CLDR categories (zero, one, two, few, many, other); which category a number takes is the caller's to ask of babel.
Dates are CLDR patterns (https://unicode.org/reports/tr35/tr35-dates.html).
"""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from generator.models.common import Frozen, LanguageCode, Line, Name
from generator.models.mail_words import MailWords
from generator.models.page_words import (
    AlternativeTexts,
    Cover,
    ExerciseWords,
    Furniture,
    HandoutWords,
    Help,
    HelpOnly,
    LogWords,
    PdfWords,
    PrintRunWords,
    ScreeningWords,
    SignOffWords,
    StockWords,
)
from generator.models.wording import Plural as Plural
from generator.models.wording import Section, forms, words

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class DatePatterns(Frozen):
    """CLDR date and time patterns."""

    full: Name = Field(description="Day of the plan: weekday, month, day and year.")
    full_brief: Name | None = Field(None, description="The same where it would not fit on a line: a short weekday.")
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
    screening: ScreeningWords = Field(description="The safety questions as a form.")
    alt: AlternativeTexts = Field(description="Words for readers who cannot see.")
    pdf: PdfWords = Field(description="Metadata and bookmarks.")
    print_run: PrintRunWords = Field(description="List and separators of a print run.")
    mail: MailWords | None = Field(None, description="Words of emails; without them none is drafted in the language.")
    figures: dict[str, Any] = Field(default_factory=dict, description="Words of exercise pictures' alternative texts.")

    @model_validator(mode="after")
    def _patterns_compile(self) -> Self:
        try:
            re.compile("|".join(self.keep_together))
        except re.error:
            raise ValueError("has a keep_together that is not a regular expression") from None
        return self
