"""Whole plans through the gates: drafts, sign-offs that no longer hold, and reviews past due."""

from __future__ import annotations

from datetime import date

from generator.checks.review import Item, Reviews, SignOff, content_hash
from tests.generator.checks.bench import all_signed, items_of, library, passed, plan_of, refused, said, signed

PLAN = plan_of("clamshell")


def reviews_but(id: str, record: SignOff | None) -> Reviews:
    """All content signed off, but this."""
    records = {**all_signed().sign_offs}
    del records[id]
    return Reviews({**records, **({id: record} if record else {})})


def clamshell() -> Item:
    return Item("exercise", "clamshell", library().exercises["clamshell"])


def test_case_23_unsigned_content_is_refused_or_a_draft() -> None:
    assert refused(PLAN, reviews=None) == ("Not signed off: clamshell, red-flags, safety.",)
    selection, findings = passed(PLAN, reviews=None, draft=True)
    assert selection.state == "draft"
    assert said(findings, "note") == ["Not signed off: clamshell, red-flags, safety. The pack is a draft."]


def test_case_23_a_changed_hash_or_version_is_no_sign_off() -> None:
    good = signed(clamshell())
    for change in ({"hash": "0" * 64}, {"version": good.version + 1}):
        reviews = reviews_but("clamshell", good.model_copy(update=change))
        assert refused(PLAN, reviews=reviews) == ("Changed since the sign-off: clamshell.",)
        assert passed(PLAN, reviews=reviews, draft=True)[0].state == "draft"


def test_case_23_past_due_is_refused_unless_allowed() -> None:
    reviews = reviews_but("clamshell", signed(clamshell(), on="2024-01-01", due="2026-01-01"))
    assert refused(PLAN, reviews=reviews) == ("Review past due: clamshell.",)
    selection, findings = passed(PLAN, reviews=reviews, allow_overdue=True)
    assert selection.state == "overdue"
    assert said(findings) == ['Review past due: clamshell. Each page says "Under review".']
    on_its_last_day = passed(PLAN, reviews=reviews, as_of=date(2026, 1, 1))
    assert on_its_last_day[0].state == "signed"


def test_signed_content_in_date_is_signed() -> None:
    selection, findings = passed(PLAN)
    assert selection.state == "signed"
    assert findings == ()


def test_a_sign_off_of_a_later_day_does_not_count_yet() -> None:
    reviews = reviews_but("clamshell", signed(clamshell(), on="2026-11-25"))
    assert refused(PLAN, reviews=reviews) == ("Not signed off: clamshell.",)


def test_a_handouts_own_date_makes_it_past_due_too() -> None:
    handout = next(iter(library().handouts.values()))
    late = handout.model_copy(update={"next_review": date(2026, 6, 1)})
    item = Item("handout", handout.id, late)
    assert Reviews({handout.id: signed(item)}).state(item, date(2026, 11, 24)) == "overdue"


def test_the_hash_sees_words_and_doses_but_not_the_review() -> None:
    exercise = library().exercises["clamshell"]
    before = content_hash(exercise)
    data = exercise.model_copy(update={"reviewed": None})
    assert content_hash(data) == before
    assert content_hash(exercise.model_copy(update={"purpose": "Another purpose."})) != before
    hashes = {content_hash(item.content) for item in items_of(library())}
    assert len(hashes) == len(list(items_of(library())))


def test_a_hard_stop_is_gated_by_what_its_pages_print() -> None:
    stopped = plan_of("clamshell", yes=["suspected-dvt"])
    assert refused(stopped, reviews=None) == ("Not signed off: red-flags, safety.",)
    assert passed(stopped, reviews=reviews_but("clamshell", None))[0].hard_stops
