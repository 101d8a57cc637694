"""What the clinical cases say about the pages themselves, read back from finished packs."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest

from generator.checks.review import Reviews
from generator.load.poses import Poses
from generator.models.plan import Plan
from generator.pipeline import Options, Refused, Workshop
from tests.generator.checks.bench import TODAY, all_signed, exercise, library, plan_of, signed
from tests.generator.checks.test_cases_review import clamshell, reviews_but
from tests.reading import read, squeezed

UNSIGNED = "Draft, not signed off by a clinician"


def workshop(reviews: Reviews, **options: Any) -> Workshop:
    return Workshop(library(), Options(as_of=TODAY, **options), "content", Poses(library()), {}, reviews)


@lru_cache
def shop() -> Workshop:
    return workshop(all_signed())


def pages_of(plan: Plan, made: Workshop | None = None) -> list[str]:
    """Text of each page, without white space."""
    made = made or shop()
    pack = made.make(made.prepare(plan), "K7Q2-M9TX4R")
    return [squeezed(page.text) for page in read(pack.pdf)]


def holds(page: str, words: str) -> bool:
    return squeezed(words.replace("{{EMERGENCY}}", "911")) in page


def numbered(*numbers: int) -> list[str]:
    return [f"RF{number:02}" for number in numbers]


def listed(page: str) -> set[str]:
    """Warning signs whose full wording stands on a page."""
    return {id for id, flag in library().evidence.red_flags.items() if holds(page, flag.wording)}


def test_case_1_strip_list_and_suggestions() -> None:
    cover, help_page, *others = pages_of(plan_of("clamshell-band", "glute-bridge", "side-plank-knees"))
    flags = library().evidence.red_flags
    assert {id for id, flag in flags.items() if holds(cover, flag.short)} == set(numbered(2, 3, 6, 9))
    assert listed(help_page) == set(numbered(*range(1, 10)))
    cards = "".join(others)
    for id in ("clamshell-band", "glute-bridge", "side-plank-knees"):
        one = library().exercises[id]
        for form, word in ((one.easier, "Easier."), (one.harder, "Harder.")):
            name = form.text or form.why or library().exercises[form.id or ""].name
            assert holds(cards, name)
            assert holds(cards, word)
    assert not holds(cards, "pregnan")
    assert all(holds(cards, line.replace("{pain_limit}", "5")) for line in library().safety.stop_line)


def test_case_2_no_page_at_all() -> None:
    with pytest.raises(Refused) as refusal:
        shop().prepare(plan_of("clamshell", screened=None))
    assert [error.message for error in refusal.value.errors] == ["Screen first: the plan has no screening."]


def test_case_3_two_help_pages_that_say_what_was_not_ruled_out() -> None:
    pages = pages_of(plan_of("clamshell", unknown=["suspected-dvt"]))
    assert len(pages) == 2
    assert holds(pages[0], "We could not rule out")
    assert not holds(pages[0], "You told us")
    assert holds(pages[0], library().safety.avoid_tags["suspected-dvt"].told or "")


def test_case_4_what_was_told_stands_on_page_one() -> None:
    restored = [{"exercise": "quad-set", "by": "Sam Keller", "reason": "seen today", "date": "2026-11-23"}]
    pages = pages_of(plan_of("quad-set", yes=["locked-or-unstable-knee"], restored=restored))
    assert len(pages) == 2
    assert holds(pages[0], "You told us")


def test_case_6_the_easier_form_prints_and_the_harder_does_not() -> None:
    words = "".join(pages_of(plan_of("lateral-band-walk", "single-leg-balance", yes=["balance-impaired"])))
    assert holds(words, "Keep two fingers on the chair.")
    assert not holds(words, "Turn your head")
    assert not holds(words, library().exercises["side-lying-hip-abduction"].name)


def test_case_13_the_pregnancy_text_prints() -> None:
    plan = plan_of("glute-bridge", "heel-slide", "side-plank-feet", yes=["pregnant", "pregnancy-late"])
    assert holds("".join(pages_of(plan)), library().safety.stop_tags["pregnancy-warning"])
    assert not holds("".join(pages_of(plan_of("side-plank-feet"))), library().safety.stop_tags["pregnancy-warning"])


@pytest.mark.parametrize("yes", [[], ["bleeding-risk", "irritable-side-hip"]])
def test_cases_16_and_17_rolling_has_its_own_pain_limit(yes: list[str]) -> None:
    words = "".join(pages_of(plan_of("foam-roll-lateral-thigh", yes=yes)))
    assert holds(words, "if pain goes above 4 out of 10.")
    assert holds(words, library().exercises["foam-roll-lateral-thigh"].harder.why or "")


@pytest.mark.parametrize("age", [15, None])
def test_case_20_the_sign_of_children_prints(age: int | None) -> None:
    review = {"by": "Dana Reyes", "date": "2026-11-23"} if age else None
    _, help_page, *_ = pages_of(plan_of("seated-knee-extension", age=age, age_review=review))
    assert "RF10" in listed(help_page)
    before, _, after = help_page.partition(squeezed(library().evidence.red_flag_groups["same-day"]))
    assert before
    assert holds(after, library().evidence.red_flags["RF10"].wording)
    _, adult, *_ = pages_of(plan_of("seated-knee-extension"))
    assert "RF10" not in listed(adult)


def test_case_22_sides() -> None:
    left = "".join(pages_of(plan_of(exercise("band-external-rotation", side="left"))))
    step = next(one.text for one in library().exercises["band-external-rotation"].steps if "{side}" in one.text)
    assert holds(left, step.replace("{other_side}", "right").replace("{side}", "left"))
    both = "".join(pages_of(plan_of(exercise("single-leg-bridge", side="both"))))
    drawn = library().exercises["single-leg-bridge"].drawn_side or ""
    assert drawn == "right"
    first = next(one.text for one in library().exercises["single-leg-bridge"].steps if "{side}" in one.text)
    assert holds(both, first.replace("{other_side}", "left").replace("{side}", "right"))
    assert holds(both, "Then do the other side.")


def test_case_23_each_page_of_a_draft_says_so() -> None:
    pages = pages_of(plan_of("clamshell"), workshop(Reviews(), draft=True))
    assert len(pages) > 3
    assert all(holds(page, UNSIGNED) for page in pages)
    assert not any(holds(page, "Draft") for page in pages_of(plan_of("clamshell")))


def test_case_23_each_page_past_due_says_under_review() -> None:
    late = reviews_but("clamshell", signed(clamshell(), on="2024-01-01", due="2026-01-01"))
    pages = pages_of(plan_of("clamshell"), workshop(late, allow_overdue=True))
    assert all(holds(page, "Under review") for page in pages)
