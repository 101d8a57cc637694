"""JSON Schema of the content files, for completion and checks in an editor."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from generator.models.brand import Brand
from generator.models.codes import CodeTable
from generator.models.exercise import Exercise
from generator.models.handout import Handout
from generator.models.layout import Layout
from generator.models.plan import Plan
from generator.models.program import Program

SchemaKind = Literal["handout", "exercise", "program", "plan", "brand", "layout", "codes"]
MODELS: dict[SchemaKind, type[BaseModel]] = {
    "handout": Handout,
    "exercise": Exercise,
    "program": Program,
    "plan": Plan,
    "brand": Brand,
    "layout": Layout,
    "codes": CodeTable,
}


def json_schema(kind: SchemaKind) -> dict[str, Any]:
    """The schema (draft 2020-12) of one kind of file. A layout may extend another one and then needs only its id."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **MODELS[kind].model_json_schema()}
    if kind == "layout":
        extends = {"type": "string", "description": "Layout that it starts from; only what differs is given."}
        schema["properties"] = {"extends": extends, **schema["properties"]}
        schema["required"] = ["id"]
    return schema
