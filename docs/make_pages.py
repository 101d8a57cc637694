"""Makes the pictures in docs/pages: python docs/make_pages.py, after a change of looks. Then look at them.

A sheet of all pages for every layout, brand and paper (and how a grey printer shows them), single pages at full size,
and states that the sample plan does not show. All are packs that the command line makes, as a clinic would.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from generator.proof import page_pictures

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "docs" / "pages"
SAMPLE = ROOT / "handouts" / "plans" / "sample-01.yaml"
LAYOUTS = ("standard", "compact", "large-print", "ink-saver")
BRANDS = ("ascent", "harbor-street")
PAPERS = ("letter", "a4")
SHEET_DPI, PAGE_DPI = 54, 100
GAP, ACROSS = 8, 4
BACKGROUND = (136, 136, 136)

FULL_SIZE = {
    ("ascent", "standard"): (1, 2, 3, 4, 5, 7),
    ("ascent", "compact"): (5,),
    ("ascent", "large-print"): (2, 5, 11),
    ("ascent", "ink-saver"): (2, 3, 4, 5),
    ("harbor-street", "standard"): (1, 5),
}
"""Pages on Letter that stand alone, by brand and layout."""

STATES = {
    "help-only": ("all_others: no", "all_others: no\n  yes: [suspected-dvt]"),
    "long-name": (
        "name: Maya Torgersen\npreferred_name: Maya",
        "name: Maximiliana-Theodora Papadimitriou-Vandenbroucke de Montfort\npreferred_name: Maximiliana-Theodora",
    ),
}


def handouts(*arguments: object) -> None:
    """Runs the command line."""
    command = [sys.executable, "-m", "generator.cli.app", *map(str, arguments)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def pictures(pdf: Path, dpi: int) -> list[Image.Image]:
    """Every page of a pack."""
    return [Image.open(io.BytesIO(data)).convert("RGB") for data in page_pictures(pdf.read_bytes(), dpi)]


def sheet(pages: list[Image.Image]) -> Image.Image:
    """Pages side by side, four to a row."""
    wide, high = pages[0].size
    across = min(ACROSS, len(pages))
    rows = -(-len(pages) // across)
    whole = Image.new("RGB", (across * (wide + GAP) + GAP, rows * (high + GAP) + GAP), BACKGROUND)
    for number, page in enumerate(pages):
        whole.paste(page, (GAP + number % across * (wide + GAP), GAP + number // across * (high + GAP)))
    return whole


def keep(picture: Image.Image, name: str) -> None:
    """As a small PNG: few colors are enough for flat drawings and smooth type."""
    if picture.mode == "L":
        small = picture.quantize(24, dither=Image.Dither.NONE)
    else:
        small = picture.quantize(128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    small.save(PAGES / f"{name}.png", optimize=True)


def look(brand: str, layout: str, paper: str, folder: Path) -> None:
    """The pictures of one brand, layout and paper."""
    handouts("demo", "--brand", brand, "--layout", layout, "--paper", paper, "--out", folder)
    (pack,) = folder.glob("*.pdf")
    whole = sheet(pictures(pack, SHEET_DPI))
    keep(whole, f"{brand}-{layout}-{paper}")
    if paper != "letter":
        return
    if brand == BRANDS[0]:
        keep(whole.convert("L"), f"{brand}-{layout}-{paper}-grey")
    wanted = FULL_SIZE.get((brand, layout), ())
    for number, page in enumerate(pictures(pack, PAGE_DPI) if wanted else (), 1):
        if number in wanted:
            keep(page, f"{brand}-{layout}-{paper}-{number}")


def state(name: str, old: str, new: str, folder: Path) -> None:
    """The first page of the sample plan with something changed."""
    text = SAMPLE.read_text("utf-8")
    assert old in text, name
    plan = folder / f"{name}.yaml"
    plan.write_text(text.replace(old, new), "utf-8")
    handouts("build", plan, "--draft", "--out", folder)
    (pack,) = folder.glob("*.pdf")
    keep(pictures(pack, PAGE_DPI)[0], f"state-{name}")


def main() -> None:
    for old in PAGES.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as temp:
        for brand in BRANDS:
            for layout in LAYOUTS:
                for paper in PAPERS:
                    look(brand, layout, paper, Path(temp) / f"{brand}-{layout}-{paper}")
        for name, (old, new) in STATES.items():
            folder = Path(temp) / name
            folder.mkdir()
            state(name, old, new, folder)
        stock = Path(temp) / "stock"
        handouts("preview", "it-band-myths", "--out", stock)
        for number, page in enumerate(pictures(stock / "preview-it-band-myths.pdf", PAGE_DPI), 1):
            keep(page, f"stock-it-band-myths-{number}")


if __name__ == "__main__":
    main()
