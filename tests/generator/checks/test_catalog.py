"""The rules themselves: codes, explanations, the page of the docs, and findings for other programs."""

from __future__ import annotations

import json
import re

import pytest

from generator.checks.catalog import FAMILIES, all_rules, explain, rules_page
from generator.checks.report import as_json, as_sarif
from generator.errors import Place, UsageError
from generator.models.selection import Finding
from tests.generator.checks.bench import ROOT

FOUND = (
    Finding("D01", "error", "Too many.", "Check it.", Place("plan.yaml", 7, "exercises.0.reps")),
    Finding("V01", "note", "Not signed off."),
)


def test_codes_are_unique_and_belong_to_a_family() -> None:
    codes = [rule.code for rule in all_rules()]
    assert len(set(codes)) == len(codes)
    assert {code[0] for code in codes} == set(FAMILIES)


def test_every_code_in_the_program_is_a_rule() -> None:
    """Stages that may not import the gates name a rule by its code."""
    known = {rule.code for rule in all_rules()}
    named = [
        (path.name, code)
        for path in (ROOT / "generator").rglob("*.py")
        for code in re.findall(r"Finding\(\s*\"([A-Z][0-9]{2})\"", path.read_text("utf-8"))
    ]
    assert named
    assert [(name, code) for name, code in named if code not in known] == []


def test_a_rule_that_no_silence_opens_says_so() -> None:
    assert explain("S01").endswith("Not to be silenced. Ask the questions, and write the answers into the plan.")
    assert "| S01† | error |" in rules_page()
    assert "| L01 | error |" in rules_page()


def test_every_rule_says_why_and_where_from() -> None:
    for rule in all_rules():
        assert rule.title.endswith(".")
        assert rule.reason.endswith(".")
        assert rule.source.endswith(".")
        assert "|" not in rule.title + rule.reason + rule.source


def test_a_rule_is_explained() -> None:
    assert explain("d05") == (
        "D05 (error): Sets times work time stays within the exercise's limit for one side.\n"
        "Why: More rolling is not better, and may bruise.\n"
        "Source: behm-2020; bartsch-2021."
    )


def test_an_unknown_code_is_no_rule() -> None:
    with pytest.raises(UsageError, match="There is no rule of that code"):
        explain("Z99")


def test_the_page_of_the_docs_is_current() -> None:
    page = (ROOT / "docs" / "rules.md").read_text("utf-8")
    assert page == rules_page(), "write the result of rules_page() there again"


def test_json_tells_place_and_counts() -> None:
    document = as_json(FOUND)
    assert document["counts"] == {"error": 1, "warning": 0, "note": 1}
    assert document["findings"][0] == {
        "code": "D01",
        "severity": "error",
        "message": "Too many.",
        "hint": "Check it.",
        "file": "plan.yaml",
        "line": 7,
        "key": "exercises.0.reps",
    }
    assert document["findings"][1]["file"] is None


def test_sarif_names_rule_level_and_place() -> None:
    log = json.loads(json.dumps(as_sarif(FOUND, "1.2.3")))
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert log["version"] == "2.1.0"
    assert len(rules) == len(all_rules())
    first, second = run["results"]
    assert rules[first["ruleIndex"]]["id"] == first["ruleId"] == "D01"
    assert first["level"] == "error"
    assert first["message"]["text"] == "Too many. Check it."
    location = first["locations"][0]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "plan.yaml"},
        "region": {"startLine": 7},
    }
    assert location["logicalLocations"] == [{"fullyQualifiedName": "exercises.0.reps"}]
    assert "locations" not in second
