"""What a print run adds to its packs, as blocks: the list at its front and the separator sheets. No patient's word."""

from __future__ import annotations

from generator.blocks import Fact, FactsRow, Furniture, Manifest, ManifestRow, Separator, plain
from generator.compose.say import Say
from generator.models.brand import Brand
from generator.models.common import Range
from generator.sheets import PackInRun, RunPlan


def manifest(say: Say, plan: RunPlan) -> Manifest:
    """The list of a run: how many packs, pages and sheets there are, and on which sheets each pack lies."""
    words = say.words.print_run
    facts = (
        Fact(words.packs, plain(str(len(plan.packs)))),
        Fact(words.pages, plain(str(plan.pack_pages)), plain(_count(say, plan.blank_pages, "blank"))),
        Fact(words.sheets, plain(str(plan.sheets)), plain(_sheets_of(say, plan))),
    )
    left_out = words.left_out.format(packs=", ".join(plan.left_out)) if plan.left_out else ""
    rows = (ManifestRow(_sheets(say, pack), pack.id, str(pack.pages)) for pack in plan.packs)
    return Manifest(
        title=words.title,
        lead=words.lead,
        facts=FactsRow(facts),
        notes=(words.both_sides if plan.both_sides else words.one_side, words.untagged),
        left_out=left_out,
        lines=(words.counted, words.counted_by, words.date),
        heads=ManifestRow(words.sheets_head, words.pack_head, words.pages_head),
        rows=tuple(rows),
    )


def separator(say: Say, plan: RunPlan, pack: PackInRun) -> Separator:
    """The sheet that lies before a pack."""
    words = say.words.print_run
    number = plan.packs.index(pack) + 1
    extent = words.extent.format(
        pages=_count(say, pack.pages, "pack_pages"), sheets=_sheets(say, pack), total=plan.sheets
    )
    return Separator(pack.id, words.place.format(number=number, total=len(plan.packs)), extent, words.separator)


def run_furniture(say: Say, brand: Brand) -> Furniture:
    """What runs along the edges of the list's pages."""
    words = say.words
    title = plain(words.print_run.title)
    return Furniture(
        pack_id="",
        state="",
        page_of=words.furniture.page_of,
        between=words.furniture.between.strip(),
        header=title,
        title_header=title,
        header_name=title,
        footer=(brand.name, brand.phone, brand.site),
        cover_footer=brand.name,
        phone=brand.phone,
    )


def _sheets_of(say: Say, plan: RunPlan) -> str:
    return say.words.print_run.sheets_of.format(
        packs=plan.pack_sheets, separators=plan.separator_sheets, list=plan.manifest_sheets
    )


def _sheets(say: Say, pack: PackInRun) -> str:
    """Numbers of a pack's sheets: "5", or "5 to 8"."""
    return say.range(Range(low=pack.first_sheet, high=pack.last_sheet))


def _count(say: Say, number: int, phrase: str) -> str:
    return say.count(Range(low=number, high=number), getattr(say.words.print_run, phrase))
