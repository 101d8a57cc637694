"""Where workers come from: a thread of this process, processes of this machine, or a Dask cluster.

The library crosses once a worker, pickled; after that, orders and what was made of them.
"""

from __future__ import annotations

import importlib
import os
import pickle
import secrets
import sys
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from generator.batch.crew import Crew
from generator.batch.processes import Processes, get_ready
from generator.batch.worker import Bench, Equipment, start_process, work
from generator.errors import UsageError

_PRELOAD = "generator.batch.worker"
SMALL = 40
"""Orders; a batch of fewer is done before a second process has loaded the program."""


def dask_crew(equipment: Equipment, address: str) -> Crew:
    """The workers of a Dask cluster, if the extra is installed. Raises UsageError."""
    try:
        cluster = importlib.import_module("generator.batch.cluster")
    except ImportError as problem:
        hint = "Install it with pip install 'clinic-handouts[dask]'."
        raise UsageError("--dask needs the package distributed.", hint=hint) from problem
    hired: Crew = cluster.cluster_crew(equipment, address)
    return hired


def usable_cores() -> int:
    """Processor cores that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def workers_for(asked: int | None, orders: int) -> int:
    """How many workers so many orders get. asked: by the user, None for what suits."""
    return asked or (1 if orders < SMALL else usable_cores())


def expect(asked: int | None, orders: int) -> None:
    """Lets the program load for the workers of so many orders while this process still looks what there is to do.

    asked: as in `workers_for`.
    """
    if workers_for(asked, orders) > 1:
        get_ready(_PRELOAD)


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
    return Processes(workers, start_process, (key, equipment), preload=_PRELOAD)
