"""Short ways to merge bytes, for the tests."""

from __future__ import annotations

from generator.merge.pack import MergeResult, Part, merge
from generator.merge.reading import read_pdf


def part(pdf: bytes, name: str = "a.pdf", describes: str = "") -> Part:
    """A file read in this process, as a part."""
    return Part(read_pdf(pdf, name), name, describes)


def merged(*pdfs: bytes, describes: str = "", language: str = "en") -> MergeResult:
    """Files one after the other; `describes` goes to every file without tags."""
    parts = [part(pdf, f"{index}.pdf", describes) for index, pdf in enumerate(pdfs, 1)]
    return merge(parts, title="Pack", language=language)


def messages(result: MergeResult) -> str:
    """All findings as text."""
    return "\n".join(map(str, result.findings))
