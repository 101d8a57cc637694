"""Claims and sources: what a page asserts is backed, worded as agreed, and cited only where somebody saw the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.checks.rule import HOUSE_RULE, Rule
from generator.checks.texts import Printed, Sheet
from generator.checks.wording import avoided_by, claims_hit, compiled
from generator.checks.words import sentences_of
from generator.models.evidence import Claim, Evidence, EvidenceFile, printable
from generator.models.handout import Handout, SourcesBlock
from generator.models.library import Library
from generator.models.selection import Finding

MUST_NOT_SAY = Rule(
    "E01",
    "error",
    "No sentence says what the evidence file says to avoid, but a belief in a myth table.",
    "Overstated, absolute and diagnosing sentences are what patients remember and repeat.",
    "The patterns of each claim in the evidence files.",
)
NO_SOURCE = Rule(
    "E02",
    "error",
    "A cited claim has a reference that may be printed.",
    "A claim without a source that somebody saw is an opinion in the dress of a finding.",
    "The print rule of the evidence files.",
)
NOT_PRINTABLE = Rule(
    "E03",
    "error",
    "Only references that were fully seen, or that a named person has verified, are printed.",
    "A citation from memory may be wrong in every field.",
    "The print rule of the evidence files.",
)
ADVICE_CITED = Rule(
    "E04",
    "error",
    "Advice carries no citation.",
    "A reference behind advice makes it sound like a study finding.",
    HOUSE_RULE,
)
PATTERN_FAILS = Rule(
    "E05",
    "error",
    "A pattern of what to avoid hits its examples, spares its fine sentences, and spares the agreed wordings.",
    "A pattern that does not do what its author meant guards nothing, or blocks good words.",
    HOUSE_RULE,
)
OVERSTATED = Rule(
    "E06",
    "error",
    "An overstated claim prints only in its agreed wording.",
    "The belief is stronger than the studies; only the agreed words stay within them.",
    "The verdicts of the evidence files.",
)
ONE_SIDED = Rule(
    "E07",
    "error",
    "A claim and its references name each other.",
    "If only one side names the other, one of the two was changed without the other.",
    HOUSE_RULE,
)
STRAY_SOURCE = Rule(
    "E08",
    "error",
    "A handout lists only references of its own claims.",
    "A list of sources that nothing rests on only looks like evidence.",
    HOUSE_RULE,
)
RULES = (MUST_NOT_SAY, NO_SOURCE, NOT_PRINTABLE, ADVICE_CITED, PATTERN_FAILS, OVERSTATED, ONE_SIDED, STRAY_SOURCE)


def check_sentences(texts: Iterable[Printed], evidence: Evidence, *, own_words: bool = False) -> Iterator[Finding]:
    """Findings about sentences that must not be said. own_words: a clinician's, in a plan; they are not quoted."""
    said = [text for text in texts if not text.myth]
    forbidden = avoided_by(evidence).possible("\n".join([text.text for text in said]))
    for text in said if forbidden else ():
        for number, sentence in enumerate(text.sentences, start=1):
            for claim in claims_hit(sentence, forbidden):
                which = f"Sentence {number}" if own_words else f'"{sentence}"'
                hint = f"Say it as claim {claim} is worded: {evidence.claims[claim].wording}"
                message = f"{which} says what claim {claim} says to avoid."
                yield MUST_NOT_SAY.found(message, hint=hint, place=text.place)


def check_evidence(library: Library) -> Iterator[Finding]:
    """Findings about claims, patterns and references of all evidence files."""
    for id, file in library.evidence.files.items():
        for number, claim in enumerate(file.claims):
            yield from _check_claim(library, id, number, claim)
        yield from _check_mutual(library, id, file)


