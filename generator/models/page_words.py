"""The fixed words of each page and of alternative texts, section by section of a language file."""

from pydantic import Field

from generator.models.common import Frozen, Line, Name
from generator.models.wording import Led, Plural, Section, forms, words


class Cover(Section):
    """First page."""

    title: str = words("Title.", "name")
    patient: str = words("Label of the patient's name.")
    clinician: str = words("Label of the clinician's name.")
    date: str = words("Label of the date.")
    why: str = words("Heading of the reason.")
    goals: str = words("Heading of the goals.")
    note: str = words("Heading of the clinician's notes.")
    exercises: str = words("Heading of the plan at a glance.")
    handouts: str = words("Heading of the list of handouts in a plan without exercises.")
    dose: str = words("Column head of sets and reps.")
    often: str = words("Column head of how often.")
    page: str = words("Column head of the page.")
    sets_by: str = words("Sets and reps, or sets and seconds.", "sets", "amount")
    next_visit: str = words("Heading of the next visit.")
    visit: str = words("Time and person of the next visit.", "time", "person")
    bring: str = words("What to bring to the next visit.")
    questions: str = words("Heading of the contact.")
    call_or_text: str = words("Above a phone number that takes text messages.")
    call: str = words("Above a phone number that takes none.")
    videos: str = words("Heading beside the code.")
    scan: str = words("Below it.")


class Help(Section):
    """Strip of the first page, and the page of warning signs."""

    strip: str = words("Heading of the strip.", "number")
    strip_page: str = words("Where the full list is.", "page")
    title: str = words("Title of the page.")
    lead: str = words("Below it.")
    end: str = words("Closing line with the phone number.", "sentence", "phone")
    continued: str = words("At the foot of a page whose list goes on.", "page")


class DoseLabels(Section):
    """Labels of the dose strip."""

    sets: str = words("Sets in a session.")
    reps: str = words("Reps in a set.")
    time: str = words("Work time of a set.")
    hold: str = words("Time held.")
    rest: str = words("Rest between sets.")
    often: str = words("Days a week.")
    side: str = words("Side of the body.")
    effort: str = words("Effort from 0 to 10.")
    weeks: str = words("Weeks before it is looked at again.")
    load: str = words("Weight or band.")
    tempo: str = words("Pace.")


class Compact(Section):
    """Lines of the compact card."""

    side_weeks: str = words("Side and weeks.", "side", "weeks")
    hold: str = words("Hold.", "value")
    rest: str = words("Rest.", "value")
    effort: str = words("Effort.", "value")
    load: str = words("Weight or band.", "value")


class Sides(Section):
    """Sides, as a slot in a sentence, as a value and in a compact line."""

    left: str = words("In a sentence.")
    right: str = words("In a sentence.")
    left_value: str = words("As a value.")
    right_value: str = words("As a value.")
    both_value: str = words("As a value.")
    left_side: str = words("In a compact line.")
    right_side: str = words("In a compact line.")
    both_sides: str = words("In a compact line.")
    each_way: str = words("In a compact line, for exercises that go both ways in turn.")
    then_other: str = words("After the last step where both sides are prescribed.")
    means: str = words("What the prescribed side is.", "side", "part")


class ExerciseWords(Section):
    """Exercise pages."""

    plain: str = words("Title, and the bookmark.")
    one: str = words("Title of a page with one exercise.", "first")
    two: str = words("Title of a page with two.", "first", "last")
    many: str = words("Title of a page with more.", "first", "last")
    glance: str = words("Title of the compact page.")
    numbered: str = words("An exercise in a bookmark.", "number", "name")
    dose: DoseLabels = Field(description="Labels of the dose strip.")
    compact: Compact = Field(description="Lines of the compact card.")
    side: Sides = Field(description="Sides of the body.")
    easier: str = words("Before an easier form.")
    harder: str = words("Before a harder form.")
    suggested: str = words("An exercise as an easier or harder form.", "name")
    move_on: str = words("Beginning of when to move on; the exercise's sentence starts with it.")
    stop_if: str = words("Beginning of a stop sign; most stop texts start with it.")
    stop_or: str = words("Two stop signs in one line.", "first", "second")
    watch: str = words("Beside the code of a video.")
    practiced: str = words("Beside a box to tick.")
    sketch: str = words("In place of a picture.")
    effort: str = words("What the effort numbers mean.")
    videos: str = words("Where the compact page's videos are.", "page")


