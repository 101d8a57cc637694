"""What a merge has to say about its inputs: what was taken out, and why a pack may not call itself accessible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace

from generator.errors import PlanError
from generator.values import dataclass


class PdfError(PlanError):
    """A PDF file that cannot be merged: malformed, empty, encrypted, too large, or no PDF at all. Names the file."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """file: as the user knows it. page: in that file, from 1; 0 for the file as a whole. rule: clause of ISO 14289-1
    (PDF/UA-1) as veraPDF numbers it, or "". prevents_claim: the merged file must not say that it is PDF/UA.
    """

    file: str
    page: int
    rule: str
    message: str
    prevents_claim: bool

    def __str__(self) -> str:
        where = f"{self.file}, page {self.page}" if self.page else self.file
        rule = f" (PDF/UA-1 rule {self.rule})" if self.rule else ""
        return f"{where}: {self.message}{rule}"


@dataclass(slots=True)
class Notes:
    """Collects the findings of one input while it is read. page: where the reader is, 0 outside the pages."""

    page: int = 0
    _found: dict[Finding, None] = field(default_factory=dict)

    def removed(self, message: str) -> None:
        """Something was taken out or changed; this alone does not keep the file from being PDF/UA."""
        self._found[Finding("", self.page, "", message, False)] = None

    def unclean(self, rule: str, message: str, page: int | None = None) -> None:
        """A rule is broken that merging cannot mend."""
        self._found[Finding("", self.page if page is None else page, rule, message, True)] = None

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._found)


def named(findings: tuple[Finding, ...], file: str) -> tuple[Finding, ...]:
    """The same findings with the file that they are about; an input is read once even if it has two names."""
    return tuple(replace(finding, file=file) for finding in findings)
