from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.blocks import Span, Text, plain
from generator.layout.text import Breaker, keep_together
from tests.kit import tokens

BODY = tokens().style("body")
WORDS = st.text(
    st.characters(codec="latin-1", categories=["L", "N", "P", "Zs"], exclude_characters="\u00ad"), max_size=300
)


@given(WORDS, st.floats(20, 520))
def test_no_line_is_wider_than_its_place_and_no_word_is_lost(words: str, width: float) -> None:
    lines = Breaker().lines(plain(words), BODY, width)
    assert all(line.width <= width + 0.02 for line in lines)
    assert "".join("".join(line.words.split()) for line in lines) == "".join(words.split())


@given(st.lists(st.tuples(WORDS, st.sampled_from(["", "strong", "em", "stop"])), max_size=6))
def test_emphasis_stays_with_its_words(parts: list[tuple[str, str]]) -> None:
    text = Text(tuple(Span(words, emphasis) for words, emphasis in parts))  # type: ignore[arg-type]
    lines = Breaker().lines(text, BODY, 200)
    for wanted in ("strong", "em", "stop"):
        set_so = "".join("".join(run.words.split()) for line in lines for run in line.runs if run.emphasis == wanted)
        assert set_so == "".join("".join(words.split()) for words, emphasis in parts if emphasis == wanted)


def test_a_number_stays_with_its_unit() -> None:
    patterns = (r"\d+ seconds?",)
    words = "Hold this for about 45 seconds and rest"
    for width in range(60, 240, 3):
        lines = Breaker(patterns).lines(plain(words), BODY, width)
        assert any("45 seconds" in line.words.replace("\u00a0", " ") for line in lines), width


def test_kept_words_are_those_of_the_language() -> None:
    assert keep_together("An IT band, 3 days", (r"\d+ days?",)) == "An IT band, 3\u00a0days"
    assert keep_together("3 days", ()) == "3 days"


def test_no_passage_ends_in_a_lone_short_word() -> None:
    words = "Hips and legs get strong again when you train them step by step at home and in the gym or so"
    for width in range(120, 400):
        lines = Breaker().lines(plain(words), BODY, width)
        last = lines[-1].words
        assert len(lines) == 1 or " " in last or len(last) >= 9, (width, last)


def test_a_word_that_is_wider_than_the_line_is_cut_and_not_clipped() -> None:
    lines = Breaker().lines(plain("https://example.org/" + "x" * 200), BODY, 100)
    assert len(lines) > 5
    assert all(line.width <= 100 for line in lines)


def test_names_may_break_at_their_own_hyphen_only_where_told() -> None:
    name = plain("Papadimitriou-Vandenbroucke")
    assert len(Breaker().lines(name, BODY, 120)) == 2  # cut between letters, since it must not be clipped
    assert [line.words for line in Breaker().lines(name, BODY, 120, at_hyphens=True)] == [
        "Papadimitriou-",
        "Vandenbroucke",
    ]


def test_line_feeds_end_a_line() -> None:
    assert [line.words for line in Breaker().lines(plain("one\ntwo"), BODY, 400)] == ["one", "two"]
