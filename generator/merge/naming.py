"""Steps 5 to 8 and 15, writing side: names of several inputs beside each other.

An earlier input keeps its names; a later one whose name is taken steps aside by a number, everywhere it uses the name:
ids and the headers that point to them (also inside attribute classes), named destinations and their links, structure
types, attribute classes, root form fields and the fonts of their appearance. Equal meanings share a name and need no
step.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from generator.merge.destinations import plain_name
from generator.merge.original import Original
from generator.merge.roles import STANDARD
from generator.merge.values import Name, Ref, Stream, Symbol, Value, numbered, plain_text, text_string

_NAME_IN_APPEARANCE = re.compile(rb"/([^\0\t\n\f\r ()<>\[\]{}/%]+)")


class Settled(dict[Symbol, Value]):
    """What the symbols of one input become. Roles and classes that need no new name are settled when they are met."""

    def __init__(self, words: str, pages: int) -> None:
        super().__init__()
        self.fonts: dict[bytes, bytes] = {}
        self._words = words
        self._pages = pages

    def __missing__(self, symbol: Symbol) -> Value:
        if symbol.kind in ("role", "class"):
            value: Value = Name("/" + symbol.key.decode())
        elif symbol.kind == "appearance":
            value = _NAME_IN_APPEARANCE.sub(lambda match: b"/" + self.fonts.get(match[1], match[1]), symbol.key)
        elif symbol.kind == "describes":
            value = text_string(self._described(int(symbol.key)))
        else:
            value = symbol.key
        self[symbol] = value
        return value

    def _described(self, page: int) -> str:
        """The person's words; over several pages each says which it is."""
        if not self._words or self._pages == 1:
            return self._words
        return f"{self._words} ({page}/{self._pages})"


@dataclass(slots=True)
class Names:
    """The names that are taken so far. roles: type to its standard type. classes: name to what it means.

    resources: default resources of forms by category and name.
    """

    ids: set[bytes] = field(default_factory=set)
    destinations: set[bytes] = field(default_factory=set)
    roles: dict[str, str] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    fields: set[bytes] = field(default_factory=set)
    resources: dict[str, set[str]] = field(default_factory=dict)
    inputs: int = 0

    def settle(self, original: Original, words: str) -> tuple[Settled, list[str]]:
        """Decides the names of the next input. words: a person's description of an untagged file.

        Gives also the form fields that had to step aside, by their old names.
        """
        self.inputs += 1
        settled = Settled(words, len(original.pages))
        for name in original.structure.ids:
            settled[Symbol("id", name)] = self._free(name, self.ids)
        for symbol in original.destinations:
            settled[symbol] = self._free(plain_name(symbol), self.destinations)
        self._settle_roles(original, settled)
        self._settle_classes(original, settled)
        self._settle_resources(original, settled)
        return settled, self._settle_fields(original, settled)

    def _free(self, name: bytes, taken: set[bytes]) -> bytes:
        free, number = name, max(self.inputs, 2)
        while free in taken:
            free, number = numbered(name, number), number + 1
        taken.add(free)
        return free

    def _settle_roles(self, original: Original, settled: Settled) -> None:
        for name, standard in original.structure.roles.items():
            free, number = name, max(self.inputs, 2)
            while free in STANDARD or self.roles.get(free, standard) != standard:
                free, number = f"{name}-{number}", number + 1
            self.roles[free] = standard
            settled[Symbol("role", name.encode())] = Name("/" + free)

    def _settle_classes(self, original: Original, settled: Settled) -> None:
        for name, number in original.structure.classes.items():
            meaning = repr(_plain(original.objects[number], original, settled))
            free, count = name, max(self.inputs, 2)
            while self.classes.get(free, meaning) != meaning:
                free, count = f"{name}-{count}", count + 1
            self.classes[free] = meaning
            settled[Symbol("class", name.encode())] = Name("/" + free)

    def _settle_resources(self, original: Original, settled: Settled) -> None:
        for category, entries in original.form.resources.items():
            taken = self.resources.setdefault(category, set())
            for name in entries:
                free = self._free(name.encode(), {one.encode() for one in taken}).decode()
                taken.add(free)
                settled[Symbol("resource", f"{category} {name}".encode())] = free
                if category == "/Font" and free != name:
                    settled.fonts[name[1:].encode()] = free[1:].encode()

    def _settle_fields(self, original: Original, settled: Settled) -> list[str]:
        """Only against earlier inputs: a radio group repeats its own name."""
        names = [original.objects[number].get("/T") for number in original.form.fields]
        own = dict.fromkeys(name for name in names if isinstance(name, Symbol))
        moved = []
        taken = set(self.fields)
        for symbol in own:
            free = self._free(symbol.key, taken)
            settled[symbol] = free
            if free != symbol.key:
                moved.append(plain_text(symbol.key))
        self.fields |= taken
        return moved


def _plain(value: Value, original: Original, settled: Settled, depth: int = 0) -> Value:
    """A value with its symbols settled and its references followed, so that two inputs' values can be compared."""
    if isinstance(value, Symbol):
        return settled[value]
    if type(value) is Ref and depth < 16:
        return _plain(original.objects[value], original, settled, depth + 1)
    if isinstance(value, list):
        return [_plain(one, original, settled, depth + 1) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one, original, settled, depth + 1) for key, one in sorted(value.items())}
    return (value.data, value.entries) if isinstance(value, Stream) else value
