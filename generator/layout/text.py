"""Breaking passages into lines, with every emphasis in its own face.

Ragged right, no hyphenation. What belongs together (a number and its unit) stays on one line, no passage ends in a
lone short word, and a word that is wider than its line is cut rather than clipped. Personal text goes through here as
it is: there is no markup to escape.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from generator.blocks import Emphasis, Text
from generator.layout.faces import NO_BREAK_SPACE, Stack
from generator.layout.tokens import Style

LONE_WORD = 9  # a last line of one word with fewer characters draws company from the line above


class Run(NamedTuple):
    """Words of one face and color within a line."""

    words: str
    emphasis: Emphasis


class Line(NamedTuple):
    runs: tuple[Run, ...]
    width: float

    @property
    def words(self) -> str:
        return "".join(run.words for run in self.runs)


def stack_of(style: Style, emphasis: Emphasis) -> Stack:
    """The faces in which an emphasis is set."""
    if emphasis == "em":
        return style.italic
    return style.bold if emphasis else style.stack


def width_of(style: Style, runs: tuple[Run, ...] | list[Run]) -> float:
    total = sum(stack_of(style, run.emphasis).width(run.words, style.size) for run in runs)
    return total + style.tracking * max(0, sum(len(run.words) for run in runs) - 1)


@lru_cache(maxsize=32)
def _glue(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) if patterns else None


def keep_together(words: str, patterns: tuple[str, ...]) -> str:
    """The same words with no-break spaces inside every match of the language's patterns."""
    glue = _glue(patterns)
    return glue.sub(lambda match: match[0].replace(" ", NO_BREAK_SPACE), words) if glue else words


class Breaker:
    """Breaks passages for one language. patterns: regular expressions of what stays together."""

    def __init__(self, patterns: tuple[str, ...] = ()) -> None:
        self.patterns = patterns

    def lines(self, text: Text, style: Style, width: float, *, at_hyphens: bool = False) -> tuple[Line, ...]:
        """Lines no wider than width. at_hyphens: names may break at their own hyphen. Line feeds end a line."""
        if len(text.spans) == 1 and not (at_hyphens and "-" in text.spans[0].words):
            return self._plain_lines(text.spans[0].words, text.spans[0].emphasis, style, width)
        lines: list[Line] = []
        for paragraph in self._paragraphs(text):
            words = _words(paragraph, at_hyphens)
            fitted = [piece for word in words for piece in _fitting(word, style, width)]
            lines += _filled(fitted, style, width)
        return tuple(lines)

    def _plain_lines(self, words: str, emphasis: Emphasis, style: Style, width: float) -> tuple[Line, ...]:
        """The same for words of one emphasis, which most passages are: ten times as fast."""
        stack, size, tracking = stack_of(style, emphasis), style.size, style.tracking
        if "\n" not in words and "  " not in words and words and words[0] != " " != words[-1]:
            length = stack.width(words, size) + tracking * (len(words) - 1)
            if length <= width:  # most of a patient's words fit on a line
                return (Line((Run(words, emphasis),), length),)
        space = style.stack.width(" ", size) + tracking
        lines: list[Line] = []
        for paragraph in keep_together(words, self.patterns).split("\n"):
            pieces = [piece for piece in paragraph.split(" ") if piece]
            wide = [stack.width(piece, size) + tracking * len(piece) for piece in pieces]
            if pieces and max(wide) - tracking > width:
                single = _words([Run(paragraph, emphasis)], at_hyphens=False)
                lines += _filled([part for word in single for part in _fitting(word, style, width)], style, width)
                continue
            for row in _rows(pieces, wide, space, width + 0.01):
                whole = " ".join(row)
                runs = (Run(whole, emphasis),) if whole else ()
                lines.append(Line(runs, stack.width(whole, size) + tracking * max(0, len(whole) - 1)))
        return tuple(lines)

    def _paragraphs(self, text: Text) -> list[list[Run]]:
        paragraphs: list[list[Run]] = [[]]
        for part in text.spans:
            glued = keep_together(part.words, self.patterns)
            for number, words in enumerate(glued.split("\n")):
                if number:
                    paragraphs.append([])
                if words:
                    paragraphs[-1].append(Run(words, part.emphasis))
        return paragraphs


