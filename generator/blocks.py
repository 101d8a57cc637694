"""The document tree: what a pack says, before anything knows where it will stand.

`compose` makes these values from a plan and the library; `layout` turns them into drawn pages. All words are already
in the patient's language. What only the layout can know (page numbers) stands as {page}, {total}, {first} or {last}
in a template. Every block is a frozen, hashable value: equal blocks are drawn once and placed many times. Blocks
whose words belong to one patient say so (`Text.personal`), so that they are never kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.figures.solved import SolvedPose

Emphasis = Literal["", "strong", "em", "go", "care", "stop"]
Urgency = Literal["emergency", "same-day", "same-week"]


@dataclass(frozen=True, slots=True)
class Span:
    """Words in one emphasis. "go", "care" and "stop" are bold in the color of that name."""

    words: str
    emphasis: Emphasis = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A passage: spans in reading order. personal: typed for one patient, so never shared between packs."""

    spans: tuple[Span, ...]
    personal: bool = False

    @classmethod
    def of(cls, *parts: tuple[str, Emphasis], personal: bool = False) -> Text:
        """A passage from (words, emphasis) pairs."""
        return cls(tuple(Span(words, emphasis) for words, emphasis in parts), personal)

    @property
    def words(self) -> str:
        """The whole passage as plain text."""
        return "".join(span.words for span in self.spans)

    def __bool__(self) -> bool:
        return any(span.words for span in self.spans)


def plain(words: str, *, personal: bool = False) -> Text:
    """A passage without emphasis."""
    return Text((Span(words),), personal)


def marked_lead(lead: str, rest: str, emphasis: Emphasis = "strong") -> Text:
    """A passage with a bold beginning."""
    return Text((Span(lead, emphasis), Span(" " + rest)))


@dataclass(frozen=True, slots=True)
class Art:
    """A drawing that comes with the layouts or a brand, by its name, with words for its labels.

    labels: (anchor in the drawing, words). alt: alternative text, "" for decoration.
    """

    name: str
    alt: str = ""
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OwnPicture:
    """A clinic's own picture file (SVG, PNG or JPEG), read and checked; attribution is printed where not ""."""

    data: bytes
    kind: Literal["svg", "png", "jpeg"]
    alt: str
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """An exercise picture drawn from a solved pose. person: index of the person drawn, see `figures.palette`."""

    pose: SolvedPose
    alt: str
    mirrored: bool = False
    person: int = 0


Picture = DrawnPicture | OwnPicture


# ---------------------------------------------------------------------------------------------------------------- cover


@dataclass(frozen=True, slots=True)
class CoverTitle:
    """ "Maya, here is your plan" and the line below it."""

    title: Text
    lead: Text


@dataclass(frozen=True, slots=True)
class Fact:
    """A cell of the facts row. small: a second line in small type, such as the second identifier, or None."""

    label: str
    value: Text
    small: Text | None = None


@dataclass(frozen=True, slots=True)
class FactsRow:
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class WhyAndGoals:
    """Either part drops when its texts are empty."""

    why_heading: str
    why: Text
    goals_heading: str
    goals: tuple[Text, ...]
    goal_icon: str


@dataclass(frozen=True, slots=True)
class PlanNotes:
    """The clinician's own words for the whole plan."""

    heading: str
    notes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class HelpStrip:
    """The "Get help now" strip of page one. page_line: template with {page}."""

    heading: str
    page_line: str
    number: str
    signs: tuple[str, ...]
    icon: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """number: as on the card. dose: "2 × 8". often: "3 days a week"."""

    number: int
    exercise: str
    name: str
    role: str
    dose: str
    often: str


@dataclass(frozen=True, slots=True)
class PlanTable:
    """The plan at a glance: one row an exercise; the layout adds the page where its card stands."""

    heading: str
    dose_label: str
    often_label: str
    page_label: str
    rows: tuple[PlanRow, ...]


@dataclass(frozen=True, slots=True)
class ContactColumn:
    """lines: each a passage; link: target of the line with that index, such as tel:+19075550142 or https://..."""

    heading: str
    lines: tuple[Text, ...]
    links: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """The closing row of the cover. code: target of the QR code beside the last column, "" for none."""

    columns: tuple[ContactColumn, ...]
    code: str = ""
    code_alt: str = ""


