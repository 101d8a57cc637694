"""What was worked out of shared content is kept by the content's identity: loaded content never changes."""

from __future__ import annotations

from typing import Generic, TypeVar

from generator.values import dataclass

Content = TypeVar("Content")


@dataclass(frozen=True, slots=True, eq=False)
class Same(Generic[Content]):
    """Loaded content as the key of a cache: equal to the very same object only, which it keeps alive."""

    one: Content

    def __hash__(self) -> int:
        return id(self.one)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.one is self.one
