"""Packs are read back before they are released: what each says is held against what its plan makes it say.

A module of its own, since it loads two readers of PDFs, which runs without read-back do not need.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from generator.batch.expecting import expected as expected_of
from generator.batch.packing import insert_files
from generator.batch.worker import Known, Order
from generator.deliver.proof import Proofreader, text_by_pdfium
from generator.pipeline import Pack, Prepared, Workshop

SAMPLE: Final = 64
"""Of so many packs, one is read by pdfium besides: it takes some ten times as long as the other reader."""


class ReadBack:
    """Reads the packs of one worker, and remembers the foreign files that it has read."""

    def __init__(self, shop: Workshop, inserts: Path, known: Known) -> None:
        """inserts: folder that plans name their inserts from. known: what packs are read against."""
        self._shop = shop
        self._inserts = inserts
        self._proofreader = Proofreader(known.shared, known.phrases)
        self._insert_texts: dict[Path, list[str]] = {}

    def check(self, order: Order, prepared: Prepared, pack: Pack, file: Path | bytes) -> None:
        """Raises LeakError or UnreadablePack for a pack that must not be released.

        A pack with files of others in it is read by pdfium, which understands any of them; so is a sample of the rest.
        Help pages and single sheets are without them, whatever the plan says.
        """
        proofreader = self._proofreader
        expected = expected_of(self._shop, prepared, pack.pack_id, pack.pages)
        merged = order.plan.inserts and not prepared.selection.hard_stops and self._shop.options.only is None
        if merged:
            files = insert_files(self._shop, order.plan, self._inserts)
            expected = replace(expected, inserts=tuple(text for one in files for text in self._texts_of(one)))
        else:
            proofreader.check(file, expected)
        if merged or order.number % SAMPLE == 0:
            proofreader.check_in_full(file, expected)

    def _texts_of(self, file: Path) -> list[str]:
        """The text of a clinic's own file, read once."""
        if file not in self._insert_texts:
            self._insert_texts[file] = text_by_pdfium(file)
        return self._insert_texts[file]
