"""Work on document sets, shared among workers: who has which document, and what happens when a worker is lost.

Every worker has documents of its own for the whole run: it reads them, aligns them and looks at them, and remembers
them in between, so that only what is found out travels. The functions that it calls are the stages' own; what the
corpus shows as a whole (means, what is usual) is added up by the leader and sent to all. Results come in the order of
the tasks, so a report depends neither on the number of workers nor on which of them were lost on the way.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from termcheck.errors import TermcheckError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from termcheck.desk import CompactAlignment
    from termcheck.model import DocumentSet
    from termcheck.progress import Progress

_AHEAD = 8
"""Documents of a worker that wait for it, or for their turn."""

_ATTEMPTS = 3
"""Workers that may be lost over one task before the run gives up: the task is what ends them."""


class CrewError(TermcheckError):
    """Workers ended before their work was done, or cannot be reached."""


class WorkerLostError(Exception):
    """A worker ended, and with it all that it remembered."""


class Task(NamedTuple):
    """A call of a method of :class:`~termcheck.desk.Desk` for a document, and for ``others`` of the same worker."""

    key: str
    arguments: tuple[Any, ...] = ()
    others: tuple[str, ...] = ()


class Workers(Protocol):
    """Desks somewhere else, numbered from 0. Each does one thing after another, in the order in which it was asked."""

    @property
    def count(self) -> int:
        """How many there were at the start; the numbers of those that were lost are not used again."""

    @property
    def encode(self) -> bool:
        """Whether each of them has the model, so that the leader needs none."""

    def submit(self, worker: int, method: str, *arguments: Any) -> Any:
        """Ask a worker to call a method of its desk; returns what :meth:`result` wants."""

    def result(self, handle: Any) -> Any:
        """Wait for what the method returns, or raises.

        Raises ``WorkerLostError`` when the worker ended before, or ``CrewError`` where none can take its place.
        """

    def cancel(self, handle: Any) -> None:
        """What was asked for is not wanted any more."""

    def share(self, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        """The arguments in the form in which they are best sent to all."""

    def replace(self, worker: int) -> bool:
        """Put a new worker in the place of one that was lost; False when there is no room for one."""


@dataclass(slots=True)
class _Pending:
    """A task on its way: who has it, and how often that worker was lost over it."""

    task: Task
    worker: int
    handle: Any
    losses: int = 0


class Crew:
    """Workers, each with documents of its own."""

    def __init__(self, workers: Workers, keys: Sequence[str]) -> None:
        self._workers = workers
        self._present = list(range(workers.count))
        self._place = {key: number % workers.count for number, key in enumerate(keys)}
        # What a worker has to be told in the place of one that was lost.
        self._told: dict[str, tuple[Any, ...]] = {}
        self._documents: dict[str, DocumentSet] = {}
        self._tables: dict[str, CompactAlignment] = {}
        self._known: list[set[str]] = [set() for _ in self._present]

    @property
    def encodes(self) -> bool:
        """Whether every worker has the model, so that the leader needs none."""
        return self._workers.encode

    def share(self, sizes: Mapping[str, int], size: int) -> list[list[str]]:
        """The documents in parts of at least ``size`` together, as far as there are so many; a part is one worker's.

        The parts of different workers take turns.
        """
        parts: list[list[list[str]]] = [[] for _ in self._known]
        filled = [size] * len(self._known)
        for key, count in sizes.items():
            worker = self._place[key]
            if filled[worker] >= size:
                parts[worker].append([])
                filled[worker] = 0
            parts[worker][-1].append(key)
            filled[worker] += count
        return [part for turn in zip_longest(*parts) for part in turn if part is not None]

    def call(self, method: str, tasks: Iterable[Task], progress: Progress | None = None) -> Iterator[Any]:
        """The results of ``method`` for the documents of ``tasks``, in their order; ``progress`` hears of each.

        Only so many tasks as keep the workers busy are taken ahead: their arguments may be large.
        """
        waiting: deque[_Pending] = deque()
        try:
            for task in tasks:
                waiting.append(self._submit(method, task))
                if len(waiting) > _AHEAD * len(self._present):
                    yield self._next(method, waiting, progress)
            while waiting:
                yield self._next(method, waiting, progress)
        finally:
            for pending in waiting:
                self._workers.cancel(pending.handle)

    def tell(self, method: str, *arguments: Any) -> None:
        """Call ``method`` at every desk."""
        self._told[method] = self._workers.share(arguments)
        for worker in list(self._present):
            try:
                self._workers.result(self._workers.submit(worker, method, *self._told[method]))
            except WorkerLostError:
                self._make_up_for(worker)

    def _submit(self, method: str, task: Task) -> _Pending:
        worker = self._place[task.key]
        for key in (task.key, *task.others):
            if method == "read":
                (self._documents[key],) = task.arguments
            elif key not in self._known[worker]:
                # Whatever goes wrong with this call shows in the one after it.
                self._workers.submit(worker, "take_over", key, self._documents[key], self._tables.get(key))
            self._known[worker].add(key)
        return _Pending(task, worker, self._workers.submit(worker, method, task.key, *task.others, *task.arguments))

    def _next(self, method: str, waiting: deque[_Pending], progress: Progress | None) -> Any:
        first = waiting[0]
        while True:
            try:
                found = self._workers.result(first.handle)
            except WorkerLostError:
                first.losses += 1
                if first.losses == _ATTEMPTS:
                    raise CrewError(
                        f"{_ATTEMPTS} workers ended over the document {first.task.key}",
                        "there may be too little memory for it",
                    ) from None
                lost = first.worker
                self._make_up_for(lost)
                for pending in waiting:
                    if pending.worker == lost:
                        again = self._submit(method, pending.task)
                        pending.worker, pending.handle = again.worker, again.handle
            else:
                break
        waiting.popleft()
        if method == "align":
            self._tables[first.task.key] = found
        if progress is not None:
            progress.advance()
        return found

    def _make_up_for(self, lost: int) -> None:
        """Find a new worker for what a lost one had, or share that among the others."""
        self._known[lost].clear()
        if self._workers.replace(lost):
            for method, arguments in self._told.items():
                self._workers.submit(lost, method, *arguments)
            return
        self._present.remove(lost)
        if not self._present:
            raise CrewError("all workers ended before their work was done", "there may be too little memory")
        orphaned = [key for key, worker in self._place.items() if worker == lost]
        for number, key in enumerate(orphaned):
            self._place[key] = self._present[number % len(self._present)]
