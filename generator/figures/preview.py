"""Looking at poses while writing them: PNG pictures of a card, a large view and a contact sheet.

A tool for authors, not part of making handouts: the only module here that reads YAML, renders and writes files.
"""

from __future__ import annotations

import argparse
import time
import zlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

import pypdfium2
import yaml
from PIL import Image, ImageDraw
from pydantic import ValidationError

from generator.errors import ContentError, HandoutsError, Place
from generator.figures.checks import check
from generator.figures.drawing import Drawing, draw
from generator.figures.palette import INK_SAVER, PEOPLE, Palette, palette_for
from generator.figures.pose import Pose
from generator.figures.report import report
from generator.figures.solve import solve
from generator.figures.solved import SolvedPose

CARD: Final = (166.0, 108.0)
"""Picture of an exercise card in points."""
LARGE: Final = (344.0, 146.0)
_CARD_DPI: Final = 300
_SHEET_COLUMNS: Final = 3


def read_pose(file: Path) -> Pose:
    """The pose in a YAML file: the mapping that stands under `pose:`, or a mapping with that key.

    Raises ContentError with every fault that the schema finds.
    """
    try:
        value = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        place = Place(str(file), mark.line + 1 if mark else None)
        raise ContentError(f"This is not YAML: {getattr(fault, 'problem', '')}.", place=place) from None
    if isinstance(value, dict) and "pose" in value:
        value = value["pose"]
    try:
        return Pose.model_validate(value)
    except ValidationError as fault:
        lines = [f"{'.'.join(str(part) for part in error['loc'])}: {error['msg']}" for error in fault.errors()]
        raise ContentError("\n  ".join(lines), place=Place(str(file))) from None


def to_pdf(drawings: Iterable[Drawing]) -> bytes:
    """A PDF with one page for each drawing, its frame as the page."""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    kids = []
    for drawing in drawings:
        kids.append(len(objects) + 1)
        box = f"[0 0 {drawing.width:g} {drawing.height:g}]"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox{box}/Contents {len(objects) + 2} 0 R/Resources<<>>>>".encode()
        )
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(drawing.operators), drawing.operators))
    pages = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{pages}]>>".encode()
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    begin = len(out)
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{begin}\n%%EOF\n".encode()
    return bytes(out)


def render(drawing: Drawing, dpi: float, *, in_grey: bool = False) -> Image.Image:
    """A drawing as an RGB picture on white."""
    document = pypdfium2.PdfDocument(to_pdf([drawing]))
    image: Image.Image = document[0].render(scale=dpi / 72).to_pil().convert("RGB")
    document.close()
    return image.convert("L").convert("RGB") if in_grey else image


def contact_sheet(pictures: list[tuple[str, Image.Image]], columns: int) -> Image.Image:
    """Pictures of one size with their names, in rows."""
    wide, high = pictures[0][1].size
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (columns * (wide + 12) + 12, rows * (high + 30) + 12), "white")
    pen = ImageDraw.Draw(sheet)
    for index, (name, picture) in enumerate(pictures):
        row, column = divmod(index, columns)
        x, y = 12 + column * (wide + 12), 6 + row * (high + 30)
        pen.text((x, y), name, fill="black")
        sheet.paste(picture, (x, y + 16))
        pen.rectangle((x - 1, y + 15, x + wide, y + 16 + high), outline=(205, 212, 210))
    return sheet


def main(arguments: list[str] | None = None) -> int:
    """The command `python -m generator.figures`; see docs/poses.md."""
    options = _parser().parse_args(arguments)
    palette = INK_SAVER if options.ink_saver else palette_for(person=PEOPLE[options.person])
    options.png.mkdir(parents=True, exist_ok=True)
    pictures, faults = [], 0
    for file in options.poses:
        try:
            solved = _solve_file(file)
        except HandoutsError as fault:
            print(f"{file.stem}: {fault}")  # noqa: T201
            faults += 1
            continue
        print("\n".join((*report(solved, angles=options.angles), *(f"  {finding}" for finding in check(solved)))))  # noqa: T201
        pictures.append((file.stem, _write(solved, options, palette)))
    if options.sheet and pictures:
        contact_sheet(pictures, _SHEET_COLUMNS).save(options.png / "sheet.png")
    return 1 if faults else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m generator.figures", description="Solve poses and show them.")
    parser.add_argument("poses", nargs="+", type=Path, help="pose files (YAML)")
    parser.add_argument("--png", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--sheet", action="store_true", help="also a contact sheet of all poses, sheet.png")
    parser.add_argument("--card", action="store_true", help="only the card picture (166 x 108 pt at 300 dpi)")
    parser.add_argument("--grey", action="store_true", help="as a grey print shows it")
    parser.add_argument("--ink-saver", action="store_true", help="in the ink-saver colors")
    parser.add_argument("--mirrored", action="store_true", help="for the other side of the body")
    parser.add_argument("--person", type=int, default=0, choices=range(len(PEOPLE)), help="who is drawn")
    parser.add_argument("--angles", action="store_true", help="print every solved angle")
    return parser


def _solve_file(file: Path) -> SolvedPose:
    return solve(read_pose(file), file.stem, strict=False, place=Place(str(file)))


def _write(solved: SolvedPose, options: argparse.Namespace, palette: Palette) -> Image.Image:
    begin = time.perf_counter()
    card = draw(solved, width=CARD[0], height=CARD[1], palette=palette, mirrored=options.mirrored)
    spent = (time.perf_counter() - begin) * 1000
    print(f"  card: {spent:.0f} ms, {len(zlib.compress(card.operators, 9)) / 1000:.1f} kB deflated")  # noqa: T201
    picture = render(card, _CARD_DPI, in_grey=options.grey)
    picture.save(options.png / f"{solved.name}-card.png")
    if not options.card:
        large = draw(solved, width=LARGE[0], height=LARGE[1], palette=replace(palette), mirrored=options.mirrored)
        render(large, _CARD_DPI, in_grey=options.grey).save(options.png / f"{solved.name}-large.png")
    return picture
