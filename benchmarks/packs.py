"""Packs a second, ours beside Typst: the sample pack and many varied ones, same words and fonts, both tagged.

    python -m benchmarks.packs [--packs N]

Both sides write to memory. The machine's own speed is told by a calibration loop, so that runs can be compared.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import random
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pypdfium2 as pdfium

from benchmarks.rival import Rival, as_data, words_in
from generator.blocks import Document
from generator.compose.document import compose
from generator.load.content import content_folder
from generator.load.digest import content_hash
from generator.load.library import load_library
from generator.load.plans import load_plan
from generator.load.poses import Poses
from generator.models.library import Library
from generator.models.plan import Plan
from generator.pipeline import Options, Workshop

ROUNDS = 3
PRESCRIPTIONS = 500
NAMES = ("Maya", "Łukasz", "Zoë", "Nguyễn Thị", "Жанна", "Omar", "Siobhán", "Kaʻiulani")


def calibration() -> float:
    """Milliseconds of a fixed loop of integer work."""
    start = time.perf_counter()
    total = 0
    for number in range(400_000):
        total += number % 7
    return (time.perf_counter() - start) * 1000


def _prescription(library: Library, chance: random.Random) -> list[dict[str, object]]:
    """Four exercises with sides and doses."""
    exercises = []
    for id in chance.sample(sorted(library.exercises), 4):
        exercise = library.exercises[id]
        one: dict[str, object] = {"id": id}
        if exercise.laterality == "each-side":
            one["side"] = chance.choice(("left", "right", "both"))
        if exercise.dosage.sets is not None:
            one["sets"] = chance.choice((exercise.dosage.sets.low, exercise.dosage.sets.high))
        exercises.append(one)
    return exercises


def varied(shop: Workshop, count: int) -> list[Plan]:
    """Plans of `PRESCRIPTIONS` random mixes of exercises, sides and doses; names, goals and notes of their own."""
    chance = random.Random(45)
    prescriptions = [_prescription(shop.library, chance) for _ in range(PRESCRIPTIONS)]
    plans = []
    for number in range(count):
        exercises = [{**one, "note": f"Note {number} for you."} for one in prescriptions[number % PRESCRIPTIONS]]
        day = date(2026, 11, 23) + timedelta(days=chance.randrange(5))
        plans.append(
            Plan.model_validate(
                {
                    "id": f"bench-{number}",
                    "name": f"{NAMES[number % len(NAMES)]} Patient {number}",
                    "age": 40,
                    "clinician": {"name": "Sam Keller", "credentials": "DC"},
                    "date": day.isoformat(),
                    "why": f"You told us about day {number}. We train your hips and legs, step by step.",
                    "goals": [f"Walk {number} steps", f"Climb hill {number}"],
                    "handouts": ["it-band-myths"],
                    "exercises": exercises,
                    "screened": {"by": "Sam Keller", "date": "2026-11-23", "all_others": "no"},
                    "flags": {"bands_latex_free": True},
                }
            )
        )
    return plans


def _rates(sides: dict[str, Callable[[int], bytes]], count: int) -> dict[str, list[float]]:
    """Packs a second of each side, the sides taking turns."""
    rates: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(ROUNDS):
        for name, make in sides.items():
            start = time.perf_counter()
            for number in range(count):
                make(number)
            rates[name].append(count / (time.perf_counter() - start))
    return rates


def _check_words(document: Document, files: dict[str, bytes]) -> None:
    """Every word that the document prints is in both files."""
    wanted = {word for text in words_in(document) for word in text.split() if word.isalpha() and len(word) > 3}
    for name, data in files.items():
        pdf = pdfium.PdfDocument(data)
        text = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
        missing = sorted(word for word in wanted if word not in text)
        print(f"  words of the sample in {name}: {len(wanted) - len(missing)} of {len(wanted)}")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packs", type=int, default=500)
    count = parser.parse_args(arguments).packs
    content = content_folder(None)
    library = load_library(content)
    shop = Workshop(library, Options(date(2026, 11, 24), draft=True), content_hash(content), Poses(library))
    sample = load_plan(content / "handouts" / "plans" / "sample-01.yaml", library)
    plans = [sample, *varied(shop, count)]
    pack_id = "K7Q2-M9TX4R"
    documents = []
    for plan in plans:
        prepared = shop.prepare(plan)
        documents.append(compose(shop.edition(plan), plan, prepared.selection, pack_id))
    rival, data = Rival(content / "layouts" / "fonts"), [as_data(document) for document in documents]
    ours = shop.make(shop.prepare(sample), pack_id).pdf
    print(f"calibration loop: {calibration():.1f} ms; sample pack: ours {len(ours) / 1000:.0f} kB, ", end="")
    theirs = rival.pack(data[0])
    print(f"Typst {len(theirs) / 1000:.0f} kB")
    _check_words(documents[0], {"ours": ours, "Typst": theirs})
    few = min(count, 40)
    for title, number, chosen in (
        ("the sample pack again", few, [0] * few),
        (f"{count} varied packs", count, range(1, count + 1)),
    ):
        order = list(chosen)
        sides: dict[str, Callable[[int], bytes]] = {
            "ours": lambda n, order=order: shop.make(shop.prepare(plans[order[n]]), pack_id).pdf,  # type: ignore[misc]
            "Typst": lambda n, order=order: rival.pack(data[order[n]]),  # type: ignore[misc]
        }
        rates = _rates(sides, number)
        medians = {name: statistics.median(found) for name, found in rates.items()}
        print(f"{title}: ours {medians['ours']:.1f} packs/s, Typst {medians['Typst']:.1f} packs/s, ", end="")
        print(f"{medians['ours'] / medians['Typst']:.1f} times")
    profile = cProfile.Profile()
    profile.enable()
    for plan in plans[1:101]:
        shop.make(shop.prepare(plan), pack_id)
    profile.disable()
    print("where our time goes (100 packs):")
    pstats.Stats(profile).sort_stats("tottime").print_stats(12)


if __name__ == "__main__":
    main()
