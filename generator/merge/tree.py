"""Steps 9 to 11, writing side: one structure tree over all inputs, and its parent tree (ISO 32000-1, 14.7.4.4).

An input becomes a Part of the one Document. A pack's own file is that Document itself, and an input that was put in
between its pages comes after the part of it that begins before that place. Every page, form XObject and annotation gets
a new key; the arrays of the parent tree stand in the order of the marks.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.merge.naming import Names
from generator.merge.original import Original
from generator.merge.table import Placed, Table
from generator.merge.values import PART, Dictionary, Name, Out, Ref, Symbol, Value, in_list, text_string
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Inserted:
    """An input in the table. title: of its Part. after: how many of the host's pages stand before it."""

    original: Original
    placed: Placed
    title: str
    after: int = 0

    @property
    def part(self) -> Out:
        return Out(self.placed.offset + PART)

    def out(self, number: int) -> Out:
        return Out(self.placed.offset + number)


def add_tree(table: Table, names: Names, language: str, host: Inserted | None, inputs: list[Inserted]) -> Out:
    """Joins the trees; gives the structure tree root. inputs: in page order, without the host."""
    root = table.add({"/Type": Name("/StructTreeRoot")})
    parts: list[tuple[int, Out]] = []
    document = host.part if host else table.add({})
    for one in inputs:
        entries = _element("/Part", document) | {"/T": text_string(one.title)}
        own_language = one.original.language if one.original.tagged else ""
        spoken = {"/Lang": text_string(own_language)} if own_language not in ("", language) else {}
        table.values[one.part] = spoken | one.original.document | entries
        parts.append((one.after, one.part))
    kids: list[Value] = [part for _, part in parts]
    if host:
        kids = _between(host, table, parts)
        table.values[document] = host.original.document | _element("/Document", root) | {"/K": kids}
    else:
        table.values[document] = _element("/Document", root) | {"/K": kids}
    everyone = ([host] if host else []) + inputs
    entries = _parent_tree(table, everyone) | {"/K": [document]} | _maps(everyone, names)
    table.extend(root, entries)
    return root


def _element(role: str, parent: Out) -> Dictionary:
    return {"/Type": Name("/StructElem"), "/S": Name(role), "/P": parent}


def _between(host: Inserted, table: Table, parts: list[tuple[int, Out]]) -> list[Value]:
    """The host's kids with the parts before the first kid that begins after them."""
    index_of = {page.number: index for index, page in enumerate(host.original.pages)}
    waiting = list(parts)
    kids: list[Value] = []
    for kid in in_list(host.original.document.get("/K")):
        first = _first_page(kid, host, index_of)
        while waiting and first is not None and first >= waiting[0][0]:
            kids.append(waiting.pop(0)[1])
        kids.append(kid)
    return kids + [part for _, part in waiting]


def _first_page(kid: Value, host: Inserted, index_of: dict[int, int]) -> int | None:
    """Index of the page on which an element begins: that of the first of its leaves that says so."""
    waiting = [kid]
    while waiting:
        one = waiting.pop()
        entries = host.original.objects[one] if type(one) is Ref else one
        if isinstance(entries, dict):
            page = entries.get("/Pg")
            if type(page) is Ref and page in index_of:
                return index_of[page]
            waiting.extend(reversed(in_list(entries.get("/K"))))
    return None


def _parent_tree(table: Table, inputs: Iterable[Inserted]) -> Dictionary:
    entries: list[Value] = []
    for one in inputs:
        structure = one.original.structure
        for host, marks in structure.marks.items():
            table.extend(one.out(host), {"/StructParents": len(entries)})
            owners = [one.out(marks[mark]) if mark in marks else None for mark in range(max(marks, default=-1) + 1)]
            entries.append(table.add(owners))
        for item, element in structure.objects.items():
            table.extend(one.out(item), {"/StructParent": len(entries)})
            entries.append(one.out(element))
    numbers = [item for key, value in enumerate(entries) for item in (key, value)]
    return {"/ParentTree": table.add({"/Nums": numbers}), "/ParentTreeNextKey": len(entries)}


def _maps(inputs: list[Inserted], names: Names) -> Dictionary:
    """Role map, class map and id tree; an id tree's names are sorted."""
    found: Dictionary = {}
    if names.roles:
        found["/RoleMap"] = {"/" + name: Name("/" + standard) for name, standard in sorted(names.roles.items())}
    classes: Dictionary = {}
    ids: dict[bytes, Out] = {}
    for one in inputs:
        for name, number in one.original.structure.classes.items():
            classes.setdefault(str(one.placed.names[Symbol("class", name.encode())]), one.out(number))
        for key, number in one.original.structure.ids.items():
            ids[one.placed.names[Symbol("id", key)]] = one.out(number)
    if classes:
        found["/ClassMap"] = classes
    if ids:
        found["/IDTree"] = {"/Names": [item for key in sorted(ids) for item in (key, ids[key])]}
    return found
