"""Reads every finished pack back before it is released: its own id on each page, its patient's words, nobody else's.

Only reading the finished file finds an error that mixes patients up on the way to it. What is read is compared with the
plan, and with the words that the library shares with everybody; a word that is neither must be explained by composing
this one plan anew, or the pack is not released. Texts of ordinary words are found too: the run knows how the texts of
all its patients begin.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from pathlib import Path
from typing import Final

import pypdfium2 as pdfium

from generator.deliver.reading import Part, Reader, UnreadablePack
from generator.deliver.recent import Recent
from generator.errors import HandoutsError
from generator.values import dataclass

PHRASE: Final = 4
"""Words, at most, by which the start of a patient's text is known."""

WITHOUT_TEXT: Final = frozenset({"Figure"})
"""Structure types whose marks show no text: pictures, which have their alternative text."""

_REMEMBERED: Final = 1_000
"""Content streams: those of some fifty packs, which follow others of their kind."""

_WORD: Final = re.compile(r"\w+")
_SMALL_NUMBER: Final = re.compile(r"\d{1,3}")
_ALL_SPACE: Final = re.compile(r"\s+")


class LeakError(HandoutsError):
    """A finished pack does not say what it must, or says what it must not. It is not released."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What one finished pack must say.

    own: all texts of the plan, printed or not. required: printed ones, each with its key in the plan. said: all texts
    of the pack, composed anew from the plan alone; asked for only when a word is neither the plan's nor shared.
    inserts: text of each page of the clinic's own files in the pack, as `text_by_pdfium` reads them.
    """

    pack_id: str
    pages: int
    own: tuple[str, ...] = field(repr=False)
    required: tuple[tuple[str, str], ...] = field(repr=False)
    said: Callable[[], Iterable[str]] = field(repr=False)
    inserts: tuple[str, ...] = field(default=(), repr=False)


def words_of(text: str) -> list[str]:
    """The words of a text, without case, for comparing."""
    return _WORD.findall(_plain(text).casefold())


def phrases_of(texts: Iterable[str]) -> Iterator[str]:
    """By what the texts of a patient are known elsewhere: how each begins, and all its words that are no numbers."""
    for text in texts:
        words = words_of(text)
        yield from (word for word in words if not word.isdecimal())
        if len(words) > 1:
            yield " ".join(words[:PHRASE])


def not_shared(phrases: set[str], shared: Iterable[str]) -> frozenset[str]:
    """The phrases without those that stand in shared texts as well."""
    starts = {phrase.split(" ", 1)[0] for phrase in phrases}
    for text in shared:
        phrases -= set(_windows(words_of(text), starts))
    return frozenset(phrases)


def _windows(words: Sequence[str], starts: set[str]) -> Iterator[str]:
    """All runs of words that may be a phrase."""
    for at, word in enumerate(words):
        if word in starts:
            for end in range(at + 1, min(at + PHRASE, len(words)) + 1):
                yield " ".join(words[at:end])


@dataclass(frozen=True, slots=True)
class _Suspicion:
    """What a piece says that is not shared: words, and phrases by which the run's patients are known."""

    words: frozenset[str]
    phrases: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Looked:
    """A content stream's text without space, whether a mark of it lost its text, and what of it is not shared."""

    squeezed: str
    lost: bool
    suspects: tuple[tuple[str, _Suspicion], ...]


