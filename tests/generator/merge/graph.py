"""Judges a tagged PDF's graph with pikepdf, a library that neither writes nor merges our tags.

veraPDF passes files with a structure root without children, reversed parent-tree arrays, elements listed twice,
clashing ids and dead links. `faults` finds these; `elements` gives what a screen reader would go by, to compare before
and after.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

FORBIDDEN_KEYS = frozenset({"/JS", "/AA", "/EF", "/EmbeddedFiles", "/AF", "/OpenAction", "/XFA"})
FORBIDDEN_ACTIONS = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition"})


@dataclass(frozen=True)
class SeenElement:
    """depth: from the Document's children. role: the standard type. headers: texts of the ids that a cell names."""

    depth: int
    role: str
    alt: str
    language: str
    title: str
    headers: int


@dataclass
class _Walk:
    pdf: pikepdf.Pdf
    faults: list[str] = field(default_factory=list)
    seen: set[tuple[int, int]] = field(default_factory=set)
    leaves: Counter[tuple[Any, ...]] = field(default_factory=Counter)
    ids: dict[bytes, tuple[int, int]] = field(default_factory=dict)
    headers: list[bytes] = field(default_factory=list)


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def tree_pairs(node: Any, key: str) -> Iterator[tuple[Any, Any]]:
    """(key, value) of a name tree or a number tree."""
    if node is None:
        return
    items = listed(node.get(key))
    yield from zip(items[::2], items[1::2], strict=True)
    for kid in listed(node.get("/Kids")):
        yield from tree_pairs(kid, key)


def faults(pdf: bytes) -> list[str]:
    """What is wrong with the graph, [] for a sound file."""
    with opened(pdf) as document:
        walk = _Walk(document)
        root = document.Root.get("/StructTreeRoot")
        if root is None or not listed(root.get("/K")):
            return ["no structure"]
        parents = {int(key): value for key, value in tree_pairs(root.get("/ParentTree"), "/Nums")}
        pages = {page.obj.objgen for page in document.pages}
        for kid in listed(root.K):
            _walk_element(walk, kid, root, None, parents, pages)
        _walk_unlisted(walk, parents, root)
        _check_names(walk, root)
        _check_keys(walk, parents, root)
        _check_links(walk, pages)
        _check_form(walk)
        _check_forbidden(walk)
        return walk.faults


def _walk_element(walk: _Walk, top: Any, root: Any, page: Any, parents: dict[int, Any], pages: set[Any]) -> None:
    waiting = [(top, root, page)]
    while waiting:
        element, parent, page = waiting.pop()
        if element.objgen in walk.seen:
            walk.faults.append(f"element {element.objgen} is listed twice")
            continue
        walk.seen.add(element.objgen)
        if element.P.objgen != parent.objgen:
            walk.faults.append(f"element {element.objgen} names another parent than the one that lists it")
        page = element.get("/Pg", page)
        if page is not None and page.objgen not in pages:
            walk.faults.append(f"element {element.objgen} stands on a page that is not in the file")
        _collect(walk, element, root)
        for kid in reversed(listed(element.get("/K"))):
            if isinstance(kid, int) or (isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid):
                _check_mark(walk, kid, element, page, parents)
            elif not isinstance(kid, pikepdf.Dictionary):
                walk.faults.append(f"element {element.objgen} has a kid that is nothing")
            elif "/Obj" in kid:
                _check_object(walk, kid, element, parents)
            else:
                waiting.append((kid, element, page))


def _walk_unlisted(walk: _Walk, parents: dict[int, Any], root: Any) -> None:
    """Elements that only the parent tree knows must hang on one that the tree lists; their ids count."""
    for value in parents.values():
        for element in listed(value):
            if not isinstance(element, pikepdf.Dictionary) or element.objgen in walk.seen:
                continue
            walk.seen.add(element.objgen)
            _collect(walk, element, root)
            above = element.P
            while above.objgen not in walk.seen and "/P" in above:
                above = above.P
            if above.objgen not in walk.seen:
                walk.faults.append(f"element {element.objgen} hangs on nothing")


def _check_mark(walk: _Walk, kid: Any, element: Any, page: Any, parents: dict[int, Any]) -> None:
    if isinstance(kid, int):
        host, mark = page, kid
    else:
        host, mark = kid.get("/Stm", kid.get("/Pg", page)), int(kid.MCID)
    walk.leaves[(*host.objgen, mark)] += 1
    owners = parents.get(int(host.get("/StructParents", -1)))
    if not isinstance(owners, pikepdf.Array) or mark >= len(owners) or not _same(owners[mark], element):
        walk.faults.append(f"the parent tree does not lead from mark {mark} of {host.objgen} to its element")


def _check_object(walk: _Walk, kid: Any, element: Any, parents: dict[int, Any]) -> None:
    walk.leaves["object", kid.Obj.objgen] += 1
    if not _same(parents.get(int(kid.Obj.get("/StructParent", -1))), element):
        walk.faults.append(f"the parent tree does not lead from object {kid.Obj.objgen} to its element")


def _same(value: Any, element: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary) and value.objgen == element.objgen


def _collect(walk: _Walk, element: Any, root: Any) -> None:
    if "/ID" in element:
        name = bytes(element.ID)
        if name in walk.ids:
            walk.faults.append(f"id {name!r} is used twice")
        walk.ids[name] = element.objgen
    walk.headers += attribute_headers(element, root, walk.faults)


