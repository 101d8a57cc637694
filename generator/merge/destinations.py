"""Step 5: where links lead.

A named destination is a name or a string, two key spaces of one file, and every file has its own; a local destination
may also give the page as a number, which means a page of that file (ISO 32000-1, 12.3.2). Names become symbols here and
get their final form when the inputs stand side by side; everything else points to a page object.
"""

from __future__ import annotations

from typing import Any

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from generator.merge.copying import Copier
from generator.merge.opening import Opened, entry, pairs, raw, resolved
from generator.merge.values import Ref, Symbol, Value

_NAME, _STRING = b"/", b"("


def _symbol(name: Any) -> Symbol | None:
    if isinstance(name, NameObject):
        return Symbol("destination", _NAME + str(name)[1:].encode())
    if isinstance(name, (TextStringObject, ByteStringObject)):
        return Symbol("destination", _STRING + name.original_bytes)
    return None


def plain_name(symbol: Symbol) -> bytes:
    """The name without the mark of its key space, as it goes into the one name tree of the output."""
    return symbol.key[1:]


class Destinations:
    """The named destinations of one input, and the pages that numbers mean."""

    def __init__(self, opened: Opened, page_refs: tuple[Ref, ...]) -> None:
        self.page_refs = page_refs
        self._pages = frozenset(page_refs)
        self.named: dict[Symbol, Ref] = {}
        self._raw: dict[Symbol, Any] = {}
        old = entry(opened.catalog, "/Dests")
        for name in old if isinstance(old, DictionaryObject) else ():
            self._raw[Symbol("destination", _NAME + str(name)[1:].encode())] = raw(old, name)
        for name, item in pairs(entry(entry(opened.catalog, "/Names"), "/Dests"), "/Names"):
            symbol = _symbol(name)
            if symbol is not None:
                self._raw[symbol] = item

    def copy_named(self, copier: Copier) -> None:
        """Copies where the names lead; a name that leads nowhere is forgotten."""
        alive = {symbol: self.explicit(copier, item) for symbol, item in self._raw.items()}
        self._raw = {symbol: item for symbol, item in self._raw.items() if alive[symbol] is not None}
        self.named = {symbol: copier.add(value) for symbol, value in alive.items() if value is not None}

    def explicit(self, copier: Copier, item: Any) -> Value:
        """A destination array that starts with a page of this input, or None."""
        target = resolved(item)
        if isinstance(target, DictionaryObject):
            target = entry(target, "/D")
        if not isinstance(target, ArrayObject) or not target:
            return None
        page = target[0]
        number = resolved(page)
        if isinstance(number, NumberObject):
            reference = self.page_refs[number] if 0 <= number < len(self.page_refs) else None
        else:
            reference = copier.reference(page) if isinstance(page, IndirectObject) else None
        if reference is None or reference not in self._pages:
            return None
        return [reference, *(copier.value(resolved(one)) for one in target[1:])]

    def rule(self, copier: Copier, owner: DictionaryObject, item: Any) -> Value:
        """The rule for /Dest and for the /D of a GoTo action: a symbol, a destination array, or None with a finding."""
        symbol = _symbol(resolved(item))
        if symbol is not None:
            value: Value = symbol if symbol in self._raw else None
        else:
            value = self.explicit(copier, item)
        if value is None:
            copier.notes.removed("a link to a place that is not in the file was removed")
        return value
