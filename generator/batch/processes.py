"""An executor whose workers share nothing: each process has a pipe of its own, and a thread here that waits for it.

The standard library's process pool shares one queue among its workers. One that is killed breaks the whole pool, and
may leave it waiting for ever for a lock that the dead one held, or for a pipe that nobody empties. Here a death, or a
worker that says nothing for too long, fails the one job that it had; the next job gets a new process.
"""

from __future__ import annotations

import multiprocessing
import queue
import sys
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, Final, ParamSpec, TypeVar

if sys.platform != "win32":
    from multiprocessing import forkserver

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

PATIENCE: Final = 900.0
"""Seconds that one job may take. A chunk of packs takes a second; reading foreign files may take some 20 s each."""


class WorkerDied(BrokenExecutor):
    """The process that had this job ended, or said nothing for too long."""


@dataclass(slots=True)
class _Job:
    future: Future[Any]
    call: tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class Processes(Executor):
    """So many processes. initializer: what each calls first, with initargs."""

    def __init__(
        self,
        workers: int,
        initializer: Callable[..., None],
        initargs: tuple[Any, ...],
        *,
        preload: str = __name__,
        patience: float = PATIENCE,
    ) -> None:
        context = _context(preload)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self._threads = [
            threading.Thread(
                target=_Post(context, initializer, initargs, self._jobs, patience).serve,
                name=f"worker {number}",
                daemon=True,
            )
            for number in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    def submit(
        self, fn: Callable[Arguments, Result], /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Future[Result]:
        if self._closed:
            raise RuntimeError("no more jobs after shutdown")
        future: Future[Result] = Future()
        self._jobs.put(_Job(future, (fn, args, kwargs)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if cancel_futures:
            with suppress(queue.Empty):
                while job := self._jobs.get_nowait():
                    job.future.cancel()
        if not self._closed:
            self._closed = True
            for _ in self._threads:
                self._jobs.put(None)
        if wait:
            for thread in self._threads:
                thread.join()


def _context(preload: str) -> BaseContext:
    """How processes start: from a server that has loaded one module, so that none inherits a lock or a thread."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([preload])
    return context


def get_ready(preload: str) -> None:
    """Starts the server that processes come from, where there is one: it loads the module meanwhile."""
    _context(preload)
    if sys.platform != "win32":
        forkserver.ensure_running()


@dataclass(slots=True)
class _Post:
    """One worker's place, in a thread of the parent."""

    context: BaseContext
    initializer: Callable[..., None]
    initargs: tuple[Any, ...]
    jobs: queue.SimpleQueue[_Job | None]
    patience: float
    _process: BaseProcess | None = None
    _pipe: Connection | None = field(default=None)

    def serve(self) -> None:
        """Does jobs until there are no more."""
        while (job := self.jobs.get()) is not None:
            if job.future.set_running_or_notify_cancel():
                self._do(job)
        self._end()

    def _do(self, job: _Job) -> None:
        try:
            pipe = self._ready()
            pipe.send(job.call)
            if not pipe.poll(self.patience):
                raise TimeoutError
            good, value = pipe.recv()
        except (EOFError, OSError) as problem:
            self._end(kill=True)
            job.future.set_exception(WorkerDied(type(problem).__name__))
        except BaseException as error:  # what was sent does not pickle
            self._end(kill=True)
            job.future.set_exception(error)
        else:
            job.future.set_result(value) if good else job.future.set_exception(value)

    def _ready(self) -> Connection:
        """The pipe to a process that lives."""
        if self._process is None or self._pipe is None or not self._process.is_alive():
            self._end(kill=True)
            ours, theirs = self.context.Pipe()
            process = self.context.Process(  # type: ignore[attr-defined]
                target=_work, args=(theirs, self.initializer, self.initargs), daemon=True
            )
            process.start()
            theirs.close()
            self._process, self._pipe = process, ours
        assert self._pipe is not None
        return self._pipe

    def _end(self, *, kill: bool = False) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            if kill:
                self._process.kill()
            self._process.join(5)
            if self._process.is_alive():
                self._process.kill()
        self._process = self._pipe = None


def _work(pipe: Connection, initializer: Callable[..., None], initargs: tuple[Any, ...]) -> None:
    """The life of a worker: it ends when the parent closes the pipe, or dies."""
    initializer(*initargs)
    with suppress(EOFError, OSError):
        while True:
            function, arguments, named = pipe.recv()
            try:
                answer = (True, function(*arguments, **named))
            except Exception as error:
                answer = (False, error)
            pipe.send(answer)
