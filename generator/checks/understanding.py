"""How easy a handout is to understand and to act on: a program scores what it can tell, and lists the rest.

The items are those of PEMAT-P (AHRQ 14-0002-EF, materials in print) and of the Clear Communication Index of the CDC,
by their numbers; the questions are in our own short words. A score counts only what a program decided, so it never
replaces the person's part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from generator.checks.understanding_facts import Facts, facts_of
from generator.models.handout import FigureBlock, Handout, StepsBlock, TableOfCells
from generator.models.library import Library
from generator.values import dataclass

Scale = Literal["PEMAT-P understanding", "PEMAT-P action", "CDC index"]
SCALES: tuple[Scale, ...] = ("PEMAT-P understanding", "PEMAT-P action", "CDC index")
About = Literal["whole", "opening", "pictures", "tables", "visuals", "steps"]
Verdict = Literal["yes", "no", "does not apply", "look"]
Decide = Callable[[Facts], Verdict]
Item = tuple[int, str, Decide] | tuple[int, str, Decide, About]
AIM = 70  # percent; common practice, a clinician must confirm

_KINDS: dict[About, tuple[type, ...]] = {
    "pictures": (FigureBlock,),
    "tables": (TableOfCells,),
    "visuals": (FigureBlock, TableOfCells),
    "steps": (StepsBlock,),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One item of a scale. decide: the program's verdict, "look" where it takes a person, and about: at what."""

    scale: Scale
    number: int
    asks: str
    decide: Decide
    about: About = "whole"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one item. pages: where a person looks, empty where the pages are not known."""

    question: Question
    verdict: Verdict
    pages: tuple[int, ...] = ()

    def __str__(self) -> str:
        where = f" (page {', '.join(str(page) for page in self.pages)})" if self.pages else ""
        return f"{self.question.scale} {self.question.number}: {self.question.asks} {self.verdict}{where}"


@dataclass(frozen=True, slots=True)
class Understanding:
    """All items of a handout."""

    handout: str
    answers: tuple[Answer, ...]

    def score(self, scale: Scale) -> int | None:
        """Percent of yes among the items that a program decided; None if it decided none."""
        verdicts = [one.verdict for one in self.answers if one.question.scale == scale]
        decided = [one for one in verdicts if one in ("yes", "no")]
        return round(100 * decided.count("yes") / len(decided)) if decided else None

    def failed(self) -> tuple[Answer, ...]:
        """Items that a program found wanting."""
        return tuple(one for one in self.answers if one.verdict == "no")

    def to_look_at(self) -> tuple[Answer, ...]:
        """Items for a person."""
        return tuple(one for one in self.answers if one.verdict == "look")


def understanding_of(handout: Handout, library: Library, pages: Mapping[int, int] | None = None) -> Understanding:
    """The report on a handout. pages: page of each of its blocks, by the block's number."""
    facts = facts_of(handout, library)
    answers = []
    for question in QUESTIONS:
        verdict = question.decide(facts)
        where = _pages(handout, question.about, pages or {}) if verdict == "look" else ()
        answers.append(Answer(question, verdict, where))
    return Understanding(handout.id, tuple(answers))


def _pages(handout: Handout, about: About, pages: Mapping[int, int]) -> tuple[int, ...]:
    """The pages of what a question is about; all pages where the handout has nothing of that kind."""
    kinds = _KINDS.get(about)
    if about == "opening":
        return (min(pages.values()),) if pages else ()
    found = {page for number, page in pages.items() if kinds is None or isinstance(handout.blocks[number], kinds)}
    return tuple(sorted(found or set(pages.values())))


def _look(facts: Facts) -> Verdict:
    return "look"


def _told_by(test: Callable[[Facts], bool]) -> Decide:
    """A verdict that a program can give both ways."""
    return lambda facts: "yes" if test(facts) else "no"


def _seen_by(test: Callable[[Facts], bool]) -> Decide:
    """A yes that a program can tell; without it a person looks."""
    return lambda facts: "yes" if test(facts) else "look"


def _only_if(applies: Callable[[Facts], bool], decide: Decide) -> Decide:
    return lambda facts: decide(facts) if applies(facts) else "does not apply"


def _has_figures(facts: Facts) -> bool:
    return facts.figures > 0


def _all_captions(facts: Facts) -> bool:
    return facts.captions == facts.figures


def _has_visuals(facts: Facts) -> bool:
    return facts.figures + facts.tables > 0


def _has_tables(facts: Facts) -> bool:
    return facts.tables > 0


