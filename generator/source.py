"""Reads YAML and JSON strictly, so that what a person typed is what the models see.

This is the only module that imports PyYAML. Its plain loaders guess types (`no` becomes False, `10:30` becomes 630),
let duplicate keys pass, and expand anchors without end. Here the events are read one by one: every scalar stays text,
what a content file has no use for (anchors, merge keys, tags, several documents, great depth) is refused, and each
value remembers the line on which it stands. Findings are collected: one file may report several.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import field
from pathlib import Path
from typing import TypeAlias

import yaml

from generator.errors import HandoutsError, Place
from generator.values import dataclass

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Lines: TypeAlias = "int | tuple[int, dict[str, Lines]] | tuple[int, list[Lines]]"
KeyPath: TypeAlias = "tuple[str | int, ...]"

MAX_BYTES = 2_000_000
MAX_DEPTH = 50
TOO_DEEP = f"This is nested more than {MAX_DEPTH} levels deep."
MAX_FINDINGS = 100
NULLS = frozenset({"", "~", "null"})

# C0 and C1 controls but line ends, line and paragraph separators, overrides of the writing direction, stray byte order
# marks and noncharacters: none of them can be printed, and some hide words.
CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\uffff]")

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Source:
    """One file's text as plain values.

    value: nested dict, list, str and None. lines: the same tree with line numbers: an int for a scalar, else (line,
    members). unsure: paths whose value is not what the author meant (an alias, a broken scalar), so that later checks
    do not report the same mistake again. errors: what is wrong with the text. value is None if it could not be read at
    all; readable tells that apart from an empty file.
    """

    file: str
    value: Value
    lines: Lines
    errors: tuple[HandoutsError, ...] = ()
    unsure: frozenset[KeyPath] = frozenset()
    readable: bool = True


def read_source(path: Path, shown: str, error: type[HandoutsError], *, limit: int = MAX_BYTES) -> Source:
    """The YAML (or, by its suffix, JSON) file at path. shown: its name in errors. error: the kind of its errors.

    limit: most bytes that are read; a larger file is refused.
    """
    try:
        data = read_bytes(path, shown, error, limit=limit)
    except HandoutsError as problem:
        return _unreadable(shown, problem)
    if path.suffix == ".json":
        return parse_json(data, shown, error, limit=limit)
    return parse_yaml(data, shown, error, limit=limit)


def read_bytes(path: Path, shown: str, error: type[HandoutsError], *, limit: int = MAX_BYTES) -> bytes:
    """A file's bytes, at most limit and one more. Raises an error of the kind asked for if it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(limit + 1)
    except FileNotFoundError:
        hint = "Check the name and the folder."
        raise error("There is no such file.", hint=hint, place=Place(shown)) from None
    except OSError as problem:
        if path.is_dir():
            raise error("This is a folder, not a file.", hint="Name a file in it.", place=Place(shown)) from None
        reason = problem.strerror or "unknown reason"
        hint = "Check that you may open it and that its drive is connected."
        raise error(f"The file cannot be read: {reason}.", hint=hint, place=Place(shown)) from None


def parse_yaml(data: bytes, shown: str, error: type[HandoutsError], *, limit: int = MAX_BYTES) -> Source:
    """Strict YAML from bytes. Never raises for bad input: see `Source.errors`."""
    try:
        text = decoded(data, shown, error, limit=limit)
    except HandoutsError as problem:
        return _unreadable(shown, problem)
    return _YamlReader(shown, error).read(text)


