"""The whole pack: its sheets with their blocks, its inserts, and what runs along the edges of every page."""

from __future__ import annotations

from typing import Literal

from generator.blocks.cover import (
    ActionBox,
    Contact,
    CoverTitle,
    FactsRow,
    HandBack,
    PlanNotes,
    PlanTable,
    SignOff,
    WhyAndGoals,
)
from generator.blocks.exercises import Exercises
from generator.blocks.handout import (
    Callout,
    Columns,
    Display,
    Figure,
    Flow,
    Heading,
    ListBlock,
    MythTable,
    PageTitle,
    Paragraph,
    Sources,
    StockHead,
    TableBlock,
)
from generator.blocks.help import HelpBlock, HelpStrip
from generator.blocks.log import Log
from generator.blocks.screening import QuestionForm
from generator.blocks.text import Text
from generator.values import dataclass

CoverBlock = (
    CoverTitle
    | FactsRow
    | WhyAndGoals
    | PlanNotes
    | HelpStrip
    | PlanTable
    | Contact
    | SignOff
    | ActionBox
    | HandBack
    | Flow
)
HandoutBlock = (
    StockHead
    | HelpStrip
    | SignOff
    | Display
    | PageTitle
    | Heading
    | Paragraph
    | ListBlock
    | MythTable
    | Columns
    | Flow
    | Callout
    | Figure
    | TableBlock
    | Sources
)
Block = CoverBlock | HelpBlock | HandoutBlock | Exercises | Log | QuestionForm
SheetKind = Literal["cover", "help", "handout", "exercises", "log", "screening"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part of the pack that can be printed by itself. id: cover, help, exercises, log or the handout's id.

    title: what the bookmark says. shared: no word of a patient is in it, so its pages are laid out once a run for all
    packs that hold this very value.
    """

    kind: SheetKind
    id: str
    title: str
    blocks: tuple[Block, ...]
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Insert:
    """Pages of a clinic's own file that will be merged in: only their number and sizes (points) matter to the layout.

    after: id of the sheet they follow; "help" for the front, "" for the end.
    """

    pages: tuple[tuple[float, float], ...]
    after: str
    title: str


@dataclass(frozen=True, slots=True)
class Furniture:
    """What runs along the edges of every page.

    state: "Draft", "Under review", "Stock copy" or "". state_in_full: the same where no other words of the page say it
    in full, as the first page's do. page_of: template with {page} and {total}. between: what stands between parts of
    the footer. header: right part of the running header; header_name: the same without the date, for long names.
    letterhead: the paper is printed already, so the cover's masthead stays blank.
    """

    pack_id: str
    state: str
    page_of: str
    between: str
    header: Text
    title_header: Text
    header_name: Text
    footer: tuple[str, ...]
    cover_footer: str
    phone: str
    letterhead: bool = False
    state_in_full: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole pack. title: metadata, tells nothing of the patient. language: BCP 47."""

    title: str
    language: str
    author: str
    furniture: Furniture
    sheets: tuple[Sheet, ...]
    inserts: tuple[Insert, ...] = ()
    keep_together: tuple[str, ...] = ()
