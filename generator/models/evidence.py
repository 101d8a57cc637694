"""What may be said, what backs it, and the warning signs: claims, references and red flags."""

from dataclasses import field
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from generator.models.common import (
    EvidenceId,
    Frozen,
    Id,
    IsoDate,
    Line,
    Name,
    Passage,
    Region,
    Review,
    Sentence,
    Urgency,
    check_parts,
)
from generator.values import dataclass

Verdict = Literal[
    "supported",
    "supported-with-limits",
    "mixed",
    "plausible-not-proven",
    "overstated",
    "clinical-judgment",
    "not-supported",
]
ReferenceKind = Literal[
    "RCT",
    "review",
    "meta-analysis",
    "guideline",
    "cadaver",
    "lab",
    "uncontrolled-study",
    "crossover-trial",
    "systematic-review",
    "model",
    "controlled-study",
    "case-control",
    "consensus",
    "case-series",
]
Checked = Literal["search", "memory"]
Pattern = Annotated[str, StringConstraints(min_length=3, max_length=1000)]
Doi = Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$", max_length=100)]


class EvidenceMeta(Frozen):
    """Which evidence this is, and how to read it."""

    id: Id = Field(description="Name of the file, unique over all content.")
    topic: Id = Field(description="What it is about.")
    schema_version: int = Field(2, ge=1, le=99, description="Version of the fields.")
    version: int = Field(ge=1, le=9999, description="Goes up with any change to a claim, wording, pattern or red flag.")
    reviewed: Review | None = Field(None, description="null: nobody has signed it off; it is a draft.")
    how_to_read: dict[str, Passage] = Field(default_factory=dict, description="Notes on the fields, for reviewers.")
    print_rule: Passage | None = Field(None, description="Which references may be printed, in words.")
    verdict_vocabulary: dict[Verdict, Sentence] = Field(default_factory=dict, description="What each verdict means.")
    gaps: Passage | None = Field(None, description="What is missing and must not be made up.")


class Avoid(Frozen):
    """A pattern of what must not be said."""

    pattern: Pattern = Field(description="Python regular expression, searched in each printed sentence, any case.")
    examples: tuple[Sentence, ...] = Field(min_length=1, description="Sentences that it must hit.")
    fine: tuple[Sentence, ...] = Field((), description="Sentences that it must not hit.")


class Claim(Frozen):
    """Something that a handout says about the body or a treatment."""

    id: EvidenceId = Field(description="Capitals and digits, such as C07; unique over all evidence.")
    origin: Literal["seed", "added"] = Field("added", description="seed: from the clinic's own post.")
    says: Sentence = Field(description="The claim as people make it.")
    verdict: Verdict = Field(description="How far the evidence backs it.")
    prints_as: Literal["cited", "advice"] = Field(description="cited: with references. advice: without any.")
    nuance: Passage = Field(description="What a clinician should know.")
    wording: Passage = Field(description="The only words in which it is printed.")
    lead: Sentence | None = Field(None, description="Part of the wording that is set bold.")
    avoid_saying: Sentence | None = Field(None, description="What must not be said, for people.")
    avoid: tuple[Avoid, ...] = Field((), description="What must not be said, for the check.")
    supported_by: tuple[Id, ...] = Field((), description="References that back the wording.")
    tempered_by: tuple[Id, ...] = Field((), description="References that limit it.")

    @model_validator(mode="after")
    def _lead_is_in_the_wording(self) -> Self:
        check_parts(self.wording, (self.lead,) if self.lead else ())
        return self


class Verified(Frozen):
    """A named person opened the paper and checked the citation."""

    by: Name = Field(description="Who.")
    date: IsoDate = Field(description="When, YYYY-MM-DD.")