@dataclass(frozen=True, slots=True)
class SignOff:
    """Draft, signed or overdue. text: "Draft, not signed off by a clinician" or "Reviewed Nov 2026 by ..."."""

    state: Literal["draft", "signed", "overdue"]
    text: Text
    icon: str


@dataclass(frozen=True, slots=True)
class ActionBox:
    """The box of a help-only cover: what the patient said and what to do."""

    urgency: Urgency
    word: str
    phone: str
    phone_link: str
    told: tuple[tuple[str, tuple[str, ...]], ...]
    do_label: str
    do: tuple[str, ...]
    icon: str


@dataclass(frozen=True, slots=True)
class HandBack:
    """The form for the person who checks a patient.

    boxes: words beside tick boxes, which box_word stands for; lines: captions under writing lines.
    """

    heading: Text
    boxes: tuple[str, ...]
    box_word: str
    lines: tuple[str, ...]


# ----------------------------------------------------------------------------------------------------------------- help


@dataclass(frozen=True, slots=True)
class HelpGroup:
    """Warning signs of one urgency.

    number: in the octagon of the emergency group. phone: "" for the emergency group.
    """

    urgency: Urgency
    word: str
    signs: tuple[Text, ...]
    icon: str
    number: str = ""
    phone: str = ""
    phone_link: str = ""


@dataclass(frozen=True, slots=True)
class HelpBlock:
    """The full "When to get help" list, by urgency; never split within a group. continued: template with {page}."""

    title: str
    lead: Text
    groups: tuple[HelpGroup, ...]
    end: Text
    end_link: str
    continued: str


# ------------------------------------------------------------------------------------------------------------- handouts


@dataclass(frozen=True, slots=True)
class Display:
    """The big title of a handout's first page, set beside or above its figure.

    lines: hand-set line breaks, or one line.
    """

    kicker: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StockHead:
    """Writing lines at the top of a stock copy: words before each line."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageTitle:
    """Starts a handout's next page."""

    kicker: str
    title: str


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """lead: set larger, as the opening of a page."""

    text: Text
    lead: bool = False


@dataclass(frozen=True, slots=True)
class ListBlock:
    """mark: the sign before each item; mark_word: what it says to a reader who cannot see it ("Yes", "No"), or ""."""

    heading: str
    items: tuple[Text, ...]
    mark: Literal["tick", "cross", "bullet"] = "bullet"
    mark_word: str = ""


@dataclass(frozen=True, slots=True)
class MythRow:
    myth: Text
    fact: Text


