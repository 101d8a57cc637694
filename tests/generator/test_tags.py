"""What our own packs say to a screen reader: everything, once, in order, and under the right roles."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from generator.marks import Body, DrawnBlock, DrawnDocument, DrawnPage, Element, Placement, only
from generator.merge.naming import Names
from generator.merge.pack import Insert, Part, insert_into
from generator.merge.reading import read_pdf
from generator.models.selection import HardStop, Selection
from generator.write import structure
from generator.write.pdf import write
from tests.expected_roles import of_pack
from tests.generator.merge.graph import faults
from tests.generator.merge.views import page_words, pdfium_words, poppler_words
from tests.kit import LAYOUT_NAMES
from tests.packs import composed, kept, laid_out, library, plan, selection
from tests.spoken import Spoken, mark_texts, spoken

CARDS = ("clamshell", "step-down", "cat-cow")


def _stopped() -> Selection:
    return selection((), red_flags=("RF02", "RF01"), hard_stops=(HardStop("suspected-dvt", answered=True),))


class Pack:
    """A pack in all its forms. tree: as it is spoken."""

    def __init__(self, brand: str, layout: str, chosen: Selection, **fields: Any) -> None:
        self.brand, self.layout = library().brands[brand], layout
        self.document = composed(plan(**fields), chosen, brand)
        self.drawn = laid_out(self.document, brand, layout)
        self.pdf = write(self.drawn)
        self.tree = spoken(self.pdf)


def _packs() -> dict[str, Pack]:
    topics = sorted(library().handouts)
    three = selection(tuple(kept(id, note="Go slow. – Sam") for id in CARDS))
    found = {name: Pack("ascent", name, three, handouts=topics) for name in LAYOUT_NAMES}
    found["another brand"] = Pack("harbor-street", "standard", three, why=None, notes=["Call if unsure."])
    found["help only"] = Pack("ascent", "standard", _stopped())
    return found


PACKS = _packs()


@pytest.fixture(params=PACKS)
def pack(request: pytest.FixtureRequest) -> Pack:
    return PACKS[request.param]


def counted(tree: Spoken) -> Counter[str]:
    return Counter(one.role for one in tree.walk())


def test_how_many_elements_there_are_follows_from_the_blocks(pack: Pack) -> None:
    assert counted(pack.tree) == of_pack(pack.document, pack.drawn, pack.brand, pack.layout)


def test_one_paragraph_a_page_is_found_out() -> None:
    pack = PACKS["standard"]

    def flat(block: DrawnBlock) -> DrawnBlock:
        if not block.owners or block.links:
            return block
        one = Element("P", -1, tuple(("mark", number) for number in range(len(block.owners))))
        return replace(block, elements=(one,), owners=(0,) * len(block.owners))

    pages = tuple(
        replace(page, bodies=(Body(tuple(one._replace(block=flat(one.block)) for one in in_order(page))),))
        for page in pack.drawn.pages
    )
    tree = spoken(write(replace(pack.drawn, pages=pages, setting=None)))
    assert counted(tree) != of_pack(pack.document, pack.drawn, pack.brand, pack.layout)


def test_the_graph_is_sound(pack: Pack) -> None:
    assert faults(pack.pdf) == []


# ---- words


def test_every_reader_finds_the_same_words_in_the_same_order(pack: Pack, tmp_path: Path) -> None:
    order = " ".join(one.own for one in pack.tree.walk()).split()
    assert poppler_words(pack.pdf, tmp_path) == order
    by_page = [
        " ".join(one.own for one in pack.tree.walk() if one.page == number).split()
        for number in range(len(pack.drawn.pages))
    ]
    assert pdfium_words(pack.pdf) == by_page


def test_nothing_is_missing_and_nothing_is_twice(pack: Pack, tmp_path: Path) -> None:
    spoken_words = "".join("".join(one.own.split()) for one in pack.tree.walk())
    hidden = "".join("".join(texts.get(-1, "").split()) for texts in mark_texts(pack.pdf))
    printed = "".join(page_words(pack.pdf, tmp_path))
    assert Counter(spoken_words) + Counter(hidden) == Counter(printed)


def test_only_the_edges_of_a_page_are_not_spoken(pack: Pack) -> None:
    """Running header and footer, and the column heads that a table repeats on its next page."""
    furniture = pack.document.furniture
    pages = len(pack.drawn.pages)
    myths = [block for sheet in pack.document.sheets for block in sheet.blocks if hasattr(block, "myth_heading")]
    repeated = {word for block in myths for word in (block.myth_heading, block.fact_heading)}
    for number, texts in enumerate(mark_texts(pack.pdf), 1):
        words = texts.get(-1, "")
        edges = (
            furniture.pack_id,
            furniture.state,
            furniture.state_in_full,
            furniture.page_of.format(page=number, total=pages),
            furniture.header.words,
            furniture.title_header.words,
            furniture.cover_footer,
            furniture.phone,
            *furniture.footer,
            furniture.between,
            pack.brand.tagline,
            pack.brand.name,
            *repeated,
        )
        for edge in sorted(filter(None, edges), key=len, reverse=True):
            words = words.replace(edge, " ")
        assert not words.split(), (number, words)


# ---- order and sense


def test_headings_come_in_order(pack: Pack) -> None:
    levels = [int(one.role[1]) for one in pack.tree.walk() if one.role in ("H1", "H2", "H3")]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    sheets = [kid for kid in pack.tree.kids if kid.role == "Sect"]
    assert [sheet.title for sheet in sheets] == [sheet.title for sheet in pack.document.sheets]
    for sheet in sheets:
        assert sheet.all("H1"), sheet.title
        assert all(one.words for one in sheet.walk() if one.role in ("H1", "H2", "H3"))


def test_each_card_is_a_section_that_starts_with_its_name(pack: Pack) -> None:
    cards = [one for sheet in pack.tree.kids for one in sheet.kids if one.role == "Sect"]
    expected = [library().exercises[id].name for id in CARDS] if pack.layout and len(pack.tree.kids) > 2 else []
    assert [one.title for one in cards] == expected
    for number, card in enumerate(cards, 1):
        assert card.kids[0].role == "H2"
        assert card.kids[0].words == f"{number} {card.title}"


def test_tables_have_heads_and_rows_of_one_width(pack: Pack) -> None:
    for table in pack.tree.all("Table"):
        widths = {sum(cell.span for cell in row.kids) for row in table.all("TR")}
        assert len(widths) == 1
        heads = table.all("TH")
        assert heads
        assert all(head.scope in ("Row", "Column") and head.words for head in heads)
        assert all(cell.role == "TH" or not cell.scope for cell in table.walk())


def test_pictures_links_and_notes_have_words(pack: Pack) -> None:
    assert all(one.alt.strip() for one in pack.tree.all("Figure"))
    links = pack.tree.all("Link")
    assert links
    for link in links:
        assert link.contents
        assert link.own.strip()
        assert link.target.startswith(("tel:", "https:", "mailto:"))


def test_myths_say_myth_and_facts_say_fact() -> None:
    words = library().languages["en"].alt
    rows = [row for row in PACKS["standard"].tree.all("TR") if row.all("Figure")]
    assert rows
    for row in rows:
        myth, fact = row.kids
        assert myth.words.startswith(words.myth)
        assert fact.words.startswith(words.fact)


def test_an_empty_box_before_words_says_what_it_is() -> None:
    box = library().languages["en"].alt.box
    boxes = [one for one in PACKS["standard"].tree.walk() if one.words.startswith(box) and one.role == "P"]
    assert len(boxes) == len(CARDS)
    form = [one.words for one in PACKS["help only"].tree.all("LI") if one.words.startswith(box)]
    words = library().languages["en"].help_only
    assert form == [f"{box} {words.cleared}", f"{box} {words.not_cleared}"]


def test_a_zone_of_the_pain_scale_says_its_numbers() -> None:
    zones = library().safety.pain_zones
    said = [one.words for one in PACKS["standard"].tree.all("LI")]
    for zone in (zones.go, zones.care, zones.stop):
        assert sum(words.startswith(f"{zone.low} to {zone.high},") for words in said) == 1


def test_what_stands_first_is_read_first() -> None:
    """A title before its figure, the sign of a box before its words, a page's title before its cards."""
    tree = PACKS["standard"].tree
    order = [(one.role, one.words) for one in tree.walk()]
    titles = [at for at, (role, _) in enumerate(order) if role == "H1"]
    figure = next(at for at, (role, words) in enumerate(order) if words.startswith("The right leg, seen from"))
    assert any(at in titles for at in (figure - 1, figure - 2))
    exercises = next(sheet for sheet in tree.kids if sheet.title == library().languages["en"].exercises.plain)
    assert [kid.role for kid in exercises.kids][:2] == ["H1", "Sect"]


