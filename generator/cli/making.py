"""Ties the edges to the pipeline: files are loaded, packs made, and what is finished goes into its folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from generator.batch.packing import label_of, labeled, read_inserts, with_inserts
from generator.batch.seal import Seal
from generator.checks.files import INSERTED
from generator.checks.kept import KeptFindings
from generator.checks.library import check_library, stop_for_errors
from generator.checks.silence import without_silenced
from generator.cli.gating import records
from generator.cli.report import flat, shown
from generator.deliver.delivery import deliver, unchanged
from generator.deliver.disk import write_whole
from generator.deliver.folder import PackFolder
from generator.deliver.keys import folder_key, pack_id, plan_digest, printed_digest
from generator.errors import ContentError, ErrorList, HandoutsError, UsageError
from generator.load.content import content_folder
from generator.load.digest import content_hash
from generator.load.drawings import kept_drawings
from generator.load.kept_findings import kept_findings
from generator.load.kept_library import kept_libraries, read_kept
from generator.load.looks import kept_looks
from generator.load.own_pictures import own_pictures
from generator.load.plans import load_plan
from generator.load.poses import Poses
from generator.merge.looking import Shelf
from generator.models.selection import Finding
from generator.pipeline import Options, Refused, Workshop
from generator.proof import page_pictures
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.cli.pictures import Look


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one plan. file: path of its pack. state: written or unchanged. findings: warnings and notes."""

    plan: str
    pack_id: str
    file: str
    pages: int
    state: str
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class Made:
    """Results and errors of a run, in the order of the plans. findings: what else was noticed about refused plans."""

    results: list[Result] = field(default_factory=list)
    errors: list[HandoutsError] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def workshop(content: Path | None, options: Options) -> Workshop:
    """The library of a content folder, ready to make packs. Raises ErrorList of ContentErrors."""
    folder = content_folder(content)
    library = read_kept(folder, kept_libraries()).whole()
    known = records(folder)
    if known.findings:
        raise ErrorList(ContentError(one.message, hint=one.hint, place=one.place) for one in known.findings)
    printed = content_hash(folder)
    look = repr((options.layout, options.paper, options.brand))
    return Workshop(
        library,
        options,
        printed,
        Poses(library),
        own_pictures(library),
        known.reviews,
        known.scores,
        known.silences,
        kept_drawings(),
        KeptFindings(kept_findings(), printed + library.digest + look) if library.digest else None,
        kept_looks(),
    )


def gated_workshop(content: Path | None, options: Options) -> Workshop:
    """As `workshop`, for packs that leave the house: shared content with an error stops the run.

    Reviews are judged plan by plan, by what each pack prints. Raises ErrorList of ContentErrors.
    """
    shop = workshop(content, options)
    found = check_library(shop.library, options.as_of, reviews=shop.reviews, scores=shop.scores, kept=shop.findings)
    if shop.scores is not None:
        shop.scores.save()
    stop_for_errors(without_silenced(found, shop.silences))
    return shop


def build(shop: Workshop, plans: Iterable[Path], out: Path, key: bytes | None, passphrase: str | None = None) -> Made:
    """One pack for each plan file that can be made; the others are reported.

    key: None for the folder's own. passphrase: to encrypt the packs with, None for plain ones.
    """
    made = Made()
    shelf = Shelf()
    with PackFolder(out) as folder:
        secret = folder_key(folder, key)
        seal = None if passphrase is None else Seal.of(passphrase, secret)
        for path in plans:
            try:
                made.results.append(_one(shop, path, folder, secret, shelf, seal))
            except HandoutsError as error:
                made.errors += flat(error)
                made.findings += error.findings if isinstance(error, Refused) else ()
    return made


def _one(shop: Workshop, path: Path, folder: PackFolder, key: bytes, shelf: Shelf, seal: Seal | None) -> Result:
    plan = load_plan(path, shop.library, shown=shown(path))
    prepared = shop.prepare(plan)
    inserts = read_inserts(shop, plan, path.parent, shelf)
    notes = list(prepared.findings)
    ids = pack_id(key, plan.id), plan_digest(key, plan.id), printed_digest(key, plan)
    input_hash = with_inserts(prepared.input_hash, inserts)
    label = label_of(plan, *ids, seal.marked(input_hash) if seal else input_hash, shop.options.only)
    file = (folder.path / label.file_name).as_posix()
    if unchanged(folder, [label])[0]:
        entry = folder.ledger.entry(label.id, label.kind)
        return Result(shown(path), label.pack_id, file, entry.pages if entry else 0, "unchanged", prepared.findings)
    pack = shop.make(prepared, label.pack_id, inserts)
    notes += [INSERTED.found(note) for note in pack.notes]
    pdf = seal.on(pack.pdf) if seal else pack.pdf
    outcome = deliver(folder, [labeled(label, pdf, pack.pages, shop.content_hash)])[0]
    if outcome.error is not None:
        raise outcome.error
    return Result(shown(path), label.pack_id, file, pack.pages, outcome.state, tuple(notes))


def preview(shop: Workshop, id: str, out: Path, key: bytes, *, dpi: int | None) -> Sequence[Path]:
    """A stock copy or a sample card in a file named after its id; with dpi, pictures of its pages instead."""
    library = shop.library
    if id in library.handouts:
        pack = shop.stock(id, pack_id(key, f"stock {id}"))
    elif id in library.exercises:
        pack = shop.sample(id, pack_id(key, f"sample {id}"))
    else:
        raise UsageError(f'There is no handout and no exercise "{id}".', hint="handouts list exercises shows them all.")
    out.mkdir(parents=True, exist_ok=True)
    if dpi is None:
        target = out / f"preview-{id}.pdf"
        write_whole(target, pack.pdf)
        return [target]
    targets = []
    for number, picture in enumerate(page_pictures(pack.pdf, dpi), 1):
        targets.append(out / f"preview-{id}-{number}.png")
        write_whole(targets[-1], picture)
    return targets


def preview_sheet(shop: Workshop, out: Path, look: Look) -> Path:
    """A contact sheet of all drawn exercise pictures, for review."""
    from generator.cli.pictures import contact_sheet

    kind = "-ink-saver" if look.ink_saver else ""
    target = out / f"preview-sheet{kind}{'-grey' if look.grey else ''}.png"
    out.mkdir(parents=True, exist_ok=True)
    write_whole(target, contact_sheet(shop.poses, look))
    return target
