"""A library that is kept from run to run: content that has not changed is neither read nor judged again.

What is kept is the library of content without errors, as JSON, with a hash of all that it was loaded from. It holds no
plans, and so nothing of a patient. The models are built as they were, past their validators: to build those takes
longer than to load all content with them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import field, fields, is_dataclass, replace
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
from generator.values import dataclass

MADE_BY: Final = ("generator", "generator.figures", "generator.load", "generator.models", "generator.validation")
"""Packages whose code says what a library is made of, and what is wrong with it."""
MOST: Final = 4
"""Libraries that are kept, one for each content folder: who uses more waits a little for the others."""

_TUPLE, _LIST, _SET, _PAIRS, _DATE, _PLAIN_TUPLE = -1, -2, -3, -4, -5, -6
"""What a JSON list stands for by its first member: these, or from 0 on the number of a class.

The members of a plain tuple are what they are in JSON, as those of most tuples.
"""


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


@dataclass(frozen=True, slots=True)
class _Class:
    """A class by its number. built: names of the fields that are not in all of its values what they are in JSON."""

    number: int
    names: list[str]
    built: set[str] = field(default_factory=set)


def _text(library: Library) -> str:
    met: dict[type[Any], _Class] = {}
    whole = _plain(library, met)
    classes = [[f"{one.__module__}.{one.__qualname__}", of.names, sorted(of.built)] for one, of in met.items()]
    value = {"content": library.digest, "pydantic": VERSION, "classes": classes, "library": whole}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any, met: dict[type[Any], _Class]) -> Any:
    """A value as JSON. met: the classes so far."""
    if isinstance(value, BaseModel) or is_dataclass(value):
        return _members(value, met)
    if isinstance(value, dict):
        if all(isinstance(key, str) for key in value):
            return {key: _plain(member, met) for key, member in value.items()}
        return [_PAIRS, *([_plain(key, met), _plain(member, met)] for key, member in value.items())]
    if isinstance(value, tuple | list | frozenset):
        members = [_plain(member, met) for member in (sorted(value) if isinstance(value, frozenset) else value)]
        if isinstance(value, tuple):
            return [_PLAIN_TUPLE if all(map(_stands, members)) else _TUPLE, *members]
        return [_LIST if isinstance(value, list) else _SET, *members]
    if isinstance(value, date):
        return [_DATE, value.isoformat()]
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"{type(value).__name__} has no form as JSON here")


def _members(value: Any, met: dict[type[Any], _Class]) -> list[Any]:
    """A value of a class: the class's number, the fields that were given (None for all), and each field's value."""
    one = met.setdefault(type(value), _Class(len(met), _names(type(value))))
    if isinstance(value, Places):
        return [one.number, None, value.file, value.lines]  # its tree is JSON
    members = {name: _plain(getattr(value, name), met) for name in one.names}
    one.built.update(name for name, member in members.items() if not _stands(member))
    given = value.model_fields_set if isinstance(value, BaseModel) else members
    return [one.number, None if len(given) == len(members) else sorted(given), *members.values()]


def _stands(plain: Any) -> bool:
    """True if a value as JSON is the value itself."""
    if isinstance(plain, dict):
        return all(map(_stands, plain.values()))
    return not isinstance(plain, list)


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

    def __init__(self, classes: list[tuple[str, list[str], list[str]]]) -> None:
        """Raises KeyError for a class that no library is made of, ValueError for one that has other fields now."""
        known = _classes()
        self._classes = [
            (known[name], issubclass(known[name], BaseModel), names, built) for name, names, built in classes
        ]
        if any(_names(one) != names for one, _, names, _ in self._classes):
            raise ValueError("other fields")

    def value(self, plain: Any) -> Any:
        if type(plain) is list:
            kind = plain[0]
            if kind >= 0:
                return self._built(kind, plain)
            if kind == _PLAIN_TUPLE:
                return tuple(plain[1:])
            return self._collected(kind, plain[1:])
        if type(plain) is dict:
            return {key: self.value(member) for key, member in plain.items()}
        return plain

    def _collected(self, kind: int, members: list[Any]) -> Any:
        if kind == _DATE:
            return date.fromisoformat(members[0])
        if kind == _PAIRS:
            return {self.value(key): self.value(member) for key, member in members}
        found = [self.value(member) for member in members]
        return tuple(found) if kind == _TUPLE else found if kind == _LIST else frozenset(found)

    def _built(self, number: int, plain: list[Any]) -> Any:
        one, is_model, names, built = self._classes[number]
        values = dict(zip(names, plain[2:], strict=True))
        for name in built:
            values[name] = self.value(values[name])
        return _model(one, values, plain[1]) if is_model else one(**values)


def _model(one: type[BaseModel], values: dict[str, Any], given: list[str] | None) -> BaseModel:
    """A model as it was, built as `pickle` builds it, which sets these four past all that guards a model."""
    model = one.__new__(one)
    _set(model, "__dict__", values)
    _set(model, "__pydantic_fields_set__", set(values if given is None else given))
    _set(model, "__pydantic_extra__", None)
    _set(model, "__pydantic_private__", None)
    return model


_set = object.__setattr__
