"""Texts that are corrected in the app: what the check says of the new text, and saving it in its file."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from termcheck.atomic_file import write_atomically
from termcheck.corpus.reading import read_bytes, segment_or_problem
from termcheck.corpus.writing import editable, edited, encoded, write_edit
from termcheck.errors import EditError
from termcheck.exchange.corrections import import_corrections
from termcheck.exchange.errors import ExchangeError
from termcheck.exchange.worklist_formats import read_corrections
from termcheck.inputs import read_set
from termcheck.progress import NoProgress
from termcheck.review.refused import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from termcheck.config import Config
    from termcheck.corpus.target import Target
    from termcheck.exchange.corrections import Imported
    from termcheck.model import Cell, Document, Finding, RunResult, Segment
    from termcheck.pipeline import Checker

LONGEST = 200_000
"""Characters of a text that is saved."""

_MOST_UNDONE = 100

# Documents beyond which checking everything is faster.
_MOST_ONE_BY_ONE = 5


class Effect(NamedTuple):
    """What a new text does to the findings: those that are ``gone``, ``still`` there, and ``new``."""

    gone: tuple[Finding, ...]
    still: tuple[Finding, ...]
    new: tuple[Finding, ...]


class Corrections:
    """Works on one cell at a time: the texts that a version has in a row, mostly one."""

    def __init__(self, checker: Checker, target: Target, config: Config) -> None:
        self._checker = checker
        self._target = target
        self._config = config
        self._undo: dict[int, tuple[str, Document, Document]] = {}
        self._count = 0

    def texts(self, cell: Cell) -> list[str]:
        """What there is to edit of a cell. Raises ``RefusedError`` where nothing can be saved."""
        found = []
        for segment in cell.segments:
            try:
                text = editable(segment)
            except EditError as error:
                raise RefusedError(409, _plain(error), error.hint) from None
            if text is None:
                raise RefusedError(
                    422, "This text cannot be corrected here.", "Change it in its file, or in its source."
                )
            found.append(text)
        return found

    def check(self, key: str, cell: Cell, texts: Sequence[str]) -> RunResult:
        """What a check would find if the cell of the document ``key`` had these texts."""
        after = self._apply(cell, texts, save=False)
        document = self._checker.document(key).document
        changed = read_set(self._target, document, self._config, {after.path: encoded(after)})
        return self._checker.check_again(changed, keep=False, edited=True)

    def save(self, key: str, cell: Cell, texts: Sequence[str]) -> tuple[int, RunResult]:
        """Save the texts in the file, and return a number to undo that by and what a check finds now.

        Raises ``RefusedError`` when the file is not what was checked any more.
        """
        document = cell.segments[0].document
        if not self._is_saved(document):
            message = "The file was changed by another program meanwhile, so nothing was saved."
            raise RefusedError(409, message, "Read it again; what you typed stays here.")
        after = self._apply(cell, texts, save=True)
        self._count += 1
        self._undo[self._count] = (key, document, after)
        self._undo.pop(self._count - _MOST_UNDONE, None)
        return self._count, self.read_again(key, edited=True)

    def undo(self, number: int) -> RunResult:
        """Make the file what it was before a text was saved. Raises ``RefusedError`` when it was changed since."""
        if number not in self._undo:
            raise RefusedError(409, "This was taken back already.")
        key, before, after = self._undo[number]
        if not self._is_saved(after):
            raise RefusedError(409, "The file was changed since, so the correction was not taken back.")
        write_atomically(self._target.base / before.path, ("\ufeff" if before.bom else "") + before.text)
        del self._undo[number]
        return self.read_again(key, edited=True)

    def _is_saved(self, document: Document) -> bool:
        """Whether the file is what this document was read from."""
        content = encoded(document)
        return read_bytes(self._target.base, document.path, len(content)) == content

    def bring_in(self, raw: bytes) -> tuple[Imported, RunResult | None]:
        """Save what was corrected in a file of another tool, and what a check finds now; None when nothing was saved.

        Raises ``RefusedError`` for a file that cannot be read.
        """
        try:
            corrections = read_corrections(raw)
        except ExchangeError as error:
            raise RefusedError(422, error.message, error.hint) from None
        sets = [read_set(self._target, document, self._config) for document in self._checker.documents()]
        versions = {
            found[0].path: found
            for each in sets
            for lang, found in each.segments.items()
            if found and corrections.lang in ("", lang)
        }
        imported = import_corrections(corrections.items, versions, self._target.base)
        changed = [each for each in sets if any(path in imported.written for path in each.document.versions.values())]
        if len(changed) > _MOST_ONE_BY_ONE:
            return imported, self._checker.check(NoProgress())
        result = None
        for each in changed:
            result = self.read_again(each.document.key)
        return imported, result

    def read_again(self, key: str, *, edited: bool = False) -> RunResult:
        """Check a document as its files are now, which were only ``edited`` here."""
        document = self._checker.document(key).document
        return self._checker.check_again(read_set(self._target, document, self._config), keep=True, edited=edited)

    def _apply(self, cell: Cell, texts: Sequence[str], *, save: bool) -> Document:
        """The cell's document with the new texts; several are put in one after the other."""
        if len(texts) != len(cell.segments):
            raise RefusedError(409, "This row was changed meanwhile.")
        if sum(map(len, texts)) > LONGEST:
            raise RefusedError(422, f"The text is longer than {LONGEST:,} characters.", "Shorten it.")
        document = cell.segments[0].document
        try:
            for old, text in zip(cell.segments, texts, strict=True):
                segment = _same(old, document)
                if text != editable(segment):
                    document = write_edit(self._target.base, segment, text) if save else edited(segment, text)
        except EditError as error:
            raise RefusedError(422, _plain(error), error.hint) from None
        return document


def effect(before: Iterable[Finding], after: Iterable[Finding]) -> Effect:
    """What changed between two checks.

    A finding on a text that was changed is another one by its fingerprint; it is still there when its rule says the
    same of the same file.
    """
    old = {finding.fingerprint: finding for finding in before}
    new = {finding.fingerprint: finding for finding in after}
    left = Counter(_kind(finding) for name, finding in old.items() if name not in new)
    still, fresh = [], []
    for name, finding in new.items():
        if name in old:
            continue
        if left[_kind(finding)] > 0:
            left[_kind(finding)] -= 1
            still.append(finding)
        else:
            fresh.append(finding)
    gone = []
    for name, finding in old.items():
        if name not in new and left[_kind(finding)] > 0:
            left[_kind(finding)] -= 1
            gone.append(finding)
    return Effect(tuple(gone), tuple(still), tuple(fresh))


def _plain(error: EditError) -> str:
    """The message without the place, which the page shows already."""
    return re.sub(r"^.+?:\d+:\d+: ", "", error.message, count=1)


def _kind(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.location.path, finding.lang, finding.concepts


def _same(segment: Segment, document: Document) -> Segment:
    """The segment in a later state of its document, in which only the texts before it changed."""
    if document is segment.document:
        return segment
    found = segment_or_problem(document)
    if not isinstance(found, tuple) or segment.index >= len(found):
        raise EditError(f"{document.path}: this text is not in the document any more", "read the document again")
    return found[segment.index]
