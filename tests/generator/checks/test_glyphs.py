"""Every character has a glyph in the fonts of its role, over content, brands and plans."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.checks.glyphs import Glyphs, first_missing, name_of
from generator.checks.library import check_library
from generator.models.library import Library
from tests.generator.checks.bench import TODAY, all_signed, exercise, gates, library, passed, plan_of, refused
from tests.generator.checks.content import paragraph, with_exercise, with_handout
from tests.kit import BRAND_NAMES, tokens

ZHE = "\u0416"
GLYPHS: dict[str, Glyphs] = {brand: tokens(brand).characters() for brand in BRAND_NAMES}
ASCII = frozenset(map(chr, range(32, 127)))
PLAIN: Glyphs = dict.fromkeys(GLYPHS["ascent"], (ASCII,))


def findings(shelf: Library, glyphs: dict[str, Glyphs] = GLYPHS) -> list[str]:
    found = check_library(shelf, TODAY, reviews=all_signed(), glyphs=glyphs)
    return [f"{one.code} {one.severity}: {one.message}" for one in found if one.code == "P05"]


def test_shipped_content_prints_in_both_brands() -> None:
    assert findings(library()) == []


def test_a_character_without_a_glyph_is_refused_by_name() -> None:
    shelf = with_handout(paragraph("Walk \u4e00 mile."))
    assert findings(shelf) == [
        f"P05 error: No font of body of brand {brand} can print U+4E00 (cjk unified ideograph-4e00)."
        for brand in BRAND_NAMES
    ]


def test_headings_are_held_to_the_fonts_of_headings() -> None:
    without = tuple(font - {ZHE} for font in GLYPHS["ascent"]["head_bold"])
    lacking: dict[str, Glyphs] = {"ascent": {**GLYPHS["ascent"], "head_bold": without}}
    assert findings(with_handout(paragraph(f"{ZHE} is a letter.")), lacking) == []
    heading = {"type": "heading", "text": f"{ZHE} is a letter"}
    named = with_exercise("clamshell", name=f"Clam {ZHE}")
    message = f"P05 error: No font of head_bold of brand ascent can print {name_of(ZHE)}."
    assert message in findings(named, lacking)
    assert message in findings(with_handout(heading, paragraph("Walk.")), lacking)


def test_a_brand_needs_its_own_name_and_ascii_in_each_role() -> None:
    brand = library().brands["ascent"].model_copy(update={"tagline": "\u4e00"})
    shelf = replace(library(), brands={"ascent": brand})
    assert findings(shelf, {"ascent": GLYPHS["ascent"]}) == [
        "P05 error: No font of head_bold of brand ascent can print U+4E00 (cjk unified ideograph-4e00)."
    ]
    without = {"ascent": {**GLYPHS["ascent"], "note": (ASCII - {"@"},)}}
    assert findings(library(), without) == [
        "P05 error: No font of note of brand ascent can print U+0040 (commercial at)."
    ]


@pytest.mark.parametrize(
    ("fields", "role", "key"),
    [
        ({"name": f"Robin {ZHE}"}, "head", "name"),
        ({"preferred_name": ZHE}, "head", "preferred_name"),
        ({"second_id": ZHE}, "body", "second_id"),
        ({"clinician": {"name": ZHE}}, "body", "clinician.name"),
        ({"why": ZHE}, "body", "why"),
        ({"goals": [ZHE]}, "body", "goals.0"),
        ({"notes": [ZHE]}, "note", "notes.0"),
        ({"next_visit": {"date": "2026-12-07", "bring": ZHE}}, "body", "next_visit.bring"),
    ],
)
def test_a_plans_words_are_held_to_the_fonts_of_its_brand(fields: dict[str, object], role: str, key: str) -> None:
    plan = plan_of("clamshell", **fields)
    assert refused(plan, glyphs=PLAIN) == (f"No font of {role} can print {name_of(ZHE)}.",)
    assert passed(plan, glyphs=GLYPHS["ascent"])
    assert [str(one.place).partition(" ")[2] for one in gates(plan, glyphs=PLAIN)[1]] == [f"({key})"]


def test_an_exercises_own_words_count_too() -> None:
    plan = plan_of(exercise("clamshell", load=ZHE, note=ZHE))
    assert refused(plan, glyphs=PLAIN) == tuple(
        f"No font of {role} can print {name_of(ZHE)}." for role in ("body", "note")
    )


def test_help_pages_are_withheld_for_the_name_alone() -> None:
    stopped = plan_of("clamshell", yes=["suspected-dvt"], notes=[ZHE])
    assert passed(stopped, glyphs=PLAIN)[0].hard_stops
    named = plan_of("clamshell", yes=["suspected-dvt"], name=ZHE)
    assert refused(named, glyphs=PLAIN) == (f"No font of head can print {name_of(ZHE)}.",)


def test_a_mark_needs_the_font_of_its_letter() -> None:
    letters, marks = frozenset("abc"), frozenset("\u0331")
    assert first_missing("ab", (letters, marks)) is None
    assert first_missing("a\u0331", (letters, marks)) == "\u0331"
    assert first_missing("a\u0331", (letters, letters | marks)) is None
    assert first_missing("ax\u0331", (letters, marks)) == "x"
    assert first_missing("a\nb", (letters,)) is None
