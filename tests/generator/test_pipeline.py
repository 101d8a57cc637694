"""Whole packs and our own promises about words, brands and bytes. What others say of packs is in test_accessible."""

from __future__ import annotations

from dataclasses import replace

from generator.compose.document import Edition, compose
from generator.layout.pages import lay_out
from generator.layout.studio import Studio
from generator.layout.tokens import PAPERS, Tokens
from generator.models.brand import Brand
from generator.models.language import Language
from generator.write.pdf import write
from tests.packs import CONTENT, PACK_ID, kept, library, pdf, plan, selection, studio
from tests.reading import squeezed, words_of


def _bracketed(value: object) -> object:
    """Fixed words in brackets; patterns, codes and templates keep working."""
    if isinstance(value, str):
        return f"[{value}]"
    if isinstance(value, list):
        return [_bracketed(one) for one in value]
    if isinstance(value, dict):
        kept_keys = {"code", "direction", "keep_together", "dates", "countries", "figures"}
        return {key: one if key in kept_keys else _bracketed(one) for key, one in value.items()}
    return value


def test_no_fixed_word_is_in_the_code() -> None:
    english = library().languages["en"]
    pseudo = Language.model_validate(_bracketed(english.model_dump(mode="json", exclude_none=True)))
    edition = Edition(library(), library().brands["harbor-street"], pseudo)
    chosen = selection((kept("clamshell"), kept("hip-hinge")))
    document = compose(edition, plan(summary=None, why=None, goals=[]), chosen, PACK_ID)
    text = words_of(write(lay_out(document, studio("harbor-street", "standard", "letter"))))
    for words in (
        "When to get help",
        "Your exercises",
        "Sets",
        "Week 1",
        "Sources",
        "Page 1 of",
        "Draft",
        "Sketch",
    ):
        for start in (index for index in range(len(text)) if text.startswith(words, index)):
            before = text[max(0, start - 40) : start]
            assert before.rfind("[") > before.rfind("]"), (words, before)


def test_a_third_clinic_needs_no_other() -> None:
    base = library().brands["harbor-street"].model_dump()
    base |= {
        "id": "third",
        "name": "Kodiak Movement Lab",
        "short_lines": (),
        "phone": "112-555",
        "site": "kodiak.example",
    }
    base |= {
        "phone_link": "tel:112555",
        "site_link": "https://kodiak.example",
        "emergency_number": "112",
        "country": "DE",
    }
    base |= {
        "logo": {"file": None, "words": (), "side": "left"},
        "tagline": "",
        "masthead": "none",
        "masthead_label": "",
    }
    base |= {"videos": None, "texts": False}
    third = Brand.model_validate(base)
    edition = Edition(library(), third, library().languages["en"])
    folders = (CONTENT / "layouts" / "art",)
    fonts = CONTENT / "layouts" / "fonts"
    tokens = Tokens(third, library().layouts["standard"], PAPERS["a4"], lambda name: fonts / name, folders)
    shown = Studio(tokens, library().languages["en"].keep_together)
    document = compose(edition, plan(brand="third"), selection((kept("clamshell"),)), PACK_ID)
    text = words_of(write(lay_out(document, shown)))
    assert "Kodiak Movement Lab" in text
    assert "call 112" in text
    for other in ("Ascent", "Harbor", "911", "555-01"):
        assert squeezed(other) not in squeezed(text), other


def test_order_of_packs_does_not_change_their_bytes() -> None:
    plans = [plan(id=f"t{n}", name=name) for n, name in enumerate(("Maya Torgersen", "Omar Haddad", "Zoë Łuczak"))]
    chosen = selection((kept("clamshell"), kept("step-down")))
    forward = {one.id: pdf(one, chosen) for one in plans}
    backward = {one.id: pdf(one, chosen) for one in reversed(plans)}
    assert forward == backward


def test_one_patients_words_are_in_no_other_pack() -> None:
    fields = ("name", "why", "summary", "second_id")
    patients = [
        plan(**{field: f"{field}{number}token" for field in fields}, id=f"c{number}", goals=[f"goal{number}token"])
        for number in range(12)
    ]
    texts = [
        squeezed(words_of(pdf(one, selection((kept("clamshell", note=f"note{n}token"),)))))
        for n, one in enumerate(patients)
    ]
    for number, text in enumerate(texts):
        for field in (*fields, "goal", "note"):
            assert f"{field}{number}token" in text
            assert not [n for n in range(12) if n != number and f"{field}{n}token" in text]


def test_changed_words_change_the_pack() -> None:
    chosen = selection((kept("clamshell"),))
    assert pdf(plan(), chosen) != pdf(plan(why="Another reason."), chosen)


def test_a_document_is_a_value() -> None:
    edition = Edition(library(), library().brands["ascent"], library().languages["en"])
    chosen = selection((kept("clamshell"),))
    one, two = (compose(edition, plan(), chosen, PACK_ID) for _ in range(2))
    assert one == two
    assert hash(one) == hash(two)
    assert replace(one, title="x") != one
