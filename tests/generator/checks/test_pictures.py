"""Words that stand for pictures say what they show."""

from __future__ import annotations

import pytest

from generator.checks.pictures import says_something
from generator.models.exercise import OwnPicture
from tests.generator.checks.content import messages, with_exercise, with_handout

FIGURE = {"type": "figure", "art": "anatomy-leg", "alt": "The outside of a right leg.", "claims": "none"}
REFUSED = ["P07 error: The alternative text does not say what the picture shows."]


@pytest.mark.parametrize("alt", ["Leg.", "picture", "Drawing of a leg", "leg side.png", "figure 1 leg.svg"])
def test_words_that_say_nothing(alt: str) -> None:
    assert not says_something(alt)


def test_words_that_say_something() -> None:
    assert says_something("Drawing of a leg from the side: the band runs from hip to shin.")


def test_a_handouts_drawing() -> None:
    assert messages(with_handout(FIGURE)) == []
    assert messages(with_handout({**FIGURE, "alt": "Picture of a leg."})) == REFUSED


def test_a_clinics_own_picture() -> None:
    told = OwnPicture(file="clam.png", alt="Lie on your side and lift the top knee.")
    assert messages(with_exercise("clamshell", picture=told)) == []
    assert messages(with_exercise("clamshell", picture=OwnPicture(file="clam.png", alt="clam.png"))) == REFUSED
