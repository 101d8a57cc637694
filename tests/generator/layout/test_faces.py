from __future__ import annotations

import pytest

from generator.errors import ContentError
from generator.layout.faces import Face, MissingGlyph, Stack
from tests.kit import LAYOUTS, tokens

SOURCE_SANS = LAYOUTS / "fonts" / "source-sans-3" / "SourceSans3_400Regular.ttf"
BRICOLAGE = LAYOUTS / "fonts" / "bricolage-grotesque" / "BricolageGrotesque_800ExtraBold.ttf"


def test_codes_do_not_depend_on_what_was_shown_before() -> None:
    one, two = Stack((Face("F1", SOURCE_SANS),)), Stack((Face("F1", SOURCE_SANS),))
    two.show("Žižek Ñandú 北".replace("北", ""), 12)
    words = "Łódź – “plan” for Zoë, 2 × 8"
    assert one.show(words, 12) == two.show(words, 12)


def test_every_character_of_a_face_has_one_code_in_one_set() -> None:
    face = Face("F1", SOURCE_SANS)
    places = {}
    for character, place in face.codes.items():
        if character not in "\u00a0\u202f\u2011":
            assert place not in places, (character, places[place])
            places[place] = character


def test_first_set_holds_latin_1_and_punctuation() -> None:
    face = Face("F1", SOURCE_SANS)
    assert all(face.codes[character][0] == 0 for character in "Az09éñß–—‘’“”•…×→")
    assert face.codes["ł"][0] > 0


def test_a_character_that_the_display_face_lacks_comes_from_the_body_face() -> None:
    stack = tokens().stack("head")
    shown = stack.show("Жук", 20)
    assert all(name.startswith(stack.faces[1].resource) for name in shown.glyph_sets)
    assert stack.width("Жук", 20) > 20


def test_combining_marks_of_alaska_native_names_stay_with_their_letter() -> None:
    stack = Stack((Face("F1", BRICOLAGE), Face("F2", SOURCE_SANS)))
    shown = stack.show("X\u0331áat", 12)
    assert b"TJ" in shown.operators
    assert stack.width("X\u0331", 12) == stack.width("X", 12)


@pytest.mark.parametrize(("character", "name"), [("北", "cjk unified ideograph-5317"), ("ש", "hebrew letter shin")])
def test_a_character_that_no_font_has_is_named(character: str, name: str) -> None:
    with pytest.raises(MissingGlyph) as refusal:
        tokens().stack("body").show(f"Ana {character}", 12)
    assert f"U+{ord(character):04X} ({name})" in refusal.value.message
    assert "Ana" not in str(refusal.value)


def test_a_broken_font_file_is_named(tmp_path) -> None:  # type: ignore[no-untyped-def]
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"not a font")
    with pytest.raises(ContentError, match=r"broken\.ttf: This font file cannot be read\."):
        Face("F1", broken)
