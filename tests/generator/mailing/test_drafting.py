"""Drafts: only with consent, only the patient's own pack, once; each refusal is named and the neighbors go through."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from generator.deliver.folder import PackFolder
from generator.deliver.ledger import Ledger
from generator.deliver.mail.outbox import OUTBOX_FILE
from generator.mailing.packs import printed_ids
from generator.merge.sealing import encrypt
from tests.generator.mailing.clinic import CONSENT, Clinic, patient, small_pdf

ADDRESS = "pat.zx00001q@example.org"


def email(**changes: Any) -> dict[str, Any]:
    values = {"address": ADDRESS, **CONSENT, **changes}
    return {key: value for key, value in values.items() if value is not None}


def refused(clinic: Clinic, **wanted: Any) -> str:
    """Why the only plan is refused; nothing was drafted."""
    drafts = clinic.draft(**wanted)
    assert drafts.drafted == []
    assert clinic.messages() == ()
    (error,) = drafts.errors
    assert error.place is not None
    assert error.exit_code == 1
    assert "Zx00001q" not in str(error).replace(str(clinic.folder.parent), "")
    return f"{error.place.key}: {error}"


def test_a_draft_says_what_will_be_mailed_to_whom(tmp_path: Path) -> None:
    clinic = Clinic.of(tmp_path, patient(1))
    (one,) = clinic.draft().drafted
    assert one.state == "drafted"
    (message,) = clinic.messages()
    entry = Ledger.load(clinic.folder).entry(message.pack_id)
    assert entry is not None
    assert (message.state, message.address, message.name) == ("draft", ADDRESS, "Pat Zx00001q Canary")
    assert (message.sha256, message.size) == (entry.sha256, entry.size)
    assert message.consent == "2026-11-20: signed form, told of the risk of plain email"
    assert message.passphrase is None
    assert message.message_id.endswith("@ascentak.com>")
    assert not any(private in repr(message) for private in (ADDRESS, "Canary", "signed form", str(clinic.roster)))


@pytest.mark.skipif(os.name != "posix", reason="mode bits are POSIX")
def test_only_this_user_may_read_the_outbox(tmp_path: Path) -> None:
    clinic = Clinic.of(tmp_path, patient(1))
    with clinic.outbox() as outbox:
        outbox.settle_cut_short()
        for path in clinic.folder.glob(f"{OUTBOX_FILE}*"):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (None, "No consent to email is recorded"),
        (email(consent=None), "has not agreed"),
        (email(consent="no"), "has not agreed"),
        (email(date="2026-11-29"), "in the future"),
        (email(how=None), "How the consent was given"),
        (email(unencrypted_warning_noted="no"), "plain email can be read by others"),
        (email(address="pat@localhost"), "not one address"),
        (email(address="pat..x@example.org"), "not one address"),
        (email(address="pát@example.org"), "not one address"),
        (email(address="pat@exa_mple.org"), "not one address"),
        (email(address="pat@[127.0.0.1]"), "not one address"),
    ],
)
def test_without_full_consent_or_one_good_address_nothing_is_drafted(
    tmp_path: Path, part: dict[str, Any] | None, words: str
) -> None:
    assert words in refused(Clinic.of(tmp_path, patient(1, email=part)))


@pytest.mark.parametrize("address", ["a@x.org, b@y.org", "a@x.org;b@y.org", "Pat <a@x.org>", "a@x.org\nBcc: b@y.org"])
def test_two_addresses_in_one_field_are_no_plan(tmp_path: Path, address: str) -> None:
    clinic = Clinic(tmp_path / "packs", tmp_path / "roster.jsonl")
    clinic.write([patient(1, email=email(address=address))])
    assert clinic.read() == ()


def test_an_encrypted_file_needs_no_warning_and_has_a_passphrase_of_its_own(tmp_path: Path) -> None:
    unwarned = email(unencrypted_warning_noted="no")
    both = [patient(number, email={**unwarned, "address": f"p{number}@example.org"}) for number in (1, 2)]
    clinic = Clinic.of(tmp_path, *both, patient(3, email=email(encrypted="yes")))
    assert len(clinic.draft(encrypt=True).drafted) == 3
    phrases = {message.passphrase for message in clinic.messages()}
    assert len(phrases) == 3
    assert all(phrase is not None and len(phrase.split(" ")) == 6 for phrase in phrases)


def test_the_plan_itself_may_ask_for_encryption(tmp_path: Path) -> None:
    clinic = Clinic.of(tmp_path, patient(1, email=email(encrypted="yes")), patient(2))
    clinic.draft()
    assert [message.passphrase is not None for message in clinic.messages()] == [True, False]


def test_good_neighbors_go_through(tmp_path: Path) -> None:
    clinic = Clinic.of(tmp_path, patient(1), patient(2, email=None), patient(3))
    drafts = clinic.draft()
    assert len(drafts.drafted) == 2
    (error,) = drafts.errors
    assert error.place is not None
    assert error.place.line == 2


@pytest.mark.parametrize(
    "harm", ["one byte", "gone", "other pack", "no pack", "plan changed", "unfinished", "no PDF", "locked"]
)
def test_a_pack_that_is_not_the_plans_own_and_whole_is_refused(tmp_path: Path, harm: str) -> None:
    clinic = Clinic.of(tmp_path, patient(1))
    (file,) = clinic.folder.glob("*.pdf")
    data = file.read_bytes()
    words = {"gone": "cannot be read", "no pack": "no finished pack", "plan changed": "changed after its pack"}
    if harm == "one byte":
        file.write_bytes(data[:-9] + b"!" + data[-8:])
    if harm == "gone":
        file.unlink()
    if harm == "no pack":
        clinic.write([patient(2)])
    if harm == "plan changed":
        clinic.change(0, summary="Another knee.")
    if harm in ("other pack", "no PDF", "locked"):
        other = {"other pack": small_pdf("K7Q2-M9TX4R", ("somebody else",)), "locked": encrypt(data, "six words")}.get(
            harm, b"%PDF-1.7 no"
        )
        with PackFolder(clinic.folder) as folder:
            (entry,) = folder.ledger.entries()
            folder.ledger.record([replace(entry, size=len(other), sha256=sha256(other).hexdigest())])
            folder.put(file.name, other)
        words[harm] = "is encrypted" if harm == "locked" else "does not say that it is this plan's"
    if harm == "unfinished":
        with PackFolder(clinic.folder) as folder:
            folder.ledger.announce(folder.ledger.entries())
        words[harm] = "no finished pack"
    assert words.get(harm, "checksum differs") in refused(clinic)


def test_a_large_pack_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    clinic = Clinic.of(tmp_path, patient(1), padding=30_000_000)
    assert "too large for email: 41 MB as it is mailed, 20 MB" in refused(clinic)


def test_drafting_twice_makes_no_second_message(tmp_path: Path) -> None:
    clinic = Clinic.of(tmp_path, patient(1))
    (first,) = clinic.draft().drafted
    (second,) = clinic.draft().drafted
    assert (second.state, second.message.id) == ("standing", first.message.id)
    assert len(clinic.messages()) == 1


def test_a_new_address_makes_the_old_draft_stale(tmp_path: Path) -> None:
    clinic = Clinic.of(tmp_path, patient(1))
    clinic.draft()
    clinic.approve()
    clinic.change(0, email=email(address="new@example.org"))
    clinic.draft()
    assert [(one.state, one.address) for one in clinic.messages()] == [("stale", ADDRESS), ("draft", "new@example.org")]


def test_a_pack_that_was_mailed_needs_again(tmp_path: Path) -> None:
    clinic = Clinic.of(tmp_path, patient(1))
    clinic.draft()
    with clinic.outbox() as outbox:
        for to in ("approved", "queued", "sending", "sent"):
            outbox.step(outbox.messages()[0], to)
    (error,) = clinic.draft().errors
    assert "mailed to this patient before" in error.message
    assert "--again" in error.hint
    assert len(clinic.draft(again=True).drafted) == 1
    assert clinic.states() == ["sent", "draft"]
    clinic.build(version="2")
    clinic.draft()
    assert clinic.states() == ["sent", "stale", "draft"], "another pack needs no again"


@pytest.mark.parametrize("state", ["exported", "unknown"])
def test_while_nobody_knows_whether_it_went_out_no_other_is_drafted(tmp_path: Path, state: str) -> None:
    clinic = Clinic.of(tmp_path, patient(1))
    clinic.draft()
    steps = ("exported",) if state == "exported" else ("approved", "queued", "sending", "unknown")
    with clinic.outbox() as outbox:
        for to in steps:
            outbox.step(outbox.messages()[0], to)  # type: ignore[arg-type]
    (error,) = clinic.draft(again=True).errors
    assert "may have gone out" in error.message
    assert "resolve" in error.hint
    assert clinic.states() == [state]


def test_the_printed_id_is_read_from_the_page() -> None:
    assert printed_ids(small_pdf("K7Q2-M9TX4R", ("words",))) == {"K7Q2-M9TX4R"}
    assert printed_ids(b"") == printed_ids(b"<html>K7Q2-M9TX4R") == frozenset()
