"""What the models refuse beyond the form of single values, and what they tell of themselves."""

from __future__ import annotations

import inspect
import pickle
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from generator.errors import Place
from generator.models.common import Frozen, Range
from generator.models.evidence import Claim, Evidence, RedFlag, Reference, printable
from generator.models.exercise import Dosage, Equipment, Exercise, Step, Suggestion
from generator.models.handout import Handout
from generator.models.language import Language, Plural
from generator.models.places import Places
from generator.models.plan import EmailConsent, Plan
from generator.models.program import PrescribedExercise, Program, dosage_of
from generator.models.safety import AvoidTag, PainZones, Safety

BRIDGE: dict[str, Any] = {
    "id": "bridge",
    "name": "Bridge",
    "role": "hip strength",
    "region": "hip",
    "purpose": "Makes you stronger.",
    "position": "supine",
    "weight_bearing": "partial",
    "equipment": ["mat"],
    "steps": ["Lift your hips.", {"text": "Hold for {hold}.", "needs": "hold"}],
    "brief_steps": ["Lift.", "Lower."],
    "dosage": {
        "basis": "strength",
        "mode": "reps",
        "sets": "2-3",
        "reps": ["8", "12"],
        "per_week": "3",
        "rest_s": "60",
    },
    "weeks": "2-4",
    "progress_when": "Move on when it feels easy.",
    "easier": {"text": "Half way."},
    "harder": {"id": None, "why": "None."},
    "laterality": "bilateral",
}
PLAN: dict[str, Any] = {"id": "1", "name": "Pat Sample", "clinician": {"name": "A B"}, "date": "2026-11-23"}


def refused(model: type[BaseModel], value: dict[str, Any]) -> str:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(value)
    return str(caught.value)


def all_models(base: type[BaseModel] = Frozen) -> set[type[BaseModel]]:
    found = set(base.__subclasses__())
    return found | {below for model in found for below in all_models(model)}


def test_no_kind_of_a_field_is_a_text_to_compile() -> None:
    texts = [
        f"{model.__module__}.{model.__qualname__}.{name}"
        for model in all_models()
        if model.__module__.startswith(("generator.models.", "generator.figures."))
        for name, kind in inspect.get_annotations(model).items()
        if isinstance(kind, str)
    ]
    assert not texts


def test_every_field_says_what_it_is() -> None:
    for model in all_models():
        assert model.__doc__, model
        if not model.__module__.startswith("generator.models"):
            continue
        for name, info in model.model_fields.items():
            assert info.description, f"{model.__name__}.{name}"


def test_models_are_frozen_and_refuse_unknown_keys_without_quoting_values() -> None:
    plan = Plan.model_validate(PLAN)
    with pytest.raises(ValidationError):
        plan.name = "Other"  # type: ignore[misc]
    text = refused(Plan, {**PLAN, "excercises": [{"id": "SECRET"}], "age": "SECRET"})
    assert "excercises" in text
    assert "SECRET" not in text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"dosage": {**BRIDGE["dosage"], "reps": None}}, "mode reps but no reps"),
        ({"dosage": {**BRIDGE["dosage"], "time_s": "30"}}, "does not use time_s"),
        ({"dosage": {**BRIDGE["dosage"], "mode": "hold"}}, "mode hold but no hold_s"),
        ({"dosage": {**BRIDGE["dosage"], "mode": "time"}}, "mode time but no time_s"),
        ({"steps": ["Hold for {hold}."]}, "has no needs"),
        ({"steps": ["Hold for {weight}."]}, "slot that does not exist"),
        ({"steps": ["Lift your {side} leg."]}, "cannot name {side}"),
        ({"laterality": "each-side"}, "needs side_means and drawn_side"),
        ({"drawn_side": "left"}, "no side_means and no drawn_side"),
        ({"brief_steps": ["Lift your hips until your knees make a straight line.", "x"]}, "more than 42 characters"),
        ({"brief_steps": ["Hold for {hold}.", "x"]}, "slot other than"),
        ({"easier": {"id": "a", "text": "b"}}, "exactly one of id, text and why"),
        ({"harder": {"id": None}}, "exactly one of id, text and why"),
        ({"video": "http://a.example"}, "https"),
        ({"role": "a role that is far too long"}, "at most 18"),
    ],
)
def test_an_exercise_that_contradicts_itself_is_refused(change: dict[str, Any], says: str) -> None:
    assert says in refused(Exercise, {**BRIDGE, **change})


