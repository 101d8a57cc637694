"""Every state of a pack, read back by an independent reader: nothing clipped, nothing overlaps, nothing too small."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from generator.errors import HandoutsError
from generator.layout.flow import TooTall
from generator.models.exercise import Step
from generator.models.plan import Plan
from generator.models.selection import HardStop, Kept
from tests.kit import BRAND_NAMES, LAYOUT_NAMES, layout_named
from tests.packs import drawn, kept, library, pdf, plan, selection
from tests.reading import outside, overlapping, read, squeezed

TOP, SIDE = 28.0, 1.5
LETTERS = st.characters(codec="latin-1", categories=["L", "N", "P", "Zs"], exclude_characters="\u00ad\u00a0")
PASSAGES = st.text(LETTERS, min_size=1, max_size=280).map(lambda text: " ".join(text.split())).filter(bool)
NAMES = st.text(st.characters(codec="iso8859-2", categories=["L"]), min_size=1, max_size=28)
FULL_NAMES = st.lists(NAMES, min_size=1, max_size=2).map(" ".join)
IDS = tuple(sorted(library().exercises))


def check_geometry(data: bytes, layout: str) -> None:
    """Every character inside the live area, no two overlapping, none below the layout's floor."""
    for number, page in enumerate(read(data), 1):
        left = (page.width - 522) / 2
        stray = outside(page, left - SIDE, left + 522 + SIDE, TOP, page.height - 22)
        assert not stray, (number, [(one.text, one.left, page.height - one.top) for one in stray[:5]])
        crossing = overlapping(page)
        assert not crossing, (number, [(a.text, b.text, a.left, page.height - a.top) for a, b in crossing[:5]])
        smallest = min((one.size for one in page.characters), default=99)
        assert smallest >= layout_named(layout).minimum_size - 0.01, (number, smallest)


def some_exercises(count: int, **prescribed: Any) -> tuple[Kept, ...]:
    return tuple(kept(IDS[(7 * number) % len(IDS)], **prescribed) for number in range(count))


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("brand", BRAND_NAMES)
@pytest.mark.parametrize("layout", LAYOUT_NAMES)
def test_every_look(layout: str, brand: str, paper: str) -> None:
    one = plan(handouts=sorted(library().handouts))
    check_geometry(pdf(one, selection(some_exercises(4)), brand, layout, paper), layout)


@pytest.mark.parametrize("layout", LAYOUT_NAMES)
@pytest.mark.parametrize("count", [1, 2, 3, 5, 6, 7, 8, 12])
def test_one_to_twelve_exercises(layout: str, count: int) -> None:
    data = pdf(plan(), selection(some_exercises(count)), layout=layout)
    check_geometry(data, layout)
    text = squeezed(" ".join(page.text for page in read(data)))
    assert all(squeezed(one.exercise.name) in text for one in some_exercises(count))


