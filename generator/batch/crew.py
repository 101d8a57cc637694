"""Workers behind the standard `Executor` interface: chunks of orders go in, what was made comes out, whoever dies.

A worker that is killed takes all of its pool's open work with it (`ProcessPoolExecutor` fails every job that is left),
and nobody says whose plan it was. So the open orders are suspects: each is tried again, one at a time and away from the
others. The one at which a worker dies twice more is given up; the rest go on with new workers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import islice

from generator.batch.worker import Made, Order
from generator.errors import HandoutsError

Chunk = Sequence[Order]
Results = tuple[Chunk, list[Made]]

DEATHS = 2
"""So often a worker may die at one order alone before that order is given up."""


class Crew:
    """Runs orders on workers.

    hire: a new executor of so many workers. work: what they are handed with a chunk; it must pickle.
    """

    def __init__(self, hire: Callable[[int], Executor], work: Callable[[Chunk], list[Made]], workers: int) -> None:
        self._hire = hire
        self._work = work
        self._workers = workers

    def results(self, chunks: Iterable[Chunk]) -> Iterator[Results]:
        """What was made of each chunk, in the order in which they are done.

        An error that the work itself raises (HandoutsError: the disk is full) comes out here and ends it.
        """
        left = iter(chunks)
        while True:
            suspects: list[Chunk] = []
            yield from self._together(left, suspects)
            if not suspects:
                return
            for chunk in suspects:
                yield from self._apart(chunk)

    def _together(self, chunks: Iterator[Chunk], suspects: list[Chunk]) -> Iterator[Results]:
        """Results until there are no more chunks or a worker has died; then the open chunks are put with `suspects`."""
        executor: Executor | None = None
        waiting: dict[Future[list[Made]], Chunk] = {}
        try:
            while not suspects:
                for chunk in islice(chunks, self._workers + 1 - len(waiting)):
                    executor = executor or self._hire(self._workers)
                    _submit(executor, self._work, chunk, waiting, suspects)
                if not waiting:
                    return
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    yield from _result(future, waiting.pop(future), suspects)
            for future, chunk in waiting.items():
                yield from _result(future, chunk, suspects)
        finally:
            if executor is not None:
                executor.shutdown(wait=True, cancel_futures=True)

    def _apart(self, chunk: Chunk) -> Iterator[Results]:
        """Results of a chunk whose worker died, each order by itself; one that kills its worker again is given up."""
        executor: Executor | None = None
        try:
            for order in chunk:
                for _ in range(DEATHS):
                    executor = executor or self._hire(1)
                    waiting: dict[Future[list[Made]], Chunk] = {}
                    died: list[Chunk] = []
                    _submit(executor, self._work, (order,), waiting, died)
                    for future in waiting:
                        yield from _result(future, (order,), died)
                    if not died:
                        break
                    executor.shutdown(wait=True, cancel_futures=True)
                    executor = None
                else:
                    yield (order,), [Made(order.number, "failed", errors=(_given_up(order),))]
        finally:
            if executor is not None:
                executor.shutdown(wait=True, cancel_futures=True)


def _submit(
    executor: Executor,
    work: Callable[[Chunk], list[Made]],
    chunk: Chunk,
    waiting: dict[Future[list[Made]], Chunk],
    suspects: list[Chunk],
) -> None:
    """Hands a chunk to a worker; one that finds the pool broken is put with the suspects."""
    try:
        waiting[executor.submit(work, chunk)] = chunk
    except HandoutsError:
        raise
    except Exception:
        suspects.append(chunk)


def _result(future: Future[list[Made]], chunk: Chunk, suspects: list[Chunk]) -> Iterator[Results]:
    """A chunk's result. Work raises nothing but HandoutsErrors, so anything else is the end of a worker."""
    try:
        made = future.result()
    except HandoutsError:
        raise
    except Exception:
        suspects.append(chunk)
        return
    yield chunk, made


def _given_up(order: Order) -> HandoutsError:
    return HandoutsError(
        "The program was ended each time it made this pack (by the system, or by a fault of its own).",
        hint="Make it alone with handouts build; if that ends too, report it.",
        place=order.plan.places.at(),
    )
