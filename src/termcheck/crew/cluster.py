"""Workers on a Ray cluster, or on this machine by way of Ray: actors with a desk and a model each.

Nothing here keeps what a worker finds out: when one is lost, the crew tells another what it needs to go on.
"""

from __future__ import annotations

import math
import os
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from termcheck.config import OriginKind, default_cache_folder
from termcheck.crew.processes import send_read_only_mappings
from termcheck.crew.work import Crew, CrewError, WorkerLostError
from termcheck.desk import Desk
from termcheck.embedding.threads import multiply_with_one_thread
from termcheck.quiet import code_digest
from termcheck.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termcheck.desk import Station
    from termcheck.progress import Progress

ADDRESS_VARIABLE = "RAY_ADDRESS"
"""The environment variable of Ray that names the cluster."""

_LOCAL = "local"
_READY_S = 120.0
"""Seconds that the first workers may take to start; the run goes on with those that are there then."""

_REPLACED_S = 20.0
"""Seconds that a worker may take to start in the place of one that was lost, before the others share its documents."""

_OBJECTS = 2**28
"""Bytes of a Ray of this machine alone for objects on their way; beyond that, they go to the disk."""


class Cluster(NamedTuple):
    """Where the workers are: ``address`` as Ray knows it, or empty for ``RAY_ADDRESS``, else this machine alone.

    ``jobs`` is how many workers there are at most; 0 for one on every core, or GPU where the model runs on these.
    """

    address: str = ""
    jobs: int = 0


class _Worker:
    """What runs in an actor."""

    def __init__(self, station: Station) -> None:
        send_read_only_mappings()
        multiply_with_one_thread()
        self._desk = Desk(_at_home(station))

    def ready(self) -> str:
        """Which termcheck this worker runs, once it can work."""
        return code_digest()

    def work(self, method: str, *arguments: Any) -> Any:
        return getattr(self._desk, method)(*arguments)


def _at_home(station: Station) -> Station:
    """With the cache folder of this machine and user, unless one was named."""
    config = station.config
    origin = config.origins.get("cache")
    if origin is None or origin.kind is not OriginKind.DEFAULT:
        return station
    return station._replace(config=replace(config, cache=default_cache_folder()))


class RayWorkers:
    """Actors. Use :func:`hire`."""

    encode = True

    def __init__(self, ray: Any, station: Station, count: int, resources: dict[str, float]) -> None:
        self._ray = ray
        self._kind = ray.remote(**resources, max_restarts=0, scheduling_strategy="SPREAD")(_Worker)
        self._station = ray.put(station)
        actors = [self._kind.remote(self._station) for _ in range(count)]
        self._actors = self._ready(actors, _READY_S)
        if not self._actors:
            raise CrewError(
                f"no worker could be started on the Ray cluster within {_READY_S:.0f} s",
                "each takes one core, and one GPU or a part of it with --device cuda: ray status shows what is free",
            )
        self.count = len(self._actors)

    def submit(self, worker: int, method: str, *arguments: Any) -> Any:
        return self._actors[worker].work.remote(method, *arguments)

    def result(self, handle: Any) -> Any:
        errors = self._ray.exceptions
        try:
            return self._ray.get(handle)
        except errors.RayTaskError as error:
            raise error.cause from None
        except (errors.RayActorError, errors.ObjectLostError) as error:
            raise WorkerLostError from error

    def cancel(self, handle: Any) -> None:
        with suppress(Exception):
            self._ray.cancel(handle)

    def share(self, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        """Once into the object store, from which every machine takes it once."""
        return tuple(self._ray.put(argument) for argument in arguments)

    def replace(self, worker: int) -> bool:
        self._end(self._actors[worker])
        found = self._ready([self._kind.remote(self._station)], _REPLACED_S)
        if found:
            self._actors[worker] = found[0]
        return bool(found)

    def dismiss(self) -> None:
        """End all workers, whatever they do."""
        for actor in self._actors:
            self._end(actor)

    def _ready(self, actors: list[Any], timeout: float) -> list[Any]:
        """Those of the actors that can work before the time is over; the others are ended."""
        asked = {actor.ready.remote(): actor for actor in actors}
        done, _ = self._ray.wait(list(asked), num_returns=len(asked), timeout=timeout)
        found = []
        for handle, actor in asked.items():
            if handle in done:
                with suppress(WorkerLostError):
                    self._check(self.result(handle))
                    found.append(actor)
                    continue
            self._end(actor)
        return found

    @staticmethod
    def _check(digest: str) -> None:
        if digest != code_digest():
            raise CrewError(
                "a worker runs another version of termcheck than this process",
                "install the same on all machines of the cluster",
            )

    def _end(self, actor: Any) -> None:
        with suppress(Exception):
            self._ray.kill(actor)


@contextmanager
def hire(cluster: Cluster, station: Station, keys: Sequence[str], progress: Progress) -> Iterator[Crew]:
    """Workers on the cluster, at most one for a document; they end with the block.

    Raises ``CrewError`` where Ray is not installed, no cluster answers, or no worker starts.
    """
    ray = _import_ray()
    send_read_only_mappings()
    joined = not ray.is_initialized()
    progress.stage("Starting Ray", 1)
    if joined:
        _join(ray, cluster)
    try:
        count, resources = _share_of(ray, cluster, station)
        workers = RayWorkers(ray, station, max(1, min(count, len(keys))), resources)
        nodes = sum(bool(node["Alive"]) for node in ray.nodes())
        progress.note("Engine", f"Ray, {counted(workers.count, 'worker')} on a cluster of {counted(nodes, 'machine')}")
        progress.advance()
        try:
            yield Crew(workers, keys)
        finally:
            workers.dismiss()
    finally:
        if joined:
            ray.shutdown()


def _import_ray() -> Any:
    # What is checked is nobody else's business.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
        import ray.exceptions
    except ImportError:
        raise CrewError("Ray is not installed", "pip install 'termcheck[ray]'") from None
    return ray


def _join(ray: Any, cluster: Cluster) -> None:
    address = cluster.address or os.environ.get(ADDRESS_VARIABLE) or _LOCAL
    options: dict[str, Any] = {}
    if address == _LOCAL:
        # Nobody else is to reach it.
        options = {"include_dashboard": False, "object_store_memory": _OBJECTS, "_node_ip_address": "127.0.0.1"}
        if cluster.jobs:
            options["num_cpus"] = cluster.jobs
    try:
        ray.init(address, log_to_driver=False, logging_level="ERROR", **options)
    except Exception as error:  # Ray has no kind of its own for a start that takes too long.
        reason = str(error).strip().splitlines()
        said = reason[0] if reason else type(error).__name__
        if address == _LOCAL:
            raise CrewError(
                f"Ray does not start on this machine: {said}", "it may be too busy; --jobs needs no Ray"
            ) from None
        raise CrewError(
            f"no Ray cluster answers at {address!r}: {said}",
            "--ray-address names one; without it, and without RAY_ADDRESS, Ray is started on this machine",
        ) from None


def _share_of(ray: Any, cluster: Cluster, station: Station) -> tuple[int, dict[str, float]]:
    """How many workers there are to be, and what each of them takes."""
    there = ray.cluster_resources()
    if not station.config.device.startswith("cuda"):
        return cluster.jobs or int(there.get("CPU", 1)), {"num_cpus": 1}
    units = int(there.get("GPU", 0))
    if not units:
        raise CrewError("the Ray cluster has no GPU", "leave out --device cuda")
    count = cluster.jobs or units
    # Several workers may share a GPU, but none has parts of two.
    return count, {"num_cpus": 1, "num_gpus": 1 / math.ceil(count / units)}
