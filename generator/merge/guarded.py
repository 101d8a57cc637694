"""The reading process: `python -m generator.merge.guarded MEMORY_MB SECONDS`, file on standard input, answer on
standard output.

Started by `looking`; it limits itself before it touches the file.
"""

from __future__ import annotations

import logging
import pickle
import sys

from generator.merge.findings import PdfError
from generator.merge.margins import measure_margins
from generator.merge.original import Original
from generator.merge.reading import read_pdf

try:
    import resource
except ImportError:  # Windows has no such limits; the parent's clock still holds
    resource = None  # type: ignore[assignment]


def main(arguments: list[str]) -> int:
    """Reads one file. Writes the pickled `Original` or `PdfError`, then the pickled margins."""
    memory_mb, seconds = int(arguments[0]), int(arguments[1])
    limit_self(memory_mb, seconds)
    logging.disable(logging.CRITICAL)
    data = sys.stdin.buffer.read()
    try:
        original = read_pdf(data, "")
    except PdfError as error:
        _answer(error)
        return 1
    _answer(original)
    _answer(_margins(data, original))
    return 0


def limit_self(memory_mb: int, seconds: int) -> None:
    """Limits this process's address space and processor time, as far as the system lets it."""
    if resource is None:
        return
    for kind, amount in ((resource.RLIMIT_AS, memory_mb * 1024 * 1024), (resource.RLIMIT_CPU, seconds)):
        try:
            _, hard = resource.getrlimit(kind)
            resource.setrlimit(kind, (amount if hard == resource.RLIM_INFINITY else min(amount, hard), hard))
        except (ValueError, OSError):
            continue


def _margins(data: bytes, original: Original) -> object:
    try:
        return measure_margins(data, original.facts.sizes)
    except Exception:  # a page that cannot be rendered only goes without its stamp
        return ()


def _answer(value: object) -> None:
    pickle.dump(value, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
