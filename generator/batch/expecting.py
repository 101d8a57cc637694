"""What the finished pack of a plan must say, and how the texts of a run's patients are told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any, Literal

from babel.dates import get_day_names, get_month_names
from pydantic import BaseModel

from generator.deliver.proof import Expected, not_shared, phrases_of, words_of
from generator.models.library import Library
from generator.models.plan import Plan
from generator.pipeline import Prepared, Workshop

NAME_ONLY = ("name",)
"""What help pages and single sheets show of a patient."""


def expected(shop: Workshop, prepared: Prepared, pack_id: str, pages: int) -> Expected:
    """What the pack of a plan must say. pages: of the file."""
    plan = prepared.plan
    required = dict(printed_texts(plan, {kept.exercise.id for kept in prepared.selection.kept}))
    if prepared.selection.hard_stops or shop.options.only is not None:
        required = {key: text for key, text in required.items() if key in NAME_ONLY}
    return Expected(
        pack_id=pack_id,
        pages=pages,
        own=tuple(_strings(plan.model_dump(mode="json", exclude_none=True, warnings=False))),
        required=tuple(required.items()),
        said=lambda: shop.texts(prepared, pack_id),
    )


def printed_texts(plan: Plan, exercises: Iterable[str] | None = None) -> Iterator[tuple[str, str]]:
    """Key and text of all that a pack prints in the plan's own words. exercises: ids of those kept, None for all."""
    visit = plan.next_visit
    texts: list[tuple[str, str | None]] = [
        ("name", plan.name),
        ("preferred_name", plan.preferred_name),
        ("second_id", plan.second_id),
        ("clinician.name", plan.clinician.name),
        ("summary", plan.summary),
        ("why", plan.why),
        ("next_visit.with_whom", visit.with_whom if visit else None),
        ("next_visit.bring", visit.bring if visit else None),
    ]
    texts += [(f"goals.{number}", goal) for number, goal in enumerate(plan.goals)]
    texts += [(f"notes.{number}", note) for number, note in enumerate(plan.notes)]
    kept = set(exercises) if exercises is not None else {one.id for one in plan.exercises}
    texts += [(f"exercises.{at}.note", one.note) for at, one in enumerate(plan.exercises) if one.id in kept]
    return ((key, text) for key, text in texts if text)


def shared_words(library: Library) -> frozenset[str]:
    """All words that the library has in common for everybody."""
    return frozenset(word for text in shared_texts(library) for word in words_of(text))


def phrases(plans: Iterable[Plan], library: Library) -> frozenset[str]:
    """How the texts of these patients begin, unless a text of the library holds the same words."""
    found = {phrase for plan in plans for phrase in phrases_of(text for _, text in printed_texts(plan))}
    return not_shared(found, shared_texts(library))


def shared_texts(library: Library) -> Iterator[str]:
    """Every text of the library, and the names of months and days in its languages."""
    parts: tuple[Any, ...] = (library.exercises, library.handouts, library.programs, library.brands, library.languages)
    for part in (*parts, library.evidence, library.safety):
        yield from _strings(part)
    for code in library.languages:
        yield from _calendar(code)


@lru_cache(maxsize=32)
def _calendar(code: str) -> tuple[str, ...]:
    locale = code.replace("-", "_")
    widths: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")
    names = (get(width, locale=locale) for get in (get_month_names, get_day_names) for width in widths)
    return tuple(name for some in names for name in some.values())


def _strings(value: Any) -> Iterator[str]:
    """Every text in a tree of models and plain values, keys included."""
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", warnings=False)
    elif is_dataclass(value) and not isinstance(value, type):
        value = {one.name: getattr(value, one.name) for one in fields(value)}
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield str(key)
            yield from _strings(one)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _strings(one)
