"""The same work on a real Dask cluster of several workers, one of which is killed."""

from __future__ import annotations

import os
import signal
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from generator.batch.run import Settings, run_batch
from generator.errors import UsageError
from tests.generator.batch.patients import KEY, kept_shop, quick_roster
from tests.generator.deliver.test_delivery import contents

distributed = pytest.importorskip("distributed")

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="kills need POSIX"),
    pytest.mark.filterwarnings("ignore"),  # of distributed and its event loops
]


@contextmanager
def cluster(folder: Path) -> Iterator[Any]:
    with (
        warnings.catch_warnings(),
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            dashboard_address=None,
            local_directory=str(folder),
            silence_logs=50,
            processes=True,
        ) as running,
    ):
        yield running


def test_a_cluster_makes_the_same_packs_although_a_worker_is_killed(tmp_path: Path) -> None:
    patients = quick_roster(6)
    run_batch(kept_shop(), patients, Settings(out=tmp_path / "here", inserts=tmp_path, key=KEY, workers=1))
    killed: list[int] = []

    def kill_one(pids: list[int], folder: Path) -> None:
        until = time.monotonic() + 90
        while time.monotonic() < until and not killed:
            if list(folder.glob("????-??????.pdf")):
                os.kill(pids[0], signal.SIGKILL)
                killed.append(pids[0])
            time.sleep(0.01)

    with cluster(tmp_path / "dask") as running:
        pids = [worker.pid for worker in running.workers.values()]
        killer = threading.Thread(target=kill_one, args=(pids, tmp_path / "there"))
        killer.start()
        settings = Settings(out=tmp_path / "there", inserts=tmp_path, key=KEY, dask=running.scheduler_address)
        report = run_batch(kept_shop(), patients, settings)
        killer.join()
    assert killed
    assert report.counts == {"done": 6}
    assert contents(tmp_path / "here") == contents(tmp_path / "there")


def test_an_address_where_nobody_answers(tmp_path: Path) -> None:
    settings = Settings(out=tmp_path, inserts=tmp_path, key=KEY, dask="nonsense")
    report = run_batch(kept_shop(), quick_roster(1), settings)
    assert isinstance(report.stopped, UsageError)
    assert report.counts == {"not tried": 1}