@given(
    name=FULL_NAMES,
    why=st.none() | PASSAGES,
    goals=st.lists(st.text(LETTERS, min_size=1, max_size=110).map(str.strip).filter(bool), max_size=3),
    notes=st.lists(PASSAGES, max_size=2),
    card_note=st.none() | PASSAGES,
    visit=st.booleans(),
    layout=st.sampled_from(LAYOUT_NAMES),
    look=st.sampled_from([(brand, paper) for brand in BRAND_NAMES for paper in ("letter", "a4")]),
    ids=st.lists(st.sampled_from(IDS), min_size=1, max_size=4, unique=True),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_words(
    name: str,
    why: str | None,
    goals: list[str],
    notes: list[str],
    card_note: str | None,
    visit: bool,
    layout: str,
    look: tuple[str, str],
    ids: list[str],
) -> None:
    one = plan(name=name, why=why, goals=goals, notes=notes, next_visit={"date": "2026-12-07"} if visit else None)
    chosen = selection(tuple(kept(id, note=card_note) for id in ids))
    try:
        data = pdf(one, chosen, look[0], layout, look[1])
    except TooTall:
        reject()  # a card that is higher than a page is an error that names it, see below
    check_geometry(data, layout)
    text = squeezed(" ".join(page.text for page in read(data)))
    for words in (name, *goals, *notes, why or "", card_note or ""):
        assert squeezed(words) in text, words


def _pages(one: Plan, ids: tuple[str, ...], **options: Any) -> list[str]:
    return [page.text for page in read(pdf(one, selection(tuple(kept(id) for id in ids)), **options))]


def test_the_help_page_is_the_back_of_page_one() -> None:
    for layout in LAYOUT_NAMES:
        pages = _pages(plan(), ("clamshell", "step-down"), layout=layout)
        assert "Get help now" in pages[0]
        assert "When to get help" in pages[1]
        assert "page 2" in pages[0]


def test_the_strip_stays_on_page_one_however_much_stands_before_it() -> None:
    long = plan(name="Maximiliana-Theodora Papadimitriou-Vandenbroucke de Montfort", why="Because it helps. " * 60)
    for layout in LAYOUT_NAMES:
        for one in (long, plan(notes=["Call me."]), plan(notes=["Call me if you are unsure. " * 6] * 2)):
            assert "Get help now" in _pages(one, ("clamshell",), layout=layout)[0]


def test_no_sign_is_dropped_when_a_pack_covers_many_regions() -> None:
    ids = ("clamshell", "knee-to-wall", "cat-cow", "band-row")
    chosen = selection(tuple(kept(id) for id in ids))
    flags = library().evidence.red_flags
    pages = read(pdf(plan(), chosen))
    signs = [flags[id].short for id in chosen.red_flags if flags[id].urgency == "emergency"]
    assert len(signs) > 4
    assert all(squeezed(sign) in squeezed(pages[0].text) for sign in signs)
    full = squeezed(" ".join(page.text for page in pages[1:3]))
    assert all(squeezed(flags[id].wording) in full for id in chosen.red_flags)


def test_page_numbers_of_the_cover_are_those_of_the_cards() -> None:
    ids = ("clamshell", "step-down", "wall-sit", "calf-raise", "cat-cow")
    for layout in LAYOUT_NAMES:
        document = drawn(plan(), selection(tuple(kept(id) for id in ids)), layout=layout)
        pages = read(pdf(plan(), selection(tuple(kept(id) for id in ids)), layout=layout))
        marks = {mark.title: mark.page for mark in document.bookmarks if mark.level == 2}
        for number, id in enumerate(ids, 1):
            name = library().exercises[id].name
            page = marks[f"{number}. {name}"] + 1
            assert squeezed(name) in squeezed(pages[page - 1].text)
            if layout != "large-print":  # there a row may take two lines
                row = next(line for line in pages[0].text.splitlines() if name in line)
                assert row.rstrip().endswith(str(page))


def test_a_hard_stop_prints_two_pages_and_no_exercise() -> None:
    chosen = selection((), red_flags=("RF02", "RF01"), hard_stops=(HardStop("suspected-dvt", answered=True),))
    pages = read(pdf(plan(), chosen))
    assert len(pages) == 2
    assert squeezed(library().safety.avoid_tags["suspected-dvt"].told or "") in squeezed(pages[0].text)
    assert "Clamshell" not in pages[0].text


def test_twenty_rows_of_myths_go_on_over_pages() -> None:
    shared = library()
    topic = next(handout for handout in shared.handouts.values() if any(b.type == "myths" for b in handout.blocks))
    blocks = [
        block.model_copy(update={"rows": (block.rows * 20)[:20]}) if block.type == "myths" else block
        for block in topic.blocks
    ]
    shared.handouts["many-myths"] = topic.model_copy(update={"id": "many-myths", "blocks": tuple(blocks)})
    try:
        for layout in ("standard", "large-print"):
            data = pdf(plan(handouts=["many-myths"]), selection((), red_flags=("RF02",)), layout=layout)
            check_geometry(data, layout)
    finally:
        del shared.handouts["many-myths"]


def test_a_character_that_no_font_has_is_an_error_and_never_a_blank() -> None:
    with pytest.raises(HandoutsError, match=r"U\+5317"):
        pdf(plan(name="Li 北京"), selection((kept("clamshell"),)))


@pytest.mark.parametrize(
    "text", ["<b>bold</b> & more", "<img src=/etc/passwd>", "javascript:alert(1)", "]]> <![CDATA[", "a\\(b)"]
)
def test_markup_is_printed_as_typed(text: str) -> None:
    data = pdf(plan(why=text), selection((kept("clamshell", note=text),)))
    assert squeezed(" ".join(page.text for page in read(data))).count(squeezed(text)) == 2
    with pikepdf.open(io.BytesIO(data)) as document:
        actions = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one.get("/A", {})]
        assert actions
        assert {str(one.A.S) for one in actions} == {"/URI"}
        assert all(str(one.A.URI).startswith(("tel:", "https:")) for one in actions)


