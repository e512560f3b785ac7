"""What is known of many documents: of the first ones in memory, of the others in a temporary file without a name.

Every pass over a corpus takes its documents one after another, so only one of those in the file is in memory at a time.
"""

from __future__ import annotations

import logging
import pickle
import tempfile
import threading
from abc import abstractmethod
from array import array
from collections.abc import Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import IO, Self

log = logging.getLogger(__name__)

ROOM = 12_000
"""Segments whose documents stay in memory: what a corpus of that size needs, some 100 MB, is what a large one needs."""

_Item = TypeVar("_Item")


class _File:
    """Values by place. It has no name, and ends with the last shelf that uses it."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._places = array("Q")
        self._end = 0
        self._lock = threading.Lock()

    def __del__(self) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, item: object) -> int | None:
        """The number by which the value can be read; None when it cannot be written."""
        content = pickle.dumps(item, protocol=pickle.HIGHEST_PROTOCOL)
        with self._lock:
            try:
                if self._file is None:
                    self._file = tempfile.TemporaryFile(prefix="termcheck-")  # noqa: SIM115 - it outlives this call
                self._file.seek(self._end)
                self._file.write(content)
            except OSError as error:
                log.info("no room for a temporary file (%s): documents stay in memory", error)
                return None
            self._places.extend((self._end, len(content)))
            self._end += len(content)
            return len(self._places) // 2 - 1

    def read(self, number: int) -> object:
        with self._lock:
            if self._file is None:
                raise IndexError(number)
            self._file.seek(self._places[2 * number])
            content = self._file.read(self._places[2 * number + 1])
        # Nobody else can write to a file without a name.
        return pickle.loads(content)  # noqa: S301


class _ByPlace(Sequence[_Item]):
    """A sequence that only has to say what stands at one place."""

    @abstractmethod
    def _at(self, place: int) -> _Item:
        """The item at ``0 <= place < len(self)``."""

    @overload
    def __getitem__(self, index: int) -> _Item: ...

    @overload
    def __getitem__(self, index: slice) -> list[_Item]: ...

    def __getitem__(self, index: int | slice) -> _Item | list[_Item]:
        if isinstance(index, slice):
            return [self._at(each) for each in range(*index.indices(len(self)))]
        return self._at(range(len(self))[index])


class Shelf(_ByPlace[_Item]):
    """The items in order.

    ``size`` says how many segments an item holds; those that exceed ``room`` (``ROOM`` by default) go to the file, and
    are made anew whenever they are asked for.
    """

    def __init__(self, items: Iterable[_Item], size: Callable[[_Item], int], room: int | None = None) -> None:
        self._file = _File()
        self._kept: dict[int, _Item] = {}
        self._numbers = array("q")
        left = ROOM if room is None else room
        for index, item in enumerate(items):
            left -= size(item)
            number = None if left >= 0 else self._file.write(item)
            self._numbers.append(-1 if number is None else number)
            if number is None:
                self._kept[index] = item

    def __len__(self) -> int:
        return len(self._numbers)

    def _at(self, place: int) -> _Item:
        if place in self._kept:
            return self._kept[place]
        return self._file.read(self._numbers[place])  # type: ignore[return-value]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(mine == its for mine, its in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def replaced(self, index: int, item: _Item) -> Self:
        """The same items but one, which stays in memory."""
        found = copy(self)
        found._kept = {**self._kept, index: item}  # noqa: SLF001 - it is one of ours
        return found


class OnDemand(_ByPlace[_Item]):
    """Items that are made by their index, the last one being remembered."""

    def __init__(self, count: int, make: Callable[[int], _Item]) -> None:
        self._count = count
        self._make = make
        self._last: tuple[int, _Item] | None = None

    def __len__(self) -> int:
        return self._count

    def _at(self, place: int) -> _Item:
        last = self._last
        if last is None or last[0] != place:
            last = self._last = (place, self._make(place))
        return last[1]


class Keyed(Mapping[str, _Item]):
    """Items by the keys of their documents, ``keys`` being in the order of ``items``."""

    def __init__(self, keys: Iterable[str], items: Sequence[_Item]) -> None:
        self._items = items
        self._places = {key: place for place, key in enumerate(keys)}

    def __getitem__(self, key: str) -> _Item:
        return self._items[self._places[key]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
