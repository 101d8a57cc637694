"""Handouts as blocks: claims in the evidence file's own wording, references by the rule of what may be printed."""

from __future__ import annotations

from generator.blocks import (
    Art,
    Block,
    Callout,
    Columns,
    Display,
    Figure,
    Flow,
    Heading,
    ListBlock,
    MythRow,
    MythTable,
    PageTitle,
    Paragraph,
    Sources,
    Span,
    Step,
    TableBlock,
    Text,
    plain,
)
from generator.compose.help import help_block
from generator.compose.say import Say, marked
from generator.models import handout as model
from generator.models.brand import Brand
from generator.models.evidence import Reference, printable
from generator.models.library import Library


class HandoutComposer:
    """Sets one handout in one language for one clinic."""

    def __init__(
        self, say: Say, library: Library, brand: Brand, handout: model.Handout, flags: tuple[str, ...]
    ) -> None:
        self.say, self.library, self.brand, self.handout, self.flags = say, library, brand, handout, flags

    def blocks(self) -> tuple[Block, ...]:
        """All blocks in order."""
        return tuple(self._block(part) for part in self.handout.blocks)

    def _block(self, part: model.HandoutPart) -> Block:
        words = self.say.words
        match part:
            case model.Title():
                return Display(self.handout.title, part.lines or (part.text,))
            case model.PageBreak():
                return PageTitle(self.handout.title, part.title)
            case model.HeadingBlock():
                return Heading(part.text)
            case model.ParagraphBlock():
                return Paragraph(marked(self.say.filled(part.text), part.strong), lead=part.lead_size)
            case model.ClaimBlock():
                return Paragraph(self._claims((part.claim, *part.also)))
            case model.ListOfItems():
                return self._list(part.heading or "", part.mark, part.items)
            case model.MythsBlock():
                rows = tuple(self._myth(row) for row in part.rows)
                handout, alt = words.handout, words.alt
                return MythTable(handout.myth, handout.fact, alt.myth, alt.fact, rows)
            case model.ColumnsBlock():
                left, right = part.left, part.right
                return Columns(
                    self._list(left.heading, left.mark, left.items), self._list(right.heading, right.mark, right.items)
                )
            case model.StepsBlock():
                return Flow(part.heading or "", tuple(Step(step.title, self._item(step)) for step in part.items))
            case model.CalloutBlock():
                return self._callout(part)
            case model.FigureBlock():
                return self._figure(part)
            case model.TableOfCells():
                rows_of_cells = tuple(tuple(plain(cell) for cell in row) for row in part.rows)
                return TableBlock(part.heading or "", part.columns, rows_of_cells)
            case model.RedFlagsBlock():
                return help_block(self.say, self.library.evidence, self.brand, self.flags)
            case model.SourcesBlock():
                return self._sources()

    def _claims(self, ids: tuple[str, ...], strong: tuple[str, ...] = ()) -> Text:
        """Claims in one passage, each in its own wording, leads bold unless told what else is."""
        spans: list[Span] = []
        for number, id in enumerate(ids):
            claim = self.library.evidence.claims[id]
            lead = strong or ((claim.lead,) if claim.lead and number == 0 else ())
            passage = marked(self.say.filled(claim.wording), lead)
            spans += [Span(" "), *passage.spans] if number else passage.spans
        return Text(tuple(spans))

    def _item(self, item: model.Item | model.FlowStep, *, stop: bool = False) -> Text:
        emphasis = "stop" if stop else "strong"
        if item.claim is not None:
            wording = self.say.filled(self.library.evidence.claims[item.claim].wording)
            lead = self.library.evidence.claims[item.claim].lead
            return marked(wording, item.strong or ((lead,) if lead else ()), emphasis)  # type: ignore[arg-type]
        return marked(self.say.filled(item.text or ""), item.strong, emphasis)  # type: ignore[arg-type]

    def _list(self, heading: str, mark: model.Mark, items: tuple[model.Item, ...]) -> ListBlock:
        alt = self.say.words.alt
        said = {"tick": alt.yes, "cross": alt.no}.get(mark, "")
        shown = "bullet" if mark == "none" else mark
        return ListBlock(heading, tuple(self._item(item) for item in items), shown, said)

    def _myth(self, row: model.MythRow) -> MythRow:
        quoted = self.say.words.handout.quoted.format(words=row.myth)
        return MythRow(plain(quoted), self._claims(row.facts, row.strong))

    def _callout(self, part: model.CalloutBlock) -> Callout:
        alt = self.say.words.alt
        icon = {"stop": alt.stop, "care": alt.care}.get(part.kind, "")
        items = tuple(self._item(item, stop=part.kind == "stop") for item in part.items)
        return Callout(part.kind, part.heading or "", items, icon)

    def _figure(self, part: model.FigureBlock) -> Figure:
        art = Art(part.art, part.alt, tuple(part.labels.items()))
        text = self._item(part.text) if part.text else Text(())
        return Figure(art, part.caption or "", part.heading or "", text, part.beside)

    # ---- sources

    def _sources(self) -> Sources:
        cited = self._cited()
        words, handout = self.say.words.handout, self.handout
        note = words.note.format(title=handout.short_title, version=handout.version, role=handout.author_role)
        parts = [note]
        if handout.last_reviewed:
            parts.append(words.last_review.format(date=self.say.month(handout.last_reviewed)))
        if handout.next_review:
            parts.append(words.next_review.format(date=self.say.month(handout.next_review)))
        return Sources(words.sources, tuple(self._reference(one) for one in cited), " ".join(parts))

    def _cited(self) -> list[Reference]:
        """The author's choice of references, else as few as back every cited claim with at least one.

        The evidence file holds all of them; a sheet for patients names enough to look it up.
        """
        evidence = self.library.evidence
        own = self.handout.chosen_references()
        if own:
            return [evidence.references[id] for id in own if printable(evidence.references[id])]
        claims = [evidence.claims[id] for id in self.handout.claims()]
        open_claims = {
            claim.id: {id for id in claim.supported_by if printable(evidence.references[id])}
            for claim in claims
            if claim.prints_as == "cited"
        }
        candidates = list(evidence.citations(self.handout.claims()))
        chosen: list[Reference] = []
        while open_claims and candidates:
            best = max(candidates, key=lambda one: sum(one.id in backing for backing in open_claims.values()))
            if not any(best.id in backing for backing in open_claims.values()):
                break
            chosen.append(best)
            candidates.remove(best)
            open_claims = {id: backing for id, backing in open_claims.items() if best.id not in backing}
        return sorted(chosen, key=lambda one: (one.authors, one.year))

    def _reference(self, reference: Reference) -> Text:
        """ "Behm, Wilke. Sports Med. 2019;49(8):1173-1181." """
        words = self.say.words.handout
        surnames = [author.strip().rpartition(" ")[0] or author.strip() for author in reference.authors.split(",")]
        if len(surnames) > 2:
            who = words.et_al.format(author=surnames[0])
        elif len(surnames) == 2:
            who = words.two_authors.format(first=surnames[0], second=surnames[1])
        else:
            who = surnames[0]
        place = f"{reference.year};{reference.volume_pages}" if reference.volume_pages else str(reference.year)
        journal = (reference.journal_short or reference.journal).rstrip(".")
        return Text((Span(f"{who.rstrip('.')}. "), Span(f"{journal}.", "em"), Span(f" {place}.")))
