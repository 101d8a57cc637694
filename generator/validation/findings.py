"""Turns what pydantic says of a file into findings that a clinician can act on.

A finding names file, line and key, says in plain words what is wrong, and suggests what was meant. It never quotes a
value of a plan, since that may be a patient's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from generator.errors import HandoutsError, PlanError
from generator.models.places import Places
from generator.source import KeyPath, Source, Value

Model = TypeVar("Model", bound=BaseModel)

PLAIN = {
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_parsing": "must be a number",
    "float_type": "must be a number",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "string_type": "must be text",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "dict_type": "must hold keys and values",
    "model_type": "must hold keys and values",
    "model_attributes_type": "must hold keys and values",
    "string_too_short": "is empty or too short",
}
COUNTED = {
    "string_too_long": "is longer than {max_length} characters",
    "too_long": "has more than {max_length} entries",
    "too_short": "has fewer than {min_length} entries",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "greater_than": "must be more than {gt}",
    "less_than": "must be less than {lt}",
}
FORMS = {
    r"^[^\n\r]*$": "must be one line",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "may hold only lower-case letters, digits and single hyphens",
    r"^https://[^\s/]+\.[^\s]+$": "must be a web address that starts with https://",
}


def suggestion(word: str, known: Iterable[str]) -> str:
    """A hint with the nearest known word, "" if none is near."""
    near = get_close_matches(word, list(known), 1, 0.6)
    return f'Did you mean "{near[0]}"?' if near else ""


def validated(
    model: type[Model], source: Source, error: type[HandoutsError]
) -> tuple[Model | None, list[HandoutsError]]:
    """The model of a file's value, or the findings about it. A value that is unsure already has its own finding."""
    if source.value is None:
        empty = error("The file is empty.", place=Places(source.file).at())
        return None, [empty] if source.readable and not source.errors else []
    try:
        return model.model_validate(source.value), []
    except ValidationError as problem:
        return None, list(_Findings(model, source, error).of(problem))


class _Findings:
    """Findings about one file."""

    def __init__(self, model: type[BaseModel], source: Source, error: type[HandoutsError]) -> None:
        self.model = model
        self.source = source
        self.error = error
        self.places = Places(source.file, source.lines)
        self.private = issubclass(error, PlanError)

    def of(self, problem: ValidationError) -> Iterator[HandoutsError]:
        """One finding for each mistake: a misspelled key is not also reported as a missing one."""
        errors = problem.errors(include_input=False, include_url=False)
        meant = set()
        for entry in errors:
            if entry["type"] == "extra_forbidden":
                path = _path(self.source.value, entry["loc"])
                near = get_close_matches(str(path[-1]), self._keys(entry["loc"][:-1]), 1, 0.6)
                meant |= {(*path[:-1], key) for key in near}
        for entry in errors:
            path = _path(self.source.value, entry["loc"])
            if entry["type"] == "missing" and path in meant:
                continue
            if self._known_already(entry["type"], path):
                continue
            yield self._finding(entry["type"], path, entry["loc"], entry.get("ctx", {}))

    def _known_already(self, kind: str, path: KeyPath) -> bool:
        """True if the value, or for a rule over several values one of them, has a finding of its own already."""
        above = any(path[:length] in self.source.unsure for length in range(len(path) + 1))
        return above or (kind == "value_error" and any(one[: len(path)] == path for one in self.source.unsure))

    def _finding(self, kind: str, path: KeyPath, loc: KeyPath, ctx: dict[str, Any]) -> HandoutsError:
        place = self.places.at(*path)
        if kind == "extra_forbidden":
            hint = suggestion(str(path[-1]), self._keys(loc[:-1]))
            if self.private and not hint:
                place = type(place)(place.file, place.line, ".".join(str(part) for part in path[:-1]))
                return self.error("A key is not known here.", place=place)
            return self.error(f'The key "{path[-1]}" is not known here.', hint=hint, place=place)
        if kind == "missing":
            return self.error(f'"{path[-1]}" is missing.', hint=self._description(loc), place=place)
        return self.error(
            f"{_subject(path)} {self._words(kind, path, ctx)}.", hint=self._hint(kind, path, loc, ctx), place=place
        )

    def _words(self, kind: str, path: KeyPath, ctx: dict[str, Any]) -> str:
        """What is wrong, as the end of a sentence."""
        if kind == "value_error":
            return str(ctx["error"])
        if kind in COUNTED:
            return COUNTED[kind].format(**ctx)
        if kind == "string_pattern_mismatch":
            return FORMS.get(ctx["pattern"], "does not have the right form")
        if kind == "literal_error":
            return f"must be {ctx['expected']}"
        if kind in ("union_tag_invalid", "union_tag_not_found"):
            tags = str(ctx.get("expected_tags", "")) or "one of the known types"
            return f"has no known type: it must be one of {tags}" if "," in tags else "has no type"
        if kind.endswith("_type") and _value_at(self.source.value, path) is None:
            return "is empty"
        return PLAIN.get(kind, "is not right")

    def _hint(self, kind: str, path: KeyPath, loc: KeyPath, ctx: dict[str, Any]) -> str:
        given = _value_at(self.source.value, path)
        if kind == "literal_error" and isinstance(given, str):
            return suggestion(given, str(ctx["expected"]).replace(" or ", ", ").replace("'", "").split(", "))
        return "" if kind in ("value_error", "union_tag_invalid", "union_tag_not_found") else self._description(loc)

    def _keys(self, loc: KeyPath) -> list[str]:
        """Keys that the models at a location know."""
        return [key for model in _models_at(self.model, loc) for key in model.model_fields]

    def _description(self, loc: KeyPath) -> str:
        """What the field at a location is for."""
        names = [part for part in loc if isinstance(part, str)]
        for length in range(len(loc) - 1, -1, -1):
            for model in _models_at(self.model, loc[:length]):
                info = model.model_fields.get(names[-1]) if names else None
                if info is not None and info.description:
                    return info.description
        return ""


