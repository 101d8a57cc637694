"""Step 6: what the structure types of one input mean.

A file may use its own type names and map them to standard ones, over several steps, in circles, or by giving a standard
name another meaning; PDF 2.0 has types and name spaces that a PDF 1.7 file lacks. Here each type is followed to the
standard type it means (ISO 32000-1, 14.8.4; PDF/UA-1 rules 7.1-5 to 7.1-7); the output maps each type in one step.
"""

from __future__ import annotations

from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from generator.merge.findings import Notes
from generator.merge.opening import entry, raw, raw_list, resolved

_GROUPING = "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private"
_BLOCKS = "P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot"
_INLINE = "Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form"
STANDARD = frozenset(f"{_GROUPING} {_BLOCKS} {_INLINE}".split())
"""The standard structure types of PDF 1.7 (ISO 32000-1, 14.8.4)."""
NEWER = {
    "Title": "P",
    "Em": "Span",
    "Strong": "Span",
    "Sub": "Span",
    "FENote": "Note",
    "Aside": "Sect",
    "DocumentFragment": "Part",
    "Artifact": "NonStruct",
}
"""PDF 2.0 types (ISO 32000-2, 14.8.4) and the PDF 1.7 type that comes nearest."""
_MATHML = b"http://www.w3.org/1998/Math/MathML"


class Roles:
    """Types of one input.

    standard: type as it is called in the output's symbols to the standard type it means; only for types that are not
    standard themselves. A type of a name space is kept apart from the same name outside of it by the space's number.
    """

    def __init__(self, tree: DictionaryObject, notes: Notes) -> None:
        self.standard: dict[str, str] = {}
        self._notes = notes
        self._found: dict[tuple[str, bytes], tuple[str, str]] = {}
        role_map = entry(tree, "/RoleMap")
        self._map: dict[str, str] = {}
        for name in role_map if isinstance(role_map, DictionaryObject) else ():
            target = entry(role_map, name)
            if isinstance(target, NameObject):
                self._map[str(name)[1:]] = str(target)[1:]
        self._spaces: dict[bytes, dict[str, str]] = {}
        for item in raw_list(tree, "/Namespaces"):
            self._add_space(resolved(item))

    def _add_space(self, space: Any) -> None:
        address = entry(space, "/NS")
        mapped = entry(space, "/RoleMapNS")
        targets: dict[str, str] = {}
        for name in mapped if isinstance(mapped, DictionaryObject) else ():
            target = resolved(raw(mapped, name))
            if isinstance(target, ArrayObject) and target:
                target = resolved(target[0])
            if isinstance(target, NameObject):
                targets[str(name)[1:]] = str(target)[1:]
        if address is not None:
            self._spaces[getattr(address, "original_bytes", b"")] = targets

    def of(self, element: DictionaryObject) -> tuple[str, str]:
        """(type for the output, standard type that it means) of an element."""
        kind = entry(element, "/S")
        name = str(kind)[1:] if isinstance(kind, NameObject) else "NonStruct"
        space = getattr(entry(entry(element, "/NS"), "/NS"), "original_bytes", b"")
        if (name, space) not in self._found:
            self._found[name, space] = self._meaning(name, space)
        return self._found[name, space]

    def _meaning(self, name: str, space: bytes) -> tuple[str, str]:
        own = self._spaces.get(space, {})
        if name in own and own[name] != name:
            return self._known(f"{name}-ns{list(self._spaces).index(space) + 1}", self._follow(own[name]))
        if space == _MATHML and name not in own:
            return self._known(f"{name}-math", "Formula" if name == "math" else "Span")
        standard = self._follow(name)
        if name in STANDARD and standard == name:
            return name, name
        return self._known(name, standard)

    def _known(self, name: str, standard: str) -> tuple[str, str]:
        if standard:
            self.standard.setdefault(name, standard)
        return name, standard or name

    def _follow(self, name: str) -> str:
        """The standard type at the end of the chain, "" for a type that nobody explains."""
        seen = set()
        while True:
            target = self._map.get(name)
            if target is None or target == name:
                break
            if name in seen:
                self._notes.unclean("7.1-6", "the structure types are mapped in a circle")
                return "NonStruct"
            seen.add(name)
            name = target
        if name in STANDARD:
            return name
        if name in NEWER:
            return NEWER[name]
        self._notes.unclean("7.1-5", "a structure type is not mapped to a standard one")
        return ""
