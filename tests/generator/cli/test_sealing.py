"""Encrypted packs: the passphrase comes from a file or is typed in, and nothing but it opens them."""

from __future__ import annotations

import io
import os
import select
import subprocess
import sys
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from generator.cli.making import build, workshop
from generator.cli.sealing import asked_passphrase
from generator.errors import UsageError
from generator.pipeline import Options
from tests.generator.cli.test_commands import PLAN, handouts, pack_in
from tests.generator.merge.graph import elements, faults
from tests.packs import CONTENT
from tests.verapdf import assert_pdf_ua

PASSPHRASE = "fünf große Äpfel"


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase.txt"
    file.write_text(f"{PASSPHRASE}\n", "utf-8")
    return file


def unlocked(pdf: bytes, passphrase: str = PASSPHRASE) -> bytes:
    """The file without its encryption."""
    plain = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf), password=passphrase) as document:
        assert (document.encryption.R, document.encryption.bits) == (6, 256)
        assert document.allow == pikepdf.Permissions()
        assert document.allow.accessibility
        document.save(plain)
    return plain.getvalue()


def test_a_pack_is_encrypted_and_keeps_its_tags(tmp_path: Path) -> None:
    shop = workshop(CONTENT, Options(as_of=date(2026, 11, 23), draft=True))

    def made(passphrase: str | None = None) -> tuple[str, bytes]:
        done = build(shop, [PLAN], tmp_path / "output", None, passphrase)
        assert not done.errors
        return done.results[0].state, pack_in(tmp_path / "output").read_bytes()

    _, plain = made()
    state, locked = made(PASSPHRASE)
    assert state == "written"
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(locked))
    assert faults(unlocked(locked)) == []
    assert elements(unlocked(locked)) == elements(plain)
    # the same passphrase makes nothing new, another one does, and so does none
    assert made(PASSPHRASE) == ("unchanged", locked)
    state, other = made("another one")
    assert state == "written"
    assert elements(unlocked(other, "another one")) == elements(plain)
    assert made() == ("written", plain)
    kept = b"".join(file.read_bytes() for file in (tmp_path / "output").rglob("*") if file.is_file())
    assert PASSPHRASE.encode() not in kept
    assert b"another one" not in kept


def test_demo_and_merge_encrypt_too(tmp_path: Path, passphrase_file: Path) -> None:
    lock = ("--encrypt", "--passphrase-file", passphrase_file)
    assert handouts("demo", "--out", "demo", *lock, cwd=tmp_path).returncode == 0
    assert_pdf_ua([pack_in(tmp_path / "demo")], PASSPHRASE)
    pack = tmp_path / "plain.pdf"
    pack.write_bytes(unlocked(pack_in(tmp_path / "demo").read_bytes()))
    done = handouts("merge", pack, pack, "-o", "merged.pdf", *lock, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert faults(unlocked((tmp_path / "merged.pdf").read_bytes())) == []


def test_a_passphrase_is_no_argument(tmp_path: Path) -> None:
    done = handouts("build", PLAN, "--draft", "--encrypt", "--passphrase", "secret", cwd=tmp_path)
    assert done.returncode == 2
    assert "No such option" in done.stderr


@pytest.mark.parametrize(
    ("encrypt", "file", "words"),
    [
        (True, None, "nobody to ask"),
        (False, PLAN, "goes with --encrypt"),
        (True, Path("absent.txt"), "could not be read"),
        (True, PLAN, "more or less than one line"),
        (True, Path(os.devnull), "more or less than one line"),
    ],
)
def test_what_no_passphrase_comes_from(
    encrypt: bool, file: Path | None, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with pytest.raises(UsageError, match=words):
        asked_passphrase(encrypt, file)
    assert asked_passphrase(False, None) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals to type into")
def test_it_is_typed_twice_and_not_shown(tmp_path: Path) -> None:
    import fcntl  # noqa: PLC0415
    import termios  # noqa: PLC0415

    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "generator.cli.app", "merge", "a.pdf", "-o", "b.pdf", "--encrypt"]
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(tmp_path / "a.pdf")
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(CONTENT)},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(theirs, termios.TIOCSCTTY, 0),
    )
    os.close(theirs)
    seen = b""
    for _ in range(2):
        while not seen.endswith(b": "):
            assert select.select([ours], [], [], 60)[0], seen
            seen += os.read(ours, 1000)
        os.write(ours, f"{PASSPHRASE}\n".encode())
        seen += b"|"
    assert process.wait(timeout=60) == 0, seen
    os.close(ours)
    assert PASSPHRASE.encode() not in seen
    unlocked((tmp_path / "b.pdf").read_bytes())
