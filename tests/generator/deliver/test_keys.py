"""Pack ids tell nothing and stay the same; keys are there before the first pack and are never made up twice."""

from __future__ import annotations

import hashlib
import hmac
import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.deliver import keys
from generator.deliver.delivery import FinishedPack, deliver
from generator.deliver.folder import PackFolder
from tests.generator.deliver.packs import KEY, finished
from tests.packs import plan

IDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
SOME_KEYS = st.binary(min_size=32, max_size=64)


@given(SOME_KEYS, IDS)
def test_pack_id_is_ten_symbols_that_nobody_misreads(key: bytes, plan_id: str) -> None:
    made = keys.pack_id(key, plan_id)
    assert keys.PACK_ID.fullmatch(made)
    assert not set(made) & set("ILOU")
    assert made == keys.pack_id(key, plan_id)


@given(SOME_KEYS, IDS, IDS)
def test_other_plans_and_other_keys_give_other_digests(key: bytes, one: str, other: str) -> None:
    assert (keys.plan_digest(key, one) == keys.plan_digest(key, other)) == (one == other)
    assert keys.plan_digest(key, one) != keys.plan_digest(key + b"x", one)


def test_pack_id_is_the_first_fifty_bits_of_the_digest() -> None:
    digest = hmac.new(KEY, b"handouts pack id\0plan-1", hashlib.sha256).hexdigest()
    assert keys.plan_digest(KEY, "plan-1") == digest
    number = 0
    for symbol in keys.pack_id(KEY, "plan-1").replace("-", ""):
        number = number * 32 + "0123456789ABCDEFGHJKMNPQRSTVWXYZ".index(symbol)
    assert number == int(digest, 16) >> (256 - 50)


def test_ten_thousand_plans_have_ten_thousand_pack_ids_that_use_every_symbol() -> None:
    made = {keys.pack_id(KEY, f"MRN{number:06}") for number in range(10_000)}
    assert len(made) == 10_000
    for position in range(11):
        assert len({one[position] for one in made}) == (1 if position == 4 else 32)


def test_the_demo_has_the_same_pack_id_everywhere() -> None:
    assert keys.pack_id(keys.DEMO_KEY, "sample") == keys.pack_id(b"handouts demo: invented people only", "sample")


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "empty"), (b" \n\t", "empty"), (b"s3cret\n", "too short: it has 6 bytes"), (b"x" * 5000, "too long")],
)
def test_a_file_that_is_no_key_is_refused_without_quoting_it(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "clinic.key"
    file.write_bytes(content)
    with pytest.raises(keys.KeyFault, match=message) as caught:
        keys.read_key(file)
    assert "s3cret" not in str(caught.value)
    assert str(file) in str(caught.value)


def test_a_key_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(keys.KeyFault, match="cannot be read"):
        keys.read_key(tmp_path / "none")


def test_an_editor_that_ends_the_line_does_not_change_the_key(tmp_path: Path) -> None:
    for name, ending in (("a", b""), ("b", b"\n"), ("c", b"\r\n")):
        (tmp_path / name).write_bytes(KEY + ending)
        assert keys.read_key(tmp_path / name) == KEY


def test_a_folder_gets_a_key_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two", "one"):
        with PackFolder(tmp_path / name) as folder:
            made.append(keys.folder_key(folder))
    assert made[0] == made[2] != made[1]
    assert len(made[0]) >= 32


@pytest.mark.skipif(sys.platform == "win32", reason="mode bits mean nothing on Windows")
def test_the_key_is_for_this_user_only_whatever_the_umask(tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        with PackFolder(tmp_path) as folder:
            keys.folder_key(folder)
    finally:
        os.umask(umask)
    assert stat.S_IMODE((tmp_path / keys.KEY_FILE).stat().st_mode) == 0o600


def test_packs_without_their_key_are_an_error_and_no_new_key(tmp_path: Path) -> None:
    with PackFolder(tmp_path) as folder:
        deliver(folder, [finished("plan-1")])
        with pytest.raises(keys.KeyFault, match="has packs, but the key"):
            keys.folder_key(folder)
    assert not (tmp_path / keys.KEY_FILE).exists()


def test_a_key_of_another_folder_is_refused_where_packs_are(tmp_path: Path) -> None:
    with PackFolder(tmp_path) as folder:
        deliver(folder, [finished("plan-1"), _of_the_demo("sample")])
        with pytest.raises(keys.KeyFault, match="come from another key"):
            keys.folder_key(folder, b"another key, as long as a key has to be")
        assert keys.folder_key(folder, KEY) == KEY
        assert keys.folder_key(folder, keys.DEMO_KEY) == keys.DEMO_KEY


def test_a_key_beside_the_folders_own_is_refused(tmp_path: Path) -> None:
    with PackFolder(tmp_path) as folder:
        own = keys.folder_key(folder)
        with pytest.raises(keys.KeyFault, match="come from another key"):
            keys.folder_key(folder, KEY)
        assert keys.folder_key(folder, own) == own


def test_packs_of_the_demo_do_not_ask_for_a_key(tmp_path: Path) -> None:
    with PackFolder(tmp_path) as folder:
        deliver(folder, [_of_the_demo("sample")])
        assert keys.folder_key(folder) == keys.read_key(tmp_path / keys.KEY_FILE)


def _of_the_demo(plan_id: str) -> FinishedPack:
    return FinishedPack(
        pack_id=keys.pack_id(keys.DEMO_KEY, plan_id),
        plan_digest=keys.plan_digest(keys.DEMO_KEY, plan_id),
        input_hash="0",
        plan_id=plan_id,
        name="Sam Sample",
        second_id="",
        pdf=b"%PDF-1.7",
        pages=1,
        versions={},
    )


def test_what_a_plan_says_has_a_keyed_digest_with_and_without_its_email_part() -> None:
    def told(**fields: object) -> tuple[str, str]:
        made = plan(email={"address": "maya@example.org", "consent": "no"}, **fields)
        return keys.printed_digest(KEY, made), keys.whole_digest(KEY, made)

    moved = plan(email={"address": "maya@example.com", "consent": "no"})
    assert told() == told()
    assert keys.printed_digest(KEY, moved) == told()[0]
    assert keys.whole_digest(KEY, moved) != told()[1]
    assert not set(told()) & set(told(summary="Left knee pain."))
    assert keys.printed_digest(KEY + b"x", moved) != told()[0]
