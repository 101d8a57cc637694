"""Plain language: short sentences, everyday words, and a reading grade that most patients manage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.checks.rule import HOUSE_RULE, Rule
from generator.checks.scores import Formula, Scores
from generator.checks.texts import Printed, Sheet
from generator.checks.words import jargon_in, word_count
from generator.models.selection import Finding, Severity

MOST_WORDS = 15
PASSAGE_WORDS = 30
SHEET_SENTENCES = 30
AIM_GRADE = 6
MOST_GRADE = 8

LONG_SENTENCE = Rule(
    "L01",
    "error",
    f"No sentence has more than {MOST_WORDS} words.",
    "Long sentences lose readers first. In a plan's own words it warns only.",
    HOUSE_RULE,
)
HARD_WORD = Rule(
    "L02",
    "error",
    "Words are those of everyday speech.",
    "A word from the chart means nothing to most patients. In a plan's own words it warns only.",
    "service-manual.nhs.uk (health literacy); a house list that a clinician must confirm.",
)
PASSAGE_GRADE = Rule(
    "L03",
    "error",
    f"A passage of {PASSAGE_WORDS} words or more reads at grade {AIM_GRADE} (Flesch-Kincaid).",
    f"Half of adults read below grade 8. Above {AIM_GRADE} warns; above {MOST_GRADE} is refused in content.",
    "PMC3049622; readabilitycheck.com. The length of a passage is a house rule.",
)
SHEET_GRADE = Rule(
    "L04",
    "error",
    f"A sheet of {SHEET_SENTENCES} sentences or more reads at grade {AIM_GRADE} (SMOG).",
    f"SMOG counts the hard words of a whole sheet. Above {AIM_GRADE} warns; above {MOST_GRADE} is refused in content.",
    "PMC5849699; paperzz.com/doc/7945050.",
)
PERCENTAGE = Rule(
    "L05",
    "warning",
    "Numbers are digits, and there are no percentages.",
    "More than 6 in 10 adults struggle with numbers in health text.",
    "service-manual.nhs.uk (health literacy).",
)
RULES = (LONG_SENTENCE, HARD_WORD, PASSAGE_GRADE, SHEET_GRADE, PERCENTAGE)


def check_text(text: Printed, scores: Scores | None, *, own_words: bool = False) -> Iterator[Finding]:
    """Findings about one piece of text. own_words: a clinician's, in a plan: everything warns, and nothing is quoted.

    scores: None leaves the reading grade out.
    """
    softly: Severity | None = "warning" if own_words else None
    for number, sentence in enumerate(text.sentences, start=1):
        count = word_count(sentence, more_than=MOST_WORDS)
        if count > MOST_WORDS:
            which = f"Sentence {number}" if own_words else f'"{_opening(sentence)}"'
            message = f"{which} has {count} words; {MOST_WORDS} is the most."
            yield LONG_SENTENCE.found(message, hint="Make two sentences of it.", place=text.place, as_=softly)
    if not text.language.startswith("en"):
        return
    for jargon in jargon_in(text.text):
        message = f'"{jargon.word}" is a hard word.'
        yield HARD_WORD.found(message, hint=f'Say "{jargon.plain}".', place=text.place, as_=softly)
    if "%" in text.text:
        message = "A percentage is hard to grasp."
        yield PERCENTAGE.found(message, hint='Say it as "3 in 10".', place=text.place)
    if scores is not None and word_count(text.text, more_than=PASSAGE_WORDS - 1) >= PASSAGE_WORDS:
        yield from _graded(PASSAGE_GRADE, "flesch-kincaid", text.text, "This passage", text, scores, own_words)


def check_sheets(sheets: Iterable[Sheet], scores: Scores | None) -> Iterator[Finding]:
    """Findings about all text of some sheets, and about the grade of each as a whole."""
    for sheet in sheets:
        for text in sheet.texts:
            yield from check_text(text, scores)
        whole = "\n".join(text.text for text in sheet.texts)
        enough = sum(len(text.sentences) for text in sheet.texts) >= SHEET_SENTENCES
        if scores is not None and sheet.whole and enough and sheet.language.startswith("en"):
            text = Printed(whole, sheet.place, language=sheet.language)
            yield from _graded(SHEET_GRADE, "smog", _ended(sheet), "This sheet", text, scores, False)


def _graded(
    rule: Rule, formula: Formula, words: str, what: str, text: Printed, scores: Scores, own_words: bool
) -> Iterator[Finding]:
    grade = scores.grade(formula, words)
    if grade <= AIM_GRADE:
        return
    hardest = max(text.sentences, key=word_count)
    hint = "Use shorter words." if own_words else f'Use shorter words. Its longest sentence: "{hardest}"'
    severity: Severity = "error" if grade > MOST_GRADE and not own_words else "warning"
    yield rule.found(
        f"{what} reads at grade {grade:g}; {AIM_GRADE} is the aim.", hint=hint, place=text.place, as_=severity
    )


def _ended(sheet: Sheet) -> str:
    """The words of a sheet, every line ended as a sentence, as the formula counts ends."""
    return " ".join(text.text if text.text[-1] in ".!?" else f"{text.text}." for text in sheet.texts)


def _opening(sentence: str) -> str:
    words = sentence.split()
    return " ".join(words[:5]) + (" ..." if len(words) > 5 else "")
