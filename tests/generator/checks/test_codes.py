"""Addresses can be opened safely, and their codes can be read off the paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.checks.codes import check_addresses, check_plan_addresses, least_edges, well_formed
from generator.models.library import Library
from generator.proof import read_code
from tests.generator.checks.bench import exercise, gates, library, plan_of, refused
from tests.generator.checks.content import messages, with_exercise
from tests.kit import new_studio

STUDIO = new_studio()
LONG = f"https://clinic.example/{'abcdef12' * 22}"
TOO_SMALL = 8.0


def as_printed(address: str, edge: float) -> str:
    return read_code(STUDIO, address, edge)


def as_printed_too_small(address: str, edge: float) -> str:
    return read_code(STUDIO, address, TOO_SMALL)


def with_brand(**changes: object) -> Library:
    brand = library().brands["ascent"].model_copy(update=changes)
    return replace(library(), brands={"ascent": brand})


@pytest.mark.parametrize(
    "link",
    ["https://clinic.example/videos?id=4", "https://a.b-c.example:8443/x", "https://clinic.example"],
)
def test_good_addresses(link: str) -> None:
    assert well_formed(link)


@pytest.mark.parametrize(
    "link",
    [
        "http://clinic.example",
        "https://clinic",
        "https://user@clinic.example",
        "https://clinic.example/a b",
        "https://clinic.example:port/",
        "https://[::1",
        "javascript:alert(1)",
        "https://.example",
        "https://clinic.example/<b>",
    ],
)
def test_bad_addresses(link: str) -> None:
    assert not well_formed(link)


def test_bad_addresses_of_content_are_refused() -> None:
    bad = ["P04 error: This is no address that a browser can open safely."]
    assert messages(with_brand(site_link="https://clinic")) == bad
    assert messages(with_brand(videos="https://clinic/{pack_id}")) == bad
    assert messages(with_exercise("clamshell", video="https://clinic.example/a b")) == bad
    assert messages(with_exercise("clamshell", video="https://clinic.example/a")) == []


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"videos": "https://user@clinic.example"}, "videos"),
        ({"exercises": [exercise("clamshell", video="https://user@clinic.example")]}, "exercises.0.video"),
    ],
)
def test_bad_addresses_of_a_plan_are_refused(fields: dict[str, object], key: str) -> None:
    plan = plan_of(*(() if "exercises" in fields else ("clamshell",)), **fields)
    assert refused(plan) == ("This is no address that a browser can open safely.",)
    assert str(gates(plan)[1][-1].place).endswith(f"({key})")


def test_codes_of_every_length_are_read_off_the_paper_at_their_smallest_size() -> None:
    assert len(LONG) == 199
    for edge in least_edges(library()):
        assert as_printed(LONG, edge) == LONG
        assert as_printed("https://a.example", edge) == "https://a.example"


def test_shipped_codes_can_be_read() -> None:
    assert list(check_addresses(library(), as_printed)) == []


def test_a_code_that_is_too_fine_is_refused() -> None:
    assert as_printed_too_small(LONG, 60) == ""
    shelf = with_brand(videos=LONG)
    (found,) = check_addresses(shelf, as_printed_too_small)
    assert f"{found.code} {found.severity}: {found.message}" == (
        "P06 error: The code of this address cannot be read at 66 points."
    )
    card = list(check_addresses(with_exercise("clamshell", video=LONG), as_printed_too_small))
    assert "The code of this address cannot be read at 60 points." in [one.message for one in card]


def test_a_plans_own_code_is_tried_too() -> None:
    plan = plan_of("clamshell", videos=LONG)
    assert list(check_plan_addresses(plan, library(), as_printed)) == []
    assert refused(plan, read_code=as_printed_too_small) == ("The code of this address cannot be read at 66 points.",)
    assert refused(plan_of(exercise("clamshell", video=LONG)), read_code=as_printed_too_small) == (
        "The code of this address cannot be read at 60 points.",
    )
