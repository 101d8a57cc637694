"""What many tests need: the shipped looks as tokens and studios, made once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from generator.layout.studio import Studio
from generator.layout.tokens import PAPERS, Tokens
from generator.models.brand import Brand
from generator.models.layout import Layout

LAYOUTS = Path(__file__).parent.parent / "layouts"
LAYOUT_NAMES = ("standard", "compact", "large-print", "ink-saver")
BRAND_NAMES = ("ascent", "harbor-street")


def _merged(base: dict[str, object], over: dict[str, object]) -> dict[str, object]:
    return {
        key: {**base[key], **over[key]}
        if isinstance(base.get(key), dict) and key in over
        else over.get(key, base.get(key))  # type: ignore[dict-item]
        for key in {**base, **over}
    }


@lru_cache
def layout_named(name: str) -> Layout:
    data = yaml.safe_load((LAYOUTS / "pages" / f"{name}.yaml").read_text("utf-8"))
    parent = data.pop("extends", None)
    if parent:
        data = _merged(yaml.safe_load((LAYOUTS / "pages" / f"{parent}.yaml").read_text("utf-8")), data)
    return Layout.model_validate(data)


@lru_cache
def brand_named(name: str) -> Brand:
    return Brand.model_validate(yaml.safe_load((LAYOUTS / "brands" / name / "brand.yaml").read_text("utf-8")))


@lru_cache
def tokens(brand: str = "ascent", layout: str = "standard", paper: str = "letter") -> Tokens:
    folders = (LAYOUTS / "brands" / brand, LAYOUTS / "art")
    return Tokens(
        brand_named(brand), layout_named(layout), PAPERS[paper], lambda name: LAYOUTS / "fonts" / name, folders
    )


def new_studio(brand: str = "ascent", layout: str = "standard", paper: str = "letter") -> Studio:
    """A studio with an empty memory."""
    return Studio(tokens(brand, layout, paper), (r"\d+ (?:seconds?|minutes?|days?|weeks?)", "IT band"))
