"""Plain language: sentences, words, grades, and the scores that are kept."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from generator.checks.plain import check_text
from generator.checks.scores import Scores
from generator.checks.texts import Printed, filled
from generator.checks.words import JARGON, jargon_in, sentences_of, word_count
from generator.errors import Place
from tests.generator.checks.bench import ROOT, exercise, library, passed, plan_of, said
from tests.generator.checks.content import messages, paragraph, with_handout

LONG = "You can walk to the shop and back home again on each day of the week if you like it a lot."
HARD = (
    "Progressive rehabilitation facilitates neuromuscular adaptation. Individualized interventions optimize "
    "musculoskeletal functionality. Comprehensive evaluation determines appropriate intensity. Systematic "
    "progression necessitates continuous observation. Physiological accommodation requires considerable "
    "repetition of proprioceptive activities within therapeutic environments. Clinicians communicate expectations."
)
EASY = " ".join(["You can roll for a minute. Then get up and walk. Stop if it hurts a lot."] * 3)


def scored(**grades: float) -> Scores:
    """Scores in which every text has the grade of its formula."""

    class Fixed(Scores):
        def grade(self, formula: str, text: str) -> float:
            return grades[formula.replace("-", "_")]

    return Fixed()


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_shipped_content_is_plain() -> None:
    assert messages(library()) == []


def test_case_24_a_long_sentence_is_refused_in_content_and_warns_in_a_plan() -> None:
    assert word_count(LONG) == 22
    assert messages(with_handout(paragraph(LONG))) == [
        'L01 error: "You can walk to the ..." has 22 words; 15 is the most.'
    ]
    _, findings = passed(plan_of("clamshell", notes=[f"Well done. {LONG}"]))
    assert said(findings) == ["Sentence 2 has 22 words; 15 is the most. Make two sentences of it."]
    assert [str(finding.place) for finding in findings] == ["plan.yaml:23 (notes.0)"]


def test_fifteen_words_pass() -> None:
    assert messages(with_handout(paragraph(" ".join(["Walk", *["on"] * 13, "now."])))) == []


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("Hip abduction", "out to the side"),
        ("Lie prone.", "on your front"),
        ("bilaterally", "both sides"),
        ("Perform it", "do"),
        ("prior to bed", "before"),
        ("You can not", "cannot"),
        ("Utilising", "use"),
    ],
)
def test_jargon_is_named_with_plain_words(word: str, plain: str) -> None:
    assert [found.plain for found in jargon_in(word)] == [plain]


def test_plain_words_that_look_like_jargon_pass() -> None:
    assert jargon_in("It is more than enough. Do it in an informal way, and mention the performance.") == ()
    assert all(jargon_in(plain) == () for _, plain in JARGON)


def test_jargon_is_refused_in_content_and_warns_in_a_plan() -> None:
    assert messages(with_handout(paragraph("Perform it once."))) == ['L02 error: "Perform" is a hard word.']
    _, findings = passed(plan_of(exercise("clamshell", note="Perform it once.")))
    assert said(findings) == ['"Perform" is a hard word. Say "do".']


def test_other_languages_have_no_word_list() -> None:
    assert messages(with_handout(paragraph("Perform es einmal."), language="de")) == []


def test_percentages_warn() -> None:
    assert messages(with_handout(paragraph("About 30% get well."))) == ["L05 warning: A percentage is hard to grasp."]


@pytest.mark.parametrize(("grade", "severity"), [(6.0, None), (6.1, "warning"), (8.0, "warning"), (8.1, "error")])
def test_grades_warn_above_6_and_are_refused_above_8(grade: float, severity: str | None) -> None:
    text = Printed(EASY, Place("trial.yaml"))
    found = list(check_text(text, scored(flesch_kincaid=grade)))
    assert [one.severity for one in found] == ([severity] if severity else [])
    own = list(check_text(text, scored(flesch_kincaid=grade), own_words=True))
    assert [one.severity for one in own] == (["warning"] if severity else [])


def test_a_grade_says_which_sentence_is_hardest_but_not_in_a_plan() -> None:
    text = Printed(EASY, Place("trial.yaml"))
    (content,) = check_text(text, scored(flesch_kincaid=9))
    assert content.message == "This passage reads at grade 9; 6 is the aim."
    assert content.hint == 'Use shorter words. Its longest sentence: "You can roll for a minute."'
    (own,) = check_text(text, scored(flesch_kincaid=9), own_words=True)
    assert own.hint == "Use shorter words."


def test_short_passages_have_no_grade() -> None:
    text = Printed("Progressive rehabilitation facilitates neuromuscular adaptation.", Place("trial.yaml"))
    assert list(check_text(text, scored(flesch_kincaid=20))) == []


def test_a_sheet_of_thirty_sentences_has_a_grade_of_its_own() -> None:
    lines = [paragraph("Walk on.") for _ in range(30)]
    found = [one for one in messages(with_handout(*lines), scores=scored(smog=8.5, flesch_kincaid=1)) if "L04" in one]
    assert "L04 error: This sheet reads at grade 8.5; 6 is the aim." in found
    short = messages(with_handout(*lines[:29]), scores=scored(smog=8.5, flesch_kincaid=1))
    assert len(short) == len(found) - 1


@pytest.mark.usefixtures("no_network")
def test_real_grades_come_without_the_network() -> None:
    scores = Scores()
    assert scores.grade("flesch-kincaid", EASY) < 3
    assert scores.grade("flesch-kincaid", HARD) > 12
    assert scores.grade("smog", HARD) > 12


def test_known_grades_are_looked_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tmp_path / "kept" / "scores.json"
    monkeypatch.setattr("generator.checks.scores._worked_out", lambda formula, text: 4.2)
    first = Scores.read((), store)
    assert first.grade("smog", "Some text.") == 4.2
    first.save()
    assert list(json.loads(store.read_text("utf-8")).values()) == [4.2]
    monkeypatch.setattr("generator.checks.scores._worked_out", lambda formula, text: pytest.fail("worked out again"))
    assert Scores.read((), store).grade("smog", "Some text.") == 4.2
    assert Scores.read((store,)).grade("smog", "Some text.") == 4.2


def test_grades_of_shipped_content_are_kept_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every build asks for them: a missing one would cost each cold start the word list. `handouts check` adds it."""
    monkeypatch.setattr("generator.checks.scores._worked_out", lambda formula, text: pytest.fail("worked out"))
    kept = Scores.read([ROOT / "handouts" / "scores.json"])
    assert messages(library(), scores=kept) == []


def test_a_broken_store_counts_as_empty(tmp_path: Path) -> None:
    store = tmp_path / "scores.json"
    for content in ("{", "[1]", '{"a": "b"}'):
        store.write_text(content, "utf-8")
        assert Scores.read((), store).known == {}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Ask Dr. Keller. Then walk.", 2),
        ("Walk 1.5 miles. Rest.", 2),
        ("Walk\nRest", 2),
        ('He said "stop." Then rest!', 2),
        ("Sore? Stop.", 2),
        ("no end", 1),
        ("", 0),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(sentences_of(text)) == count


def test_slots_count_as_what_stands_in_them() -> None:
    assert filled("Hold for {hold}, then call {{EMERGENCY}} with your {side} hand.") == (
        "Hold for 5 seconds, then call 911 with your right hand."
    )