@dataclass(frozen=True, slots=True)
class MythTable:
    myth_heading: str
    fact_heading: str
    myth_icon: str
    fact_icon: str
    rows: tuple[MythRow, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    left: ListBlock
    right: ListBlock


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    text: Text


@dataclass(frozen=True, slots=True)
class Flow:
    """Numbered steps: two to four side by side with arrows, more of them below one another."""

    heading: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """A box. kind: summary (strong border), stop (stop border and octagon), care (triangle), plain."""

    kind: Literal["summary", "stop", "care", "plain"]
    heading: str
    items: tuple[Text, ...]
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its words. beside: stands at the right of the title and the box that follow it."""

    art: Art
    caption: str = ""
    heading: str = ""
    text: Text = Text(())
    beside: bool = False


@dataclass(frozen=True, slots=True)
class TableBlock:
    """columns: heads. rows: cells, as many as heads; the first of each row is its row head."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """References in small type at the foot of a handout's last page. note: version, author role and review dates."""

    heading: str
    items: tuple[Text, ...]
    note: str


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


# ------------------------------------------------------------------------------------------------------------ exercises


@dataclass(frozen=True, slots=True)
class DoseCell:
    """key: the dosage's own name (sets, reps, time_s, hold_s, rest_s, per_week, side, effort_rpe, weeks)."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class LadderLine:
    """A line under the dose: icon, its bold word ("Easier.", "Stop if") and the text."""

    kind: Literal["easier", "harder", "onward", "stop"]
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class ExerciseCard:
    """One prescribed exercise with all that its card can show but for the patient's note; each layout picks.

    headline: "2 × 8" for the compact card; brief_dose: its lines below. video: address or "". sketch: word on a card
    without a picture. attribution of an own picture prints below it.
    """

    number: int
    exercise: str
    name: str
    purpose: str
    picture: Picture | None
    sketch: str
    steps: tuple[str, ...]
    brief_steps: tuple[str, ...]
    dose: tuple[DoseCell, ...]
    headline: str
    brief_dose: tuple[str, ...]
    ladder: tuple[LadderLine, ...]
    video: str
    video_label: str
    video_alt: str
    practiced_label: str
    box_word: str
    position: str = ""


@dataclass(frozen=True, slots=True)
class ExerciseFoot:
    """The stop line at the foot of every exercise page. videos: the compact page's pointer to the code, or ""."""

    stop_line: Text
    icon: str
    effort: str
    videos: str = ""


@dataclass(frozen=True, slots=True)
class ExerciseTitles:
    """Titles of exercise pages: templates with {first} and {last}. glance: the compact page's title."""

    one: str
    two: str
    many: str
    glance: str
    plain: str


@dataclass(frozen=True, slots=True)
class Exercises:
    """Cards in their order. notes: the clinician's words to this patient for each card, None for a card without."""

    titles: ExerciseTitles
    cards: tuple[ExerciseCard, ...]
    notes: tuple[Text | None, ...]
    foot: ExerciseFoot


# ------------------------------------------------------------------------------------------------------------------ log


@dataclass(frozen=True, slots=True)
class LogDay:
    """weekday: "Mon". day: "Nov 23" on the first of a week or month, else "24"."""

    date: date
    weekday: str
    day: str


@dataclass(frozen=True, slots=True)
class LogRow:
    number: int
    name: str
    goal: str


@dataclass(frozen=True, slots=True)
class LogWeek:
    heading: str
    goal_label: str
    days: tuple[LogDay, ...]
    rows: tuple[LogRow, ...]
    pain_rows: tuple[str, ...]
    pain_range: str


@dataclass(frozen=True, slots=True)
class PainZone:
    """A zone of the pain scale from `low` to `high`. text: bold word and what to do."""

    kind: Literal["go", "care", "stop"]
    low: int
    high: int
    text: Text
    icon: str


@dataclass(frozen=True, slots=True)
class PainScale:
    heading: str
    legend: str
    zones: tuple[PainZone, ...]
    alt: str


@dataclass(frozen=True, slots=True)
class WritingLines:
    """Columns with a heading above empty lines."""

    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Log:
    title: str
    intro: Text
    weeks: tuple[LogWeek, ...]
    scale: PainScale
    writing: WritingLines
    bring: Text | None


# ------------------------------------------------------------------------------------------------------------ print run


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """A pack's line: numbers of its sheets ("5 to 8"), its id, how many pages."""

    sheets: str
    pack: str
    pages: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The list at the front of a print run. heads: of the columns of `ManifestRow`. lines: captions of writing lines.

    left_out: which packs are not in the run, or an empty text.
    """

    title: str
    lead: str
    facts: FactsRow
    notes: tuple[str, ...]
    left_out: str
    lines: tuple[str, ...]
    heads: ManifestRow
    rows: tuple[ManifestRow, ...]


@dataclass(frozen=True, slots=True)
class Separator:
    """The sheet before a pack: its id in large type, its place in the run, its pages and sheets."""

    pack: str
    place: str
    extent: str
    note: str


# ---------------------------------------------------------------------------------------------------- safety questions


@dataclass(frozen=True, slots=True)
class QuestionTable:
    """Questions with a box to tick for each answer. alarming: a yes stops everything; icon is its sign in words."""

    heading: str
    answers: tuple[str, ...]
    questions: tuple[str, ...]
    alarming: bool = False
    icon: str = ""


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """The safety questions for the clipboard. lines: captions under writing lines, the patient's name first."""

    title: str
    lead: Text
    lines: tuple[str, ...]
    tables: tuple[QuestionTable, ...]


# ------------------------------------------------------------------------------------------------------------- the pack

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
    in full, as the first page's do. page_of: template with {page} and {total}. between: what stands
    between parts of the footer. header: right part of
    the running header; header_name: the same without the date, for long
    names. letterhead: the paper is printed already, so the cover's masthead stays blank.
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
