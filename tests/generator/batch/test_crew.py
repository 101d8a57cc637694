"""A worker that dies takes nobody with it: its orders are tried again, and only the one that kills is given up."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from generator.batch.crew import DEATHS, Crew
from generator.batch.processes import Processes, WorkerDied
from generator.batch.run import Settings, run_batch
from generator.batch.worker import Made, Order
from generator.deliver.disk import StorageError
from tests.generator.batch.patients import KEY, kept_shop, patient, quick_roster

ORDERS = [Order(number, patient(number), "K7Q2-M9TX4R") for number in range(12)]
CHUNKS = [ORDERS[start : start + 3] for start in range(0, 12, 3)]


def own(workers: int) -> Executor:
    return Processes(workers, int, (), preload=__name__)


def standard(workers: int) -> Executor:
    return ProcessPoolExecutor(workers, multiprocessing.get_context("forkserver"))


def deadly(folder: str, times: int, orders: Sequence[Order]) -> list[Made]:
    """Ends its process at order 4, so many times."""
    for order in orders:
        if order.number == 4:
            deaths = len(os.listdir(folder))
            if deaths < times:
                Path(folder, str(deaths)).touch()
                os.kill(os.getpid(), signal.SIGKILL)
    return [Made(order.number, "done") for order in orders]


@pytest.mark.skipif(os.name != "posix", reason="kills need POSIX")
@pytest.mark.parametrize(("times", "state"), [(1, "done"), (1 + DEATHS, "failed")])
@pytest.mark.parametrize("hire", [own, standard])
def test_only_the_order_that_kills_is_given_up(
    tmp_path: Path, hire: Callable[[int], Executor], times: int, state: str
) -> None:
    crew = Crew(hire, partial(deadly, str(tmp_path), times), 2)
    made = {one.number: one for _, some in crew.results(CHUNKS) for one in some}
    assert [made[number].state for number in range(12)] == ["done"] * 4 + [state] + ["done"] * 7
    assert len(list(tmp_path.iterdir())) == times
    if state == "failed":
        assert "roster.jsonl" in str(made[4].errors[0])


class Watched(ThreadPoolExecutor):
    """Notes how many orders were in flight when one was tried by itself, and when anything followed one."""

    def __init__(self, workers: int) -> None:
        super().__init__(workers)
        self.sent: list[tuple[int, Future[list[Made]]]] = []
        self.company: list[int] = []

    def submit(self, work: Callable[..., list[Made]], /, *given: Sequence[Order]) -> Future[list[Made]]:  # type: ignore[override]
        in_flight = [size for size, future in self.sent if not future.done()]
        if len(given[0]) == 1 or 1 in in_flight:
            self.company.append(len(in_flight))
        self.sent.append((len(given[0]), super().submit(work, *given)))
        return self.sent[-1][1]


def lost(orders: Sequence[Order]) -> list[Made]:
    """Loses the first chunks, as a pool does that breaks with all its work."""
    time.sleep(0.01)
    if len(orders) > 1 and orders[0].number < 6:
        raise WorkerDied("gone")
    return [Made(order.number, "done") for order in orders]


def test_what_was_lost_is_tried_again_with_nothing_else_in_flight() -> None:
    hired: list[Watched] = []

    def hire(workers: int) -> Executor:
        hired.append(Watched(workers))
        return hired[-1]

    made = [one.number for _, some in Crew(hire, lost, 2).results(CHUNKS) for one in some]
    assert sorted(made) == list(range(12))
    assert hired[0].company == [0] * 6


def asleep() -> None:
    time.sleep(60)


def test_a_worker_that_hangs_is_ended_and_the_next_job_has_a_new_one() -> None:
    with Processes(1, int, (), preload=__name__, patience=0.5) as hired:
        with pytest.raises(WorkerDied):
            hired.submit(asleep).result(30)
        assert hired.submit(max, 1, 2).result(30) == 2
        with pytest.raises(ZeroDivisionError):
            hired.submit(divmod, 1, 0).result(30)


def full(orders: Sequence[Order]) -> list[Made]:
    raise StorageError("The disk is full.")


def test_what_the_work_itself_says_ends_the_run() -> None:
    ended = []
    crew = Crew(lambda workers: ThreadPoolExecutor(workers), full, 1, lambda: ended.append(True))
    with pytest.raises(StorageError):
        list(crew.results(CHUNKS))
    assert ended


@pytest.mark.skipif(os.name != "posix", reason="kills need POSIX")
def test_a_real_worker_is_killed_and_the_batch_finishes(tmp_path: Path) -> None:
    patients = quick_roster(8)
    killed: list[int] = []

    def kill_one() -> None:
        until = time.monotonic() + 60
        while not killed and time.monotonic() < until:
            for child in multiprocessing.active_children():
                if child.pid and list(tmp_path.glob(".handouts-*.tmp")):
                    os.kill(child.pid, signal.SIGKILL)
                    killed.append(child.pid)
                    return
            time.sleep(0.005)

    killer = threading.Thread(target=kill_one)
    killer.start()
    report = run_batch(kept_shop(), patients, Settings(out=tmp_path, inserts=tmp_path, key=KEY, workers=2))
    killer.join()
    assert killed
    assert report.counts == {"done": 8}
    assert not list(tmp_path.glob(".handouts-*.tmp"))
