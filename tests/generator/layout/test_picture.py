from __future__ import annotations

import io
import re
import zlib

import pytest
from PIL import Image as Bitmap
from PIL import ImageFile

from generator.blocks import DrawnPicture, OwnPicture
from generator.errors import ContentError
from generator.figures.palette import PEOPLE, Palette, palette_for
from generator.figures.picture import draw
from generator.layout import picture as layout_picture
from generator.layout.exercises import card_picture
from generator.layout.picture import read_bitmap
from generator.load.poses import Poses
from generator.marks import DrawnBlock
from tests.kit import new_studio
from tests.memory import Memory
from tests.packs import library

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


@pytest.mark.parametrize("frame", [(166.0, 108.0), (166.0, 125.0), (343.0, 139.0), (120.0, 143.0), (343.0, 90.0)])
@pytest.mark.parametrize("id", ["step-down", "side-plank-knees", "glute-bridge"])
def test_a_drawn_picture_fills_its_frame_and_stays_in_it(frame: tuple[float, float], id: str) -> None:
    picture = DrawnPicture(Poses(library())[id], "Alt.")
    block = new_studio().drawn(card_picture, picture, "Sketch", *frame)
    scale, x, y = placed(block)
    drawing = draw(picture.pose, width=frame[0], height=block.forms[0].box[3], palette=palette_for())
    left, bottom, right, top = (edge * scale for edge in drawing.bbox)
    assert x + left >= 2.9
    assert x + right <= frame[0] - 2.9
    assert y + top <= -2.9
    assert y + bottom >= 2.9 - frame[1]
    whole = draw(picture.pose, width=frame[0], height=frame[1], palette=palette_for()).bbox
    assert (top - bottom) * (right - left) >= 0.8 * (whole[3] - whole[1]) * (whole[2] - whole[0])


def placed(block: DrawnBlock) -> tuple[float, float, float]:
    """Scale and origin of a block's only form."""
    found = re.search(rb"q ([\d.]+) 0 0 \1 (-?[\d.]+) (-?[\d.]+) cm /P\w+ Do", b"".join(block.operators))
    assert found
    return float(found[1]), float(found[2]), float(found[3])


def test_a_kept_picture_is_read_and_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    solved = Poses(library())["clamshell"]
    looks = {name: palette_for(person=person) for name, person in (("one", PEOPLE[0]), ("other", PEOPLE[1]))}
    kept = Memory()
    picture = DrawnPicture(solved, "Lying on the side.", mirrored=False, person=0)

    def fitted(palette: Palette, keeper: Memory | None) -> object:
        return layout_picture._drawn.__wrapped__(picture, 150.0, 90.0, palette, False, keeper)

    plain = {name: fitted(palette, None) for name, palette in looks.items()}
    assert plain["one"] != plain["other"]
    for _ in range(2):
        assert {name: fitted(palette, kept) for name, palette in looks.items()} == plain
        monkeypatch.setattr(layout_picture, "draw", None)  # what is kept needs nobody who draws
