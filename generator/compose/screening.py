"""The safety questions as a form for the clipboard: what a clinic asks before it makes a plan."""

from __future__ import annotations

from generator.blocks import QuestionForm, QuestionTable, plain
from generator.compose.say import Say
from generator.models.safety import Safety


def question_form(say: Say, safety: Safety, tags: tuple[str, ...]) -> QuestionForm:
    """The questions of these tags in their order; those that stop everything come first, apart from the others."""
    words = say.words.screening
    answers = (words.yes, words.no, words.not_sure)

    def table(heading: str, *, stopping: bool) -> QuestionTable:
        rules = [safety.avoid_tags[tag] for tag in tags]
        asked = tuple(say.filled(rule.ask) for rule in rules if rule.hard_stop is stopping)
        return QuestionTable(heading, answers, asked, stopping, say.words.alt.stop if stopping else "")

    tables = (table(words.first, stopping=True), table(words.others, stopping=False))
    return QuestionForm(
        title=words.title,
        lead=plain(words.lead),
        lines=(words.name, words.born, words.asked_by, words.date),
        tables=tuple(one for one in tables if one.questions),
    )
