"""The record of sign-offs."""

from __future__ import annotations

from datetime import date

import pytest

from generator.checks.library import check_library, items_of
from generator.checks.review import Item, Reviews, SignOff
from generator.checks.sign_off import months_after, read_record, record_text, reviews_of, sign_off
from generator.errors import ContentError, UsageError
from generator.models.common import Review
from generator.source import parse_yaml
from tests.generator.checks.bench import TODAY, all_signed, library, signed
from tests.generator.checks.content import with_exercise

DAY = date(2026, 11, 24)


def clamshell() -> Item:
    return Item("exercise", "clamshell", library().exercises["clamshell"])


def changed(**fields: object) -> Item:
    return Item("exercise", "clamshell", library().exercises["clamshell"].model_copy(update=fields))


def entry() -> SignOff:
    return sign_off(clamshell(), (), by='Dana "D" Reyes', role="physical therapist", on=DAY)[0]


def reviews_with(record: SignOff) -> Reviews:
    return Reviews({**all_signed().sign_offs, record.id: record})


def review_messages(shelf=None, reviews=None) -> list[str]:  # type: ignore[no-untyped-def]
    found = check_library(shelf or library(), TODAY, reviews=reviews or all_signed())
    return [f"{one.code} {one.severity}: {one.message}" for one in found if one.code.startswith("V")]


def test_a_record_is_read_as_it_was_written() -> None:
    entries = (signed(clamshell()), entry())
    source = parse_yaml(record_text(entries).encode("utf-8"), "handouts/reviews.yaml", ContentError)
    assert read_record(source) == (entries, ())
    assert reviews_of(entries).state(clamshell(), DAY) == "signed"
    assert reviews_of(entries).sign_offs["clamshell"].by == 'Dana "D" Reyes'


def test_an_empty_record_is_a_record() -> None:
    source = parse_yaml(record_text(()).encode("utf-8"), "handouts/reviews.yaml", ContentError)
    assert read_record(source) == ((), ())


def test_a_record_edited_by_hand_counts_for_nothing() -> None:
    text = record_text((entry(),)).replace("hash:", "hush:")
    entries, findings = read_record(parse_yaml(text.encode("utf-8"), "handouts/reviews.yaml", ContentError))
    assert entries == ()
    assert {one.message for one in findings} == {"This part of the record is not as it was written."}
    assert str(findings[0].place).startswith("handouts/reviews.yaml:3 (reviews.0")


def test_the_next_review_is_due_after_two_years_if_nobody_says_otherwise() -> None:
    assert entry().next_review == date(2028, 11, 24)


def test_the_next_review_comes_within_three_years() -> None:
    for due in (date(2029, 11, 25), DAY):
        with pytest.raises(UsageError, match="must come after the sign-off, and not too late"):
            sign_off(clamshell(), (), by="Dana Reyes", role="physical therapist", on=DAY, next_review=due)


def test_changed_content_is_signed_under_a_new_version_only() -> None:
    same_version = changed(purpose="Another purpose.")
    with pytest.raises(UsageError, match="clamshell has changed since version 1 was signed off"):
        sign_off(same_version, (entry(),), by="Dana Reyes", role="physical therapist", on=DAY)
    new_version = changed(purpose="Another purpose.", version=2)
    entries = sign_off(new_version, (entry(),), by="Dana Reyes", role="physical therapist", on=DAY)
    assert reviews_of(entries).state(new_version, DAY) == "signed"
    assert reviews_of(entries).state(clamshell(), DAY) == "draft"


def test_unchanged_content_may_be_signed_again() -> None:
    assert len(sign_off(clamshell(), (entry(),), by="Dana Reyes", role="physical therapist", on=DAY)) == 2


def test_months_end_with_the_month() -> None:
    assert months_after(date(2024, 2, 29), 24) == date(2026, 2, 28)
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_after(date(2026, 1, 31), 12) == date(2027, 1, 31)


def test_unsigned_content_is_one_note() -> None:
    count = len(list(items_of(library())))
    assert review_messages(reviews=Reviews()) == [
        f"V01 note: {count} of {count} pieces of content are not signed off; they print as drafts only."
    ]
    assert review_messages() == []


def test_what_no_longer_holds_is_an_error() -> None:
    shelf = with_exercise("clamshell", purpose="Another purpose.")
    assert review_messages(shelf, Reviews(all_signed().sign_offs)) == [
        "V02 error: clamshell has changed since it was signed off under the same version."
    ]
    late = signed(clamshell(), on="2024-06-01", due="2026-06-01")
    assert review_messages(reviews=reviews_with(late)) == ["V03 error: The review of clamshell was due on 2026-06-01."]


def test_a_review_that_is_due_too_late_is_an_error() -> None:
    late = signed(clamshell(), on="2026-01-01", due="2029-02-01")
    assert review_messages(reviews=reviews_with(late)) == ["V05 error: The review of clamshell is due too late."]


def test_content_that_says_it_was_reviewed_warns() -> None:
    shelf = with_exercise("clamshell", reviewed=Review(by="Dana Reyes", role="physical therapist", date=DAY))
    assert review_messages(shelf) == [
        "V04 warning: clamshell says of itself that it was reviewed; that counts for nothing."
    ]


def test_a_sign_off_of_unknown_content_warns() -> None:
    stray = signed(clamshell()).model_copy(update={"id": "zebra"})
    assert review_messages(reviews=reviews_with(stray)) == [
        'V06 warning: The record signs off "zebra", which is not there.'
    ]
