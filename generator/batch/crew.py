"""Workers behind the standard `Executor` interface: chunks of orders go in, what was made comes out, whoever dies.

When a worker dies, nobody can say at whose plan, and some executors take all work in flight with it. So each order
that was lost is tried again while nothing else is in flight: whoever dies then, died at that order. The one at which a
worker dies twice more is given up; the rest go on.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait

from generator.batch.worker import Made, Order
from generator.errors import HandoutsError

Chunk = Sequence[Order]
Results = tuple[Chunk, list[Made]]

DEATHS = 2
"""So often a worker may die at one order alone before that order is given up."""


class Crew:
    """Runs orders on workers.

    hire: a new executor of so many workers. work: what they are handed with a chunk; it must pickle. let_go: called
    when there is no more work for anyone.
    """

    def __init__(
        self,
        hire: Callable[[int], Executor],
        work: Callable[[Chunk], list[Made]],
        workers: int,
        let_go: Callable[[], None] = lambda: None,
    ) -> None:
        self.workers = workers
        self._hire = hire
        self._work = work
        self._let_go = let_go
        self._executor: Executor | None = None

    def results(self, chunks: Iterable[Chunk]) -> Generator[Results, None, None]:
        """What was made of each chunk, in the order in which they are done.

        An error that the work itself raises (HandoutsError: the disk is full) comes out here and ends it.
        """
        queue = _Queue(chunks)
        waiting: dict[Future[list[Made]], Chunk] = {}
        try:
            while True:
                while len(waiting) < 2 * self.workers and (chunk := queue.next(len(waiting))) is not None:
                    waiting[self._submit(chunk)] = chunk
                if not waiting:
                    return
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    yield from self._result(future, waiting.pop(future), queue)
        finally:
            for future in waiting:
                future.cancel()
            if self._executor is not None:
                self._executor.shutdown(wait=True)
            self._let_go()

    def _submit(self, chunk: Chunk) -> Future[list[Made]]:
        """Hands a chunk to the workers, new ones if those that were there are gone."""
        if self._executor is None:
            self._executor = self._hire(self.workers)
        try:
            return self._executor.submit(self._work, chunk)
        except RuntimeError:  # what executors raise that are broken or shut down
            self._executor = self._hire(self.workers)
            return self._executor.submit(self._work, chunk)

    def _result(self, future: Future[list[Made]], chunk: Chunk, queue: _Queue) -> Iterator[Results]:
        """A chunk's result. Work raises nothing but HandoutsErrors, so anything else is the end of a worker."""
        try:
            made = future.result()
        except HandoutsError:
            raise
        except Exception:
            if queue.try_again(chunk):
                return
            made = [Made(order.number, "failed", errors=(_given_up(order),)) for order in chunk]
        yield chunk, made


class _Queue:
    """Chunks to be done: first those that a dead worker left."""

    def __init__(self, chunks: Iterable[Chunk]) -> None:
        self._chunks = iter(chunks)
        self._again: deque[Chunk] = deque()
        self._alone = False
        self._deaths: Counter[int] = Counter()

    def next(self, in_flight: int) -> Chunk | None:
        """The next chunk, None if there is none now: an order that is tried again waits until nothing is in flight,
        and everything else waits for it.
        """
        if in_flight and (self._again or self._alone):
            return None
        self._alone = bool(self._again)
        return self._again.popleft() if self._again else next(self._chunks, None)

    def try_again(self, chunk: Chunk) -> bool:
        """Takes the orders of a chunk up again, each by itself. False for an order that was given its chances."""
        if len(chunk) == 1:
            self._deaths[chunk[0].number] += 1
            if self._deaths[chunk[0].number] > DEATHS - 1:
                return False
        self._again.extend((order,) for order in chunk)
        return True


def _given_up(order: Order) -> HandoutsError:
    return HandoutsError(
        "The program was ended each time it made this pack (by the system, or by a fault of its own).",
        hint="Make it alone with handouts build; if that ends too, report it.",
        place=order.plan.places.at(),
    )