def test_a_plan_s_dose_wins_and_the_rest_is_the_exercise_s_own() -> None:
    bridge = Exercise.model_validate(BRIDGE)
    given = PrescribedExercise.model_validate(
        {"id": "bridge", "sets": "3", "weeks": "2", "load": "5 lb", "rest_s": None}
    )
    dose = dosage_of(given, bridge)
    assert (dose.sets, dose.reps, dose.weeks, dose.load) == (Range(3, 3), Range(8, 12), Range(2, 2), "5 lb")
    assert dose.rest_s is None
    assert dosage_of(PrescribedExercise(id="bridge"), bridge).rest_s == Range(60, 60)


def test_a_plan_changes_and_extends_its_program() -> None:
    program = Program.model_validate(
        {
            **{"id": "p", "name": "P", "description": "D.", "for_whom": "W."},
            "exercises": [{"id": "a", "sets": 2, "reps": 8}, {"id": "b"}, {"id": "c"}],
            "handouts": ["h1", "h2"],
        }
    )
    changes = {"program": "p", "without": ["c"], "exercises": [{"id": "d"}, {"id": "a", "side": "left", "reps": None}]}
    plan = Plan.model_validate({**PLAN, **changes, "handouts": ["h2", "h3"]})
    first, second, third = plan.prescribed(program)
    assert (first.id, first.sets, first.reps, first.side) == ("a", Range(2, 2), None, "left")
    assert "reps" in first.model_fields_set
    assert (second.id, third.id) == ("b", "d")
    assert plan.all_handouts(program) == ("h1", "h2", "h3")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"age": "40", "birth_year": "1980"}, "both an age and a birth year"),
        ({"exercises": [{"id": "a"}, {"id": "a"}]}, "an exercise twice"),
        ({"without": ["a"]}, "starts from no program"),
        ({"email": {"address": "a@x.com, b@y.com"}}, "pattern"),
        ({"email": {"address": "a@x.com", "consent": "yes"}}, "no date"),
        ({"screened": {"by": "A", "date": "2026-11-23", "all_others": "yes"}}, "'no'"),
        ({"inserts": [{"file": "a.pdf", "place": "after"}]}, "names a sheet"),
        ({"inserts": [{"file": "../../a.pdf"}]}, "pattern"),
        ({"name": "x" * 61}, "at most 60"),
        ({"why": "x" * 100_000}, "at most 1200"),
        ({"goals": ["a", "b", "c", "d"]}, "at most 3"),
        ({"next_visit": {"date": "2024-02-30"}}, "not a day of the calendar"),
    ],
)
def test_a_plan_that_cannot_be_meant_is_refused(change: dict[str, Any], says: str) -> None:
    assert says in refused(Plan, {**PLAN, **change})


def test_consent_is_no_unless_said() -> None:
    consent = EmailConsent.model_validate({"address": "a@x.com"})
    assert (consent.consent, consent.unencrypted_warning_noted) == (False, False)


def test_a_plan_keeps_its_places_through_a_worker_and_compares_by_what_it_says() -> None:
    places = Places("plan.yaml", (1, {"name": 2, "exercises": (3, [(4, {"id": 4, "sets": 5})])}))
    plan = pickle.loads(pickle.dumps(Plan.model_validate(PLAN).placed(places)))
    assert plan.places.at("exercises", 0, "sets") == Place("plan.yaml", 5, "exercises.0.sets")
    assert plan.places.at("exercises", 0, "reps") == Place("plan.yaml", 4, "exercises.0")
    assert plan.places.at("goals") == Place("plan.yaml", 1, "")
    assert "places" not in plan.model_dump()


HANDOUT: dict[str, Any] = {"id": "h", "title": "H", "short_title": "H", "version": "1", "author_role": "writer"}


@pytest.mark.parametrize(
    ("block", "says"),
    [
        ({"type": "paragraph", "text": "A.", "claims": []}, "lists no claims"),
        ({"type": "paragraph", "text": "A."}, "claims"),
        ({"type": "paragraph", "text": "A.", "strong": ["B"], "claims": "none"}, "not in its text"),
        ({"type": "title", "text": "A b c", "lines": ["A", "c"]}, "not the words of text"),
        (
            {"type": "callout", "kind": "stop", "items": [{"text": "A", "claim": "C01"}], "claims": "none"},
            "either text or",
        ),
        ({"type": "table", "columns": ["A", "B"], "rows": [["1"]], "claims": "none"}, "more or fewer cells"),
        ({"type": "verse", "text": "A"}, "union_tag_invalid"),
    ],
)
def test_a_block_without_grounds_is_refused(block: dict[str, Any], says: str) -> None:
    assert says in refused(Handout, {**HANDOUT, "blocks": [block]})