def test_a_card_that_cannot_fit_is_an_error_that_names_the_exercise_and_not_the_patient() -> None:
    steps = tuple(Step(text="Do this slowly and keep your back long. " * 6) for _ in range(10))
    long = kept("clamshell").exercise.model_copy(update={"steps": steps})
    one = kept("clamshell")
    with pytest.raises(TooTall, match='The card of exercise 1, "Clamshell", is too long for a page') as refusal:
        pdf(plan(), selection((replace(one, exercise=long),)))
    assert "Maya" not in str(refusal.value)


def test_the_same_block_gives_the_same_bytes_in_two_packs() -> None:
    one = drawn(plan(), selection((kept("clamshell"),)))
    two = drawn(plan(name="Omar Haddad", id="test-2"), selection((kept("clamshell"), kept("step-down"))))
    shared = {p.block for page in one.pages for p in page.placements if p.block.shared}
    again = {p.block for page in two.pages for p in page.placements if p.block.shared}
    assert len(shared & again) > 10


def test_a_letterhead_leaves_the_masthead_blank() -> None:
    page = read(pdf(plan(), selection((kept("clamshell"),)), letterhead=True))[0]
    assert not [one for one in page.characters if page.height - one.bottom < 100]


@pytest.mark.parametrize("id", IDS)
def test_every_exercise_has_room_on_a_large_print_page(id: str) -> None:
    one = kept(id, note="Keep your toes pointing ahead. Breathe out as you lift. – Sam")
    check_geometry(pdf(plan(), selection((one,)), layout="large-print"), "large-print")


def test_at_least_forty_exercises_fit_a_compact_card() -> None:
    pages = {}
    for id in IDS:
        six = tuple(kept(id) for _ in range(6))
        document = drawn(plan(), selection(six), layout="compact")
        pages[id] = sum(sheet == "exercises" for sheet in document.sheets)
    assert sum(count == 1 for count in pages.values()) >= 40, [id for id, count in pages.items() if count > 1]


@pytest.mark.parametrize("count", [1, 4, 6, 8])
def test_a_compact_card_prints_the_clinicians_note(count: int) -> None:
    note = "Keep your toes pointing ahead. – Sam"
    data = pdf(plan(), selection(some_exercises(count, note=note)), layout="compact")
    check_geometry(data, "compact")
    assert squeezed(" ".join(page.text for page in read(data))).count(squeezed(note)) == count


def test_fewer_than_six_compact_cards_show_the_start_too() -> None:
    heights = [
        max(
            p.block.height
            for page in drawn(plan(), chosen, layout="compact").pages
            for p in page.placements
            if p.block.forms
        )
        for chosen in (selection(some_exercises(6)), selection(some_exercises(4)))
    ]
    assert heights[0] < 112 < heights[1]


@pytest.mark.parametrize(
    ("name", "count"), [("Maximiliana-Theodora Papadimitriou-Vandenbroucke de Montfort", 4), ("Maya Torgersen", 8)]
)
def test_a_cover_stays_on_one_page_with_a_very_long_name_or_eight_exercises(name: str, count: int) -> None:
    one = plan(name=name, why="So we will train your hips and legs, step by step. " * 6, goals=["Hike", "Ski", "Work"])
    document = drawn(one, selection(some_exercises(count)))
    assert document.sheets.count("cover") == 1
    check_geometry(pdf(one, selection(some_exercises(count))), "standard")


def test_two_exercises_with_ranges_share_a_page_and_one_alone_has_a_large_picture() -> None:
    both, alone = (drawn(plan(), selection(tuple(kept(id) for id in ids))) for ids in (IDS[:2], IDS[:1]))
    assert both.sheets.count("exercises") == alone.sheets.count("exercises") == 1
    widest = [
        max(p.block.forms[0].box[2] for page in one.pages for p in page.placements if p.block.forms)
        for one in (both, alone)
    ]
    assert widest == [166, 522]


@pytest.mark.parametrize(
    ("day", "printed"), [("2026-11-24", "Tuesday, November 24, 2026"), ("2026-11-25", "Wed, November 25, 2026")]
)
def test_a_date_stays_on_its_line(day: str, printed: str) -> None:
    lines = read(pdf(plan(date=day), selection((kept("clamshell"),))))[0].text.splitlines()
    assert [line for line in lines if printed in line]