def parse_json(data: bytes, shown: str, error: type[HandoutsError], *, line: int = 1, limit: int = MAX_BYTES) -> Source:
    """JSON from bytes, with the same rules: numbers and booleans stay text, duplicate keys are errors.

    line: where the text starts in its file. JSON tells no lines of its values, so all of them stand on this one.
    """
    try:
        text = decoded(data, shown, error, limit=limit)
    except HandoutsError as problem:
        return _unreadable(shown, problem)
    findings: list[HandoutsError] = []

    def mapping(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, value in pairs:
            if key in found:
                findings.append(error(f'The key "{key}" stands here twice.', place=Place(shown, line)))
            found.setdefault(key, value)
        return found

    try:
        parsed = json.loads(
            text, object_pairs_hook=mapping, parse_int=str, parse_float=str, parse_constant=lambda name: name
        )
        value = _plain(parsed, 0)
    except (json.JSONDecodeError, RecursionError) as problem:
        at = line + problem.lineno - 1 if isinstance(problem, json.JSONDecodeError) else line
        return _unreadable(shown, error("This is not valid JSON.", place=Place(shown, at)))
    return Source(shown, value, _all_on(line, value), tuple(findings[:MAX_FINDINGS]))


def _all_on(line: int, value: Value) -> Lines:
    """A tree of lines for values that all stand on one: it tells at least their keys."""
    if isinstance(value, dict):
        return line, {key: _all_on(line, member) for key, member in value.items()}
    if isinstance(value, list):
        return line, [_all_on(line, member) for member in value]
    return line


def _plain(value: object, depth: int) -> Value:
    """JSON values as text, in canonical composition. Raises RecursionError when nested too deep."""
    if depth > MAX_DEPTH:
        raise RecursionError
    if isinstance(value, dict):
        return {str(key): _plain(member, depth + 1) for key, member in value.items()}
    if isinstance(value, list):
        return [_plain(member, depth + 1) for member in value]
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return unicodedata.normalize("NFC", str(value))


def _unreadable(shown: str, finding: HandoutsError) -> Source:
    return Source(shown, None, 1, (finding,), readable=False)


def decoded(data: bytes, shown: str, error: type[HandoutsError], *, limit: int = MAX_BYTES) -> str:
    """The bytes as composed (NFC) Unicode text. Raises an error of the kind asked for: too large, another encoding."""
    place = Place(shown, 1)
    if len(data) > limit:
        raise error(f"The file is larger than {limit // 1_000_000} MB.", place=Place(shown))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:200]:
        raise error("The file is not UTF-8 text: it looks like UTF-16.", hint="Save it as UTF-8.", place=place)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        at = Place(shown, data.count(b"\n", 0, problem.start) + 1)
        message = "The file is not UTF-8 text: it looks like Windows-1252 or another old encoding."
        raise error(message, hint="Save it as UTF-8.", place=at) from None
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


@dataclass(slots=True)
class _Open:
    """A mapping or sequence that is still being filled. key: the key whose value comes next, None for a key itself."""

    value: dict[str, Value] | list[Value]
    lines: dict[str, Lines] | list[Lines]
    line: int
    path: KeyPath
    key: str | None = None
    key_line: int = 0
    skip: bool = False


class _Fatal(Exception):
    """Reading cannot go on; the finding is already recorded."""