def attribute_headers(element: Any, root: Any, found_faults: list[str]) -> list[bytes]:
    """Ids of the headers that a cell names, in its attributes or by an attribute class."""
    attributes = listed(element.get("/A"))
    for name in listed(element.get("/C")):
        if isinstance(name, pikepdf.Name):
            attribute_class = root.get("/ClassMap", {}).get(str(name))
            if attribute_class is None:
                found_faults.append(f"attribute class {name} does not exist")
            attributes += listed(attribute_class)
    dictionaries = [one for one in attributes if isinstance(one, pikepdf.Dictionary)]
    return [bytes(header) for one in dictionaries for header in listed(one.get("/Headers"))]


def _check_names(walk: _Walk, root: Any) -> None:
    walk.faults += [f"leaf {leaf} is listed twice" for leaf, count in walk.leaves.items() if count > 1]
    walk.faults += [f"header {name!r} does not exist" for name in walk.headers if name not in walk.ids]
    tree = [(bytes(key), value.objgen) for key, value in tree_pairs(root.get("/IDTree"), "/Names")]
    if dict(tree) != walk.ids:
        walk.faults.append("the id tree does not hold the elements' ids")
    if tree != sorted(tree):
        walk.faults.append("the id tree is not sorted")


def _check_keys(walk: _Walk, parents: dict[int, Any], root: Any) -> None:
    used: Counter[int] = Counter()
    for item in walk.pdf.objects:
        if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
            used.update(int(item[key]) for key in ("/StructParents", "/StructParent") if key in item)
    walk.faults += [f"parent tree key {key} is used {count} times" for key, count in used.items() if count > 1]
    walk.faults += [f"parent tree key {key} is not in the tree" for key in used if key not in parents]
    walk.faults += [f"parent tree key {key} is used by nobody" for key in parents if key not in used]
    if int(root.get("/ParentTreeNextKey", 0)) <= max(parents, default=-1):
        walk.faults.append("the next key of the parent tree is taken")


def _check_links(walk: _Walk, pages: set[Any]) -> None:
    root = walk.pdf.Root
    names = [(bytes(key), value) for key, value in tree_pairs(root.get("/Names", {}).get("/Dests"), "/Names")]
    if [key for key, _ in names] != sorted({key for key, _ in names}):
        walk.faults.append("the named destinations are not sorted, or a name is there twice")
    known = dict(names)

    def check(target: Any, where: str) -> None:
        if isinstance(target, pikepdf.String):
            target = known.get(bytes(target))
        target = target.get("/D") if isinstance(target, pikepdf.Dictionary) else target
        alive = isinstance(target, pikepdf.Array) and isinstance(target[0], pikepdf.Dictionary)
        if not alive or target[0].objgen not in pages:
            walk.faults.append(f"a dead link in {where}")

    for key, value in names:
        check(value, f"named destination {key!r}")
    for page in walk.pdf.pages:
        for annotation in listed(page.get("/Annots")):
            if "/P" in annotation and annotation.P.objgen != page.obj.objgen:
                walk.faults.append("an annotation names another page than the one that lists it")
            _check_target(annotation, "an annotation", check)
    _check_outline(walk, root.get("/Outlines"), check)


def _check_target(item: Any, where: str, check: Any) -> None:
    if "/Dest" in item:
        check(item.Dest, where)
    if item.get("/A", {}).get("/S") == "/GoTo":
        check(item.A.get("/D"), where)


def _check_outline(walk: _Walk, parent: Any, check: Any) -> int:
    """Checks the items below one; gives how many there are, open or not."""
    item, last, count = (parent.get("/First") if parent is not None else None), None, 0
    while item is not None:
        count += 1
        if item.Parent.objgen != parent.objgen or (last is not None and item.Prev.objgen != last.objgen):
            walk.faults.append("a bookmark is linked wrongly")
        _check_target(item, "a bookmark", check)
        count += _check_outline(walk, item, check)
        last, item = item, item.get("/Next")
    if last is not None and parent.Last.objgen != last.objgen:
        walk.faults.append("the last bookmark is not the last")
    return count


def _check_form(walk: _Walk) -> None:
    roots = listed(walk.pdf.Root.get("/AcroForm", {}).get("/Fields"))
    names = Counter(str(one.get("/T", "")) for one in roots)
    walk.faults += [f"form field {name!r} is there twice" for name, count in names.items() if count > 1]


def _check_forbidden(walk: _Walk) -> None:
    for item in walk.pdf.objects:
        _look_into(walk, item)


def _look_into(walk: _Walk, item: Any) -> None:
    if isinstance(item, pikepdf.Array):
        for one in item:
            if not one.is_indirect if isinstance(one, pikepdf.Object) else False:
                _look_into(walk, one)
    if not isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
        return
    walk.faults += [f"{key} is still there" for key in item.keys() & FORBIDDEN_KEYS]
    if str(item.get("/S", "")) in FORBIDDEN_ACTIONS or str(item.get("/URI", "")).lower().startswith("javascript:"):
        walk.faults.append(f"an action {item.get('/S')} is still there")
    for key in list(item.keys()):
        one = item[key]
        if isinstance(one, pikepdf.Object) and not one.is_indirect:
            _look_into(walk, one)


def elements(pdf: bytes) -> list[SeenElement]:
    """The structure in reading order, without the Document itself and the Parts that a merge adds."""
    with opened(pdf) as document:
        root = document.Root.StructTreeRoot
        roles = {str(key): str(value) for key, value in root.get("/RoleMap", {}).items()}
        waiting = [(kid, 0) for kid in reversed(listed(root.K))]
        found = []
        while waiting:
            element, depth = waiting.pop()
            role = str(element.S)
            while role in roles:
                role = roles[role]
            texts = [str(element.get(key, "")) for key in ("/Alt", "/Lang", "/T")]
            headers = len(attribute_headers(element, root, []))
            found.append(SeenElement(depth, role[1:], *texts, headers))
            kids = [kid for kid in listed(element.get("/K")) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
            waiting += [(kid, depth + 1) for kid in reversed(kids)]
        return found
