"""The document tree: what a pack says, before anything knows where it will stand.

`compose` makes these values from a plan and the library; `layout` turns them into drawn pages. All words are already
in the patient's language. What only the layout can know (page numbers) stands as {page}, {total}, {first} or {last}
in a template. Every block is a frozen, hashable value: equal blocks are drawn once and placed many times. Blocks
whose words belong to one patient say so (`Text.personal`), so that they are never kept.

Each family of pages has a module of its own; `document` puts them together. Import the names from here.
"""

from generator.blocks.cover import (
    ActionBox,
    Contact,
    ContactColumn,
    CoverTitle,
    Fact,
    FactsRow,
    HandBack,
    PlanNotes,
    PlanRow,
    PlanTable,
    SignOff,
    WhyAndGoals,
)
from generator.blocks.document import Block, CoverBlock, Document, Furniture, HandoutBlock, Insert, Sheet, SheetKind
from generator.blocks.exercises import DoseCell, ExerciseCard, ExerciseFoot, Exercises, ExerciseTitles, LadderLine
from generator.blocks.handout import (
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
    Step,
    StockHead,
    TableBlock,
)
from generator.blocks.help import HelpBlock, HelpGroup, HelpStrip, Urgency
from generator.blocks.log import Log, LogDay, LogRow, LogWeek, PainScale, PainZone, WritingLines
from generator.blocks.pictures import Art, DrawnPicture, OwnPicture, Picture
from generator.blocks.print_run import Manifest, ManifestRow, Separator
from generator.blocks.screening import QuestionForm, QuestionTable
from generator.blocks.text import Emphasis, Span, Text, marked_lead, plain, texts_in

__all__ = [
    "ActionBox",
    "Art",
    "Block",
    "Callout",
    "Columns",
    "Contact",
    "ContactColumn",
    "CoverBlock",
    "CoverTitle",
    "Display",
    "Document",
    "DoseCell",
    "DrawnPicture",
    "Emphasis",
    "ExerciseCard",
    "ExerciseFoot",
    "ExerciseTitles",
    "Exercises",
    "Fact",
    "FactsRow",
    "Figure",
    "Flow",
    "Furniture",
    "HandBack",
    "HandoutBlock",
    "Heading",
    "HelpBlock",
    "HelpGroup",
    "HelpStrip",
    "Insert",
    "LadderLine",
    "ListBlock",
    "Log",
    "LogDay",
    "LogRow",
    "LogWeek",
    "Manifest",
    "ManifestRow",
    "MythRow",
    "MythTable",
    "OwnPicture",
    "PageTitle",
    "PainScale",
    "PainZone",
    "Paragraph",
    "Picture",
    "PlanNotes",
    "PlanRow",
    "PlanTable",
    "QuestionForm",
    "QuestionTable",
    "Separator",
    "Sheet",
    "SheetKind",
    "SignOff",
    "Sources",
    "Span",
    "Step",
    "StockHead",
    "TableBlock",
    "Text",
    "Urgency",
    "WhyAndGoals",
    "WritingLines",
    "marked_lead",
    "plain",
    "texts_in",
]
