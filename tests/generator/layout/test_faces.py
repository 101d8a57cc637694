from __future__ import annotations

from dataclasses import astuple
from pathlib import Path

import pytest

from generator.errors import ContentError
from generator.layout import font_files
from generator.layout.faces import Face, MissingGlyph, Stack
from generator.layout.tokens import PAPERS, Tokens
from tests.kit import LAYOUTS, brand_named, layout_named, tokens
from tests.memory import Memory

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
    assert "TJ" in shown.operators
    assert stack.width("X\u0331", 12) == stack.width("X", 12)


@pytest.mark.parametrize(("character", "name"), [("北", "cjk unified ideograph-5317"), ("ש", "hebrew letter shin")])
def test_a_character_that_no_font_has_is_named(character: str, name: str) -> None:
    with pytest.raises(MissingGlyph) as refusal:
        tokens().stack("body").show(f"Ana {character}", 12)
    assert f"U+{ord(character):04X} ({name})" in refusal.value.message
    assert "Ana" not in str(refusal.value)


FONTS = sorted((LAYOUTS / "fonts").glob("*/*.ttf"))


@pytest.mark.parametrize("file", FONTS, ids=lambda file: file.stem)
def test_what_is_kept_of_a_font_is_what_it_holds(file: Path) -> None:
    memory, read = Memory(), Face("F1", file)
    numbers = sorted({number for number, _ in read.codes.values()})
    for face in (Face("F1", file, memory), Face("F1", file, memory)):  # the second one finds all of it kept
        assert face.codes == read.codes
        assert face.characters == read.codes.keys()
        assert [face.width(character) for character in read.codes] == [read.width(one) for one in read.codes]
        assert all(astuple(face.glyph_set(one)) == astuple(read.glyph_set(one)) for one in numbers)
        assert face.extent("n") == read.extent("n")


def test_a_font_that_was_kept_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory()
    first = astuple(Face("F1", SOURCE_SANS, memory).glyph_set(0))
    monkeypatch.setattr(font_files, "TTFontFace", None)
    assert astuple(Face("F1", SOURCE_SANS, memory).glyph_set(0)) == first


def test_the_fonts_of_a_look_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory()

    def look() -> Tokens:
        brand, layout = brand_named("ascent"), layout_named("standard")
        return Tokens(brand, layout, PAPERS["letter"], lambda name: LAYOUTS / "fonts" / name, (), memory)

    first = look().characters()
    monkeypatch.setattr(font_files, "TTFontFace", None)
    assert look().characters() == first


def test_another_font_and_another_reportlab_keep_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory, file = Memory(), tmp_path / "font.ttf"
    for source in (SOURCE_SANS, BRICOLAGE):
        file.write_bytes(source.read_bytes())
        assert astuple(Face("F1", file, memory).glyph_set(0)) == astuple(Face("F1", source).glyph_set(0))
    kept = len(memory.texts)
    monkeypatch.setattr(font_files, "Version", "another")
    Face("F1", file, memory).glyph_set(0)
    assert len(memory.texts) == kept + 2


def test_a_broken_font_file_is_named(tmp_path) -> None:  # type: ignore[no-untyped-def]
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"not a font")
    with pytest.raises(ContentError, match=r"broken\.ttf: This font file cannot be read\."):
        Face("F1", broken)
