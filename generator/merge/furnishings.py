"""Step 16, reading side: bookmarks, page labels and layers of one input (ISO 32000-1, 12.3.3, 12.4.2 and 8.11)."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from pypdf.generic import DictionaryObject, NumberObject

from generator.merge.copying import Copier
from generator.merge.opening import Opened, entry, pairs, raw, raw_list, resolved
from generator.merge.values import Dictionary, Ref
from generator.values import dataclass

_BOOKMARK_KEYS = ("/Title", "/A", "/Dest", "/C", "/F", "/SE")
_MAX_BOOKMARKS = 20_000


@dataclass(frozen=True, slots=True)
class Bookmark:
    """depth: 0 for the outermost. item: its dictionary without the links to its neighbors. opened: shows its kids."""

    depth: int
    item: int
    opened: bool


@dataclass(slots=True)
class Layers:
    """Optional content groups and the parts of the default configuration that decide what is seen."""

    groups: list[int] = field(default_factory=list)
    off: list[int] = field(default_factory=list)
    lists: Dictionary = field(default_factory=dict)


def read_bookmarks(opened: Opened, copier: Copier) -> tuple[Bookmark, ...]:
    """The outline in the order in which it is read; circles end it."""
    found: list[Bookmark] = []
    seen: set[int] = set()
    waiting: list[tuple[Any, int]] = [(entry(entry(opened.catalog, "/Outlines"), "/First"), 0)]
    while waiting and len(found) < _MAX_BOOKMARKS:
        item, depth = waiting.pop()
        if not isinstance(item, DictionaryObject) or id(item) in seen:
            continue
        seen.add(id(item))
        kept = DictionaryObject({key: raw(item, key) for key in _BOOKMARK_KEYS if raw(item, key) is not None})
        count = entry(item, "/Count")
        opened_here = not isinstance(count, NumberObject) or count >= 0
        found.append(Bookmark(depth, copier.add(copier.dictionary(kept)), opened_here))
        waiting.append((entry(item, "/Next"), depth))
        waiting.append((entry(item, "/First"), depth + 1))
    copier.drain()
    return tuple(found)


def read_labels(opened: Opened, copier: Copier) -> tuple[tuple[int, int], ...]:
    """(page index, label dictionary) of each range; a range always starts on the first page."""
    found = {}
    for index, item in pairs(raw(opened.catalog, "/PageLabels"), "/Nums"):
        if isinstance(index, NumberObject) and 0 <= index < len(opened.pages):
            label = copier.value(resolved(item))
            if isinstance(label, dict):
                found[int(index)] = copier.add(label)
    return tuple(sorted(found.items()))


def read_layers(opened: Opened, copier: Copier) -> Layers:
    """Groups with what is hidden at first: a layer that nobody saw must not appear by merging."""
    layers = Layers()
    properties = entry(opened.catalog, "/OCProperties")
    if not isinstance(properties, DictionaryObject):
        return layers
    default = entry(properties, "/D")
    default = default if isinstance(default, DictionaryObject) else DictionaryObject()
    layers.groups = _references(copier, raw_list(properties, "/OCGs"))
    shown = _references(copier, raw_list(default, "/ON"))
    layers.off = _references(copier, raw_list(default, "/OFF"))
    if entry(default, "/BaseState") == "/OFF":
        layers.off = [group for group in layers.groups if group not in shown]
    for key in ("/Order", "/Locked", "/RBGroups", "/AS"):
        values = [copier.value(item) for item in raw_list(default, key)]
        layers.lists[key] = [value for value in values if value is not None]
    copier.drain()
    return layers


def _references(copier: Copier, items: list[Any]) -> list[int]:
    return [value for value in (copier.value(item) for item in items) if type(value) is Ref]
