from __future__ import annotations

import pytest

from generator.layout.studio import Studio
from generator.marks import DrawnBlock
from tests.kit import new_studio


def _rule(studio: Studio) -> None:
    studio.press.rule(0, 0, 10, 0, 1, "#000000")


def test_content_that_is_neither_tagged_nor_decoration_is_refused() -> None:
    studio = new_studio()
    with pytest.raises(AssertionError, match="neither tagged nor an artifact"):
        _rule(studio)


def test_marks_do_not_nest() -> None:
    press = new_studio().press
    with pytest.raises(AssertionError, match="inside a mark"), press.tagged("P"), press.artifact():
        pass


def test_an_open_element_is_noticed() -> None:
    press = new_studio().press
    press.element("P").__enter__()
    with pytest.raises(AssertionError, match="left open"):
        press.finish(10, 10)


def _drawn() -> DrawnBlock:
    press = new_studio().press
    press.begin()
    with press.element("L"), press.element("LI"):
        with press.tagged("Lbl"):
            press.words(0, 10, "1", press.tokens.style("body"))
        with press.tagged("LBody"):
            press.passage(10, 0, 60, "two lines of words", press.tokens.style("body"))
    with press.artifact():
        press.rule(0, 20, 10, 20, 1, "#112233")
    return press.finish(70, 32)


def test_a_block_knows_its_elements_and_the_owner_of_every_mark() -> None:
    block = _drawn()
    assert [element.role for element in block.elements] == ["L", "LI", "Lbl", "LBody"]
    assert [element.parent for element in block.elements] == [-1, 0, 1, 1]
    assert block.owners == (2, 3)
    assert len(block.operators) == len(block.owners) + 1
    assert block.elements[1].kids == (("element", 2), ("element", 3))


def test_the_same_drawing_gives_the_same_value() -> None:
    one, two = _drawn(), _drawn()
    assert (one.operators, one.elements, one.owners) == (two.operators, two.elements, two.owners)


def test_a_line_that_is_not_the_last_ends_in_a_space() -> None:
    code = b"".join(_drawn().operators)
    assert b"(two lines ) Tj" in code
    assert b"(of words) Tj" in code
