"""The few system calls that make a file durable, each with its other way on macOS and Windows.

A file is safe once its bytes are on the disk, then has its final name, then the folder that holds that name is on the
disk: temp file, fsync, rename, fsync of the folder, in this order. Everything in `deliver` that must survive a kill or
a power cut goes through here. Failures leave as StorageError, which names the folder as the user knows it and nothing
else: never a temp name, never a patient.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from generator.errors import HandoutsError, Place

if sys.platform == "win32":
    import ctypes
    import subprocess
else:
    import fcntl

TEMP_NAME = re.compile(r"\.handouts-[0-9a-f]{16}\.tmp")
"""Names of our own temp files. Nothing else is ever taken for a leftover."""

_MOVEFILE_REPLACE_EXISTING = 0x1
_MOVEFILE_WRITE_THROUGH = 0x8
_NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP)
"""What network and foreign file systems answer when asked to sync a folder; there, the rename is all there is."""


class StorageError(HandoutsError):
    """The disk or the folder would not take a file. What stood there before is intact."""


@contextlib.contextmanager
def storage_errors(folder: Path) -> Iterator[None]:
    """Turns an OSError from the block into a StorageError about `folder`."""
    try:
        yield
    except OSError as problem:
        raise storage_error(problem, folder) from problem


def storage_error(problem: OSError, folder: Path) -> StorageError:
    """`problem` for a clinician: what is wrong with the folder and what to do about it."""
    place = Place(str(folder))
    if problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        hint = "Free some space or name another folder, then run the same command again: it goes on where it stopped."
        return StorageError("The disk is full. Files that were there before are as they were.", hint=hint, place=place)
    if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        hint = "Ask for the right to write there, close its files in other programs, or name another folder with --out."
        return StorageError("This folder, or a file in it, cannot be written.", hint=hint, place=place)
    reason = os.strerror(problem.errno) if problem.errno else "unknown reason"
    hint = "Check that the drive is connected and works, then run the same command again."
    return StorageError(f"A file could not be read or written ({reason}).", hint=hint, place=place)


def create_temp(folder: Path, *, private: bool = False) -> tuple[int, Path]:
    """A new empty temp file in `folder`, open for writing: its descriptor and its path, whose name tells nothing.

    private: only this user may read it (also after it was renamed). Raises OSError.
    """
    path = folder / f".handouts-{secrets.token_hex(8)}.tmp"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, 0o600 if private else 0o666)
    if private:
        _keep_private(path)
    return descriptor, path


def _keep_private(path: Path) -> None:
    """On Windows, where mode bits mean nothing: full control for the owner and for nobody else.

    S-1-3-4 is the well-known id of "owner rights". On file systems without rights (FAT) this changes nothing, as
    elsewhere.
    """
    if sys.platform == "win32":
        icacls = os.path.join(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "icacls.exe")
        command = [icacls, str(path), "/inheritance:r", "/grant:r", "*S-1-3-4:F"]
        subprocess.run(command, check=False, capture_output=True, timeout=20)


def write_all(descriptor: int, data: bytes) -> None:
    """Writes every byte, however few the system takes at a time. Raises OSError."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def sync_file(descriptor: int) -> None:
    """Returns when the file's bytes are on the disk. Raises OSError.

    On macOS fsync only hands the bytes to the drive; F_FULLFSYNC is its way to say "on the disk". Some network drives
    do not know it, so that fsync remains for those (as `man 2 fsync` of macOS advises).
    """
    if sys.platform == "darwin":
        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def sync_whole(path: Path) -> None:
    """Returns when the bytes of a file that other processes may have written are on the disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))  # Windows syncs nothing opened for reading
    try:
        sync_file(descriptor)
    finally:
        os.close(descriptor)


def rename(source: Path, target: Path) -> None:
    """Gives a temp file its final name, replacing what has it. Raises OSError; then the target is as it was.

    Windows cannot sync a folder, so there the rename itself waits for the disk (MoveFileEx with "write through").
    """
    if sys.platform == "win32":
        move = ctypes.WinDLL("kernel32", use_last_error=True).MoveFileExW
        if not move(str(source), str(target), _MOVEFILE_REPLACE_EXISTING | _MOVEFILE_WRITE_THROUGH):
            raise ctypes.WinError(ctypes.get_last_error())
    else:
        os.replace(source, target)


def sync_folder(folder: Path) -> None:
    """Returns when the names in `folder` are on the disk. Raises OSError. On Windows `rename` has seen to that."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        sync_file(descriptor)
    except OSError as problem:
        if problem.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)


def remove(path: Path) -> None:
    """Removes a temp file if it is there. A leftover that cannot go now goes at the next start."""
    with contextlib.suppress(OSError):
        os.unlink(path)


def remove_leftovers(folder: Path) -> None:
    """Removes the temp files of killed runs. Only for the holder of the folder's lock. Raises OSError."""
    for name in os.listdir(folder):
        if TEMP_NAME.fullmatch(name):
            remove(folder / name)


def write_whole(path: Path, data: bytes, *, private: bool = False) -> None:
    """Writes one file, whole and durable or not at all. Raises StorageError; then what stood there is as it was."""
    with storage_errors(path.parent):
        descriptor, temp = create_temp(path.parent, private=private)
        try:
            try:
                write_all(descriptor, data)
                sync_file(descriptor)
            finally:
                os.close(descriptor)
            rename(temp, path)
        except BaseException:
            remove(temp)
            raise
        sync_folder(path.parent)


@contextlib.contextmanager
def writing_whole(path: Path) -> Iterator[BinaryIO]:
    """A file that is too large for the memory: written by the block, whole and durable once that ends well.

    Raises StorageError for what goes wrong on the disk; then, as after any error of the block, what stood there before
    is as it was.
    """
    with storage_errors(path.parent):
        descriptor, temp = create_temp(path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                yield file
                file.flush()
                sync_file(file.fileno())
            rename(temp, path)
        except BaseException:
            remove(temp)
            raise
        sync_folder(path.parent)
