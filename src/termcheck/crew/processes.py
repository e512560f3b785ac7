"""Workers that are processes of this machine, or this process itself."""

from __future__ import annotations

import copyreg
import multiprocessing
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from termcheck.crew.work import Crew, CrewError
from termcheck.desk import Desk, Station
from termcheck.embedding.threads import multiply_with_one_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

_desk: Desk | None = None
"""A worker's documents."""


class ProcessWorkers:
    """Processes with a desk each. Use :func:`hire`."""

    def __init__(self, pools: Sequence[ProcessPoolExecutor], *, encode: bool) -> None:
        self._pools = pools
        self.count = len(pools)
        self.encode = encode

    def submit(self, worker: int, method: str, *arguments: Any) -> Future[Any]:
        try:
            return self._pools[worker].submit(_work, method, *arguments)
        except BrokenProcessPool:
            raise _ended() from None

    def result(self, handle: Future[Any]) -> Any:
        try:
            return handle.result()
        except BrokenProcessPool:
            raise _ended() from None

    def cancel(self, handle: Future[Any]) -> None:
        handle.cancel()

    def share(self, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        return arguments

    def replace(self, worker: int) -> bool:  # noqa: ARG002
        """Never: on one machine, the next process would meet what ended this one."""
        return False


@contextmanager
def hire(jobs: int, station: Station, keys: Sequence[str]) -> Iterator[Crew]:
    """``jobs`` processes, at most one for a document; they end with the block."""
    # Processes are started anew: forking one with threads, as numerical libraries start them, may hang.
    context = multiprocessing.get_context("spawn")
    count = max(1, min(jobs, len(keys)))
    send_read_only_mappings()
    pools = [ProcessPoolExecutor(1, context, initializer=_begin, initargs=(station,)) for _ in range(count)]
    try:
        yield Crew(ProcessWorkers(pools, encode=station.encode), keys)
    finally:
        for pool in pools:
            pool.shutdown(wait=True, cancel_futures=True)


class _Here:
    """One worker: this process."""

    count = 1
    encode = True

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def submit(self, worker: int, method: str, *arguments: Any) -> Any:  # noqa: ARG002
        return getattr(self._desk, method)(*arguments)

    def result(self, handle: Any) -> Any:
        return handle

    def cancel(self, handle: Any) -> None:
        pass

    def share(self, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        return arguments

    def replace(self, worker: int) -> bool:  # noqa: ARG002
        return False


def alone(station: Station, keys: Sequence[str]) -> Crew:
    """This process as the only worker, for documents that are to be worked on one by one."""
    return Crew(_Here(Desk(station)), keys)


def send_read_only_mappings() -> None:
    """Say how a read-only mapping, which no pickler knows, is sent by this process."""
    copyreg.pickle(MappingProxyType, _plain)


def _plain(proxy: MappingProxyType[Any, Any]) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    return _read_only, (dict(proxy),)


def _read_only(items: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(items)


def _ended() -> CrewError:
    return CrewError(
        "a worker process ended before its work was done", "there may be too little memory; try fewer --jobs"
    )


def _begin(station: Station) -> None:
    global _desk
    # An interrupt is the leader's business: it ends the workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    send_read_only_mappings()
    multiply_with_one_thread()
    _desk = Desk(station)


def _work(method: str, *arguments: Any) -> Any:
    return getattr(_desk, method)(*arguments)
