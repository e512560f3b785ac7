"""Writing corrected texts that came back from elsewhere into the files that they are from."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from termcheck.corpus.reading import segment
from termcheck.corpus.writing import editable_texts, write_edit
from termcheck.errors import EditError
from termcheck.exchange.worklist import text_digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from termcheck.exchange.worklist import Correction
    from termcheck.model import Segment

_ID = re.compile(r"s([0-9]{1,9})-([0-9a-f]{16})")


class Refused(NamedTuple):
    """A correction that was not written, and why."""

    correction: Correction
    reason: str


@dataclass(frozen=True, slots=True)
class Imported:
    """``written`` texts by file; how many were ``unchanged``; what was ``refused``, in the order given."""

    written: Mapping[str, int]
    unchanged: int
    refused: tuple[Refused, ...]


def import_corrections(
    corrections: Iterable[Correction], versions: Mapping[str, Sequence[Segment]], root: Path
) -> Imported:
    """Write each text that differs from what its file says.

    ``versions`` are the files of the language as they are now, by path: no other file is touched. A text that is no
    longer what was exported is refused; where other texts of the file changed, it is found by what it says.
    """
    written: Counter[str] = Counter()
    refused: list[Refused] = []
    unchanged = 0
    files: dict[str, _File] = {}
    given = list(corrections)
    asked = Counter((each.path, each.id) for each in given)
    for each in given:
        try:
            if each.path not in versions:
                raise EditError("no such file is checked in this language")
            if asked[each.path, each.id] > 1:
                raise EditError("the text is there twice, so that nobody knows which to take")
            if each.path not in files:
                files[each.path] = _File(versions[each.path])
            if files[each.path].correct(each, root):
                written[each.path] += 1
            else:
                unchanged += 1
        except EditError as error:
            reason = error.message.rpartition(f"{each.path}:")[2].lstrip("0123456789: ")
            refused.append(Refused(each, f"{reason} ({error.hint})" if error.hint else reason))
    return Imported(dict(sorted(written.items())), unchanged, tuple(refused))


class _File:
    """A file's segments, and what each said before anything was written."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = tuple(segments)
        self._before = editable_texts(segments[0].document) if segments else ()
        self._by_digits: defaultdict[str, list[int]] = defaultdict(list)
        for index, text in enumerate(self._before):
            if text is not None:
                self._by_digits[text_digits(text)].append(index)

    def correct(self, correction: Correction, root: Path) -> bool:
        """Write the text; False when the file says it already. Raises ``EditError``."""
        # A tool may write line ends as its system does.
        text = correction.text.replace("\r\n", "\n")
        if correction.id.endswith((text_digits(text), text_digits(correction.text))):
            return False  # Nothing was corrected, whatever has become of the text meanwhile.
        index = self._find(correction.id)
        if self._before[index] == text:
            return False
        self._segments = segment(write_edit(root, self._segments[index], text))
        return True

    def _find(self, identifier: str) -> int:
        match = _ID.fullmatch(identifier)
        if match is None:
            raise EditError(f"{identifier[:40]!r} is not an id that termcheck gives")
        index, digits = int(match[1]), match[2]
        places = self._by_digits.get(digits, [])
        if index in places:
            return index
        if len(places) > 1:
            raise EditError("the file changed since the export, and the text stands in it several times")
        if not places:
            raise EditError("the text in the file was changed since the export")
        return places[0]
