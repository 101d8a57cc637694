"""Kept findings are the findings; anything else in their place is not believed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from generator.checks.kept import KeptFindings
from generator.checks.library import check_library
from generator.errors import Place
from generator.models.selection import Finding
from tests.generator.checks.content import TODAY, library

FOUND = (
    Finding("L01", "error", "Too long.", "Make two of it.", Place("handouts/a.yaml", 3, "steps.0")),
    Finding("E07", "warning", "“Łukasz” says so.", place=Place("handouts/b.yaml")),
    Finding("V01", "note", "Not signed off."),
)


@dataclass
class Memory:
    texts: dict[str, str] = field(default_factory=dict)

    def get(self, key: str) -> str | None:
        return self.texts.get(key)

    def put(self, key: str, text: str) -> None:
        self.texts[key] = text


def nothing_left() -> Iterator[Finding]:
    raise AssertionError("it is known")
    yield


def test_what_was_found_once_is_read() -> None:
    memory = Memory()
    assert KeptFindings(memory, "content").of("gates", lambda: iter(FOUND)) == FOUND
    assert KeptFindings(memory, "content").of("gates", nothing_left) == FOUND


def test_other_content_and_other_gates_are_looked_at() -> None:
    memory = Memory()
    KeptFindings(memory, "content").of("gates", lambda: FOUND)
    assert KeptFindings(memory, "other").of("gates", lambda: FOUND[:1]) == FOUND[:1]
    assert KeptFindings(memory, "content").of("others", lambda: ()) == ()


@pytest.mark.parametrize("text", ["", "[", "{}1", "[1]", '[["L01", "error"]]', "null", '[["L01","error","m","h",7]]'])
def test_what_cannot_be_read_is_looked_at_again(text: str) -> None:
    memory = Memory()
    KeptFindings(memory, "content").of("gates", lambda: FOUND)
    memory.texts = dict.fromkeys(memory.texts, text)
    assert KeptFindings(memory, "content").of("gates", lambda: FOUND) == FOUND


def test_gates_say_the_same_of_the_library_from_what_is_kept() -> None:
    memory, shelf = Memory(), library()
    plain = check_library(shelf, TODAY)
    for _ in range(2):
        assert check_library(shelf, TODAY, kept=KeptFindings(memory, "content")) == plain
    assert len(memory.texts) == 1
