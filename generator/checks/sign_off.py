"""The clinic's own record of sign-offs: how it is read, judged and written.

It stands in one file of the clinic's content, `handouts/reviews.yaml`. Signing off adds an entry; entries are never
changed or removed, and the latest entry of an id counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date

from pydantic import Field, ValidationError

from generator.checks.review import CHANGED, OVERDUE, UNSIGNED, Item, Reviews, SignOff, content_hash
from generator.checks.rule import HOUSE_RULE, Rule
from generator.errors import UsageError
from generator.models.common import Frozen
from generator.models.evidence import EvidenceFile
from generator.models.library import Library
from generator.models.places import Places
from generator.models.selection import Finding
from generator.source import Source

RECORD = "handouts/reviews.yaml"
USUAL_MONTHS = 24
MOST_MONTHS = 36

OWN_WORD = Rule(
    "V04",
    "warning",
    "Content files say nothing of their own review.",
    "Only the clinic's record counts; a name in a shared file would look like a sign-off and be none.",
    HOUSE_RULE,
)
TOO_LATE = Rule(
    "V05",
    "error",
    f"The next review is due within {MOST_MONTHS} months of the sign-off.",
    "Three years is the longest that reviewers of health information accept.",
    "piftick.org.uk; service-manual.hse.ie (review date).",
)
BAD_RECORD = Rule(
    "V06",
    "error",
    "Each entry of the record names content of the library, its version and hash, a person, and both dates.",
    "A record that was edited by hand proves nothing.",
    HOUSE_RULE,
)
RULES = (OWN_WORD, TOO_LATE, BAD_RECORD)


class Record(Frozen):
    """The whole file."""

    reviews: tuple[SignOff, ...] = Field((), description="Sign-offs, oldest first.")


def read_record(source: Source) -> tuple[tuple[SignOff, ...], tuple[Finding, ...]]:
    """The entries of a record file and what is wrong with it. A file with a mistake counts as empty."""
    findings = [BAD_RECORD.found(one.message, hint=one.hint, place=one.place) for one in source.errors]
    if source.value is None or findings:
        return (), tuple(findings)
    try:
        return Record.model_validate(source.value).reviews, ()
    except ValidationError as problem:
        places = Places(source.file, source.lines)
        hint = "Sign the content off again; nothing else writes this file."
        for error in problem.errors(include_input=False, include_url=False):
            message = "This part of the record is not as it was written."
            findings.append(BAD_RECORD.found(message, hint=hint, place=places.at(*error["loc"])))
        return (), tuple(findings)


def reviews_of(entries: Iterable[SignOff]) -> Reviews:
    """What holds: the latest entry of each id."""
    return Reviews({entry.id: entry for entry in entries})


def sign_off(
    item: Item, entries: tuple[SignOff, ...], *, by: str, role: str, on: date, next_review: date | None = None
) -> tuple[SignOff, ...]:
    """The entries with a new one at their end. next_review: 24 months later if not given, 36 at most.

    Raises UsageError where the content changed since its last sign-off but kept its version, and for dates that
    cannot be.
    """
    due = next_review or months_after(on, USUAL_MONTHS)
    if not on < due <= months_after(on, MOST_MONTHS):
        hint = f"Choose a day within {MOST_MONTHS} months."
        raise UsageError("The next review must come after the sign-off, and not too late.", hint=hint)
    digest = content_hash(item.content)
    last = reviews_of(entries).sign_offs.get(item.id)
    if last is not None and last.hash != digest and item.version <= last.version:
        message = f"{item.id} has changed since version {last.version} was signed off."
        raise UsageError(message, hint=f"Raise its version above {last.version}, then sign it off.")
    entry = SignOff(id=item.id, version=item.version, hash=digest, by=by, role=role, date=on, next_review=due)
    return (*entries, entry)


def record_text(entries: Iterable[SignOff]) -> str:
    """The record as YAML."""
    lines = ["# Sign-offs of this clinic, oldest first. Written by `handouts sign-off`; not to be edited.", "reviews:"]
    for entry in entries:
        fields = entry.model_dump(mode="json")
        quoted = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items())
        lines.append(f"  - {{{', '.join(quoted)}}}")
    return "\n".join(lines) + ("\n" if len(lines) > 2 else " []\n")


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def check_record(items: tuple[Item, ...], library: Library, reviews: Reviews, as_of: date) -> Iterator[Finding]:
    """Findings about content and its sign-offs: a note for what is not signed off, errors for what no longer holds."""
    unsigned = 0
    for item in items:
        path = ("meta", "version") if isinstance(item.content, EvidenceFile) else ("version",)
        place = library.place_of(item.kind, item.id, *path)
        record = reviews.sign_off_of(item, as_of)
        yield from _check_own_word(item, library)
        if record is None:
            unsigned += 1
            continue
        if record.next_review > months_after(record.date, MOST_MONTHS):
            yield TOO_LATE.found(f"The review of {item.id} is due too late.", hint="Sign it off again.", place=place)
        if not reviews.holds(item, record):
            same = " under the same version" if record.version == item.version else ""
            message = f"{item.id} has changed since it was signed off{same}."
            yield CHANGED.found(message, hint="Raise the version and sign it off again.", place=place)
        elif reviews.state(item, as_of) == "overdue":
            due = reviews.due(item, record).isoformat()
            yield OVERDUE.found(f"The review of {item.id} was due on {due}.", hint="Review it.", place=place)
    if unsigned:
        message = f"{unsigned} of {len(items)} pieces of content are not signed off; they print as drafts only."
        yield UNSIGNED.found(message, hint="Review them, then use `handouts sign-off`.", as_="note")
    known = {item.id for item in items}
    for id in sorted(reviews.sign_offs.keys() - known):
        yield BAD_RECORD.found(f'The record signs off "{id}", which is not there.', as_="warning")


def _check_own_word(item: Item, library: Library) -> Iterator[Finding]:
    meta = isinstance(item.content, EvidenceFile)
    reviewed = item.content.meta.reviewed if isinstance(item.content, EvidenceFile) else item.content.reviewed
    if reviewed is not None:
        place = library.place_of(item.kind, item.id, *(("meta", "reviewed") if meta else ("reviewed",)))
        message = f"{item.id} says of itself that it was reviewed; that counts for nothing."
        yield OWN_WORD.found(message, hint="Set it to null and use `handouts sign-off`.", place=place)
