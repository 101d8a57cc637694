"""By what a run is known again: whatever says which plans there are."""

from __future__ import annotations

from pathlib import Path

from generator.batch.last_run import roster_digest


def test_every_file_that_says_what_a_roster_means_counts(tmp_path: Path) -> None:
    roster, answers, codes = tmp_path / "record.json", tmp_path / "answers.csv", tmp_path / "codes.yaml"

    def digest() -> str:
        return roster_digest(roster, "record.json", [answers, codes, None])

    roster.write_text("{}", "utf-8")
    seen = [digest()]
    for file, words in ((answers, "id"), (codes, "id"), (answers, "id,"), (codes, ""), (roster, "{ }")):
        file.write_text(words, "utf-8")
        seen.append(digest())
    codes.write_text("id,", "utf-8")
    answers.write_text("id", "utf-8")
    seen.append(digest())
    assert len(set(seen)) == len(seen)
    assert digest() == digest()
