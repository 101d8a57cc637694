"""One plan → one pack. This is the order of the stages; each of them knows nothing of the others.

The pipeline is handed its inputs (plan, library) and hands out bytes: it reads and writes no file.
"""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from generator import __version__
from generator.blocks import Document, Insert, OwnPicture, texts_in
from generator.checks.asked import asked_by
from generator.checks.glyphs import Glyphs
from generator.checks.kept import KeptFindings
from generator.checks.library import check_brand, stop_for_errors
from generator.checks.plan import select
from generator.checks.review import Reviews, contents_of
from generator.checks.scores import Scores
from generator.checks.screening import questions_for
from generator.checks.silence import Silence, without_silenced
from generator.checks.texts import handout_texts
from generator.compose.document import Edition, compose, sample_card, screening_form, stock_copy
from generator.compose.pictures import Pictures
from generator.compose.print_run import manifest, run_furniture, separator
from generator.errors import ErrorList, HandoutsError, PlanError
from generator.figures.palette import PEOPLE
from generator.figures.picture import Keeper
from generator.figures.solved import SolvedPose
from generator.layout.faces import MissingGlyph
from generator.layout.flow import TooTall
from generator.layout.furniture import page_stamp
from generator.layout.manifest import manifest_pages, separator_page
from generator.layout.pages import lay_out
from generator.layout.studio import Studio
from generator.layout.tokens import PAPERS, Tokens, font_finder
from generator.marks import DrawnDocument, only
from generator.merge.parts import Insert as MergeInsert
from generator.merge.parts import Part
from generator.models.library import Library
from generator.models.places import path_of_character
from generator.models.plan import Plan
from generator.models.program import PrescribedExercise, dosage_of
from generator.models.selection import Finding, Kept, Selection
from generator.proof import read_code
from generator.sheets import PackInRun, RunPlan
from generator.values import dataclass
from generator.write.pdf import write, written

PaperName = Literal["letter", "a4"]


@dataclass(frozen=True, slots=True)
class Options:
    """What a run asks for. Names are ids of the library; None leaves the choice to the plan.

    as_of: the day that review dates are judged by. only: id of the one sheet to print. log_from: first day of the log.
    """

    as_of: date
    layout: str | None = None
    paper: PaperName | None = None
    brand: str | None = None
    language: str | None = None
    letterhead: bool = False
    draft: bool = False
    allow_overdue: bool = False
    only: str | None = None
    log_from: date | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """A finished pack. pages: pages of the file. notes: what the merge of inserts removed or cannot claim.

    sha256: of the file, in hex, where it is known already.
    """

    pack_id: str
    pdf: bytes
    pages: int
    notes: tuple[str, ...] = ()
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class PlacedInsert:
    """A clinic's own file, read, and where the plan wants it."""

    part: Part
    place: Literal["front", "end", "after"]
    sheet: str

    @property
    def block(self) -> Insert:
        """What the layout needs to know of it."""
        after = {"front": "help", "end": "", "after": self.sheet}[self.place]
        return Insert(self.part.original.facts.sizes, after, self.part.title)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan that the gates let through. findings: warnings and notes. input_hash: of all that will print."""

    plan: Plan
    selection: Selection
    findings: tuple[Finding, ...]
    input_hash: str


class Refused(ErrorList):
    """A plan that the gates refuse: one PlanError for each refusal. findings: what else they noticed."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        noticed = tuple(findings)
        self.findings = tuple(one for one in noticed if one.severity != "error")
        super().__init__(
            PlanError(one.message, hint=one.hint, place=one.place, code=one.code)
            for one in noticed
            if one.severity == "error"
        )