UNDERSTANDING: tuple[Item, ...] = (
    (1, "Is it clear at once what it is for?", _look, "opening"),
    (2, "Is everything in it to the point?", _look),
    (3, "Are its words those of everyday speech?", _told_by(lambda facts: not facts.jargon)),
    (4, "Is each medical word explained?", _seen_by(lambda facts: not facts.jargon)),
    (5, "Do its sentences say who does what?", _seen_by(lambda facts: facts.passive_share <= 0.1)),
    (6, "Are its numbers easy to grasp?", _told_by(lambda facts: not facts.hard_numbers)),
    (7, "Does it spare the reader any sums?", _told_by(lambda facts: not facts.sums)),
    (8, "Is it broken into short parts?", _told_by(lambda facts: facts.longest_part <= 60)),
    (9, "Does a heading tell what each part is about?", _seen_by(lambda facts: facts.headed_share == 1)),
    (10, "Does one thing follow from the other?", _look),
    (11, "Is there a summary?", _told_by(lambda facts: facts.summaries > 0)),
    (12, "Do bold words, boxes or signs point out what matters?", _told_by(lambda facts: facts.cues > 0)),
    (15, "Is there a picture wherever one would help?", _look),
    (16, "Do pictures support the words?", _only_if(_has_figures, _look), "pictures"),
    (
        17,
        "Has each picture a caption?",
        _only_if(_has_figures, _told_by(_all_captions)),
    ),
    (18, "Are pictures clear and uncluttered?", _only_if(_has_figures, _look), "pictures"),
    (19, "Are heads of tables short and clear?", _only_if(_has_tables, _told_by(lambda facts: facts.short_heads))),
)
ACTION: tuple[Item, ...] = (
    (20, "Does it name something to do?", _seen_by(lambda facts: facts.steps > 0)),
    (21, "Does it speak to the reader?", _told_by(lambda facts: facts.addresses_reader)),
    (22, "Is what to do broken into steps?", _seen_by(lambda facts: facts.steps > 0)),
    (23, "Is there a tool for it, such as a log or a checklist?", _look),
    (24, "Are sums explained?", _only_if(lambda facts: facts.sums, _look)),
    (
        25,
        "Does it say how to use its pictures and tables?",
        _only_if(_has_visuals, _look),
        "visuals",
    ),
    (26, "Do pictures show what to do, where they could?", _look, "steps"),
)
INDEX: tuple[Item, ...] = (
    (1, "Is there one main message?", _look, "opening"),
    (2, "Does the main message come first?", _seen_by(lambda facts: facts.opens_with_summary), "opening"),
    (3, "Do bold words or a box mark the main message?", _told_by(lambda facts: facts.summaries > 0)),
    (4, "Does a picture support the main message?", _only_if(_has_figures, _look), "pictures"),
    (5, "Does it ask the reader to do something?", _seen_by(lambda facts: facts.steps > 0)),
    (6, "Do main message and request say who does what?", _seen_by(lambda facts: facts.passive_share <= 0.1)),
    (7, "Are its words those of the reader?", _told_by(lambda facts: not facts.jargon)),
    (8, "Are there lists?", _told_by(lambda facts: facts.lists > 0)),
    (9, "Are parts set apart by headings?", _told_by(lambda facts: facts.headed_share > 0)),
    (10, "Does the most important part come first?", _seen_by(lambda facts: facts.opens_with_summary), "opening"),
    (11, "Does it say what is known and what is not?", _seen_by(lambda facts: facts.soft_claims > 0)),
    (12, "Does it recommend something to do?", _seen_by(lambda facts: facts.steps > 0)),
    (13, "Does it say why that matters?", _look),
    (14, "Does it say how to do it?", _seen_by(lambda facts: facts.steps > 0)),
    (15, "Are its numbers such as the reader uses?", _told_by(lambda facts: not facts.hard_numbers)),
    (16, "Does it say what its numbers mean?", _look),
    (17, "Does it spare the reader any sums?", _told_by(lambda facts: not facts.sums)),
    (18, "Does it say what the risk is?", _look),
    (19, "Does it tell benefits and risks of what it recommends?", _look),
    (20, "Are chances put in words or a picture?", _only_if(lambda facts: facts.hard_numbers, _look)),
)
QUESTIONS: tuple[Question, ...] = (
    *(Question("PEMAT-P understanding", *item) for item in UNDERSTANDING),
    *(Question("PEMAT-P action", *item) for item in ACTION),
    *(Question("CDC index", *item) for item in INDEX),
)
