"""How many processor cores this process may use."""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

_CGROUP = Path("/sys/fs/cgroup")
_MEMBERSHIP = Path("/proc/self/cgroup")
_TOPOLOGY = Path("/sys/devices/system/cpu")
_ASKED_FOR = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def inference_threads() -> int:
    """Threads for a model: what ``OMP_NUM_THREADS`` says, else the available cores, their hardware threads apart."""
    wanted = os.environ.get("OMP_NUM_THREADS", "").partition(",")[0].strip()
    if wanted.isdecimal() and int(wanted):
        return int(wanted)
    return min(available_cores(), physical_cores())


def multiply_with_one_thread() -> AbstractContextManager[object]:
    """From now on, numpy multiplies matrices with one thread, in all threads of this process; a model has its own.

    As a context, until its end. The products outside a model are so small that several threads do little but wait for
    each other, and the more, the busier the machine is. ``OPENBLAS_NUM_THREADS`` and ``MKL_NUM_THREADS`` prevail.
    """
    if any(os.environ.get(name) for name in _ASKED_FOR):
        return nullcontext()
    # Only libraries that are loaded can be told.
    import numpy as np  # noqa: F401
    from threadpoolctl import threadpool_limits

    limits: AbstractContextManager[object] = threadpool_limits(limits=1, user_api="blas")
    return limits


def physical_cores(topology: Path = _TOPOLOGY) -> int:
    """Cores of the affinity mask; hardware threads that share one count once, for they share its multipliers."""
    affinity = getattr(os, "sched_getaffinity", None)
    if affinity is None:
        return os.cpu_count() or 1
    cores = set()
    for number in affinity(0):
        try:
            path = topology / f"cpu{number}" / "topology" / "thread_siblings_list"
            cores.add(path.read_text(encoding="ascii").strip())
        except (OSError, ValueError):
            cores.add(f"alone {number}")
    return max(1, len(cores))


def available_cores(cgroup: Path = _CGROUP, membership: Path = _MEMBERSHIP) -> int:
    """Cores granted by the scheduler's affinity mask and the container's quota (cgroup v2 or v1), at least 1."""
    # os.sched_getaffinity does not exist on macOS and Windows.
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    quotas = [quota for folder in _groups(cgroup, membership) if (quota := _quota(folder)) is not None]
    return max(1, min([cores, *map(round, quotas)]))


def _groups(cgroup: Path, membership: Path) -> list[Path]:
    """Where limits on this process may stand: the root (a container's own, mostly), its group and those above it."""
    folders = [cgroup, cgroup / "cpu"]
    try:
        lines = membership.read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        lines = []
    for line in lines:
        _, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if controllers and "cpu" not in controllers.split(","):
            continue
        root = cgroup / "cpu" if controllers else cgroup
        parts = [part for part in path.split("/") if part not in ("", "..")]
        folders += [root.joinpath(*parts[:depth]) for depth in range(1, len(parts) + 1)]
    return folders


def _quota(folder: Path) -> float | None:
    """Cores that a group may use; None without a quota (``max``, -1, or no such files)."""
    try:
        if (folder / "cpu.max").is_file():
            quota, period = (folder / "cpu.max").read_text(encoding="ascii").split()
        else:
            quota = (folder / "cpu.cfs_quota_us").read_text(encoding="ascii")
            period = (folder / "cpu.cfs_period_us").read_text(encoding="ascii")
        cores = int(quota) / int(period)
    except (OSError, ValueError, ZeroDivisionError):
        return None
    return cores if cores > 0 else None
