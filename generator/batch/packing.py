"""What stands between a plan and its pack in a folder, the same for `build` and for `batch`: inserts, label, file.

Both go through here, so a pack from a batch is byte for byte that of `build`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from generator import __version__
from generator.deliver.delivery import FinishedPack, PackLabel, StoredPack
from generator.deliver.storing import StoredFile
from generator.errors import PlanError
from generator.merge.findings import PdfError
from generator.merge.looking import Shelf
from generator.merge.parts import Part
from generator.models.plan import Plan
from generator.pipeline import PlacedInsert, Workshop


def read_inserts(shop: Workshop, plan: Plan, folder: Path, shelf: Shelf) -> list[PlacedInsert]:
    """The clinic's own files of a plan, read from its folder, else from the content folder. Raises PlanError, at the
    place of the plan: many plans may name the same file.
    """
    found = []
    for number, (insert, file) in enumerate(zip(plan.inserts, insert_files(shop, plan, folder), strict=True)):
        try:
            original = shelf.take(file)
        except PdfError as error:
            place = plan.places.at("inserts", number, "file")
            raise PlanError(f"This insert cannot be used. {error.message}", hint=error.hint, place=place) from error
        part = Part(original, insert.file, insert.describes or "", insert.describes or "")
        found.append(PlacedInsert(part, insert.place, insert.sheet or ""))
    return found


def insert_files(shop: Workshop, plan: Plan, folder: Path) -> list[Path]:
    """Where the clinic's own files of a plan are. Raises PlanError."""
    found = []
    for number, insert in enumerate(plan.inserts):
        candidates = (folder / insert.file, Path(shop.library.root) / insert.file)
        file = next((one for one in candidates if one.is_file()), None)
        if file is None:
            place = plan.places.at("inserts", number, "file")
            raise PlanError(
                "The file of this insert was not found.", hint="Name it from the plan's folder.", place=place
            )
        found.append(file)
    return found


def with_inserts(input_hash: str, inserts: Sequence[PlacedInsert]) -> str:
    """The input hash of a pack with the content of its inserts."""
    if not inserts:
        return input_hash
    files = b"".join(insert.part.original.digest for insert in inserts)
    return hashlib.sha256(input_hash.encode("ascii") + files).hexdigest()


def label_of(
    plan: Plan, pack_id: str, plan_digest: str, printed_digest: str, input_hash: str, sheet: str | None
) -> PackLabel:
    """All that is known of a pack before it is drawn. sheet: the one sheet that was asked for, None for all."""
    return PackLabel(
        pack_id=pack_id,
        plan_digest=plan_digest,
        printed_digest=printed_digest,
        input_hash=input_hash,
        plan_id=plan.id,
        name=plan.name,
        second_id=plan.second_id or "",
        sheet=sheet,
    )


def labeled(label: PackLabel, content: bytes | StoredFile, pages: int, content_hash: str) -> FinishedPack | StoredPack:
    """A pack that is ready for its folder. content: its bytes, or the temp file that holds them."""
    versions = {"product": __version__, "content": content_hash[:16], "plan": label.printed_digest}
    whose: dict[str, Any] = {field.name: getattr(label, field.name) for field in fields(label)}
    if isinstance(content, StoredFile):
        return StoredPack(**whose, file=content, pages=pages, versions=versions)
    return FinishedPack(**whose, pdf=content, pages=pages, versions=versions)
