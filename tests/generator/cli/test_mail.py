"""The mail commands as a user types them, up to a real server and back."""

from __future__ import annotations

import json
import logging
import tempfile
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from generator.cli.app import app
from tests.generator.deliver.mail.servers import Handler, mail_server
from tests.generator.mailing.clinic import CONSENT, Clinic, patient
from tests.generator.mailing.test_sending import file_in, parsed
from tests.packs import CONTENT, library

BY = ("--by", "Robin Front")


class Desk:
    """A front desk at its clinic: types commands, sees what is printed."""

    def __init__(self, folder: Path, *plans: dict[str, Any]) -> None:
        self.clinic = Clinic.of(folder, *plans)

    def types(self, *arguments: object, code: int = 0) -> str:
        """Runs `handouts mail ...`; all that was printed. The exit code must be `code`."""
        packs = ("--packs", self.clinic.folder)
        done = CliRunner().invoke(app, ["--content", str(CONTENT), "mail", *map(str, (*arguments, *packs))])
        assert done.exit_code == code, (done.exception, done.output)
        self.errors = done.stderr
        return done.stdout

    def told(self, *arguments: object, code: int = 0) -> Any:
        """The JSON document of a command."""
        return json.loads(self.types(*arguments, "--json", code=code))

    def server(self, port: int, **fields: object) -> Path:
        """A settings file for a test server."""
        path = self.clinic.folder.parent / "mail.toml"
        values = {"host": "127.0.0.1", "port": port, "from_address": "clinic@example.org", "auth": "none", **fields}
        lines = [f"{name} = {json.dumps(value)}" for name, value in values.items()]
        path.write_text("\n".join([*lines, 'security = "none"', "loopback_test_server = true"]), "utf-8")
        return path


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A current folder without settings; the library that ships, read once for all commands."""
    monkeypatch.setattr("generator.load.library.load_library", lambda content: library())
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def test_the_whole_way(tmp_path: Path) -> None:
    desk = Desk(tmp_path, patient(1), patient(2))
    drafted = desk.told("draft", desk.clinic.roster)["drafts"]
    assert [(one["outcome"], one["state"]) for one in drafted] == [("drafted", "draft")] * 2
    one, two = (str(draft["id"]) for draft in drafted)
    assert "2 draft: waits for approval" in desk.types("list") + desk.errors
    desk.types("approve", one, *BY)
    handler = Handler()
    with mail_server(handler) as port:
        settings = desk.server(port, messages_a_minute=6000)
        assert f"{one}  sent (250 2.0.0)" in desk.types("send", "--settings", settings)
        desk.types("approve", "--all", *BY)
        assert [sent["state"] for sent in desk.told("send", "--settings", settings)["messages"]] == ["sent"]
        assert desk.told("send", "--settings", settings) == {"messages": [], "outbox": {"sent": 2}, "errors": []}
    assert [taken.recipients[0] for taken in handler.taken] == [draft["address"] for draft in drafted]
    assert [row["id"] for row in desk.told("list", "--state", "sent")] == [one, two]
    shown = desk.told("show", two)
    assert [(line["after"], line["by"]) for line in shown["journal"]][:2] == [
        ("draft", ""),
        ("approved", "Robin Front"),
    ]
    assert desk.told("draft", desk.clinic.roster, code=1)["drafts"] == []
    assert len(desk.told("draft", desk.clinic.roster, "--again")["drafts"]) == 2


def test_show_writes_what_the_patient_will_see(tmp_path: Path) -> None:
    desk = Desk(tmp_path, patient(1))
    (draft,) = desk.told("draft", desk.clinic.roster)["drafts"]
    told = desk.types("show", draft["id"])
    assert "To:       Pat Zx00001q Canary <pat.zx00001q@example.org>" in told
    assert "Did this reach the wrong person?" in told
    assert "signed form" in told
    file = Path(told.rpartition("mail program: ")[2].strip())
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0
    message = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
    (pack,) = desk.clinic.folder.glob("*.pdf")
    assert file_in(message) == pack.read_bytes()  # type: ignore[arg-type]
    assert message["X-Unsent"] is None
    desk.clinic.change(0, summary="Another knee.")
    assert "Cannot be sent any more: The plan was changed" in desk.types("show", draft["id"])


def test_without_a_server_send_says_what_to_do_and_export_does_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path, patient(1), patient(2))
    first, second = (str(one["id"]) for one in desk.told("draft", desk.clinic.roster)["drafts"])
    desk.types("approve", first, *BY)
    desk.types("send", code=2)
    assert "No mail server is set up. Nothing was sent." in desk.errors
    assert "handouts-mail.toml" in desk.errors
    assert "export" in desk.errors
    exported = desk.told("export", "--to", tmp_path / "for outlook")["files"]
    assert [one["id"] for one in exported] == [first, second]
    for one in exported:
        message = BytesParser(policy=policy.default).parsebytes(Path(one["file"]).read_bytes())
        assert message["X-Unsent"] == "1"
        assert str(message["To"]).endswith(f"<{one['address']}>")
        assert file_in(message) == (desk.clinic.folder / f"{one['pack_id']}.pdf").read_bytes()  # type: ignore[arg-type]
        assert Path(one["file"]).name == f"{one['id']}.eml"
    handler = Handler()
    with mail_server(handler) as port:
        assert desk.told("send", "--settings", desk.server(port))["messages"] == []
    assert handler.taken == []
    desk.types("resolve", first, "--was", "sent", *BY)
    desk.types("resolve", second, "--was", "not-sent", *BY)
    assert [row["state"] for row in desk.told("list")] == ["sent", "draft"]


def test_refusals_name_the_place_and_neighbors_go_through(tmp_path: Path) -> None:
    desk = Desk(tmp_path, patient(1), patient(2, email={"address": "pat.zx00002q@example.org"}), patient(3))
    assert desk.types("draft", desk.clinic.roster, code=1).count("drafted") == 2
    assert "roster.jsonl" in desk.errors
    assert "line 2: The patient has not agreed to email." in desk.errors
    assert "Zx00002q" not in desk.errors
    result = desk.told("draft", desk.clinic.roster, code=1)
    assert [one["outcome"] for one in result["drafts"]] == ["standing", "standing"]
    assert [(error["line"], error["severity"]) for error in result["errors"]] == [(2, "error")]


def test_passphrases_are_told_only_where_they_are_asked_for(tmp_path: Path) -> None:
    desk = Desk(tmp_path, patient(1), patient(2))
    said = desk.types("draft", desk.clinic.roster, "--encrypt")
    message, other = desk.clinic.messages()
    assert message.passphrase is not None
    for command in (("list",), ("show", message.id), ("approve", "--all", *BY), ("list", "--json"), ("export",)):
        said += desk.types(*command) + desk.errors
    assert message.passphrase not in said
    assert "encrypted" in said
    listed = desk.types("list", "--passphrases")
    assert f"{message.name} <{message.address}>  {message.passphrase}" in listed
    assert [row["passphrase"] for row in desk.told("list", "--passphrases")] == [message.passphrase, other.passphrase]


@pytest.mark.parametrize(
    ("told", "state", "code"),
    [
        ("rcpt 451 4.7.1 later", "deferred", 0),
        ("rcpt 550 5.1.1 unknown", "failed", 1),
        ("drop after", "unknown", 1),
    ],
)
def test_exit_codes_of_send(tmp_path: Path, told: str, state: str, code: int) -> None:
    desk = Desk(tmp_path, patient(1))
    desk.types("draft", desk.clinic.roster)
    desk.types("approve", "--all", *BY)
    with mail_server(Handler({"pat.zx00001q": [told]})) as port:
        assert f"  {state} (" in desk.types("send", "--settings", desk.server(port), code=code)
    (row,) = desk.told("list")
    assert row["state"] == state
    assert (row["next_try"] is not None) == (state == "deferred")


def test_a_sender_that_was_cut_short_is_told_of(tmp_path: Path) -> None:
    desk = Desk(tmp_path, patient(1))
    desk.types("draft", desk.clinic.roster)
    with desk.clinic.outbox() as outbox:
        for to in ("approved", "queued", "sending"):
            outbox.step(outbox.messages()[0], to)
    with mail_server(Handler()) as port:
        desk.types("send", "--settings", desk.server(port), code=1)
    assert "Cut short in an earlier run, so that nobody knows whether sent: 1." in desk.errors
    assert "resolve" in desk.errors
    (row,) = desk.told("list")
    assert row["state"] == "unknown"
    desk.types("resolve", row["id"], "--was", "not-sent", *BY)
    assert desk.told("list")[0]["state"] == "approved"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["approve", *BY], 2),
        (["approve", "--all", "ABCD-EFGH", *BY], 2),
        (["approve", "--all"], 2),
        (["approve", "--all", "--by", " "], 2),
        (["approve", "ABCD-EFGH", *BY], 2),
        (["resolve", "DRAFT", "--was", "sent", *BY], 2),
        (["resolve", "DRAFT", "--was", "perhaps", *BY], 2),
        (["list", "--state", "lost"], 2),
        (["send", "--settings", "nowhere.toml"], 2),
        (["draft", "nowhere.yaml"], 1),
    ],
)
def test_wrong_usage_changes_nothing(tmp_path: Path, arguments: list[str], code: int) -> None:
    desk = Desk(tmp_path, patient(1))
    (draft,) = desk.told("draft", desk.clinic.roster)["drafts"]
    desk.types(*(draft["id"] if one == "DRAFT" else one for one in arguments), code=code)
    assert desk.clinic.states() == ["draft"]


def test_one_wrong_id_approves_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path, patient(1), patient(2))
    one, two = (draft["id"] for draft in desk.told("draft", desk.clinic.roster)["drafts"])
    desk.types("withdraw", two, *BY)
    desk.types("approve", one, two, *BY, code=2)
    assert f"Message {two} is withdrawn. Nothing was done." in desk.errors
    assert desk.clinic.states() == ["draft", "withdrawn"]


def test_a_folder_without_packs_gets_no_outbox(tmp_path: Path) -> None:
    desk = Desk(tmp_path, patient(1))
    desk.clinic.folder = tmp_path / "elsewhere"
    desk.types("list", code=1)
    assert "no outbox" in desk.errors
    desk.types("draft", desk.clinic.roster, code=2)
    assert "no packs" in desk.errors
    assert not desk.clinic.folder.exists()


def test_what_goes_wrong_tells_nothing_of_patients(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    caplog.set_level(logging.DEBUG)
    desk = Desk(tmp_path, *(patient(number) for number in range(1, 7)))
    ids = [draft["id"] for draft in desk.told("draft", desk.clinic.roster, "--encrypt")["drafts"]]
    phrases = [message.passphrase or "" for message in desk.clinic.messages()]
    desk.types("approve", "--all", *BY)
    answers = ("rcpt 550 5.1.1 <{}@example.org> unknown", "end 451 4.3.0 Zx {}", "drop after", "closing")
    handler = Handler()
    for number, answer in enumerate(answers, start=1):
        address = f"pat.zx{number:05}q"
        handler.answers[address] = [answer.format(address)]
    (desk.clinic.folder / f"{desk.clinic.messages()[4].pack_id}.pdf").unlink()
    with mail_server(handler) as port:
        printed = desk.types("send", "--settings", desk.server(port, messages_a_minute=6000), code=1)
    said = (printed + desk.errors).lower()
    logged = "".join(record.getMessage() for record in caplog.records if not record.name.startswith("mail.log")).lower()
    assert [line.split()[0] for line in printed.splitlines()] == ids
    for number, phrase in enumerate(phrases, start=1):
        assert f"zx{number:05}q" not in said + logged
        assert phrase not in said + logged
    assert list(scratch.iterdir()) == []
    assert desk.clinic.states() == ["failed", "deferred", "unknown", "deferred", "stale", "sent"]


def test_a_real_pack_of_a_real_plan(tmp_path: Path) -> None:
    plan = yaml.load((CONTENT / "handouts" / "plans" / "sample-02.yaml").read_text("utf-8"), yaml.BaseLoader)
    text = yaml.safe_dump({**plan, "email": {"address": "pat@example.org", **CONSENT}}, allow_unicode=True)
    file, packs = tmp_path / "plan.yaml", tmp_path / "packs"
    file.write_text(text, "utf-8")

    def types(*arguments: object) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["--content", str(CONTENT), *map(str, arguments)])
        return done.exit_code, done.output

    assert types("build", file, "--draft", "--out", packs)[0] == 0
    code, said = types("mail", "draft", file, "--packs", packs)
    assert (code, "drafted" in said) == (0, True)
    types("mail", "approve", "--all", *BY, "--packs", packs)
    file.write_text(text.replace("pat@example.org", "new@example.org"), "utf-8")
    assert "drafted" in types("mail", "draft", file, "--packs", packs)[1]
    assert "unchanged" in types("build", file, "--draft", "--out", packs)[1], "an address prints nowhere"
    file.write_text(text.replace(plan["name"], "Another Name"), "utf-8")
    code, said = types("mail", "draft", file, "--packs", packs)
    assert (code, "changed after its pack was made" in said) == (1, True)


def test_the_help_names_every_command() -> None:
    said = CliRunner().invoke(app, ["mail", "--help"]).output
    for command in ("draft", "list", "show", "export", "approve", "withdraw", "send", "resolve"):
        assert command in said


def test_a_message_is_from_the_clinic(tmp_path: Path) -> None:
    desk = Desk(tmp_path, patient(1, brand="harbor-street"))
    desk.types("draft", desk.clinic.roster)
    desk.types("approve", "--all", *BY)
    handler = Handler()
    with mail_server(handler) as port:
        desk.types("send", "--settings", desk.server(port, reply_to="desk@example.org"))
    message = parsed(handler.taken[0])
    assert str(message["From"]) == "Harbor Street Physical Therapy <clinic@example.org>"
    assert str(message["Reply-To"]) == "desk@example.org"
