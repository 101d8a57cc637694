"""Records as Synthea and EHR servers write them: made up, of the same shape, with all the noise around what matters."""

from __future__ import annotations

import json
import uuid
from random import Random
from typing import Any

SNOMED = "http://snomed.info/sct"
THERAPY = {"system": SNOMED, "code": "229065009", "display": "Exercise therapy (regime/therapy)"}
PHYSICAL_ACTIVITY = {
    "coding": [
        {
            "system": "http://hl7.org/fhir/us/physical-activity/CodeSystem/pa-temporary-codes",
            "code": "PhysicalActivity",
            "display": "Physical Activity",
        }
    ]
}
LEFT, RIGHT = "7771000", "24028007"

Resource = dict[str, Any]


def patient(number: int, **changes: Any) -> Resource:
    """A patient with the identifiers that Synthea gives."""
    return {
        "resourceType": "Patient",
        "id": str(uuid.UUID(int=number)),
        "meta": {"profile": ["http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient"]},
        "text": {"status": "generated", "div": '<div xmlns="http://www.w3.org/1999/xhtml">Generated</div>'},
        "extension": [{"url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex", "valueCode": "F"}],
        "identifier": [
            {"system": "https://github.com/synthetichealth/synthea", "value": str(uuid.UUID(int=number))},
            {
                "type": {
                    "coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}],
                    "text": "Medical Record Number",
                },
                "system": "http://hospital.smarthealthit.org",
                "value": f"00{number:05d}",
            },
            {
                "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "SS"}]},
                "system": "http://hl7.org/fhir/sid/us-ssn",
                "value": f"999-10-{number:04d}",
            },
        ],
        "name": [{"use": "official", "family": f"SECRET{number}", "given": ["Ramona", "Zoë"], "prefix": ["Ms."]}],
        "telecom": [{"system": "phone", "value": "555-226-7719", "use": "home"}],
        "gender": "female",
        "birthDate": "1987-05-14",
        "maritalStatus": {"text": "Never Married"},
        "multipleBirthBoolean": False,
        "communication": [{"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": "en-US"}]}}],
        **changes,
    }


def practitioner(**changes: Any) -> Resource:
    return {
        "resourceType": "Practitioner",
        "id": "keller",
        "active": True,
        "name": [{"family": "Keller", "given": ["Sam"], "prefix": ["Dr."], "suffix": ["DC"]}],
        **changes,
    }


def request(number: int, of: int, text: str | None = "Clamshell", **changes: Any) -> Resource:
    """An exercise prescription as the Physical Activity guide asks for it."""
    return {
        "resourceType": "ServiceRequest",
        "id": f"sr-{number}",
        "status": "active",
        "intent": "order",
        "category": [PHYSICAL_ACTIVITY, {"coding": [{"system": SNOMED, "code": "91251008"}]}],
        "priority": "routine",
        "code": {"coding": [THERAPY], **({"text": text} if text else {})},
        "subject": {"reference": f"urn:uuid:{uuid.UUID(int=of)}", "display": "SECRET"},
        "authoredOn": "2026-11-23T10:00:00-09:00",
        "requester": {"reference": "Practitioner/keller", "display": "Dr. Sam Keller"},
        "performer": [{"reference": f"urn:uuid:{uuid.UUID(int=of)}"}],
        "reasonCode": [{"text": "SECRET reason"}],
        **changes,
    }


def side(code: str, text: str = "") -> Resource:
    return {"bodySite": [{"coding": [{"system": SNOMED, "code": code}], "text": text or "Hip"}]}


def timing(**repeat: Any) -> Resource:
    return {"occurrenceTiming": {"repeat": repeat}}


def care_plan(number: int, of: int, *activities: tuple[str, str], status: str = "active") -> Resource:
    """A care plan as Synthea makes it: activities without resources of their own. activities: code, text."""
    return {
        "resourceType": "CarePlan",
        "id": f"cp-{number}",
        "status": status,
        "intent": "order",
        "category": [{"coding": [{"system": SNOMED, "code": "384758001"}], "text": "Self-care interventions"}],
        "subject": {"reference": f"urn:uuid:{uuid.UUID(int=of)}"},
        "period": {"start": "2026-11-20T08:00:00-09:00"},
        "careTeam": [{"reference": "urn:uuid:unknown"}],
        "activity": [
            {
                "detail": {
                    "code": {"coding": [{"system": SNOMED, "code": code, "display": text}], "text": text},
                    "status": "in-progress",
                    "location": {"display": "HOSPITAL"},
                }
            }
            for code, text in activities
        ],
    }


def noise(rng: Random, of: int) -> Resource:
    """One of the many resources that no plan needs."""
    subject = {"reference": f"urn:uuid:{uuid.UUID(int=of)}"}
    return rng.choice(
        [
            {"resourceType": "Observation", "status": "final", "code": {"text": "Height"}, "subject": subject,
             "valueQuantity": {"value": rng.random() * 100, "unit": "cm"}},
            {"resourceType": "Claim", "patient": subject, "item": [{"sequence": 1, "net": {"value": 129.16}}]},
            {"resourceType": "Encounter", "status": "finished", "class": {"code": "AMB"}, "subject": subject},
            {"resourceType": "DiagnosticReport", "presentedForm": [{"data": "U0VDUkVU" * 50}], "subject": subject},
        ]
    )  # fmt: skip


def bundle(*resources: Resource, indent: int | None = 2) -> str:
    """A transaction Bundle, pretty-printed as Synthea's are."""
    entries = [
        {
            "fullUrl": f"urn:uuid:{resource.get('id', uuid.UUID(int=number))}",
            "resource": resource,
            "request": {"method": "POST", "url": resource["resourceType"]},
        }
        for number, resource in enumerate(resources)
    ]
    return json.dumps({"resourceType": "Bundle", "type": "transaction", "entry": entries}, indent=indent)


def ndjson(*resources: Resource) -> str:
    """Bulk export: a resource in each line, with references such as Patient/7."""
    return "".join(json.dumps(resource).replace("urn:uuid:", "Patient/") + "\n" for resource in resources)
