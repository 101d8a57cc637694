"""Hands a file to the printer in the way of the system: CUPS where there is `lp` (Linux, macOS), Windows' print verb,
else whatever opens a PDF, for a person to print from there.

Each class translates the failures of one outside thing. A file goes to CUPS as bytes that were proven to be the pack's,
not as a path that might hold something else by then. A job's title is the pack id, as printers show and keep titles.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol

from generator.deliver.printings import Way
from generator.errors import HandoutsError, UsageError
from generator.values import dataclass

SECONDS: Final = 120.0
"""What a print service may take to accept one file; a print run of 1,000 packs has about 40 MB."""

MOST_OPENED: Final = 5
"""More windows than this at once are no help to anybody."""

_JOB: Final = re.compile(r"request id is (\S+)")
_OFF: Final = "is not running"
_TRY_AGAIN: Final = "Check that printer and print service are on, or put the packs into one file with --print-run."
_DEFAULT: Final = re.compile(r"system default destination: (\S+)")


class PrinterError(HandoutsError):
    """The printer's system did not take a file. It was not printed and is not in the ledger as printed."""


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """printer: its name, "" for the system's own choice. duplex: on both sides, turned on the long edge; without it
    the printer's own setting holds.
    """

    printer: str = ""
    copies: int = 1
    duplex: bool = False


class PrintingSystem(Protocol):
    """One way to paper."""

    way: Way

    def destination(self, options: PrintOptions, files: int) -> str:
        """The name of the printer that `files` files would go to, "" if only the system knows.

        Raises UsageError where there is no such printer, or the options ask for what this way cannot do.
        """
        ...

    def send(self, title: str, path: Path, data: bytes, options: PrintOptions) -> str:
        """Hands one file over and returns the job's id, "" if it gets none. Raises PrinterError.

        title: tells nothing of a patient. path, data: the file, and what was read from it.
        """
        ...


def printing_system(open_file: Callable[[str], object]) -> PrintingSystem:
    """This system's way. open_file: opens a file in the program that the user has for it."""
    if sys.platform == "win32":
        return Windows(os.startfile)
    lp = shutil.which("lp")
    return Cups(lp) if lp and shutil.which("lpstat") else Viewer(open_file)


class Cups:
    """The Common UNIX Printing System, through `lp` and `lpstat`."""

    way: Way = "cups"

    def __init__(self, lp: str = "lp", lpstat: str = "lpstat") -> None:
        self._lp, self._lpstat = lp, lpstat

    def destination(self, options: PrintOptions, files: int) -> str:
        known = self._ask("-e").split()
        if not known and _OFF in self._ask("-r"):
            raise PrinterError("The print service is not running.", hint=_TRY_AGAIN)
        if not known:
            hint = "Add a printer in the system's settings, then try again."
            raise UsageError("No printer is set up on this computer.", hint=hint)
        if options.printer and options.printer not in known:
            raise UsageError("There is no printer of this name.", hint=f"Printers: {', '.join(known)}.")
        default = _DEFAULT.search(self._ask("-d"))
        if not options.printer and default is None:
            hint = f"Name one with --printer: {', '.join(known)}."
            raise UsageError("This computer has no default printer.", hint=hint)
        return options.printer or (default[1] if default else "")

    def send(self, title: str, path: Path, data: bytes, options: PrintOptions) -> str:
        command = [self._lp, "-t", title, "-n", str(options.copies), "-o", "print-scaling=none", "-o", "collate=true"]
        if options.printer:
            command += ["-d", options.printer]
        if options.duplex:
            command += ["-o", "sides=two-sided-long-edge"]
        answer = _run(command, data)
        job = _JOB.search(answer)
        return job[1] if job else ""

    def _ask(self, option: str) -> str:
        return _run([self._lpstat, option], b"")


def _run(command: Sequence[str], data: bytes) -> str:
    """The answer of a program of CUPS, in English. Raises PrinterError with what it complained of."""
    english = os.environ | {"LC_ALL": "C", "LANG": "C", "LANGUAGE": "C"}
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, env=english, check=False)
    except subprocess.TimeoutExpired:
        raise PrinterError("The print service did not answer.", hint=_TRY_AGAIN) from None
    except OSError as problem:
        raise PrinterError("The print service could not be asked.", hint=_TRY_AGAIN) from problem
    if done.returncode:
        complaint = done.stderr.decode("utf-8", "replace").strip().splitlines()
        said = complaint[-1].partition(":")[2].strip() if complaint else ""
        raise PrinterError(f"The print service refused: {said or 'no reason given.'}", hint=_TRY_AGAIN)
    return done.stdout.decode("utf-8", "replace")


class Windows:
    """The print verb of the program that Windows opens PDFs with. It tells neither success nor a job's number."""

    way: Way = "windows"

    def __init__(self, start: Callable[..., object]) -> None:
        """start: `os.startfile`."""
        self._start = start

    def destination(self, options: PrintOptions, files: int) -> str:
        if options.duplex:
            hint = "Set printing on both sides in the printer's preferences, then leave --duplex out."
            raise UsageError("On Windows --duplex cannot be passed to the printer.", hint=hint)
        return options.printer

    def send(self, title: str, path: Path, data: bytes, options: PrintOptions) -> str:
        try:
            for _ in range(options.copies):
                if options.printer:
                    self._start(str(path.resolve()), "printto", f'"{options.printer}"')
                else:
                    self._start(str(path.resolve()), "print")
        except OSError as problem:
            hint = "Set a program for PDF files that can print, such as Acrobat Reader, or open the file and print it."
            raise PrinterError("Windows has no program that prints PDF files.", hint=hint) from problem
        return ""


class Viewer:
    """Where no print service is known: the file is opened, and a person prints it."""

    way: Way = "viewer"

    def __init__(self, open_file: Callable[[str], object]) -> None:
        self._open = open_file

    def destination(self, options: PrintOptions, files: int) -> str:
        if options.printer or options.copies > 1 or options.duplex:
            hint = "Leave --printer, --copies and --duplex out: the file is opened, and you print from there."
            raise UsageError("This computer has no print service that handouts knows (CUPS or Windows).", hint=hint)
        if files > MOST_OPENED:
            hint = "Put them into one file with --print-run FILE and print that."
            raise UsageError(f"There is no print service, and {files} files would be opened.", hint=hint)
        return ""

    def send(self, title: str, path: Path, data: bytes, options: PrintOptions) -> str:
        self._open(str(path.resolve()))
        return ""
