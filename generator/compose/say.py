"""Says numbers, doses and dates in a language: templates from the language file, plurals and calendars from babel."""

from __future__ import annotations

from datetime import date, time
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_time

from generator.blocks import Emphasis, Span, Text
from generator.models.common import EMERGENCY, Range
from generator.models.language import DatePatterns, Language, Plural
from generator.models.plan import NextVisit


@lru_cache(maxsize=32)
def _locale(code: str) -> Locale:
    return Locale.parse(code, sep="-")


@lru_cache(maxsize=20_000)
def _day(when: date, pattern: str, code: str) -> str:
    """A date in words. A pack names some thirty days, and most patients of a batch share them."""
    return format_date(when, format=pattern, locale=_locale(code))


class Say:
    """One language for one clinic.

    number: the country's emergency number. country: ISO 3166, for the order of dates.
    """

    def __init__(self, words: Language, country: str, number: str) -> None:
        self.words, self.number = words, number
        self._locale = _locale(words.code)
        self._counts: dict[tuple[int, int, int], str] = {}
        self.patterns: DatePatterns = words.dates.patterns_for(country)

    def filled(self, text: str) -> str:
        """A content text with the country's emergency number."""
        return text.replace(EMERGENCY, self.number)

    # ---- numbers

    def range(self, value: Range) -> str:
        """8, or 8 to 12."""
        if value.single:
            return str(value.low)
        return self.words.units.range.format(low=value.low, high=value.high)

    def count(self, value: Range, forms: Plural) -> str:
        """A range with its unit: 1 second, 20 to 30 seconds. forms: of this language's words."""
        key = (value.low, value.high, id(forms))
        if key not in self._counts:
            self._counts[key] = forms.form(self._locale.plural_form(value.high)).format(count=self.range(value))
        return self._counts[key]

    def seconds(self, value: Range) -> str:
        return self.count(value, self.words.units.second)

    def short_seconds(self, value: Range) -> str:
        return self.count(value, self.words.units.second_short)

    def effort(self, value: Range) -> str:
        return self.words.units.of_ten.format(value=self.range(value))

    # ---- dates

    def day(self, when: date, pattern: str) -> str:
        """A date by a CLDR pattern of the language file."""
        return _day(when, pattern, self.words.code)

    def full_date(self, when: date) -> str:
        return self.day(when, self.patterns.full)

    def brief_date(self, when: date) -> str:
        """The full date with the weekday in short, where the language has a pattern for it."""
        return self.day(when, self.patterns.full_brief or self.patterns.full)

    def month(self, when: date) -> str:
        return self.day(when, self.patterns.month)

    def clock(self, when: time) -> str:
        """9:30 am."""
        words = self.words.dates
        template = words.before_noon if when.hour < 12 else words.after_noon
        return template.format(time=format_time(when, format=self.patterns.time, locale=self._locale))

    def visit_day(self, visit: NextVisit) -> str:
        return self.day(visit.date, self.patterns.visit)


def marked(words: str, parts: tuple[str, ...], emphasis: Emphasis = "strong", *, personal: bool = False) -> Text:
    """A passage in which the first occurrence of each part, from left to right, is set in an emphasis."""
    spans: list[Span] = []
    rest = words
    for part in sorted((part for part in parts if part in words), key=words.find):
        before, found, after = rest.partition(part)
        if not found:
            continue
        if before:
            spans.append(Span(before))
        spans.append(Span(part, emphasis))
        rest = after
    if rest:
        spans.append(Span(rest))
    return Text(tuple(spans), personal)
