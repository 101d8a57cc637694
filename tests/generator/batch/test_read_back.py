"""Read-back: what a finished pack says is compared with its plan, and any leak keeps it back."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from generator.batch.expecting import expected, phrases, shared_words
from generator.batch.run import Settings, run_batch
from generator.deliver.proof import LeakError, Proofreader, words_of
from generator.deliver.reading import Reader, UnreadablePack
from generator.models.plan import Plan
from generator.models.roster import Roster
from generator.pipeline import Pack, Prepared, Workshop
from tests.generator.batch.patients import KEY, kept_shop, patient, roster, tokens_of
from tests.packs import PACK_ID, library
from tests.reading import words_of as pdfium_words_of

OTHERS = (patient(50), patient(51, goals=["Sleep on my right side"], name="May Walker"))


def proofreader() -> Proofreader:
    return Proofreader(shared_words(library()), phrases((patient(1), *OTHERS), library()))


def check(pack: Pack | bytes, plan: Plan, **changes: object) -> None:
    """Reads a pack back as that of a plan."""
    shop = kept_shop()
    pdf, pages = (pack.pdf, pack.pages) if isinstance(pack, Pack) else (pack, len(pikepdf.open(io.BytesIO(pack)).pages))
    wanted = replace(expected(shop, shop.prepare(plan), PACK_ID, pages), **changes)  # type: ignore[arg-type]
    proofreader().check(pdf, wanted)
    proofreader().check_in_full(pdf, wanted)


def made(plan: Plan, pack_id: str = PACK_ID) -> Pack:
    return kept_shop().make(kept_shop().prepare(plan), pack_id)


@pytest.mark.parametrize("layout", ["standard", "compact", "large-print", "ink-saver"])
def test_a_good_pack_passes(layout: str) -> None:
    long = "Extraordinarilylongwordthatiswiderthanaline" * 2
    visit = {"date": "2026-12-07", "time": "9:30", "with_whom": "Dr. Ńemo", "bring": "Bring shoes."}
    for plan in (
        patient(1, layout=layout, handouts=["it-band-myths"], next_visit=visit, notes=["Mind the gap & <b>."]),
        patient(2, layout=layout, goals=[f"See {long}"], why=f"Because {long} of it.\n\nAnd so on (sic) \\ 50%."),
    ):
        check(made(plan), plan)


def test_help_pages_and_single_sheets_pass() -> None:
    stop = patient(3, screened={"by": "Sam", "date": "2026-11-23", "yes": ["suspected-dvt"], "all_others": "no"})
    check(made(stop), stop)


def test_both_readers_read_the_same() -> None:
    plan = patient(4)
    pack = made(plan)
    ours = words_of("\n".join(page.text for page in Reader().read(pack.pdf)))
    theirs = words_of(pdfium_words_of(pack.pdf))
    assert sorted(ours) == sorted(theirs)
    assert set(words_of(" ".join(tokens_of(plan)))) <= set(ours)


@pytest.mark.parametrize(
    "leak",
    [
        {"goals": OTHERS[0].goals},
        {"goals": OTHERS[1].goals},
        {"notes": ["For May Walker only."]},
        {"notes": ["Nobody wrote qwertzuiop."]},
    ],
    ids=["words of another", "another's goal of ordinary words", "another's name of ordinary words", "nobody's words"],
)
def test_a_planted_leak_is_caught(leak: dict[str, object]) -> None:
    plan = patient(1)
    with pytest.raises(LeakError, match="not this patient's"):
        check(made(patient(1, **leak)), plan, required=())


def test_what_must_be_there_and_is_not_is_caught() -> None:
    plan = patient(1)
    pack = made(plan)
    with pytest.raises(LeakError, match="own id"):
        check(pack, plan, pack_id="AAAA-000000")
    with pytest.raises(LeakError, match="pages instead of"):
        check(pack, plan, pages=pack.pages + 1)
    with pytest.raises(LeakError, match=r'"goals\.1"'):
        check(made(patient(1, goals=plan.goals[:1])), plan)


def edited(pdf: bytes, edit: Callable[[bytes], bytes]) -> bytes:
    """The same file with another content on its first page."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        page = file.pages[0]
        page.contents_coalesce()
        page.Contents.write(edit(page.Contents.read_bytes()))
        file.save(out)
    return out.getvalue()


def test_a_mark_that_lost_its_text_is_caught() -> None:
    plan = patient(1)
    lost = edited(made(plan).pdf, lambda content: content.replace(b"(Page) Tj", b"() Tj"))
    with pytest.raises(LeakError, match="lost its text"):
        check(lost, plan)


def test_text_is_read_through_the_files_own_maps() -> None:
    pdf = made(patient(1)).pdf
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for font in file.pages[0].Resources.Font.values():
            map_ = font.ToUnicode.read_bytes()
            font.ToUnicode.write(map_.replace(b"<0065>", b"<0046>"))
        file.save(out)
    assert "ParF" not in Reader().read(pdf)[0].text
    assert "HFalth" in Reader().read(out.getvalue())[0].text


def test_a_broken_file_is_caught() -> None:
    with pytest.raises(UnreadablePack):
        Reader().read(made(patient(1)).pdf[:5000])


def test_a_pack_with_a_leak_is_not_released(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Workshop.make

    def leaking(self: Workshop, prepared: Prepared, pack_id: str, inserts: object = ()) -> Pack:
        if prepared.plan.id == patient(1).id:
            prepared = replace(prepared, plan=prepared.plan.model_copy(update={"goals": patient(2).goals}))
        return real(self, prepared, pack_id, inserts)  # type: ignore[arg-type]

    monkeypatch.setattr(Workshop, "make", leaking)
    settings = Settings(out=tmp_path, inserts=tmp_path, key=KEY, workers=1)
    report = run_batch(kept_shop(), roster(3), settings)
    assert [outcome.state for outcome in report.outcomes] == ["done", "failed", "done"]
    assert len(list(tmp_path.glob("*.pdf"))) == 2
    assert "goals" in str(report.outcomes[1].errors[0])
    assert not any(token in str(report) for plan in roster(3).plans for token in tokens_of(plan))
    off = run_batch(kept_shop(), Roster(roster(3).plans), replace(settings, read_back=False))
    assert off.counts == {"done": 1, "unchanged": 2}
