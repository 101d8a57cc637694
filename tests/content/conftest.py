"""The shipped library, loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.load.library import load_library
from generator.models.library import Library

CONTENT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library(CONTENT)