def _check_claim(library: Library, file: str, number: int, claim: Claim) -> Iterator[Finding]:
    references = library.evidence.references
    backed = any(id in references and printable(references[id]) for id in claim.supported_by)
    if claim.prints_as == "cited" and not backed:
        message = f"Claim {claim.id} is cited, but none of its references may be printed."
        hint = "Have a named person verify one, or print it as advice."
        place = library.place_of("evidence", file, "claims", number, "supported_by")
        yield NO_SOURCE.found(message, hint=hint, place=place)
    wordings = [sentence for other in library.evidence.claims.values() for sentence in sentences_of(other.wording)]
    for index, avoid in enumerate(claim.avoid):
        place = library.place_of("evidence", file, "claims", number, "avoid", index, "pattern")
        pattern = compiled(avoid.pattern)
        if pattern is None:
            yield PATTERN_FAILS.found(f"A pattern of claim {claim.id} cannot be read.", place=place)
            continue
        for example in avoid.examples:
            if not pattern.search(example):
                message = f'A pattern of claim {claim.id} misses its example "{example}"'
                yield PATTERN_FAILS.found(message, hint="Widen the pattern.", place=place)
        for fine in (*avoid.fine, *wordings):
            if pattern.search(fine):
                message = f'A pattern of claim {claim.id} hits "{fine}", which is fine.'
                yield PATTERN_FAILS.found(message, hint="Narrow the pattern.", place=place)


def _check_mutual(library: Library, id: str, file: EvidenceFile) -> Iterator[Finding]:
    references, claims = library.evidence.references, library.evidence.claims
    pairs = (("supported_by", "supports"), ("tempered_by", "tempers"))
    for number, claim in enumerate(file.claims):
        for ours, theirs in pairs:
            for reference in getattr(claim, ours):
                if reference in references and claim.id not in getattr(references[reference], theirs):
                    message = f"Claim {claim.id} is {ours.replace('_', ' ')} {reference}, which does not say so."
                    place = library.place_of("evidence", id, "claims", number, ours)
                    yield ONE_SIDED.found(message, hint=f"Add it under {theirs} of {reference}.", place=place)
    for number, entry in enumerate(file.references):
        for ours, theirs in pairs:
            for claim_id in getattr(entry, theirs):
                if claim_id in claims and entry.id not in getattr(claims[claim_id], ours):
                    message = f"{entry.id} {theirs} claim {claim_id}, which does not say so."
                    place = library.place_of("evidence", id, "references", number, theirs)
                    yield ONE_SIDED.found(message, hint=f"Add it under {ours} of {claim_id}.", place=place)


def check_handout_sources(library: Library, handout: Handout) -> Iterator[Finding]:
    """Findings about the references that a handout picks."""
    evidence = library.evidence
    named = [evidence.claims[id] for id in handout.claims() if id in evidence.claims]
    cited = {id for one in named if one.prints_as == "cited" for id in (*one.supported_by, *one.tempered_by)}
    advice = {id: claim.id for claim in named if claim.prints_as == "advice" for id in claim.supported_by}
    for number, block in enumerate(handout.blocks):
        for index, id in enumerate(block.references if isinstance(block, SourcesBlock) else ()):
            place = library.place_of("handout", handout.id, "blocks", number, "references", index)
            reference = evidence.references.get(id)
            if reference is not None and not printable(reference):
                message = f"{id} may not be printed."
                hint = "Nobody has seen all of it. Choose another, or have a named person verify it."
                yield NOT_PRINTABLE.found(message, hint=hint, place=place)
            if id in cited:
                continue
            if id in advice:
                message = f"{id} backs only advice (claim {advice[id]}), which carries no citation."
                yield ADVICE_CITED.found(message, hint="Take it out.", place=place)
            elif reference is not None:
                message = f"{id} backs no claim of this handout."
                yield STRAY_SOURCE.found(message, hint="Take it out, or name the claim.", place=place)


def check_overstated(sheets: Iterable[Sheet], evidence: Evidence) -> Iterator[Finding]:
    """Findings about words of their own that rest on a claim stronger than its evidence."""
    for sheet in sheets:
        for text in sheet.texts:
            for id in text.asserts:
                claim = evidence.claims.get(id)
                if claim is None or claim.verdict != "overstated" or _as_worded(text.text, claim):
                    continue
                message = f'"{text.text}" rests on claim {id}, which is overstated.'
                hint = f"Print the claim itself: {claim.wording}"
                yield OVERSTATED.found(message, hint=hint, place=text.place)


def _as_worded(text: str, claim: Claim) -> bool:
    """True if all sentences of the text are the claim's own."""
    return set(sentences_of(text)) <= set(sentences_of(claim.wording))
