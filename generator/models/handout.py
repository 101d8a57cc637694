"""A handout: a list of typed blocks, any clinic's topic.

Only blocks that name claims assert something: a `claim` prints the evidence file's own wording, and every other block
with running text lists the claims that it rests on, or says "none".
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from generator.models.common import (
    EvidenceId,
    FromWords,
    Frozen,
    Id,
    IsoDate,
    LanguageCode,
    Line,
    Name,
    Passage,
    Region,
    Review,
    Sentence,
    check_parts,
)


def _claims(value: Any) -> Any:
    if value == "none":
        return ()
    if value in ([], ()):
        raise ValueError('lists no claims: name them, or say "none"')
    return value


Claims = Annotated[
    tuple[EvidenceId, ...],
    BeforeValidator(_claims),
    WithJsonSchema(
        {
            "description": 'Claims that the words rest on, or "none".',
            "anyOf": [
                {"const": "none"},
                {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": "^[A-Z]{1,6}[0-9]{1,4}$"}},
            ],
        }
    ),
]
CLAIMS_HELP = 'Claims that the words rest on, or "none".'
Mark = Literal["tick", "cross", "bullet", "none"]


class Item(FromWords):
    """A line of a list or box: its own words, or a claim that prints in the evidence file's wording."""

    text: Sentence | None = Field(None, description="Words.")
    claim: EvidenceId | None = Field(None, description="Claim to print instead of words.")
    strong: tuple[Line, ...] = Field((), description="Parts of the words that are set bold.")

    @model_validator(mode="after")
    def _words_or_claim(self) -> Self:
        if (self.text is None) == (self.claim is None):
            raise ValueError("needs either text or a claim")
        if self.text is not None:
            check_parts(self.text, self.strong)
        return self


class Title(Frozen):
    """The big title of the first page."""

    type: Literal["title"] = Field(description="Kind of block.")
    text: Line = Field(description="The whole title.")
    lines: tuple[Name, ...] = Field((), max_length=5, description="The title with line breaks set by hand.")

    @model_validator(mode="after")
    def _lines_are_the_title(self) -> Self:
        if self.lines and " ".join(self.lines) != self.text:
            raise ValueError("has lines that are not the words of text")
        return self


class PageBreak(Frozen):
    """Starts the next page, with its title."""

    type: Literal["page"] = Field(description="Kind of block.")
    title: Line = Field(description="Title of the page.")


class HeadingBlock(Frozen):
    """A section heading."""

    type: Literal["heading"] = Field(description="Kind of block.")
    text: Line = Field(description="Words.")


class ParagraphBlock(Frozen):
    """Running text."""

    type: Literal["paragraph"] = Field(description="Kind of block.")
    text: Passage = Field(description="Words.")
    strong: tuple[Line, ...] = Field((), description="Parts of the words that are set bold.")
    claims: Claims = Field(description=CLAIMS_HELP)
    lead_size: bool = Field(False, description="true: set larger, as the opening of a page.")

    @model_validator(mode="after")
    def _strong_is_in_text(self) -> Self:
        check_parts(self.text, self.strong)
        return self


class ClaimBlock(Frozen):
    """A claim in the evidence file's own wording, its lead set bold."""

    type: Literal["claim"] = Field(description="Kind of block.")
    claim: EvidenceId = Field(description="The claim.")
    also: tuple[EvidenceId, ...] = Field((), max_length=4, description="Claims whose wording follows in the same text.")


class ListOfItems(Frozen):
    """A list, one line each."""

    type: Literal["list"] = Field(description="Kind of block.")
    heading: Line | None = Field(None, description="Words above it.")
    mark: Mark = Field("bullet", description="Sign before each line.")
    items: tuple[Item, ...] = Field(min_length=1, max_length=20, description="Lines.")
    claims: Claims = Field(description=CLAIMS_HELP)


class MythRow(Frozen):
    """A belief and what is known. The facts print in the evidence file's wording."""

    myth: Sentence = Field(description="The belief, without quotation marks.")
    facts: tuple[EvidenceId, ...] = Field(min_length=1, max_length=4, description="Claims that answer it, in order.")
    strong: tuple[Line, ...] = Field((), description="Parts set bold, in place of the leads of the claims.")


class MythsBlock(Frozen):
    """A table of myths and facts."""

    type: Literal["myths"] = Field(description="Kind of block.")
    rows: tuple[MythRow, ...] = Field(min_length=1, max_length=24, description="Rows; none is ever split over pages.")


class Column(Frozen):
    """One of two lists side by side."""

    heading: Line = Field(description="Words above it.")
    mark: Mark = Field("bullet", description="Sign before each line.")
    items: tuple[Item, ...] = Field(min_length=1, max_length=12, description="Lines.")


class ColumnsBlock(Frozen):
    """Two lists side by side."""

    type: Literal["columns"] = Field(description="Kind of block.")
    left: Column = Field(description="Left list.")
    right: Column = Field(description="Right list.")
    claims: Claims = Field(description=CLAIMS_HELP)


class FlowStep(Frozen):
    """A step of a flow: words of its own, or a claim."""

    title: Name = Field(description="A few words.")
    text: Sentence | None = Field(None, description="Words.")
    claim: EvidenceId | None = Field(None, description="Claim to print instead of words.")
    strong: tuple[Line, ...] = Field((), description="Parts of the words that are set bold.")

    @model_validator(mode="after")
    def _words_or_claim(self) -> Self:
        if (self.text is None) == (self.claim is None):
            raise ValueError("needs either text or a claim")
        if self.text is not None:
            check_parts(self.text, self.strong)
        return self


