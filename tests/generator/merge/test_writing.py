"""The written file: sound for other readers, small, and opened only by its passphrase where it is encrypted."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from generator.errors import UsageError
from generator.merge.sealing import encrypt
from tests.generator.merge import samples
from tests.generator.merge.graph import elements, faults, opened
from tests.generator.merge.handmade import HandMade, simple
from tests.generator.merge.shared import merged
from tests.generator.merge.views import pixels


def test_qpdf_finds_nothing_wrong(tmp_path: Path) -> None:
    path = tmp_path / "pack.pdf"
    path.write_bytes(merged(samples.guide(), samples.leaflet(), samples.form(), samples.scan(), describes="A map").pdf)
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_object_streams_keep_the_file_small() -> None:
    pdfs = [samples.guide(), samples.leaflet()]
    pdf = merged(*pdfs).pdf
    assert len(pdf) < sum(map(len, pdfs)) + 2000
    assert b"/ObjStm" in pdf
    assert b"/StructElem" not in pdf


def test_strings_names_and_numbers_survive_byte_for_byte() -> None:
    strings = [b"plain", b"(a)\\b\r\n", bytes(range(256)), "\ufeffé".encode("utf-16-be"), b""]
    made = HandMade()
    page = made.page(1)
    made.element("P", page=page, marks=(0,), A=Dictionary(O=Name("/A b#c"), X=Array(map(pikepdf.String, strings))))
    numbers = [0, -5, 0.5, -0.001, 612.28346, 0.00001]
    page.Annots = Array()
    made.annotation(
        page, made.element("Link"), "Link", Contents="x", Border=Array([0, 0, 1]), QuadPoints=Array(numbers)
    )
    with opened(merged(made.bytes()).pdf) as document:
        attributes = document.Root.StructTreeRoot.K[0].K[0].K[0].A
        assert [bytes(one) for one in attributes.X] == strings
        assert str(attributes.O) == "/A b#c"
        assert [float(one) for one in document.pages[0].Annots[0].QuadPoints] == pytest.approx(numbers)


def test_pictures_and_fonts_are_stored_once_and_page_contents_never_shared() -> None:
    pdf = merged(*[samples.guide()] * 3).pdf
    with opened(pdf) as document:
        fonts = [one for one in document.objects if _is_descriptor(one)]
        files = {one.FontFile3.objgen if "/FontFile3" in one else one.FontFile2.objgen for one in fonts}
        contents = [page.obj.Contents.objgen for page in document.pages]
        assert len(set(contents)) == 6
    with opened(samples.guide()) as document:
        once = [one for one in document.objects if _is_descriptor(one)]
    assert len(fonts) == len(once)
    assert len(files) == len(fonts)


def _is_descriptor(item: object) -> bool:
    return isinstance(item, Dictionary) and item.get("/Type") == Name.FontDescriptor


def test_what_nothing_refers_to_is_not_written() -> None:
    made = HandMade()
    made.element("P", page=made.page(1), marks=(0,))
    made.pdf.Root.Unknown = made.pdf.make_stream(b"private" * 500)
    with opened(merged(made.bytes()).pdf) as document:
        assert "/Unknown" not in document.Root
        assert not any(isinstance(one, pikepdf.Stream) and b"private" in one.read_bytes() for one in document.objects)


def test_only_the_passphrase_opens_an_encrypted_file() -> None:
    plain = merged(samples.guide(), samples.leaflet()).pdf
    sealed = encrypt(plain, "drei rote Äpfel")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(sealed))
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(sealed), password="drei rote Apfel")
    with pikepdf.open(io.BytesIO(sealed), password="drei rote Äpfel") as document:
        assert (document.encryption.R, document.encryption.bits) == (6, 256)
        assert document.allow.accessibility
        assert document.allow.print_highres
        out = io.BytesIO()
        document.save(out)
    assert faults(out.getvalue()) == []
    assert elements(out.getvalue()) == elements(plain)
    assert pixels(out.getvalue()) == pixels(plain)


def test_encryption_is_sound_for_qpdf_and_poppler(tmp_path: Path) -> None:
    path = tmp_path / "sealed.pdf"
    path.write_bytes(encrypt(merged(samples.guide()).pdf, "pass"))
    check = subprocess.run(
        ["qpdf", "--password=pass", "--check", str(path)], capture_output=True, text=True, check=False
    )
    assert (check.returncode, check.stderr) == (0, "")
    text = subprocess.run(["pdftotext", "-upw", "pass", str(path), "-"], capture_output=True, text=True, check=True)
    assert "Take one step" in text.stdout
    assert b"Stair guide" not in path.read_bytes()


def test_deep_structures_can_be_encrypted() -> None:
    made = HandMade()
    page, element = made.page(1), None
    for _ in range(600):
        element = made.element("Div", element)
    made.element("P", element, page, (0,))
    sealed = encrypt(merged(made.bytes()).pdf, "pass")
    with pikepdf.open(io.BytesIO(sealed), password="pass") as document:
        assert len(document.pages) == 1


@pytest.mark.parametrize("passphrase", ["", "x" * 128])
def test_a_passphrase_has_limits(passphrase: str) -> None:
    with pytest.raises(UsageError, match="passphrase"):
        encrypt(simple(), passphrase)
