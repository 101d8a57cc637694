"""Whole packs, judged by others: veraPDF and qpdf."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from generator.models.selection import HardStop
from tests.kit import BRAND_NAMES, LAYOUT_NAMES
from tests.packs import kept, library, pdf, plan, selection
from tests.verapdf import assert_pdf_ua

IDS = tuple(sorted(library().exercises))


def _packs(folder: Path) -> list[Path]:
    """Packs in every look and many states."""
    files = []

    def keep(name: str, data: bytes) -> None:
        files.append(folder / f"{name}.pdf")
        files[-1].write_bytes(data)

    topics = sorted(library().handouts)
    for layout in LAYOUT_NAMES:
        for brand in BRAND_NAMES:
            for paper in ("letter", "a4"):
                chosen = selection(tuple(kept(id) for id in ("clamshell", "step-down", "cat-cow")))
                keep(f"{layout}-{brand}-{paper}", pdf(plan(handouts=topics), chosen, brand, layout, paper))
        for count in (1, 2, 5, 8, 12):
            some = tuple(kept(IDS[(5 * n) % len(IDS)], note="Slowly & with <care>.") for n in range(count))
            keep(
                f"{layout}-{count}",
                pdf(plan(name="Łucja Ñandú-Жук", why="Because. " * 90), selection(some), layout=layout),
            )
    stop = selection((), red_flags=("RF02", "RF01"), hard_stops=(HardStop("suspected-dvt", answered=False),))
    keep("help-only", pdf(plan(), stop))
    return files


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return _packs(tmp_path_factory.mktemp("packs"))


def test_every_pack_is_pdf_ua(packs: list[Path]) -> None:
    assert_pdf_ua(packs)


def test_qpdf_finds_no_fault(packs: list[Path]) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed")
    for pack in packs:
        done = subprocess.run(["qpdf", "--check", str(pack)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, (pack.name, done.stdout, done.stderr)


def test_packs_stay_small(packs: list[Path]) -> None:
    heavy = {pack.name: pack.stat().st_size for pack in packs if pack.stat().st_size > 500_000}
    assert not heavy
