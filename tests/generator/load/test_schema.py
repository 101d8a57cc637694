"""JSON Schemas describe every field, and accept what ships."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from pydantic import BaseModel

from generator.figures.pose import Pose
from generator.load.schema import SchemaKind, json_schema


def described(schema: dict[str, Any]) -> bool:
    return "description" in schema or "$ref" in schema or any(described(part) for part in schema.get("anyOf", ()))


def json_schema_titles(model: type[BaseModel]) -> set[str]:
    """Titles of a model and of all models inside it."""
    schema = model.model_json_schema()
    return {schema["title"], *(part.get("title", "") for part in schema.get("$defs", {}).values())}


@pytest.mark.parametrize("kind", get_args(SchemaKind))
def test_a_schema_is_closed_and_names_what_is_required(kind: SchemaKind) -> None:
    schema = json_schema(kind)
    assert schema["additionalProperties"] is False
    assert "id" in schema["required"]
    assert schema["$schema"].endswith("2020-12/schema")


@pytest.mark.parametrize("kind", ["handout", "exercise", "program", "plan"])
def test_every_field_of_content_is_described(kind: SchemaKind) -> None:
    schema = json_schema(kind)
    pictures = json_schema_titles(Pose)
    models = [model for model in schema.get("$defs", {}).values() if model.get("title") not in pictures]
    for model in (schema, *models):
        for name, field in model.get("properties", {}).items():
            assert described(field), f"{model.get('title')}.{name}"


def test_short_forms_are_part_of_the_schema() -> None:
    handout, exercise, plan, layout = (json_schema(kind) for kind in ("handout", "exercise", "plan", "layout"))
    assert {"type": "string"} in handout["$defs"]["Item"]["anyOf"]
    assert {"type": "integer", "minimum": 0} in exercise["$defs"]["Dosage"]["properties"]["sets"]["anyOf"]
    assert "yes" in plan["$defs"]["EmailConsent"]["properties"]["consent"]["enum"]
    assert layout["required"] == ["id"]
    assert "extends" in layout["properties"]
