"""The shipped safety rules and language."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.load.library import load_library
from generator.models.language import Language
from generator.models.library import Library
from generator.models.safety import Safety

CONTENT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def shipped() -> Library:
    return load_library(CONTENT)


@pytest.fixture
def safety(shipped: Library) -> Safety:
    return shipped.safety


@pytest.fixture
def language(shipped: Library) -> Language:
    return shipped.languages["en"]
