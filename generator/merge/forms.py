"""Step 15: form fields of one input.

A form's defaults stand in the document (default resources, default appearance, alignment) and would be lost or mixed up
beside another form's; they are pushed down to the fields. Names of root fields and of default fonts become symbols, so
that equal names in two inputs step aside for each other while a radio group keeps the name that it repeats (ISO
32000-1, 12.7).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pypdf.generic import DictionaryObject, IndirectObject

from generator.merge.cleaning import inherited_field_entry
from generator.merge.copying import Copier
from generator.merge.opening import Opened, entry, raw, raw_list, resolved
from generator.merge.values import Ref, Symbol


@dataclass(slots=True)
class Form:
    """fields: root fields. resources: default resources by category ("/Font") and name, each an object."""

    fields: list[int] = field(default_factory=list)
    resources: dict[str, dict[str, int]] = field(default_factory=dict)
    needs_appearances: bool = False


def read_form(opened: Opened, copier: Copier) -> Form:
    """Copies the fields; the widgets came with their pages."""
    form = Form()
    source = entry(opened.catalog, "/AcroForm")
    if isinstance(source, DictionaryObject):
        _read_resources(source, copier, form)
        form.needs_appearances = bool(getattr(entry(source, "/NeedAppearances"), "value", False))
        if entry(source, "/XFA") is not None:
            copier.notes.removed("an XFA form was removed; its plain form fields are kept")
    listed = raw_list(source, "/Fields") if isinstance(source, DictionaryObject) else []
    roots = dict.fromkeys(_key(item) for item in listed)
    items = {_key(item): item for item in [*listed, *_stray_fields(opened)]}
    for key, item in items.items():
        node = resolved(item)
        if not isinstance(node, DictionaryObject) or (key not in roots and raw(node, "/T") is None):
            continue
        reference = copier.reference(item) if isinstance(item, IndirectObject) else copier.own(item)
        copier.drain()
        if reference is not None and isinstance(copier.objects[reference], dict):
            form.fields.append(reference)
            _finish_root(reference, source, copier)
    return form


def _key(item: Any) -> int:
    return item.idnum if isinstance(item, IndirectObject) else -id(item)


def _stray_fields(opened: Opened) -> list[Any]:
    """Root fields that only a page knows, because an earlier program dropped the list."""
    found = []
    for page in opened.pages:
        for item in raw_list(page.entries, "/Annots"):
            node = resolved(item)
            for _ in range(32):
                parent = raw(node, "/Parent") if isinstance(node, DictionaryObject) else None
                if not isinstance(parent, IndirectObject):
                    break
                item, node = parent, resolved(parent)
            is_field = isinstance(node, DictionaryObject) and inherited_field_entry(node, "/FT") is not None
            if is_field and isinstance(item, IndirectObject):
                found.append(item)
    return found


def _read_resources(source: DictionaryObject, copier: Copier, form: Form) -> None:
    resources = entry(source, "/DR")
    for category in resources if isinstance(resources, DictionaryObject) else ():
        entries = entry(resources, category)
        if isinstance(entries, DictionaryObject):
            copies = {str(name): copier.own(raw(entries, name)) for name in entries}
            form.resources[str(category)] = {name: copy for name, copy in copies.items() if copy is not None}


def _finish_root(reference: Ref, source: Any, copier: Copier) -> None:
    root = copier.objects[reference]
    if isinstance(root.get("/T"), bytes):
        root["/T"] = Symbol("field", root["/T"])
    for key in ("/DA", "/Q"):
        default = copier.value(entry(source, key)) if isinstance(source, DictionaryObject) else None
        if default is not None:
            root.setdefault(key, Symbol("appearance", default) if key == "/DA" else default)