@dataclass(slots=True)
class Workshop:
    """Makes packs from one library. Keeps a studio for each look, so that what packs share is drawn once a run.

    drawings: where pictures are kept between runs, None for nowhere. findings: what is known of this content from
    earlier runs. looks: where it is kept what fonts and art hold.
    """

    library: Library
    options: Options
    content_hash: str
    poses: Mapping[str, SolvedPose] = field(default_factory=dict)
    own_pictures: Mapping[str, OwnPicture] = field(default_factory=dict)
    reviews: Reviews | None = None
    scores: Scores | None = None
    silences: tuple[Silence, ...] = ()
    drawings: Keeper | None = None
    findings: KeptFindings | None = None
    looks: Keeper | None = None
    _editions: dict[tuple[str, str], Edition] = field(default_factory=dict)
    _glyphs: dict[str, Glyphs] = field(default_factory=dict)
    _studios: dict[tuple[str, str, str, str], Studio] = field(default_factory=dict)

    def bare(self) -> Workshop:
        """The same workshop with nothing drawn yet: it can cross to another process."""
        return replace(self, _editions={}, _glyphs={}, _studios={})

    def prepare(self, plan: Plan) -> Prepared:
        """What the gates let through of a plan. Raises Refused."""
        selection, findings = self._selected(plan)
        return Prepared(plan, selection, findings, self.input_hash(plan, selection))

    def make(self, prepared: Prepared, pack_id: str, inserts: Sequence[PlacedInsert] = ()) -> Pack:
        """The whole way of one plan: compose, lay out, write, merge. Raises PlanError; nothing is half done."""
        plan = prepared.plan
        if prepared.selection.hard_stops:
            inserts = ()
        document = compose(
            self.edition(plan),
            plan,
            prepared.selection,
            pack_id,
            inserts=tuple(insert.block for insert in inserts),
            log_from=self.options.log_from,
        )
        studio = self.studio(plan, document.keep_together)
        drawn = self._drawn(plan, document, studio)
        if self.options.only:
            drawn, inserts = self._only(drawn, self.options.only), ()
        file = written(drawn)
        if not inserts:
            return Pack(pack_id, file.pdf, len(drawn.pages), sha256=file.sha256)
        return _merged(file.pdf, drawn, document, studio, pack_id, inserts)

    def texts(self, prepared: Prepared, pack_id: str) -> tuple[str, ...]:
        """All that a pack says, composed anew from its plan alone: nothing that other packs left behind is used."""
        plan = prepared.plan
        document = compose(self.bare().edition(plan), plan, prepared.selection, pack_id, log_from=self.options.log_from)
        return tuple(texts_in(document))

    def stock(self, handout_id: str, pack_id: str) -> Pack:
        """A handout without a patient."""
        library = self.library
        handout = library.handouts[handout_id]
        flags = tuple(dict.fromkeys(flag for region in handout.regions for flag in library.evidence.regions[region]))
        edition = self.edition(None)
        document = stock_copy(edition, handout, flags, "draft", pack_id)
        drawn = lay_out(document, self.studio(None, document.keep_together))
        return Pack(pack_id, write(drawn), len(drawn.pages))

    def sample(self, exercise_id: str, pack_id: str) -> Pack:
        """One exercise's card with its usual dose, for the side that is drawn."""
        exercise = self.library.exercises[exercise_id]
        prescribed = PrescribedExercise(id=exercise_id, side=exercise.drawn_side)
        dose = dosage_of(prescribed, exercise)
        kept = Kept(exercise, prescribed, dose, exercise.easier, exercise.harder, exercise.stop_if)
        document = sample_card(self.edition(None), kept, pack_id)
        drawn = lay_out(document, self.studio(None, document.keep_together))
        return Pack(pack_id, write(drawn), len(drawn.pages))

    def manifest(self, plan: RunPlan) -> bytes:
        """The list at the front of a print run."""
        edition, studio = self.edition(None), self.studio(None, (), plan.paper)
        furniture = run_furniture(edition.say, edition.brand)
        block, author, language = manifest(edition.say, plan), edition.brand.name, edition.language.code
        drawn = manifest_pages(studio, block, furniture, author=author, language=language)
        return write(drawn, claims_pdf_ua=False)

    def separator(self, plan: RunPlan, pack: PackInRun) -> bytes:
        """The sheet before a pack of a print run."""
        edition, studio = self.edition(None), self.studio(None, (), plan.paper)
        block, author, language = separator(edition.say, plan, pack), edition.brand.name, edition.language.code
        return write(separator_page(studio, block, author=author, language=language), claims_pdf_ua=False)

    def pages_of_blocks(self, handout_id: str) -> dict[int, int]:
        """On which page of its stock copy each block of a handout begins, by the block's number, read from the file."""
        pdfium = importlib.import_module("pypdfium2")  # loads slowly, and no pack needs it
        with pdfium.PdfDocument(self.stock(handout_id, "").pdf) as document:
            pages = ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
        found: dict[int, int] = {}
        for block, text in handout_texts(self.library, self.library.handouts[handout_id]):
            words = "".join(text.text.split())
            page = next((number for number, read in enumerate(pages, start=1) if words in read), None)
            if page is not None:
                found.setdefault(block, page)
        return found

    def questions(self, plan: Plan | None) -> tuple[str, ...]:
        """Safety tags to ask for: all of them, or those that a plan's exercises need."""
        library = self.library
        if plan is None:
            return tuple(library.safety.avoid_tags)
        return questions_for((one.exercise for one in asked_by(plan, library)), library)

    def screening(self, plan: Plan | None, pack_id: str) -> Pack:
        """The safety questions as a form without a patient's name, see `questions`."""
        reviews = self.reviews or Reviews()
        state = reviews.state(contents_of(self.library).safety, self.options.as_of)
        document = screening_form(self.edition(plan), self.questions(plan), state, pack_id)
        drawn = lay_out(document, self.studio(plan, document.keep_together))
        return Pack(pack_id, write(drawn), len(drawn.pages))

    # ---- the stages' inputs

    def _selected(self, plan: Plan) -> tuple[Selection, tuple[Finding, ...]]:
        """What the gates let through. Raises Refused."""
        selection, findings = select(
            plan,
            self.library,
            as_of=self.options.as_of,
            draft=self.options.draft,
            allow_overdue=self.options.allow_overdue,
            reviews=self.reviews,
            scores=self.scores,
            glyphs=self.glyphs(plan),
            read_code=self.read_code,
            silences=self.silences,
        )
        if selection is None:
            raise Refused(findings)
        return selection, findings

    def glyphs(self, plan: Plan | None) -> Glyphs:
        """What the fonts of a plan's brand hold. Raises ErrorList of ContentErrors for a brand that cannot print the
        content that plans share."""
        brand = self.edition(plan).brand.id
        if brand not in self._glyphs:
            glyphs = self._studio_of(plan).tokens.characters()
            found = check_brand(self.library, brand, glyphs, self.read_code, self.findings)
            stop_for_errors(without_silenced(found, self.silences))
            self._glyphs[brand] = glyphs
        return self._glyphs[brand]

    def characters(self) -> Glyphs:
        """What the fonts of this run's brand hold, whatever the content needs."""
        return self._studio_of(None).tokens.characters()

    def read_code(self, address: str, edge: float) -> str:
        """Prints the code of an address and reads it back, see `proof`."""
        return read_code(self._studio_of(None), address, edge)

    def _studio_of(self, plan: Plan | None) -> Studio:
        """The studio in which a plan's pack will be drawn."""
        return self.studio(plan, self.edition(plan).language.keep_together)

    def edition(self, plan: Plan | None) -> Edition:
        """Brand, language and pictures for a plan. Raises PlanError for names that the library does not hold."""
        options, library = self.options, self.library
        brand = options.brand or (plan.brand if plan else None) or next(iter(library.brands))
        language = options.language or (plan.language if plan else None) or "en"
        if brand not in library.brands:
            raise _unknown("brand", brand, library.brands)
        if language not in library.languages:
            raise _unknown("language", language, library.languages)
        key = (brand, language)
        if key not in self._editions:
            words = library.languages[language]
            self._editions[key] = Edition(
                library=library,
                brand=library.brands[brand],
                language=words,
                pictures=Pictures(self.poses, self.own_pictures, words.figures, self.drawings),
                people=len(PEOPLE),
                letterhead=options.letterhead,
            )
        return self._editions[key]

    def studio(self, plan: Plan | None, keep_together: tuple[str, ...], paper: PaperName | None = None) -> Studio:
        """The studio of a plan's look, kept for the run. paper: where nothing else says which."""
        options, library = self.options, self.library
        layout = options.layout or (plan.layout if plan else None) or "standard"
        paper = options.paper or (plan.paper if plan else None) or paper or "letter"
        brand = self.edition(plan).brand
        if layout not in library.layouts:
            raise _unknown("layout", layout, library.layouts)
        key = (brand.id, layout, paper, "|".join(keep_together))
        if key not in self._studios:
            root = Path(library.root) / "layouts"
            folders = (root / "brands" / brand.id, root / "art")
            fonts = font_finder(folders[0], root / "fonts")
            tokens = Tokens(brand, library.layouts[layout], PAPERS[paper], fonts, folders, self.looks)
            self._studios[key] = Studio(tokens, keep_together, drawings=self.drawings)
        return self._studios[key]

    def _drawn(self, plan: Plan, document: Document, studio: Studio) -> DrawnDocument:
        """Lays out, and tells the plan's place where that cannot be done."""
        try:
            return lay_out(document, studio)
        except MissingGlyph as problem:
            path = path_of_character(plan.model_dump(warnings=False), problem.character)
            raise PlanError(problem.message, hint=problem.hint, place=plan.places.at(*path)) from problem
        except TooTall as problem:
            raise PlanError(problem.message, hint=problem.hint, place=plan.places.at()) from problem

    def _only(self, drawn: DrawnDocument, sheet: str) -> DrawnDocument:
        if sheet not in drawn.sheets:
            names = ", ".join(dict.fromkeys(drawn.sheets))
            raise PlanError(f'This pack has no sheet "{sheet}".', hint=f"Its sheets are: {names}.")
        return only(drawn, sheet)

    def input_hash(self, plan: Plan, selection: Selection) -> str:
        """SHA-256 of all that prints: the plan, what the gates let through, content, look and version. No date, and
        not where the pack is mailed to.

        Doses and suggestions follow from plan and content; what reviews, silenced rules and the patient's age let
        through does not.
        """
        options = self.options
        look = (options.layout, options.paper, options.brand, options.language, options.letterhead, options.only)
        kept = [(one.exercise.id, one.easier is None, one.harder is None, one.stop_texts) for one in selection.kept]
        shown = (selection.state, selection.signed, selection.red_flags, selection.hard_stops, kept)
        parts = (
            __version__,
            self.content_hash,
            plan.model_dump_json(warnings=False, exclude={"email"}),
            repr(look),
            repr(options.log_from),
            repr(shown),
        )
        return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()


def _merged(
    pdf: bytes,
    drawn: DrawnDocument,
    document: Document,
    studio: Studio,
    pack_id: str,
    inserts: Sequence[PlacedInsert],
) -> Pack:
    """The pack with the clinic's own files in it, each page of theirs stamped with pack id and page number."""
    # pypdf takes longer to load than a pack takes to make, and few plans have inserts.
    from generator.merge.pack import insert_into  # noqa: PLC0415
    from generator.merge.stamping import Stamp  # noqa: PLC0415

    def stamp(page: int, pages: int) -> Stamp:
        operators, width, height, fonts = page_stamp(studio, document.furniture, page, pages)
        return Stamp(operators, width, height, fonts)

    placed = [MergeInsert(inserts[number].part, index + 1) for index, number in drawn.insert_after]
    result = insert_into(
        pdf, placed, title=document.title, language=document.language, author=document.author, stamp=stamp
    )
    return Pack(pack_id, result.pdf, result.pages, tuple(str(finding) for finding in result.findings))


def _unknown(kind: str, name: str, known: Mapping[str, object]) -> HandoutsError:
    return PlanError(f'There is no {kind} "{name}".', hint=f"Known: {', '.join(sorted(known))}.")
