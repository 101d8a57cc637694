"""Claims and sources: what must not be said, and what may be cited."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from generator.checks.wording import Avoided, claims_hit, compiled
from generator.models.brand import Brand
from generator.models.evidence import Avoid
from generator.models.library import Library
from tests.generator.checks.bench import gates, library, plan_of, refused
from tests.generator.checks.content import messages, paragraph, with_handout

ZERO = "The IT band has zero stretch."


def with_claim(id: str, **changes: Any) -> Library:
    """The library with one claim changed, in its file too."""
    evidence = library().evidence
    claim = evidence.claims[id].model_copy(update=changes)
    files = {
        name: file.model_copy(update={"claims": tuple(claim if one.id == id else one for one in file.claims)})
        for name, file in evidence.files.items()
    }
    return replace(library(), evidence=replace(evidence, claims={**evidence.claims, id: claim}, files=files))


def sources(*references: str) -> dict[str, Any]:
    return {"type": "sources", "references": list(references)}


def test_case_24_a_sentence_to_avoid_is_refused() -> None:
    assert messages(with_handout(paragraph(f"Here it is. {ZERO}"))) == [
        f'E01 error: "{ZERO}" says what claim C02 says to avoid.'
    ]


def test_case_24_a_myth_cell_may_say_it() -> None:
    assert messages(with_handout({"type": "myths", "rows": [{"myth": ZERO, "facts": ["C02"]}]})) == []


def test_in_a_plan_it_is_refused_and_not_quoted() -> None:
    """Clinical rule 9 refuses a hit of any pattern, and rule 10 gates everything printed: only long sentences warn."""
    plan = plan_of("clamshell", notes=[f"Well done. {ZERO}"])
    assert refused(plan) == ("Sentence 2 says what claim C02 says to avoid.",)
    assert [str(finding.place) for finding in gates(plan)[1]] == ["plan.yaml:23 (notes.0)"]


@pytest.mark.parametrize("claim", sorted(library().evidence.claims))
def test_every_pattern_hits_its_examples_only(claim: str) -> None:
    forbidden = Avoided(library().evidence).forbidden
    for avoid in library().evidence.claims[claim].avoid:
        assert all(claim in claims_hit(example, forbidden) for example in avoid.examples)
        pattern = compiled(avoid.pattern)
        assert pattern is not None
        assert not any(pattern.search(fine) for fine in avoid.fine)
    assert claims_hit(library().evidence.claims[claim].wording, forbidden) == ()


def test_case_24_a_reference_that_nobody_saw_in_full_is_refused() -> None:
    block = {"type": "claim", "claim": "C03"}
    assert messages(with_handout(block, sources("mayer-2020"))) == ["E03 error: mayer-2020 may not be printed."]
    assert messages(with_handout(block, sources("pepper-2021"))) == []


def test_case_24_advice_with_a_citation_is_refused() -> None:
    claims = library().evidence.claims
    assert claims["C09"].prints_as == claims["C15"].prints_as == "advice"
    assert messages(with_handout({"type": "claim", "claim": "C15"}, sources("bartsch-2021"))) == [
        "E04 error: bartsch-2021 backs only advice (claim C15), which carries no citation."
    ]
    assert messages(with_handout({"type": "claim", "claim": "C09"}, sources("mayer-2020"))) == [
        "E03 error: mayer-2020 may not be printed.",
        "E04 error: mayer-2020 backs only advice (claim C09), which carries no citation.",
    ]


def test_a_reference_of_no_claim_of_the_handout_is_refused() -> None:
    assert messages(with_handout({"type": "claim", "claim": "C03"}, sources("pepper-2021", "bartsch-2021"))) == [
        "E08 error: bartsch-2021 backs no claim of this handout."
    ]


def test_case_24_without_an_emergency_number_there_is_no_brand() -> None:
    fields = library().brands["ascent"].model_dump()
    del fields["emergency_number"]
    with pytest.raises(ValidationError, match="emergency_number"):
        Brand.model_validate(fields)


def test_a_cited_claim_needs_a_printable_reference() -> None:
    found = messages(with_claim("C03", supported_by=("mayer-2020",)))
    assert "E02 error: Claim C03 is cited, but none of its references may be printed." in found


def test_patterns_that_fail_are_named() -> None:
    misses = with_claim("C02", avoid=(Avoid(pattern="zebra", examples=("A horse.",)),))
    assert messages(misses) == ['E05 error: A pattern of claim C02 misses its example "A horse."']
    wide = with_claim("C02", avoid=(Avoid(pattern="zebra", examples=("A zebra.",), fine=("No zebra.",)),))
    assert messages(wide) == ['E05 error: A pattern of claim C02 hits "No zebra.", which is fine.']
    broken = with_claim("C02", avoid=(Avoid(pattern="zebra(", examples=("A zebra.",)),))
    assert messages(broken) == ["E05 error: A pattern of claim C02 cannot be read."]


def test_a_pattern_that_hits_an_agreed_wording_is_named() -> None:
    found = messages(with_claim("C02", avoid=(Avoid(pattern="stiff spring", examples=("A stiff spring.",)),)))
    assert 'E05 error: A pattern of claim C02 hits "The IT band works like a stiff spring.", which is fine.' in found


def test_an_overstated_claim_prints_in_its_own_wording_only() -> None:
    claim = next(one for one in library().evidence.claims.values() if one.verdict == "overstated")
    assert messages(with_handout(paragraph("Rolling may do a lot.", [claim.id]))) == [
        f'E06 error: "Rolling may do a lot." rests on claim {claim.id}, which is overstated.'
    ]
    assert messages(with_handout(paragraph(claim.wording, [claim.id]))) == []
    assert messages(with_handout({"type": "claim", "claim": claim.id})) == []


def test_claims_and_references_name_each_other() -> None:
    claim = library().evidence.claims["C03"]
    found = messages(with_claim("C03", supported_by=(*claim.supported_by, "falvey-2010")))
    assert "E07 error: Claim C03 is supported by falvey-2010, which does not say so." in found
    found = messages(with_claim("C03", tempered_by=()))
    assert "E07 error: mayer-2020 tempers claim C03, which does not say so." in found