def _rows(words: list[str], wide: list[float], space: float, room: float) -> list[list[str]]:
    """Words on as few lines as hold them, the last line not a lone short word where the line above can spare one."""
    rows: list[list[str]] = [[]]
    used = 0.0
    for word, width in zip(words, wide, strict=True):
        if rows[-1] and used + space + width > room:
            rows.append([word])
            used = width
        else:
            used += space + width if rows[-1] else width
            rows[-1].append(word)
    lone = len(rows) > 1 and len(rows[-1]) == 1 and len(words[-1]) < LONE_WORD and len(rows[-2]) > 2
    if lone and wide[-2] + space + wide[-1] <= room:
        rows[-1].insert(0, rows[-2].pop())
    return rows


Word = tuple[tuple[Run, ...], bool]  # runs without a space, and whether a space follows


def _words(runs: list[Run], at_hyphens: bool) -> list[Word]:
    """A paragraph cut at its spaces; a word may hold several emphases ("**pee**.")."""
    words: list[Word] = []
    current: list[Run] = []
    separator = r"( +|(?<=\w-)(?=\w))" if at_hyphens else r"( +)"
    for run in runs:
        for number, piece in enumerate(re.split(separator, run.words)):
            if number % 2:
                if current:
                    words.append((tuple(current), bool(piece)))
                    current = []
            elif piece:
                current.append(Run(piece, run.emphasis))
    if current:
        words.append((tuple(current), False))
    return words


def _fitting(word: Word, style: Style, width: float) -> list[Word]:
    """A word that is wider than the line is cut between characters, so that nothing is clipped."""
    runs, spaced = word
    if width_of(style, runs) <= width:
        return [word]
    pieces: list[Word] = []
    current: list[Run] = []
    for run in runs:
        for character in run.words:
            if current and width_of(style, [*current, Run(character, run.emphasis)]) > width:
                pieces.append((tuple(current), False))
                current = []
            if current and current[-1].emphasis == run.emphasis:
                current[-1] = Run(current[-1].words + character, run.emphasis)
            else:
                current.append(Run(character, run.emphasis))
    return [*pieces, (tuple(current), spaced)]


def _filled(words: list[Word], style: Style, width: float) -> list[Line]:
    rows: list[list[Word]] = [[]]
    used = 0.0
    for word in words:
        wide = width_of(style, word[0]) + (style.tracking if style.tracking else 0.0)
        gap = style.stack.width(" ", style.size) + style.tracking if rows[-1] and rows[-1][-1][1] else 0.0
        if rows[-1] and used + gap + wide > width + 0.01:
            rows.append([])
            used = gap = 0.0
        rows[-1].append(word)
        used += gap + wide
    if len(rows) > 1 and _is_lone(rows[-1]) and len(rows[-2]) > 2:
        moved = rows[-2][-1]
        company = [moved, *rows[-1]]
        if _line(company, style).width <= width:
            rows[-2:] = [rows[-2][:-1], company]
    return [_line(row, style) for row in rows]


def _is_lone(row: list[Word]) -> bool:
    return len(row) == 1 and sum(len(run.words) for run in row[0][0]) < LONE_WORD


def _line(row: list[Word], style: Style) -> Line:
    """Words joined by spaces, runs of one emphasis merged; a space between two emphases is set plain."""
    flat: list[Run] = []
    for number, (pieces, spaced) in enumerate(row):
        flat += pieces
        if spaced and number < len(row) - 1:
            before, after = pieces[-1].emphasis, row[number + 1][0][0].emphasis
            flat.append(Run(" ", before if before == after else ""))
    merged: list[Run] = []
    for run in flat:
        if merged and merged[-1].emphasis == run.emphasis:
            merged[-1] = Run(merged[-1].words + run.words, run.emphasis)
        else:
            merged.append(run)
    return Line(tuple(merged), width_of(style, merged))
