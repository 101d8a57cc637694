"""The graph check itself: a file broken on purpose is found out."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from pypdf import PdfWriter

from tests.generator.merge import samples
from tests.generator.merge.graph import faults
from tests.generator.merge.handmade import edited, simple
from tests.generator.merge.shared import merged


def parents(document: pikepdf.Pdf) -> Any:
    return document.Root.StructTreeRoot.ParentTree.Nums


def drop_entry(document: pikepdf.Pdf) -> None:
    parents(document)[1] = Array()


def reverse_array(document: pikepdf.Pdf) -> None:
    parents(document)[1] = Array(reversed(list(parents(document)[1])))


def list_twice(document: pikepdf.Pdf) -> None:
    part = document.Root.StructTreeRoot.K[0].K[0]
    part.K.append(part.K[0])


def foreign_parent(document: pikepdf.Pdf) -> None:
    first, second = document.Root.StructTreeRoot.K[0].K
    first.K[0].P = second


def clashing_ids(document: pikepdf.Pdf) -> None:
    for part in document.Root.StructTreeRoot.K[0].K:
        part.K[0].ID = String("same")


def no_children(document: pikepdf.Pdf) -> None:
    del document.Root.StructTreeRoot.K


def dead_header(document: pikepdf.Pdf) -> None:
    document.Root.StructTreeRoot.K[0].K[0].K[0].A = Dictionary(O=Name.Table, Headers=Array([String("none")]))


def dead_bookmark(document: pikepdf.Pdf) -> None:
    document.Root.Outlines.First.Dest = String("nowhere")


def shared_key(document: pikepdf.Pdf) -> None:
    document.pages[1].obj.StructParents = document.pages[0].obj.StructParents


def script(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("x")))


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (drop_entry, "parent tree"),
        (reverse_array, "parent tree"),
        (list_twice, "listed twice"),
        (foreign_parent, "another parent"),
        (clashing_ids, "used twice"),
        (no_children, "no structure"),
        (dead_header, "does not exist"),
        (dead_bookmark, "dead link"),
        (shared_key, "used 2 times"),
        (script, "still there"),
    ],
)
def test_damage_is_found(damage: Any, words: str) -> None:
    sound = merged(simple("One"), simple("Two")).pdf
    assert faults(sound) == []
    assert any(words in fault for fault in faults(edited(sound, damage)))


def test_a_plain_append_by_pypdf_is_not_sound() -> None:
    writer = PdfWriter()
    for pdf in (samples.guide(), samples.leaflet()):
        writer.append(io.BytesIO(pdf))
    out = io.BytesIO()
    writer.write(out)
    assert faults(out.getvalue()) == ["no structure"]
