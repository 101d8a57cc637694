"""Findings for other programs hold to the formats that these programs read."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from generator.checks.catalog import all_rules
from generator.checks.library import check_library
from generator.checks.report import as_json, as_sarif
from generator.errors import Place
from generator.models.selection import Finding
from tests.generator.checks.bench import TODAY, gates, plan_of
from tests.generator.checks.content import paragraph, with_handout


def of(required: str, **properties: Any) -> dict[str, Any]:
    """An object with no other properties than these; required: names, with spaces between."""
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


def many(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items, "uniqueItems": True}


WORDS = {"type": "string", "minLength": 1}
MESSAGE = of("text", text=WORDS)
LEVEL = {"enum": ["none", "note", "warning", "error"]}
# The parts of SARIF 2.1.0 (OASIS standard, sections 3.13 to 3.52) that the program writes, and nothing else.
SARIF = of(
    "version runs",
    **{"$schema": {"const": "https://json.schemastore.org/sarif-2.1.0.json"}},
    version={"const": "2.1.0"},
    runs=many(
        of(
            "tool results",
            columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
            tool=of(
                "driver",
                driver=of(
                    "name",
                    name=WORDS,
                    version=WORDS,
                    rules=many(
                        of(
                            "id",
                            id=WORDS,
                            shortDescription=MESSAGE,
                            fullDescription=MESSAGE,
                            help=MESSAGE,
                            defaultConfiguration=of("", level=LEVEL),
                        )
                    ),
                ),
            ),
            results={
                "type": "array",
                "items": of(
                    "message",
                    ruleId=WORDS,
                    ruleIndex={"type": "integer", "minimum": 0},
                    level=LEVEL,
                    message=MESSAGE,
                    locations=many(
                        of(
                            "",
                            physicalLocation=of(
                                "artifactLocation",
                                artifactLocation=of(
                                    "", uri={"type": "string", "pattern": r"^[A-Za-z0-9\-._~/!$&'()*+,;=:@%]+$"}
                                ),
                                region=of("startLine", startLine={"type": "integer", "minimum": 1}),
                            ),
                            logicalLocations=many(of("", fullyQualifiedName=WORDS)),
                        )
                    ),
                ),
            },
        )
    ),
)


def everything() -> list[Finding]:
    """Findings with and without a place, of plans and of content."""
    shelf = with_handout(paragraph("Perform it. The IT band has zero stretch."))
    stopped = plan_of("clamshell", screened=None, age=15)
    odd = Finding("L01", "error", "Long.", place=Place("plans of m\u00fcller/week 1.yaml", 3, "notes.0"))
    return [*check_library(shelf, TODAY), *gates(stopped, reviews=None)[1], odd, Finding("V01", "note", "Unsigned.")]


def test_the_log_is_sarif() -> None:
    log = json.loads(json.dumps(as_sarif(everything(), "1.2.3")))
    jsonschema.Draft202012Validator(SARIF).validate(log)
    (run,) = log["runs"]
    assert len(run["results"]) == len(everything())
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert run["results"][-2]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == (
        "plans%20of%20m%C3%BCller/week%201.yaml"
    )


@pytest.mark.parametrize("spoil", ["line 0", "no message", "unknown level", "space in the address"])
def test_what_is_no_sarif_is_told_apart(spoil: str) -> None:
    log = json.loads(json.dumps(as_sarif(everything(), "1.2.3")))
    result = log["runs"][0]["results"][-2]
    location = result["locations"][0]["physicalLocation"]
    match spoil:
        case "line 0":
            location["region"]["startLine"] = 0
        case "no message":
            del result["message"]
        case "unknown level":
            result["level"] = "grave"
        case _:
            location["artifactLocation"]["uri"] = "week 1.yaml"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SARIF).validate(log)


def test_every_rule_stands_in_the_log() -> None:
    rules = as_sarif((), "1.2.3")["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in all_rules()]


def test_json_counts_what_it_lists() -> None:
    document = as_json(everything())
    assert sum(document["counts"].values()) == len(document["findings"]) == len(everything())