class Reference(Frozen):
    """A published work."""

    id: Id = Field(description="First author and year, unique over all evidence.")
    authors: Sentence = Field(description="Surname and initials, commas between.")
    year: int = Field(ge=1800, le=2200, description="Year of publication.")
    title: Sentence = Field(description="Full title.")
    journal: Line = Field(description="Full name of the journal.")
    journal_short: Line | None = Field(None, description="Its abbreviation, as printed.")
    volume_pages: Name | None = Field(None, description="Volume, issue and pages, such as 16(3):651-661.")
    doi: Doi | None = Field(None, description="null: not seen. Never guessed.")
    pmid: Annotated[str, StringConstraints(pattern=r"^\d{1,9}$")] | None = Field(None, description="null: not seen.")
    kind: ReferenceKind = Field(description="Kind of study.")
    found: Passage = Field(description="What it found.")
    recalled: Passage | None = Field(None, description="Remembered but not seen; never printed.")
    limits: Passage | None = Field(None, description="What it cannot show.")
    supports: tuple[EvidenceId, ...] = Field((), description="Claims that it backs as worded.")
    tempers: tuple[EvidenceId, ...] = Field((), description="Claims that it limits.")
    used_for: Line | None = Field(None, description="Other use, such as safety rules.")
    checked: Checked = Field(description="search: a page that shows it was seen. memory: recalled only.")
    checked_at: tuple[Sentence, ...] = Field((), description="Pages seen.")
    memory_fields: tuple[Line, ...] = Field((), description="Fields that were not on those pages.")
    verified: Verified | None = Field(None, description="A named person has since checked it.")


def printable(reference: Reference) -> bool:
    """True if a handout may cite it: fully seen in a search, or verified by a named person since (`print_rule`)."""
    return reference.verified is not None or (reference.checked == "search" and not reference.memory_fields)


class RedFlagWhen(Frozen):
    """When a warning sign prints; it counts as holding when the fact is unknown."""

    age_below: int = Field(ge=1, le=120, description="Years of age.")


class RedFlag(Frozen):
    """A warning sign."""

    id: EvidenceId = Field(description="Capitals and digits, such as RF07; unique over all evidence.")
    name: Line = Field(description="What it may mean, for the clinician. Not printed.")
    urgency: Urgency = Field(description="Group in which it stands.")
    when: RedFlagWhen | None = Field(None, description="Prints only if this holds.")
    short: Name = Field(description="At most 8 words, for the strip on the first page.")
    wording: Sentence = Field(description="At most 25 words, for the full list.")
    strong: tuple[Name, ...] = Field((), description="Key words: parts of the wording that are set bold.")
    checked: Checked = Field(description="search: seen on the pages below.")
    checked_at: tuple[Sentence, ...] = Field((), description="Pages seen.")

    @model_validator(mode="after")
    def _is_short(self) -> Self:
        check_parts(self.wording, self.strong)
        if len(self.short.split()) > 8 or len(self.wording.split()) > 25:
            raise ValueError("is too long: short has at most 8 words, wording at most 25")
        return self


class DoNotCite(Frozen):
    """A statement or work that must not be cited, and why."""

    what: Sentence = Field(description="What it is.")
    why: Sentence = Field(description="Why not.")


class EvidenceFile(Frozen):
    """One file of evidence. The parts about red flags stand in one file only."""

    meta: EvidenceMeta = Field(description="Which evidence this is.")
    claims: tuple[Claim, ...] = Field((), description="What may be said.")
    references: tuple[Reference, ...] = Field((), description="What backs it.")
    do_not_cite: tuple[DoNotCite, ...] = Field((), description="What must not be cited.")
    red_flags: tuple[RedFlag, ...] = Field((), description="Warning signs.")
    red_flag_groups: dict[Urgency, Line] = Field(
        default_factory=dict, description="Title of each group, most urgent first; may hold {{EMERGENCY}}."
    )
    red_flag_end: Sentence | None = Field(None, description="Closing line of the full list.")
    regions: dict[Region, tuple[EvidenceId, ...]] = Field(
        default_factory=dict, description="Warning signs of each exercise region, in the order in which they print."
    )


@dataclass(frozen=True, slots=True)
class Evidence:
    """All evidence files together. Ids map to claims, references and red flags, in file order."""

    files: dict[str, EvidenceFile] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    references: dict[str, Reference] = field(default_factory=dict)
    red_flags: dict[str, RedFlag] = field(default_factory=dict)
    red_flag_groups: dict[Urgency, str] = field(default_factory=dict)
    red_flag_end: str = ""
    regions: dict[Region, tuple[str, ...]] = field(default_factory=dict)

    def citations(self, claims: tuple[str, ...], chosen: tuple[str, ...] = ()) -> tuple[Reference, ...]:
        """Printable references of these claims, advice left out, each once, in the order of the claims.

        chosen: only these of them, if not empty.
        """
        cited = [self.claims[claim] for claim in claims if self.claims[claim].prints_as == "cited"]
        ids = dict.fromkeys(reference for claim in cited for reference in claim.supported_by)
        found = (self.references[id] for id in ids if not chosen or id in chosen)
        return tuple(reference for reference in found if printable(reference))
