"""Step 18: pages without tags become pictures with a person's words.

What is on such a page cannot be told apart by a program, so the page as a whole becomes one Figure: its contents move
into a form XObject that is drawn inside one marked content. Annotations become Link, Form or Annot elements, which
PDF/UA asks to have words of their own (ISO 14289-1, 7.3 and 7.18).
"""

from __future__ import annotations

from generator.merge.content import mended, packed, unpacked
from generator.merge.copying import Copier
from generator.merge.structure import Structure
from generator.merge.values import PART, Dictionary, Name, Ref, Stream, Symbol, Value, in_list, plain_text, text_string

_ROLES = {"/Link": "Link", "/Widget": "Form"}
_NEVER_TAGGED = frozenset({"/Popup", "/TrapNet"})
_FIGURE = b"/Figure <</MCID 0>> BDC /Page Do EMC"


def make_figures(copier: Copier, pages: tuple[Ref, ...], structure: Structure) -> None:
    """Turns every page of an untagged input into a Figure below object PART, and tags its annotations."""
    _strip_forms(copier)
    kids: list[Value] = []
    for number, page in enumerate(pages, 1):
        copier.notes.page = number
        entries = copier.objects[page]
        if _move_contents(copier, entries):
            box = copier.copied(entries.get("/CropBox")) or copier.copied(entries["/MediaBox"])
            figure = _element(copier, "Figure", page, [0])
            copier.objects[figure] |= {
                "/Alt": Symbol("describes", str(number).encode()),
                "/A": {"/O": Name("/Layout"), "/Placement": Name("/Block"), "/BBox": box},
            }
            structure.marks[page] = {0: figure}
            kids.append(figure)
        kids.extend(_tag_annotations(copier, page, structure))
    copier.notes.page = 0
    copier.objects[PART] = {"/K": kids}


def _element(copier: Copier, role: str, page: Ref, kids: list[Value]) -> Ref:
    return copier.add(
        {
            "/Type": Name("/StructElem"),
            "/S": Symbol("role", role.encode()),
            "/P": Ref(PART),
            "/Pg": page,
            "/K": kids,
        }
    )


def page_contents(copier: Copier, entries: Dictionary) -> bytes:
    """A page's contents as one stream; parts are joined by a line end, as viewers join them."""
    parts = [copier.copied(item) for item in in_list(copier.copied(entries.get("/Contents")))]
    return b"\n".join(unpacked(part) for part in parts if isinstance(part, Stream))


def _move_contents(copier: Copier, entries: Dictionary) -> bool:
    """Moves a page's contents into a form XObject; False where nothing is drawn."""
    contents = mended(page_contents(copier, entries), strip_marks=True)
    if not contents.strip():
        entries.pop("/Contents", None)
        return False
    form = {
        "/Type": Name("/XObject"),
        "/Subtype": Name("/Form"),
        "/BBox": entries["/MediaBox"],
        "/Resources": entries.get("/Resources", {}),
    }
    entries["/Resources"] = {"/XObject": {"/Page": copier.add(packed(contents, form))}}
    entries["/Contents"] = copier.add(packed(_FIGURE))
    return True


def _strip_forms(copier: Copier) -> None:
    """Marks may also stand in the forms that a page draws."""
    for number, value in enumerate(copier.objects):
        if isinstance(value, Stream) and value.entries.get("/Subtype") == "/Form":
            data = unpacked(value)
            stripped = mended(data, strip_marks=True)
            if stripped is not data:
                kept = {key: one for key, one in value.entries.items() if key not in ("/Filter", "/DecodeParms")}
                copier.objects[number] = packed(stripped, kept)


def _tag_annotations(copier: Copier, page: Ref, structure: Structure) -> list[Value]:
    entries = copier.objects[page]
    elements: list[Value] = []
    kept: list[Value] = []
    for reference in in_list(copier.copied(entries.get("/Annots"))):
        annotation = copier.copied(reference)
        kind = annotation.get("/Subtype")
        if kind in _NEVER_TAGGED:
            continue
        kept.append(reference)
        annotation.pop("/Popup", None)
        if kind == "/PrinterMark":
            annotation.setdefault("/Contents", b"Printer mark")
            continue
        if reference in structure.objects:
            copier.notes.unclean("7.18.1-1", "an annotation stands on two pages")
            continue
        role = _ROLES.get(str(kind), "Annot")
        _give_words(copier, annotation, role)
        element = _element(copier, role, page, [{"/Type": Name("/OBJR"), "/Pg": page, "/Obj": reference}])
        structure.objects[reference] = element
        elements.append(element)
    if "/Annots" in entries:
        entries["/Annots"] = kept
    return elements


def _give_words(copier: Copier, annotation: Dictionary, role: str) -> None:
    """Every annotation needs words; where its maker gave none they are made from where it leads or what it is."""
    if role == "Form":
        field = annotation
        for _ in range(32):
            parent = copier.copied(field.get("/Parent"))
            if "/T" in field or not isinstance(parent, dict):
                break
            field = parent
        if not plain_text(field.get("/TU")).strip():
            name = field.get("/T", b"")
            field["/TU"] = (name.key if isinstance(name, Symbol) else name) or b"Field"
            copier.notes.removed("a form field without a description is described by its name")
    elif not plain_text(annotation.get("/Contents")).strip():
        address = plain_text((copier.copied(annotation.get("/A")) or {}).get("/URI"))
        kind = str(annotation.get("/Subtype"))[1:]
        words = f"Link to {address}" if address else "Link within the document" if role == "Link" else kind
        annotation["/Contents"] = text_string(words)
        copier.notes.removed(f'an annotation without a description is described as "{words}"')
