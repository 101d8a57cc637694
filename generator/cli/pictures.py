"""Exercise pictures as PNG, for those who write and review poses: a large picture, and a contact sheet of them all."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from generator.figures.palette import INK_SAVER, PEOPLE, Palette, palette_for
from generator.figures.picture import Drawing, draw
from generator.figures.solved import SolvedPose
from generator.proof import page_pictures
from generator.values import dataclass

CARD: Final = (166.0, 108.0)
"""Picture of an exercise card in points."""
LARGE: Final = (344.0, 146.0)
LARGE_DPI: Final = 300
SHEET_DPI: Final = 150
_COLUMNS: Final = 5
_GAP: Final = 12
_NAME: Final = 20
"""Pixels of a contact sheet: between pictures, and the line above a picture that names its exercise."""
_COLORS: Final = 192
"""Colors of a sheet's file: enough for all people and props with smooth edges, and a third of the size."""


@dataclass(frozen=True, slots=True)
class Look:
    """How pictures are shown. grey: as a grey print shows it. mirrored: for the other side. person: who is drawn."""

    grey: bool = False
    ink_saver: bool = False
    mirrored: bool = False
    person: int = 0

    def palette(self, turn: int = 0) -> Palette:
        """The colors of the person, or of the one `turn` places further on."""
        return INK_SAVER if self.ink_saver else palette_for(person=PEOPLE[(self.person + turn) % len(PEOPLE)])


def large_picture(solved: SolvedPose, look: Look) -> bytes:
    """PNG of both pictures of an exercise, larger than on any page (344 x 146 points at 300 dpi)."""
    drawing = draw(solved, width=LARGE[0], height=LARGE[1], palette=look.palette(), mirrored=look.mirrored)
    return _png(_images([drawing], LARGE_DPI, grey=look.grey)[0])


def contact_sheet(poses: Mapping[str, SolvedPose], look: Look) -> bytes:
    """PNG of all pictures at card size (150 dpi) with their exercises' ids, the people in turn."""
    drawings = [
        draw(solved, width=CARD[0], height=CARD[1], palette=look.palette(turn), mirrored=look.mirrored)
        for turn, solved in enumerate(poses.values())
    ]
    sheet = _in_rows(list(poses), _images(drawings, SHEET_DPI, grey=look.grey))
    return _png(sheet.quantize(_COLORS, dither=Image.Dither.NONE))


def _in_rows(names: Sequence[str], pictures: Sequence[Image.Image]) -> Image.Image:
    """Pictures of one size, each under its name."""
    wide, high = pictures[0].size if pictures else (1, 1)
    rows = -(-len(pictures) // _COLUMNS)
    size = (_COLUMNS * (wide + _GAP) + _GAP, rows * (high + _NAME + _GAP) + _GAP)
    sheet = Image.new("RGB", size, "white")
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(size=13)
    for index, (name, picture) in enumerate(zip(names, pictures, strict=True)):
        row, column = divmod(index, _COLUMNS)
        x, y = _GAP + column * (wide + _GAP), _GAP + row * (high + _NAME + _GAP)
        pen.text((x, y), name, fill="black", font=font)
        sheet.paste(picture, (x, y + _NAME))
        pen.rectangle((x - 1, y + _NAME - 1, x + wide, y + _NAME + high), outline=(205, 205, 205))
    return sheet


def _images(drawings: Iterable[Drawing], dpi: int, *, grey: bool) -> list[Image.Image]:
    """Each drawing as an RGB picture on white."""
    images = [Image.open(io.BytesIO(png)).convert("RGB") for png in page_pictures(_as_pdf(drawings), dpi)]
    return [image.convert("L").convert("RGB") for image in images] if grey else images


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _as_pdf(drawings: Iterable[Drawing]) -> bytes:
    """A bare PDF (ISO 32000-1, 7.5) with one page for each drawing, its frame as the page; only pdfium ever sees it."""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    kids = []
    for drawing in drawings:
        kids.append(len(objects) + 1)
        box = f"[0 0 {drawing.width:g} {drawing.height:g}]"
        page = f"<</Type/Page/Parent 2 0 R/MediaBox{box}/Contents {len(objects) + 2} 0 R/Resources<<>>>>"
        objects.append(page.encode("ascii"))
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(drawing.operators), drawing.operators))
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{listed}]>>".encode("ascii")
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    begin = len(out)
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode("ascii")
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{begin}\n%%EOF\n".encode("ascii")
    return bytes(out)
