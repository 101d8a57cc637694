"""FHIR rosters, on records as Synthea and servers write them."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from generator.checks.plan import select
from generator.errors import ContentError, ErrorList
from generator.inputs.rosters import read_roster
from generator.models.library import Library
from generator.models.plan import Plan
from generator.models.roster import Roster
from tests.generator.inputs.conftest import Read, faults, refusals
from tests.generator.inputs.synthea import (
    LEFT,
    RIGHT,
    THERAPY,
    bundle,
    care_plan,
    ndjson,
    noise,
    patient,
    practitioner,
    request,
    side,
    timing,
)

SCREENED = "id,screened.by,screened.date,screened.all_others,summary\n0000007,Sam Keller,2026-11-23,no,Sore hip.\n"


def one_plan(roster: Roster) -> Plan:
    assert not roster.refused, refusals(roster)
    (plan,) = roster.plans
    return plan


def only_error(roster: Roster) -> str:
    assert not roster.plans
    (said,) = refusals(roster)
    assert "SECRET" not in said
    return said


def test_a_record_becomes_a_plan(read: Read, tmp_path: Path, library: Library) -> None:
    beside = tmp_path / "screening.csv"
    beside.write_text(SCREENED, "utf-8")
    weekly = timing(frequency=3, period=1, periodUnit="wk", boundsDuration={"value": 4, "code": "wk"})
    goal = {"resourceType": "Goal", "id": "g", "lifecycleStatus": "active", "description": {"text": "Hike again"},
            "subject": {"reference": "Patient/x"}}  # fmt: skip
    plan = one_plan(
        read(
            "record.json",
            bundle(
                patient(7),
                practitioner(),
                goal,
                {**care_plan(1, 7), "goal": [{"reference": "Goal/g"}]},
                request(1, 7, **side(RIGHT), **weekly, patientInstruction="Keep your hips stacked."),
                request(2, 7, "  WALL   sit ", orderDetail=[{"text": "3x20s rest 60s"}]),
                request(3, 7, "Stretch", orderDetail=[{"text": "Calf stretch at wall"}], **side(LEFT)),
            ),
            side=beside,
            side_shown="screening.csv",
        )
    )
    assert plan.model_dump(mode="json", exclude_unset=True, exclude={"exercises", "screened"}) == {
        "id": "0000007",
        "name": "Ramona Zoë SECRET7",
        "language": "en",
        "second_id": "Born May 14, 1987",
        "age": 39,
        "date": "2026-11-23",
        "clinician": {"name": "Sam Keller", "credentials": "DC", "short": "Dr. Keller"},
        "summary": "Sore hip.",
    }
    given = [one.model_dump(mode="json", exclude_unset=True, warnings=False) for one in plan.exercises]
    assert given == [
        {"id": "clamshell", "side": "right", "per_week": {"low": 3, "high": 3}, "weeks": {"low": 4, "high": 4},
         "note": "Keep your hips stacked."},
        {"id": "wall-sit", "sets": {"low": 3, "high": 3}, "reps": {"low": 1, "high": 1},
         "hold_s": {"low": 20, "high": 20}, "rest_s": {"low": 60, "high": 60}},
        {"id": "calf-stretch-wall", "side": "left"},
    ]  # fmt: skip
    selection, findings = select(plan, library, as_of=plan.date, draft=True)
    assert selection is not None, [str(one) for one in findings]


def test_goals_come_from_the_care_plan_that_orders(read: Read) -> None:
    plan = care_plan(1, 7, ("304549008", "Clamshell"))
    long = {"resourceType": "Goal", "id": "h", "description": {"text": "x" * 200}}
    short = {"resourceType": "Goal", "id": "g", "description": {"text": "Hike again"}}
    goals = {"goal": [{"reference": "Goal/g"}, {"reference": "Goal/h"}]}
    roster = read("record.json", bundle(patient(7), {**plan, **goals, "author": {"display": "Ana Ruiz"}}, short, long))
    assert one_plan(roster).goals == ("Hike again",)
    assert one_plan(roster).clinician.name == "Ana Ruiz"
    assert ["goals that are too long" in note.message for note in roster.notes] == [True]


def test_values_know_where_they_came_from(read: Read) -> None:
    lines = bundle(patient(7), practitioner(), request(1, 7, **side(LEFT)), request(2, 7, "Wall sit"))
    starts = [number for number, line in enumerate(lines.split("\n"), 1) if line == "    {"]
    places = one_plan(read("record.json", lines)).places
    assert str(places.at()) == f"record.json:{starts[0]} (entry.0.resource)"
    assert str(places.at("clinician", "name")) == f"record.json:{starts[1]} (entry.1.resource)"
    assert str(places.at("exercises", 1, "sets")) == f"record.json:{starts[3]} (entry.3.resource)"
    assert places.at("layout").line == starts[0]


def test_a_large_record_is_read_among_its_noise(read: Read) -> None:
    rng = Random(5)
    resources: list[dict[str, Any]] = [practitioner()]
    for number in range(30):
        resources += [patient(number), *(noise(rng, number) for _ in range(40))]
        resources += [care_plan(number, number, ("160670007", "Diabetic diet"), status="completed")]
        if number % 3 == 0:
            resources += [request(number, number, **side(LEFT))]
    rng.shuffle(resources)
    roster = read("record.json", bundle(*resources))
    assert {plan.id for plan in roster.plans} == {f"00{number:05d}" for number in range(0, 30, 3)}
    assert [note.message for note in roster.notes] == [
        "Left out: patients without a request for exercises (20).",
        "Left out: requests that are about no exercise by handouts/codes.yaml (30).",
    ]
    assert roster.notes[1].hint == "The most frequent codes: http://snomed.info/sct|160670007 (30)."


def test_bulk_export_and_folders(tmp_path: Path, library: Library, read: Read) -> None:
    resources = [patient(1), patient(2), practitioner(), request(1, 1, **side(LEFT)), request(2, 2, "Wall sit")]
    assert [plan.id for plan in read("all.ndjson", ndjson(*resources)).plans] == ["0000001", "0000002"]
    folder = tmp_path / "export"
    folder.mkdir()
    for kind in ("Patient", "Practitioner", "ServiceRequest"):
        some = [one for one in resources if one["resourceType"] == kind]
        (folder / f"{kind}.ndjson").write_text(ndjson(*some) + "\n", "utf-8")
    roster = read_roster(folder, library, shown="export")
    assert [plan.id for plan in roster.plans] == ["0000001", "0000002"]
    assert str(roster.plans[1].places.at("exercises", 0)) == "export/ServiceRequest.ndjson:2"
    assert roster.plans[0].clinician.credentials == "DC"


def test_a_bundle_for_each_patient_with_shared_practitioners(tmp_path: Path, library: Library) -> None:
    for number in (1, 2):
        text = bundle(patient(number), practitioner(), request(number, number, "Wall sit"))
        (tmp_path / f"{number}.json").write_text(text, "utf-8")
    roster = read_roster(tmp_path, library, shown="fhir")
    assert ([plan.id for plan in roster.plans], roster.refused) == (["0000001", "0000002"], ())


def test_programs_and_handouts(read: Read) -> None:
    weekly = timing(frequency=3, period=1, periodUnit="wk")
    plan = one_plan(
        read(
            "r.json",
            bundle(
                patient(7),
                request(1, 7, "Knee basics", **weekly, patientInstruction="Rest when it hurts."),
                request(2, 7, "Step-up", **side(LEFT)),
                request(3, 7, library_title("it-band-myths")),
            ),
        )
    )
    assert (plan.program, plan.handouts, plan.notes) == ("knee-basics", ("it-band-myths",), ("Rest when it hurts.",))
    assert [(one.id, one.per_week.low if one.per_week else None) for one in plan.exercises] == [
        ("step-up", None),
        ("quad-set", 3),
        ("straight-leg-raise", 3),
        ("sit-to-stand", 3),
        ("single-leg-balance", 3),
    ]
    assert plan.exercises[0].side == "left"


def library_title(id: str) -> str:
    from tests.packs import library as shipped  # noqa: PLC0415

    return shipped().handouts[id].title


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"code": {"coding": [THERAPY]}}, "No exercise is known for this request (http://snomed.info/sct|229065009)."),
        ({"code": {"coding": [THERAPY], "text": "SECRET lifts"}}, "{text: the words of the request, exercise: its id}"),
        (
            {"code": {"coding": [{"system": "urn:x", "code": "PT-1"}]}},
            '{system: urn:x, code: "PT-1", exercise: its id}',
        ),
        ({"code": {"text": "Clamshell"}, "orderDetail": [{"text": "Wall sit"}]}, "mean different things"),
        ({"orderDetail": [{"text": "SECRET sets"}]}, "An order detail is neither a dose nor known."),
        ({"orderDetail": [{"text": "3x10"}, {"text": "2x10"}]}, "Two parts of this request give different doses."),
        (timing(frequency=1, period=1, periodUnit="mo"), "The timing repeats by neither days nor weeks."),
        ({"occurrenceTiming": {"repeat": {"frequency": "SECRET"}}}, '"frequency" must be a whole number.'),
        ({"occurrenceTiming": {"repeat": {"periodUnit": "SECRET"}}}, '"periodUnit" must be'),
        ({"asNeededBoolean": True}, "The timing is in free words or as needed."),
        ({"patientInstruction": "SECRET " * 60}, '"note" is longer than 300 characters.'),
        ({"authoredOn": None}, '"date" is missing.'),
        ({"requester": {"reference": "Practitioner/none"}}, '"clinician" is missing.'),
        ({"subject": {"reference": "Patient/none"}}, "The patient of this request is not in the files."),
    ],
)
def test_what_is_not_understood_refuses_its_patient_alone(read: Read, changes: dict[str, Any], says: str) -> None:
    good = [patient(8), practitioner(), request(8, 8, **side(LEFT))]
    bad = {key: value for key, value in {**request(1, 7, **side(RIGHT)), **changes}.items() if value is not None}
    roster = read("r.json", bundle(*good, patient(7), bad))
    assert [plan.id for plan in roster.plans] == ["0000008"]
    (said,) = refusals(roster)
    assert says in said
    assert "SECRET" not in said
    assert "(entry." in said


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"active": False}, "This patient's record is closed."),
        ({"deceasedDateTime": "2026-10-01"}, "This patient's record is closed."),
        ({"name": []}, "This patient has no name."),
        ({"name": [{"use": "old", "family": "SECRET"}]}, "This patient has no name."),
        ({"identifier": []}, "This patient has no record number."),
        ({"communication": [{"language": {"coding": [{"code": "fr-CA"}]}}]}, "lacks the language that this patient"),
        ({"birthDate": 7, "name": "SECRET"}, '"name" must be a list.'),
    ],
)
def test_who_cannot_be_told_is_refused(read: Read, changes: dict[str, Any], says: str) -> None:
    roster = read("r.json", bundle(patient(7, **changes), practitioner(), request(1, 7, "Wall sit")))
    assert says in only_error(roster)


def test_who_the_patient_is(read: Read) -> None:
    names = [
        {"use": "old", "family": "Old", "given": ["Name"]},
        {"use": "usual", "family": "Żółć", "given": ["Łukasz"], "period": {"start": "2020"}},
        {"use": "nickname", "given": ["Luke"]},
    ]
    spoken = [{"language": {"text": "fr", "coding": [{"code": "fr"}]}},
              {"language": {"coding": [{"code": "en"}]}, "preferred": True}]  # fmt: skip
    changes = {"name": names, "communication": spoken, "birthDate": "1987",
               "identifier": [{"system": "http://x", "value": "A-1"}]}  # fmt: skip
    plan = one_plan(read("r.json", bundle(patient(7, **changes), practitioner(), request(1, 7, "Wall sit"))))
    assert (plan.id, plan.name, plan.preferred_name, plan.language) == ("A-1", "Łukasz Żółć", "Luke", "en")
    assert (plan.second_id, plan.birth_year, plan.age) == (None, 1987, None)


def test_sides(read: Read) -> None:
    def sided(*sites: dict[str, Any]) -> str | None:
        found = read("r.json", bundle(patient(7), practitioner(), request(1, 7, bodySite=list(sites))))
        return one_plan(found).exercises[0].side

    assert sided({"text": "Right knee structure"}) == "right"
    assert sided({"text": "Left hip"}, {"text": "right hip"}) == "both"
    assert sided({"coding": [{"system": "http://snomed.info/sct", "code": "51440002"}]}) == "both"
    assert sided({"text": "Upright trunk"}) is None
    both = bundle(patient(7), practitioner(), request(1, 7, **side(LEFT)), request(2, 7, **side(RIGHT)))
    assert [(one.id, one.side) for one in one_plan(read("r.json", both)).exercises] == [("clamshell", "both")]


def test_orders_that_no_longer_hold_are_left_out_and_counted(read: Read) -> None:
    closed = [request(number, 7, status=status) for number, status in enumerate(("revoked", "completed", "draft"))]
    closed += [request(8, 7, intent="proposal"), request(9, 7, doNotPerform=True)]
    roster = read("r.json", bundle(patient(7), practitioner(), *closed, request(10, 7, "Wall sit")))
    assert [one.id for one in one_plan(roster).exercises] == ["wall-sit"]
    assert [note.message for note in roster.notes] == ["Left out: requests that no longer hold (5)."]
    none = faults(read, "r.json", bundle(patient(7), *closed))
    assert none == ["r.json: The roster holds no plan. Left out: patients without a request for exercises (1). "
                    "Left out: requests that no longer hold (5)."]  # fmt: skip


def test_an_exercise_of_synthea_without_a_name_is_reported(read: Read) -> None:
    plan = care_plan(1, 7, ("229065009", "Exercise therapy"), ("160670007", "Diabetic diet"))
    roster = read("r.json", bundle(patient(7), {**plan, "author": {"display": "Ana"}}))
    said = only_error(roster)
    assert "(entry.1.resource.activity.0): No exercise is known for this request" in said
    assert "229065009" in said


def test_the_side_file_must_be_about_the_same_patient(read: Read, tmp_path: Path) -> None:
    def beside(text: str) -> Roster:
        path = tmp_path / "side.csv"
        path.write_text(text, "utf-8")
        record = bundle(patient(7), practitioner(), request(1, 7, "Wall sit"))
        return read("r.json", record, side=path, side_shown="side.csv")

    head = "id,name,screened.by,screened.date,screened.all_others\n"
    assert one_plan(beside(head + "0000007,Ramona Zoë SECRET7,Ana,2026-11-23,no\n")).screened is not None
    assert only_error(beside(head + "0000007,SECRET Other,Ana,2026-11-23,no\n")).startswith(
        'side.csv:2 (name): The side file gives another "name" for this patient.'
    )
    assert only_error(beside(head + "0000007,,Ana,11/23/2026,no\n")).startswith("side.csv:2 (screened.date):")
    twice = "0000007,,Ana,2026-11-23,no\n"
    assert "stands on lines 2 and 3 of the side file" in only_error(beside(head + twice * 2))
    spare = beside(head + twice + "0000009,,Ana,2026-11-23,no\n")
    assert [(note.severity, str(note.place)) for note in spare.notes] == [("warning", "side.csv:3 (id)")]
    assert "A side file goes with FHIR" in faults(read, "p.csv", "id,name,clinician.name,date\n1,A,B,2026-11-23\n",
                                                  side=tmp_path / "side.csv", side_shown="side.csv")[0]  # fmt: skip


def test_the_same_patient_twice_is_refused_and_a_copy_is_not(read: Read) -> None:
    copies = bundle(patient(7), patient(7), practitioner(), request(1, 7, "Wall sit"), request(1, 7, "Wall sit"))
    assert len(one_plan(read("r.json", copies)).exercises) == 1
    other = patient(7, birthDate="1980-01-01")
    said = refusals(read("r.json", bundle(patient(7), other, practitioner(), request(1, 7, "Wall sit"))))
    assert any("Two resources have the same id here and at r.json:" in one for one in said)
    twin = {**patient(8), "identifier": patient(7)["identifier"]}
    two = read("r.json", bundle(patient(7), twin, practitioner(), request(1, 7, "Wall sit"), request(2, 8, "Wall sit")))
    assert not two.plans
    assert all("The same id stands at" in one for one in refusals(two))


def test_files_that_are_no_fhir(read: Read) -> None:
    assert "not valid JSON" in faults(read, "r.json", bundle(patient(7))[:-20])[0]
    assert "not valid JSON" in faults(read, "r.json", '{"resourceType": "Bundle", "entry": [{}, ]}')[0]
    assert "nested more than" in faults(read, "r.json", '{"resourceType": "Bundle", "entry": ' + "[" * 200_000)[0]
    lines = ndjson(patient(7), practitioner(), request(1, 7, "Wall sit")) + '{"resourceType": "Patient", \n'
    roster = read("r.ndjson", lines)
    assert len(roster.plans) == 1
    assert refusals(roster) == ["r.ndjson:4: This is not valid JSON."]
    assert "The roster holds no plan." in faults(read, "r.json", '{"resourceType": "Observation"}')[0]


def test_without_a_table_no_record_is_read(tmp_path: Path, library: Library) -> None:
    from dataclasses import replace  # noqa: PLC0415

    path = tmp_path / "r.json"
    path.write_text(json.dumps(patient(7)), "utf-8")
    with pytest.raises(ErrorList, match="no table of codes") as caught:
        read_roster(path, replace(library, root=str(tmp_path)))
    assert isinstance(caught.value.errors[0], ContentError)
