from __future__ import annotations

import io
import zlib

import pytest
from PIL import Image as Bitmap
from PIL import ImageFile

from generator.blocks import OwnPicture
from generator.errors import ContentError
from generator.layout.exercises import card_picture
from generator.layout.picture import read_bitmap
from tests.kit import new_studio

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#ff0000"/></svg>'


def _png(mode: str = "RGB", size: tuple[int, int] = (6, 4)) -> bytes:
    buffer = io.BytesIO()
    Bitmap.new(mode, size, 120 if mode == "L" else (200, 10, 10, 128)[: len(mode)]).save(buffer, "PNG")
    return buffer.getvalue()


def test_a_png_is_kept_as_deflated_samples() -> None:
    image = read_bitmap(_png())
    assert (image.width, image.height, image.color_space, image.encoding) == (6, 4, "DeviceRGB", "FlateDecode")
    assert zlib.decompress(image.data) == bytes((200, 10, 10)) * 24


def test_transparency_becomes_a_mask() -> None:
    assert zlib.decompress(read_bitmap(_png("RGBA")).mask) == bytes((128,)) * 24


def test_a_jpeg_is_kept_as_it_is() -> None:
    buffer = io.BytesIO()
    Bitmap.new("RGB", (8, 8), (1, 2, 3)).save(buffer, "JPEG")
    assert read_bitmap(buffer.getvalue()).data == buffer.getvalue()


@pytest.mark.parametrize("patient", [False, True])
def test_a_cut_picture_is_an_error(patient: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", patient)  # as other libraries in the process leave it
    noise = bytes((number * 7919 >> 3) & 255 for number in range(90_000))
    buffer = io.BytesIO()
    Bitmap.frombytes("RGB", (200, 150), noise).save(buffer, "PNG")
    whole = buffer.getvalue()
    with pytest.raises(ContentError, match="This picture cannot be read"):
        read_bitmap(whole[: len(whole) // 2])


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_unpacked() -> None:
    header = _png("L", (1, 1))
    huge = header[:16] + (13_000).to_bytes(4, "big") * 2 + header[24:29]
    huge += zlib.crc32(huge[12:29]).to_bytes(4, "big") + header[33:]
    with pytest.raises(ContentError, match="13000 × 13000 pixels"):
        read_bitmap(huge)


@pytest.mark.parametrize(("data", "kind"), [(_png(), "png"), (SVG, "svg")])
def test_an_own_picture_stands_on_the_card_with_words_and_attribution(data: bytes, kind: str) -> None:
    picture = OwnPicture(data, kind, "Two people on a mat.", "Picture: A. Clinic")  # type: ignore[arg-type]
    block = new_studio().drawn(card_picture, picture, "Sketch", 166.0, 108.0)
    assert [element.alt for element in block.elements if element.role == "Figure"] == ["Two people on a mat."]
    assert [element.role for element in block.elements] == ["Figure", "P"]
    assert block.height > 108
