"""The quick way past patterns finds what searching each of them finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checks.texts import all_sheets
from generator.checks.wording import Avoided, Forbidden, claims_hit, compiled, needed_by
from tests.generator.checks.bench import library

AVOIDED = Avoided(library().evidence)
EXAMPLES = [
    sentence
    for claim in library().evidence.claims.values()
    for avoid in claim.avoid
    for sentence in (*avoid.examples, *avoid.fine, claim.wording)
]
WORDS = sorted({word for sentence in EXAMPLES for word in sentence.split()})


def searched_one_by_one(sentence: str) -> tuple[str, ...]:
    found = [one.claim for one in AVOIDED.forbidden if one.hits(sentence)]
    return tuple(dict.fromkeys(found))


def found_quickly(sentence: str) -> tuple[str, ...]:
    return claims_hit(sentence, AVOIDED.possible(sentence))


def test_every_pattern_needs_some_words() -> None:
    assert all(one.needed for one in AVOIDED.forbidden)


def test_examples_and_all_content_give_the_same_hits() -> None:
    said = [sentence for sheet in all_sheets(library()) for text in sheet.texts for sentence in text.sentences]
    hit = 0
    for sentence in (*EXAMPLES, *map(str.upper, EXAMPLES), *said):
        assert found_quickly(sentence) == searched_one_by_one(sentence)
        hit += bool(found_quickly(sentence))
    assert hit > 50


@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=14))
def test_any_words_give_the_same_hits(words: list[str]) -> None:
    sentence = " ".join(words)
    assert found_quickly(sentence) == searched_one_by_one(sentence)


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("zebra", ({"zebra"},)),
        (r"\broll\w*\b.*\bnever\b", ({"roll"}, {"never"})),
        ("(?:Cat|dog)s? run", ({" run"}, {"cat", "dog"})),
        ("^(?!.*not).*band", ({"band"},)),
        ("^(?=.*hip).*pain", ({"hip"}, {"pain"})),
        ("(?:cat)?(?:dog)*", ()),
        ("(?:cat|[a-z])", ()),
        ("(?:stud(?:y|ies)){2}", ({"stud"},)),
        ("broken(", ()),
    ],
)
def test_needed_words_are_read_from_the_pattern(pattern: str, needed: tuple[set[str], ...]) -> None:
    assert [set(group) for group in needed_by(pattern)] == list(needed)


@pytest.mark.parametrize("word", ["\u017fkiing", "sk\u0131\u0131ng", "S\u212aIING", "SKIING"])
def test_letters_that_ignore_case_in_an_unusual_way_are_found(word: str) -> None:
    pattern = compiled("skiing")
    assert pattern is not None
    assert pattern.search(word)
    assert claims_hit(word, [Forbidden(0, "C01", "skiing", needed_by("skiing"))]) == ("C01",)
