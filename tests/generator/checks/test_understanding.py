"""The report on how easy a handout is to understand and to act on."""

from __future__ import annotations

from typing import Any

import pytest

from generator.checks.understanding import QUESTIONS, Understanding, understanding_of
from tests.generator.checks.bench import library
from tests.generator.checks.content import paragraph, with_handout

SUMMARY = {"type": "callout", "kind": "summary", "heading": "In short", "items": ["Walk each day."], "claims": "none"}
STEPS = {
    "type": "steps",
    "heading": "Do this",
    "items": [{"title": "Warm up", "text": "Walk."}, {"title": "Roll", "text": "Roll."}],
    "claims": "none",
}
FIGURE = {"type": "figure", "art": "anatomy-leg", "alt": "A leg.", "claims": "none"}
TABLE = {"type": "table", "columns": ["Day", "What"], "rows": [["1", "Walk"]], "claims": "none"}


def report(*blocks: dict[str, Any], pages: dict[int, int] | None = None) -> Understanding:
    shelf = with_handout(*blocks)
    return understanding_of(shelf.handouts["trial"], shelf, pages)


def verdict(found: Understanding, scale: str, number: int) -> str:
    return next(one.verdict for one in found.answers if (one.question.scale, one.question.number) == (scale, number))


def test_the_scales_have_all_their_items() -> None:
    numbers = {scale: [one.number for one in QUESTIONS if one.scale == scale] for scale in {q.scale for q in QUESTIONS}}
    assert numbers["PEMAT-P understanding"] == [*range(1, 13), *range(15, 20)]
    assert numbers["PEMAT-P action"] == list(range(20, 27))
    assert numbers["CDC index"] == list(range(1, 21))


@pytest.mark.parametrize(
    ("good", "bad", "number", "expected"),
    [
        (paragraph("Bend your knee."), paragraph("Perform flexion."), 3, "no"),
        (paragraph("Walk 3 of 10."), paragraph("Walk 30% more."), 6, "no"),
        (paragraph("Walk for 10 minutes."), paragraph("Divide your weight by 2."), 7, "no"),
        (paragraph("Walk. " * 60), paragraph("Walk. " * 61), 8, "no"),
        (SUMMARY, paragraph("Walk."), 11, "no"),
        (SUMMARY, paragraph("Walk."), 12, "no"),
        ({**FIGURE, "caption": "A leg"}, FIGURE, 17, "no"),
        (TABLE, {**TABLE, "columns": ["Day", "What you do on that day"]}, 19, "no"),
        (STEPS, paragraph("Walk."), 9, "look"),
        (paragraph("We walk."), paragraph("It is needed. It was moved."), 5, "look"),
    ],
)
def test_what_a_program_can_tell(good: dict[str, Any], bad: dict[str, Any], number: int, expected: str) -> None:
    assert verdict(report(good), "PEMAT-P understanding", number) == "yes"
    assert verdict(report(bad), "PEMAT-P understanding", number) == expected


def test_items_that_do_not_apply_count_for_nothing() -> None:
    found = report(paragraph("You can walk."))
    assert verdict(found, "PEMAT-P understanding", 17) == "does not apply"
    assert verdict(found, "PEMAT-P action", 21) == "yes"
    assert found.score("PEMAT-P action") == 100


def test_the_score_is_the_share_of_yes_among_what_was_decided() -> None:
    found = report(paragraph("Perform it."))
    decided = [one.verdict for one in found.answers if one.question.scale == "PEMAT-P understanding"]
    assert (decided.count("yes"), decided.count("no")) == (4, 3)
    assert found.score("PEMAT-P understanding") == 57


def test_items_for_a_person_name_the_pages() -> None:
    found = report(paragraph("Walk."), SUMMARY, pages={0: 3, 1: 4})
    assert "PEMAT-P understanding 2: Is everything in it to the point? look (page 3, 4)" in [
        str(one) for one in found.to_look_at()
    ]


def test_items_about_pictures_and_steps_name_their_pages() -> None:
    figure = {**FIGURE, "caption": "A leg"}
    found = report(SUMMARY, paragraph("Walk."), figure, STEPS, TABLE, pages={0: 1, 1: 1, 2: 2, 3: 3, 4: 4})
    where = {(one.question.scale, one.question.number): one.pages for one in found.to_look_at()}
    assert where["PEMAT-P understanding", 1] == (1,)
    assert where["PEMAT-P understanding", 2] == (1, 2, 3, 4)
    assert where["PEMAT-P understanding", 18] == (2,)
    assert where["PEMAT-P action", 25] == (2, 4)
    assert where["PEMAT-P action", 26] == (3,)


def test_what_failed_is_listed() -> None:
    failed = report(paragraph("Perform it.")).failed()
    assert "PEMAT-P understanding 3: Are its words those of everyday speech? no" in [str(one) for one in failed]


@pytest.mark.parametrize("id", sorted(library().handouts))
def test_shipped_handouts_reach_the_aim(id: str) -> None:
    found = understanding_of(library().handouts[id], library())
    for scale in ("PEMAT-P understanding", "PEMAT-P action", "CDC index"):
        score = found.score(scale)  # type: ignore[arg-type]
        assert score is not None
        assert score >= 70
