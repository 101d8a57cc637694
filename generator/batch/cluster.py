"""Workers of a Dask cluster (`distributed`, the extra "dask"): the same work, by way of the client's own executor.

They may stand anywhere, so they hand back bytes, and this side stores them. Each needs this version of the program, and
the content folder under the same path; a worker with other content refuses to work. The equipment goes to the workers
that are there and to those that come later, as a plugin of theirs.
"""

from __future__ import annotations

import pickle
import secrets
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from distributed import Client, Worker, WorkerPlugin

from generator import __version__
from generator.batch.crew import Crew
from generator.batch.worker import Equipment, Made, Order, bench_of, start, stop
from generator.errors import ContentError, UsageError
from generator.load.digest import content_hash

SECONDS_TO_CONNECT = 10


class Equip(WorkerPlugin):
    """Gives a worker its equipment, and takes it away when the run is over."""

    def __init__(self, key: str, equipment: bytes) -> None:
        self.name = f"handouts-{key}"
        self._key = key
        self._equipment = equipment

    def setup(self, worker: Worker) -> None:
        start(self._key, self._equipment)

    def teardown(self, worker: Worker) -> None:
        stop(self._key)


def cluster_crew(equipment: Equipment, address: str) -> Crew:
    """The workers of the cluster whose scheduler has this address. Raises UsageError if none answers."""
    key = secrets.token_hex(8)
    bare = replace(equipment, shop=equipment.shop.bare(), folder=None)
    try:
        client: Any = Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as problem:
        hint = "Start one, or check the address after --dask."
        raise UsageError("No Dask scheduler answers at this address.", hint=hint) from problem
    plugin = Equip(key, pickle.dumps(bare))
    client.register_plugin(plugin)

    def hire(_workers: int) -> Executor:
        executor: Executor = client.get_executor(pure=False)
        return executor

    def let_go() -> None:
        client.unregister_worker_plugin(plugin.name)
        client.close()

    workers = max(1, len(client.scheduler_info()["workers"]))
    return Crew(hire, partial(work_with, key, __version__, equipment.shop.content_hash), workers, let_go)


def work_with(key: str, version: str, content: str, orders: Sequence[Order]) -> list[Made]:
    """What became of the orders. Raises ContentError if program or content are not those of the run."""
    bench = bench_of(key)
    if version != __version__ or content != _content_of(str(bench.root)):
        raise ContentError(
            "A worker of the cluster has another content folder, or another version of the program.",
            hint="Give all workers the same, under the same path.",
        )
    return bench.work(orders)


def _content_of(root: str) -> str:
    """Hash of a worker's own content, worked out at its first order."""
    if root not in _contents:
        _contents[root] = content_hash(Path(root))
    return _contents[root]


_contents: dict[str, str] = {}
