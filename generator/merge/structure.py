"""Steps 7 to 12: one input's structure tree, copied element by element with new parents (ISO 32000-1, 14.7 and 14.8).

First every element gets its number, so that references among elements, pages and bookmarks resolve; then the elements
are copied in reading order and each leaf (marked content or an object) is entered once. The parent tree is not copied:
it is built anew from these leaves. Elements that only the old parent tree knows, as WeasyPrint makes them for page
margins, are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf.generic import DictionaryObject, IndirectObject, NameObject, NumberObject, StreamObject

from generator.merge.copying import Copier
from generator.merge.language import valid_language
from generator.merge.opening import Opened, entry, pairs, raw, raw_list, resolved
from generator.merge.roles import Roles
from generator.merge.values import PART, Dictionary, Name, Ref, Symbol, Value, plain_text

_OWN_RULES = frozenset({"/Type", "/S", "/P", "/K", "/Pg", "/ID", "/A", "/C", "/Lang", "/NS", "/AF", "/R"})
MAX_MARK = 100_000
"""Highest number of marked content that is believed; the parent tree has an entry for every number up to it."""
_NEEDS_WORDS = {"Figure": "7.3-1", "Formula": "7.7-1"}


@dataclass(slots=True)
class Record:
    """An element on its way: number in the output's terms, parent's number, standard type, depth of its headings."""

    element: DictionaryObject
    number: int
    parent: int
    name: str
    standard: str
    page: Any
    level: int
    only_in_parent_tree: bool = False
    lost_object: bool = False


@dataclass(slots=True)
class Structure:
    """The leaves of an input: marks maps a page or form XObject to its marked content and the element of each; objects
    maps annotations and other objects to their element. ids: element of each id. classes: attribute classes by name.
    roles: see Roles.standard.
    """

    marks: dict[int, dict[int, int]] = field(default_factory=dict)
    objects: dict[int, int] = field(default_factory=dict)
    ids: dict[bytes, int] = field(default_factory=dict)
    classes: dict[str, int] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)


class StructureReader:
    """Reads the tree of one input into the copier's table. Object PART becomes the input's lone Document, or a new
    root.
    """

    def __init__(self, opened: Opened, copier: Copier) -> None:
        self.structure = Structure()
        self._copier = copier
        self._notes = copier.notes
        self._page_numbers = {page.number: index for index, page in reversed(list(enumerate(opened.pages, 1)))}
        tree = entry(opened.catalog, "/StructTreeRoot")
        self._tree: DictionaryObject = tree if isinstance(tree, DictionaryObject) else DictionaryObject()
        self._records: dict[int, Record] = {}
        self._order: list[Record] = []
        self._roles = Roles(self._tree, self._notes)
        self.tagged = bool(self._tops())

    def _tops(self) -> list[Any]:
        return [item for item in raw_list(self._tree, "/K") if isinstance(resolved(item), DictionaryObject)]

    def number_elements(self) -> None:
        """Gives every reachable element its number, in reading order."""
        tops = self._tops()
        lone = resolved(tops[0]) if len(tops) == 1 else None
        if lone is not None and self._roles.of(lone)[1] == "Document":
            self._number_all(self._register(tops[0], lone, PART, PART, None, 1))
        else:
            self._number_all([(item, PART, None, 1) for item in tops])
        self._number_orphans()

    def _number_all(self, items: list[tuple[Any, int, Any, int]]) -> None:
        waiting = list(reversed(items))
        while waiting:
            item, parent, page, level = waiting.pop()
            element = resolved(item)
            if _is_element(element) and id(element) not in self._records:
                number = self._copier.add(None)
                waiting.extend(reversed(self._register(item, element, number, parent, page, level)))

    def _register(
        self, item: Any, element: DictionaryObject, number: int, parent: int, page: Any, level: int
    ) -> list[tuple[Any, int, Any, int]]:
        """Enters an element and gives its kids, as they wait to be entered."""
        name, standard = self._roles.of(element)
        page = raw(element, "/Pg") or page
        kids = raw_list(element, "/K")
        if standard == "H":
            standard = name = f"H{max(1, min(level - 1, 6))}"
        record = Record(element, number, parent, name, standard, page, level)
        self._records[id(element)] = record
        self._order.append(record)
        if isinstance(item, IndirectObject):
            self._copier.numbers[item.idnum] = Ref(number)
        self._enter_id(element, number)
        owns_heading = any(_is_element(resolved(kid)) and self._roles.of(resolved(kid))[1] == "H" for kid in kids)
        return [(kid, number, page, level + owns_heading) for kid in kids]

    def _enter_id(self, element: DictionaryObject, number: int) -> None:
        name = self._copier.value(entry(element, "/ID"))
        if isinstance(name, bytes) and self.structure.ids.setdefault(name, number) != number:
            self._notes.unclean("7.9-2", "two elements of the file have the same id")

    def _number_orphans(self) -> None:
        """Elements that the tree does not list but the parent tree does: they keep the parent that they name."""
        for _, item in pairs(raw(self._tree, "/ParentTree"), "/Nums"):
            value = resolved(item)
            for one in value if isinstance(value, list) else [item]:
                top = self._unknown_top(one)
                if top is not None:
                    above = self._records.get(id(entry(resolved(top), "/P")))
                    first = len(self._order)
                    self._number_all([(top, above.number if above else PART, None, above.level if above else 1)])
                    self._order[first].only_in_parent_tree = True

    def _unknown_top(self, item: Any) -> Any:
        """The highest unknown element above and including one; None where it is known or hangs on nothing."""
        for _ in range(1000):
            element = resolved(item)
            if not _is_element(element) or id(element) in self._records:
                return None
            above = raw(element, "/P")
            parent = resolved(above)
            if parent is self._tree or id(parent) in self._records:
                return item
            item = above
        return None

    def copy_elements(self) -> None:
        """Copies the elements; pages must be numbered by now."""
        self._copy_classes()
        listed = {PART}
        for record in self._order:
            self._copier.objects[record.number] = self._copied(record, listed)
        self._copier.drain()
        for record in reversed(self._order):
            if record.lost_object and not self._copier.objects[record.number].get("/K"):
                self._unlist(record)
        self._copier.objects[PART] = self._copier.objects[PART] or {"/K": self._top_refs()}
        self.structure.roles = self._roles.standard

    def heading_levels(self) -> list[int]:
        """Levels of the headings in reading order."""
        names = (record.standard for record in self._order if not record.only_in_parent_tree)
        return [int(name[1]) for name in names if len(name) == 2 and name[0] == "H" and name[1].isdigit()]

    def _top_refs(self) -> list[Ref]:
        return [Ref(one.number) for one in self._order if one.parent == PART and not one.only_in_parent_tree]

    def _unlist(self, record: Record) -> None:
        parent = self._copier.objects[record.parent]
        if isinstance(parent, dict):
            parent["/K"] = [kid for kid in parent.get("/K", []) if kid != record.number or type(kid) is not Ref]
        record.parent = -1

    def _copy_classes(self) -> None:
        classes = entry(self._tree, "/ClassMap")
        for name in classes if isinstance(classes, DictionaryObject) else ():
            value = self._known_headers(self._copier.value(entry(classes, name)))
            if value is not None:
                self.structure.classes[str(name)[1:]] = self._copier.add(value)

    def _copied(self, record: Record, listed: set[int]) -> Dictionary:
        element, copier = record.element, self._copier
        copied: Dictionary = {}
        if record.number != PART:
            role = Symbol("role", record.name.encode())
            copied = {"/Type": Name("/StructElem"), "/S": role, "/P": Ref(record.parent)}
        page = self._page(raw(element, "/Pg"))
        if page is not None:
            copied["/Pg"] = page
        name = copier.value(entry(element, "/ID"))
        if isinstance(name, bytes) and self.structure.ids.get(name) == record.number:
            copied["/ID"] = Symbol("id", name)
        self._copy_attributes(element, copied)
        self._copy_language(element, copied)
        rest = DictionaryObject({key: item for key, item in dict.items(element) if key not in _OWN_RULES})
        copied |= copier.dictionary(rest)
        kids = [kid for item in raw_list(element, "/K") for kid in self._kid(item, record, copied, listed)]
        copied["/K"] = kids
        rule = _NEEDS_WORDS.get(record.standard)
        if rule and not (plain_text(copied.get("/Alt")).strip() or "/ActualText" in copied):
            self._notes.unclean(rule, f"a {record.standard.lower()} has no alternative text", self._page_number(record))
        return copied

    def _page_number(self, record: Record) -> int:
        return self._page_numbers.get(getattr(record.page, "idnum", 0), 0)

    def _copy_attributes(self, element: DictionaryObject, copied: Dictionary) -> None:
        attributes = [self._copier.value(resolved(item)) for item in raw_list(element, "/A")]
        attributes = [self._known_headers(one) for one in attributes if one is not None]
        if attributes:
            copied["/A"] = attributes if len(attributes) > 1 else attributes[0]
        classes: list[Value] = []
        for item in raw_list(element, "/C"):
            one = resolved(item)
            if isinstance(one, NumberObject) and classes:
                classes.append(int(one))
            elif isinstance(one, NameObject) and str(one)[1:] in self.structure.classes:
                classes.append(Symbol("class", str(one)[1:].encode()))
        if classes:
            copied["/C"] = classes if len(classes) > 1 else classes[0]

    def _known_headers(self, attributes: Value) -> Value:
        """Attributes whose headers all exist; one that points nowhere says nothing to anybody."""
        if isinstance(attributes, list):
            return [self._known_headers(one) for one in attributes]
        if not isinstance(attributes, dict) or "/Headers" not in attributes:
            return attributes
        headers = [symbol for symbol in attributes["/Headers"] if symbol.key in self.structure.ids]
        if len(headers) < len(attributes["/Headers"]):
            self._notes.unclean("7.5-2", "a table cell names a header that does not exist")
        return attributes | {"/Headers": headers}

    def _copy_language(self, element: DictionaryObject, copied: Dictionary) -> None:
        language = self._copier.value(entry(element, "/Lang"))
        if language is None:
            return
        if valid_language(plain_text(language)):
            copied["/Lang"] = language
        else:
            self._notes.removed("a language code that is not one was removed")

    def _kid(self, item: Any, record: Record, copied: Dictionary, listed: set[int]) -> Iterator[Value]:
        kid = resolved(item)
        if isinstance(kid, NumberObject):
            page = self._page(record.page)
            if page is not None and self._enter_mark(page, int(kid), record.number):
                copied.setdefault("/Pg", page)
                yield int(kid)
        elif not isinstance(kid, DictionaryObject):
            return
        elif _is_element(kid):
            child = self._records.get(id(kid))
            if child is None or child.parent != record.number or child.number in listed:
                self._notes.unclean("", "an element stands in the structure tree twice")
            else:
                listed.add(child.number)
                yield Ref(child.number)
        elif raw(kid, "/MCID") is not None:
            yield from self._mark(kid, record)
        else:
            yield from self._object(kid, record)

    def _mark(self, kid: DictionaryObject, record: Record) -> Iterator[Value]:
        page = self._page(raw(kid, "/Pg") or record.page)
        is_stream = isinstance(entry(kid, "/Stm"), StreamObject)
        stream = self._copier.own(raw(kid, "/Stm")) if is_stream else None
        host = page if stream is None else stream
        mark = entry(kid, "/MCID")
        if host is not None and isinstance(mark, NumberObject) and self._enter_mark(host, int(mark), record.number):
            copied: Dictionary = {"/Type": Name("/MCR"), "/MCID": int(mark)}
            copied |= {} if page is None else {"/Pg": page}
            yield copied | ({} if stream is None else {"/Stm": stream})

    def _page(self, item: Any) -> Ref | None:
        """The page that an entry names; None for what is no page of this file."""
        number = item.idnum if isinstance(item, IndirectObject) else 0
        return self._copier.numbers.get(number) if number in self._page_numbers else None

    def _enter_mark(self, host: int, mark: int, number: int) -> bool:
        marks = self.structure.marks.setdefault(host, {})
        if mark in marks or not 0 <= mark <= MAX_MARK:
            self._notes.unclean("", "marked content stands in the structure tree twice")
            return False
        marks[mark] = number
        return True

    def _object(self, kid: DictionaryObject, record: Record) -> Iterator[Value]:
        item = raw(kid, "/Obj")
        is_object = isinstance(item, IndirectObject) and isinstance(resolved(item), DictionaryObject)
        target = self._copier.reference(item) if is_object else None
        if target is None or target in self.structure.objects:
            record.lost_object = True
            return
        self.structure.objects[target] = record.number
        page = self._page(raw(kid, "/Pg") or record.page)
        copied: Dictionary = {"/Type": Name("/OBJR"), "/Obj": target}
        yield copied | ({} if page is None else {"/Pg": page})


def _is_element(item: Any) -> bool:
    if not isinstance(item, DictionaryObject) or raw(item, "/MCID") is not None or raw(item, "/Obj") is not None:
        return False
    return entry(item, "/Type") not in ("/MCR", "/OBJR") and raw(item, "/S") is not None
