"""The outbox takes only steps that make sense, forgets nothing, and says so when it cannot be used."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from generator.deliver.disk import StorageError
from generator.deliver.mail import schema
from generator.deliver.mail.outbox import OUTBOX_FILE, Message, Outbox, OutboxFault, new_id, only_sender
from generator.deliver.mail.states import MEANING, STATES, STEPS, State
from generator.errors import UsageError
from tests.generator.deliver.mail.messages import ADDRESS, NAME, message, words

OLD = Path(__file__).parent / "outbox-1.sql"
"""An outbox as version 1 of the tables made it; later versions must open it with all that it holds."""


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path, make=True)


def added(outbox: Outbox, **fields: object) -> Message:
    new = message(**fields)
    outbox.add(new, words())
    return new


def path_to(state: State) -> list[State]:
    """States that lead from draft to this one."""
    paths: dict[State, list[State]] = {"draft": []}
    todo: list[State] = ["draft"]
    for one in todo:
        for after in STEPS[one]:
            if after not in paths:
                paths[after] = [*paths[one], after]
                todo.append(after)
    return paths[state]


def in_state(outbox: Outbox, state: State) -> Message:
    new = added(outbox)
    for to in path_to(state):
        outbox.step(outbox.message(new.id), to)
    return outbox.message(new.id)


@pytest.mark.parametrize("before", STATES)
def test_only_the_steps_of_the_table_are_possible(outbox: Outbox, before: State) -> None:
    for after in STATES:
        one = in_state(outbox, before)
        if after in STEPS[before]:
            outbox.step(one, after)
            assert outbox.message(one.id).state == after
        elif after != before:
            with pytest.raises(OutboxFault, match="not in a state for this"):
                outbox.step(one, after)
            assert outbox.message(one.id).state == before


def test_nothing_that_may_be_out_is_ever_sent_again_by_itself() -> None:
    def reach(state: State, seen: set[State]) -> set[State]:
        for after in STEPS[state]:
            if after not in seen:
                reach(after, seen | {after})
                seen.add(after)
        return seen

    assert "sending" not in reach("sent", set())
    assert STEPS["sending"] == ("sent", "deferred", "failed", "unknown")
    assert STEPS["unknown"] == ("sent", "approved"), "a person decides, see resolve"
    assert set(STEPS) == set(STATES) == set(MEANING) == set(get_args(State))


def test_a_message_that_another_command_has_moved_stays_as_it_is(outbox: Outbox) -> None:
    one = added(outbox)
    outbox.step(one, "withdrawn")
    with pytest.raises(OutboxFault, match="changed by another command"):
        outbox.step(one, "approved")
    assert outbox.message(one.id).state == "withdrawn"


def test_the_journal_says_who_did_what_when(outbox: Outbox) -> None:
    one = added(outbox)
    outbox.step(one, "approved", by="Robin Front", note="seen")
    first, second = outbox.journal(one.id)
    assert (first.before, first.after) == ("", "draft")
    assert (second.before, second.after, second.by, second.note) == ("draft", "approved", "Robin Front", "seen")
    assert first.at <= second.at
    assert second.at.endswith("+00:00")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM message",
        "DELETE FROM journal",
        "UPDATE journal SET by = 'somebody else'",
        "UPDATE message SET address = 'other@example.org'",
        "UPDATE message SET sha256 = ''",
        "UPDATE message SET message_id = '<x@y>'",
        "UPDATE message SET state = 'sent'",
        "UPDATE message SET state = 'no such state'",
    ],
)
def test_what_was_written_stays(outbox: Outbox, statement: str) -> None:
    added(outbox)
    outbox.close()
    with sqlite3.connect(outbox.path) as direct, pytest.raises(sqlite3.IntegrityError):
        direct.execute(statement)
    direct.close()


def test_a_plan_has_one_message_that_waits(outbox: Outbox) -> None:
    added(outbox, plan_digest="same")
    with pytest.raises(OutboxFault):
        added(outbox, plan_digest="same")
    assert len(outbox.messages()) == 1


def test_a_transaction_is_whole_or_not_at_all(outbox: Outbox) -> None:
    def half() -> None:
        with outbox.transaction():
            added(outbox)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert outbox.messages() == ()
    assert outbox.counts() == {}


def test_ids_may_be_typed_as_people_type(outbox: Outbox) -> None:
    one = added(outbox)
    assert outbox.message(one.id.lower().replace("-", "")) == one
    with pytest.raises(UsageError, match="no such message"):
        outbox.message("nope")
    assert len({new_id() for _ in range(2000)}) == 2000


def test_messages_survive_closing_with_everything(tmp_path: Path) -> None:
    with Outbox(tmp_path, make=True) as outbox:
        one = added(outbox, passphrase="six words", attempts=2, next_try=12.5, reply="451 4.2.0")
    with Outbox(tmp_path) as outbox:
        assert outbox.messages() == (one,)
        assert outbox.letter(one.letter) == words()
        assert outbox.message(one.id) == one


def test_only_one_sender(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from generator.deliver.mail.outbox import only_sender\n"
        "with only_sender(Path(sys.argv[1])):\n  print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(UsageError, match="Another command is sending"), only_sender(tmp_path):
            pass
        other.kill()
    with only_sender(tmp_path):
        pass


def test_what_a_killed_sender_left_is_unknown(outbox: Outbox) -> None:
    left, sent = in_state(outbox, "sending"), in_state(outbox, "sent")
    assert outbox.settle_cut_short() == 1
    assert outbox.message(left.id).state == "unknown"
    assert outbox.message(sent.id).state == "sent"
    assert outbox.settle_cut_short() == 0


# ---- the file


def test_there_must_be_an_outbox_to_look_into(tmp_path: Path) -> None:
    with pytest.raises(OutboxFault, match="no outbox") as caught:
        Outbox(tmp_path)
    assert "mail draft" in caught.value.hint
    assert not list(tmp_path.iterdir())


def test_an_outbox_of_an_earlier_version_keeps_all_that_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    direct = sqlite3.connect(tmp_path / OUTBOX_FILE)
    direct.executescript(OLD.read_text("utf-8"))
    direct.close()
    later = (*schema.MIGRATIONS, "ALTER TABLE message ADD COLUMN ward TEXT NOT NULL DEFAULT 'none';")
    monkeypatch.setattr(schema.migrate, "__defaults__", (later,))
    with Outbox(tmp_path) as outbox:
        (one,) = outbox.messages()
        assert (one.name, one.address, one.state) == (NAME, ADDRESS, "approved")
        assert [line.by for line in outbox.journal(one.id)] == ["", "Robin Front"]
        outbox.step(one, "queued")
    direct = sqlite3.connect(tmp_path / OUTBOX_FILE)
    assert direct.execute("SELECT ward, state FROM message").fetchall() == [("none", "queued")]
    assert direct.execute("PRAGMA user_version").fetchone() == (len(later),)
    direct.close()


def test_a_migration_that_fails_leaves_the_outbox_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Outbox(tmp_path, make=True) as outbox:
        one = added(outbox)
    broken = (*schema.MIGRATIONS, "ALTER TABLE message ADD COLUMN ward TEXT;\nDROP TABLE nothing;\n")
    with monkeypatch.context() as patch:
        patch.setattr(schema.migrate, "__defaults__", (broken,))
        with pytest.raises(StorageError):
            Outbox(tmp_path)
    with Outbox(tmp_path) as outbox:
        assert outbox.messages() == (one,)


@pytest.mark.parametrize("harm", ["newer", "other database", "no database", "torn", "folder"])
def test_an_outbox_that_cannot_be_used_is_left_alone(tmp_path: Path, harm: str) -> None:
    with Outbox(tmp_path, make=True) as outbox:
        for _ in range(40):
            added(outbox)
    path = tmp_path / OUTBOX_FILE
    words = {"newer": "newer version", "folder": "cannot be read"}
    if harm in ("newer", "other database"):
        direct = sqlite3.connect(path)
        direct.execute("PRAGMA user_version = 99" if harm == "newer" else "PRAGMA application_id = 7")
        direct.close()
    if harm == "no database":
        path.write_bytes(b"not a database" * 99)
    if harm == "torn":
        data = path.read_bytes()
        path.write_bytes(data[:8192] + b"\xff" * 4096 + data[12288:])
    if harm == "folder":
        path.unlink()
        path.mkdir()
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises((OutboxFault, StorageError), match=words.get(harm, "damaged")) as caught:
        Outbox(tmp_path)
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert caught.value.place is not None
    assert ADDRESS not in str(caught.value)


def test_a_full_disk_says_so(tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    inside = 'mount -t tmpfs -o size=400k none "$0" && exec "$@"'
    command = [unshare or "", "--map-root-user", "--mount", "sh", "-c", inside, str(tmp_path)]
    if unshare is None or subprocess.run([*command, "true"], check=False, capture_output=True).returncode:
        pytest.skip("no small disk to fill: needs Linux and the right to mount one")
    code = (
        "import sys; from pathlib import Path; from generator.deliver.mail.outbox import Outbox\n"
        "from generator.deliver.disk import StorageError\n"
        "from tests.generator.deliver.mail.messages import message, words\n"
        "with Outbox(Path(sys.argv[1]), make=True) as outbox:\n"
        "  count = 0\n"
        "  try:\n"
        "    for count in range(1000): outbox.add(message(name='x' * 2000), words())\n"
        "  except StorageError as error: print(error.message)\n"
        "  print(len(outbox.messages()) == count > 3)\n"
    )
    done = subprocess.run(
        [*command, sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.stdout == "The disk is full. The outbox is as it was.\nTrue\n", done.stderr


def test_a_private_field_is_in_no_repr() -> None:
    one = replace(message(), passphrase="secret words")
    for private in (NAME, ADDRESS, "secret words", "zofia.yaml", "signed form"):
        assert private not in repr(one)
