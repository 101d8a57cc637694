"""Shipped words are plain, say nothing that the evidence file forbids, and rest on claims that may be printed."""

from __future__ import annotations

import re

import pytest

from generator.models.evidence import printable
from generator.models.handout import MythsBlock, SourcesBlock
from generator.models.library import Library
from tests.content.reading import handout_texts, printed_texts, safety_texts, sentences

MOST_WORDS = 15
JARGON = (
    *("abduction", "flexion", "extension", "bilateral", "supine", "prone", "quadriceps", "hamstrings", "gluteus"),
    *("repetition", "perform", "maintain", "utilize", "sufficient", "approximately", "immediately", "demonstrate"),
    *("additional", "prior to", "initiate", "can not"),
)
BRITISH = ("colour", "centre", "practise ", "programme", "favour", "metre", "organis", "behaviour")


def test_no_sentence_is_longer_than_fifteen_words(library: Library) -> None:
    long = [
        (where, len(sentence.split()), sentence)
        for where, text in printed_texts(library)
        if not where.endswith((".alt", ".cells"))
        for sentence in sentences(text)
        if len(sentence.split()) > MOST_WORDS
        and not where.startswith(("RF", "pregnancy-warning"))  # warning signs have their own limit of 25 words
    ]
    assert long == []


def test_no_warning_sign_is_longer_than_twenty_five_words(library: Library) -> None:
    for flag in library.evidence.red_flags.values():
        assert len(flag.wording.split()) <= 25
        assert len(flag.short.split()) <= 8


def test_words_have_plain_substitutes(library: Library) -> None:
    used = [
        (where, word)
        for where, text in printed_texts(library)
        for word in JARGON
        if re.search(rf"\b{word}\b", text, re.IGNORECASE)
    ]
    assert used == []


def test_spelling_is_american(library: Library) -> None:
    assert [(where, word) for where, text in printed_texts(library) for word in BRITISH if word in text.lower()] == []


def test_no_handout_says_what_the_evidence_forbids(library: Library) -> None:
    patterns = [
        (claim.id, re.compile(avoid.pattern, re.IGNORECASE))
        for claim in library.evidence.claims.values()
        for avoid in claim.avoid
    ]
    hits = [
        (handout, claim, sentence)
        for handout, key, text in handout_texts(library)
        if key != "myth"
        for sentence in sentences(text)
        for claim, pattern in patterns
        if pattern.search(sentence)
    ]
    assert hits == []
    wordings = [claim.wording for claim in library.evidence.claims.values()]
    assert not [text for text in wordings for part in sentences(text) for _, one in patterns if one.search(part)]


def test_every_pattern_hits_its_examples_and_leaves_fine_sentences(library: Library) -> None:
    for claim in library.evidence.claims.values():
        assert claim.avoid, claim.id
        for avoid in claim.avoid:
            pattern = re.compile(avoid.pattern, re.IGNORECASE)
            assert all(pattern.search(example) for example in avoid.examples), claim.id
            assert not any(pattern.search(sentence) for sentence in avoid.fine), claim.id


def test_every_cited_claim_has_a_reference_that_may_be_printed(library: Library) -> None:
    evidence = library.evidence
    for claim in evidence.claims.values():
        backing = [evidence.references[id] for id in claim.supported_by]
        assert claim.prints_as == "advice" or any(printable(one) for one in backing), claim.id


def test_handouts_end_with_sources_that_back_each_cited_claim(library: Library) -> None:
    for handout in library.handouts.values():
        assert isinstance(handout.blocks[-1], SourcesBlock)
        cited = {one.id for one in library.evidence.citations(handout.claims(), handout.chosen_references())}
        assert set(handout.chosen_references()) <= cited
        assert 3 <= len(cited) <= 14
        for id in handout.claims():
            claim = library.evidence.claims[id]
            assert claim.prints_as == "advice" or cited & set(claim.supported_by), (handout.id, id)


def test_handouts_use_every_claim_but_one_that_another_says_better(library: Library) -> None:
    used = {claim for handout in library.handouts.values() for claim in handout.claims()}
    assert set(library.evidence.claims) - used == {"C12"}


def test_facts_follow_the_evidence_and_its_backlinks(library: Library) -> None:
    evidence = library.evidence
    for claim in evidence.claims.values():
        for id in claim.supported_by:
            assert claim.id in evidence.references[id].supports, (claim.id, id)
        for id in claim.tempered_by:
            assert claim.id in evidence.references[id].tempers, (claim.id, id)


def test_bold_words_of_myths_stand_in_their_facts(library: Library) -> None:
    for handout in library.handouts.values():
        for block in handout.blocks:
            for row in block.rows if isinstance(block, MythsBlock) else ():
                facts = " ".join(library.evidence.claims[id].wording for id in row.facts)
                assert all(part in facts for part in row.strong), row.myth


@pytest.mark.parametrize("slot", [r"\{side\}", r"\{hold\}", r"\{reps\}"])
def test_handouts_have_no_personal_slots(library: Library, slot: str) -> None:
    assert not [text for _, _, text in handout_texts(library) if re.search(slot, text)]


def test_only_the_pain_limit_and_the_emergency_number_are_slots_of_safety_texts(library: Library) -> None:
    slots = {slot for _, text in safety_texts(library) for slot in re.findall(r"\{+\w+\}+", text)}
    assert slots == {"{pain_limit}", "{{EMERGENCY}}"}
