"""Step 19: fonts, images and color profiles that are the same are stored once.

From the leaves up: two fonts are the same when their files, widths and descriptors are. Never shared are structure,
annotations, form XObjects and page contents: a shared content stream hides from validators what is wrong on the second
page.
"""

from __future__ import annotations

from generator.merge.table import Placed, Table
from generator.merge.values import Out, Ref, Stream, Symbol, Value, in_list

_SHARED_TYPES = frozenset({"/Font", "/FontDescriptor", "/Encoding", "/ExtGState"})
_MAX_ROUNDS = 12


def same_objects(table: Table, pages: list[int]) -> dict[int, int]:
    """Object numbers that can be written as another, earlier object. pages: numbers of the page objects."""
    kept_apart = _contents(table, pages)
    candidates = [
        number
        for number, value in enumerate(table.values)
        if number not in kept_apart and value is not None and _may_be_shared(value)
    ]
    same: dict[int, int] = {}
    for _ in range(_MAX_ROUNDS):
        first: dict[Value, int] = {}
        before = len(same)
        for number in candidates:
            if number not in same:
                other = first.setdefault(_key(table.values[number], table.placements[number], same), number)
                if other != number:
                    same[number] = other
        if len(same) == before:
            break
    for number, other in same.items():
        while other in same:
            other = same[other]
        same[number] = other
    return same


def _contents(table: Table, pages: list[int]) -> set[int]:
    found = set()
    for number in pages:
        placed = table.placements[number]
        contents = table.values[number].get("/Contents")
        items = [contents, *in_list(table.found(contents, placed))]
        found |= {table.target(item, placed) for item in items}
    return found


def _may_be_shared(value: Value) -> bool:
    if isinstance(value, Stream):
        entries = value.entries
        structural = "/StructParent" in entries or "/StructParents" in entries
        return not structural and entries.get("/Subtype") != "/Form" and entries.get("/Type") != "/Metadata"
    if isinstance(value, dict):
        return value.get("/Type") in _SHARED_TYPES
    return isinstance(value, list) and all(type(one) in (int, float, list) for one in value)


def _key(value: Value, placed: Placed, same: dict[int, int]) -> Value:
    """Equal for equal objects; bytes stand in it as they are, since Python keeps their hash."""
    if type(value) is Ref:
        number = placed.offset + value
        return Out, same.get(number, number)
    if type(value) is Out:
        return Out, same.get(value, value)
    if isinstance(value, Stream):
        return Stream, value.data, _key(value.entries, placed, same)
    if isinstance(value, dict):
        return tuple(sorted((key, _key(one, placed, same)) for key, one in value.items()))
    if isinstance(value, list):
        return list, tuple(_key(one, placed, same) for one in value)
    if isinstance(value, Symbol):
        return Symbol, placed.names[value]
    return type(value).__name__, value
