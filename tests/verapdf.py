"""veraPDF, the reference validator of PDF/UA, for tests: `assert_pdf_ua([...])` judges many files in one call.

Needs Java. The validator is one jar in the user's cache; with HANDOUTS_FETCH_VERAPDF=1 it is fetched from Maven Central
with mvn when it is missing. Without it the tests that need it are skipped and say why.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pytest

VERSION = "1.30.2"
FETCH = "HANDOUTS_FETCH_VERAPDF"
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
_FILES_IN_A_CALL = 500


def jar_path() -> Path:
    """Where the validator is kept."""
    cache_folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache_folder / "verapdf" / f"cli-{VERSION}.jar"


@cache
def why_missing() -> str:
    """Why veraPDF cannot be used here, "" if it can. Fetches it if that is asked for."""
    if shutil.which("java") is None:
        return "veraPDF needs Java, which is not installed"
    jar = jar_path()
    if not jar.is_file() and os.environ.get(FETCH) == "1":
        maven = shutil.which("mvn")
        if maven is None:
            return "veraPDF is not in the cache, and fetching it needs Maven (mvn)"
        jar.parent.mkdir(parents=True, exist_ok=True)
        artifact = f"-Dartifact=org.verapdf.apps:cli:{VERSION}"
        command = [maven, "-B", "-q", _COPY, artifact, f"-DoutputDirectory={jar.parent}"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return "" if jar.is_file() else f"veraPDF is not in the cache; {FETCH}=1 fetches it"


def broken_rules(paths: Iterable[Path], password: str = "") -> Mapping[Path, tuple[str, ...]]:
    """Rules of PDF/UA-1 that each file breaks, () for a clean one. password: of all files, "" for none.

    Skips the test where veraPDF is missing.
    """
    reason = why_missing()
    if reason:
        pytest.skip(reason)
    waiting = [path.resolve() for path in paths]
    found: dict[Path, tuple[str, ...]] = {}
    for start in range(0, len(waiting), _FILES_IN_A_CALL):
        found |= _verdicts(waiting[start : start + _FILES_IN_A_CALL], password)
    missing = [path.name for path in waiting if path not in found]
    assert not missing, f"veraPDF gave no verdict on {missing}"
    return found


def _verdicts(paths: list[Path], password: str) -> dict[Path, tuple[str, ...]]:
    options = ["-jar", str(jar_path()), "--flavour", "ua1", "--format", "text", "-v"]
    options += ["--password", password] if password else []
    done = subprocess.run(["java", *options, *map(str, paths)], capture_output=True, text=True, check=False)
    rules: dict[Path, list[str]] = {}
    current: list[str] = []
    for line in done.stdout.splitlines():
        word, _, rest = line.strip().partition(" ")
        if line.startswith(" ") and word == "FAIL":
            current.append(rest)
        elif word.endswith(("PASS", "FAIL")) and rest.endswith(" ua1"):
            current = rules[Path(rest.removesuffix(" ua1"))] = []
            if word.endswith("FAIL"):
                current.append("")
    return {path: tuple(filter(None, broken)) or (("?",) if broken else ()) for path, broken in rules.items()}


def assert_pdf_ua(paths: Iterable[Path], password: str = "") -> None:
    """Fails with every rule that any of the files breaks. Skips where veraPDF is missing."""
    verdicts = broken_rules(paths, password)
    faults = [f"{path.name}: {', '.join(rules)}" for path, rules in verdicts.items() if rules]
    assert not faults, "not PDF/UA-1:\n" + "\n".join(faults)
