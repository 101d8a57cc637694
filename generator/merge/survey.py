"""What merging cannot make clean, as far as a look at contents and fonts can tell (the list stands in docs/merging.md).

The one judge of PDF/UA is a validator such as veraPDF. This survey finds what a file most often gets wrong although it
claims PDF/UA: contents that nobody tagged, fonts that are not embedded or have no Unicode, heading levels that jump,
annotations outside the structure.
"""

from __future__ import annotations

from dataclasses import replace

from generator.merge.content import Operation, operations, unpacked
from generator.merge.copying import Copier
from generator.merge.figures import page_contents
from generator.merge.structure import Structure
from generator.merge.values import Dictionary, Ref, Stream, Value, in_list
from generator.values import dataclass

_TEXT = frozenset({b"Tj", b"TJ", b"'", b'"'})
_PAINT = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh", b"BI"})
_INVISIBLE = 3
_HIDDEN_FLAG = 2
_ENCODINGS_WITH_UNICODE = frozenset({"/WinAnsiEncoding", "/MacRomanEncoding", "/MacExpertEncoding"})
_COLLECTIONS_WITH_UNICODE = frozenset({b"GB1", b"CNS1", b"Japan1", b"Korea1", b"KR"})
_MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where a stream is drawn: its resources, whose marks it holds, and whether a mark already surrounds it."""

    resources: Dictionary
    host: int
    inside: bool
    depth: int = 0


class Survey:
    """Looks through the pages of one input once and notes what it finds, by page."""

    def __init__(self, copier: Copier, structure: Structure) -> None:
        self._copier = copier
        self._marks = structure.marks
        self._objects = structure.objects
        self._surveyed: set[tuple[int, bool]] = set()

    def pages(self, pages: tuple[Ref, ...]) -> None:
        notes = self._copier.notes
        for number, page in enumerate(pages, 1):
            notes.page = number
            entries = self._copier.objects[page]
            resources = self._dictionary(entries.get("/Resources"))
            self._contents(page_contents(self._copier, entries), _Scope(resources, page, inside=False))
            self._annotations(entries)
        notes.page = 0

    def _dictionary(self, value: Value) -> Dictionary:
        found = self._copier.copied(value)
        found = found.entries if isinstance(found, Stream) else found
        return found if isinstance(found, dict) else {}

    def _annotations(self, entries: Dictionary) -> None:
        for reference in in_list(self._copier.copied(entries.get("/Annots"))):
            annotation = self._dictionary(reference)
            kind = annotation.get("/Subtype")
            hidden = int(annotation.get("/F") or 0) & _HIDDEN_FLAG
            if kind not in ("/Popup", "/PrinterMark") and not hidden and reference not in self._objects:
                rule = "7.18.5-1" if kind == "/Link" else "7.18.1-1"
                self._copier.notes.unclean(rule, "an annotation is not in the structure")
            normal = self._dictionary(annotation.get("/AP")).get("/N")
            states = self._copier.copied(normal)
            for state in states.values() if isinstance(states, dict) else [normal]:
                self._form(state, _Scope({}, 0, inside=True))

    def _form(self, reference: Value, scope: _Scope) -> None:
        form = self._copier.copied(reference)
        key = (int(reference) if type(reference) is Ref else id(form), scope.inside)
        if not isinstance(form, Stream) or key in self._surveyed or scope.depth > _MAX_DEPTH:
            return
        self._surveyed.add(key)
        own = self._dictionary(form.entries.get("/Resources")) or scope.resources
        host = key[0] if key[0] in self._marks else scope.host
        self._contents(unpacked(form), replace(scope, resources=own, host=host, depth=scope.depth + 1))

    def _contents(self, data: bytes, scope: _Scope) -> None:
        marks: list[bool] = []
        state: tuple[bytes, int] = (b"", 0)
        saved: list[tuple[bytes, int]] = []
        for operation in operations(data):
            operator, operands = operation.operator, operation.operands
            if operator in (b"BMC", b"BDC"):
                marks.append(self._is_accounted_for(operation, scope))
            elif operator == b"EMC" and marks:
                marks.pop()
            elif operator == b"q":
                saved.append(state)
            elif operator == b"Q" and saved:
                state = saved.pop()
            elif operator == b"Tf" and operands:
                state = (operands[0], state[1])
            elif operator == b"Tr" and operands and operands[0].isdigit():
                state = (state[0], int(operands[0]))
            elif operator in _TEXT or operator in _PAINT or operator == b"Do":
                self._painted(operation, replace(scope, inside=scope.inside or any(marks)), state)

    def _is_accounted_for(self, operation: Operation, scope: _Scope) -> bool:
        """Whether marked content is an artifact or belongs to an element; a number that no element knows is a fault."""
        operands = operation.operands
        if operands[:1] == [b"/Artifact"]:
            return True
        if operation.operator == b"BMC" or len(operands) < 2:
            return False
        if b"/MCID" in operands:
            number = operands[operands.index(b"/MCID") + 1]
            mark: Value = int(number) if number.isdigit() else None
        else:
            properties = self._dictionary(scope.resources.get("/Properties"))
            mark = self._dictionary(properties.get(operands[1].decode("latin-1"))).get("/MCID")
        if mark is None:
            return False
        if mark not in self._marks.get(scope.host, {}):
            self._copier.notes.unclean("7.1-3", "marked content belongs to no element of the structure")
        return True

    def _painted(self, operation: Operation, scope: _Scope, state: tuple[bytes, int]) -> None:
        if operation.operator == b"Do":
            name = operation.operands[-1].decode("latin-1") if operation.operands else ""
            reference = self._dictionary(scope.resources.get("/XObject")).get(name)
            if self._dictionary(reference).get("/Subtype") == "/Form":
                self._form(reference, scope)
                return
        if operation.operator in _TEXT:
            self._font(scope, *state)
        if not scope.inside:
            self._copier.notes.unclean("7.1-3", "content is neither tagged nor marked as decoration")

    def _font(self, scope: _Scope, name: bytes, mode: int) -> None:
        reference = self._dictionary(scope.resources.get("/Font")).get(name.decode("latin-1"))
        font = self._dictionary(reference)
        if not font:
            return
        if mode != _INVISIBLE and not self._is_embedded(font):
            self._copier.notes.unclean("7.21.4.1-1", "a font is not embedded")
        if not self._has_unicode(font):
            self._copier.notes.unclean("7.21.7-1", "a font does not say which characters its glyphs are")

    def _is_embedded(self, font: Dictionary) -> bool:
        if font.get("/Subtype") == "/Type3":
            return True
        descendants = in_list(self._copier.copied(font.get("/DescendantFonts")))
        holder = self._dictionary(descendants[0]) if descendants else font
        descriptor = self._dictionary(holder.get("/FontDescriptor"))
        return any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))

    def _has_unicode(self, font: Dictionary) -> bool:
        if "/ToUnicode" in font:
            return True
        if font.get("/Subtype") == "/Type0":
            descendants = in_list(self._copier.copied(font.get("/DescendantFonts")))
            system = self._dictionary(self._dictionary(descendants[0]).get("/CIDSystemInfo")) if descendants else {}
            return system.get("/Ordering") in _COLLECTIONS_WITH_UNICODE
        encoding = self._copier.copied(font.get("/Encoding"))
        if isinstance(encoding, dict):
            return "/Differences" in encoding or encoding.get("/BaseEncoding") in _ENCODINGS_WITH_UNICODE
        return encoding in _ENCODINGS_WITH_UNICODE


def check_headings(copier: Copier, levels: list[int]) -> None:
    """Notes a heading that skips a level downward, or a first one that is not H1 (ISO 14289-1, 7.4.2)."""
    above = 0
    for level in levels:
        if level > above + 1:
            copier.notes.unclean("7.4.2-1", "a heading skips a level")
        above = level
