"""Step 4: what never reaches the output: scripts, programs to start, embedded files, and addresses that are code.

Kept are only the actions on a short list (ISO 32000-1, 12.6.4); the catalogue is not copied at all, `catalog` writes a
new one. Whatever goes is noted, so that the clinic learns why its button does nothing.
"""

from __future__ import annotations

import re
from typing import Any

from pypdf.generic import DictionaryObject, IndirectObject, NameObject

from generator.merge.copying import Copier, Rule
from generator.merge.destinations import Destinations
from generator.merge.opening import Opened, entry, pairs, raw, raw_list, resolved
from generator.merge.values import Dictionary, Name, Symbol, Value, plain_text

KEPT_ACTIONS = frozenset({"/GoTo", "/GoToR", "/URI", "/Named", "/SetOCGState", "/Hide", "/ResetForm"})
KEPT_SCHEMES = frozenset({"", "http", "https", "mailto", "tel", "sms", "geo"})
REMOVED_ANNOTATIONS = {
    "/FileAttachment": "an attached file",
    "/Sound": "a sound",
    "/Movie": "a film",
    "/Screen": "a media player",
    "/RichMedia": "a media player",
    "/3D": "a 3D model",
}
_ACTION_WORDS = {
    "/JavaScript": "a script",
    "/Launch": "an action that starts a program",
    "/SubmitForm": "an action that sends the form's contents away",
    "/ImportData": "an action that loads data into the form",
    "/GoToE": "a link into an embedded file",
}
_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_MAX_ACTIONS = 200


def cleaning_rules(destinations: Destinations) -> dict[str, Rule]:
    """The rules of `Copier` for a file that becomes part of a pack."""
    return {
        "/A": _action_or_attributes,
        "/PA": _action_or_attributes,
        "/Dest": destinations.rule,
        "/Headers": _headers,
        "/AA": _dropped("an action that runs by itself"),
        "/JS": _dropped("a script"),
        "/EF": _dropped("an embedded file"),
        "/AF": _dropped("an embedded file"),
        "/StructParent": _silently,
        "/StructParents": _silently,
        "/PieceInfo": _silently,
        "/OPI": _silently,
        "/DA": _appearance,
        "/V": _field_value,
    }


def _silently(copier: Copier, owner: DictionaryObject, item: Any) -> None:
    """Keys of the old tree and of other programs' private data."""


def _dropped(what: str) -> Rule:
    def rule(copier: Copier, owner: DictionaryObject, item: Any) -> None:
        if resolved(item) is not None:
            copier.notes.removed(f"{what} was removed")

    return rule


def _headers(copier: Copier, owner: DictionaryObject, item: Any) -> Value:
    value = copier.value(resolved(item))
    return [Symbol("id", one) for one in (value if isinstance(value, list) else [value]) if isinstance(one, bytes)]


def _appearance(copier: Copier, owner: DictionaryObject, item: Any) -> Value:
    value = copier.value(resolved(item))
    return Symbol("appearance", value) if isinstance(value, bytes) else value


def _field_value(copier: Copier, owner: DictionaryObject, item: Any) -> Value:
    if inherited_field_entry(owner, "/FT") == "/Sig":
        copier.notes.removed("a digital signature was removed, as it does not hold for the merged file")
        return None
    return copier.value(item)


def inherited_field_entry(field: Any, key: str) -> Any:
    """A field's entry, its own or its ancestors' (ISO 32000-1, 12.7.3.1)."""
    for _ in range(32):
        found = entry(field, key)
        if found is not None or field is None:
            return found
        field = entry(field, "/Parent")
    return None


def _action_or_attributes(copier: Copier, owner: DictionaryObject, item: Any) -> Value:
    content = resolved(item)
    if isinstance(content, DictionaryObject) and raw(content, "/S") is not None and raw(content, "/O") is None:
        return action(copier, content)
    return copier.value(item)


def action(copier: Copier, first: DictionaryObject) -> Dictionary | None:
    """The harmless actions of a chain in the order in which they would run; None if none is left."""
    waiting: list[Any] = [first]
    seen: set[int] = set()
    kept: list[Dictionary] = []
    while waiting and len(seen) < _MAX_ACTIONS:
        one = resolved(waiting.pop())
        if not isinstance(one, DictionaryObject) or id(one) in seen:
            continue
        seen.add(id(one))
        waiting.extend(reversed(raw_list(one, "/Next")))
        copied = _one_action(copier, one)
        if copied is not None:
            kept.append(copied)
    if not kept:
        return None
    return kept[0] | {"/Next": kept[1:]} if len(kept) > 1 else kept[0]


def _one_action(copier: Copier, one: DictionaryObject) -> Dictionary | None:
    kind = entry(one, "/S")
    if kind not in KEPT_ACTIONS:
        copier.notes.removed(f"{_ACTION_WORDS.get(str(kind), f'an action of the kind {str(kind)[1:30]}')} was removed")
        return None
    if kind == "/URI" and not _harmless_address(copier.value(entry(one, "/URI"))):
        copier.notes.removed("a link whose address is code or a local file was removed")
        return None
    copied: Dictionary = {"/S": Name(kind)}
    for key, item in dict.items(one):
        if key in ("/S", "/Next", "/Type"):
            continue
        rule = copier.rules.get("/Dest" if key == "/D" and kind == "/GoTo" else key)
        value = rule(copier, one, item) if rule is not None else copier.value(item)
        if value is not None:
            copied[str(key)] = value
    return None if kind == "/GoTo" and "/D" not in copied else copied


def _harmless_address(address: Value) -> bool:
    text = "".join(sign for sign in plain_text(address) if sign > " " and sign != "\x7f")
    scheme = _SCHEME.match(text)
    return (scheme[1].lower() if scheme else "") in KEPT_SCHEMES


def leave_out_annotations(opened: Opened, copier: Copier) -> None:
    """Marks the annotations that must go before anything is copied, so that no reference brings them back."""
    for number, page in enumerate(opened.pages, 1):
        copier.notes.page = number
        for item in raw_list(page.entries, "/Annots"):
            kind = entry(resolved(item), "/Subtype")
            if isinstance(kind, NameObject) and kind in REMOVED_ANNOTATIONS:
                copier.notes.removed(f"{REMOVED_ANNOTATIONS[kind]} was removed")
                if isinstance(item, IndirectObject):
                    copier.numbers[item.idnum] = None
    copier.notes.page = 0


def note_catalog(opened: Opened, copier: Copier) -> None:
    """Says what of the document as a whole is not carried over."""
    catalog, notes = opened.catalog, copier.notes
    names = entry(catalog, "/Names")
    if next(pairs(entry(names, "/JavaScript"), "/Names"), None) is not None:
        notes.removed("a script was removed")
    if next(pairs(entry(names, "/EmbeddedFiles"), "/Names"), None) is not None or entry(catalog, "/Collection"):
        notes.removed("an embedded file was removed")
    if entry(catalog, "/AA") is not None:
        notes.removed("an action that runs by itself was removed")
    opening = entry(catalog, "/OpenAction")
    if isinstance(opening, DictionaryObject) and entry(opening, "/S") != "/GoTo":
        notes.removed("an action that runs when the file opens was removed")
    if entry(catalog, "/Perms") is not None:
        notes.removed("a digital signature was removed, as it does not hold for the merged file")
    if entry(catalog, "/Threads") is not None:
        notes.removed("article threads were removed")
    if opened.protected:
        notes.removed("the file forbade changes without asking for a password; the merged file does not")