class PainZoneWords(Frozen):
    """What to do in each zone of the pain scale."""

    go: Led = Field(description="Little or no pain.")
    care: Led = Field(description="Some pain.")
    stop: Led = Field(description="Too much pain.")


class LogWords(Section):
    """The 14-day log."""

    title: str = words("Title, and the bookmark.")
    title_week: str = words("Title of a page that holds one week.", "number")
    intro: str = words("How to use it.")
    rest_days: str = words("Added when there is strength work.")
    week: str = words("Heading of a week.", "number")
    goal: str = words("Column head of the goal.")
    optional: str = words("Goal of an exercise that is optional.")
    pain_during: str = words("Row of pain during exercise.")
    pain_next: str = words("Row of pain the next morning.")
    pain_range: str = words("Range of the pain numbers.")
    scale: str = words("Heading of the pain scale.")
    no_pain: str = words("Lower end of the scale.")
    worst_pain: str = words("Upper end of the scale.")
    zones: PainZoneWords = Field(description="Captions of the zones.")
    easier: str = words("Heading above writing lines.")
    hard: str = words("Heading above writing lines.")
    bring: str = words("Before the day of the next visit.")
    bring_when: str = words("Day and time of the next visit.", "date", "time")


class WaitStep(Frozen):
    """A step of what to do until the patient was checked."""

    title: Name = Field(description="A few words.")
    text: Line = Field(description="One sentence.")


class HelpOnly(Section):
    """First page of a pack without exercises, after a hard stop."""

    title: str = words("Title.", "name")
    lead: str = words("Below it.")
    emergency: str = words("Word of the action box.", "number")
    same_day: str = words("Word of the action box.")
    same_week: str = words("Word of the action box.")
    told: str = words("Above what the patient said.")
    not_ruled_out: str = words("Above what was not answered.")
    do: str = words("Above what to do.")
    until: str = words("Heading of the steps.")
    steps: tuple[WaitStep, ...] = Field(min_length=2, max_length=4, description="What to do until then.")
    checker: str = words("Heading of the form to hand back.", "name")
    cleared: str = words("Beside a box to tick.")
    not_cleared: str = words("Beside a box to tick.")
    name_and_role: str = words("Below a writing line.")
    date: str = words("Below a writing line.")


class HandoutWords(Section):
    """Handouts."""

    myth: str = words("Column head.")
    fact: str = words("Column head.")
    quoted: str = words("A belief in quotation marks.", "words")
    sources: str = words("Heading of the references.")
    et_al: str = words("First of more than two authors.", "author")
    two_authors: str = words("Two authors.", "first", "second")
    note: str = words("Version and author.", "title", "version", "role")
    last_review: str = words("Day of the last review.", "date")
    next_review: str = words("Day when the next review is due.", "date")


class Furniture(Section):
    """Running headers and footers."""

    header: str = words("Header.", "name", "date")
    header_on_title: str = words("Header of pages whose title stands in it.", "name", "date")
    header_name: str = words("Header where the date does not fit.", "name")
    page_of: str = words("Number of the page.", "page", "total")
    between: str = words("Between parts of a header or footer.")
    draft: str = words("In the footer of a draft.")
    under_review: str = words("In the footer of content past its review.")
    stock: str = words("Header of a copy without a patient.")
    draft_stock: str = words("In the footer of a draft without a patient.")
    sample: str = words("Header of a sample card.")


class SignOffWords(Section):
    """Line of the sign-off."""

    draft: str = words("Nobody has signed it off.")
    under_review: str = words("Past its review.")
    signed: str = words("Month of the sign-off, bold.", "month")
    signed_by: str = words("Who signed, and the next review.", "who", "next")


