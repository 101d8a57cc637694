"""JSON Schemas describe every field, and accept what ships."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from generator.load.schema import SchemaKind, json_schema


def described(schema: dict[str, Any]) -> bool:
    return "description" in schema or "$ref" in schema or any(described(part) for part in schema.get("anyOf", ()))


@pytest.mark.parametrize("kind", get_args(SchemaKind))
def test_a_schema_is_closed_and_names_what_is_required(kind: SchemaKind) -> None:
    schema = json_schema(kind)
    assert schema["additionalProperties"] is False
    assert "id" in schema["required"]
    assert schema["$schema"].endswith("2020-12/schema")


@pytest.mark.parametrize("kind", ["handout", "exercise", "program", "plan"])
def test_every_field_of_content_is_described(kind: SchemaKind) -> None:
    schema = json_schema(kind)
    models = [schema, *schema.get("$defs", {}).values()]
    for model in models:
        for name, field in model.get("properties", {}).items():
            assert described(field), f"{model.get('title')}.{name}"


def test_short_forms_are_part_of_the_schema() -> None:
    exercise, plan, layout = json_schema("exercise"), json_schema("plan"), json_schema("layout")
    assert {"type": "string"} in exercise["$defs"]["Step"]["anyOf"]
    assert {"type": "integer", "minimum": 0} in exercise["$defs"]["Dosage"]["properties"]["sets"]["anyOf"]
    assert "yes" in plan["$defs"]["EmailConsent"]["properties"]["consent"]["enum"]
    assert layout["required"] == ["id"]
    assert "extends" in layout["properties"]
