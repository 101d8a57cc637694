"""A keeper that keeps in memory."""

from __future__ import annotations


class Memory:
    """Texts by their keys, for one test."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        return self.texts.get(key)

    def put(self, key: str, text: str) -> None:
        self.texts[key] = text