class StepsBlock(Frozen):
    """Numbered steps: two to four side by side, more of them below one another."""

    type: Literal["steps"] = Field(description="Kind of block.")
    heading: Line | None = Field(None, description="Words above it.")
    items: tuple[FlowStep, ...] = Field(min_length=2, max_length=10, description="Steps in order.")
    claims: Claims = Field(description=CLAIMS_HELP)


class CalloutBlock(Frozen):
    """A box. summary: strong border. stop: stop border and sign. care: triangle. plain: no sign."""

    type: Literal["callout"] = Field(description="Kind of block.")
    kind: Literal["summary", "stop", "care", "plain"] = Field(description="Look of the box.")
    heading: Line | None = Field(None, description="Words at its top.")
    items: tuple[Item, ...] = Field(min_length=1, max_length=8, description="Lines.")
    claims: Claims = Field(description=CLAIMS_HELP)


class FigureBlock(Frozen):
    """A drawing of the layouts or of the brand."""

    type: Literal["figure"] = Field(description="Kind of block.")
    art: Id = Field(description="Name of the drawing, such as anatomy-leg.")
    labels: dict[Id, Name] = Field(default_factory=dict, description="Label in the drawing: its words.")
    alt: Sentence = Field(description="The drawing in words.")
    caption: Sentence | None = Field(None, description="Words below it.")
    heading: Line | None = Field(None, description="Words above it.")
    text: Item | None = Field(None, description="A sentence above it.")
    claims: Claims = Field(description=CLAIMS_HELP)
    beside: bool = Field(False, description="true: stands at the right of the title and the box below it.")


class TableOfCells(Frozen):
    """A table; the first column holds the row heads."""

    type: Literal["table"] = Field(description="Kind of block.")
    heading: Line | None = Field(None, description="Words above it.")
    columns: tuple[Name, ...] = Field(min_length=2, max_length=6, description="Column heads.")
    rows: tuple[tuple[Line, ...], ...] = Field(min_length=1, max_length=40, description="Rows of cells.")
    claims: Claims = Field(description=CLAIMS_HELP)

    @model_validator(mode="after")
    def _rows_are_full(self) -> Self:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("has a row with more or fewer cells than there are columns")
        return self


class RedFlagsBlock(Frozen):
    """The list of warning signs for the handout's regions."""

    type: Literal["red_flags"] = Field(description="Kind of block.")


class SourcesBlock(Frozen):
    """The printable references of the handout's claims, with its version and review dates."""

    type: Literal["sources"] = Field(description="Kind of block.")
    references: tuple[Id, ...] = Field(
        (), description="Which of them to print, where all would be too many; each cited claim keeps one."
    )


HandoutPart = Annotated[
    Title
    | PageBreak
    | HeadingBlock
    | ParagraphBlock
    | ClaimBlock
    | ListOfItems
    | MythsBlock
    | ColumnsBlock
    | StepsBlock
    | CalloutBlock
    | FigureBlock
    | TableOfCells
    | RedFlagsBlock
    | SourcesBlock,
    Field(discriminator="type"),
]


class Handout(Frozen):
    """One handout."""

    id: Id = Field(description="Name of its file, unique over all content.")
    title: Line = Field(description="Full title; stands above the big title of the first page and in bookmarks.")
    short_title: Name = Field(description="Name in the sources line and in lists.")
    language: LanguageCode = Field("en", description="Language of its words.")
    version: int = Field(ge=1, le=9999, description="Goes up with any change to a claim or to safety words.")
    author_role: Name = Field(description="Role of the author, printed; not a name.")
    last_reviewed: IsoDate | None = Field(None, description="Day of the last review, YYYY-MM-DD; null: not yet.")
    next_review: IsoDate | None = Field(None, description="Day when the next review is due, YYYY-MM-DD.")
    reviewed: Review | None = Field(None, description="null: nobody has signed it off; it is a draft.")
    regions: tuple[Region, ...] = Field((), description="Parts of the body; their warning signs join the pack.")
    blocks: tuple[HandoutPart, ...] = Field(min_length=1, max_length=80, description="What it says, in order.")

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.last_reviewed and self.next_review and self.next_review <= self.last_reviewed:
            raise ValueError("has a next review that is not after the last one")
        return self

    def claims(self) -> tuple[str, ...]:
        """Ids of all claims that it names, each once, in order."""
        return tuple(dict.fromkeys(claim for _, claim in self.claim_places()))

    def chosen_references(self) -> tuple[str, ...]:
        """References that its sources block chooses; empty: all."""
        return tuple(id for block in self.blocks if isinstance(block, SourcesBlock) for id in block.references)

    def claim_places(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Each claim id with its path in the file."""
        for number, block in enumerate(self.blocks):
            for path, claim in _claims_in(block):
                yield ("blocks", number, *path), claim


def _claims_in(block: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Claim ids of a part of a handout with their paths in it, in reading order."""
    if isinstance(block, tuple):
        for number, member in enumerate(block):
            for path, claim in _claims_in(member):
                yield (number, *path), claim
        return
    if not isinstance(block, Frozen):
        return
    for name in type(block).model_fields:
        value = getattr(block, name)
        if name == "claim" and value is not None:
            yield (name,), value
        elif name in ("claims", "also", "facts"):
            for number, claim in enumerate(value):
                yield (name, number), claim
        else:
            for path, claim in _claims_in(value):
                yield (name, *path), claim
