"""A library that is kept from run to run: content that has not changed is neither read nor judged again.

What is kept is the library of content without errors, as JSON, with a hash of all that it was loaded from. It holds no
plans, and so nothing of a patient. The models are built as they were, past their validators: to build those takes
longer than to load all content with them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from pydantic import VERSION, BaseModel

from generator.load.digest import library_hash
from generator.load.kept import KeptTexts
from generator.load.library import LibraryReport, read_library
from generator.models.common import Range
from generator.models.evidence import Evidence
from generator.models.library import Library
from generator.models.places import Places

MADE_BY: Final = ("generator", "generator.figures", "generator.load", "generator.models", "generator.validation")
"""Packages whose code says what a library is made of, and what is wrong with it."""
MOST: Final = 4
"""Libraries that are kept, one for each content folder: who uses more waits a little for the others."""

_TUPLE, _LIST, _SET, _PAIRS, _DATE = -1, -2, -3, -4, -5
"""What a JSON list stands for by its first member: these, or from 0 on the number of a class."""


def kept_libraries() -> KeptTexts:
    """Libraries of the user's cache folder, for the code that loads them as it is now."""
    return KeptTexts.of_user("libraries", *MADE_BY, most=MOST)


def read_kept(content: Path, kept: KeptTexts) -> LibraryReport:
    """As `read_library`, from what is kept if that is still the library of this content; it then has its digest."""
    key, before = sha256(str(content.resolve()).encode("utf-8")).hexdigest(), _hash(content)
    if before is not None and (library := _library(kept.get(key), before)) is not None:
        return LibraryReport(library)
    report = read_library(content)
    if before is None or report.library is None or report.errors or _hash(content) != before:
        return report
    library = replace(report.library, digest=before)
    kept.put(key, _text(library))
    return LibraryReport(library)


def _hash(content: Path) -> str | None:
    """Hash of the content, None where it cannot be told; loading then says why."""
    with suppress(OSError):
        return library_hash(content)
    return None


def _classes() -> dict[str, type[Any]]:
    """All classes that a library may be made of, by name: models of content, and the plain values between them."""
    models = (
        one for one in _below(BaseModel) if one.__module__.startswith(("generator.models.", "generator.figures."))
    )
    return {f"{one.__module__}.{one.__qualname__}": one for one in (*models, Library, Evidence, Places, Range)}


def _below(one: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for below in one.__subclasses__():
        yield below
        yield from _below(below)


def _names(one: type[Any]) -> list[str]:
    """Names of a class's fields in their order."""
    return list(one.model_fields) if issubclass(one, BaseModel) else [field.name for field in fields(one)]


# ---- writing


def _text(library: Library) -> str:
    numbers: dict[type[Any], int] = {}
    whole = _plain(library, numbers)
    classes = [[f"{one.__module__}.{one.__qualname__}", _names(one)] for one in numbers]
    value = {"content": library.digest, "pydantic": VERSION, "classes": classes, "library": whole}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any, numbers: dict[type[Any], int]) -> Any:
    """A value as JSON. numbers: of the classes met so far."""
    if isinstance(value, BaseModel):
        number, names = numbers.setdefault(type(value), len(numbers)), _names(type(value))
        given = None if len(value.model_fields_set) == len(names) else sorted(value.model_fields_set)
        return [number, given, *(_plain(getattr(value, name), numbers) for name in names)]
    if isinstance(value, Places):
        return [numbers.setdefault(Places, len(numbers)), None, value.file, value.lines]
    if is_dataclass(value):
        number, names = numbers.setdefault(type(value), len(numbers)), _names(type(value))
        return [number, None, *(_plain(getattr(value, name), numbers) for name in names)]
    if isinstance(value, dict):
        if all(isinstance(key, str) for key in value):
            return {key: _plain(member, numbers) for key, member in value.items()}
        return [_PAIRS, *([_plain(key, numbers), _plain(member, numbers)] for key, member in value.items())]
    if isinstance(value, tuple | list | frozenset):
        kind = _TUPLE if isinstance(value, tuple) else _LIST if isinstance(value, list) else _SET
        return [kind, *(_plain(member, numbers) for member in (sorted(value) if kind == _SET else value))]
    if isinstance(value, date):
        return [_DATE, value.isoformat()]
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"{type(value).__name__} has no form as JSON here")


# ---- reading


def _library(text: str | None, content: str) -> Library | None:
    """The library of a kept text; None where it is of other content, or not what `_text` writes."""
    try:
        value = json.loads(text or "{}")
        if (value.get("content"), value.get("pydantic")) != (content, VERSION):
            return None
        library = _Builder(value["classes"]).value(value["library"])
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return None
    return library if isinstance(library, Library) else None


class _Builder:
    """Builds values from what `_plain` wrote."""

    def __init__(self, classes: list[tuple[str, list[str]]]) -> None:
        """Raises KeyError for a class that no library is made of, ValueError for one that has other fields now."""
        known = _classes()
        self._classes = [(known[name], names) for name, names in classes]
        if any(_names(one) != names for one, names in self._classes):
            raise ValueError("other fields")

    def value(self, plain: Any) -> Any:
        if type(plain) is list:
            kind = plain[0]
            if kind == _TUPLE:
                return tuple([self.value(member) for member in plain[1:]])
            return self._built(kind, plain) if kind >= 0 else self._collected(kind, plain[1:])
        if type(plain) is dict:
            return {key: self.value(member) for key, member in plain.items()}
        return plain

    def _collected(self, kind: int, members: list[Any]) -> Any:
        if kind == _DATE:
            return date.fromisoformat(members[0])
        if kind in (_LIST, _SET):
            found = map(self.value, members)
            return list(found) if kind == _LIST else frozenset(found)
        return {self.value(key): self.value(member) for key, member in members}

    def _built(self, number: int, plain: list[Any]) -> Any:
        one, names = self._classes[number]
        if one is Places:
            return Places(*plain[2:])
        values = dict(zip(names, map(self.value, plain[2:]), strict=True))
        return _model(one, values, plain[1]) if issubclass(one, BaseModel) else one(**values)


def _model(one: type[BaseModel], values: Mapping[str, Any], given: list[str] | None) -> BaseModel:
    """A model as it was, built as `pickle` builds it."""
    model = one.__new__(one)
    given_names = set(values if given is None else given)
    model.__setstate__(
        {
            "__dict__": values,
            "__pydantic_fields_set__": given_names,
            "__pydantic_extra__": None,
            "__pydantic_private__": None,
        }
    )
    return model
