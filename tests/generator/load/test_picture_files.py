"""Own pictures: what is taken, and what is refused in words that say what to do."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest
from PIL import Image

from generator.errors import ContentError
from generator.load.library import read_library
from generator.load.picture_files import LARGEST_FILE, look_at
from tests.generator.load.conftest import Edit

CLAMSHELL = "handouts/exercises/clamshell.yaml"


def bitmap(form: str, mode: str = "RGB") -> bytes:
    buffer = io.BytesIO()
    noise = bytes((number * 7919 >> 3) & 255 for number in range(30_000))
    Image.frombytes("RGB", (100, 100), noise).convert(mode).save(buffer, form)
    return buffer.getvalue()


def huge() -> bytes:
    """A PNG whose header says 13,000 by 13,000."""
    small = bitmap("PNG", "L")
    head = small[:16] + (13_000).to_bytes(4, "big") * 2 + small[24:29]
    return head + zlib.crc32(head[12:29]).to_bytes(4, "big") + small[33:]


def svg(inside: str, size: str = 'viewBox="0 0 40 20"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{inside}</svg>'.encode()


SHAPE = '<rect width="40" height="20" fill="#f00"/>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", bitmap("PNG")),
        ("a.PNG", bitmap("PNG", "P")),
        ("a.png", bitmap("PNG", "1")),
        ("a.jpg", bitmap("JPEG")),
        ("a.jpeg", bitmap("JPEG", "CMYK")),
        ("a.svg", svg(SHAPE)),
        ("a.svg", svg(f"<style>.a{{fill:#00f;opacity:1}}</style><g>{SHAPE}</g>", 'width="40" height="20"')),
    ],
)
def test_pictures_that_print_are_taken(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    look_at(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.gif", b"GIF89a", "no known kind"),
        ("a.png", bitmap("PNG")[:300], "cannot be read"),
        ("a.jpg", bitmap("JPEG")[:2000], "cannot be read"),
        ("a.png", bitmap("GIF"), "neither PNG nor JPEG"),
        ("a.png", b"", "neither PNG nor JPEG"),
        ("a.png", huge(), "13000 × 13000 pixels"),
        ("a.png", bitmap("PNG") + bytes(LARGEST_FILE), "too large a file"),
        ("a.svg", b"hello", "cannot be read"),
        ("a.svg", b'<!DOCTYPE s [<!ENTITY a "b">]><svg viewBox="0 0 1 1"><path/></svg>', "XML entities"),
        ("a.svg", svg(""), "holds no shape"),
        ("a.svg", svg(SHAPE, ""), "how large"),
        ("a.svg", svg(SHAPE + "<text>Lift</text>"), "uses words"),
        ("a.svg", svg(SHAPE + '<image href="file:///x"/><script/>'), "uses a picture inside it, a script"),
        ("a.svg", svg('<path fill="url(#g)"/>'), "gradients"),
        ("a.svg", svg('<style>.a{fill:url(#g)}</style><path class="a"/>'), "gradients"),
        ("a.svg", svg('<path style="fill-opacity:.3"/>'), "transparency"),
        ("a.svg", svg('<g clip-path="url(#c)"><path/></g>'), "clipping"),
    ],
)
def test_pictures_that_would_mislead_or_harm_are_refused(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ContentError) as fault:
        look_at(tmp_path / name)
    assert message in fault.value.message
    assert fault.value.hint


def test_a_refused_picture_is_named_with_its_line(content: Path, edit: Edit) -> None:
    edit(CLAMSHELL, "version: 1", "picture: {file: clam.png, alt: A clamshell.}\nversion: 1")
    (content / "handouts" / "exercises" / "clam.png").write_bytes(bitmap("PNG")[:300])
    (error,) = read_library(content).errors
    assert "cannot be read" in error.message
    assert error.place is not None
    assert error.place.file.endswith("clamshell.yaml")
    assert error.place.line
    assert error.place.key == "picture.file"


def test_a_picture_without_words_is_refused(content: Path, edit: Edit) -> None:
    edit(CLAMSHELL, "version: 1", "picture: {file: clam.svg}\nversion: 1")
    (content / "handouts" / "exercises" / "clam.svg").write_bytes(svg(SHAPE))
    (error,) = read_library(content).errors
    assert "alt" in error.message