class Proofreader:
    """Reads the packs of one run. shared: words of the library. phrases: of all the run's patients, `phrases_of`."""

    def __init__(self, shared: Iterable[str], phrases: frozenset[str] = frozenset()) -> None:
        self._reader = Reader()
        self._shared = set(shared)
        self._phrases = phrases
        self._starts = {phrase.split(" ", 1)[0] for phrase in phrases}
        self._looked: Recent[Part, _Looked] = Recent(_REMEMBERED)

    def check(self, file: Path | bytes, expected: Expected) -> None:
        """Raises LeakError or UnreadablePack if the file is not what it must be. They quote nothing of it."""
        pages = [[self._look(part) for part in page.parts] for page in self._reader.read(file)]
        texts = ["".join(looked.squeezed for looked in page) for page in pages]
        self._check_squeezed(texts, expected)
        suspects = []
        for number, page in enumerate(pages, start=1):
            for looked in page:
                if looked.lost:
                    raise _not_released(f"Page {number} of the finished pack has a mark that lost its text.")
                suspects += [(number, text, suspicion) for text, suspicion in looked.suspects]
        self._explain(suspects, expected)

    def check_in_full(self, file: Path | bytes, expected: Expected) -> None:
        """The same with pdfium, a reader that shares nothing with the other one and remembers nothing; it is slow.

        It guesses where words end, so only what is known of other patients counts as a leak, not every strange word. In
        a pack with files of others no reader does better, and one may be another patient's: there every word counts.
        """
        texts = text_by_pdfium(file)
        self.check_pages(texts, expected)
        found = []
        for number, text in enumerate(texts, start=1):
            suspicion = self._suspicion(text)
            if suspicion is not None:
                words = suspicion.words if expected.inserts else frozenset()
                found.append((number, text, _Suspicion(words, suspicion.phrases)))
        self._explain(found, expected)

    # ---- single checks

    def check_pages(self, texts: Sequence[str], expected: Expected) -> None:
        """Number of pages, the pack's id on each, the patient's own words, and the pages of files that belong in it."""
        self._check_squeezed([_squeezed(text) for text in texts], expected)

    def _check_squeezed(self, texts: Sequence[str], expected: Expected) -> None:
        if len(texts) != expected.pages:
            raise _not_released(f"The finished pack has {len(texts)} pages instead of {expected.pages}.")
        own_id = _squeezed(expected.pack_id)
        unstamped = {_squeezed(text) for text in expected.inserts}  # pages without room for an id are as they came
        for number, text in enumerate(texts, start=1):
            if own_id not in text and text not in unstamped:
                raise _not_released(f"Page {number} of the finished pack does not show the pack's own id.")
        whole = "".join(texts)
        if not all(_squeezed(line) in whole for text in expected.inserts for line in text.splitlines()):
            raise _not_released('The finished pack does not show the whole "inserts" of the plan.')
        for key, text in expected.required:
            if _squeezed(text) not in whole:
                raise _not_released(f'The finished pack does not show the whole "{key}" of the plan.')

    # ---- words that are not shared

    def _look(self, part: Part) -> _Looked:
        """What is to be known of a part. Kept, as packs have most parts in common."""
        found = self._looked.get(part)
        if found is None:
            texts = [f"{piece.text}\n{piece.after}" for piece in part.pieces()]
            suspects = [(text, suspicion) for text in texts if (suspicion := self._suspicion(text)) is not None]
            lost = any(role not in WITHOUT_TEXT and not piece.text.strip() for role, piece in part.marks)
            found = _Looked(_squeezed(part.text), lost, tuple(suspects))
            self._looked.put(part, found)
        return found

    def _suspicion(self, text: str) -> _Suspicion | None:
        words = words_of(text)
        unknown = frozenset(word for word in words if word not in self._shared and not _SMALL_NUMBER.fullmatch(word))
        phrases = frozenset(run for run in _windows(words, self._starts) if run in self._phrases)
        return _Suspicion(unknown, phrases) if unknown or phrases else None

    def _explain(self, found: Iterable[tuple[int, str, _Suspicion]], expected: Expected) -> None:
        """Raises LeakError for words and phrases that are neither the plan's own nor in the pack composed anew."""
        own_words = [words_of(text) for text in (*expected.own, *expected.inserts)]
        own = {word for words in own_words for word in words} | set(words_of(expected.pack_id))
        own_text = _joined(own_words)
        composed: _Composed | None = None
        for page, text, suspicion in found:
            strange = {word for word in suspicion.words if word not in own and word not in self._shared}
            phrases = [phrase for phrase in suspicion.phrases if f" {phrase} " not in own_text]
            if not strange and not phrases:
                continue
            composed = composed or _Composed.of(expected.said())
            if not composed.explains(text, strange, phrases):
                raise _not_released(f"Page {page} of the finished pack shows words that are not this patient's.")
            self._shared |= strange & composed.words


@dataclass(frozen=True, slots=True)
class _Composed:
    """All that a pack says, composed anew: its words, its texts word by word, and without any space."""

    words: frozenset[str]
    text: str
    squeezed: str

    @classmethod
    def of(cls, texts: Iterable[str]) -> _Composed:
        kept = tuple(texts)
        by_text = [words_of(text) for text in kept]
        words = frozenset(word for some in by_text for word in some)
        return cls(words, _joined(by_text), "\n".join(_squeezed(text) for text in kept))

    def explains(self, text: str, strange: set[str], phrases: Iterable[str]) -> bool:
        """Whether the pack may show this. A word that was cut at the end of a line is found in the whole text."""
        if all(f" {phrase} " in self.text for phrase in phrases):
            lines = [line for line in text.splitlines() if not strange.isdisjoint(words_of(line))]
            return strange <= self.words or all(_squeezed(line) in self.squeezed for line in lines)
        return False


def text_by_pdfium(file: Path | bytes) -> list[str]:
    """The text of each page as pdfium reads it. Raises UnreadablePack."""
    try:
        with pdfium.PdfDocument(file) as document:
            texts = []
            for page in document:
                text = page.get_textpage().get_text_bounded()
                # pdfium puts a mark of its own in the place of a hyphen at the end of a line
                texts.append(text.replace("\x02", "-").replace("\ufffe", "-"))
            return texts
    except pdfium.PdfiumError as problem:
        raise UnreadablePack("The finished pack cannot be read by pdfium.") from problem


def _joined(texts: Iterable[Sequence[str]]) -> str:
    """Texts as words between single spaces, a bar between two texts, so that no phrase reaches over it."""
    return " " + " | ".join(" ".join(words) for words in texts) + " "


def _plain(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _squeezed(text: str) -> str:
    return _ALL_SPACE.sub("", _plain(text)).casefold()


def _not_released(message: str) -> LeakError:
    hint = "It was not released. Run again; if it stays, report it: this is a fault of the program, not of the plan."
    return LeakError(message, hint=hint)