# ---- the file


def test_the_file_says_who_it_is(pack: Pack) -> None:
    with pikepdf.open(io.BytesIO(pack.pdf)) as document:
        root = document.Root
        assert str(root.Lang) == pack.document.language
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(document.docinfo.Title) == pack.document.title
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == pack.document.title
        assert [page.label for page in document.pages] == [str(n + 1) for n in range(len(document.pages))]
        assert all(str(page.obj.Tabs) == "/S" for page in document.pages)
        with document.open_outline() as outline:
            assert [one.title for one in outline.root] == [sheet.title for sheet in _in_page_order(pack)]
            below = [one.title for top in outline.root for one in top.children]
        cards = CARDS if pack is not PACKS["help only"] else ()
        assert below == [f"{n}. {library().exercises[id].name}" for n, id in enumerate(cards, 1)]
        for font in _fonts(document):
            assert "/FontFile2" in font.FontDescriptor
            assert "/ToUnicode" in font


def _in_page_order(pack: Pack) -> list[Any]:
    order = list(dict.fromkeys(pack.drawn.sheets))
    return sorted(pack.document.sheets, key=lambda sheet: order.index(sheet.id))


def _fonts(document: pikepdf.Pdf) -> list[Any]:
    fonts = {font.objgen: font for page in document.pages for font in page.Resources.Font.values()}
    assert fonts
    return list(fonts.values())