class StockWords(Section):
    """Copy of a handout without a patient."""

    name: str = words("Before a writing line.")
    date: str = words("Before a writing line.")


class ScreeningWords(Section):
    """The safety questions as a form for the clipboard."""

    title: str = words("Title, and the bookmark.")
    lead: str = words("How to fill it in.")
    name: str = words("Below a writing line: the patient's name.")
    born: str = words("Below a writing line: the patient's date of birth.")
    asked_by: str = words("Below a writing line: who asked.")
    date: str = words("Below a writing line: the day.")
    first: str = words("Heading of the questions of which a yes stops everything.")
    others: str = words("Heading of the other questions.")
    yes: str = words("Column head.")
    no: str = words("Column head.")
    not_sure: str = words("Column head.")


class AlternativeTexts(Section):
    """Words for readers who cannot see."""

    emergency: str = words("Octagon with the emergency number.")
    care: str = words("Triangle.")
    week: str = words("Calendar.")
    stop: str = words("Stop sign.")
    go: str = words("Ring with a tick.")
    myth: str = words("Ring with a cross.")
    fact: str = words("Disc with a tick.")
    yes: str = words("Tick before a line.")
    no: str = words("Cross before a line.")
    goal: str = words("Flag before a goal.")
    easier: str = words("Arrow down.")
    harder: str = words("Arrow up.")
    onward: str = words("Arrow to the right.")
    draft: str = words("Dashed ring.")
    signed: str = words("Disc with a tick, of a sign-off.")
    logo: str = words("Logo.", "clinic")
    box: str = words("Empty box to tick.")
    box_day: str = words("Empty box of the log.", "exercise", "day")
    write_day: str = words("Empty cell of the log.", "row", "day")
    writing_line: str = words("Empty line to write on.")
    videos_code: str = words("Code on the first page.", "address")
    video_code: str = words("Code on a card.", "exercise", "address")
    pain_scale: str = words("The pain scale.")
    no_picture: str = words("Empty frame of a picture.", "exercise")
    arrow: str = words("Arrow between steps.")


class PdfWords(Section):
    """Metadata and bookmarks. None of them names a patient."""

    title: str = words("Title of a pack.", "clinic")
    help_title: str = words("Title of a pack without exercises.", "clinic")
    stock_title: str = words("Title of a copy without a patient.", "title", "clinic")
    sample_title: str = words("Title of a sample card.", "exercise", "clinic")
    screening_title: str = words("Title of the form with the safety questions.", "clinic")
    cover: str = words("Bookmark of the first page.")
    help: str = words("Bookmark of the warning signs.")
    insert: str = words("Bookmark of a clinic's own pages that have no description.")


class PrintRunWords(Section):
    """The list and the separators of a print run."""

    title: str = words("Title of the list.")
    lead: str = words("Below it.")
    packs: str = words("Label of the number of packs.")
    pages: str = words("Label of the number of pages.")
    blank: Plural = forms("Blank pages, below the number of pages.", "count")
    sheets: str = words("Label of the number of sheets.")
    sheets_of: str = words("Sheets of what, below their number.", "packs", "separators", "list")
    both_sides: str = words("How to print on both sides.")
    one_side: str = words("How to print on one side.")
    untagged: str = words("That the file is for paper only.")
    left_out: str = words("Packs that are not in the run.", "packs")
    counted: str = words("Under a writing line for the number of sheets counted.")
    counted_by: str = words("Under a writing line for a name.")
    date: str = words("Under a writing line for the day.")
    sheets_head: str = words("Column head of the sheets' numbers.")
    pack_head: str = words("Column head of the packs' ids.")
    pages_head: str = words("Column head of the number of pages.")
    place: str = words("A pack's place in the run.", "number", "total")
    pack_pages: Plural = forms("Pages of a pack.", "count")
    extent: str = words("Pages of a pack and its sheets.", "pages", "sheets", "total")
    separator: str = words("At the foot of a separator sheet.")
