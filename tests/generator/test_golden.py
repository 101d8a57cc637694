"""Small packs as they are: words, tag tree and page pictures, kept in tests/golden.

A change that is meant is taken over with HANDOUTS_NEW_GOLDEN=1 and looked at in the diff.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops, ImageStat

from generator.models.selection import HardStop
from tests.packs import kept, pdf, plan, selection
from tests.reading import read

GOLDEN = Path(__file__).parents[1] / "golden"
NEW = os.environ.get("HANDOUTS_NEW_GOLDEN") == "1"
SCALE = 0.5
LARGEST_DIFFERENCE = 1.5  # mean of 255 levels: other versions of the renderer smooth edges a little otherwise


def _packs() -> dict[str, bytes]:
    two = selection((kept("clamshell", note="Go slow. – Sam"), kept("step-down", side="left")))
    stop = selection((), red_flags=("RF02", "RF01"), hard_stops=(HardStop("suspected-dvt", answered=True),))
    return {
        "two-exercises": pdf(plan(), two),
        "compact-harbor-a4": pdf(plan(), two, "harbor-street", "compact", "a4"),
        "help-only": pdf(plan(), stop, layout="ink-saver"),
    }


PACKS = _packs()


def _words(data: bytes) -> str:
    pages = (f"--- page {number}\n{page.text.strip()}" for number, page in enumerate(read(data), 1))
    return "\n".join(line.rstrip() for line in "\n".join(pages).splitlines()) + "\n"


def _tags(data: bytes) -> str:
    """The structure tree: a role a line, indented, with alternative text."""
    lines: list[str] = []
    with pikepdf.open(io.BytesIO(data)) as document:
        waiting = [(document.Root.StructTreeRoot.K, 0)]
        while waiting:
            element, depth = waiting.pop()
            if isinstance(element, pikepdf.Array):
                waiting += [(kid, depth) for kid in reversed(list(element))]
            elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
                alt = f" [{element.Alt}]" if "/Alt" in element else ""
                lines.append("  " * depth + str(element.S)[1:] + alt)
                if "/K" in element:
                    waiting.append((element.K, depth + 1))
    return "\n".join(lines) + "\n"


def _compare(name: str, found: str) -> None:
    file = GOLDEN / name
    if NEW:
        GOLDEN.mkdir(exist_ok=True)
        file.write_text(found, "utf-8")
    assert found == file.read_text("utf-8")


@pytest.mark.parametrize("name", PACKS)
def test_words(name: str) -> None:
    _compare(f"{name}.txt", _words(PACKS[name]))


@pytest.mark.parametrize("name", PACKS)
def test_tag_tree(name: str) -> None:
    _compare(f"{name}.tags.txt", _tags(PACKS[name]))


@pytest.mark.parametrize("name", PACKS)
def test_page_pictures(name: str) -> None:
    for number, page in enumerate(pdfium.PdfDocument(PACKS[name]), 1):
        picture = page.render(scale=SCALE).to_pil().convert("L")
        file = GOLDEN / f"{name}-{number}.png"
        if NEW:
            picture.save(file, optimize=True)
        with Image.open(file) as kept_picture:
            assert picture.size == kept_picture.size
            difference = ImageStat.Stat(ImageChops.difference(picture, kept_picture.convert("L"))).mean[0]
        assert difference < LARGEST_DIFFERENCE, (file.name, difference)
