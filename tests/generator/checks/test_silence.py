"""Silencing: one rule at one place, with a reason; and the rules that no silence opens."""

from __future__ import annotations

import pytest

from generator.checks.catalog import all_rules
from generator.checks.silence import FIRM, SILENCES, Silence, read_silences, silenced
from generator.errors import ContentError, Place
from generator.models.selection import Finding
from generator.source import parse_yaml
from tests.generator.checks.bench import gates, library, passed, plan_of, refused
from tests.generator.checks.content import messages, paragraph, with_handout


def silence(**changes: str) -> Silence:
    fields = {"code": "L02", "file": "handout trial", "key": "blocks.0.text", "reason": "A quote.", "by": "Dana Reyes"}
    return Silence.model_validate({**fields, **changes})


def test_one_rule_is_silenced_at_one_place() -> None:
    shelf = with_handout(paragraph("Perform it once."), paragraph("Perform it twice."))
    places = dict(library().places)
    source = parse_yaml(b"blocks:\n  - text: a\n  - text: b\n", "handouts/topics/trial.yaml", ContentError)
    places["handout", "trial"] = type(places["handout", "it-band-myths"])(source.file, source.lines)
    shelf = type(shelf)(**{**{name: getattr(shelf, name) for name in shelf.__slots__}, "places": places})
    assert len(messages(shelf)) == 2
    one = silence(file="handouts/topics/trial.yaml")
    assert messages(shelf, silences=(one,)) == ['L02 error: "Perform" is a hard word.']
    idle = silence(file="handouts/topics/trial.yaml", code="L01")
    assert messages(shelf, silences=(one, idle))[-1] == (
        "Q01 warning: L01 is silenced at handouts/topics/trial.yaml (blocks.0.text), where it finds nothing."
    )


@pytest.mark.parametrize("field", ["code", "file", "key", "reason", "by"])
def test_a_silence_names_rule_place_reason_and_person(field: str) -> None:
    with pytest.raises(ValueError, match=field):
        silence(**{field: ""})


def read(text: str) -> tuple[tuple[Silence, ...], list[str]]:
    found, findings = read_silences(parse_yaml(text.encode("utf-8"), SILENCES, ContentError))
    return found, [str(one) for one in findings]


def test_a_file_of_silences_is_read_or_named() -> None:
    entry = "{code: L02, file: a.yaml, key: b, reason: A quote., by: Dana Reyes}"
    assert read(f"silenced:\n  - {entry}\n") == ((silence(file="a.yaml", key="b"),), [])
    assert read("silenced:\n  - {code: L02, file: a.yaml, key: b, by: Dana Reyes}\n") == (
        (),
        [
            "handouts/silenced.yaml:2 (silenced.0): error Q02: "
            "A silence names one rule, one place, a reason and a person. Give code, file, key, reason and by."
        ],
    )
    found, messages_of = read("silenced: [\n")
    assert found == ()
    assert "error Q02" in messages_of[0]


def test_a_plans_place_is_silenced_for_one_rule() -> None:
    plan = plan_of("clamshell", notes=["Perform it once. Perform it twice."], goals=["Perform it."])
    codes = [one.code for one in gates(plan)[1]]
    assert codes == ["L02", "L02", "L02"]
    one = silence(file="plan.yaml", key="notes.0")
    assert [str(left.place) for left in gates(plan, silences=(one,))[1]] == ["plan.yaml:26 (goals.0)"]


def test_a_silenced_error_lets_a_plan_pass() -> None:
    plan = plan_of("clamshell", notes=["The IT band has zero stretch."])
    assert refused(plan) == ("Sentence 1 says what claim C02 says to avoid.",)
    assert passed(plan, silences=(silence(code="E01", file="plan.yaml", key="notes.0"),))[1] == ()


@pytest.mark.parametrize("code", sorted(FIRM))
def test_what_a_plan_opens_in_its_own_way_is_not_silenced(code: str) -> None:
    one = silence(code=code, file="plan.yaml", key="x")
    found = Finding(code, "error", "No.", place=Place("plan.yaml", 1, "x"))
    (left, told) = silenced((found,), (one,), Place(SILENCES), {"plan.yaml"})
    assert left == found
    assert str(told) == f"handouts/silenced.yaml: error Q02: {code} cannot be silenced. {FIRM[code]}"
    assert code in {rule.code for rule in all_rules()}


def test_without_screening_a_silence_changes_nothing() -> None:
    plan = plan_of("clamshell", screened=None)
    place = gates(plan)[1][0].place
    assert place is not None
    key = place.key or "x"
    assert refused(plan, silences=(silence(code="S01", file="plan.yaml", key=key),))


def test_a_silence_of_a_file_that_was_not_looked_at_may_have_something_to_do() -> None:
    one = silence(file="other.yaml")
    assert silenced((), (one,), Place(SILENCES), {"plan.yaml"}) == ()
