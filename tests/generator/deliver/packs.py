"""Packs to deliver: small, each unlike the others, all of them of people who do not exist."""

from __future__ import annotations

from generator.deliver import keys
from generator.deliver.delivery import FinishedPack

KEY = b"a key for tests, long enough to be one"

NAME = "Zofia Canary-Żółkiewska"
"""A name that may stand in the private index and nowhere else."""


def pdf(text: str, size: int = 3000) -> bytes:
    """Bytes that stand for a PDF; `text` is all through them, so that a torn or mixed file shows."""
    return (b"%PDF-1.7\n" + f"{text};".encode() * size)[:size] + b"\n%%EOF\n"


def finished(
    plan_id: str, *, version: str = "1", sheet: str | None = None, name: str = NAME, size: int = 3000
) -> FinishedPack:
    """The pack of a plan; another version of the plan has other inputs and other bytes."""
    text = f"{plan_id} {version} {sheet}"
    return FinishedPack(
        pack_id=keys.pack_id(KEY, plan_id),
        plan_digest=keys.plan_digest(KEY, plan_id),
        input_hash=text.encode().hex(),
        plan_id=plan_id,
        name=name,
        second_id=f"19{plan_id}",
        sheet=sheet,
        pdf=pdf(text, size),
        pages=6,
        versions={"product": "0.1", "content": "c0ffee"},
    )


def group(count: int, version: str = "1") -> list[FinishedPack]:
    """`count` packs of as many plans."""
    return [finished(f"plan-{number:04}", version=version) for number in range(count)]
