"""A folder takes whole files or none, from one run at a time, whatever the disk and the system do."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from generator.deliver import disk
from generator.deliver.folder import GROUP, FolderBusy, PackFolder
from generator.errors import HandoutsError, UsageError

posix_only = pytest.mark.skipif(os.name != "posix", reason="needs POSIX user ids and modes")


def names(path: Path) -> set[str]:
    return {file.name for file in path.iterdir() if not file.name.startswith(".")}


def pdfs(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.glob("*.pdf")}


def leftovers(path: Path) -> list[str]:
    return [file.name for file in path.iterdir() if disk.TEMP_NAME.fullmatch(file.name)]


def test_put_writes_and_replaces(tmp_path: Path) -> None:
    with PackFolder(tmp_path / "a" / "b") as folder:
        folder.put("A.pdf", b"one")
        folder.put("A.pdf", b"two")
    assert (tmp_path / "a" / "b" / "A.pdf").read_bytes() == b"two"
    assert not leftovers(tmp_path / "a" / "b")


def test_put_many_writes_more_than_a_group(tmp_path: Path) -> None:
    files = [(f"P{number}.pdf", bytes([number])) for number in range(2 * GROUP + 3)]
    with PackFolder(tmp_path) as folder:
        assert folder.put_many(files) == {}
    assert pdfs(tmp_path) == dict(files)


@pytest.mark.parametrize(
    "name", ["../x.pdf", "a/b.pdf", "CON.pdf", "nul.pdf", "-rf.pdf", ".pdf", "x.pdf\0", "x.exe", "", "X" * 300 + ".pdf"]
)
def test_a_name_that_is_not_opaque_never_reaches_the_disk(tmp_path: Path, name: str) -> None:
    with PackFolder(tmp_path) as folder, pytest.raises(ValueError, match="opaque"):
        folder.put_many([("GOOD.pdf", b""), (name, b"")])
    assert names(tmp_path) == set()


def test_a_second_run_refuses_at_once_and_says_what_to_do(tmp_path: Path) -> None:
    with PackFolder(tmp_path), pytest.raises(FolderBusy, match="Another run") as caught, PackFolder(tmp_path):
        pass
    assert "Wait until it has finished" in caught.value.hint
    with PackFolder(tmp_path):
        pass


def test_a_killed_run_does_not_keep_the_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.generator.deliver.runs", "hold", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(FolderBusy), PackFolder(tmp_path):
            pass
        holder.kill()
    with PackFolder(tmp_path) as folder:
        folder.put("A.pdf", b"")


def test_only_our_own_leftovers_are_removed(tmp_path: Path) -> None:
    for name in (
        ".handouts-0123456789abcdef.tmp",
        ".handouts-notes.tmp",
        "draft.tmp",
        ".handouts-0123456789abcdef.tmp.bak",
    ):
        (tmp_path / name).write_bytes(b"")
    with PackFolder(tmp_path):
        pass
    assert not leftovers(tmp_path)
    assert {".handouts-notes.tmp", "draft.tmp", ".handouts-0123456789abcdef.tmp.bak"} <= {
        file.name for file in tmp_path.iterdir()
    }


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"mine")
    with pytest.raises(UsageError, match="not a folder"), PackFolder(tmp_path / "out"):
        pass
    with pytest.raises(disk.StorageError), PackFolder(tmp_path / "out" / "deeper"):
        pass
    assert (tmp_path / "out").read_bytes() == b"mine"


def test_one_file_that_cannot_be_replaced_does_not_stop_its_group(tmp_path: Path) -> None:
    (tmp_path / "B.pdf").mkdir()
    with PackFolder(tmp_path) as folder:
        errors = folder.put_many([("A.pdf", b"a"), ("B.pdf", b"b"), ("C.pdf", b"c")])
        with pytest.raises(disk.StorageError, match="cannot be replaced"):
            folder.put("B.pdf", b"b")
    assert list(errors) == ["B.pdf"]
    assert (tmp_path / "A.pdf").read_bytes() + (tmp_path / "C.pdf").read_bytes() == b"ac"
    assert not leftovers(tmp_path)


def test_threads_may_share_the_work_one_after_another(tmp_path: Path) -> None:
    folder = PackFolder(tmp_path)
    for work in (folder.__enter__, lambda: folder.put("A.pdf", b"a")):
        worker = threading.Thread(target=work)
        worker.start()
        worker.join()
    with pytest.raises(FolderBusy), PackFolder(tmp_path):
        pass
    folder.__exit__(None, None, None)
    with PackFolder(tmp_path):
        assert names(tmp_path) == {"A.pdf"}


@pytest.mark.parametrize("failing", ["write", "fsync"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_disk_that_fails_midway_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str, number: int
) -> None:
    real = getattr(os, failing)
    calls = []

    def fails_on_the_second(*arguments: object) -> object:
        calls.append(arguments)
        if len(calls) == 2:
            raise OSError(number, os.strerror(number))
        return real(*arguments)

    with PackFolder(tmp_path) as folder:
        folder.put_many([("A.pdf", b"old a"), ("B.pdf", b"old b")])
        monkeypatch.setattr(os, failing, fails_on_the_second)
        with pytest.raises(disk.StorageError) as caught:
            folder.put_many([("A.pdf", b"new a"), ("B.pdf", b"new b"), ("C.pdf", b"new c")])
        monkeypatch.undo()
    assert caught.value.hint
    assert caught.value.place is not None
    assert caught.value.place.file == str(tmp_path)
    assert pdfs(tmp_path) == {"A.pdf": b"old a", "B.pdf": b"old b"}
    assert not leftovers(tmp_path)


@pytest.fixture
def locked_away() -> Iterator[Path]:
    """A folder with a file in it, in which this process (also if it is root's) may not write during a test."""
    parent = Path(tempfile.mkdtemp())
    path = parent / "packs"
    with PackFolder(path) as folder:
        folder.put("A.pdf", b"old")
    parent.chmod(0o755)
    path.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield path
    finally:
        if root:
            os.seteuid(0)
        path.chmod(0o755)
        shutil.rmtree(parent)


@posix_only
def test_a_read_only_folder_is_a_clean_error(locked_away: Path) -> None:
    for path in (locked_away, locked_away / "new"):
        with pytest.raises(HandoutsError, match="cannot be written") as caught, PackFolder(path):
            pass
        assert "--out" in caught.value.hint
    assert (locked_away / "A.pdf").read_bytes() == b"old"


@posix_only
def test_a_folder_that_becomes_read_only_keeps_its_files(locked_away: Path) -> None:
    os.seteuid(0) if os.getuid() == 0 else locked_away.chmod(0o755)
    with PackFolder(locked_away) as folder:
        os.seteuid(65534) if os.getuid() == 0 else locked_away.chmod(0o555)
        with pytest.raises(disk.StorageError, match="cannot be written"):
            folder.put("A.pdf", b"new")
    assert (locked_away / "A.pdf").read_bytes() == b"old"


def test_macos_waits_for_the_drive_and_settles_for_fsync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    refuse = False

    def full_sync(descriptor: int, command: object) -> None:
        asked.append(command)
        if refuse:
            raise OSError(errno.ENOTSUP, "not here")

    monkeypatch.setattr(disk, "sys", SimpleNamespace(platform="darwin"))
    monkeypatch.setattr(disk, "fcntl", SimpleNamespace(F_FULLFSYNC=51, fcntl=full_sync))
    monkeypatch.setattr(os, "fsync", lambda descriptor: asked.append("fsync"))
    disk.write_whole(tmp_path / "A.pdf", b"a")
    assert asked == [51, 51], "the file, then its folder"
    asked.clear()
    refuse = True
    disk.write_whole(tmp_path / "A.pdf", b"a")
    assert asked == [51, "fsync", 51, "fsync"]


def test_windows_renames_with_write_through_and_closes_private_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moves: list[int] = []
    commands: list[list[str]] = []

    def move(source: str, target: str, flags: int) -> int:
        moves.append(flags)
        if target.endswith("OPEN.pdf"):
            return 0
        shutil.move(source, target)
        return 1

    fake = SimpleNamespace(
        WinDLL=lambda name, use_last_error: SimpleNamespace(MoveFileExW=move),
        get_last_error=lambda: 32,
        WinError=lambda code: PermissionError(errno.EACCES, "in use"),
    )
    monkeypatch.setattr(disk, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(disk, "ctypes", fake, raising=False)
    run = SimpleNamespace(run=lambda command, **_: commands.append(command))
    monkeypatch.setattr(disk, "subprocess", run, raising=False)
    disk.write_whole(tmp_path / "A.pdf", b"a", private=True)
    with pytest.raises(disk.StorageError, match="cannot be written"):
        disk.write_whole(tmp_path / "OPEN.pdf", b"a")
    assert moves == [0x9, 0x9], "replace existing, write through"
    assert [command[2:] for command in commands] == [["/inheritance:r", "/grant:r", "*S-1-3-4:F"]]
    assert names(tmp_path) == {"A.pdf"}
    assert not leftovers(tmp_path)
