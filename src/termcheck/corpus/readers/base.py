"""What every reader of a format offers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termcheck.corpus.segmentation import Draft
    from termcheck.model import Span

ParagraphMode = Literal["auto", "line", "blank-line"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Settings of the readers. ``text_paragraphs``: what a paragraph is in plain text."""

    text_paragraphs: ParagraphMode = "auto"


class Reader(ABC):
    """Knows one format: a new format is a module with a subclass and an entry in the registry.

    ``name`` is the format's name, a single word; ``suffixes`` are lower-case file name endings with their dot.
    """

    name: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]

    def format(self, text: str, options: ReadOptions) -> str:  # noqa: ARG002
        """The format of a file as `Document.format` says it: the name, then details that `drafts` needs."""
        return self.name

    @abstractmethod
    def drafts(self, text: str, format: str) -> Iterable[Draft]:  # noqa: A002
        """The segments of a file, in any order; ``format`` is what `format` answered for it."""

    def comments(self, text: str) -> Iterable[tuple[Span, str]]:  # noqa: ARG002
        """The place and the content of every comment in a file, in file order; none in a format without comments."""
        return ()
