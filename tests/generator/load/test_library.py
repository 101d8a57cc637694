"""The library: everything that ships loads, and every error of every file is reported once, in one run."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from PIL import Image

from generator.errors import ContentError, ErrorList, Place
from generator.load.library import load_library, read_library
from generator.models.exercise import Exercise
from tests.generator.load.conftest import SHIPPED, Edit

CLAMSHELL = "handouts/exercises/clamshell.yaml"
MYTHS = "handouts/topics/it-band-myths.yaml"
STANDARD = "layouts/pages/standard.yaml"
SAFETY = "handouts/safety.yaml"
COMPACT = "layouts/pages/compact.yaml"


def findings(content: Path) -> list[str]:
    return [str(error) for error in read_library(content).errors]


def test_the_shipped_content_loads_whole() -> None:
    library = load_library(SHIPPED)
    assert len(library.exercises) == 45
    assert {"ascent", "harbor-street"} <= set(library.brands)
    assert {"standard", "compact", "large-print", "ink-saver"} == set(library.layouts)
    assert {"it-band-myths", "when-and-how-to-roll", "what-changes-it-band-pain"} <= set(library.handouts)
    assert len(library.programs) >= 7
    assert len(library.evidence.claims) == 25
    assert len(library.evidence.red_flags) == 18
    assert len(library.safety.hard_stops) == 7


def test_a_library_crosses_to_a_worker() -> None:
    library = load_library(SHIPPED)
    assert pickle.loads(pickle.dumps(library)) == library


def test_every_value_can_be_traced_to_its_line() -> None:
    library = load_library(SHIPPED)
    place = library.place_of("exercise", "clamshell", "dosage", "reps")
    assert (place.file, place.key) == (CLAMSHELL, "dosage.reps")
    assert place.line is not None
    assert (SHIPPED / CLAMSHELL).read_text(encoding="utf-8").splitlines()[place.line - 1] == "  reps: [10, 15]"
    assert library.place_of("exercise", "none-such") == Place("exercise none-such")


def test_a_layout_starts_from_another_one() -> None:
    library = load_library(SHIPPED)
    standard, compact = library.layouts["standard"], library.layouts["compact"]
    assert (compact.cards, standard.cards) == ("compact", "pairs")
    assert compact.type == standard.type
    assert library.layouts["large-print"].type.body.size == 18
    assert library.layouts["large-print"].weeks_on_page == 1


def test_twelve_errors_in_seven_files_are_twelve_findings(content: Path, edit: Edit) -> None:
    edit(CLAMSHELL, "purpose:", "purpos:")
    edit(CLAMSHELL, "region: hip", "region: hips")
    edit("handouts/exercises/step-up.yaml", "id: step-down", "id: step-dwon")
    edit("handouts/exercises/step-up.yaml", "version: 1", "version: 1\nversion: 2")
    edit("handouts/exercises/quad-set.yaml", "reps: [8, 12]", "reps: [12, 8]")
    edit(MYTHS, "facts: [C04]", "facts: [C99]")
    edit(MYTHS, "last_reviewed: null", "last_reviewed: 2024-02-30")
    edit("handouts/programs/knee-basics.yaml", "- id: step-up", "- id: step-upp")
    edit("handouts/programs/knee-basics.yaml", "name: Knee basics", "name:")
    edit("handouts/language/en.yaml", 'title: "{name}, here is your plan"', "title: Here is your plan")
    edit("layouts/brands/ascent/brand.yaml", 'primary: "#0E4A45"', "primary: green")
    edit("layouts/brands/ascent/brand.yaml", "file: logo.svg", "file: none.svg")
    found = read_library(content).errors
    assert all(isinstance(error, ContentError) for error in found)
    assert all(error.place is not None and error.place.line for error in found)
    files = {error.place.file for error in found if error.place}
    assert (len(found), len(files)) == (12, 7), "\n".join(map(str, found))


@pytest.mark.parametrize(
    ("file", "old", "new", "finding"),
    [
        (CLAMSHELL, "steps:", "setps:", 'The key "setps" is not known here. Did you mean "steps"?'),
        (CLAMSHELL, "harder: {id:", "harder: {ids:", 'The key "ids" is not known here. Did you mean "id"?'),
        (CLAMSHELL, "position: side-lying", "position: sidelying", "'seated'. Did you mean \"side-lying\"?"),
        (CLAMSHELL, "sets: [2, 3]", "sets: many", '"sets" must be a whole number such as 8, or a range'),
        (CLAMSHELL, "version: 1", "version: 1.5", '"version" must be a whole number.'),
        (CLAMSHELL, "weeks: [2, 4]", "", '"weeks" is missing.'),
        (CLAMSHELL, "weeks: [2, 4]", "weeks:", '"weeks" must be a whole number such as 8'),
        (CLAMSHELL, "name: Clamshell", f"name: {'x' * 100_000}", '"name" is longer than 60 characters.'),
        (CLAMSHELL, "name: Clamshell", "name: [a]", '"name" must be text.'),
        (CLAMSHELL, "equipment: [mat, pillow]", "equipment: mat", '"equipment" must be a list.'),
        (CLAMSHELL, "cues: [", "cues: [{a: b}, ", 'Entry 1 of "cues" must be text.'),
        (CLAMSHELL, "avoid_if: [", "avoid_if: [recent-hip-surgery, ", 'Unknown safety tag "recent-hip-surgery".'),
        (CLAMSHELL, "stop_if: [deep-groin-pain]", "stop_if: [groin]", 'Unknown stop text "groin".'),
        (CLAMSHELL, "\n  recent-hip-replacement: glute", "\n  pregnant: glute", "which is neither in avoid_if"),
        (CLAMSHELL, "id: clamshell\n", "id: clam-shell\n", 'the name of its file says "clamshell"'),
        (MYTHS, "type: myths", "type: myth", "has no known type"),
        (MYTHS, "art: anatomy-leg", "art: anatomy-arm", 'Unknown drawing "anatomy-arm". Did you mean "anatomy-leg"?'),
        (MYTHS, "- falvey-2010", "- falvey-2011", 'Unknown reference "falvey-2011". Did you mean "falvey-2010"?'),
        (STANDARD, "weeks_on_page: 2", "weeks_on_page: 3", '"weeks_on_page" must be 1 or 2.'),
        (COMPACT, "extends: standard", "extends: standart", 'unknown layout. Did you mean "standard"?'),
        (COMPACT, "extends: standard", "extends: compact", "It extends itself."),
        ("handouts/evidence/it-band.yaml", "  - id: C02", "  - id: C01", 'The id "C01" stands twice.'),
        (SAFETY, "stop_always:\n  - sharp-pain", "stop_always:\n  - sharp", 'Unknown stop text "sharp".'),
    ],
)  # fmt: skip
def test_a_mistake_is_one_finding_with_line_and_hint(
    content: Path, edit: Edit, file: str, old: str, new: str, finding: str
) -> None:
    edit(file, old, new)
    found = read_library(content).errors
    if finding.startswith("The id"):
        found = tuple(error for error in found if "stands twice" in error.message)
    assert len(found) == 1, "\n".join(map(str, found))
    assert finding in str(found[0])
    assert found[0].place is not None
    assert found[0].place.file == file
    assert found[0].place.line


def test_what_names_a_broken_file_is_not_reported_too(content: Path, edit: Edit) -> None:
    edit(CLAMSHELL, "name: Clamshell", "nmae: Clamshell")
    edit("handouts/evidence/it-band.yaml", "verdict: supported\n", "verdict: surely\n")
    edit(STANDARD, "weeks_on_page: 2", "weeks_on_page: 3")
    assert len(findings(content)) == 3


def test_a_file_that_cannot_be_parsed_is_one_finding(content: Path, edit: Edit) -> None:
    edit(CLAMSHELL, "name: Clamshell", "name: 'Clamshell")
    edit(MYTHS, "id: it-band-myths", "\tid: it-band-myths")
    (content / "handouts" / "programs" / "empty.yaml").write_text("", encoding="utf-8")
    found = findings(content)
    assert len(found) == 3
    assert "handouts/programs/empty.yaml:1: The file is empty." in found


def test_an_alias_does_not_make_a_second_finding(content: Path, edit: Edit) -> None:
    edit(CLAMSHELL, "sets: [2, 3]", "sets: &a [2, 3]")
    edit(CLAMSHELL, "reps: [10, 15]", "reps: *a")
    assert len(findings(content)) == 1


def test_ids_are_unique_over_all_kinds(content: Path) -> None:
    source = content / "handouts" / "programs" / "knee-basics.yaml"
    text = source.read_text(encoding="utf-8").replace("id: knee-basics", "id: clamshell", 1)
    (source.parent / "clamshell.yaml").write_text(text, encoding="utf-8")
    assert findings(content) == [
        "handouts/programs/clamshell.yaml:3 (id): "
        'The id "clamshell" is also that of a exercise (handouts/exercises/clamshell.yaml). Rename one.'
    ]


def test_a_file_outside_of_its_folder_is_not_found(content: Path, edit: Edit) -> None:
    edit("layouts/brands/ascent/brand.yaml", "file: logo.svg", "file: ../harbor-street/logo.svg")
    assert len(findings(content)) == 1


def test_a_clinic_can_add_evidence_of_its_own(content: Path, edit: Edit) -> None:
    own = content / "handouts" / "evidence" / "ankle.yaml"
    own.write_text(
        "meta: {id: ankle, topic: ankle, version: 1}\n"
        "claims:\n"
        "  - {id: A01, says: S., verdict: clinical-judgment, prints_as: advice, nuance: N., wording: Walk a little.}\n",
        encoding="utf-8",
    )
    edit(MYTHS, "facts: [C04]", "facts: [A01]")
    library = load_library(content)
    assert library.evidence.claims["A01"].wording == "Walk a little."
    assert len(library.evidence.claims) == 26


def test_a_clinic_s_own_picture_is_found(content: Path, edit: Edit) -> None:
    edit(CLAMSHELL, "version: 1", "picture: {file: clam.png, alt: A clamshell.}\nversion: 1")
    assert len(findings(content)) == 1
    picture = content / "handouts" / "exercises" / "clam.png"
    Image.new("RGB", (4, 4)).save(picture)
    assert load_library(content).files["exercise", "clamshell", "clam.png"] == str(picture.resolve())


def test_text_is_kept_as_typed(content: Path, edit: Edit) -> None:
    typed = "<b>&amp; <jane@x.com> <img src=/etc/passwd> javascript:x"
    edit(CLAMSHELL, "name: Clamshell", f"name: '{typed}'")
    exercise = load_library(content).exercises["clamshell"]
    assert isinstance(exercise, Exercise)
    assert exercise.name == typed


def test_loading_with_errors_raises_them_all(content: Path, edit: Edit) -> None:
    edit(CLAMSHELL, "region: hip", "region: hips")
    edit(MYTHS, "version: 1", "version: one")
    with pytest.raises(ErrorList) as caught:
        load_library(content)
    assert len(caught.value.errors) == 2
    assert caught.value.exit_code == 3


def test_what_an_unreadable_file_might_hold_is_not_called_unknown(content: Path, edit: Edit) -> None:
    edit("handouts/evidence/it-band.yaml", "verdict: supported", "verdict: 'supported")
    edit("handouts/safety.yaml", "id: safety", "id: 'safety")
    report = read_library(content)
    assert len(report.errors) == 2, "\n".join(map(str, report.errors))
    assert report.library is None


def test_a_file_with_other_errors_is_still_checked_for_unknown_ids(content: Path, edit: Edit) -> None:
    edit(CLAMSHELL, "name: Clamshell", "nmae: Clamshell")
    edit(CLAMSHELL, "caution_if: [irritable", "caution_if: [iritable")
    assert len(findings(content)) == 2
