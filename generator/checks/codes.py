"""Print gate of addresses and their codes: they can be opened safely, and a phone can read them off the paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from generator.checks.rule import Rule
from generator.errors import Place
from generator.models.library import Library
from generator.models.plan import Plan
from generator.models.selection import Finding

ReadCode = Callable[[str, float], str]
"""Draws the code of an address with the given edge (points) as it prints, and reads it back; "" where it cannot."""

SAMPLE_ID = "0000-000000"
"""Stands for a pack's id: the ids are all of one length, and so are their codes."""

BAD_LINK = Rule(
    "P04",
    "error",
    "Links and codes lead to a well-formed https address.",
    "A code that leads nowhere, or to a page that anyone can change on the way, costs trust.",
    "Print design; RFC 3986.",
)
UNREADABLE_CODE = Rule(
    "P06",
    "error",
    "A code can be read off the paper at the size at which it prints.",
    "A code that no phone reads is a promise that is not kept.",
    "Print design: every code decodes at 150 dots an inch; ISO/IEC 18004.",
)
RULES = (BAD_LINK, UNREADABLE_CODE)


def check_addresses(library: Library, read_code: ReadCode | None = None) -> Iterator[Finding]:
    """Findings about the addresses of all brands, exercises and programs. read_code: None leaves the codes out."""
    cover, card = least_edges(library)
    for id, brand in library.brands.items():
        yield from _check(brand.site_link, library.place_of("brand", id, "site_link"))
        if brand.videos is not None:
            place = library.place_of("brand", id, "videos")
            yield from _check(brand.videos_for(SAMPLE_ID), place, cover, read_code)
    for id, exercise in library.exercises.items():
        if exercise.video is not None:
            yield from _check(exercise.video, library.place_of("exercise", id, "video"), card, read_code)
    for id, program in library.programs.items():
        for number, one in enumerate(program.exercises):
            if one.video is not None:
                place = library.place_of("program", id, "exercises", number, "video")
                yield from _check(one.video, place, card, read_code)


def check_plan_addresses(plan: Plan, library: Library, read_code: ReadCode | None = None) -> Iterator[Finding]:
    """Findings about the addresses that a plan gives."""
    given = [(plan.videos, ("videos",), 0)]
    given += [(one.video, ("exercises", number, "video"), 1) for number, one in enumerate(plan.exercises)]  # type: ignore[misc]
    for address, path, which in given:
        if address is not None:
            yield from _check(address, plan.places.at(*path), least_edges(library)[which], read_code)


def least_edges(library: Library) -> tuple[float, float]:
    """Edges in points of the smallest code on a first page and on a card, over all layouts."""
    sizes = [layout.sizes for layout in library.layouts.values()]
    return min(one.cover_code for one in sizes), min(one.code for one in sizes)


def _check(address: str, place: Place, edge: float = 0.0, read_code: ReadCode | None = None) -> Iterator[Finding]:
    if not well_formed(address):
        message = "This is no address that a browser can open safely."
        yield BAD_LINK.found(message, hint="Write it as https://name.example/page.", place=place)
    elif read_code is not None and read_code(address, edge) != address:
        message = f"The code of this address cannot be read at {edge:g} points."
        yield UNREADABLE_CODE.found(message, hint="Use a shorter address.", place=place)


def well_formed(link: str) -> bool:
    """True for an https address with a host name, without a user name, and with nothing that must be escaped."""
    try:
        parts = urlsplit(link)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    named = re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", host)
    plain = re.fullmatch(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*", link)
    return parts.scheme == "https" and named is not None and parts.username is None and plain is not None
