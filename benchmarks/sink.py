"""A minimal mail server for timings and kills: it takes what comes, writes down whose it is, and does nothing else.

    python benchmarks/sink.py RECORD [--fast]

Prints its port. Each message that is complete is a line of RECORD before it is answered: recipient, Message-ID, and the
SHA-256 of its attached file. `--fast` leaves the hash out.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import re
import socket
import sys
import threading
from pathlib import Path
from typing import BinaryIO, TextIO

ATTACHED = re.compile(rb"Content-Type: application/pdf.*?\r\n\r\n(.*?)\r\n--", re.DOTALL)


def serve(connection: socket.socket, record: TextIO, *, fast: bool) -> None:
    """One client, until it leaves."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with connection, connection.makefile("rb") as lines, contextlib.suppress(ConnectionError):  # clients are killed
        connection.sendall(b"220 sink\r\n")
        recipient = ""
        while line := lines.readline():
            verb = line[:4].upper()
            if verb == b"QUIT":
                connection.sendall(b"221 bye\r\n")
                return
            if verb == b"EHLO":
                connection.sendall(b"250-sink\r\n250 SIZE 50000000\r\n")
                continue
            if verb == b"RCPT":
                recipient = line[9:-3].decode()
            if verb == b"DATA":
                connection.sendall(b"354 go\r\n")
                message = take(lines)
                if message is None:
                    return
                record.write(f"{recipient} {told(message, fast=fast)}\n")
                record.flush()
            connection.sendall(b"250 2.0.0 ok\r\n")


def take(lines: BinaryIO) -> bytes | None:
    """A message up to its dot, None if the client left before it."""
    parts = []
    while line := lines.readline():
        if line == b".\r\n":
            return b"".join(parts)
        parts.append(line)
    return None


def told(message: bytes, *, fast: bool) -> str:
    """Message-ID and SHA-256 of the file of a message."""
    id_ = re.search(rb"^Message-ID: (\S+)", message, re.MULTILINE)
    assert id_ is not None
    if fast:
        return id_[1].decode()
    attached = ATTACHED.search(message)
    assert attached is not None
    return f"{id_[1].decode()} {hashlib.sha256(base64.b64decode(attached[1])).hexdigest()}"


def main(record: Path, *, fast: bool) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening, record.open("a") as file:
        print(listening.getsockname()[1], flush=True)
        while True:
            connection, _ = listening.accept()
            threading.Thread(target=serve, args=(connection, file), kwargs={"fast": fast}, daemon=True).start()


if __name__ == "__main__":
    main(Path(sys.argv[1]), fast="--fast" in sys.argv)
