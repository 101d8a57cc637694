from __future__ import annotations

from generator.compose.document import Edition, compose
from generator.layout.pages import lay_out
from generator.marks import DrawnBlock, DrawnDocument
from generator.models.selection import Selection
from tests.packs import PACK_ID, fresh_studio, kept, library, pictures, plan, selection


def notes(first: str | None, second: str | None) -> Selection:
    return selection((kept("clamshell", note=first), kept("step-down", note=second)))


def code(drawn: DrawnDocument) -> str:
    return "".join(
        part.decode("latin-1") for page in drawn.pages for one in page.placements for part in code_of(one[0])
    )


def code_of(block: DrawnBlock) -> tuple[bytes, ...]:
    return block.operators


def test_patients_with_one_arrangement_have_their_own_notes() -> None:
    shared = library()
    edition = Edition(shared, shared.brands["ascent"], shared.languages["en"], pictures())
    studio = fresh_studio("ascent", "standard", "letter")
    texts = {
        words: code(lay_out(compose(edition, plan(), notes(*words), PACK_ID), studio))
        for words in (("alpha", "beta"), ("gamma", "delta"), (None, "omega"), ("sigma", None), (None, None))
    }
    assert len(studio.arrangements) == 4, "the first two patients have theirs in common"
    for words, text in texts.items():
        for others in texts:
            for word in filter(None, others):
                assert (f"({word})" in text) == (word in words)
    kept_blocks = [
        one.block
        for arranged, _ in studio.arrangements.values()
        for page in arranged.bodies
        for body in page
        for one in body.placements
    ]
    assert not [part for block in kept_blocks for part in block.operators if b"alpha" in part or b"gamma" in part]
    assert all(
        sheet.notes == (None, None) for sheet in (one.sheet.blocks[0] for one, _ in studio.arrangements.values())
    )
