"""Step 16, writing side: bookmarks, page labels, layers, named destinations and the form of the whole file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.merge.table import Table
from generator.merge.tree import Inserted
from generator.merge.values import Dictionary, Name, Out, Ref, Symbol, Value, in_list, text_string

_NO_PAGE = -1


@dataclass(slots=True)
class _Line:
    """A line of the outline: depth from 0, its item, whether it shows its children."""

    depth: int
    item: Out
    opened: bool


def add_outline(table: Table, host: Inserted | None, inputs: list[Inserted]) -> Dictionary:
    """Every input's bookmarks below one with its title; the host's stand at the top level, the inputs between them."""
    lines: list[_Line] = []
    waiting = list(inputs)
    for depth, item, opened, page in _host_lines(table, host):
        while depth == 0 and waiting and page >= waiting[0].after:
            lines.extend(_input_lines(table, waiting.pop(0)))
        lines.append(_Line(depth, item, opened))
    for one in waiting:
        lines.extend(_input_lines(table, one))
    root = table.add({"/Type": Name("/Outlines")})
    _link(table, root, lines)
    return {"/Outlines": root}


def _host_lines(table: Table, host: Inserted | None) -> Iterable[tuple[int, Out, bool, int]]:
    if host is None:
        return
    index_of = {host.out(page.number): index for index, page in enumerate(host.original.pages)}
    for bookmark in host.original.bookmarks:
        item = host.out(bookmark.item)
        yield bookmark.depth, item, bookmark.opened, _page_of(table, host, item, index_of)


def _page_of(table: Table, host: Inserted, item: Out, index_of: dict[Out, int]) -> int:
    """Index of the host's page that a bookmark opens, -1 where it opens none."""
    entries = table.values[item]
    target = entries.get("/Dest") or (table.found(entries.get("/A"), host.placed) or {}).get("/D")
    if isinstance(target, Symbol):
        target = host.out(host.original.destinations[target])
    array = in_list(table.found(target, host.placed))
    return index_of.get(Out(table.target(array[0], host.placed)), _NO_PAGE) if array else _NO_PAGE


def _input_lines(table: Table, one: Inserted) -> Iterable[_Line]:
    page = one.out(one.original.pages[0].number)
    top = table.add({"/Title": text_string(one.title), "/Dest": [page, Name("/Fit")]})
    yield _Line(0, top, True)
    for bookmark in one.original.bookmarks:
        yield _Line(bookmark.depth + 1, one.out(bookmark.item), bookmark.opened)


def _link(table: Table, root: Out, lines: list[_Line]) -> None:
    """Gives every item its parent and neighbors; the count of a closed one is negative (ISO 32000-1, 12.3.3)."""
    children: dict[int, list[_Line]] = {root: []}
    path: list[_Line] = []
    for line in lines:
        path = path[: line.depth]
        parent = path[-1].item if path else root
        siblings = children[parent]
        links: Dictionary = {"/Parent": parent}
        if siblings:
            links["/Prev"] = siblings[-1].item
            table.extend(siblings[-1].item, {"/Next": line.item})
        table.extend(line.item, links)
        siblings.append(line)
        children[line.item] = []
        path.append(line)
    shown: dict[int, int] = {}
    for line in reversed(lines):
        below = children[line.item]
        if below:
            count = sum(1 + shown[one.item] for one in below)
            shown[line.item] = count if line.opened else 0
            ends = {"/First": below[0].item, "/Last": below[-1].item}
            table.extend(line.item, ends | {"/Count": count if line.opened else -count})
        else:
            shown[line.item] = 0
    tops = children[root]
    if tops:
        count = sum(1 + shown[one.item] for one in tops)
        table.extend(root, {"/First": tops[0].item, "/Last": tops[-1].item, "/Count": count})


def add_labels(inputs: list[Inserted], continuous: bool) -> Dictionary:
    """Page labels: one count over the whole file, or each input's own, shifted to where its pages stand."""
    plain: Dictionary = {"/S": Name("/D")}
    if continuous:
        return {"/PageLabels": {"/Nums": [0, plain]}}
    numbers: list[Value] = []
    before = 0
    for one in inputs:
        labels = one.original.labels
        if not labels or labels[0][0] != 0:
            numbers += [before, plain]
        for index, label in labels:
            numbers += [before + index, one.out(label)]
        before += len(one.original.pages)
    return {"/PageLabels": {"/Nums": numbers}}


def add_destinations(table: Table, inputs: Iterable[Inserted]) -> Dictionary:
    """One name tree of all named destinations, sorted as readers expect."""
    found = {
        one.placed.names[symbol]: one.out(number)
        for one in inputs
        for symbol, number in one.original.destinations.items()
    }
    if not found:
        return {}
    listed = [item for name in sorted(found) for item in (name, found[name])]
    return {"/Names": table.add({"/Dests": table.add({"/Names": listed})})}


def add_form(table: Table, inputs: Iterable[Inserted]) -> Dictionary:
    """One form with all root fields and default resources."""
    fields: list[Value] = []
    resources: dict[str, Dictionary] = {}
    needs_appearances = False
    for one in inputs:
        form = one.original.form
        fields += [one.out(number) for number in form.fields]
        needs_appearances = needs_appearances or form.needs_appearances
        for category, entries in form.resources.items():
            for name, number in entries.items():
                free = one.placed.names[Symbol("resource", f"{category} {name}".encode())]
                resources.setdefault(category, {})[str(free)] = one.out(number)
    if not fields:
        return {}
    form_entries: Dictionary = {"/Fields": fields}
    if resources:
        form_entries["/DR"] = resources
    if needs_appearances:
        form_entries["/NeedAppearances"] = True
    return {"/AcroForm": table.add(form_entries)}


def add_layers(table: Table, inputs: Iterable[Inserted]) -> Dictionary:
    """Optional content of all inputs; what was hidden stays hidden."""
    groups: list[Value] = []
    default: Dictionary = {"/Name": b"Layers"}
    for one in inputs:
        layers = one.original.layers
        groups += [one.out(number) for number in layers.groups]
        hidden = [one.out(number) for number in layers.off]
        if hidden:
            default["/OFF"] = default.get("/OFF", []) + hidden
        for key, values in layers.lists.items():
            if values:
                default[key] = default.get(key, []) + [_shifted(value, one) for value in values]
    return {"/OCProperties": table.add({"/OCGs": groups, "/D": default})} if groups else {}


def _shifted(value: Value, one: Inserted) -> Value:
    """A value of an input with the output's numbers, for lists that hold several inputs' values."""
    if type(value) is Ref:
        return one.out(value)
    if isinstance(value, list):
        return [_shifted(item, one) for item in value]
    if isinstance(value, dict):
        return {key: _shifted(item, one) for key, item in value.items()}
    return value
