"""FHIR files → resources that know where they stand and find one another.

A Bundle is read entry by entry, so that a record of many megabytes costs no more memory than what a plan needs of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator
from dataclasses import field, replace
from typing import TypeVar

from generator.errors import HandoutsError, Place, PlanError
from generator.inputs.fhir_resources import TYPES, Reference, Resource
from generator.source import TOO_DEEP, parse_json
from generator.validation.findings import validated
from generator.values import dataclass

Kind = TypeVar("Kind", bound=Resource)

_SPACE = re.compile(r"[ \t\r\n]*")
_RESOURCE_TYPE = re.compile(r'"resourceType"\s*:\s*"[A-Z]')
_decode = json.JSONDecoder().raw_decode


@dataclass(frozen=True, slots=True)
class Found:
    """One resource. place: where it stands, with its key in a Bundle. name: such as Patient/7. address: its full URL.

    subject: reference of the patient whose it is. resource: None if errors say what is wrong with it.
    """

    place: Place
    resource: Resource | None = field(repr=False)
    name: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    subject: str = field(default="", repr=False)
    errors: tuple[HandoutsError, ...] = ()


@dataclass(slots=True)
class Record:
    """All resources of some files, in their order, and how they are referred to."""

    found: list[Found] = field(default_factory=list)
    _by_name: dict[str, Found] = field(default_factory=dict)

    def add(self, found: Found) -> None:
        """Takes a resource in. The same one again (a patient in several Bundles) is taken once; another is an error."""
        known = self._by_name.get(found.name) if found.name else None
        if known is not None and known.resource == found.resource is not None:
            self._by_name.setdefault(found.address, known)
            return
        if known is not None:
            message = f"Two resources have the same id here and at {known.place}."
            error = PlanError(message, hint="Keep the newer one.", place=found.place)
            found = Found(found.place, None, subject=found.subject or known.name, errors=(*found.errors, error))
        for one in filter(None, (found.address, found.name)):
            self._by_name.setdefault(one, found)
        self.found.append(found)

    def all(self, kind: type[Kind]) -> Iterator[tuple[Found, Kind]]:
        """The resources of a kind."""
        for found in self.found:
            if isinstance(found.resource, kind):
                yield found, found.resource

    def at(self, reference: Reference | None) -> Found | None:
        """What a reference points to, None if the files do not hold it; an address of a server before it is nothing."""
        return self.named(reference.reference if reference is not None else None)

    def named(self, name: str | None) -> Found | None:
        """The resource of a reference's text."""
        if not name:
            return None
        plain = name.split("/_history/")[0]
        return self._by_name.get(plain) or self._by_name.get("/".join(plain.split("/")[-2:]))


def is_fhir(text: str) -> bool:
    """Whether a JSON text, or one with a value in each line, is FHIR."""
    return _RESOURCE_TYPE.search(text, 0, 100_000) is not None


def read_bundle(text: str, shown: str) -> Iterator[Found]:
    """The resources of a JSON file: a Bundle, or one resource. Raises PlanError if it is neither."""
    try:
        yield from _bundle(text, shown)
    except json.JSONDecodeError as problem:
        raise PlanError("This is not valid JSON.", place=Place(shown, problem.lineno)) from None
    except RecursionError:
        raise PlanError(TOO_DEEP, place=Place(shown)) from None


def read_lines(text: str, shown: str) -> Iterator[Found]:
    """The resources of an NDJSON file, one a line."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value, _ = _decode(line.strip())
        except (json.JSONDecodeError, RecursionError):
            place = Place(shown, number)
            yield Found(place, None, errors=(PlanError("This is not valid JSON.", place=place),))
            continue
        yield from _resource(value, line, Place(shown, number))


def _bundle(text: str, shown: str) -> Iterator[Found]:
    """Goes through the members of a Bundle itself, so that only what a plan needs is kept."""
    position = _skip(text, 0)
    if text[position : position + 1] != "{":
        raise PlanError("This is no FHIR resource.", place=Place(shown, 1))
    position, kind = _skip(text, position + 1), ""
    while text[position : position + 1] != "}":
        key, position = _decode(text, position)
        position = _skip(text, _past(text, _skip(text, position), ":"))
        if key == "entry" and text[position : position + 1] == "[":
            position = yield from _entries(text, position, shown)
        else:
            value, position = _decode(text, position)
            kind = str(value) if key == "resourceType" else kind
        position = _next(text, position, "}")
    if kind in TYPES:
        yield from _resource(_decode(text, _skip(text, 0))[0], text, Place(shown, 1))
    elif not kind:
        raise PlanError("This is no FHIR resource.", hint="It has no resourceType.", place=Place(shown, 1))


def _entries(text: str, position: int, shown: str) -> Generator[Found, None, int]:
    """The resources of a Bundle's entries; returns where their list ends."""
    number, line, counted = 0, 1, 0
    position = _skip(text, position + 1)
    while text[position : position + 1] != "]":
        entry, end = _decode(text, position)
        line, counted = line + text.count("\n", counted, position), position
        if isinstance(entry, dict):
            place = Place(shown, line, f"entry.{number}.resource")
            yield from _resource(entry.get("resource"), text[position:end], place, str(entry.get("fullUrl") or ""))
        number += 1
        position = _next(text, end, "]")
    return position + 1


def _resource(value: object, text: str, place: Place, address: str = "") -> Iterator[Found]:
    """One resource, read strictly; nothing if no plan needs its kind. text: it, or the entry around it."""
    kind = value.get("resourceType") if isinstance(value, dict) else None
    if not isinstance(value, dict) or kind not in TYPES:
        return
    source = parse_json(text.encode("utf-8"), place.file, PlanError, line=place.line or 1, limit=len(text) * 4)
    inner = source.value
    if place.key and isinstance(inner, dict):
        inner = inner.get("resource")
    found, errors = validated(TYPES[kind], replace(source, value=inner, lines=place.line or 1), PlanError)
    errors = [*source.errors, *errors]
    subject, id = value.get("subject"), value.get("id")
    yield Found(
        place,
        found if not errors else None,
        f"{kind}/{id}" if id else "",
        address,
        str(subject.get("reference") or "") if isinstance(subject, dict) else "",
        tuple(PlanError(error.message, hint=error.hint, place=place) for error in errors),
    )


def _next(text: str, position: int, end: str) -> int:
    """Past a comma to the next member, or at the end of the list or object."""
    position = _skip(text, position)
    if text[position : position + 1] == end:
        return position
    position = _skip(text, _past(text, position, ","))
    if text[position : position + 1] == end:
        raise json.JSONDecodeError("comma before the end", text, position)
    return position


def _past(text: str, position: int, character: str) -> int:
    if text[position : position + 1] != character:
        raise json.JSONDecodeError(f"expected {character}", text, position)
    return position + 1


def _skip(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position
