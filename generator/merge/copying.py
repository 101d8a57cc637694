"""Step 3: copy objects out of a PDF with a work queue, each once, references kept as references.

The queue, not recursion, follows references: structure trees nest hundreds of levels deep. What a key needs beyond
copying (an action that must go, a destination that must be looked up) is a rule handed in by `cleaning`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from generator.merge.findings import Notes
from generator.merge.opening import entry, resolved
from generator.merge.values import Dictionary, Name, Ref, Stream, Value

Rule: TypeAlias = Callable[["Copier", DictionaryObject, Any], Value]
"""Gets the dictionary that is copied and the raw entry; gives what to write, None to leave the entry out."""

LEFT_OUT = frozenset({"/Page", "/Pages", "/Catalog", "/StructTreeRoot", "/StructElem"})
"""Objects that exist in the output only where the merge put them: a reference to another one becomes null."""


class Copier:
    """Copies one file's objects into `objects`; object 0 is kept free (see values.PART).

    numbers: object number in the file to `Ref`, or None for what is left out; filled ahead for pages and elements.
    """

    def __init__(
        self, rules: Mapping[str, Rule], notes: Notes | None = None, left_out: frozenset[str] = LEFT_OUT
    ) -> None:
        self.rules = rules
        self.notes = notes or Notes()
        self.objects: list[Value] = [None]
        self.numbers: dict[int, Ref | None] = {}
        self._left_out = left_out
        self._waiting: deque[tuple[Any, int]] = deque()
        self._kinds: dict[type[Any], Callable[[Any], Value]] = {
            IndirectObject: self.reference,
            NameObject: Name,
            NumberObject: int,
            FloatObject: float,
            TextStringObject: lambda item: item.original_bytes,
            ByteStringObject: bytes,
            BooleanObject: lambda item: bool(item.value),
            NullObject: lambda item: None,
            ArrayObject: lambda item: [self.value(one) for one in item],
            DictionaryObject: self.dictionary,
        }

    def add(self, value: Value) -> Ref:
        """Puts an object of our own making into the table."""
        self.objects.append(value)
        return Ref(len(self.objects) - 1)

    def reference(self, item: IndirectObject) -> Ref | None:
        """The copy of what a reference leads to; made on first sight, filled by `drain`."""
        number = item.idnum
        if number in self.numbers:
            return self.numbers[number]
        target = resolved(item)
        if target is None or (isinstance(target, DictionaryObject) and entry(target, "/Type") in self._left_out):
            self.numbers[number] = None
            return None
        reference = self.numbers[number] = self.add(None)
        self._waiting.append((target, reference))
        return reference

    def value(self, item: Any) -> Value:
        """The copy of an item where it stands; what it refers to is queued."""
        copy = self._kinds.get(type(item))
        if copy is not None:
            return copy(item)
        if isinstance(item, StreamObject):
            return self.add(self._whole(item))  # a stream is always an object of its own
        for kind, copy in self._kinds.items():
            if isinstance(item, kind):
                return copy(item)
        return item if item is None or isinstance(item, (bool, int, float)) else None

    def _whole(self, item: Any) -> Value:
        if isinstance(item, StreamObject):
            return Stream(self.dictionary(item, skip="/Length"), item._data)
        return self.value(item)

    def dictionary(self, item: DictionaryObject, skip: str = "") -> Dictionary:
        """The copy of a dictionary; entries that a rule drops or that are null are left out."""
        copied: Dictionary = {}
        for key, one in dict.items(item):
            if key == skip:
                continue
            rule = self.rules.get(key)
            value = rule(self, item, one) if rule is not None else self.value(one)
            if value is not None:
                copied[str(key)] = value
        return copied

    def drain(self) -> None:
        """Copies everything that was referred to so far."""
        waiting = self._waiting
        while waiting:
            item, number = waiting.popleft()
            self.objects[number] = self._whole(item)

    def own(self, item: Any) -> Ref | None:
        """The item as an object of its own, also where it stands directly in an array or dictionary."""
        if isinstance(item, IndirectObject):
            return self.reference(item)
        value = self._whole(item)
        return None if value is None else self.add(value)

    def copied(self, value: Value) -> Value:
        """What a value of the copy stands for: follows its references in this table (after `drain`)."""
        for _ in range(32):
            if type(value) is not Ref:
                return value
            value = self.objects[value]
        return None