def test_a_handout_tells_its_claims_with_their_places() -> None:
    blocks = [
        {"type": "claim", "claim": "C01", "also": ["C02"]},
        {"type": "myths", "rows": [{"myth": "M.", "facts": ["C03", "C01"]}]},
        {"type": "callout", "kind": "plain", "items": [{"claim": "C04"}], "claims": ["C04"]},
        {"type": "paragraph", "text": "None.", "claims": "none"},
    ]
    handout = Handout.model_validate({**HANDOUT, "blocks": blocks})
    assert handout.claims() == ("C01", "C02", "C03", "C04")
    assert (("blocks", 1, "rows", 0, "facts", 1), "C01") in list(handout.claim_places())


REFERENCE: dict[str, Any] = {
    **{"id": "a-2020", "authors": "A B", "year": "2020", "title": "T", "journal": "J", "kind": "RCT", "found": "F."},
    "checked": "search",
}


@pytest.mark.parametrize(
    ("change", "prints"),
    [
        ({}, True),
        ({"memory_fields": ["year"]}, False),
        ({"checked": "memory"}, False),
        ({"checked": "memory", "verified": {"by": "A B", "date": "2026-01-01"}}, True),
    ],
)
def test_only_references_that_were_seen_or_verified_print(change: dict[str, Any], prints: bool) -> None:
    assert printable(Reference.model_validate({**REFERENCE, **change})) is prints


def test_citations_are_of_cited_claims_only_and_can_be_chosen() -> None:
    claim = {"says": "S", "verdict": "supported", "nuance": "N", "wording": "W"}
    cited = Claim.model_validate({**claim, "id": "C01", "prints_as": "cited", "supported_by": ["a-2020", "b-2020"]})
    advice = Claim.model_validate({**claim, "id": "C02", "prints_as": "advice", "supported_by": ["c-2020"]})
    references = {id: Reference.model_validate({**REFERENCE, "id": id}) for id in ("a-2020", "b-2020", "c-2020")}
    evidence = Evidence(claims={"C01": cited, "C02": advice}, references=references)
    assert [one.id for one in evidence.citations(("C02", "C01"))] == ["a-2020", "b-2020"]
    assert [one.id for one in evidence.citations(("C01",), ("b-2020", "c-2020"))] == ["b-2020"]


def test_a_warning_sign_stays_short_and_bold_words_are_its_own() -> None:
    sign = {
        "id": "RF01",
        "name": "n",
        "urgency": "same-day",
        "checked": "search",
        "short": "One two",
        "wording": "A b.",
    }
    assert "too long" in refused(RedFlag, {**sign, "short": "a " * 9})
    assert "too long" in refused(RedFlag, {**sign, "wording": "a " * 26})
    assert "not in its text" in refused(RedFlag, {**sign, "strong": ["c"]})


def test_a_hard_stop_says_what_to_do_and_only_a_hard_stop() -> None:
    rule = {"hard_stop": True, "ask": "Q?", "note": "N."}
    assert "needs urgency, told and do" in refused(AvoidTag, rule)
    assert "has no urgency, told or do" in refused(AvoidTag, {**rule, "hard_stop": False, "do": "D."})


@pytest.mark.parametrize("care", [[4, 5], [3, 4], [2, 5]])
def test_pain_zones_leave_no_gap(care: list[int]) -> None:
    assert "without a gap" in refused(PainZones, {"go": [0, 2], "care": care, "stop": [6, 10]})


def test_plural_forms_fall_back_to_other() -> None:
    forms = Plural(one="{count} day", other="{count} days")
    assert (forms.form("one"), forms.form("few")) == ("{count} day", "{count} days")


def test_the_vocabulary_of_the_safety_file_is_that_of_the_models(safety: Safety, language: Language) -> None:
    def values(model: type[BaseModel], field: str) -> set[str]:
        return set(_literals(model.model_fields[field].annotation))

    vocab = {key: set(words) for key, words in safety.vocab.items()}
    assert vocab["equipment"] == set(_literals(Equipment))
    for field in ("region", "position", "laterality", "weight_bearing"):
        assert vocab[field] == values(Exercise, field)
    assert vocab["basis"] == values(Dosage, "basis")
    assert vocab["mode"] == values(Dosage, "mode")
    assert vocab["needs"] == values(Step, "needs")
    assert set(Suggestion.model_fields) == {"id", "text", "why", "avoid_if"}


def _literals(annotation: Any) -> tuple[str, ...]:
    found = getattr(annotation, "__args__", ())
    return tuple(value for part in found for value in ((part,) if isinstance(part, str) else _literals(part)))


def test_a_template_must_use_its_slots(language: Language) -> None:
    words = language.model_dump(mode="json")
    words["cover"]["title"] = "Here is your plan"
    words["units"]["second"]["other"] = "{number} seconds"
    text = refused(Language, words)
    assert "must use in title: {name}" in text
    assert "must use in second: {count}" in text
    assert "cover" in text