@dataclass(slots=True)
class _YamlReader:
    """Builds one `Source` from events, without recursion."""

    shown: str
    error: type[HandoutsError]
    findings: list[HandoutsError] = field(default_factory=list)
    unsure: set[KeyPath] = field(default_factory=set)
    anchors: set[str] = field(default_factory=set)
    stack: list[_Open] = field(default_factory=list)
    value: Value = None
    lines: Lines = 1
    documents: int = 0

    def read(self, text: str) -> Source:
        readable = self._clean(text)
        if readable:
            loader = _Loader(text)
            try:
                while loader.check_event():
                    self._take(loader.get_event())  # type: ignore[no-untyped-call]
            except _Fatal:
                readable = False
            except yaml.YAMLError as problem:
                readable = False
                self._report_yaml(problem)
            finally:
                loader.dispose()
        value = self.value if readable else None
        return Source(self.shown, value, self.lines, tuple(self.findings), frozenset(self.unsure), readable)

    def _report_yaml(self, problem: yaml.YAMLError) -> None:
        """What libyaml refuses; it has a limit of its own for depth, which it may meet while it looks ahead."""
        mark = getattr(problem, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        if "nesting depth" in str(getattr(problem, "problem", "")):
            self._report(TOO_DEEP, line)
            return
        hint = "Look at the quotes, colons and indentation of this line and the one above it."
        self._report("This is not valid YAML.", line, hint=hint)

    def _clean(self, text: str) -> bool:
        """Reports characters that no page can print, one finding a line."""
        if CONTROL.search(text) is None:
            return True
        for number, line in enumerate(re.split("\r\n|\r|\n", text), start=1):
            found = CONTROL.search(line)
            if found is not None:
                self._report_control(found[0], number)
        return False

    def _report_control(self, character: str, line: int) -> None:
        what = "a tab" if character == "\t" else f"an invisible control character (U+{ord(character):04X})"
        self._report(f"This line holds {what}.", line, hint="Delete it, or use spaces.")

    def _report(self, message: str, line: int, *, hint: str = "", key: KeyPath = ()) -> None:
        if len(self.findings) < MAX_FINDINGS:
            place = Place(self.shown, line, ".".join(str(part) for part in key))
            self.findings.append(self.error(message, hint=hint, place=place))

    def _take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark is not None else 1
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            closed = self.stack.pop()
            self._put(closed.value, (closed.line, closed.lines))  # type: ignore[arg-type]
        elif isinstance(event, yaml.AliasEvent):
            self._refuse_anchor(event.anchor or "", line)
            self.unsure.add(self._next_path())
            self._put_scalar(None, line)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._report("A second document starts here.", line, hint="Keep one document in a file.")
                raise _Fatal

    def _refuse_anchor(self, anchor: str, line: int) -> None:
        if anchor not in self.anchors:
            self.anchors.add(anchor)
            self._report("Anchors and aliases (& and *) are not used here.", line, hint="Write the words out.")

    def _refuse_extras(self, event: yaml.NodeEvent, tag: str | None, line: int) -> None:
        """Anchors and tags on a node; the node's own value is kept."""
        if event.anchor is not None:
            self._refuse_anchor(event.anchor, line)
        if tag is not None:
            self.unsure.add(self._next_path())
            self._report("Tags (!) are not used here.", line, hint='Put the text in quotes if it starts with "!".')

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event, event.tag, line)
        text: str = event.value
        if event.style == '"':
            text = unicodedata.normalize("NFC", text)
            found = CONTROL.search(text)
            if found is not None:
                self._report_control(found[0], line)
                self.unsure.add(self._next_path())
        self._put_scalar(None if event.implicit[0] and text in NULLS else text, line)

    def _open(self, event: yaml.CollectionStartEvent, line: int) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event, event.tag, line)
        if len(self.stack) >= MAX_DEPTH:
            self._report(TOO_DEEP, line)
            raise _Fatal
        parent = self.stack[-1] if self.stack else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            self._report("A key must be one word or phrase.", line)
            raise _Fatal
        path = self._next_path()
        if isinstance(event, yaml.MappingStartEvent):
            self.stack.append(_Open({}, {}, line, path))
        else:
            self.stack.append(_Open([], [], line, path))

    def _next_path(self) -> KeyPath:
        """Where the next value will stand."""
        if not self.stack:
            return ()
        top = self.stack[-1]
        if isinstance(top.value, list):
            return (*top.path, len(top.value))
        return top.path if top.key is None else (*top.path, top.key)

    def _put_scalar(self, text: str | None, line: int) -> None:
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self._take_key(top, text, line)
        else:
            self._put(text, line)

    def _take_key(self, top: _Open, text: str | None, line: int) -> None:
        """Remembers the key whose value comes next; a key that cannot stand has its value read and dropped."""
        top.key, top.key_line, top.skip = text or "", line, False
        if text is None:
            self._report("A key is missing before the colon.", line)
            top.skip = True
        elif text == "<<":
            self._report("Merge keys (<<) are not used here.", line, hint="Write the words out.")
            top.skip = True
        elif text in top.value:
            first = top.lines[text] if isinstance(top.lines, dict) else 1
            at = first if isinstance(first, int) else first[0]
            message = f"The same key stands on line {at} and on line {line}."
            self._report(message, line, hint="Keep one of the two.", key=(*top.path, text))
            top.skip = True

    def _put(self, value: Value, lines: Lines) -> None:
        if not self.stack:
            self.value, self.lines = value, lines
            return
        top = self.stack[-1]
        if isinstance(top.value, list) and isinstance(top.lines, list):
            top.value.append(value)
            top.lines.append(lines)
        elif isinstance(top.value, dict) and isinstance(top.lines, dict) and top.key is not None:
            if not top.skip:
                top.value[top.key] = value
                top.lines[top.key] = top.key_line if isinstance(lines, int) else (top.key_line, lines[1])  # type: ignore[assignment]
            top.key = None
