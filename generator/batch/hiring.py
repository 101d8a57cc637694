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
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from generator.batch.crew import Crew
from generator.batch.worker import Bench, Equipment, start_process, work

SMALL = 40
"""Orders; a batch of fewer is done before a second process has loaded the program."""


def usable_cores() -> int:
    """Processor cores that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def crew(equipment: Equipment, workers: int) -> Crew:
    """Workers on this machine; a single one is a thread of this process."""
    if workers == 1:
        return Crew(_hire_thread, Bench(equipment).work, 1)
    key = secrets.token_hex(8)
    bare = replace(equipment, shop=equipment.shop.bare())
    return Crew(partial(_hire_processes, key, pickle.dumps(bare)), partial(work, key), workers)


def _hire_thread(workers: int) -> Executor:
    return ThreadPoolExecutor(workers, "making packs")


def _hire_processes(key: str, equipment: bytes, workers: int) -> Executor:
    method = "spawn" if sys.platform == "win32" else "forkserver"
    context = multiprocessing.get_context(method)
    context.set_forkserver_preload(["generator.batch.worker"])
    return ProcessPoolExecutor(workers, context, start_process, (key, equipment))
