"""A real CUPS of the tests' own with a printer that makes PDFs (cups-pdf), on the loopback address only.

Needs root, as cups-pdf does, and the packages cups and printer-driver-cups-pdf; without them its tests say so and skip.
Nothing of the machine's own print service is touched, but for cups-pdf's folder of jobs whose user has no account.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CUPSD = shutil.which("cupsd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin") or ""
LPADMIN = shutil.which("lpadmin", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or ""
DRIVER = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
BACKEND = Path("/usr/lib/cups/backend/cups-pdf")
PRINTED = Path("/var/spool/cups-pdf/ANONYMOUS")
NOBODY = "handouts-tests"
"""A user without an account: what it prints lands in the folder above, under the job's title and number."""

_SETTINGS = """Listen 127.0.0.1:{port}
Browsing No
WebInterface No
DefaultAuthType None
PageLogFormat %p|%P|%C|%{{job-name}}|%{{sides}}
<Location />
Order allow,deny
Allow from 127.0.0.1
</Location>
<Policy default>
<Limit All>
Order deny,allow
Allow from 127.0.0.1
</Limit>
</Policy>
"""
_FOLDERS = {
    "ServerRoot": "root",
    "StateDir": "state",
    "CacheDir": "cache",
    "RequestRoot": "spool",
    "TempDir": "temp",
    "ErrorLog": "error.log",
    "AccessLog": "access.log",
    "PageLog": "page.log",
}


def missing() -> str:
    """Why these tests cannot run here, "" if they can."""
    if os.name != "posix" or os.geteuid() != 0:
        return "cups-pdf runs as root only"
    tools = {"cupsd": CUPSD, "lpadmin": LPADMIN, "lp": shutil.which("lp"), "cups-pdf": BACKEND.exists()}
    absent = [name for name, found in tools.items() if not found]
    return f"not installed: {', '.join(absent)} (packages cups and printer-driver-cups-pdf)" if absent else ""


@dataclass(frozen=True)
class PrintService:
    """server: for the environment variable CUPS_SERVER."""

    server: str
    folder: Path

    def add_printer(self, name: str) -> None:
        command = [LPADMIN, "-h", self.server, "-p", name, "-E", "-v", "cups-pdf:/", "-P", str(DRIVER)]
        subprocess.run(command, check=True, capture_output=True, timeout=30)

    def set_default(self, name: str) -> None:
        subprocess.run([LPADMIN, "-h", self.server, "-d", name], check=True, capture_output=True, timeout=30)

    def printed(self, title: str) -> bytes:
        """What came out of the printer for a job, once it did."""
        for _ in range(300):
            for path in PRINTED.glob(f"{title}*-job_*.pdf"):
                data = path.read_bytes()
                if data.rstrip().endswith(b"%%EOF") and any(title in line for line in self.log()):
                    path.unlink()
                    return data
            time.sleep(0.05)
        raise AssertionError(f"nothing was printed for {title}")

    def log(self) -> list[str]:
        """A line a job: printer|total|pages|title|sides."""
        path = self.folder / "page.log"
        return path.read_text("utf-8").splitlines() if path.exists() else []


@contextlib.contextmanager
def print_service() -> Iterator[PrintService]:
    """Runs as long as the block; without printers at first."""
    with tempfile.TemporaryDirectory(prefix="handouts-cups-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # filters run as a user without rights, so not below pytest's own folder
        yield from _running(folder)


def _running(folder: Path) -> Iterator[PrintService]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    for name in ("root", "state", "cache", "spool", "temp"):
        (folder / name).mkdir()
    (folder / "temp").chmod(0o1777)
    (folder / "root" / "cupsd.conf").write_text(_SETTINGS.format(port=port), "utf-8")
    lines = [f"{key} {folder / name}\n" for key, name in _FOLDERS.items()]
    (folder / "root" / "cups-files.conf").write_text("".join(lines), "utf-8")
    command = [CUPSD, "-f", "-c", str(folder / "root" / "cupsd.conf"), "-s", str(folder / "root" / "cups-files.conf")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield PrintService(f"127.0.0.1:{port}", folder)
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("cupsd did not start")
