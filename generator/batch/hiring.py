"""Where workers come from: a thread of this process, processes of this machine, or a Dask cluster.

Processes are started by a server that has loaded the program and nothing else (`forkserver`), so none inherits a lock
or a thread; Windows starts each anew. The library crosses once a worker.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import secrets
import sys
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial

from generator.batch.crew import Chunk, Crew
from generator.batch.worker import Equipment, Made, start, start_process, work

SMALL = 40
"""Orders; a batch of fewer is done before a second process has loaded the program."""


def usable_cores() -> int:
    """Processor cores that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def crew(equipment: Equipment, workers: int) -> Crew:
    """Workers on this machine; a single one is a thread of this process."""
    key, data = secrets.token_hex(8), pickle.dumps(equipment)
    hire: Callable[[int], Executor]
    if workers == 1:
        start(key, data)
        hire = _hire_thread
    else:
        hire = partial(_hire_processes, key, data)
    return Crew(hire, _work(key), workers)


def _work(key: str) -> Callable[[Chunk], list[Made]]:
    return partial(work, key)


def _hire_thread(workers: int) -> Executor:
    return ThreadPoolExecutor(workers, "making packs")


def _hire_processes(key: str, equipment: bytes, workers: int) -> Executor:
    method = "spawn" if sys.platform == "win32" else "forkserver"
    context = multiprocessing.get_context(method)
    context.set_forkserver_preload(["generator.batch.worker"])
    return ProcessPoolExecutor(workers, context, start_process, (key, equipment))