def test_every_note_has_an_id_of_its_own() -> None:
    pack = PACKS["standard"]
    with pikepdf.open(io.BytesIO(pack.pdf)) as document:
        names = list(document.Root.StructTreeRoot.IDTree.Names)
    assert len(names) // 2 == len(pack.tree.all("Note")) > 10


def test_one_sheet_alone_is_as_sound(pack: Pack) -> None:
    for sheet in dict.fromkeys(pack.drawn.sheets):
        assert faults(write(only(pack.drawn, sheet))) == []


# ---- planted: what is wrong in our own writing is found


def in_order(page: DrawnPage) -> list[Placement]:
    return [one for body in page.bodies for one in body.placements]


def _with_first_figure(drawn: DrawnDocument, **changes: Any) -> DrawnDocument:
    """A document whose first picture is changed."""
    page = drawn.pages[0]
    placements = in_order(page)
    for position, one in enumerate(placements):
        elements = list(one.block.elements)
        found = next((n for n, element in enumerate(elements) if element.role == "Figure"), None)
        if found is not None:
            elements[found] = elements[found]._replace(**changes)
            block = replace(one.block, elements=tuple(elements))
            placements[position] = one._replace(block=block)
            pages = (replace(page, bodies=(Body(tuple(placements)),)), *drawn.pages[1:])
            return replace(drawn, pages=pages, setting=None)
    raise AssertionError("no picture")


def test_a_picture_without_words_is_not_written() -> None:
    with pytest.raises(AssertionError, match="without words"):
        write(_with_first_figure(PACKS["standard"].drawn, alt=""))


@pytest.mark.parametrize("kids", [(), (("mark", 0), ("mark", 0))], ids=["no place", "two places"])
def test_a_mark_without_its_one_place_is_not_written(kids: Any) -> None:
    with pytest.raises(AssertionError, match="mark"):
        write(_with_first_figure(PACKS["standard"].drawn, kids=kids))


def _with_rows(monkeypatch: pytest.MonkeyPatch, change: Callable[[list[bytes]], list[bytes]]) -> list[str]:
    """Faults of a pack whose parent tree has the arrays of its pages changed."""
    row = structure._row

    def changed(*place: Any) -> bytes:
        return b" ".join(b"%b 0 R" % one for one in change(row(*place).removesuffix(b" 0 R").split(b" 0 R ")))

    monkeypatch.setattr(structure, "_row", changed)
    structure._numbering.cache_clear()
    found = faults(write(replace(PACKS["standard"].drawn, setting=None)))
    structure._numbering.cache_clear()
    return found


def test_a_reversed_array_of_the_parent_tree_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    found = _with_rows(monkeypatch, lambda numbers: numbers[::-1])
    assert any("parent tree does not lead" in fault for fault in found)


def test_a_dropped_entry_of_the_parent_tree_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    found = _with_rows(monkeypatch, lambda numbers: numbers[:-1])
    assert any("parent tree does not lead" in fault for fault in found)


def test_two_trees_with_the_same_ids_are_merged_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    pack = PACKS["standard"]
    inserts = [Insert(Part(read_pdf(pack.pdf, "again.pdf"), "again.pdf"), 2)]
    result = insert_into(pack.pdf, inserts, title="Pack", language="en")
    assert result.claims_pdf_ua
    assert faults(result.pdf) == []
    monkeypatch.setattr(Names, "_free", lambda names, name, taken: name)
    clashing = insert_into(pack.pdf, inserts, title="Pack", language="en")
    assert any("is used twice" in fault for fault in faults(clashing.pdf))
