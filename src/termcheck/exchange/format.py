"""What a format of another tool is: how it is recognised, read and written, and what it can carry."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from termcheck.exchange.loss import Loss, Part
    from termcheck.glossary import Glossary


class Languages(NamedTuple):
    """The languages of a file that has room for two or does not name them: normalised tags, empty if not given."""

    source: str = ""
    target: str = ""


class Read(NamedTuple):
    """A glossary that was read (without a path and positions), and what of the file is not in it."""

    glossary: Glossary
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """A format by its ``name`` on the command line.

    ``suffixes`` are those of its files, with the dot, lower case. ``carries`` are the parts beside the preferred words
    that ``write`` can express; ``write`` is only given what they say (see :func:`termcheck.exchange.reduce.reduce`).
    With ``bilingual``, a file has one source and one target language. A line that begins with ``comment``, where that
    is not empty, is no entry. ``nearest`` gives for parts of speech that the format lacks the one to write instead.
    ``read`` raises ``ExchangeError``.
    """

    name: str
    title: str
    suffixes: Sequence[str]
    carries: Collection[Part]
    bilingual: bool
    read: Callable[[bytes, Languages], Read]
    write: Callable[[Glossary, Languages], str]
    comment: str = ""
    nearest: Mapping[str, str] = field(default_factory=dict)
