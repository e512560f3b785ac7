"""Several processes that share the work on document sets; the model stays in the one that leads them.

Every worker has documents of its own for the whole run: it reads them, aligns them and looks at them, and remembers
them in between, so that only what is found out travels. The functions that it calls are the stages' own; what the
corpus shows as a whole (means, what is usual) is added up by the leader and sent to all. Results come in the order of
the documents, so a report does not depend on the number of workers.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.reduction import ForkingPickler
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from termcheck.desk import Desk, Station
from termcheck.errors import TermcheckError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from termcheck.progress import Progress

_AHEAD = 8
"""Documents of a worker that wait for it, or for their turn."""

_desk: Desk | None = None
"""A worker's documents."""


class CrewError(TermcheckError):
    """A worker ended before its work was done."""


class Task(NamedTuple):
    """A call of a method of :class:`~termcheck.desk.Desk` for a document."""

    key: str
    arguments: tuple[Any, ...] = ()


class Crew:
    """Processes with a desk each. Use :func:`hire`."""

    def __init__(self, pools: Sequence[ProcessPoolExecutor], keys: Sequence[str]) -> None:
        self._pools = pools
        self._place = {key: number % len(pools) for number, key in enumerate(keys)}

    def call(self, method: str, tasks: Iterable[Task], progress: Progress | None = None) -> Iterator[Any]:
        """The results of ``method`` for the documents of ``tasks``, in their order; ``progress`` hears of each.

        Only so many tasks as keep the workers busy are taken ahead: their arguments may be large.
        """
        waiting: deque[Future[Any]] = deque()
        try:
            for task in tasks:
                pool = self._pools[self._place[task.key]]
                waiting.append(pool.submit(_work, method, task.key, *task.arguments))
                if len(waiting) > _AHEAD * len(self._pools):
                    yield self._result(waiting.popleft(), progress)
            while waiting:
                yield self._result(waiting.popleft(), progress)
        finally:
            for future in waiting:
                future.cancel()

    @staticmethod
    def _result(future: Future[Any], progress: Progress | None = None) -> Any:
        try:
            found = future.result()
        except BrokenProcessPool:
            raise CrewError(
                "a worker process ended before its work was done", "there may be too little memory; try fewer --jobs"
            ) from None
        if progress is not None:
            progress.advance()
        return found

    def tell(self, method: str, *arguments: Any) -> None:
        """Call ``method`` at every desk."""
        for future in [pool.submit(_tell, method, *arguments) for pool in self._pools]:
            self._result(future)


@contextmanager
def hire(jobs: int, station: Station, keys: Sequence[str]) -> Iterator[Crew]:
    """``jobs`` workers, at most one for a document; they end with the block."""
    # Processes are started anew: forking one with threads, as numerical libraries start them, may hang.
    context = multiprocessing.get_context("spawn")
    count = max(1, min(jobs, len(keys)))
    ForkingPickler.register(MappingProxyType, _plain)
    pools = [ProcessPoolExecutor(1, context, initializer=_begin, initargs=(station,)) for _ in range(count)]
    try:
        yield Crew(pools, keys)
    finally:
        for pool in pools:
            pool.shutdown(wait=True, cancel_futures=True)


def _plain(proxy: MappingProxyType[Any, Any]) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    """How a read-only mapping, which no pickler knows, is sent."""
    return _read_only, (dict(proxy),)


def _read_only(items: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(items)


def _begin(station: Station) -> None:
    global _desk
    # An interrupt is the leader's business: it ends the workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ForkingPickler.register(MappingProxyType, _plain)
    _desk = Desk(station)


def _work(method: str, key: str, *arguments: Any) -> Any:
    return getattr(_desk, method)(key, *arguments)


def _tell(method: str, *arguments: Any) -> None:
    getattr(_desk, method)(*arguments)
