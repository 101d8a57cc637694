"""Loads all shared content of a folder and reports every error of every file together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from generator.errors import ContentError, ErrorList, HandoutsError, Place
from generator.load.content import yaml_files
from generator.load.evidence import PARTS, declared_ids, merged
from generator.load.layouts import extended, inherits_from_broken
from generator.load.picture_files import look_at
from generator.models.brand import Brand
from generator.models.evidence import Evidence, EvidenceFile
from generator.models.exercise import Exercise
from generator.models.handout import Handout
from generator.models.language import Language
from generator.models.layout import Layout
from generator.models.library import Library
from generator.models.mail_words import MailWords
from generator.models.places import Places
from generator.models.program import Program
from generator.models.safety import Safety
from generator.source import Source, read_source
from generator.validation.findings import validated
from generator.validation.references import NAMED, Known, members, missing_instead
from generator.values import dataclass

Model = TypeVar("Model", bound=BaseModel)

WORDS_BESIDE: dict[str, type[BaseModel] | None] = {"figures": None, "mail": MailWords}
"""Sections of a language that stand in files of their own beside it, such as mail.en.yaml, and what checks them."""

FILES = {"exercise": ("picture.file",), "brand": ("logo.file", "fonts.*.*")}
"""Where a file names other files."""


@dataclass(frozen=True, slots=True)
class LibraryReport:
    """What was found in a content folder. library: None if its safety rules or evidence cannot be told."""

    library: Library | None
    errors: tuple[HandoutsError, ...] = ()

    def whole(self) -> Library:
        """The library, if nothing is wrong with it. Raises one ErrorList of ContentErrors with every finding."""
        if self.errors or self.library is None:
            raise ErrorList(self.errors)
        return self.library


def load_library(content: Path) -> Library:
    """The whole library of a content folder. Raises one ErrorList of ContentErrors with every finding."""
    return read_library(content).whole()


def read_library(content: Path) -> LibraryReport:
    """The library as far as it could be read, with all findings. Files that have errors are left out."""
    reader = _Reader(content)
    reader.read()
    return LibraryReport(reader.library(), tuple(reader.errors))


@dataclass(slots=True)
class _Reader:
    """Collects models, places and findings of one content folder."""

    content: Path
    errors: list[HandoutsError] = field(default_factory=list)
    sources: dict[tuple[str, str], Source] = field(default_factory=dict)
    places: dict[tuple[str, str], Places] = field(default_factory=dict)
    declared: dict[str, set[str]] = field(default_factory=dict)
    files: dict[tuple[str, str, str], str] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    exercises: dict[str, Exercise] = field(default_factory=dict)
    handouts: dict[str, Handout] = field(default_factory=dict)
    programs: dict[str, Program] = field(default_factory=dict)
    brands: dict[str, Brand] = field(default_factory=dict)
    layouts: dict[str, Layout] = field(default_factory=dict)
    languages: dict[str, Language] = field(default_factory=dict)
    evidence_files: dict[str, EvidenceFile] = field(default_factory=dict)
    safety: Safety | None = None
    evidence: Evidence = field(default_factory=Evidence)

    def read(self) -> None:
        """All files, then what holds between them."""
        handouts, layouts = self.content / "handouts", self.content / "layouts"
        self._read_safety(handouts / "safety.yaml")
        for path in yaml_files(handouts / "evidence"):
            self._read_evidence(path)
        self.exercises = dict(self._folder("exercise", Exercise, handouts / "exercises"))
        self.handouts = dict(self._folder("handout", Handout, handouts / "topics"))
        self.programs = dict(self._folder("program", Program, handouts / "programs"))
        self._read_languages(handouts / "language")
        self._read_layouts(layouts / "pages")
        self._read_brands(layouts / "brands")
        self._merge_evidence()
        self._check_ids()
        self._check_references()
        self._find_files()

    def library(self) -> Library | None:
        """What was read, None without safety rules or evidence."""
        if self.safety is None or self.unreadable:
            return None
        return Library(
            root=str(self.content),
            exercises=self.exercises,
            handouts=self.handouts,
            programs=self.programs,
            brands=self.brands,
            layouts=self.layouts,
            languages=self.languages,
            evidence=self.evidence,
            safety=self.safety,
            places=self.places,
            files=self.files,
            declared={kind: frozenset(ids) for kind, ids in self.declared.items()},
        )

    # ---- files

    def _shown(self, path: Path) -> str:
        return path.relative_to(self.content).as_posix()

    def _source(self, path: Path) -> Source:
        source = read_source(path, self._shown(path), ContentError)
        self.errors += source.errors
        return source

    def _validated(self, kind: str, id: str, model: type[Model], source: Source) -> Model | None:
        """The model of a source; remembers its places and findings."""
        self.places[kind, id] = Places(source.file, source.lines)
        self.sources[kind, id] = source
        self.declared.setdefault(kind, set()).add(id)
        found, errors = validated(model, source, ContentError)
        self.errors += errors
        return found

    def _folder(self, kind: str, model: type[Model], folder: Path) -> Iterator[tuple[str, Model]]:
        """The models of a folder by the names of their files."""
        for path in yaml_files(folder):
            found = self._validated(kind, path.stem, model, self._source(path))
            if found is not None and self._named_as_file(kind, path.stem, found):
                yield path.stem, found

    def _named_as_file(self, kind: str, stem: str, model: BaseModel, key: str = "id") -> bool:
        id = getattr(model, key)
        if id == stem:
            return True
        message = f'The {key} is "{id}" but the name of its file says "{stem}".'
        self.errors.append(ContentError(message, hint="Make them the same.", place=self.places[kind, stem].at(key)))
        return False

    def _read_safety(self, path: Path) -> None:
        source = self._source(path)
        self.safety = self._validated("safety", "safety", Safety, source)
        if self.safety is None:
            self.unreadable.add("safety")

    def _read_evidence(self, path: Path) -> None:
        source = self._source(path)
        found = self._validated("evidence", path.stem, EvidenceFile, source)
        if found is None:
            self.unreadable.add("evidence")
            for kind, ids in declared_ids(source.value).items():
                self.declared.setdefault(kind, set()).update(ids)
            return
        if found.meta.id != path.stem:
            message = f'The id is "{found.meta.id}" but the name of its file says "{path.stem}".'
            place = self.places["evidence", path.stem].at("meta", "id")
            self.errors.append(ContentError(message, hint="Make them the same.", place=place))
        self.evidence_files[path.stem] = found

    def _read_languages(self, folder: Path) -> None:
        """Languages, each with the sections that stand beside it."""
        for path in yaml_files(folder):
            if path.name.startswith(tuple(f"{section}." for section in WORDS_BESIDE)):
                continue
            source = self._source(path)
            for section, model in WORDS_BESIDE.items():
                source = self._with_section(source, section, model, path.with_name(f"{section}.{path.name}"))
            found = self._validated("language", path.stem, Language, source)
            if found is not None and self._named_as_file("language", path.stem, found, "code"):
                self.languages[path.stem] = found

    def _with_section(self, source: Source, section: str, model: type[BaseModel] | None, beside: Path) -> Source:
        """A language's source with a section from a file of its own, if there is one and it is right."""
        if not beside.is_file() or not isinstance(source.value, dict) or section in source.value:
            return source
        words = self._source(beside)
        errors = validated(model, words, ContentError)[1] if model is not None else []
        self.errors += errors
        if errors or not isinstance(words.value, dict):
            return source
        return replace(source, value={**source.value, section: words.value})

    def _read_layouts(self, folder: Path) -> None:
        sources = {path.stem: self._source(path) for path in yaml_files(folder)}
        broken = {id for id, source in sources.items() if source.value is None}
        whole = {id: source for id, source in sources.items() if id not in broken}
        self.declared.setdefault("layout", set()).update(sources)
        ordered = sorted(extended(whole), key=lambda entry: _extends_count(entry[0], whole))
        for id, source, findings in ordered:
            self.errors += findings
            if findings or inherits_from_broken(id, whole, frozenset(broken)):
                broken.add(id)
                continue
            found = self._validated("layout", id, Layout, source)
            if found is None:
                broken.add(id)
            elif self._named_as_file("layout", id, found):
                self.layouts[id] = found
        self.layouts = dict(sorted(self.layouts.items()))

    def _read_brands(self, folder: Path) -> None:
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            file = path / "brand.yaml"
            if not file.is_file():
                continue
            found = self._validated("brand", path.name, Brand, self._source(file))
            if found is not None and self._named_as_file("brand", path.name, found):
                self.brands[path.name] = found

    # ---- between files

    def _merge_evidence(self) -> None:
        places = {name: self.places["evidence", name] for name in self.evidence_files}
        self.evidence, findings = merged(self.evidence_files, places)
        self.errors += findings
        for kind, ids in (
            ("claim", self.evidence.claims),
            ("reference", self.evidence.references),
            ("red flag", self.evidence.red_flags),
        ):
            self.declared.setdefault(kind, set()).update(ids)

    def _check_ids(self) -> None:
        """Ids are unique over handouts, exercises, programs, brands and layouts."""
        owners: dict[str, str] = {}
        for kind in ("handout", "exercise", "program", "brand", "layout"):
            for id in sorted(self.declared.get(kind, ())):
                if id in owners:
                    first = self.places[owners[id], id].at("id")
                    message = f'The id "{id}" is also that of a {owners[id]} ({first.file}).'
                    self.errors.append(ContentError(message, hint="Rename one.", place=self.places[kind, id].at("id")))
                owners.setdefault(id, kind)

    def known(self) -> Known:
        """Ids that exist."""
        layouts = self.content / "layouts"
        art = (*(layouts / "art").glob("*.svg"), *(layouts / "brands").glob("*/*.svg"))
        ids: dict[str, frozenset[str] | None] = {
            kind: frozenset(self.declared.get(kind, ()))
            for kind in ("exercise", "handout", "program", "layout", "brand", "language", *PARTS.values())
        }
        ids["drawing"] = frozenset(path.stem for path in art)
        safety = self.sources["safety", "safety"]
        for what, pattern in (("safety tag", "avoid_tags.@"), ("stop text", "stop_tags.@")):
            ids[what] = frozenset(id for _, id in members(safety.value, pattern)) if safety.readable else None
        if not all(source.readable for (kind, _), source in self.sources.items() if kind == "evidence"):
            ids.update(dict.fromkeys(PARTS.values()))
        return Known(ids)

    def _check_references(self) -> None:
        known = self.known()
        for (kind, id), source in self.sources.items():
            if kind in NAMED:
                self.errors += known.unknown(kind, source, ContentError, tuple(self.errors))
            if kind == "exercise" and id in self.exercises:
                self.errors += missing_instead(self.exercises[id], self.places[kind, id])

    # ---- files that content names

    def _find_files(self) -> None:
        layouts = self.content / "layouts"
        folders: dict[str, tuple[Path, ...]] = {"exercise": (self.content / "handouts" / "exercises",)}
        for (kind, id), source in self.sources.items():
            if kind == "brand":
                folders[kind] = (layouts / "brands" / id, layouts / "fonts")
            for pattern in FILES.get(kind, ()):
                for path, name in members(source.value, pattern):
                    where = folders[kind][:1] if pattern == "logo.file" else folders[kind]
                    self._find(kind, id, name, where, path)

    def _find(self, kind: str, id: str, name: str, folders: tuple[Path, ...], path: tuple[str | int, ...]) -> None:
        """Remembers where a named file is; it must stay below one of the folders."""
        for folder in folders:
            found = (folder / name).resolve()
            if found.is_file() and found.is_relative_to(folder.resolve()):
                self.files[kind, id, name] = str(found)
                if kind == "exercise":
                    self._look_at(found, self.places[kind, id].at(*path))
                return
        self.errors.append(ContentError(f'The file "{name}" was not found.', place=self.places[kind, id].at(*path)))

    def _look_at(self, picture: Path, place: Place | None) -> None:
        try:
            look_at(picture)
        except ContentError as fault:
            self.errors.append(ContentError(fault.message, hint=fault.hint, place=place))


def _extends_count(id: str, sources: dict[str, Source]) -> tuple[int, str]:
    """How many layouts a layout builds on, so that what it extends is read first."""
    count, seen, at = 0, {id}, sources.get(id)
    while at is not None and isinstance(at.value, dict) and isinstance(at.value.get("extends"), str):
        base = str(at.value["extends"])
        if base in seen:
            break
        seen.add(base)
        count, at = count + 1, sources.get(base)
    return count, id