def _subject(path: KeyPath) -> str:
    """The value at a path as the subject of a sentence."""
    if not path:
        return "The file"
    if isinstance(path[-1], int):
        owner = next((part for part in reversed(path) if isinstance(part, str)), "the list")
        return f'Entry {path[-1] + 1} of "{owner}"'
    return f'"{path[-1]}"'


def _path(value: Value, loc: tuple[int | str, ...]) -> KeyPath:
    """A pydantic location as a path in the file: tags of block types and marks of keys are left out."""
    path: list[str | int] = []
    for number, part in enumerate(loc):
        if part == "[key]":
            continue
        if isinstance(value, dict) and part in value:
            value = value[str(part)]
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        elif number < len(loc) - 1:
            continue
        path.append(part)
    return tuple(path)


def _value_at(value: Value, path: KeyPath) -> Value:
    for part in path:
        if isinstance(value, dict):
            value = value.get(str(part))
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            return None
    return value


def _models_at(model: type[BaseModel], loc: KeyPath) -> list[type[BaseModel]]:
    """The models that may stand at a location."""
    here = [model]
    for part in loc:
        fields = [found.model_fields[part] for found in here if isinstance(part, str) and part in found.model_fields]
        if fields:
            here = [below for info in fields for below in _models_in(_annotation(info))]
        else:
            tagged = [found for found in here if _tag(found) == part]
            here = tagged or here
    return here


def _annotation(info: FieldInfo) -> Any:
    return info.annotation


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    """Models named in a type: in unions, tuples, mapping values and annotated types."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    origin = get_origin(annotation)
    if origin is Annotated:
        return _models_in(get_args(annotation)[0])
    if origin in (Union, UnionType, tuple, dict, list):
        return [model for part in get_args(annotation) if part is not ... for model in _models_in(part)]
    return []


def _tag(model: type[BaseModel]) -> str:
    """The value of a block's type field, "" if it has none."""
    info = model.model_fields.get("type")
    values = get_args(info.annotation) if info is not None else ()
    return str(values[0]) if values else ""
